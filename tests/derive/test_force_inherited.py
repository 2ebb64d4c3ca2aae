"""The force of documents whose issuer's unit or body ended: rules, shares, later waves."""

from itertools import pairwise

import pytest

from builder.derive.applicability import applicable, over_time
from builder.derive.force import state_on, timeline
from tests.derive.forced import (
    A25,
    B25,
    A,
    B,
    X,
    Y,
    Z,
    covers_all_time,
    inheriting,
    of,
    rules,
    state,
)
from tests.derive.papers import HDND, acting, body, day, paper, rule, with_records
from tests.derive.waves import chain, unit, wave
from tests.derive.waves import registry as units_with

PROVINCE = "bodies/vi-du/tinh"


def test_without_a_confirmed_rule_a_document_of_a_merged_unit_is_undetermined() -> None:
    registry = inheriting(("merged", None))
    assert state(registry, "2025-06-30", Y) == "in_force"
    assert state(registry, "2025-07-01", Y) == "unknown"
    assert rules(registry, "2025-07-01", Y) == ["event", "no-rule", "continuity-unconfirmed"]


def test_a_confirmed_rule_lets_it_go_on_and_is_given_as_a_reason() -> None:
    registry = inheriting(("merged", "continues"))
    assert state(registry, "2025-07-01", Y) == "in_force"
    assert rules(registry, "2025-07-01", Y)[-2:] == ["event", "continuity"]


def test_a_rule_for_normative_documents_says_nothing_of_others() -> None:
    registry = inheriting(("merged", "continues"), regime="party")
    assert state(registry, "2025-07-01", Y) == "unknown"


def test_a_rule_holds_from_its_first_to_its_last_day() -> None:
    bounded = rule("merged", valid_from=day("2025-08-01"), until=day("2025-12-31"))
    registry = with_records(inheriting(), {"rules/merged": bounded})
    days = ("2025-07-31", "2025-08-01", "2025-12-31", "2026-01-01")
    expected = ["unknown", "in_force", "in_force", "unknown"]
    assert [state(registry, d, Y) for d in days] == expected
    on_each = (applicable(registry, A25, day(d)) for d in days)
    assert [one.state for items in on_each for one in items if one.id == Y] == expected


def test_a_confirmed_rule_with_a_condition_decides_nothing_by_itself() -> None:
    conditional = rule("merged", condition="văn bản có nội dung phù hợp")
    registry = with_records(inheriting(), {"rules/merged": conditional})
    verdict = state_on(registry, Y, day("2025-07-01"))
    assert verdict.state == "unknown"
    assert "có điều kiện" in verdict.reasons[1].says
    assert verdict.reasons[2].record == "rules/merged"


def test_a_rule_that_was_withdrawn_decides_nothing() -> None:
    gone = rule("merged", withdrawn={"on": day("2025-08-01"), "reason": "nhập nhầm"})
    registry = with_records(inheriting(), {"rules/merged": gone})
    assert state(registry, "2025-07-01", Y) == "unknown"


def test_rules_that_contradict_one_another_decide_nothing_and_are_both_told() -> None:
    rules_of_one_case = {
        "rules/mot": rule("merged", "continues"),
        "rules/hai": rule("merged", "ends"),
    }
    registry = with_records(inheriting(), rules_of_one_case)
    verdict = state_on(registry, Y, day("2025-07-01"))
    assert verdict.state == "unknown"
    assert {reason.record for reason in verdict.reasons} >= set(rules_of_one_case)
    assert "mâu thuẫn" in verdict.reasons[1].says


@pytest.mark.parametrize(("case", "expected"), [("unchanged", "in_force"), ("merged", "unknown")])
def test_a_change_of_type_is_a_case_of_its_own(case: str, expected: str) -> None:
    units = [unit("99001", "Một", valid_to=day("2025-06-30")),
             unit("99001", "Một", "phường", valid_from=day("2025-07-01"))]  # fmt: skip
    retyped = units_with(units, wave([(A25, [(A, "whole", "whole")])], kind="retype"))
    world = {"bodies/vi-du/a": body(A), X: paper("bodies/vi-du/a"), "rules/mot": rule(case)}
    assert state(with_records(retyped, world), "2025-07-01") == expected


