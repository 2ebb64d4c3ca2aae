"""Succession: which units a unit went to, or came from, and by which clauses.

Pure functions on the linked registry. Finding a unit by what people call it is in
``builder.derive.lookup``; the rules that merger records must keep are in ``builder.check``.

How shares combine
------------------
A share says how much of a *former* unit a clause moves: ``whole``, ``part``, ``rest``
(what other clauses leave) or ``none``. Area and population are combined apart, by the
same algebra.

One after the other, U → A → V (``then``):

* ``none`` on either side gives ``none``;
* all of A goes on to V: V has of U what A had (``part`` stays ``part``, ``rest`` ``rest``);
* A was formed of U alone and of all of it (a change of type or name): what V has of A it
  has of U (``whole`` then ``rest`` is ``rest``);
* otherwise a piece of A goes on, and no clause says how much of U lies in that piece: the
  answer is ``part``, marked as not certain, since it may even be nothing.

Side by side, U → A → V and U → B → V (``together``): pieces that were divided and are
whole in V again are ``whole``; pieces of which some went elsewhere are ``part``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from builder.models.base import Date
from builder.models.codes import EventKind, Share
from builder.registry import Registry, Unit

State = Literal["stands", "not_yet", "followed", "unknown"]
Choose = Literal["all", "main"]
Reason = Literal["all", "stands", "unknown", "whole_population", "divided", "not_certain"]


@dataclass(frozen=True, slots=True)
class Step:
    """One clause that moved something of one unit into another."""

    source: str  # ids of units
    target: str
    merger: str  # id of the merger record
    index: int  # of the event in it
    resolution: str  # id of the resolution's record
    clause: int
    kind: EventKind
    adopted: Date
    operational_from: Date
    area: Share
    population: Share


@dataclass(frozen=True, slots=True)
class Passage:
    """What of one unit is in another, and every clause on the way, in order of time.

    ``certain`` is false where the clauses do not say how much it is, if anything.
    """

    unit: str
    area: Share
    population: Share
    certain: bool
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a unit is on a day.

    ``stands``: it exists itself. ``not_yet``: it does not exist yet. ``followed``: see
    ``passages``. ``unknown``: it ended and no record says what followed. ``gaps`` are units
    at which the chain breaks off, ``cycles`` those at which it would bite its own tail.
    ``reason`` says why ``passages`` are these.
    """

    unit: str
    on: Date
    state: State
    passages: tuple[Passage, ...] = ()
    gaps: tuple[str, ...] = ()
    cycles: tuple[str, ...] = ()
    reason: Reason = "all"

    @property
    def divided(self) -> bool:
        """Whether something of the unit is in more than one unit."""
        return len(self.passages) > 1


@dataclass(frozen=True, slots=True)
class _Amount:
    share: Share
    certain: bool = True


_ALL = _Amount("whole")


@dataclass(frozen=True, slots=True)
class _Reach:
    area: _Amount
    population: _Amount
    steps: frozenset[Step]


def then(first: Share, second: Share, *, alone: bool) -> tuple[Share, bool]:
    """The share of U in V when ``first`` of U went to A and ``second`` of A to V.

    ``alone``: A was formed of U only. The second value says whether the clauses tell it.

    >>> then("part", "whole", alone=False), then("whole", "rest", alone=True)
    (('part', True), ('rest', True))
    >>> then("part", "part", alone=False), then("whole", "part", alone=False)
    (('part', False), ('part', False))
    """
    if "none" in (first, second):
        return "none", True
    if second == "whole":
        return first, True
    if first == "whole" and alone:
        return second, True
    return "part", False


def successors(registry: Registry, unit_id: str, on: Date, *, choose: Choose = "all") -> Answer:
    """The units that hold something of a unit on a day; KeyError if there is no such unit.

    A unit follows from the day on which the new authorities operate, not from the day of
    adoption (Article 2 of the resolutions of 16/6/2025): on 30/6/2025 the former units
    still stand. ``choose="main"`` gives one unit where the whole population went to one,
    and none otherwise; ``reason`` says which.
    """
    unit = registry.units[unit_id]
    answer = _standing(unit, on)
    if answer is None:
        tables, gaps, cycles = _reach(
            registry, [unit_id], lambda each: _stands(registry, each, on), on
        )
        passages = _passages(tables.get(unit_id, {}))
        state: State = "followed" if passages else "unknown"
        answer = Answer(unit_id, on, state, passages, gaps, cycles)
    return _main(answer) if choose == "main" else answer


