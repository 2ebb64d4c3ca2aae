"""Rules on single records: keys, people, placeholders, markings of secrecy."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from builder.check.base import Found, rule
from builder.findings import Finding, Location
from builder.models import Body, Instrument, Meeting
from builder.registry import Registry

_PLACEHOLDER = re.compile(
    r"(\.{2,}|…|\?+|_+|x{2,}|0+|n/?a|tbd|null|none|unknown|chưa (rõ|có|biết)|không (rõ|số|biết))"
    r"(?=$|[/\s-])",
    re.IGNORECASE,
)
_MARKING = re.compile(r"\s*(độ mật\s*:?\s*)?(mật|tối mật|tuyệt mật)\s*", re.IGNORECASE)


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


@rule("placeholder", "What is unknown is left out, never filled with a placeholder.")
def placeholders(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, instrument in registry.of(Instrument):
        if instrument.number is not None and _PLACEHOLDER.match(instrument.number):
            yield found(
                record_id, f"the number {instrument.number!r} is a placeholder", ("number",),
                "leave 'number' out and list it under 'unknown' with the reason",
            )  # fmt: skip


@rule("classified", "Anything marked Mật, Tối mật or Tuyệt mật is refused.")
def classified(registry: Registry, found: Found) -> Iterator[Finding]:
    """The message never shows the content (Law 29/2018/QH14 protects state secrets)."""
    for entry in registry.entries.values():
        if "mật" not in entry.record.model_dump_json().lower():  # cheap, and most have none
            continue
        for at, text in _strings(entry.record.model_dump(mode="json", exclude_none=True), ()):
            if any(_MARKING.fullmatch(line) for line in text.splitlines()):
                yield found(
                    entry.id, "a field holds a marking of secrecy", at,
                    "take the record out of the registry, and out of the history of git",
                )  # fmt: skip


def _strings(value: Any, at: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(part, (*at, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _strings(part, (*at, index))
