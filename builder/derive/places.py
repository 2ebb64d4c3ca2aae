"""Places that have one history: a chain of units from a former one to the present.

A commune that was divided makes several places, one for each unit that took a share of
it. How shares combine is in ``builder.derive.succession``; which documents apply at a
place is in ``builder.derive.applicability``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.derive.succession import Step, steps_from
from builder.models.rules import RuleCase
from builder.registry import Registry

# A commune of 2025 makes five at most. Wrong records could make millions: beyond this many
# a chain is not followed, and its place ends with a unit that no longer stands.
MAX_PLACES = 250

_CASES_OF_AREA: dict[str, frozenset[RuleCase]] = {
    "whole": frozenset(("merged",)),
    "rest": frozenset(("divided",)),
    # Whether a share that left a divided unit counts as a division or as a transfer was
    # not confirmed: both rules have to say the same before anything follows.
    "part": frozenset(("divided", "part_transferred")),
    "none": frozenset(("divided", "part_transferred")),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Units that cover one place one after the other, and the steps between them."""

    path: tuple[str, ...]
    steps: tuple[Step, ...]
    units: frozenset[str]  # the path and all units above its members

    def steps_after(self, unit: str | None) -> tuple[Step, ...]:
        """The steps from a unit of the path on; none for a unit that is not on it."""
        return self.steps[self.path.index(unit) :] if unit in self.path else ()


def places_from(registry: Registry, unit: str) -> list[Place]:
    """The places that the territory of a unit falls into as time goes on; at least one."""
    known: dict[str, list[Place]] = registry.derived.setdefault("places", {})
    if unit not in known:
        known[unit] = [_place(registry, unit, steps) for steps in _forward(registry, unit, ())]
    return known[unit]


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


def cases_of(registry: Registry, step: Step) -> frozenset[RuleCase]:
    """The cases of continuity that a clause may mean for the share it moves."""
    if step.kind != "merge":
        return frozenset(("unchanged",))
    former = registry.units.get(step.source)
    goes_on = former is not None and former.exists_on(step.operational_from)
    if step.area != "whole" and goes_on:
        return frozenset(("part_transferred",))
    return _CASES_OF_AREA[step.area]


def _place(registry: Registry, unit: str, steps: tuple[Step, ...]) -> Place:
    path = (unit, *(step.target for step in steps))
    above = (higher for member in path for higher in units_above(registry, member))
    return Place(path, steps, frozenset((*path, *above)))


def _forward(registry: Registry, unit: str, steps: tuple[Step, ...]) -> list[tuple[Step, ...]]:
    found: list[tuple[Step, ...]] = []
    stack = [(unit, steps)]
    while stack:
        here, way = stack.pop()
        seen = {here, *(step.source for step in way)}
        following = [step for step in steps_from(registry, here) if step.target not in seen]
        if not following or len(found) + len(stack) >= MAX_PLACES:
            found.append(way)
        else:
            stack += [(step.target, (*way, step)) for step in reversed(following)]
    return found


def _backward(registry: Registry, unit: str, steps: tuple[Step, ...]) -> list[tuple[Step, ...]]:
    found: list[tuple[Step, ...]] = []
    stack = [(unit, steps)]
    while stack:
        here, way = stack.pop()
        seen = {here, *(step.target for step in way)}
        preceding = [step for step in _steps_into(registry, here) if step.source not in seen]
        if not preceding or len(found) + len(stack) >= MAX_PLACES:
            found.append(way)
        else:
            stack += [(step.source, (step, *way)) for step in reversed(preceding)]
    return found


def _steps_into(registry: Registry, unit: str) -> Iterator[Step]:
    sources = {
        source.unit: None
        for reference in registry.events_into.get(unit, ())
        for source in reference.event.sources
        if source.unit is not None
    }
    for source in sources:
        yield from (step for step in steps_from(registry, source) if step.target == unit)
