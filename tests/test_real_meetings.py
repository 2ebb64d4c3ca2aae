"""The committed meetings, inspections and requirements say what the two reports say."""

from pathlib import Path

import pytest

from builder.models import Body, Meeting, Requirement
from builder.models.base import Date
from builder.registry import Registry, load

DONG_KINH = "05977@2025-07-01"


@pytest.fixture(scope="module")
def registry(root: Path) -> Registry:
    return load(root, cache=False)


def inspection(registry: Registry, group: str) -> Meeting:
    record_id = f"meetings/lang-son/to-cong-tac-{group}/kiem-tra-van-hanh-thu-2025-06-26"
    found = registry.get(record_id, Meeting)
    assert found is not None
    return found


def test_every_meeting_of_june_2025_is_a_trial(registry: Registry) -> None:
    meetings = [meeting for _, meeting in registry.of(Meeting) if meeting.when.date]
    june = [m for m in meetings if str(m.when.date).startswith("2025-06")]
    assert len(june) >= 54
    assert {meeting.mode for meeting in june} == {"trial"}


@pytest.mark.parametrize(
    ("group", "bodies"),
    [
        ("that-khe", {"dang_uy", "ban_thuong_vu", "ban_chap_hanh", "hdnd", "ubnd"}),
        ("dong-dang", {"ban_chap_hanh", "ban_thuong_vu", "hdnd", "ubnd", "ub_mttq"}),
        ("khanh-khe", {"dang_uy", "hdnd", "ubnd", "ban_thuong_truc_mttq"}),
        ("na-duong", {"ban_thuong_vu", "ban_chap_hanh", "hdnd", "ubnd", "ub_mttq"}),
        ("kien-moc", {"ban_thuong_vu", "ubnd"}),
        ("nhan-ly", {"ban_thuong_vu", "ubnd"}),
    ],
)
def test_a_trial_run_names_the_bodies_that_met_and_no_others(
    registry: Registry, group: str, bodies: set[str]
) -> None:
    meeting = registry.get(f"meetings/lang-son/{group}/van-hanh-thu", Meeting)
    assert meeting is not None
    met = [registry.get(body, Body) for body in meeting.bodies]
    types = {body.type for body in met if body is not None}
    assert types - {"trung_tam_phuc_vu_hanh_chinh_cong"} == bodies


def test_the_trial_window_is_stated_for_trang_dinh_and_inferred_elsewhere(
    registry: Registry,
) -> None:
    inside = registry.get("meetings/lang-son/trang-dinh/van-hanh-thu", Meeting)
    outside = registry.get("meetings/lang-son/dinh-lap/van-hanh-thu", Meeting)
    assert inside is not None
    assert outside is not None
    assert (str(inside.when.start), str(inside.when.end)) == ("08:00:00", "11:00:00")
    assert inside.when.end_date == Date(2025, 6, 27)
    assert (outside.when.certainty, outside.when.start) == ("inferred", None)


def test_the_day_of_every_trial_meeting_of_dong_kinh_is_inferred(registry: Registry) -> None:
    meetings = [m for _, m in registry.of(Meeting) if m.units == (DONG_KINH,)]
    assert len(meetings) == 7
    for meeting in meetings:
        assert (meeting.when.date, meeting.when.certainty) == (Date(2025, 6, 26), "inferred")


def test_each_working_group_has_one_inspection(registry: Registry) -> None:
    groups = [i for i, body in registry.of(Body) if body.type == "to_cong_tac"]
    for group in groups:
        inspections = [m for _, m in registry.of(Meeting) if m.bodies == (group,)]
        assert [m.form for m in inspections] == ["inspection"], group


@pytest.mark.parametrize(
    ("group", "lines"),
    [
        ("1", {6, 7, 8}),
        ("2", {13, 15, 16, 17, 18}),
        ("3", {22, 23, 24, 25, 26}),
        ("khong-ro-so", {29, 30}),
        ("7", {33, 34, 35, 36}),
        ("8", {39, 41, 42}),
        ("9", {59, 60, 61, 62, 63}),
        ("10", {45, 46, 47, 48, 49}),
        ("11", {51}),
    ],
)
def test_an_inspection_draws_on_every_line_of_the_report_that_tells_of_its_results(
    registry: Registry, group: str, lines: set[int]
) -> None:
    assert lines <= {int(line[1:]) for o in inspection(registry, group).outputs for line in o.lines}


