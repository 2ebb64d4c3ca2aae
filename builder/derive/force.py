"""The state of force of a document, or of one provision, on a date, with reasons.

Pure: the same records give the same answer on any day. What acts upon a document is in
``builder.derive.effects``, what becomes of it when its unit is rearranged in
``builder.derive.continuity``; contradictions are found by ``builder.check.force``.
"""

from collections import ChainMap
from collections.abc import Container, Iterable, Mapping

from builder.derive import force_rules
from builder.derive.acting_order import in_order
from builder.derive.effects import Effect, acted_upon, acting_on, effect_days, effects_on
from builder.derive.force_rules import Subject
from builder.derive.issuance import first_known_day
from builder.derive.places import Place, places_from
from builder.derive.verdicts import (
    ACTIVE,
    ENDED,
    STATE_LABELS,
    Reason,
    Span,
    State,
    Timeline,
    Verdict,
    at,
    spans,
    states_code,
)
from builder.models import Body, Instrument
from builder.models.base import Date
from builder.registry import Registry

__all__ = [
    "STATE_LABELS",
    "Reason",
    "Span",
    "State",
    "Timeline",
    "Verdict",
    "circles",
    "provision_state_on",
    "provision_timeline",
    "same_everywhere",
    "state_at",
    "state_on",
    "states_known",
    "states_of",
    "territory_places",
    "timeline",
    "timelines_of",
    "turning_days",
]


def state_on(registry: Registry, record_id: str, day: Date) -> Verdict:
    """The state of a document on a day. KeyError if the id names no instrument."""
    return at(timeline(registry, record_id), day)


def timeline(registry: Registry, record_id: str) -> Timeline:
    """The states of a document over all time: spans without holes or overlaps.

    KeyError if the id names no instrument.
    """
    return _timelines(registry)[record_id]


def states_of(registry: Registry, record_id: str) -> str:
    """The states of a document over all time, as ``states_code`` writes them, without reasons."""
    known = states_known(registry)
    if record_id not in known:
        known[record_id] = states_code(timeline(registry, record_id))
    return known[record_id]


def states_known(registry: Registry) -> dict[str, str]:
    """What ``states_of`` has answered, or is to answer unasked, by id."""
    known: dict[str, str] = registry.derived.setdefault("states", {})
    return known


def provision_state_on(registry: Registry, record_id: str, anchor: str, day: Date) -> Verdict:
    """The state of one provision (``dieu-5.khoan-2``) on a day."""
    return at(provision_timeline(registry, record_id, anchor), day)


def provision_timeline(registry: Registry, record_id: str, anchor: str) -> Timeline:
    """The states of one provision over all time; its existence is not looked into."""
    return _work_out(registry, record_id, anchor, _timelines(registry))


def state_at(registry: Registry, record_id: str, place: Place, day: Date) -> Verdict:
    """The state of a document at one place on a day: acts that end it elsewhere do not count."""
    return force_rules.verdict(registry, _subject_of(registry, record_id), place, None, day)


def same_everywhere(registry: Registry, record_id: str) -> bool:
    """Whether the state is that of its ``timeline`` wherever the document reaches.

    So it is where its unit went nowhere and nothing acts on a part of its ground.
    """
    known: dict[str, bool] = registry.derived.setdefault("same everywhere", {})
    if record_id not in known:
        places = territory_places(registry, record_id)
        known[record_id] = (
            len(places) == 1
            and not places[0].steps
            and (
                not acted_upon(registry, record_id)
                or all(e.reaches(places[0]) for e in _subject_of(registry, record_id).effects)
            )
        )
    return known[record_id]


def turning_days(registry: Registry, record_id: str, places: list[Place]) -> list[Date | None]:
    """The days on which ``state_at`` may change at one of the places, in no order."""
    return _days(registry, _subject_of(registry, record_id), places)


def circles(registry: Registry) -> list[frozenset[str]]:
    """Groups of documents that act upon one another in a circle."""
    ids = (record_id for record_id, _ in registry.of(Instrument))
    return [group for group in _order(registry, ids) if len(group) > 1]


class _Timelines(dict[str, Timeline]):
    """Timelines of a registry, each worked out when it is first asked for."""

    def __init__(self, registry: Registry) -> None:
        super().__init__()
        self._registry = registry

    def __missing__(self, record_id: str) -> Timeline:
        _work_out_all(self._registry, [record_id], self)
        return self[record_id]


def _timelines(registry: Registry) -> _Timelines:
    known: _Timelines | None = registry.derived.get("force")
    if known is None:
        known = registry.derived["force"] = _Timelines(registry)
    return known


