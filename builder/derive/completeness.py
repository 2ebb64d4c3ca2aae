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
        cell
        for requirement_id, requirement in registry.of(Requirement)
        if requirement.withdrawn is None
        for cell in _cells_of(registry, requirement_id, requirement, day)
    ]


def _cells_of(
    registry: Registry, requirement_id: str, requirement: Requirement, day: Date
) -> Iterator[Cell]:
    """The states by evidence only.

    An instrument that fulfils the requirement makes it present, trial or draft; one that
    did and was withdrawn or has ended makes it missing; an inspection of the unit that asked
    for it makes it requested. Without any record it is unknown: that the registry holds
    nothing does not show that the unit has nothing.
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
        if relation.type != "fulfils" or instrument is None or _is_later(instrument, day):
            continue
        state = _state(registry, instrument_id, instrument, day)
        own = registry.unit_of(instrument_id)
        for unit in relation.territory or instrument.territory or ((own,) if own else ()):
            yield instrument_id, unit, state


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
    registry: Registry, requirement: Requirement, day: Date
) -> Iterator[tuple[str, str]]:
    """Inspections at which it was asked for, with each unit inspected."""
    for basis in requirement.basis:
        meeting = registry.get(basis, Meeting)
        if meeting is None or meeting.form not in INSPECTIONS:
            continue
        if meeting.when.date is None or meeting.when.date <= day:
            yield from ((basis, unit) for unit in meeting.units)