@pytest.mark.parametrize(
    ("group", "key", "due"),
    [
        ("1", "hoan-tat-ho-so-tai-lieu", ("during", "2025-06-28", "2025-06-29")),
        ("1", "cong-bo-va-ban-giao-quyet-dinh", ("by", "2025-06-30", None)),
        ("3", "trung-tam-thong-suot", ("from", "2025-07-01", None)),
        ("khong-ro-so", "tai-lieu-hop-dau-thang-7", ("from", None, None)),
        ("khong-ro-so", "lap-phong-bo-nhiem", ("from", "2025-07-01", None)),
        ("7", "lanh-dao-chuong-trinh-6-thang", ("during", "2025-07-01", "2025-12-31")),
        ("7", "ke-hoach-dai-hoi", ("before", "2025-07-31", None)),
        ("7", "chuan-bi-le-cong-bo", ("on", "2025-06-30", None)),
        ("8", "chuan-bi-dai-hoi", ("before", "2025-07-31", None)),
        ("10", "duong-truyen-du-phong", ("from", "2025-07-01", None)),
        ("11", "khac-phuc-den-30-6", ("by", "2025-06-30", None)),
    ],
)
def test_a_deadline_of_an_inspection_is_the_one_of_the_report(
    registry: Registry, group: str, key: str, due: tuple[str, str | None, str | None]
) -> None:
    (found,) = [output for output in inspection(registry, group).outputs if output.key == key]
    assert found.due is not None
    days = [str(day) if day else None for day in (found.due.date, found.due.end_date)]
    assert (found.due.kind, *days) == due


def test_a_request_to_the_communes_at_large_names_no_body(registry: Registry) -> None:
    for record_id, meeting in registry.of(Meeting):
        for output in meeting.outputs:
            if output.responsible_words == "Các xã":
                assert output.responsible == (), (record_id, output.key)


def test_basically_complete_is_not_complete(registry: Registry) -> None:
    for group in ("3", "7", "10"):
        outputs = inspection(registry, group).outputs
        findings = " ".join(o.text for o in outputs if o.kind == "finding")
        assert "cơ bản hoàn thành" in findings
        assert "hoàn thành" not in findings.replace("cơ bản hoàn thành", "")


def test_a_requirement_without_a_body_says_that_the_body_is_unknown(registry: Registry) -> None:
    for record_id, requirement in registry.of(Requirement):
        if requirement.body_type is None:
            assert "body_type" in [u.field for u in requirement.unknown], record_id


@pytest.mark.parametrize("path", ["7/ke-hoach-chuan-bi-dai-hoi", "8/chuan-bi-dai-hoi-dang-bo"])
def test_before_31_july_stays_before_and_the_doubt_is_recorded(
    registry: Registry, path: str
) -> None:
    found = registry.get(f"requirements/lang-son/to-cong-tac-{path}", Requirement)
    assert found is not None
    assert found.due is not None
    assert (found.due.kind, found.due.date) == ("before", Date(2025, 7, 31))
    assert "due" in [unknown.field for unknown in found.unknown]


def test_recommendations_go_to_the_people_s_committee_of_the_province(registry: Registry) -> None:
    for group in ("3", "9"):
        outputs = inspection(registry, group).outputs
        (found,) = [output for output in outputs if output.kind == "recommendation"]
        assert found.addressed_to == ("bodies/lang-son/tinh/ubnd",)


def test_a_requirement_rests_on_an_inspection_of_the_same_units(registry: Registry) -> None:
    for record_id, requirement in registry.of(Requirement):
        if not record_id.startswith("requirements/lang-son/to-cong-tac-"):
            continue
        (basis,) = requirement.basis
        inspection = registry.get(basis, Meeting)
        assert inspection is not None, record_id
        assert set(requirement.units) == set(inspection.units), record_id
