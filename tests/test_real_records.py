"""The committed records say what their sources say, and nothing more.

Facts of the two press reports of June 2025, as far as they shape the records.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from builder.models import (
    Body,
    ContinuityRule,
    Document,
    Instrument,
    Meeting,
    Record,
    Regulation,
)
from builder.models.base import Date
from builder.models.bodies import OfficeHolder
from builder.registry import Registry, load

MY_THUONG = "19930@2025-07-01"
RESOLUTION = "resolutions/trung-uong/2025/1672-nq-ubtvqh15"
GROUPS = {1: 5, 2: 7, 3: 4, 7: 7, 8: 4, 9: 3, 10: 8, 11: 2}
HUE_WARD = ["hue", "my-thuong"]
UNNUMBERED = "bodies/lang-son/tinh/to-cong-tac-khong-ro-so"


@pytest.fixture(scope="module")
def registry(root: Path) -> Registry:
    return load(root, cache=False)


def working_groups(registry: Registry) -> dict[str, Body]:
    return {i: body for i, body in registry.of(Body) if body.type == "to_cong_tac"}


def holders(registry: Registry) -> list[tuple[str, OfficeHolder]]:
    return [(i, holder) for i, body in registry.of(Body) for holder in body.office_holders]


def instruments(registry: Registry, stage: str) -> dict[str, Instrument]:
    return {i: record for i, record in registry.of(Instrument) if record.stage == stage}


def from_press_alone(record: Record) -> bool:
    return {source.kind for source in record.sources} == {"press"}


# Numbered instruments


@pytest.mark.parametrize(
    ("record_id", "number", "type_"),
    [
        (RESOLUTION, "1672/NQ-UBTVQH15", "NQ"),
        ("resolutions/trung-uong/2025/1675-nq-ubtvqh15", "1675/NQ-UBTVQH15", "NQ"),
        ("documents/lang-son/tinh/2025/245-kh-tu", "245-KH/TU", "KH"),
        ("documents/lang-son/tinh/2025/2418-qd-tu", "2418-QĐ/TU", "QĐ"),
    ],
)
def test_the_numbered_instruments_are_adopted_ones(
    registry: Registry, record_id: str, number: str, type_: str
) -> None:
    record = instruments(registry, "adopted")[record_id]
    assert (record.number, record.type) == (number, type_)


@pytest.mark.parametrize(
    ("number", "proposal", "scheme"),
    [("1672", "384/TTr-CP", "385/ĐA-CP"), ("1675", "400/TTr-CP", "401/ĐA-CP")],
)
def test_a_merger_resolution_keeps_its_legal_bases_apart_from_what_it_considers(
    registry: Registry, number: str, proposal: str, scheme: str
) -> None:
    record = registry.get(f"resolutions/trung-uong/2025/{number}-nq-ubtvqh15", Instrument)
    assert record is not None
    bases = " ".join(r.cites or "" for r in record.relations if r.type == "based_on")
    considered = " ".join(r.cites or "" for r in record.relations if r.type == "cites")
    assert all(found in bases for found in ("203/2025/QH15", "72/2025/QH15", "76/2025/UBTVQH15"))
    assert all(found in considered for found in (proposal, scheme))
    assert "trước ngày 30/9/2025" in (record.summary or "")


def test_the_resolution_is_in_force_from_its_adoption_and_not_from_july(
    registry: Registry,
) -> None:
    dates = registry.entries[RESOLUTION].record.dates  # type: ignore[attr-defined]
    assert dates.adopted == dates.effective == Date(2025, 6, 16)


def test_plan_245_keeps_its_date_before_the_resolution_and_says_so(registry: Registry) -> None:
    plan = registry.get("documents/lang-son/tinh/2025/245-kh-tu", Document)
    assert plan is not None
    assert plan.dates.issued == Date(2025, 6, 15)
    assert plan.notes is not None
    assert "trước Nghị quyết 1672/NQ-UBTVQH15" in plan.notes
    (relation,) = plan.relations
    assert (relation.target, relation.certainty) == (RESOLUTION, "inferred")


def test_no_record_has_a_placeholder_for_a_number(registry: Registry) -> None:
    for record_id, record in registry.of(Instrument):
        if record.number is not None:
            assert re.fullmatch(r"[0-9]+[-/]\w+[-/]\w+", record.number), record_id


# Trial instruments


def test_every_trial_instrument_points_at_a_trial_meeting_that_names_it(
    registry: Registry,
) -> None:
    trial = instruments(registry, "trial")
    assert len(trial) >= 9
    for record_id, record in trial.items():
        (target,) = [r.target for r in record.relations if r.type == "adopted_at"]
        meeting = registry.get(target or "", Meeting)
        assert meeting is not None, record_id
        assert meeting.mode == "trial", record_id
        assert record_id in [output.document for output in meeting.outputs]


def test_a_trial_instrument_has_no_number_and_no_legal_date_and_says_that_they_are_unknown(
    registry: Registry,
) -> None:
    trial = instruments(registry, "trial")
    for record_id, record in ((i, r) for i, r in trial.items() if from_press_alone(r)):
        assert record.number is None, record_id
        assert record.dates.model_dump(exclude_none=True) == {}, record_id
        assert {"number", "dates.signed"} <= {unknown.field for unknown in record.unknown}


@pytest.mark.parametrize("body", ["ban-chap-hanh", "uy-ban-kiem-tra"])
def test_the_working_regulations_of_dong_kinh_are_trial_drafts_of_the_first_term(
    registry: Registry, body: str
) -> None:
    found = registry.get(f"regulations/lang-son/dong-kinh/quy-che-lam-viec-{body}", Regulation)
    assert found is not None
    assert found.stage == "trial"
    assert found.title.endswith("phường Đông Kinh khóa I, nhiệm kỳ 2025-2030")


def test_the_cut_off_item_of_the_council_session_is_unknown_and_not_made_up(
    registry: Registry,
) -> None:
    session = registry.get("meetings/lang-son/dong-kinh/ky-hop-hdnd-van-hanh-thu", Meeting)
    assert session is not None
    assert len(session.outputs) == 2
    assert any(u.field == "outputs" and "L53" in u.why for u in session.unknown)


def test_no_text_of_my_thuong_is_called_a_draft_since_its_report_calls_none_so(
    registry: Registry,
) -> None:
    found = {i: record for i, record in registry.of(Record) if i.split("/")[1:3] == HUE_WARD}
    assert len(found) >= 11
    for record_id, record in found.items():
        assert "dự thảo" not in record.model_dump_json().casefold(), record_id


@pytest.mark.parametrize("ward", ["lang-son/dong-kinh", "hue/my-thuong"])
def test_the_party_issuer_of_a_trial_text_is_inferred_from_the_meeting(
    registry: Registry, ward: str
) -> None:
    texts = {i: r for i, r in instruments(registry, "trial").items() if ward in i}
    party = [r for r in texts.values() if r.regime == "party"]
    assert party
    for record in party:
        assert [s.certainty for s in record.sources if "issuer" in s.supports] == ["inferred"]


# Working groups and units


def test_groups_4_5_and_6_do_not_exist(registry: Registry) -> None:
    groups = working_groups(registry)
    assert {body.number for body in groups.values()} == {*GROUPS, None}
    assert [i for i, body in groups.items() if body.number is None] == [UNNUMBERED]


@pytest.mark.parametrize(("number", "count"), GROUPS.items())
def test_a_working_group_covers_the_units_named(
    registry: Registry, number: int, count: int
) -> None:
    group = working_groups(registry)[f"bodies/lang-son/tinh/to-cong-tac-{number}"]
    assert (group.number, len(group.covers)) == (number, count)
    assert group.former_area is not None


def test_the_unnumbered_group_has_six_communes_and_no_former_district(
    registry: Registry,
) -> None:
    group = working_groups(registry)[UNNUMBERED]
    assert len(group.covers) == 6
    assert group.former_area is None
    assert {"number", "former_area"} <= {unknown.field for unknown in group.unknown}


def test_the_head_of_group_9_is_unknown_and_its_deputy_heads_delegation_2(
    registry: Registry,
) -> None:
    group = working_groups(registry)["bodies/lang-son/tinh/to-cong-tac-9"]
    assert [holder.role for holder in group.office_holders] == ["Tổ phó"]
    assert [(d.name, d.head) for d in group.delegations] == [("Đoàn số 2", "nguyen-huu-chien")]


def test_the_head_of_group_10_heads_its_delegation_1_and_not_group_1(registry: Registry) -> None:
    groups = working_groups(registry)
    ten = groups["bodies/lang-son/tinh/to-cong-tac-10"]
    assert [d.head for d in ten.delegations] == ["nguyen-tien-trung", "nguyen-dinh-dai"]
    (first,) = groups["bodies/lang-son/tinh/to-cong-tac-1"].office_holders
    assert first.person == "doan-thi-hau"


def test_all_47_units_named_have_bodies_in_three_blocks(registry: Registry) -> None:
    units = {u for group in working_groups(registry).values() for u in group.covers} | {MY_THUONG}
    assert len(units) == 47
    for unit in units:
        types = {body.type for _, body in registry.bodies_of[unit]}
        assert {"dang_uy", "hdnd", "ubnd", "ub_mttq"} <= types, unit


def test_a_body_carries_the_name_of_its_unit_and_stands_in_its_block(registry: Registry) -> None:
    blocks = {"dang_uy": "party", "hdnd": "government", "ubnd": "government", "ub_mttq": "front"}
    for record_id, body in registry.of(Body):
        if body.unit is not None and len(body.unit.partition("@")[0]) == 5:
            unit = registry.units[body.unit]
            assert body.name.endswith(f" {unit.row.type} {unit.name}"), record_id
            assert body.block == blocks.get(body.type, body.block), record_id


# People


def test_a_person_has_one_key_and_one_name(registry: Registry) -> None:
    names, keys = defaultdict(set), defaultdict(set)
    for _, holder in holders(registry):
        names[holder.person].add(holder.name)
        keys[holder.name].add(holder.person)
    for _, meeting in registry.of(Meeting):
        for chair in meeting.chairs:
            if chair.person is not None and chair.name is not None:
                names[chair.person].add(chair.name)
    assert {"phan-xuan-toan", "nguyen-canh-toan", "doan-thi-hau", "doan-thu-ha"} <= set(names)
    assert all(len(found) == 1 for found in [*names.values(), *keys.values()])


def test_delegations_and_chairs_are_people_that_hold_an_office(registry: Registry) -> None:
    known = {holder.person for _, holder in holders(registry)}
    heads = {d.head for group in working_groups(registry).values() for d in group.delegations}
    chairs = {chair.person for _, meeting in registry.of(Meeting) for chair in meeting.chairs}
    assert (heads | chairs) - {None} <= known


def test_the_secretary_of_dong_kinh_holds_the_office_from_july_and_not_from_the_trial(
    registry: Registry,
) -> None:
    (holder,) = [h for i, h in holders(registry) if i == "bodies/lang-son/dong-kinh/dang-uy"]
    assert (holder.person, holder.valid_from) == ("phung-quang-hoi", Date(2025, 7, 1))
    assert holder.attested_on is None


def test_every_role_is_bounded_in_time(registry: Registry) -> None:
    for record_id, holder in holders(registry):
        assert holder.valid_from or holder.attested_on, (record_id, holder.role)


# Sources


def test_references_to_lines_stay_inside_the_two_reports(registry: Registry) -> None:
    last = {"L": 63, "H": 9}
    for record_id, record in registry.of(Record):
        for source in record.sources:
            # What continuity rules rest on says what the law is, not what happened.
            if source.kind == "press" and not isinstance(record, ContinuityRule):
                assert source.lines, record_id
                for line in source.lines:
                    assert int(line[1:]) in range(1, last[line[0]] + 1), (record_id, line)


def test_nothing_that_rests_on_the_press_alone_counts_as_verified(registry: Registry) -> None:
    for record_id, record in registry.of(Record):
        if from_press_alone(record):
            assert record.verified is False, record_id


def test_every_link_between_records_leads_somewhere(registry: Registry) -> None:
    for entry, at, _, target in registry.references:
        assert target in registry.entries or target in registry.units, (entry.id, at, target)
