"""Which unit has what it must have, as far as the records show on a day.

Deadlines of single requests are in ``builder.derive.followups``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from builder.derive.deadlines import is_past
from builder.derive.force import state_on
from builder.derive.issuance import first_known_day
from builder.derive.verdicts import ENDED
from builder.models import Instrument, Meeting, Requirement
from builder.models.base import Date
from builder.models.instruments import Relation
from builder.registry import Registry

State = Literal["present", "trial", "draft", "missing", "requested", "unknown"]
STATES: tuple[State, ...] = ("present", "trial", "draft", "missing", "requested", "unknown")
# Meetings of these forms look at what a unit has; what they ask for was asked for there.
INSPECTIONS = frozenset(("inspection", "working_visit"))
# Reasons of an unknown state that leave no doubt that the document is there.
_NO_DOUBT_OF_BEING = frozenset(("no-effective-date", "suspends-doubtful"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One requirement at one unit; ``evidence`` names the records that give the state."""

    requirement: str
    unit: str
    state: State
    overdue: bool
    evidence: tuple[str, ...] = ()


def completeness(registry: Registry, day: Date) -> list[Cell]:
    """A cell for each requirement and unit in its scope, in order of requirement and scope."""
    return [
        cell
        for requirement_id, requirement in registry.of(Requirement)
        if requirement.withdrawn is None
        for cell in _cells_of(registry, requirement_id, requirement, day)
    ]


def _cells_of(
    registry: Registry, requirement_id: str, requirement: Requirement, day: Date
) -> Iterator[Cell]:
    """The states by evidence only.

    An instrument that fulfils the requirement makes it present, trial or draft by its force
    (``builder.derive.force``); one that did and was withdrawn or has ended makes it missing; an
    inspection of the unit that asked for it makes it requested. Otherwise it is unknown: where
    the instrument may have ended, or is only inferred to fulfil it; and without any record, for
    that the registry holds nothing, or nothing but withdrawn records, does not show that the
    unit has nothing.
    """
    found: dict[tuple[str, State], list[str]] = {}
    for instrument_id, unit, state in _instruments(registry, requirement_id, day):
        found.setdefault((unit, state), []).append(instrument_id)
    for meeting_id, unit in _inspections(registry, requirement, day):
        found.setdefault((unit, "requested"), []).append(meeting_id)
    late = is_past(requirement.due, day)
    for unit in requirement.units:
        state = next((state for state in STATES if (unit, state) in found), "unknown")
        evidence = tuple(found.get((unit, state), ()))
        yield Cell(requirement_id, unit, state, late and state != "present", evidence)


def _instruments(
    registry: Registry, requirement_id: str, day: Date
) -> Iterator[tuple[str, str, State]]:
    """Instruments that fulfil the requirement, with each unit where they do, and how."""
    for instrument_id, relation in registry.relations_to.get(requirement_id, ()):
        instrument = registry.get(instrument_id, Instrument)
        if relation.type != "fulfils" or instrument is None or instrument.withdrawn is not None:
            continue
        if _is_later(registry, instrument, day):
            continue
        known = relation.certainty == "stated"
        state = _state(registry, instrument_id, day) if known else "unknown"
        for unit in fulfilled_at(registry, instrument_id, instrument, relation):
            yield instrument_id, unit, state


def fulfilled_at(
    registry: Registry, instrument_id: str, instrument: Instrument, relation: Relation
) -> tuple[str, ...]:
    """The units at which an instrument fulfils what a relation says: its own if none is named."""
    own = registry.unit_of(instrument_id)
    return relation.territory or instrument.territory or ((own,) if own else ())


def _is_later(registry: Registry, instrument: Instrument, day: Date) -> bool:
    """Whether the instrument came about only after ``day``."""
    first = first_known_day(registry, instrument)
    return first is not None and first > day


def _state(registry: Registry, instrument_id: str, day: Date) -> State:
    """What the instrument shows by its force; one that is adopted is there before it has effect."""
    verdict = state_on(registry, instrument_id, day)
    if verdict.state in ("draft", "trial"):
        return verdict.state
    if verdict.state in ENDED or verdict.state == "withdrawn":
        return "missing"
    doubts = {reason.rule for reason in verdict.reasons} - _NO_DOUBT_OF_BEING
    return "unknown" if verdict.state == "unknown" and doubts else "present"


def _inspections(
    registry: Registry, requirement: Requirement, day: Date
) -> Iterator[tuple[str, str]]:
    """Inspections at which it was asked for, with each unit inspected."""
    for basis in requirement.basis:
        meeting = registry.get(basis, Meeting)
        if meeting is None or meeting.withdrawn or meeting.form not in INSPECTIONS:
            continue
        if meeting.when.date is None or meeting.when.date <= day:
            yield from ((basis, unit) for unit in meeting.units)
