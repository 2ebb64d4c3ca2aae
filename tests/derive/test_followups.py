"""Who has to do what by when: overdue first, the words of the source kept."""

import datetime as dt
from pathlib import Path

import pytest

from builder.derive.followups import Followup, followups
from builder.registry import load
from tests.derive.owing import ASKED, INSPECTED, INSPECTION, REQUIREMENT, UNIT, owing
from tests.registries import HEAD


def found(root: Path, changes: dict[str, str | None], day: str) -> list[Followup]:
    registry = load(owing(root, changes), cache=False)
    assert registry.findings == ()
    return followups(registry, dt.date.fromisoformat(day))


def one(root: Path, output: str, day: str) -> Followup:
    (item,) = found(root, {INSPECTION: INSPECTED + output, REQUIREMENT: None}, day)
    return item


def test_a_request_keeps_its_anchor_and_the_words_of_its_deadline(tmp_path: Path) -> None:
    item = one(tmp_path, "", "2025-07-01")
    assert (item.source, item.key, item.kind) == (INSPECTION, "quy-che", "request")
    assert item.due is not None
    assert item.due.words == "trước ngày 31/7"


def test_a_requirement_with_the_deadline_of_its_request_is_told_once(tmp_path: Path) -> None:
    (item,) = found(tmp_path, {}, "2025-07-01")
    assert item.requirements == (REQUIREMENT,)


def test_a_requirement_with_a_deadline_of_its_own_stands_beside_the_request(tmp_path: Path) -> None:
    asked = ASKED.replace("2025-07-31", "2025-09-30")
    items = found(tmp_path, {REQUIREMENT: asked}, "2025-07-01")
    assert [item.kind for item in items] == ["request", "requirement"]


@pytest.mark.parametrize(
    ("state", "day", "status"),
    [
        ("", "2025-07-31", "upcoming"),
        ("", "2025-08-01", "past"),
        ("    state: open\n", "2025-08-01", "overdue"),
        ("    state: closed\n", "2025-08-01", "closed"),
    ],
)
def test_only_what_a_record_calls_open_is_overdue(
    tmp_path: Path, state: str, day: str, status: str
) -> None:
    assert one(tmp_path, state, day).status == status


def test_a_deadline_that_is_a_beginning_is_never_past(tmp_path: Path) -> None:
    output = INSPECTED.replace("kind: before, date: 2025-07-31", "kind: from, date: 2025-07-01")
    (item,) = found(tmp_path, {INSPECTION: output, REQUIREMENT: None}, "2030-01-01")
    assert item.status == "running"


def test_a_span_is_past_only_after_its_last_day(tmp_path: Path) -> None:
    output = INSPECTED.replace(
        "kind: before, date: 2025-07-31", "kind: during, date: 2025-06-28, end_date: 2025-06-29"
    )
    days = ("2025-06-27", "2025-06-28", "2025-06-29", "2025-06-30")
    statuses = [
        found(tmp_path, {INSPECTION: output, REQUIREMENT: None}, day)[0].status for day in days
    ]
    assert statuses == ["upcoming", "running", "running", "past"]


def test_a_span_whose_last_day_is_not_known_is_never_past(tmp_path: Path) -> None:
    output = INSPECTED.replace("kind: before, date: 2025-07-31", "kind: during, date: 2025-07-01")
    statuses = [
        found(tmp_path, {INSPECTION: output, REQUIREMENT: None}, day)[0].status
        for day in ("2025-06-30", "2025-07-01", "2026-01-01")
    ]
    assert statuses == ["upcoming", "running", "running"]


def test_a_finding_without_deadline_asks_nobody_to_act(tmp_path: Path) -> None:
    finding = "  - {key: ghi-nhan, kind: finding, text: Đã chuẩn bị tốt.}\n"
    assert one(tmp_path, finding, "2025-07-01").kind == "request"


def test_overdue_comes_first_and_undated_after_what_has_a_day(tmp_path: Path) -> None:
    more = (
        "  - {key: khong-ngay, kind: request, text: Làm tốt hơn.}\n"
        "  - {key: xong, kind: request, text: Xong, state: closed}\n"
        "  - {key: qua-han, kind: request, text: Bàn giao., state: open,\n"
        "     due: {kind: by, date: 2025-06-30, words: đến ngày 30/6}}\n"
    )
    items = found(tmp_path, {INSPECTION: INSPECTED + more, REQUIREMENT: None}, "2025-07-15")
    assert [item.key for item in items] == ["qua-han", "quy-che", "khong-ngay", "xong"]


def test_units_of_the_meeting_count_where_the_output_names_none(tmp_path: Path) -> None:
    assert one(tmp_path, "", "2025-07-01").units == (UNIT,)


def test_a_requirement_without_meeting_is_told_by_itself(tmp_path: Path) -> None:
    asked = (
        f'{HEAD}title: Sửa văn bản\nunits: ["{UNIT}"]\n'
        "due: {kind: by, date: 2027-03-01, words: trước 01/3/2027}\n"
    )
    (item,) = found(tmp_path, {REQUIREMENT: asked, INSPECTION: None}, "2025-07-15")
    assert (item.kind, item.key, item.status) == ("requirement", "", "upcoming")


def test_what_was_withdrawn_asks_nobody_to_act(tmp_path: Path) -> None:
    gone = "withdrawn: {on: 2025-07-02, reason: nhập nhầm}\n"
    (item,) = found(tmp_path, {INSPECTION: INSPECTED + gone}, "2025-07-15")
    assert item.source == REQUIREMENT
    (item,) = found(tmp_path, {REQUIREMENT: ASKED + gone}, "2025-07-15")
    assert (item.source, item.requirements) == (INSPECTION, ())
    assert (
        found(tmp_path, {INSPECTION: INSPECTED + gone, REQUIREMENT: ASKED + gone}, "2025-07-15")
        == []
    )
