"""How clauses divide a unit: the shares taken of it, and whether they add up to the whole.

The rules that report a bad division are in ``builder.check.mergers``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.models.codes import Share
from builder.models.mergers import MergerEvent

Fault = Literal["partial", "remainder"]


@dataclass(frozen=True, slots=True)
class Taking:
    """What one clause takes of a unit, and the clauses that its remainder refers to."""

    clause: int
    area: Share
    population: Share
    after: tuple[int, ...] = ()


def takings(events: Iterable[MergerEvent]) -> dict[str, list[Taking]]:
    """What events take of each unit, by its id, in order of event."""
    found: dict[str, list[Taking]] = defaultdict(list)
    for event in events:
        for source in event.sources:
            if source.unit is not None:
                found[source.unit].append(
                    Taking(event.clause, source.area, source.population, source.after)
                )
    return dict(found)


def is_island(unit: str) -> bool:
    """Whether a unit's id is that of a district: as a source, one without communes.

    >>> is_island("318@"), is_island("06622@")
    (True, False)
    """
    return len(unit.partition("@")[0]) == 3


def people_apart(taken: Sequence[Taking]) -> bool:
    """Whether all the area goes to one unit and the people are divided, with one remainder.

    The one exception in the resolutions of 2025: 1665/NQ-UBTVQH15, clauses 62 to 64.

    >>> people_apart([Taking(1, "whole", "none"), Taking(2, "none", "part"),
    ...               Taking(3, "none", "rest")])
    True
    """
    areas = [each.area for each in taken]
    people = [each.population for each in taken]
    return set(areas) == {"whole", "none"} and areas.count("whole") == people.count("rest") == 1


def fault(taken: Sequence[Taking], *, island: bool = False) -> Fault | None:
    """Why shares do not add up: only a part is taken, or there is not one remainder.

    ``island``: a district without communes, which may have an area alone.

    >>> fault([Taking(1, "part", "part"), Taking(2, "rest", "rest")]), fault([])
    (None, 'partial')
    >>> fault([Taking(1, "part", "part"), Taking(2, "part", "part")])
    'remainder'
    """
    if len(taken) < 2:
        people = ("whole", "none") if island else ("whole",)
        whole = bool(taken) and taken[0].area == "whole" and taken[0].population in people
        return None if whole else "partial"
    areas = [each.area for each in taken]
    if ("whole" not in areas and areas.count("rest") == 1) or people_apart(taken):
        return None
    return "remainder"


def people_add_up(taken: Sequence[Taking], *, island: bool = False) -> bool:
    """Whether people are taken whole once, or in parts with one remainder.

    Where one clause takes all the people, what is left after it has area only: clauses 39 and
    40 of 1656/NQ-UBTVQH15 write "phần còn lại" of both. ``island``: a district without
    communes, which may have an area alone.

    >>> people_add_up([Taking(1, "part", "whole"), Taking(2, "rest", "rest")])
    True
    >>> people_add_up([Taking(1, "part", "whole"), Taking(2, "rest", "whole")])
    False
    """
    people = [each.population for each in taken]
    whole, rest = people.count("whole"), people.count("rest")
    if whole:
        return whole == 1 and "part" not in people
    return rest == 1 or (island and set(people) == {"none"})


def missed_references(taken: Sequence[Taking]) -> list[tuple[Taking, set[int]]]:
    """Remainders that refer to other clauses than took the parts, with the clauses that did."""
    missed = []
    for each in taken:
        others = {
            other.clause
            for other in taken
            if other.clause != each.clause and "part" in (other.area, other.population)
        }
        if each.after and set(each.after) != others:
            missed.append((each, others))
    return missed