def timelines_of(registry: Registry, record_ids: Iterable[str]) -> dict[str, Timeline]:
    """Timelines of these documents and of all that act upon them, worked out afresh."""
    found: dict[str, Timeline] = {}
    _work_out_all(registry, record_ids, found)
    return found


def _work_out_all(
    registry: Registry, record_ids: Iterable[str], found: dict[str, Timeline]
) -> None:
    """Adds timelines of documents and of those that act upon them, acting ones first."""
    for group in _order(registry, record_ids, found):
        # In a circle nobody comes first: there, acting documents count by their own dates.
        alone = {
            record_id: _work_out(registry, record_id, None, found, without_effects=True)
            for record_id in group
            if len(group) > 1
        }
        known = ChainMap(alone, found) if alone else found
        done = {record_id: _work_out(registry, record_id, None, known) for record_id in group}
        found.update(done)


def _order(
    registry: Registry, record_ids: Iterable[str], known: Container[str] = ()
) -> list[frozenset[str]]:
    """Groups of documents, acting ones first; those that are known are left out."""

    def acting(record_id: str) -> list[str]:
        sources = (source for source, _, _ in acting_on(registry, record_id))
        return [source for source in sources if source not in known]

    return list(in_order(record_ids, acting))


def _work_out(
    registry: Registry,
    record_id: str,
    anchor: str | None,
    known: Mapping[str, Timeline],
    *,
    without_effects: bool = False,
) -> Timeline:
    places = territory_places(registry, record_id)
    subject = _subject(registry, record_id, places, None if without_effects else known)
    places = places + _places_beyond(subject.effects, places)

    def verdict_on(day: Date) -> Verdict:
        return _together(
            [force_rules.verdict(registry, subject, place, anchor, day) for place in places]
        )

    return spans(_days(registry, subject, places), verdict_on)


def _days(registry: Registry, subject: Subject, places: list[Place]) -> list[Date | None]:
    days = [*force_rules.own_days(registry, subject), *effect_days(list(subject.effects))]
    days += [step.operational_from for place in places for step in place.steps]
    days += [force_rules.first_day_after(registry, place) for place in places]
    return days


def _subject_of(registry: Registry, record_id: str) -> Subject:
    """A document with all that acts upon it, put together once per registry."""
    known: dict[str, Subject] = registry.derived.setdefault("subjects", {})
    if record_id not in known:
        places = territory_places(registry, record_id)
        known[record_id] = _subject(registry, record_id, places, _timelines(registry))
    return known[record_id]


def _subject(
    registry: Registry, record_id: str, places: list[Place], known: Mapping[str, Timeline] | None
) -> Subject:
    record = registry.get(record_id, Instrument)
    if record is None:
        raise KeyError(record_id)
    effects = (
        effects_on(registry, record_id, places, known.__getitem__) if known is not None else []
    )
    body, unit = registry.get(record.issuer or "", Body), registry.unit_of(record_id)
    return Subject(
        record_id, record, unit, tuple(effects),
        force_rules.adopted_by_trial_only(registry, record), record_id in registry.unconfirmed,
        first_known_day(registry, record),
        tuple(force_rules.issuer_ends(registry, record, body, unit)),
    )  # fmt: skip


def territory_places(registry: Registry, record_id: str) -> list[Place]:
    """The places that the territory of a document falls into."""
    record = registry.get(record_id, Instrument)
    own = registry.unit_of(record_id)
    roots = record.territory if record and record.territory else ((own,) if own else ())
    places = [place for root in roots for place in places_from(registry, root)]
    return places or [Place((), (), frozenset())]


def _places_beyond(effects: tuple[Effect, ...], places: list[Place]) -> list[Place]:
    """Places for effects in areas that are only a part of a place known: a district's commune."""
    return [
        Place((), (), effect.area | places[0].units)
        for effect in effects
        if effect.area is not None and not any(effect.area & place.units for place in places)
    ]


def _together(verdicts: list[Verdict]) -> Verdict:
    """One verdict for a document from those at its places."""
    if len(verdicts) == 1:
        return verdicts[0]
    states = {verdict.state for verdict in verdicts}
    reasons = tuple(dict.fromkeys(reason for verdict in verdicts for reason in verdict.reasons))
    if len(states) == 1:
        return Verdict(states.pop(), reasons)
    if states <= ENDED:
        return Verdict("expired", reasons)
    if "unknown" in states:
        return Verdict("unknown", reasons)
    if not states & ACTIVE:  # ended at some places, suspended or not yet in force at others
        return Verdict("suspended" if "suspended" in states else "not_yet", reasons)
    return Verdict("partly", reasons)