@pytest.mark.parametrize(
    ("cases", "expected"), [(("part_transferred",), "in_force"), (("divided",), "unknown")]
)
def test_a_part_that_leaves_a_unit_that_goes_on_was_transferred_not_divided_off(
    cases: tuple[str, ...], expected: str
) -> None:
    units = [unit("99001", "Một"), unit("99002", "Hai", valid_to=day("2025-06-30")),
             unit("99002", "Hai", valid_from=day("2025-07-01"))]  # fmt: skip
    clause = [(B25, [(B, "whole", "whole"), (A, "part", "part")])]
    world = {"bodies/vi-du/a": body(A), X: paper("bodies/vi-du/a")}
    world |= {f"rules/{case.replace('_', '-')}": rule(case) for case in cases}
    registry = with_records(units_with(units, wave(clause)), world)
    assert [one.item.state for one in over_time(registry, B25)][-1] == expected


def test_a_lower_body_s_act_reaches_no_further_than_its_own_unit() -> None:
    world = {PROVINCE: body("99@"), "bodies/vi-du/a25": body(A25), X: paper(PROVINCE)}
    world[Z] = paper("bodies/vi-du/a25", **acting("repeals", X, start="2025-09-01"))
    registry = with_records(inheriting(), world)
    assert state(registry, "2025-09-01") == "partly"


def test_a_rule_that_ends_documents_ends_them() -> None:
    registry = inheriting(("merged", "ends"))
    assert state(registry, "2025-07-01", Y) == "expired"


def test_the_share_first_taken_of_a_divided_unit_needs_both_rules() -> None:
    divided = inheriting(("divided", "continues"))
    assert state(divided, "2025-07-01", X) == "unknown"
    both = inheriting(("divided", "continues"), ("part-transferred", "continues"))
    assert state(both, "2025-07-01", X) == "in_force"


def test_a_body_that_ended_leaves_its_documents_undetermined_unless_a_rule_ends_them() -> None:
    world = of(x=paper())
    ended = with_records(world, {HDND: body("99@", ended=day("2025-06-30"))})
    assert state(ended, "2025-06-30") == "in_force"
    assert state(ended, "2025-07-01") == "unknown"
    ruled = with_records(ended, {"rules/body": rule("body", "ends")})
    assert state(ruled, "2025-07-01") == "expired"


def test_where_a_later_unit_ended_and_nothing_tells_what_followed_it_is_unknown() -> None:
    world = inheriting(("merged", "continues"))
    file = world.entries["units/vi-du"].record
    rows = [
        row.model_copy(update={"valid_to": day("2026-04-29")}) if row.id == A25 else row
        for row in file.units
    ]
    registry = with_records(world, {"units/vi-du": file.model_copy(update={"units": tuple(rows)})})
    assert state(registry, "2026-04-29", Y) == "in_force"
    assert state(registry, "2026-04-30", Y) == "unknown"
    assert rules(registry, "2026-04-30", Y)[-1] == "no-event"


def test_waves_that_divide_everything_again_and_again_end_in_an_answer() -> None:
    days = tuple(day(f"{year}-07-01") for year in range(2025, 2045))
    names = [("99001@", "99002@")] + [(f"99001@{d}", f"99002@{d}") for d in days]
    waves = [
        [(to[0], [(a, "part", "part"), (b, "part", "part")]),
         (to[1], [(a, "rest", "rest"), (b, "rest", "rest")])]
        for (a, b), to in pairwise(names)
    ]  # fmt: skip
    world = {"bodies/vi-du/a": body(A), X: paper("bodies/vi-du/a")}
    registry = with_records(chain(*waves, days=days), world)
    assert covers_all_time(timeline(registry, X))
    assert state(registry, "2044-07-01") == "unknown"


def test_a_new_unit_ends_a_document_of_a_divided_unit_only_in_its_own_share() -> None:
    world = inheriting(("divided", "continues"), ("part-transferred", "continues"))
    repeal = paper("bodies/vi-du/a25", **acting("repeals", X, start="2025-09-01"))
    registry = with_records(world, {Z: repeal})
    assert state(registry, "2025-08-31") == "in_force"
    assert state(registry, "2025-09-01") == "partly"


