"""Rules on dates that have an order. Where sources themselves are out of order: a warning."""

from collections.abc import Iterator
from itertools import combinations

from builder.check.base import Found, rule
from builder.derive.force_rules import issuer_ends
from builder.derive.issuance import own_first_day
from builder.findings import Finding
from builder.models import Body, Instrument, Meeting, Requirement
from builder.models.base import Date
from builder.registry import Registry

_ORDER = ("adopted", "signed", "issued", "published")
_ARTICLE_2 = "Article 2 of the resolutions of 16/6/2025"
# Relations whose target has to stand before the acting document does.
_LATER_THAN_TARGET = frozenset((
    "based_on", "implements", "guides", "amends", "corrects", "replaces", "repeals", "suspends",
    "continues", "consolidates", "formalises",
))  # fmt: skip


@rule("date-order", "Adoption, signing, issue and publication follow in order.", severity="warning")
def order(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        known = [(name, getattr(record.dates, name)) for name in _ORDER]
        for (first, before), (second, after) in combinations(known, 2):
            if before is not None and after is not None and after < before:
                yield found(
                    record_id, f"{second} on {after}, before it was {first} on {before}",
                    ("dates", second), "check both days against the source",
                )  # fmt: skip


@rule(
    "date-relation",
    "A document is not older than what it rests on or acts upon.",
    severity="warning",
)
def older_than_target(registry: Registry, found: Found) -> Iterator[Finding]:
    """``before`` is the last day known of the one, ``after`` the first day known of the other."""
    for record_id, record in registry.of(Instrument):
        own = _days(record)
        for index, relation in enumerate(record.relations):
            target = registry.get(relation.target or "", Instrument)
            other = _days(target) if target else []
            if relation.type in _LATER_THAN_TARGET and own and other and max(own) < min(other):
                yield found(
                    record_id,
                    f"of {max(own)}, it {relation.type} {relation.target} of {min(other)}",
                    ("relations", index),
                    "check both days; if the sources say so, say it in 'notes'",
                )  # fmt: skip


@rule("date-meeting", "A document is adopted on the day of its meeting.", severity="warning")
def adopted_on_another_day(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        adopted = record.dates.adopted
        for index, relation in enumerate(record.relations):
            meeting = registry.get(relation.target or "", Meeting)
            if relation.type != "adopted_at" or meeting is None or adopted is None:
                continue
            first, last = meeting.when.date, meeting.when.end_date or meeting.when.date
            if first is not None and last is not None and not first <= adopted <= last:
                yield found(
                    record_id, f"adopted on {adopted}, the meeting was on {first}",
                    ("relations", index), "mend the one or the other",
                )  # fmt: skip


@rule(
    "date-unit",
    "A body of a new unit puts nothing in force before the unit operates.",
    severity="warning",
    source=_ARTICLE_2,
)
def before_the_unit(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        unit = registry.units.get(registry.unit_of(record_id) or "")
        first, effective = (unit.row.valid_from if unit else None), record.dates.effective
        if record.stage == "adopted" and unit and first and effective and effective < first:
            yield found(
                record_id, f"in force from {effective}; {unit.full_name} operates from {first}",
                ("dates", "effective"), "check the day, and whether the unit is the former one",
            )  # fmt: skip


@rule(
    "date-official",
    "An authority of a new unit meets and adopts officially only once the unit operates.",
    severity="warning",
    source=_ARTICLE_2,
)
def official_before_the_unit(registry: Registry, found: Found) -> Iterator[Finding]:
    """On local authorities only: of the Party and the Front the resolutions say nothing."""
    for record_id, record in registry.of(Instrument):
        day = own_first_day(record)
        first = _operates(registry, record.issuer)
        if record.stage == "adopted" and day is not None and first is not None and day < first:
            yield found(
                record_id, f"adopted, of {day}; the issuer's unit operates from {first}",
                ("stage",), "a text of the trial run has 'stage: trial'; or mend day or issuer",
            )  # fmt: skip
    for record_id, meeting in registry.of(Meeting):
        day = meeting.when.end_date or meeting.when.date
        for index, body in enumerate(meeting.bodies):
            first = _operates(registry, body)
            if meeting.mode == "official" and day is not None and first is not None and day < first:
                yield found(
                    record_id, f"official, on {day}; the unit of {body} operates from {first}",
                    ("bodies", index), "a meeting of the trial run has 'mode: trial'",
                )  # fmt: skip


def _operates(registry: Registry, body_id: str | None) -> Date | None:
    """The first day of the unit of a local authority."""
    body = registry.get(body_id or "", Body)
    unit = registry.units.get(body.unit or "") if body and body.block == "government" else None
    return unit.row.valid_from if unit else None


@rule(
    "date-after-end",
    "A body issues nothing after it, or its unit, has ended.",
    severity="warning",
    source=_ARTICLE_2,
)
def after_the_end(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        body = registry.get(record.issuer or "", Body)
        end = next(issuer_ends(registry, record, body, body.unit if body else None), None)
        first = own_first_day(record)
        if record.stage == "adopted" and end and first and first > end.last:
            yield found(
                record_id, f"of {first}; its issuer ended on {end.last}", ("issuer",),
                "name the body of the new unit, or mend the day",
            )  # fmt: skip


@rule(
    "date-span", "A body, a term of office, a meeting or a deadline does not end before it begins."
)
def spans(registry: Registry, found: Found) -> Iterator[Finding]:
    hint = "mend one of the two days"
    for record_id, body in registry.of(Body):
        if _reversed(body.established, body.ended):
            yield found(record_id, "the body ends before it begins", ("ended",), hint)
        for index, holder in enumerate(body.office_holders):
            if _reversed(holder.valid_from, holder.valid_to):
                yield found(
                    record_id, f"{holder.name} leaves before taking office",
                    ("office_holders", index, "valid_to"), hint,
                )  # fmt: skip
    for record_id, meeting in registry.of(Meeting):
        if _reversed(meeting.when.date, meeting.when.end_date):
            yield found(record_id, "the meeting ends before it begins", ("when", "end_date"), hint)
        for index, output in enumerate(meeting.outputs):
            if output.due and _reversed(output.due.date, output.due.end_date):
                yield found(
                    record_id, f"the deadline of {output.key} ends before it begins",
                    ("outputs", index, "due", "end_date"), hint,
                )  # fmt: skip
    for record_id, requirement in registry.of(Requirement):
        if requirement.due and _reversed(requirement.due.date, requirement.due.end_date):
            yield found(record_id, "the deadline ends before it begins", ("due", "end_date"), hint)


def _days(record: Instrument) -> list[Date]:
    return [day for name in _ORDER if (day := getattr(record.dates, name)) is not None]


def _reversed(first: Date | None, last: Date | None) -> bool:
    return first is not None and last is not None and last < first
