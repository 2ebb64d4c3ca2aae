"""Rules on force: ends before starts, acts that contradict one another, effects too early.

An audit of the national database found each of these there. What follows from sound
records is in ``builder.derive.force``.
"""

from collections import defaultdict
from collections.abc import Iterator

from builder.check.base import Found, rule
from builder.derive.earliest_effect import earliest_effect
from builder.derive.effects import EFFECT_KINDS
from builder.derive.force import circles, state_on
from builder.derive.force_rules import LAW_64_FROM
from builder.derive.issuance import first_known_day
from builder.derive.places import places_from
from builder.derive.verdicts import ENDED
from builder.findings import Finding
from builder.models import Body, Instrument
from builder.models.base import Date
from builder.models.instruments import Relation
from builder.registry import Registry

_ENDS = frozenset(("replaces", "repeals"))


def _named(relation: Relation) -> str:
    return relation.target or relation.cites or "a document"


def _adopted(registry: Registry) -> Iterator[tuple[str, Instrument]]:
    for record_id, record in registry.of(Instrument):
        if record.is_adopted:
            yield record_id, record


@rule("force-span", "A document does not end before it begins.")
def ends_before_start(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        dates = record.dates
        if dates.effective and dates.expires and dates.expires < dates.effective:
            yield found(
                record_id,
                f"it ends on {dates.expires}, before it begins on {dates.effective}",
                ("dates", "expires"), "'expires' is the last day in force",
            )  # fmt: skip
        for index, relation in enumerate(record.relations):
            first, last = relation.valid_from, relation.valid_to
            if first and last and last < first:
                yield found(
                    record_id, f"the effect on {_named(relation)} ends before it begins",
                    ("relations", index, "valid_to"), "'valid_to' is the last day of the effect",
                )  # fmt: skip


@rule("force-ended-before-start", "A document is not ended by another before it begins.")
def ended_before_start(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in _adopted(registry):
        effective = record.dates.effective
        if effective is not None and _acted_upon(registry, record_id):
            verdict = state_on(registry, record_id, effective)
            acts = [r.record for r in verdict.reasons if r.rule in _ENDS and r.record]
            if verdict.state in ENDED and acts:
                yield found(
                    record_id, f"{acts[0]} ends it before it begins on {effective}",
                    ("dates", "effective"), "mend the dates of one of the two",
                )  # fmt: skip


def _acted_upon(registry: Registry, record_id: str) -> bool:
    """Most documents are only cited, if at all: their force need not be worked out."""
    relations = registry.relations_to.get(record_id, ())
    return any(relation.type in EFFECT_KINDS for _, relation in relations)


@rule("force-past-end", "Nothing acts, or is acted upon, past its own end.")
def past_its_end(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in _adopted(registry):
        for index, relation in enumerate(record.relations):
            target = registry.get(relation.target or "", Instrument)
            start = relation.valid_from or record.dates.effective
            if relation.type not in EFFECT_KINDS or target is None or start is None:
                continue
            for name, expires in (
                (relation.target, target.dates.expires),
                ("this document", record.dates.expires),
            ):
                if expires is not None and expires < start:
                    yield found(
                        record_id, f"{name} ended on {expires}, before this effect ({start})",
                        ("relations", index), "mend 'expires', or the date of the effect",
                    )  # fmt: skip


@rule("force-not-adopted", "What is not adopted changes nothing in force.", severity="warning")
def acts_without_adoption(registry: Registry, found: Found) -> Iterator[Finding]:
    """A warning, since a draft rightly says what it means to replace; it only has no effect."""
    for record_id, record in registry.of(Instrument):
        if record.is_adopted:
            continue
        stage = record.stage if record.withdrawn is None else "withdrawn"
        for index, relation in enumerate(record.relations):
            target = registry.get(relation.target or "", Instrument)
            if relation.type in EFFECT_KINDS and target is not None and target.stage == "adopted":
                yield found(
                    record_id,
                    f"{relation.type} {relation.target} without effect: this document is {stage}",
                    ("relations", index), "move the relation to the document that was adopted",
                )  # fmt: skip


@rule("force-two-ends", "Two documents do not replace or repeal one from different days.")
def two_ends(registry: Registry, found: Found) -> Iterator[Finding]:
    for target, acts in registry.relations_to.items():
        ends: dict[tuple[str, frozenset[str]], list[tuple[Date, str, int]]] = defaultdict(list)
        for source, relation in acts:
            acting = registry.get(source, Instrument)
            if acting is None or not acting.is_adopted:
                continue
            start = relation.valid_from or acting.dates.effective
            if relation.type not in _ENDS or start is None or relation.valid_to is not None:
                continue
            area = frozenset(relation.territory or (registry.unit_of(source) or "",))
            for provision in relation.provisions or ("",):
                ends[provision, area].append((start, source, acting.relations.index(relation)))
        for same in ends.values():
            same.sort()
            first_day, first, _ = same[0]
            for day, source, index in same[1:]:
                if day != first_day:
                    yield found(
                        source,
                        f"{target} had ended by {first} on {first_day}; this ends it on {day}",
                        ("relations", index), "keep the act that really ended it",
                    )  # fmt: skip


@rule("force-end-with-end", "What is replaced or repealed does not come back after a day.")
def ends_that_end(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        for index, relation in enumerate(record.relations):
            if relation.type in _ENDS and relation.valid_to is not None:
                yield found(
                    record_id, f"{relation.type} {_named(relation)} until {relation.valid_to} only",
                    ("relations", index, "valid_to"),
                    "leave 'valid_to' out; what ends for a time is suspended: use 'suspends'",
                )  # fmt: skip


@rule(
    "force-other-body",
    "A normative document is amended or replaced by the body that issued it, or its successor.",
    severity="warning",
    source="Law 64/2025/QH15, Article 57",
)
def changed_by_another_body(registry: Registry, found: Found) -> Iterator[Finding]:
    """A body above may abolish or suspend it; so only amending and replacing are looked at."""
    for record_id, record in _adopted(registry):
        acted = first_known_day(registry, record) or record.dates.effective
        if acted is None or acted < LAW_64_FROM:
            continue
        for index, relation in enumerate(record.relations):
            target = registry.get(relation.target or "", Instrument)
            if target is None or target.regime != "normative":
                continue
            if relation.type in ("amends", "replaces") and _of_others(registry, record, target):
                yield found(
                    record_id, f"{relation.type} {relation.target}, which {target.issuer} issued",
                    ("relations", index),
                    "check 'target' and 'issuer'; what a body above ends, it 'repeals'",
                )  # fmt: skip


def _of_others(registry: Registry, acting: Instrument, target: Instrument) -> bool:
    """Whether no issuer of the one is an issuer of the other, or follows it; False if unknown."""
    actors = _issuers(registry, acting)
    issuers = _issuers(registry, target)
    return bool(actors and issuers) and not any(
        actor.type == issuer.type and _follows(registry, actor.unit, issuer.unit)
        for actor in actors for issuer in issuers
    )  # fmt: skip


def _issuers(registry: Registry, record: Instrument) -> list[Body]:
    ids = (record.issuer, *record.co_issuers)
    return [body for each in ids if (body := registry.get(each or "", Body)) is not None]


def _follows(registry: Registry, unit: str | None, former: str | None) -> bool:
    """Whether a unit is the former one or follows it, or may; None stands for the centre."""
    if former is None or unit is None:
        return unit == former
    places = places_from(registry, former)
    ends = (registry.units.get(place.path[-1]) for place in places)
    broken_off = any(end is not None and end.row.valid_to is not None for end in ends)
    return broken_off or any(unit in place.path for place in places)


@rule("force-circle", "Documents do not act upon one another in a circle.")
def in_a_circle(registry: Registry, found: Found) -> Iterator[Finding]:
    for group in circles(registry):
        for record_id in sorted(group):
            others = ", ".join(sorted(group - {record_id}))
            yield found(
                record_id, f"it acts upon, and is acted upon by, {others}", ("relations",),
                "take the wrong relation out: no date can be worked out for any of them",
            )  # fmt: skip


@rule(
    "force-early-effect",
    "An effect upon another document does not begin before the acting one is in force.",
)
def effect_before_force(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in _adopted(registry):
        effective = record.dates.effective
        for index, relation in enumerate(record.relations):
            start = relation.valid_from
            if relation.type in EFFECT_KINDS and effective and start and start < effective:
                yield found(
                    record_id,
                    f"the effect on {_named(relation)} begins on {start}, "
                    f"this document only on {effective}",
                    ("relations", index, "valid_from"), "leave 'valid_from' out, or mend it",
                )  # fmt: skip


@rule(
    "force-too-early",
    "A local normative document takes effect no earlier than the law allows.",
    severity="warning",
    source="Law 64/2025/QH15, Article 53; before 1/4/2025 Law 80/2015/QH13, Article 151",
)
def too_early(registry: Registry, found: Found) -> Iterator[Finding]:
    """A warning, since later amendments of Article 53 were not confirmed."""
    for record_id, record in _adopted(registry):
        unit = registry.units.get(registry.unit_of(record_id) or "")
        bound = earliest_effect(record, unit.level if unit else None)
        effective = record.dates.effective
        if bound is not None and effective is not None and effective < bound.day:
            yield found(
                record_id,
                f"in force from {effective}, before {bound.day}, {bound.days} days after "
                f"adoption or signing ({bound.source})",
                ("dates", "effective"),
                "mend the date, or add 'shortened_procedure: true' if a source says so",
            )  # fmt: skip