def test_where_nothing_is_in_force_any_more_a_share_suspended_counts_before_one_repealed() -> None:
    world = inheriting(("divided", "continues"), ("part-transferred", "continues"))
    acts = {
        "bodies/vi-du/b25": body(B25),
        Z: paper("bodies/vi-du/a25", **acting("suspends", X, start="2025-09-01")),
        "documents/vi-du/w": paper("bodies/vi-du/b25", **acting("repeals", X, start="2025-09-01")),
    }
    assert state(with_records(world, acts), "2025-09-01") == "suspended"


def test_a_suspended_document_of_a_merged_unit_is_undetermined_without_a_confirmed_rule() -> None:
    suspension = paper(PROVINCE, **acting("suspends", Y, start="2025-05-01"))
    acts = {PROVINCE: body("99@"), Z: suspension}
    registry = with_records(inheriting(("merged", None)), acts)
    assert state(registry, "2025-06-30", Y) == "suspended"
    assert state(registry, "2025-07-01", Y) == "unknown"
    ruled = with_records(inheriting(("merged", "continues")), acts)
    assert state(ruled, "2025-07-01", Y) == "suspended"


def test_a_document_dated_after_its_issuer_s_unit_ended_is_undetermined_whatever_rules_say() -> (
    None
):
    late = paper(
        "bodies/vi-du/b",
        regime="normative",
        dates={"signed": day("2025-07-01"), "effective": day("2025-07-01")},
    )
    registry = with_records(inheriting(("merged", "continues")), {Y: late})
    assert state(registry, "2025-06-30", Y) == "not_yet"
    assert state(registry, "2025-07-01", Y) == "unknown"
    assert "issued-after-end" in rules(registry, "2025-07-01", Y)


def test_a_body_that_ended_before_its_unit_leaves_its_documents_undetermined_from_then_on() -> None:
    ended = {"bodies/vi-du/b": body(B, ended=day("2025-03-31"))}
    registry = with_records(inheriting(("merged", "continues")), ended)
    assert [state(registry, d, Y) for d in ("2025-03-31", "2025-04-01", "2025-07-01")] == [
        "in_force",
        "unknown",
        "unknown",
    ]
    both = {**ended, "rules/body": rule("body")}
    assert state(with_records(registry, both), "2025-07-01", Y) == "in_force"


def test_a_document_issued_on_the_last_day_of_its_unit_is_inherited_like_others() -> None:
    dates = {"signed": day("2025-06-30"), "effective": day("2025-06-30")}
    last = paper("bodies/vi-du/b", regime="normative", dates=dates)
    registry = with_records(inheriting(("merged", "continues")), {Y: last})
    assert state(registry, "2025-07-01", Y) == "in_force"


def test_the_last_unit_that_took_a_document_over_counts() -> None:
    a26 = "99001@2026-04-30"
    units = chain([(A25, [(B, "whole", "whole")])], [(a26, [(A25, "whole", "whole")])])
    world = {
        "bodies/vi-du/b": body(B),
        "bodies/vi-du/a25": body(A25),
        "bodies/vi-du/a26": body(a26),
        Y: paper("bodies/vi-du/b", regime="normative"),
        Z: paper("bodies/vi-du/a25", **acting("continues", Y, start="2025-07-01")),
        "rules/merged": rule("merged", regimes=["administrative"]),  # for z, not for y
        X: paper("bodies/vi-du/a26", **acting("continues", Y, start="2026-05-10")),
    }
    registry = with_records(units, world)
    days = ("2025-07-01", "2026-04-29", "2026-04-30", "2026-05-09", "2026-05-10")
    states = [state(registry, each, Y) for each in days]
    assert states == ["in_force", "in_force", "unknown", "unknown", "in_force"]


def test_an_act_of_unknown_day_takes_nothing_over_for_certain() -> None:
    takeover = paper("bodies/vi-du/a25", **acting("continues", Y, start=None))
    registry = with_records(inheriting(("merged", None)), {Z: takeover})
    assert state(registry, "2025-07-01", Y) == "unknown"


