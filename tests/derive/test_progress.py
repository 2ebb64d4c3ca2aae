"""Completeness over time: worked out again for the ends of months."""

import datetime as dt
from pathlib import Path

from builder.derive.progress import Point, month_ends, progress, summed
from builder.registry import load
from tests.derive.owing import REGULATION, owing, regulation

JUNE, JULY, AUGUST = dt.date(2025, 6, 30), dt.date(2025, 7, 31), dt.date(2025, 8, 31)


def test_days_are_the_ends_of_months_and_the_last_day_itself() -> None:
    days = month_ends(dt.date(2025, 11, 30), dt.date(2026, 2, 10))
    assert [str(day) for day in days] == ["2025-11-30", "2025-12-31", "2026-01-31", "2026-02-10"]


def test_a_last_day_that_ends_a_month_comes_once() -> None:
    assert month_ends(JUNE, JULY) == [JUNE, JULY]


def test_before_the_first_month_has_ended_there_is_only_the_day() -> None:
    assert month_ends(JUNE, dt.date(2025, 6, 20)) == [dt.date(2025, 6, 20)]


def test_a_document_counts_from_the_month_in_which_it_came_about(tmp_path: Path) -> None:
    registry = load(owing(tmp_path, {REGULATION: regulation()}), cache=False)
    assert progress(registry, [JUNE, JULY]).provinces == {
        "99@": [Point(JUNE, {"requested": 1}, 0), Point(JULY, {"present": 1}, 0)]
    }


def test_what_is_late_counts_from_the_day_after_its_deadline(tmp_path: Path) -> None:
    registry = load(owing(tmp_path), cache=False)
    assert [point.overdue for point in progress(registry, [JULY, AUGUST]).provinces["99@"]] == [
        0,
        1,
    ]


def test_provinces_add_up_day_by_day() -> None:
    one = [Point(JUNE, {"requested": 2}, 0), Point(JULY, {"present": 2}, 0)]
    other = [Point(JUNE, {"requested": 1}, 1), Point(JULY, {"requested": 1}, 1)]
    assert summed([one, other]) == [
        Point(JUNE, {"requested": 3}, 1), Point(JULY, {"present": 2, "requested": 1}, 1)
    ]  # fmt: skip
