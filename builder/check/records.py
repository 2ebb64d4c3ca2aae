"""Rules on single records: keys, people, placeholders, markings of secrecy."""

import re
from collections import defaultdict
from collections.abc import Iterator

from builder.check.base import Found, rule
from builder.check.survey import survey
from builder.derive.completeness import fulfilled_at
from builder.derive.places import units_above
from builder.findings import Finding, Location
from builder.models import Body, Instrument, Meeting, Requirement
from builder.registry import Registry
from builder.registry.secrecy import classified

_PLACEHOLDER = re.compile(
    r"(\.{2,}|…|\?+|_+|x{2,}|0+|n/?a|tbd|null|none|unknown|chưa (rõ|có|biết)|không (rõ|số|biết))"
    r"(?=$|[/\s-])",
    re.IGNORECASE,
)


# Fields that are either known or not, with the count of names below them; of a list or a text
# a part may be known.
_SINGLE = frozenset((("number", 0), ("dates", 1), ("when", 1)))
# Bodies of local government: there are none of these types at the centre.
_LOCAL = frozenset(
    ("hdnd", "thuong_truc_hdnd", "ban_hdnd", "ubnd", "trung_tam_phuc_vu_hanh_chinh_cong")
)


@rule("output-key", "The outputs of a meeting have keys of their own.")
def output_keys(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, meeting in registry.of(Meeting):
        seen: set[str] = set()
        for index, output in enumerate(meeting.outputs):
            if output.key in seen:
                yield found(
                    record_id, f"the key {output.key} stands twice", ("outputs", index, "key"),
                    "give each output a key of its own; links lead to it",
                )  # fmt: skip
            seen.add(output.key)


@rule("output-closed", "A closed output says what closed it.", severity="warning")
def closed_outputs(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, meeting in registry.of(Meeting):
        for index, output in enumerate(meeting.outputs):
            if output.state == "closed" and output.closed_by is None:
                yield found(
                    record_id, f"{output.key} is closed, but nothing shows it",
                    ("outputs", index), "add closed_by with the record that shows it",
                )  # fmt: skip


@rule("person-name", "One key of a person goes with one name, everywhere.")
def person_names(registry: Registry, found: Found) -> Iterator[Finding]:
    names: dict[str, dict[str, list[tuple[str, Location]]]] = defaultdict(lambda: defaultdict(list))
    for record_id, body in registry.of(Body):
        for index, holder in enumerate(body.office_holders):
            names[holder.person][holder.name].append((record_id, ("office_holders", index)))
    for record_id, meeting in registry.of(Meeting):
        for index, chair in enumerate(meeting.chairs):
            if chair.person and chair.name:
                names[chair.person][chair.name].append((record_id, ("chairs", index)))
    for person, by_name in names.items():
        if len(by_name) < 2:
            continue
        common = max(by_name, key=lambda name: len(by_name[name]))
        for name, places in by_name.items():
            if name != common:
                for record_id, at in places:
                    yield found(
                        record_id, f"{person} is {name!r} here and {common!r} elsewhere", at,
                        "mend the name, or give the other person a key of their own",
                    )  # fmt: skip


@rule(
    "body-unit",
    "A body below the centre names its unit; without one, its documents would hold everywhere.",
)
def bodies_without_unit(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, body in registry.of(Body):
        parent = registry.get(body.parent or "", Body)
        below = parent is not None and parent.unit is not None
        if body.unit is None and (body.type in _LOCAL or below):
            yield found(
                record_id, f"{body.name} names no unit", (), "add 'unit' with its code and time"
            )


@rule(
    "body-parent",
    "A body belongs to a body of its own unit, of one above, or of the centre.",
    severity="warning",
)
def parents_elsewhere(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, body in registry.of(Body):
        parent = registry.get(body.parent or "", Body)
        if body.unit is None or parent is None or parent.unit is None:
            continue
        if parent.unit not in (body.unit, *units_above(registry, body.unit)):
            yield found(
                record_id, f"it is of {body.unit}, the body above it of {parent.unit}", ("parent",),
                "mend 'parent' or 'unit'",
            )  # fmt: skip


@rule(
    "unknown-given",
    "A number or a date that is given is not listed as unknown.",
    severity="warning",
)
def unknown_but_given(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, entry in registry.entries.items():
        for index, unknown in enumerate(entry.record.unknown):
            first, *rest = unknown.field.split(".")
            if (first, len(rest)) not in _SINGLE:
                continue
            value = getattr(entry.record, first, None)
            for name in rest:
                value = getattr(value, name, None)
            if value is not None:
                yield found(
                    record_id, f"{unknown.field} is given, and listed as unknown",
                    ("unknown", index),
                    f"run 'registry edit {record_id} --unset unknown.{unknown.field}'",
                )  # fmt: skip


@rule(
    "fulfils-scope", "A document fulfils a requirement at units that it is for.", severity="warning"
)
def fulfilled_elsewhere(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, instrument in registry.of(Instrument):
        for index, relation in enumerate(instrument.relations):
            requirement = registry.get(relation.target or "", Requirement)
            if relation.type != "fulfils" or requirement is None:
                continue
            units = fulfilled_at(registry, record_id, instrument, relation)
            if not set(units) & set(requirement.units):
                where = ", ".join(units) or "no unit"
                yield found(
                    record_id, f"it is of {where}, and {relation.target} is for other units",
                    ("relations", index),
                    "name another requirement, or the units in 'territory' of the relation",
                )  # fmt: skip


@rule("placeholder", "What is unknown is left out, never filled with a placeholder.")
def placeholders(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, instrument in registry.of(Instrument):
        if instrument.number is not None and _PLACEHOLDER.match(instrument.number):
            yield found(
                record_id, f"the number {instrument.number!r} is a placeholder", ("number",),
                "leave 'number' out and list it under 'unknown' with the reason",
            )  # fmt: skip


@rule(
    "classified", "Anything marked Mật, Tối mật or Tuyệt mật is refused.",
    source="Law on Protection of State Secrets 29/2018/QH14, Article 8",
)  # fmt: skip
def classified_texts(registry: Registry, found: Found) -> Iterator[Finding]:  # noqa: ARG001
    """The texts; records that are marked were refused when they were loaded."""
    for (record_id, date), seen in survey(registry).items():
        if not isinstance(seen, Finding) and seen.marked:
            yield classified(dict(registry.entries[record_id].texts)[date], line=seen.marked)