@pytest.mark.parametrize("territory", [[A25, B25], [B25, A25]])
def test_an_act_in_a_part_of_a_territory_leaves_the_other_part_alone(territory: list[str]) -> None:
    units = chain([(A25, [(A, "whole", "whole")]), (B25, [(B, "whole", "whole")])])
    world = {
        PROVINCE: body("99@"),
        X: paper(PROVINCE, territory=territory),
        Z: paper(PROVINCE, **acting("suspends", X, territory=[A25])),
    }
    registry = with_records(units, world)
    states = {
        unit: [one.item.state for one in over_time(registry, unit) if one.item.id == X]
        for unit in territory
    }
    assert states == {A25: ["in_force", "suspended"], B25: ["in_force"]}


def test_a_stated_day_is_not_certain_where_the_act_s_unit_had_ended_without_a_rule() -> None:
    late = acting("repeals", X, start=None, valid_from=day("2025-08-01"))
    world = {PROVINCE: body("99@"), X: paper(PROVINCE), Y: paper("bodies/vi-du/b", **late)}
    registry = with_records(inheriting(), world)
    assert state(registry, "2025-08-01") == "unknown"
    assert rules(registry, "2025-08-01", Y) == ["no-effective-date", "event", "no-rule"]


def test_a_rule_that_ends_documents_ends_those_whose_beginning_is_not_known_too() -> None:
    undated = paper("bodies/vi-du/b", regime="normative", dates={"signed": day("2025-01-01")})
    registry = with_records(inheriting(("merged", "ends")), {Y: undated})
    assert state(registry, "2025-06-30", Y) == "unknown"
    assert state(registry, "2025-07-01", Y) == "expired"


def test_a_document_of_a_unit_that_ended_without_a_clause_is_undetermined() -> None:
    alone = units_with([unit("99001", "Một", valid_to=day("2025-06-30"))])
    registry = with_records(alone, {"bodies/vi-du/a": body(A), X: paper("bodies/vi-du/a")})
    assert state(registry, "2025-06-30") == "in_force"
    assert state(registry, "2025-07-01") == "unknown"
    assert rules(registry, "2025-07-01") == ["issuer-ended", "no-event"]


def test_a_body_that_ended_with_its_unit_is_no_case_of_its_own() -> None:
    ended = {"bodies/vi-du/b": body(B, ended=day("2025-06-30"))}
    registry = with_records(inheriting(("merged", "continues")), ended)
    assert state(registry, "2025-07-01", Y) == "in_force"


def test_a_rule_on_bodies_that_ended_stands_among_the_reasons() -> None:
    ended = {HDND: body("99@", ended=day("2025-06-30")), "rules/body": rule("body")}
    registry = with_records(of(x=paper()), ended)
    assert state(registry, "2025-07-01") == "in_force"
    assert rules(registry, "2025-07-01") == ["effective", "issuer-ended", "continuity"]


def test_a_document_taken_over_goes_on_only_as_long_as_the_act_that_took_it_over() -> None:
    world = inheriting(("merged", None))
    takeover = paper("bodies/vi-du/a25", **acting("continues", Y, start="2025-07-01"))
    repeal = paper("bodies/vi-du/a25", **acting("repeals", Z, start="2025-09-01"))
    registry = with_records(
        world, {"bodies/vi-du/a25": body(A25), Z: takeover, "documents/vi-du/w": repeal}
    )
    assert state(registry, "2025-08-31", Y) == "in_force"
    assert state(registry, "2025-09-01", Y) == "unknown"


def test_the_bodies_of_a_new_unit_can_let_a_document_go_on_without_a_rule() -> None:
    world = inheriting(("merged", None))
    takeover = paper("bodies/vi-du/a25", **acting("continues", Y, start="2025-09-01"))
    registry = with_records(world, {Z: takeover})
    assert state(registry, "2025-08-31", Y) == "unknown"
    assert state(registry, "2025-09-01", Y) == "in_force"
    assert rules(registry, "2025-09-01", Y) == ["effective", "continues"]
