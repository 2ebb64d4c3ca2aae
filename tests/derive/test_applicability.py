"""What applies in a unit on a day, and the ledger of what a new unit inherited.

Read on tỉnh Ví Dụ: An Bình and Bình Minh were merged, Cẩm Hòa was divided between the new
An Bình and the new Đại Lộc.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.derive.applicability import Item, Stretch, applicable, as_json, over_time
from builder.derive.ledger import Line, course, ledger
from builder.models.base import Record
from builder.registry import Registry, load
from tests.derive.papers import body, day, paper, rule, with_records
from tests.derive.waves import chain

NEW, LOC = "99001@2025-07-01", "99004@2025-07-01"
LATER = "99001@2026-04-30"
AN_BINH, BINH_MINH, CAM_HOA, DAI_LOC = (f"9900{n}@" for n in (1, 2, 3, 4))
MARKET = "resolutions/vi-du/an-binh-cu/2023/01-2023-nq-hdnd"
WASTE = "resolutions/vi-du/binh-minh-cu/2023/02-2023-nq-hdnd"
LAKE = "resolutions/vi-du/cam-hoa-cu/2022/03-2022-nq-hdnd"
LIBRARY = "resolutions/vi-du/tinh/2024/01-2024-nq-hdnd"
CEMETERY = "documents/vi-du/huyen-mau/2023/30-2023-qd-ubnd"
PARTY = "documents/vi-du/an-binh-cu/2024/05-nq-du"
OWN = "resolutions/vi-du/an-binh/2025/01-2025-nq-hdnd"
TRIAL = "regulations/vi-du/an-binh/quy-che-lam-viec-ubnd-van-hanh-thu"
OFFICIAL = "regulations/vi-du/an-binh/quy-che-lam-viec-ubnd"


@pytest.fixture(scope="module")
def province(root: Path) -> Registry:
    return load(root / "tests" / "fixtures" / "vi-du", cache=False)


def at(registry: Registry, unit: str, on: str, record_id: str) -> list[Item]:
    return [item for item in applicable(registry, unit, day(on)) if item.id == record_id]


def seen(registry: Registry, unit: str, on: str, record_id: str) -> list[tuple[str, str, str]]:
    return [(i.state, i.scope.kind, i.scope.unit) for i in at(registry, unit, on, record_id)]


def rules(item: Item) -> list[str]:
    return [reason.rule for reason in item.reasons]


# New units


def test_a_new_unit_has_its_own_documents_and_those_of_levels_above_on_its_whole_ground(
    province: Registry,
) -> None:
    for record_id in (OWN, LIBRARY):
        assert seen(province, NEW, "2025-10-01", record_id) == [("in_force", "whole", NEW)]
        assert not at(province, NEW, "2025-10-01", record_id)[0].inherited


def test_what_it_inherits_holds_only_on_the_ground_of_the_former_unit(province: Registry) -> None:
    (item,) = at(province, NEW, "2025-08-15", WASTE)
    assert (item.state, item.scope.kind, item.scope.unit) == ("in_force", "former", BINH_MINH)
    assert item.inherited


def test_the_reasons_go_from_territory_over_clause_and_rule(province: Registry) -> None:
    (item,) = at(province, NEW, "2025-08-15", WASTE)
    assert rules(item) == ["territory", "event", "effective", "continuity"]
    event = item.reasons[1]
    assert event.says == "Từ 01/7/2025, xã Bình Minh (cũ) thuộc xã An Bình."
    assert event.source == "khoản 1 Điều 1 Nghị quyết 9999/NQ-UBTVQH15"
    assert item.reasons[3].record == "rules/qppl-nhap-toan-bo"


def test_a_later_act_of_the_new_unit_ends_it_and_stands_among_the_reasons(
    province: Registry,
) -> None:
    (item,) = at(province, NEW, "2025-09-01", WASTE)
    assert item.state == "expired"
    assert item.reasons[-1].record == OWN


def test_a_share_of_a_divided_unit_is_undetermined_where_two_rules_may_be_meant(
    province: Registry,
) -> None:
    assert seen(province, NEW, "2025-08-15", LAKE) == [("unknown", "part", CAM_HOA)]
    assert seen(province, LOC, "2025-08-15", LAKE) == [("in_force", "part", CAM_HOA)]


def test_a_repeal_by_one_successor_leaves_the_other_s_share_alone(province: Registry) -> None:
    assert seen(province, NEW, "2025-09-20", LAKE) == [("repealed", "part", CAM_HOA)]
    assert seen(province, LOC, "2025-09-20", LAKE) == [("in_force", "part", CAM_HOA)]


def test_documents_of_the_district_and_of_the_party_are_undetermined_without_a_rule(
    province: Registry,
) -> None:
    assert seen(province, NEW, "2025-08-15", CEMETERY) == [("unknown", "whole", NEW)]
    assert seen(province, NEW, "2025-08-15", PARTY) == [("unknown", "former", AN_BINH)]
    for record_id in (CEMETERY, PARTY):
        assert "no-rule" in rules(at(province, NEW, "2025-08-15", record_id)[0])


def test_the_trial_text_is_shown_as_a_trial_beside_the_official_one(province: Registry) -> None:
    assert seen(province, NEW, "2025-08-15", TRIAL) == [("trial", "whole", NEW)]
    assert seen(province, NEW, "2025-08-15", OFFICIAL) == [("in_force", "whole", NEW)]


def test_an_amendment_by_provision_and_a_suspended_provision_show_on_their_days(
    province: Registry,
) -> None:
    assert [at(province, NEW, d, LIBRARY)[0].state for d in ("2025-12-31", "2026-01-01")] == [
        "in_force",
        "partly",
    ]
    states = [at(province, NEW, d, OWN)[0].state for d in ("2025-10-31", "2025-12-31")]
    assert states == ["in_force", "partly"]
    assert at(province, NEW, "2026-01-01", OWN)[0].state == "in_force"


def test_what_was_not_issued_by_the_day_is_left_out(province: Registry) -> None:
    assert at(province, NEW, "2025-08-19", OWN) == []
    assert seen(province, NEW, "2025-08-20", OWN) == [("not_yet", "whole", NEW)]


# Former units


def test_a_former_unit_has_the_documents_of_the_unit_it_went_to_whole(province: Registry) -> None:
    assert seen(province, BINH_MINH, "2025-10-01", OWN) == [("in_force", "whole", BINH_MINH)]


def test_a_divided_former_unit_has_each_successor_s_documents_on_that_part(
    province: Registry,
) -> None:
    assert seen(province, CAM_HOA, "2025-10-01", OWN) == [("in_force", "part", NEW)]
    assert sorted(seen(province, CAM_HOA, "2025-10-01", LAKE)) == [
        ("in_force", "part", LOC),
        ("repealed", "part", NEW),
    ]


def test_before_the_rearrangement_its_own_documents_hold_as_ever(province: Registry) -> None:
    (item,) = at(province, CAM_HOA, "2025-06-30", LAKE)
    assert (item.state, item.scope.kind, item.inherited) == ("in_force", "whole", False)


def test_no_document_of_a_neighbour_applies(province: Registry) -> None:
    ids = {item.id for item in applicable(province, DAI_LOC, day("2025-10-01"))}
    assert not ids & {MARKET, WASTE, OWN, LAKE}


def test_an_unknown_unit_is_an_error(province: Registry) -> None:
    with pytest.raises(KeyError):
        applicable(province, "12345@", day("2025-10-01"))


def test_a_unit_that_only_changed_its_type_has_the_former_documents_on_its_whole_ground() -> None:
    units = chain([("99001@2025-07-01", [(AN_BINH, "whole", "whole")])])
    world: dict[str, Record] = {
        "bodies/vi-du/cu": body(AN_BINH),
        "documents/vi-du/cu": paper("bodies/vi-du/cu"),
        "rules/nhap": rule("merged"),
    }
    registry = with_records(units, world)
    found = seen(registry, NEW, "2025-08-01", "documents/vi-du/cu")
    assert found == [("in_force", "whole", NEW)]


def test_how_much_of_a_unit_lies_in_a_share_of_its_successor_is_undetermined() -> None:
    second = [("99005@2026-04-30", [(NEW, "part", "part")]), (LATER, [(NEW, "rest", "rest")])]
    first = [(NEW, [(AN_BINH, "whole", "whole"), (BINH_MINH, "part", "part")])]
    world: dict[str, Record] = {
        "bodies/vi-du/cu": body(BINH_MINH),
        "documents/vi-du/cu": paper("bodies/vi-du/cu"),
    }
    registry = with_records(chain(first, second), world)
    found = seen(registry, LATER, "2026-06-01", "documents/vi-du/cu")
    assert found == [("unknown", "undetermined", BINH_MINH)]


def test_the_answer_as_data_has_the_agreed_shape(province: Registry) -> None:
    answer = as_json(province, NEW, day("2025-08-15"), day("2026-01-31"))
    assert list(answer) == ["unit", "on", "computed", "items"]
    item = next(item for item in answer["items"] if item["id"] == WASTE)
    assert list(item) == ["id", "number", "title", "state", "scope", "inherited", "reasons"]
    assert item["scope"] == {"kind": "former", "unit": BINH_MINH}
    assert list(item["reasons"][0]) == ["rule", "record", "says"]
    assert item["reasons"][1]["says"].endswith("(khoản 1 Điều 1 Nghị quyết 9999/NQ-UBTVQH15).")


# The ledger


def entries(registry: Registry, unit: str, on: str) -> dict[str, str]:
    return {entry.id: entry.state for entry in ledger(registry, unit, day(on))}


def test_the_ledger_tells_adopted_replaced_abolished_and_undetermined_apart(
    province: Registry,
) -> None:
    assert entries(province, NEW, "2025-10-15") == {
        MARKET: "adopted",
        WASTE: "replaced",
        LAKE: "abolished",
        CEMETERY: "undetermined",
        PARTY: "undetermined",
    }


def test_before_the_new_unit_acts_documents_continue(province: Registry) -> None:
    states = entries(province, NEW, "2025-08-15")
    assert states[MARKET] == states[WASTE] == "continuing"


def test_it_names_who_has_to_act_and_the_last_day(province: Registry) -> None:
    found = {entry.id: entry for entry in ledger(province, NEW, day("2025-08-15"))}
    entry = found[MARKET]
    assert entry.actors == ("bodies/vi-du/an-binh/hdnd",)
    assert entry.due == day("2027-03-01")
    assert entry.due_if == "có nội dung không phù hợp với Luật Ví Dụ"
    assert entry.reasons[-1].record == "rules/han-sua-doi"
    assert found[PARTY].actors == ("bodies/vi-du/an-binh/dang-uy",)
    assert (found[PARTY].due, found[PARTY].due_if) == (None, "")


def test_what_is_settled_asks_nobody_to_act(province: Registry) -> None:
    found = {entry.id: entry for entry in ledger(province, NEW, day("2025-10-15"))}
    for record_id in (MARKET, WASTE, LAKE):
        assert (found[record_id].actors, found[record_id].due) == ((), None)


def test_what_had_ended_before_the_unit_began_is_not_inherited() -> None:
    units = chain([(NEW, [(AN_BINH, "whole", "whole")])])
    dates = {"effective": day("2024-01-01"), "expires": day("2025-06-29")}
    world: dict[str, Record] = {
        "bodies/vi-du/cu": body(AN_BINH),
        "documents/vi-du/cu": paper("bodies/vi-du/cu", dates=dates),
    }
    assert ledger(with_records(units, world), NEW, day("2025-08-01")) == []


def test_a_document_that_ran_out_after_it_was_inherited_is_shown_as_expired(
    province: Registry,
) -> None:
    plan = "documents/vi-du/dai-loc-cu/2025/15-kh-ubnd"
    assert entries(province, LOC, "2025-12-31")[plan] == "continuing"
    assert entries(province, LOC, "2026-01-01")[plan] == "expired"


# A property

FORMER = [AN_BINH, BINH_MINH, CAM_HOA, DAI_LOC]
SUCCESSORS = [NEW, LOC]


@st.composite
def worlds(draw: st.DrawFn) -> Registry:
    """Each of four communes goes whole to one of two new ones, or is divided between both."""
    clauses: dict[str, list[tuple[str | None, str, str]]] = {NEW: [], LOC: []}
    for former in FORMER:
        way = draw(st.sampled_from(["first", "second", "both"]))
        if way == "both":
            clauses[NEW].append((former, "part", "part"))
            clauses[LOC].append((former, "rest", "rest"))
        else:
            clauses[NEW if way == "first" else LOC].append((former, "whole", "whole"))
    units = chain([(target, sources) for target, sources in clauses.items() if sources])  # type: ignore[misc]
    world: dict[str, Record] = {}
    for unit in [*FORMER, *(u for u in SUCCESSORS if clauses[u]), "99@"]:
        slug = unit.replace("@", "-").strip("-")
        world[f"bodies/vi-du/{slug}"] = body(unit)
        regime = draw(st.sampled_from(["normative", "administrative", "party"]))
        world[f"documents/vi-du/{slug}"] = paper(f"bodies/vi-du/{slug}", regime=regime)
    if draw(st.booleans()):
        world["rules/merged"] = rule("merged")
    if draw(st.booleans()):
        world["rules/divided"] = rule("divided")
    return with_records(units, world)


@settings(max_examples=60, deadline=None)
@given(worlds(), st.sampled_from(SUCCESSORS))
def test_what_applies_in_a_new_unit_is_the_union_over_its_former_territories_and_its_own(
    registry: Registry, unit: str
) -> None:
    if unit not in registry.units:
        return
    on = day("2025-08-15")
    sources = [s.unit for ref in registry.events_into[unit] for s in ref.event.sources if s.unit]
    union = {(item.id, item.state) for item in of_bodies(registry, unit, {unit, "99@"})}
    for former in sources:
        shared = [
            item
            for item in applicable(registry, former, on)
            if any(unit in place.path for place in item.places)
        ]
        union |= {(item.id, item.state) for item in shared if registry.unit_of(item.id) == former}
    assert {(item.id, item.state) for item in applicable(registry, unit, on)} == union


def of_bodies(registry: Registry, unit: str, units: set[str]) -> list[Item]:
    found = applicable(registry, unit, day("2025-08-15"))
    return [item for item in found if registry.unit_of(item.id) in units]


# Over all time


@pytest.mark.parametrize("unit", [NEW, LOC, AN_BINH, CAM_HOA])
def test_what_holds_over_time_is_on_every_day_what_applies_then(
    province: Registry, unit: str
) -> None:
    found = over_time(province, unit)
    for on in ("2020-01-01", "2025-06-30", "2025-07-01", "2025-08-15", "2025-09-20", "2026-01-01"):
        held = [
            one.item
            for one in found
            if (one.first is None or one.first <= day(on))
            and (one.last is None or day(on) <= one.last)
        ]
        assert sorted(held, key=repr) == sorted(applicable(province, unit, day(on)), key=repr)


def test_documents_named_are_left_out_over_time(province: Registry) -> None:
    left = {one.item.id for one in over_time(province, NEW, {LIBRARY})}
    assert LIBRARY not in left
    assert OWN in left


@settings(max_examples=60, deadline=None)
@given(worlds(), st.sampled_from([*FORMER, *SUCCESSORS, "99@"]))
def test_over_time_and_on_a_day_say_the_same_of_any_unit(registry: Registry, unit: str) -> None:
    if unit not in registry.units:
        return
    found = over_time(registry, unit)
    for on in ("2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01", "2025-08-15"):
        held = [one.item for one in found if holds(one, on)]
        assert sorted(held, key=repr) == sorted(applicable(registry, unit, day(on)), key=repr)


@pytest.mark.parametrize("unit", [NEW, LOC])
def test_the_ledger_over_time_is_on_every_day_the_ledger_of_that_day(
    province: Registry, unit: str
) -> None:
    lines = course(province, unit)
    for on in ("2025-06-30", "2025-07-01", "2025-08-31", "2025-09-20", "2026-01-01", "2027-03-02"):
        held = [line.entry for line in lines if holds(line, on)]
        on_the_day = ledger(province, unit, day(on))
        assert sorted(held, key=repr) == sorted(on_the_day, key=repr)


def holds(one: Stretch | Line, on: str) -> bool:
    return (one.first or day("0001-01-01")) <= day(on) <= (one.last or day("9999-12-31"))
