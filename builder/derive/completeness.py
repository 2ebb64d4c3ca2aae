"""Which unit has what it must have, as far as the records show on a day.

Deadlines of single requests are in ``builder.derive.followups``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from builder.derive.deadlines import is_past
from builder.models import Instrument, Meeting, Requirement
from builder.models.base import Date
from builder.registry import Registry

State = Literal["present", "trial", "draft", "missing", "requested", "unknown"]
STATES: tuple[State, ...] = ("present", "trial", "draft", "missing", "requested", "unknown")
# Meetings of these forms look at what a unit has; what they ask for was asked for there.
INSPECTIONS = frozenset(("inspection", "working_visit"))


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
        cell_of(registry, requirement_id, requirement, unit, day)
        for requirement_id, requirement in registry.of(Requirement)
        if requirement.withdrawn is None
        for unit in requirement.units
    ]


def cell_of(
    registry: Registry, requirement_id: str, requirement: Requirement, unit: str, day: Date
) -> Cell:
    """The state by evidence only.

    An instrument that fulfils the requirement makes it present, trial or draft; one that
    did and was withdrawn or has ended makes it missing; an inspection of the unit that asked
    for it makes it requested. Without any record it is unknown: that the registry holds
    nothing does not show that the unit has nothing.
    """
    found: dict[State, list[str]] = {}
    for instrument_id, state in _instruments(registry, requirement_id, unit, day):
        found.setdefault(state, []).append(instrument_id)
    for meeting_id in _inspections(registry, requirement, unit, day):
        found.setdefault("requested", []).append(meeting_id)
    state = next((state for state in STATES if state in found), "unknown")
    overdue = state != "present" and is_past(requirement.due, day)
    return Cell(requirement_id, unit, state, overdue, tuple(found.get(state, ())))


def _instruments(
    registry: Registry, requirement_id: str, unit: str, day: Date
) -> Iterator[tuple[str, State]]:
    for instrument_id, relation in registry.relations_to.get(requirement_id, ()):
        instrument = registry.get(instrument_id, Instrument)
        if relation.type != "fulfils" or instrument is None:
            continue
        where = relation.territory or instrument.territory or (registry.unit_of(instrument_id),)
        if unit in where and not _is_later(instrument, day):
            yield instrument_id, _state(registry, instrument_id, instrument, day)


def _is_later(instrument: Instrument, day: Date) -> bool:
    """Whether the instrument came about only after ``day``."""
    dates = instrument.dates
    first = dates.adopted or dates.signed or dates.issued
    return first is not None and first > day


def _state(registry: Registry, instrument_id: str, instrument: Instrument, day: Date) -> State:
    if instrument.withdrawn or instrument.stage == "withdrawn":
        return "missing"
    if instrument.stage != "adopted":
        return instrument.stage
    return "missing" if _has_ended(registry, instrument_id, instrument, day) else "present"


def _has_ended(registry: Registry, instrument_id: str, instrument: Instrument, day: Date) -> bool:
    """Expired by its own term, or wholly repealed by an adopted instrument, before ``day``."""
    if instrument.dates.expires is not None and instrument.dates.expires < day:
        return True
    for acting_id, relation in registry.relations_to.get(instrument_id, ()):
        acting = registry.get(acting_id, Instrument)
        if relation.type != "repeals" or relation.provisions or relation.territory or not acting:
            continue
        since = relation.valid_from or acting.dates.effective
        if acting.stage == "adopted" and since is not None and since <= day:
            return True
    return False


def _inspections(
    registry: Registry, requirement: Requirement, unit: str, day: Date
) -> Iterator[str]:
    for basis in requirement.basis:
        meeting = registry.get(basis, Meeting)
        if meeting is None or meeting.form not in INSPECTIONS or unit not in meeting.units:
            continue
        if meeting.when.date is None or meeting.when.date <= day:
            yield basis
