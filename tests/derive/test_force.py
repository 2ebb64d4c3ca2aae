"""The state of force on a day, whole and by provision, with its reasons."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.derive.force import circles, provision_state_on, state_on, timeline
from builder.derive.force_rules import LAW_64_END
from builder.models import Meeting
from builder.models.base import Record
from builder.models.meetings import When
from builder.registry import Registry
from tests.derive.forced import A25, SINCE, A, X, Y, covers_all_time, inheriting, of, rules, state
from tests.derive.papers import HDND, acting, body, day, meeting, paper, with_records
from tests.derive.waves import chain

# By its own dates and stage


def test_it_is_not_yet_in_force_until_its_day_of_effect() -> None:
    registry = of(x=paper(dates=SINCE))
    assert state(registry, "2025-01-09") == "not_yet"
    assert state(registry, "2025-01-10") == "in_force"


def test_it_expires_after_its_last_day() -> None:
    registry = of(x=paper(dates={**SINCE, "expires": day("2025-12-31")}))
    assert state(registry, "2025-12-31") == "in_force"
    assert state(registry, "2026-01-01") == "expired"
    assert rules(registry, "2026-01-01") == ["expires"]


def test_without_a_day_of_effect_the_state_is_unknown_and_says_so() -> None:
    registry = of(x=paper(dates={"issued": day("2025-06-15")}))
    assert state(registry, "2025-06-14") == "not_yet"
    assert state(registry, "2025-06-15") == "unknown"
    assert rules(registry, "2025-06-15") == ["no-effective-date"]


@pytest.mark.parametrize("stage", ["draft", "trial", "withdrawn"])
def test_what_was_not_adopted_is_never_in_force_whatever_its_dates(stage: str) -> None:
    (span,) = timeline(of(x=paper(stage=stage, dates=SINCE)), X)
    assert span.verdict.state == stage


def test_what_only_a_trial_meeting_adopted_stays_a_trial() -> None:
    world = of(x=paper(relations=[{"type": "adopted_at", "target": "meetings/thu"}]))
    for mode, expected in (("trial", "trial"), ("official", "in_force")):
        registry = with_records(world, {"meetings/thu": meeting(mode)})
        assert state(registry, "2025-02-01") == expected


def test_what_a_trial_and_then_an_official_meeting_adopted_is_no_trial() -> None:
    meetings = {"meetings/thu": meeting("trial"), "meetings/that": meeting("official")}
    both = [{"type": "adopted_at", "target": each} for each in meetings]
    registry = with_records(of(x=paper(relations=both)), meetings)
    assert state(registry, "2025-02-01") == "in_force"


@pytest.mark.parametrize(("certainty", "before"), [("stated", "not_yet"), ("inferred", "unknown")])
def test_without_days_of_its_own_it_did_not_stand_before_the_meeting_that_adopted_it(
    certainty: str, before: str
) -> None:
    relation = {"type": "adopted_at", "target": "meetings/hop", "certainty": certainty}
    held = meeting("official").model_copy(update={"when": When(date=day("2025-07-10"))})
    registry = with_records(of(x=paper(dates={}, relations=[relation])), {"meetings/hop": held})
    assert state(registry, "2025-07-09") == before
    assert state(registry, "2025-07-10") == "unknown"


def test_a_trial_meeting_whose_record_was_withdrawn_makes_no_trial() -> None:
    gone = {"withdrawn": {"on": day("2025-03-01"), "reason": "nhập nhầm"}}
    mistaken = Meeting.model_validate({**meeting("trial").model_dump(), **gone})
    world = of(x=paper(relations=[{"type": "adopted_at", "target": "meetings/thu"}]))
    assert state(with_records(world, {"meetings/thu": mistaken}), "2025-02-01") == "in_force"


@pytest.mark.parametrize(
    ("regime", "day_of_end", "cited"),
    [
        ("normative", "2025-04-01", LAW_64_END),
        ("normative", "2025-03-31", ""),
        ("administrative", "2025-04-01", ""),
    ],
)
def test_article_57_is_cited_for_normative_documents_that_ended_since_it_is_in_force(
    regime: str, day_of_end: str, cited: str
) -> None:
    expires = day(day_of_end) - dt.timedelta(days=1)
    expiring = of(x=paper(regime=regime, dates={**SINCE, "expires": expires}))
    repealed = of(x=paper(regime=regime), y=paper(**acting("repeals", X, start=day_of_end)))
    for registry in (expiring, repealed):
        assert state_on(registry, X, day(day_of_end)).reasons[0].source == cited


# By acts of others


@pytest.mark.parametrize(("kind", "expected"), [("replaces", "expired"), ("repeals", "repealed")])
def test_replacement_and_repeal_end_it_from_the_first_day_of_the_act(
    kind: str, expected: str
) -> None:
    registry = of(x=paper(), y=paper(**acting(kind, X)))
    assert state(registry, "2025-05-31") == "in_force"
    assert state(registry, "2025-06-01") == expected
    reason = state_on(registry, X, day("2025-06-01")).reasons[0]
    assert (reason.rule, reason.record, reason.on) == (kind, Y, day("2025-06-01"))


def test_a_day_named_by_the_relation_counts_instead_of_the_act_s_own() -> None:
    registry = of(x=paper(), y=paper(**acting("repeals", X, valid_from=day("2025-09-01"))))
    assert state(registry, "2025-08-31") == "in_force"
    assert state(registry, "2025-09-01") == "repealed"


@pytest.mark.parametrize("stage", ["draft", "trial", "withdrawn"])
def test_an_act_that_was_not_adopted_has_no_effect(stage: str) -> None:
    registry = of(x=paper(), y=paper(stage=stage, **acting("repeals", X)))
    assert state(registry, "2026-01-01") == "in_force"


def test_an_act_repealed_before_its_day_never_takes_effect() -> None:
    registry = of(
        x=paper(),
        y=paper(**acting("repeals", X, start="2025-06-01")),
        z=paper(**acting("repeals", Y, start="2025-05-01")),
    )
    assert state(registry, "2026-01-01") == "in_force"


def test_a_repeal_of_the_repeal_does_not_bring_it_back() -> None:
    registry = of(
        x=paper(),
        y=paper(**acting("repeals", X, start="2025-06-01")),
        z=paper(**acting("repeals", Y, start="2025-08-01")),
    )
    assert state(registry, "2025-09-01") == "repealed"


def test_an_act_without_a_known_day_leaves_the_state_unknown_from_its_adoption() -> None:
    registry = of(x=paper(), y=paper(**acting("replaces", X, start=None)))
    assert state(registry, "2025-01-31") == "in_force"
    assert state(registry, "2025-02-01") == "unknown"
    assert "replaces-doubtful" in rules(registry, "2025-02-01")


def test_an_act_without_any_day_leaves_the_state_unknown() -> None:
    registry = of(x=paper(), y=paper(**{**acting("replaces", X), "dates": {}}))
    assert state(registry, "2025-06-01") == "unknown"


def test_an_inferred_relation_ends_nothing_for_certain() -> None:
    registry = of(x=paper(), y=paper(**acting("repeals", X, certainty="inferred")))
    assert state(registry, "2025-06-01") == "unknown"


def test_an_effect_dated_before_its_undated_act_was_signed_is_not_certain() -> None:
    early = acting("repeals", X, start=None, valid_from=day("2025-01-20"))
    registry = of(x=paper(), y=paper(**early))
    assert state(registry, "2025-01-31") == "in_force"
    assert state(registry, "2025-02-01") == "unknown"
    registry = of(
        x=paper(), y=paper(**acting("repeals", X, start=None, valid_from=day("2025-02-01")))
    )
    assert state(registry, "2025-02-01") == "repealed"


def test_a_stated_day_is_not_certain_where_the_act_may_have_been_repealed_before_it() -> None:
    later = acting("replaces", X, valid_from=day("2026-01-01"))
    registry = of(x=paper(), y=paper(**later), z=paper(**acting("repeals", Y, start=None)))
    assert state(registry, "2025-12-31") == "in_force"
    assert state(registry, "2026-01-01") == "unknown"
    assert rules(registry, "2026-01-01") == ["replaces-doubtful"]


def test_an_effect_may_begin_on_the_last_day_of_its_act_and_not_after_it() -> None:
    for first, expected in (("2025-06-30", "repealed"), ("2025-07-01", "in_force")):
        act = acting("repeals", X, valid_from=day(first))
        act["dates"] = {**SINCE, "expires": day("2025-06-30")}
        assert state(of(x=paper(), y=paper(**act)), "2025-07-01") == expected


def test_the_first_of_several_ends_counts() -> None:
    registry = of(
        x=paper(dates={**SINCE, "expires": day("2025-03-31")}), y=paper(**acting("repeals", X))
    )
    assert state(registry, "2025-07-01") == "expired"


def test_a_suspension_lasts_to_its_last_day() -> None:
    registry = of(x=paper(), y=paper(**acting("suspends", X, valid_to=day("2025-08-31"))))
    assert [state(registry, d) for d in ("2025-05-31", "2025-06-01", "2025-09-01")] == [
        "in_force",
        "suspended",
        "in_force",
    ]


def test_a_suspension_ends_with_the_act_that_ordered_it() -> None:
    registry = of(
        x=paper(),
        y=paper(**acting("suspends", X)),
        z=paper(**acting("repeals", Y, start="2025-08-01")),
    )
    assert state(registry, "2025-07-31") == "suspended"
    assert state(registry, "2025-08-01") == "in_force"


def test_a_suspended_document_that_may_have_been_repealed_is_unknown() -> None:
    registry = of(
        x=paper(),
        y=paper(**acting("suspends", X, start="2025-03-01")),
        z=paper(**acting("repeals", X, start=None)),
    )
    assert state(registry, "2025-03-01") == "unknown"
    assert rules(registry, "2025-03-01") == ["suspends", "repeals-doubtful"]


def test_a_suspension_tells_for_certain_though_the_day_of_effect_is_not_known() -> None:
    registry = of(x=paper(dates={"signed": day("2025-01-01")}), y=paper(**acting("suspends", X)))
    assert state(registry, "2025-05-31") == "unknown"
    assert state(registry, "2025-06-01") == "suspended"


def test_a_correction_changes_no_state_but_is_told() -> None:
    registry = of(x=paper(), y=paper(**acting("corrects", X)))
    assert state(registry, "2025-06-01") == "in_force"
    assert "corrects" in rules(registry, "2025-06-01")


def test_documents_that_act_in_a_circle_are_found_and_each_has_a_timeline() -> None:
    registry = of(x=paper(**acting("repeals", Y)), y=paper(**acting("repeals", X)), z=paper())
    assert circles(registry) == [frozenset((X, Y))]
    assert state(registry, "2025-07-01", X) == state(registry, "2025-07-01", Y) == "repealed"


def test_a_chain_longer_than_the_stack_is_worked_out() -> None:
    names = [f"documents/vi-du/{n}" for n in range(1500)]
    world = {HDND: body("99@"), names[0]: paper()}
    for before, name in pairwise(names):
        world[name] = paper(**acting("amends", before, provisions=["dieu-1"]))
    registry = with_records(chain([(A25, [(A, "whole", "whole")])]), world)
    assert state(registry, "2025-07-01", names[0]) == "partly"


# By provision


def test_an_amended_provision_leaves_the_document_partly_in_force_from_its_later_day() -> None:
    amend = acting("amends", X, provisions=["dieu-5.khoan-2"], valid_from=day("2026-01-01"))
    registry = of(x=paper(), y=paper(**amend))
    assert state(registry, "2025-12-31") == "in_force"
    assert state(registry, "2026-01-01") == "partly"
    says = state_on(registry, X, day("2026-01-01")).reasons[-1].says
    assert says.startswith("Khoản 2 Điều 5 được sửa đổi, bổ sung bởi")
    assert says.endswith("từ 01/01/2026.")


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ("dieu-5", "repealed"),
        ("dieu-5.khoan-2", "repealed"),
        ("dieu-50", "in_force"),
        ("dieu-6", "in_force"),
    ],
)
def test_a_repealed_article_takes_its_clauses_with_it_and_no_other(
    anchor: str, expected: str
) -> None:
    registry = of(x=paper(), y=paper(**acting("repeals", X, provisions=["dieu-5"])))
    assert provision_state_on(registry, X, anchor, day("2025-06-01")).state == expected


@pytest.mark.parametrize("group", ["chuong-ii", "phan-i.chuong-ii", "muc-1"])
def test_whether_an_article_went_with_its_chapter_is_not_known_from_its_number(group: str) -> None:
    registry = of(x=paper(), y=paper(**acting("repeals", X, provisions=[group])))
    states = [
        provision_state_on(registry, X, anchor, day("2025-06-01"))
        for anchor in ("dieu-5", "dieu-5.khoan-2", group)
    ]
    assert [one.state for one in states] == ["unknown", "unknown", "repealed"]
    assert states[0].reasons[-1].says == "Chưa rõ Điều 5 có nằm trong phần đó hay không."
    assert state(registry, "2025-06-01") == "partly"
    closing = of(x=paper(), y=paper(**acting("repeals", X, provisions=["phan-cuoi"])))
    assert provision_state_on(closing, X, "dieu-5", day("2025-06-01")).state == "in_force"


def test_an_article_with_a_repealed_clause_is_partly_in_force() -> None:
    registry = of(x=paper(), y=paper(**acting("repeals", X, provisions=["dieu-5.khoan-2"])))
    assert provision_state_on(registry, X, "dieu-5", day("2025-06-01")).state == "partly"


def test_a_provision_that_may_be_repealed_leaves_what_it_is_a_part_of_in_force() -> None:
    doubtful = acting("repeals", X, provisions=["dieu-5.khoan-2"], certainty="inferred")
    registry = of(x=paper(), y=paper(**doubtful))
    assert state(registry, "2025-06-01") == "in_force"
    assert "repeals-doubtful" in rules(registry, "2025-06-01")
    states = [
        provision_state_on(registry, X, anchor, day("2025-06-01")).state
        for anchor in ("dieu-5", "dieu-5.khoan-2")
    ]
    assert states == ["in_force", "unknown"]


def test_a_suspended_provision_comes_back() -> None:
    suspend = acting("suspends", X, provisions=["dieu-4"], valid_to=day("2025-12-31"))
    registry = of(x=paper(), y=paper(**suspend))
    states = [
        provision_state_on(registry, X, "dieu-4", day(d)).state
        for d in ("2025-05-31", "2025-12-31", "2026-01-01")
    ]
    assert states == ["in_force", "suspended", "in_force"]


def test_an_amendment_that_names_no_provision_leaves_each_of_them_unknown() -> None:
    registry = of(x=paper(), y=paper(**acting("amends", X)))
    assert state(registry, "2025-06-01") == "partly"
    assert provision_state_on(registry, X, "dieu-1", day("2025-06-01")).state == "unknown"


# Properties

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
MAYBE = st.none() | DAYS
KINDS = st.sampled_from(["amends", "corrects", "replaces", "repeals", "suspends", "based_on"])
NAMES = [f"documents/vi-du/{name}" for name in "pqrst"]


@st.composite
def papers(draw: st.DrawFn) -> dict[str, Record]:
    """Five documents of a standing, a merged and a divided unit that act upon one another."""
    world: dict[str, Record] = {}
    for name in NAMES:
        relations = [
            {
                "type": draw(KINDS), "target": target, "valid_from": draw(MAYBE),
                "valid_to": draw(MAYBE), "provisions": draw(st.sampled_from([[], ["dieu-1"]])),
                "certainty": draw(st.sampled_from(["stated", "inferred"])),
            }
            for target in draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
            if target != name
        ]  # fmt: skip
        world[name] = paper(
            draw(st.sampled_from([HDND, "bodies/vi-du/a", "bodies/vi-du/b", "bodies/vi-du/a25"])),
            stage=draw(st.sampled_from(["adopted", "adopted", "adopted", "trial", "draft"])),
            regime=draw(st.sampled_from(["normative", "party", None])),
            dates={"adopted": draw(MAYBE), "effective": draw(MAYBE), "expires": draw(MAYBE)},
            relations=relations,
        )
    return world


def generated(world: dict[str, Record]) -> Registry:
    standing = {HDND: body("99@"), **world}
    return with_records(inheriting(("merged", "continues"), ("divided", "ends")), standing)


@settings(max_examples=60, deadline=None)
@given(papers())
def test_force_is_a_function_of_the_date_without_holes_or_overlaps(
    world: dict[str, Record],
) -> None:
    registry = generated(world)
    for name in NAMES:
        assert covers_all_time(timeline(registry, name))


@settings(max_examples=60, deadline=None)
@given(papers(), st.sampled_from(NAMES), MAYBE)
def test_moving_a_date_never_changes_records_that_the_moved_one_does_not_reach(
    world: dict[str, Record], moved: str, effective: dt.date | None
) -> None:
    before = generated(world)
    record = world[moved]
    dates = record.dates.model_copy(update={"effective": effective})
    after = generated({**world, moved: record.model_copy(update={"dates": dates})})
    reached = {moved}
    while True:
        further = {
            relation.target for name in reached & set(NAMES) for relation in world[name].relations
        }
        if further <= reached:
            break
        reached |= further
    for name in set(NAMES) - reached:
        assert timeline(before, name) == timeline(after, name)