def predecessors(registry: Registry, unit_id: str, on: Date | None = None) -> Answer:
    """The units of which something is in a unit: those that stood on a day, or all.

    Without a day every former unit on the way back is given, the last wave first; the
    shares are shares of the former units. KeyError if there is no such unit.
    """
    unit = registry.units[unit_id]
    day = on or unit.row.valid_from or Date.max
    if on is not None and unit.exists_on(on):
        return Answer(unit_id, on, "stands", reason="stands")
    if unit_id not in registry.events_into:
        return Answer(unit_id, day, "unknown")
    former = _ancestors(registry, unit_id, on)
    tables, _, cycles = _reach(registry, former, lambda each: each == unit_id, None)
    passages = [
        replace(_passage(each, tables[each][unit_id]), unit=each)
        for each in former
        if unit_id in tables.get(each, {}) and (on is None or _stands(registry, each, on))
    ]
    found = tuple(passage for passage in passages if _moves(passage))
    return Answer(unit_id, day, "followed" if found else "unknown", found, (), cycles)


def pending(registry: Registry, unit_id: str, on: Date) -> tuple[Step, ...]:
    """Clauses adopted by a day that take the unit only later: adopted is not operating."""
    return tuple(
        step for step in steps_from(registry, unit_id) if step.adopted <= on < step.operational_from
    )


def steps_from(registry: Registry, unit_id: str) -> tuple[Step, ...]:
    """Every clause that moves something of a unit, in order of time and clause.

    A remainder of people after a clause that took them all is none (1656/NQ-UBTVQH15,
    clauses 39 and 40): the remainder is of the area.
    """
    taken = registry.events_from.get(unit_id, ())
    all_gone = {ref.merger_id for ref, source in taken if source.population == "whole"}
    steps = (
        Step(
            unit_id, ref.event.target, ref.merger_id, ref.index, ref.merger.resolution,
            ref.event.clause, ref.event.kind, ref.merger.adopted, ref.merger.operational_from,
            source.area,
            "none" if source.population == "rest" and ref.merger_id in all_gone
            else source.population,
        )
        for ref, source in taken
    )  # fmt: skip
    return tuple(sorted(steps, key=_time))


def _time(step: Step) -> tuple[Date, str, int, str]:
    return step.operational_from, step.merger, step.index, step.source


def _stands(registry: Registry, unit_id: str, on: Date) -> bool:
    """Whether the walk ends here; a unit without a row ends it, too."""
    unit = registry.units.get(unit_id)
    return unit is None or unit.exists_on(on)


def _standing(unit: Unit, on: Date) -> Answer | None:
    if unit.exists_on(on):
        return Answer(unit.id, on, "stands", reason="stands")
    if unit.row.valid_from is not None and on < unit.row.valid_from:
        return Answer(unit.id, on, "not_yet")
    return None


def _main(answer: Answer) -> Answer:
    """The answer with the one unit that took the whole population, or with none."""
    if answer.state != "followed":
        return answer
    people = [passage for passage in answer.passages if passage.population != "none"]
    if answer.gaps or answer.cycles:
        return replace(answer, passages=(), reason="unknown")
    if len(people) != 1:
        return replace(answer, passages=(), reason="divided")
    # A remainder that no other clause takes from is the whole.
    if not people[0].certain or people[0].population == "part":
        return replace(answer, passages=(), reason="not_certain")
    return replace(answer, passages=(people[0],), reason="whole_population")


# Walking


def _ancestors(registry: Registry, unit_id: str, on: Date | None) -> list[str]:
    """Former units on the way back, breadth first; not beyond those that stood on the day."""
    found: dict[str, None] = {unit_id: None}
    queue = [unit_id]
    for each in queue:
        if on is not None and each != unit_id and _stands(registry, each, on):
            continue
        for reference in registry.events_into.get(each, ()):
            for source in reference.event.sources:
                if source.unit is not None and source.unit not in found:
                    found[source.unit] = None
                    queue.append(source.unit)
    return [each for each in found if each != unit_id]


