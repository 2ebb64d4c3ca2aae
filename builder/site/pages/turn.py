"""Before and after the day on which the two-level authorities began: by working group and by
province.

The numbers are worked out in ``builder.derive.progress``; ``builder.site.pages.course`` tells
the months between.
"""

from collections.abc import Iterable

from builder.derive.completeness import STATES, State
from builder.derive.progress import Point, units_of_groups
from builder.models import Body
from builder.registry import Unit
from builder.site import format as vi
from builder.site import labels
from builder.site.cards import Card, Section
from builder.site.chart import strip_svg
from builder.site.i18n import N_, _, ngettext
from builder.site.page import Page
from builder.site.pages.common import Context, crumbs
from builder.site.pages.completeness import COMPLETE, STATUS
from builder.site.pages.course import LATE, legend
from builder.site.view import DAY_BEFORE, View

TURN = Section("tinh-trang/truoc-sau/", N_("Trước và sau ngày 01/7/2025"))


def turn_page(view: View, provinces: list[tuple[str, Unit]]) -> Page:
    """The page that sets the day before the change beside the day of the site."""
    return Page(
        TURN.address, TURN.title, "turn.html", lambda: _turn(view, provinces), tab=STATUS.address
    )


def _turn(view: View, provinces: list[tuple[str, Unit]]) -> Context:
    began = view.day > DAY_BEFORE
    groups = _groups(view)
    tables = [
        _table("to-cong-tac", _("Theo tổ công tác"), _("Tổ công tác"), groups),
        _table(
            "tinh", _("Theo tỉnh, thành phố"), _("Tỉnh, thành phố"), _provinces(view, provinces)
        ),
    ]
    covered = [unit for units in units_of_groups(view.registry).values() for unit in units]
    return {
        "crumbs": crumbs(STATUS),
        "title": TURN.title,
        "before": vi.date(DAY_BEFORE),
        "after": vi.date(view.day),
        "legend": legend()[:-1],
        "tables": [table for table in tables if table["rows"]] if began else [],
        "began": began,
        "shared": len(set(covered)) < len(covered),
        "without": [
            view.card(body_id)
            for _number, body_id in _by_number(view)
            if body_id not in view.progress.groups
        ],
    }


def _by_number(view: View) -> list[tuple[float, str]]:
    """Working groups by number, those without a known one last."""
    return sorted(
        (body.number or float("inf"), body_id)
        for body_id, body in view.registry.of(Body)
        if body.type == "to_cong_tac"
    )


def _groups(view: View) -> list[tuple[Card, str, list[Point]]]:
    """Card, number of units in words, and course of each group."""
    units = units_of_groups(view.registry)
    return [
        (view.card(group), _units(len(units[group])), view.progress.groups[group])
        for _number, group in _by_number(view)
        if group in view.progress.groups
    ]


def _provinces(
    view: View, provinces: Iterable[tuple[str, Unit]]
) -> list[tuple[Card, str, list[Point]]]:
    found = []
    for slug, unit in provinces:
        points = view.progress.provinces.get(unit.id)
        if points:
            asked = {
                cell.unit
                for cell in view.cells
                if (of := view.unit(cell.unit)) and view.registry.province(of) is unit
            }
            card = Card(f"{COMPLETE.address}{slug}/", unit.full_name)
            found.append((card, _units(len(asked)), points))
    return found


def _units(count: int) -> str:
    return ngettext("%(num)s đơn vị", "%(num)s đơn vị", count)


def _table(anchor: str, title: str, of: str, rows: list[tuple[Card, str, list[Point]]]) -> Context:
    """Two rows for each: the first point and the last, on one scale; states that occur nowhere
    in the table have no column."""
    ends = [point for _card, _units, points in rows for point in (points[0], points[-1])]
    shown = [state for state in STATES if any(point.states.get(state) for point in ends)]
    most = max((point.total for point in ends), default=1)
    return {
        "anchor": anchor,
        "title": title,
        "of": of,
        "labels": [*(labels.COMPLETENESS[state] for state in shown), _(LATE)],
        "rows": [
            {
                "card": card,
                "units": units,
                "days": [_day(point, shown, most) for point in (points[0], points[-1])],
            }
            for card, units, points in rows
        ],
    }


def _day(point: Point, shown: list[State], most: int) -> Context:
    return {
        "day": vi.date(point.day),
        "counts": [
            *(vi.number(point.states.get(state, 0)) for state in shown), vi.number(point.overdue)
        ],
        "picture": strip_svg(point, most),
    }  # fmt: skip
