"""The course of completeness over time: picture, table, and how new the records behind it are.

The numbers are worked out in ``builder.derive.progress``, the picture is drawn in
``builder.site.chart``.
"""

from collections.abc import Iterator
from itertools import pairwise

from builder.derive.completeness import STATES, Cell
from builder.derive.progress import Point
from builder.models.base import Date
from builder.site import format as vi
from builder.site import labels
from builder.site.chart import progress_svg
from builder.site.i18n import N_, _
from builder.site.pages.common import Context
from builder.site.terms import term
from builder.site.view import View

LATE = N_("Đã qua thời hạn")


def course(view: View, points: list[Point], cells: list[Cell]) -> Context | None:
    """Picture, table, and in words how new the records are; None with no more than one day."""
    if len(points) < 2:
        return None
    newest = _newest(view, cells)
    shown = [state for state in STATES if any(point.states.get(state) for point in points)]
    return {
        "picture": progress_svg(points),
        "labels": [labels.COMPLETENESS[state] for state in shown],
        "rows": [
            {
                "days": vi.date(first.day)
                if first.day == last.day
                else _("%(start)s đến %(end)s", start=vi.date(first.day), end=vi.date(last.day)),
                "counts": [vi.number(first.states.get(state, 0)) for state in shown],
                "overdue": vi.number(first.overdue),
            }
            for first, last in _stretches(points)
        ],
        "newest": vi.date(newest),
        "nothing_since": newest < points[-2].day and points[-1].states == points[-2].states,
        "later_by_time": any(
            after.overdue > before.overdue
            for before, after in pairwise(points)
            if newest < after.day and before.states == after.states
        ),
    }


def _newest(view: View, cells: list[Cell]) -> Date:
    """The newest day up to which one of the records behind the cells holds."""
    records = {cell.requirement for cell in cells}.union(*(cell.evidence for cell in cells))
    return max(view.registry.entries[record].record.as_of for record in records)


def _stretches(points: list[Point]) -> Iterator[tuple[Point, Point]]:
    """First and last of the points that follow one another with the same numbers."""
    first = last = points[0]
    for point in points[1:]:
        if (point.states, point.overdue) != (first.states, first.overdue):
            yield first, last
            first = point
        last = point
    yield first, last


def legend() -> list[Context]:
    """Each state with its sign, in the order of the tables; what is late comes last."""
    return [
        {
            "state": state,
            "sign": labels.SIGN[state],
            "label": labels.COMPLETENESS[state],
            "term": term("completeness", state),
        }
        for state in STATES
    ] + [{"state": "late", "sign": labels.SIGN["late"], "label": _(LATE), "term": ""}]
