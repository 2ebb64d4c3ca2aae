"""Places that have one history: a chain of units from a former one to the present.

A commune that was divided makes several places, one for each unit that took a share.
Which documents apply at a place is in ``builder.derive.applicability``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.models.base import Date
from builder.models.mergers import MergerSource
from builder.models.rules import RuleCase
from builder.registry import EventRef, Registry

_CASES_OF_AREA: dict[str, frozenset[RuleCase]] = {
    "whole": frozenset(("merged",)),
    "rest": frozenset(("divided",)),
    # Whether the share named first is a division or a transfer was not confirmed: both
    # rules have to say the same before anything follows.
    "part": frozenset(("divided", "part_transferred")),
    "none": frozenset(("divided", "part_transferred")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What one clause did to a place: it left one unit for another on a day."""

    source: str
    target: str
    day: Date
    cases: frozenset[RuleCase]
    merger: str
    clause: int
    area: str


@dataclass(frozen=True, slots=True)
class Place:
    """Units that cover one place one after the other, and the steps between them."""

    path: tuple[str, ...]
    steps: tuple[Step, ...]
    units: frozenset[str]  # the path and all units above its members

    def unit_on(self, day: Date) -> str | None:
        """The unit of the path that governs the place on a day."""
        if not self.path:
            return None
        passed = [step for step in self.steps if step.day <= day]
        return passed[-1].target if passed else self.path[0]


def places_from(registry: Registry, unit: str) -> list[Place]:
    """The places that the territory of a unit falls into as time goes on; at least one."""
    return [_place(registry, unit, steps) for steps in _forward(registry, unit, ())]


def places_of(registry: Registry, unit: str) -> list[Place]:
    """The places within a unit, from its earliest predecessors on to its last successors."""
    return [
        _place(registry, steps[0].source if steps else unit, steps)
        for before in _backward(registry, unit, ())
        for steps in _forward(registry, unit, before)
    ]


def units_above(registry: Registry, unit: str) -> tuple[str, ...]:
    """The units above a unit, the nearest first."""
    found: list[str] = []
    above = registry.units.get(unit)
    while above is not None:
        above = registry.parent(above)
        if above is None or above.id in found:
            break
        found.append(above.id)
    return tuple(found)


def _place(registry: Registry, unit: str, steps: tuple[Step, ...]) -> Place:
    path = (unit, *(step.target for step in steps))
    above = (higher for member in path for higher in units_above(registry, member))
    return Place(path, steps, frozenset((*path, *above)))


def _forward(registry: Registry, unit: str, steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    seen = {unit, *(step.source for step in steps)}
    following = [
        (event, source)
        for event, source in registry.events_from.get(unit, ())
        if event.event.target not in seen
    ]
    if not following:
        yield steps
    for event, source in following:
        step = _step(registry, event, source, unit)
        yield from _forward(registry, event.event.target, (*steps, step))


def _backward(registry: Registry, unit: str, steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    seen = {unit, *(step.target for step in steps)}
    preceding = [
        (event, source, source.unit)
        for event in registry.events_into.get(unit, ())
        for source in event.event.sources
        if source.unit is not None and source.unit not in seen
    ]
    if not preceding:
        yield steps
    for event, source, former in preceding:
        step = _step(registry, event, source, former)
        yield from _backward(registry, former, (step, *steps))


def _step(registry: Registry, reference: EventRef, source: MergerSource, unit: str) -> Step:
    event, day = reference.event, reference.merger.operational_from
    former = registry.units.get(unit)
    cases = _CASES_OF_AREA[source.area]
    if event.kind != "merge":
        cases = frozenset(("unchanged",))
    elif source.area != "whole" and former is not None and former.exists_on(day):
        cases = frozenset(("part_transferred",))
    return Step(unit, event.target, day, cases, reference.merger_id, event.clause, source.area)
