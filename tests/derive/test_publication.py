"""What the public registry says of documents that internal records bear on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.derive.applicability import applicable
from builder.derive.force import provision_state_on, state_on, timeline
from builder.derive.publication import NAMELESS, published
from builder.models.base import Record
from builder.registry import Registry
from tests.derive.papers import HDND, acting, body, day, meeting, paper, with_records
from tests.derive.waves import chain, unit
from tests.derive.waves import registry as units_only

PUBLIC, ACT, NEXT = "documents/vi-du/cong-khai", "documents/vi-du/kin-dao", "documents/vi-du/tiep"
UNITS = units_only([unit("99", "Ví Dụ", "tỉnh")])


def world(records: dict[str, Record]) -> Registry:
    return with_records(UNITS, {HDND: body("99@"), PUBLIC: paper(), **records})


def act(kind: str, /, **relation: object) -> Record:
    fields = acting(kind, PUBLIC, **relation)
    return paper(access="internal", title="Kín đáo", number="77/QĐ-KIN", **fields)


def states(registry: Registry, record_id: str = PUBLIC) -> list[str]:
    return [span.verdict.state for span in timeline(registry, record_id)]


def test_a_disclosed_internal_repeal_ends_the_public_document_from_its_day() -> None:
    shown = published(world({ACT: act("repeals", disclose=True)}))
    assert state_on(shown, PUBLIC, day("2025-05-31")).state == "in_force"
    verdict = state_on(shown, PUBLIC, day("2025-06-01"))
    assert verdict.state == "repealed"
    assert verdict.reasons[0].says == f"Văn bản bị bãi bỏ bởi {NAMELESS} từ 01/6/2025."
    assert verdict.reasons[0].record is None


def test_an_undisclosed_internal_repeal_leaves_the_state_unknown_on_every_day() -> None:
    shown = published(world({ACT: act("repeals")}))
    assert states(shown) == ["unknown"]


@pytest.mark.parametrize("disclose", [True, False])
def test_nothing_that_names_the_internal_act_is_left_in_the_public_registry(disclose: bool) -> None:
    note = {"note": "Kín đáo", "disclose": disclose}
    shown = published(world({ACT: act("replaces", **note)}))
    told = repr((shown.entries, shown.nameless, shown.unconfirmed, timeline(shown, PUBLIC)))
    for canary in ("kin-dao", "Kín đáo", "77/QĐ-KIN"):
        assert canary not in told
    assert disclose or "2025-06-01" not in told.replace("datetime.date(2025, 6, 1)", "2025-06-01")


def test_a_disclosed_suspension_of_a_provision_is_told_for_that_provision_alone() -> None:
    relation = {"provisions": ["dieu-2"], "valid_to": day("2025-08-31"), "disclose": True}
    shown = published(world({ACT: act("suspends", **relation)}))
    assert states(shown) == ["not_yet", "in_force", "partly", "in_force"]
    assert provision_state_on(shown, PUBLIC, "dieu-2", day("2025-07-01")).state == "suspended"
    assert provision_state_on(shown, PUBLIC, "dieu-3", day("2025-07-01")).state == "in_force"


def test_an_internal_correction_or_draft_takes_nothing_from_the_public_state() -> None:
    plain = states(published(world({})))
    assert states(published(world({ACT: act("corrects")}))) == plain
    draft = paper(access="internal", stage="draft", **acting("repeals", PUBLIC))
    assert states(published(world({ACT: draft}))) == plain


def test_an_internal_act_that_takes_a_document_over_leaves_its_state_before_alone() -> None:
    units = chain([("99001@2025-07-01", [("99001@", "whole", "whole")])])
    records = {
        "bodies/vi-du/cu": body("99001@"),
        "bodies/vi-du/moi": body("99001@2025-07-01"),
        PUBLIC: paper("bodies/vi-du/cu"),
        ACT: paper("bodies/vi-du/moi", access="internal", **acting("continues", PUBLIC)),
    }
    full = with_records(units, records)
    assert state_on(full, PUBLIC, day("2025-07-01")).state == "in_force"
    shown = published(full)
    assert state_on(shown, PUBLIC, day("2025-06-30")).state == "in_force"
    assert state_on(shown, PUBLIC, day("2025-07-01")).state == "unknown"


def test_what_an_unconfirmed_document_does_to_others_is_unknown_too() -> None:
    following = {NEXT: paper(**acting("repeals", "documents/vi-du/cuoi", start="2025-09-01"))}
    silent = paper(access="internal", **acting("repeals", NEXT, start="2025-08-01"))
    full = world({**following, "documents/vi-du/cuoi": paper(), ACT: silent})
    assert state_on(full, "documents/vi-du/cuoi", day("2025-10-01")).state == "in_force"
    shown = published(full)
    assert state_on(shown, "documents/vi-du/cuoi", day("2025-10-01")).state == "unknown"


def test_a_document_adopted_only_by_an_internal_trial_is_never_called_in_force() -> None:
    trial = meeting("trial").model_copy(update={"access": "internal"})
    adopted = paper(relations=[{"type": "adopted_at", "target": "meetings/vi-du/thu"}])
    shown = published(world({PUBLIC: adopted, "meetings/vi-du/thu": trial}))
    assert states(shown) == ["unknown"]


def test_what_applies_in_a_unit_says_unknown_and_not_why() -> None:
    shown = published(world({ACT: act("repeals")}))
    (item,) = applicable(shown, "99@", day("2025-10-01"))
    assert (item.id, item.state) == (PUBLIC, "unknown")
    assert [reason.rule for reason in item.reasons] == ["territory", "unconfirmed"]


def test_publishing_twice_says_the_same_and_a_wholly_public_registry_stays_itself() -> None:
    shown = published(world({ACT: act("repeals", disclose=True)}))
    assert published(shown) is shown
    whole = world({})
    assert published(whole) is whole


KINDS = ("amends", "continues", "corrects", "replaces", "repeals", "suspends")


@st.composite
def tangles(draw: st.DrawFn) -> Registry:
    """Five documents, some internal, that act upon one another, circles included."""
    ids = [f"documents/vi-du/van-ban-{number}" for number in range(5)]
    days = st.sampled_from(["2025-03-01", "2025-05-01", "2025-07-01", "2025-09-01"])
    records: dict[str, Record] = {}
    for record_id in ids:
        relations = []
        for target in draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)):
            relation = {"type": draw(st.sampled_from(KINDS)), "target": target}
            relation["disclose"] = draw(st.booleans())
            relation["certainty"] = draw(st.sampled_from(["stated", "stated", "inferred"]))
            if draw(st.booleans()):
                relation["valid_from"] = day(draw(days))
            if draw(st.booleans()):
                relation["provisions"] = ["dieu-1"]
            relations.append(relation)
        effective = draw(st.one_of(st.none(), days))
        dates = {"adopted": day("2025-02-01"), "effective": effective and day(effective)}
        access = draw(st.sampled_from(["public", "public", "internal"]))
        stage = draw(st.sampled_from(["adopted", "adopted", "draft"]))
        records[record_id] = paper(dates=dates, relations=relations, access=access, stage=stage)
    return with_records(UNITS, {HDND: body("99@"), **records})


@settings(max_examples=150, deadline=None)
@given(tangles())
def test_a_public_state_is_the_true_one_or_unknown_on_every_day(full: Registry) -> None:
    shown = published(full)
    for record_id in shown.entries:
        if not record_id.startswith("documents/"):
            continue
        for span in (*timeline(shown, record_id), *timeline(full, record_id)):
            on = span.first or day("1900-01-01")
            told = state_on(shown, record_id, on).state
            assert told in ("unknown", state_on(full, record_id, on).state)
