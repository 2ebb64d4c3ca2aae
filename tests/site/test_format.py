"""Dates, times, deadlines and lists in Vietnamese."""

import datetime as dt

import pytest

from builder.models.meetings import Due, When
from builder.site import format as vi


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2025, 7, 1), "01/7/2025"),
        (dt.date(2025, 6, 16), "16/6/2025"),
        (dt.date(2026, 2, 5), "05/02/2026"),
        (dt.date(2026, 1, 10), "10/01/2026"),
        (dt.date(2025, 12, 3), "03/12/2025"),
    ],
)
def test_dates_have_a_zero_before_days_under_ten_and_months_one_and_two(day, words) -> None:
    assert vi.date(day) == words


def test_a_time_has_hours_and_minutes_in_words() -> None:
    assert vi.time(dt.time(8, 0)) == "08 giờ 00"


def test_thousands_are_parted_by_a_dot() -> None:
    assert vi.number(20_000) == "20.000"


def test_the_last_of_a_list_follows_va() -> None:
    assert [vi.joined(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a và b", "a, b và c",
    ]  # fmt: skip


def test_a_name_within_a_sentence_begins_small_but_an_abbreviation_does_not() -> None:
    assert vi.lower_first("Xã Bính Xá") == "xã Bính Xá"
    assert vi.lower_first("UBND xã") == "UBND xã"


def test_a_span_over_night_names_both_hours_and_both_days() -> None:
    when = When(
        date=dt.date(2025, 6, 26), end_date=dt.date(2025, 6, 27),
        start=dt.time(8, 0), end=dt.time(11, 0),
    )  # fmt: skip
    assert vi.when(when) == "08 giờ 00 ngày 26/6/2025 đến 11 giờ 00 ngày 27/6/2025"


def test_a_meeting_without_day_keeps_the_words_of_the_source() -> None:
    assert vi.when(When(words="cùng ngày")) == "cùng ngày"
    assert vi.when(When()) == ""


def test_before_and_by_are_told_apart() -> None:
    day = dt.date(2025, 7, 31)
    assert vi.due(Due(kind="before", date=day, words="x")) == "trước ngày 31/7/2025"
    assert vi.due(Due(kind="by", date=day, words="x")) == "đến hết ngày 31/7/2025"


def test_a_deadline_without_day_has_no_day() -> None:
    assert vi.due(Due(kind="from", words="từ đầu tháng 7")) == ""