def _reach(
    registry: Registry,
    starts: Iterable[str],
    stop: Callable[[str], bool],
    on: Date | None,
) -> tuple[dict[str, dict[str, _Reach]], tuple[str, ...], tuple[str, ...]]:
    """What each unit on the way reaches, with the units at gaps and at cycles.

    Depth first without recursion, every unit once: long chains and cycles of a wrong
    record cost nothing.
    """
    tables: dict[str, dict[str, _Reach]] = {}
    open_units: dict[str, list[Step]] = {}
    gaps: list[str] = []
    cycles: list[str] = []
    for start in starts:
        stack = [start]
        while stack:
            unit = stack[-1]
            if unit in tables:
                stack.pop()
            elif unit in open_units:
                tables[unit] = _combine(registry, open_units.pop(unit), tables)
            elif stop(unit):
                tables[unit] = {unit: _Reach(_ALL, _ALL, frozenset())}
            else:
                steps = open_units[unit] = _steps_until(registry, unit, on)
                if not steps:
                    gaps.append(unit)
                for target in dict.fromkeys(step.target for step in steps):
                    (cycles if target in open_units else stack).append(target)
    return tables, tuple(dict.fromkeys(gaps)), tuple(dict.fromkeys(cycles))


def _steps_until(registry: Registry, unit_id: str, on: Date | None) -> list[Step]:
    steps = steps_from(registry, unit_id)
    return [step for step in steps if on is None or step.operational_from <= on]


# Combining


def _combine(
    registry: Registry, steps: list[Step], tables: dict[str, dict[str, _Reach]]
) -> dict[str, _Reach]:
    """What a unit reaches through its steps, from what their targets reach."""
    ways: dict[str, list[tuple[Step, _Reach]]] = defaultdict(list)
    for step in steps:
        for unit, reach in tables.get(step.target, {}).items():
            ways[unit].append((step, reach))
    found: dict[str, _Reach] = {}
    for unit, pairs in ways.items():
        ends = [(step, reach, *_formed_of_one(registry, step)) for step, reach in pairs]
        area = together(
            [step.area for step in steps],
            [(s.area, r.area.share, r.area.certain, alone) for s, r, alone, _ in ends],
        )
        population = together(
            [step.population for step in steps],
            [
                (s.population, r.population.share, r.population.certain, alone)
                for s, r, _, alone in ends
            ],
        )
        taken = frozenset(
            step
            for first, reach in pairs
            if _carries(first, reach)
            for step in (first, *reach.steps)
        )
        found[unit] = _Reach(_Amount(*area), _Amount(*population), taken)
    return found


def together(given: list[Share], ways: list[tuple[Share, Share, bool, bool]]) -> tuple[Share, bool]:
    """The share of U in V over all ways from U to V.

    ``given`` are the shares of all clauses that take from U; each way is (share of U in
    the next unit, share of that in V, whether that is certain, whether the next unit was
    formed of U alone).

    >>> together(["part", "rest"], [("part", "whole", True, False), ("rest", "whole", True, False)])
    ('whole', True)
    >>> together(["part", "rest"], [("rest", "whole", True, False)])
    ('rest', True)
    """
    amounts: list[tuple[Share, bool]] = []
    undivided = 0
    for first, second, certain, alone in ways:
        share, told = then(first, second, alone=alone)
        if share != "none":
            amounts.append((share, told and certain))
            undivided += second == "whole" and certain
    if not amounts:
        return "none", True
    if len(amounts) == 1:
        return amounts[0]
    pieces = [share for share in given if share != "none"]
    used_up = "whole" in pieces or "rest" in pieces
    if used_up and undivided == len(pieces):
        return "whole", True
    return "part", any(certain for _, certain in amounts)


def _formed_of_one(registry: Registry, step: Step) -> tuple[bool, bool]:
    """Whether the step's target has its area, and its people, from the step's source only."""
    sources = [
        source
        for reference in registry.events_into.get(step.target, ())
        for source in reference.event.sources
    ]
    area = [source.unit for source in sources if source.area != "none"]
    people = [source.unit for source in sources if source.population != "none"]
    return area == [step.source], people == [step.source]


def _carries(step: Step, reach: _Reach) -> bool:
    """Whether anything comes through: some area or some people at both ends."""
    area = "none" not in (step.area, reach.area.share)
    return area or "none" not in (step.population, reach.population.share)


def _passage(unit: str, reach: _Reach) -> Passage:
    return Passage(
        unit,
        reach.area.share,
        reach.population.share,
        reach.area.certain and reach.population.certain,
        tuple(sorted(reach.steps, key=_time)),
    )


def _passages(table: dict[str, _Reach]) -> tuple[Passage, ...]:
    """Passages in the order of their clauses."""
    found = [_passage(unit, reach) for unit, reach in table.items()]
    moving = [passage for passage in found if _moves(passage)]
    return tuple(sorted(moving, key=lambda each: [_time(step) for step in each.path]))


def _moves(passage: Passage) -> bool:
    return (passage.area, passage.population) != ("none", "none")
