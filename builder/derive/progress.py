"""How completeness changed over time: cells by state at the ends of months, by province and by
working group.

The state of each cell on a day is worked out in ``builder.derive.completeness``.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from builder.derive.completeness import Cell, State, completeness
from builder.models import Body
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


class Courses(NamedTuple):
    """Points day by day: by id of the province, and of the working group, of the cells' units."""

    provinces: dict[str, list[Point]]
    groups: dict[str, list[Point]]


def progress(registry: Registry, days: Iterable[Date]) -> Courses:
    """A point for each day and each province and working group whose units have cells."""
    groups_of: dict[str, list[str]] = {}
    for group, covered in units_of_groups(registry).items():
        for unit_id in covered:
            groups_of.setdefault(unit_id, []).append(group)
    found = Courses({}, {})
    for day in days:
        by_province: dict[str, list[Cell]] = {}
        by_group: dict[str, list[Cell]] = {}
        for cell in completeness(registry, day):
            unit = registry.units.get(cell.unit)
            province = registry.province(unit) if unit is not None else None
            if province is not None:
                by_province.setdefault(province.id, []).append(cell)
            for group in groups_of.get(cell.unit, ()):
                by_group.setdefault(group, []).append(cell)
        for courses, cells_by in zip(found, (by_province, by_group), strict=True):
            for key, cells in cells_by.items():
                courses.setdefault(key, []).append(_point(day, cells))
    return found


def units_of_groups(registry: Registry) -> dict[str, list[str]]:
    """The units that each working group covers, itself or by one of its delegations.

    A group without any known one is left out: that it covers a former district does not say
    which of the units there it looks after.
    """
    found: dict[str, list[str]] = {}
    for body_id, body in registry.of(Body):
        named = [*body.covers, *(unit for part in body.delegations for unit in part.units)]
        if body.type == "to_cong_tac" and named:
            found[body_id] = list(dict.fromkeys(named))
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
