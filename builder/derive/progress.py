"""How completeness changed over time: cells by state at the ends of months, by province.

The state of each cell on a day is worked out in ``builder.derive.completeness``.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from builder.derive.completeness import Cell, State, completeness
from builder.models.base import Date
from builder.registry import Registry


@dataclass(frozen=True, slots=True)
class Point:
    """Numbers of cells on a day: by state, and of those past their deadline."""

    day: Date
    states: dict[State, int]
    overdue: int

    @property
    def total(self) -> int:
        return sum(self.states.values())


def month_ends(first: Date, last: Date) -> list[Date]:
    """The last days of months from ``first`` on, and ``last`` itself at the end.

    >>> [str(day) for day in month_ends(dt.date(2025, 6, 30), dt.date(2025, 8, 5))]
    ['2025-06-30', '2025-07-31', '2025-08-05']
    """
    found = []
    year, month = first.year, first.month
    while (end := _month_end(year, month)) < last:
        found.append(end)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return [*found, last]


def _month_end(year: int, month: int) -> Date:
    return (dt.date(year, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def progress(registry: Registry, days: Iterable[Date]) -> dict[str, list[Point]]:
    """A point for each day, by id of the province in which the units of the cells lie."""
    found: dict[str, list[Point]] = {}
    for day in days:
        by_province: dict[str, list[Cell]] = {}
        for cell in completeness(registry, day):
            unit = registry.units.get(cell.unit)
            province = registry.province(unit) if unit is not None else None
            if province is not None:
                by_province.setdefault(province.id, []).append(cell)
        for province_id, cells in by_province.items():
            found.setdefault(province_id, []).append(_point(day, cells))
    return found


def _point(day: Date, cells: list[Cell]) -> Point:
    return Point(day, dict(Counter(c.state for c in cells)), sum(c.overdue for c in cells))


def summed(points: Iterable[list[Point]]) -> list[Point]:
    """The points of several provinces, day by day."""
    by_day: dict[Date, tuple[Counter[State], int]] = {}
    for point in (one for several in points for one in several):
        states, overdue = by_day.get(point.day, (Counter(), 0))
        by_day[point.day] = (states + Counter(point.states), overdue + point.overdue)
    return [Point(day, dict(states), late) for day, (states, late) in sorted(by_day.items())]
