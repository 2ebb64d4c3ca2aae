"""Rules on numbers, dates, force and trials: each finds the wrong record made for it."""

from dataclasses import replace
from pathlib import Path

import pytest

from builder.check.base import RULES
from builder.check.run import check
from builder.registry import load
from tests.derive.forced import A25, B25, X, Y, Z, inheriting
from tests.derive.papers import acting, body, day, paper, with_records
from tests.registries import BODY, HEAD, UNITS, write

ID = "documents/vi-du/an-binh/thu"
OTHER = "documents/vi-du/an-binh/khac"
PLAN = "resolutions/vi-du/an-binh/ke-hoach"
FORMER = "bodies/vi-du/cu/hdnd"
ISSUER = "bodies/vi-du/an-binh/ubnd"
PARTY = "bodies/vi-du/an-binh/dang-uy"


def document(**fields: str) -> str:
    values = {
        "title": "Văn bản thử",
        "type": "QĐ",
        "regime": "administrative",
        "issuer": ISSUER,
        "stage": "adopted",
        "dates": "{signed: 2025-07-02, effective: 2025-07-20}",
        **fields,
    }
    return HEAD + "".join(f"{key}: {value}\n" for key, value in values.items())


def acts(kind: str, more: str = "") -> str:
    return f"[{{type: {kind}, target: {ID}{more}}}]"


def found(root: Path, **records: str) -> set[tuple[str, str]]:
    """The rules that speak, each with the name of the record it speaks of."""
    former = BODY.replace("@2025-07-01", "@").replace("ubnd", "hdnd")
    world = {
        "units/vi-du": UNITS,
        "documents/vi-du/an-binh/ke-hoach-thu": None,
        FORMER: former,
        PARTY: BODY.replace("block: government", "block: party").replace("ubnd", "dang_uy"),
        "meetings/vi-du/thu": HEAD + "title: Họp\nform: session\nmode: trial\n",
        "meetings/vi-du/chinh-thuc": HEAD
        + "title: Họp\nform: session\nmode: official\nwhen: {date: 2025-07-02}\n",
        PLAN: document(),
        ID: document(),
    }
    world.update({f"documents/vi-du/an-binh/{name}": text for name, text in records.items()})
    findings = check(load(write(root, world), cache=False))
    return {(f.rule, Path(f.path).stem) for f in findings}


def test_a_sound_document_breaks_no_rule(tmp_path: Path) -> None:
    assert found(tmp_path, thu=document(number="07/QĐ-UBND")) == set()


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("number-syntax", {"number": "07 QĐ"}),
        ("number-syntax", {"number": "07/QĐ-UBND", "regime": "normative"}),
        ("number-syntax", {"number": "07/2025/QĐ-UBND"}),
        ("number-syntax", {"number": "07/QĐ-UBND", "regime": "party", "issuer": PARTY}),
        ("regime-body", {"regime": "party"}),
        ("regime-body", {"issuer": PARTY}),
        ("regime-body", {"regime": "normative", "type": "KH"}),
        ("regime-body", {"regime": "normative", "issuer": FORMER, "dates": "{signed: 2025-04-01}"}),
        ("number-form", {"number": "7/QD-UBND"}),
        ("number-type", {"number": "07/KH-UBND"}),
        ("force-span", {"dates": "{effective: 2025-07-20, expires: 2025-07-19}"}),
        ("trial-dates", {"stage": "trial"}),
        ("trial-dates", {"stage": "draft", "dates": "{expires: 2025-12-31}"}),
        ("trial-adopted", {"relations": "[{type: adopted_at, target: meetings/vi-du/thu}]"}),
        ("relation-target", {"relations": "[{type: based_on}]"}),
        ("relation-target", {"relations": f"[{{type: cites, target: {PLAN}, cites: Luật}}]"}),
        ("self-reference", {"relations": f"[{{type: cites, target: {ID}}}]"}),
        ("date-order", {"dates": "{signed: 2025-07-02, issued: 2025-07-01}"}),
        ("date-unit", {"dates": "{signed: 2025-07-01, effective: 2025-06-30}"}),
        ("date-official", {"dates": "{adopted: 2025-06-26, effective: 2025-07-01}"}),
        ("date-after-end", {"issuer": FORMER, "dates": "{signed: 2025-07-01}"}),
        (
            "date-meeting",
            {
                "dates": "{adopted: 2025-07-03}",
                "relations": "[{type: adopted_at, target: meetings/vi-du/chinh-thuc}]",
            },
        ),
        (
            "force-too-early",
            {"regime": "normative", "dates": "{signed: 2025-07-10, effective: 2025-07-19}"},
        ),
        (
            "force-too-early",
            {
                "regime": "normative",
                "issuer": FORMER,
                "dates": "{adopted: 2025-03-31, effective: 2025-04-06}",
            },
        ),
        (
            "force-too-early",
            {
                "regime": "normative",
                "issuer": FORMER,
                "type": "NQ",
                "dates": "{adopted: 2025-04-01, effective: 2025-04-10}",
            },
        ),
    ],
)
def test_a_document_that_is_wrong_by_itself(
    tmp_path: Path, rule: str, fields: dict[str, str]
) -> None:
    assert found(tmp_path, thu=document(**fields)) == {(rule, "thu")}


@pytest.mark.parametrize(
    ("meeting", "rules"),
    [
        ("mode: official\nwhen: {date: 2025-06-26}", {"date-official"}),
        ("mode: official\nwhen: {date: 2025-06-30, end_date: 2025-07-01}", set()),
        ("mode: trial\nwhen: {date: 2025-06-26}", set()),
    ],
)
def test_an_official_meeting_of_a_new_authority_before_its_unit_operates_is_reported(
    tmp_path: Path, meeting: str, rules: set[str]
) -> None:
    held = f"{HEAD}title: Họp\nform: session\nbodies: [{ISSUER}]\n{meeting}\n"
    write(tmp_path, {"meetings/vi-du/ky-hop": held})
    assert {f.rule for f in check(load(tmp_path, cache=False))} == rules
    of_the_party = BODY.replace("block: government", "block: party")
    plan = "documents/vi-du/an-binh/ke-hoach-thu"
    (tmp_path / f"registry/{plan}.yaml").unlink()
    write(tmp_path, {"meetings/vi-du/ky-hop": held, ISSUER: of_the_party, plan: None})
    assert {f.rule for f in check(load(tmp_path, cache=False))} == set()


def test_a_body_issues_to_its_last_day_and_what_it_issued_may_be_published_later(
    tmp_path: Path,
) -> None:
    dates = "{signed: 2025-06-30, published: 2025-07-15}"
    assert found(tmp_path, thu=document(issuer=FORMER, dates=dates)) == set()


@pytest.mark.parametrize(
    "fields",
    [
        {"dates": "{signed: 2025-07-10, effective: 2025-07-20}"},
        {"dates": "{signed: 2025-07-10, effective: 2025-07-10}", "shortened_procedure": "true"},
        {"issuer": FORMER, "dates": "{adopted: 2025-03-31, effective: 2025-04-07}"},
        {"dates": "{adopted: 2025-07-10, signed: 2025-07-15, effective: 2025-07-20}"},
        {"dates": "{effective: 2025-07-10}"},
        {"dates": "{signed: 9999-12-31, effective: 9999-12-31}"},
    ],
)
def test_the_law_allows_ten_days_or_seven_before_april_2025_or_the_shortened_procedure(
    tmp_path: Path, fields: dict[str, str]
) -> None:
    assert found(tmp_path, thu=document(regime="normative", **fields)) == set()


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("force-not-adopted", {"stage": "draft", "dates": "{}", "relations": acts("replaces")}),
        ("force-not-adopted", {"stage": "trial", "dates": "{}", "relations": acts("amends")}),
        (
            "force-early-effect",
            {"relations": acts("amends", ", valid_from: 2025-07-19, provisions: [dieu-1]")},
        ),
        (
            "force-span",
            {"relations": acts("suspends", ", valid_from: 2025-09-01, valid_to: 2025-08-01")},
        ),
        ("trial-formalises", {"relations": acts("formalises")}),
        (
            "date-relation",
            {"dates": "{signed: 2025-07-01}", "relations": acts("implements")},
        ),
    ],
)
def test_a_document_that_is_wrong_towards_another(
    tmp_path: Path, rule: str, fields: dict[str, str]
) -> None:
    assert found(tmp_path, khac=document(**fields)) == {(rule, "khac")}


@pytest.mark.parametrize(
    ("target", "change"),
    [
        # An effect on the first day of its act, and on the last day of what it acts upon.
        ("signed: 2025-07-02", "signed: 2025-07-02, effective: 2025-07-20"),
        ("signed: 2025-07-02, expires: 2025-07-20", "signed: 2025-07-02, effective: 2025-07-20"),
        # The last day known of the one is not before the first day known of the other.
        ("adopted: 2025-07-08, signed: 2025-07-09", "signed: 2025-07-05, issued: 2025-07-08"),
    ],
)
def test_days_that_touch_are_no_contradiction(tmp_path: Path, target: str, change: str) -> None:
    named = acts("amends", ", provisions: [dieu-1], valid_from: 2025-07-20")
    records = {
        "thu": document(dates=f"{{{target}}}"),
        "khac": document(dates=f"{{{change}}}", relations=named),
    }
    assert found(tmp_path, **records) == set()


def test_a_replacement_before_the_first_day_of_the_replaced_one_is_a_contradiction(
    tmp_path: Path,
) -> None:
    early = document(dates="{signed: 2025-07-02, effective: 2025-07-05}", relations=acts("repeals"))
    assert ("force-ended-before-start", "thu") in found(tmp_path, khac=early)


def test_a_document_past_its_end_cannot_be_repealed(tmp_path: Path) -> None:
    ended = document(dates="{signed: 2025-07-02, effective: 2025-07-02, expires: 2025-07-19}")
    late = document(relations=acts("repeals"))
    assert found(tmp_path, thu=ended, khac=late) == {("force-past-end", "khac")}


@pytest.mark.parametrize("kind", ["replaces", "repeals"])
def test_a_replacement_or_a_repeal_for_a_time_is_reported(tmp_path: Path, kind: str) -> None:
    ending = document(relations=acts(kind, ", valid_from: 2025-08-01, valid_to: 2025-12-31"))
    assert found(tmp_path, khac=ending) == {("force-end-with-end", "khac")}


NORMATIVE = {"regime": "normative", "dates": "{signed: 2025-06-02, effective: 2025-06-20}"}
LATER = {"regime": "normative", "dates": "{signed: 2025-07-02, effective: 2025-07-20}"}


@pytest.mark.parametrize("kind", ["amends", "replaces"])
def test_a_normative_document_is_changed_by_the_body_that_issued_it(
    tmp_path: Path, kind: str
) -> None:
    former = document(**NORMATIVE, issuer=FORMER, type="NQ")
    change = document(**LATER, relations=acts(kind, ", provisions: [dieu-1]"))
    assert found(tmp_path, thu=former, khac=change) == {("force-other-body", "khac")}


@pytest.mark.parametrize(
    ("target", "change"),
    [
        ({"issuer": FORMER}, {"relations": acts("repeals")}),
        ({"issuer": FORMER, "regime": "administrative"}, {"relations": acts("replaces")}),
        ({"issuer": FORMER, "co_issuers": f"[{ISSUER}]"}, {"relations": acts("replaces")}),
        ({"issuer": "null"}, {"relations": acts("replaces")}),
        ({"issuer": FORMER}, {"relations": acts("replaces"), "dates": "{signed: 2025-03-31}"}),
    ],
)
def test_others_may_abolish_it_and_what_is_not_known_is_no_finding(
    tmp_path: Path, target: dict[str, str], change: dict[str, str]
) -> None:
    records = {"thu": document(**{**NORMATIVE, **target}), "khac": document(**{**LATER, **change})}
    assert "force-other-body" not in {rule for rule, _ in found(tmp_path, **records)}


@pytest.mark.parametrize(("unit", "reported"), [(A25, False), (B25, True)])
def test_the_same_body_of_a_unit_that_followed_may_change_it(unit: str, reported: bool) -> None:
    dates = {"signed": day("2025-07-02"), "effective": day("2025-07-20")}
    change = {**acting("replaces", Y), "dates": dates, "regime": "normative"}
    registry = with_records(
        inheriting(), {"bodies/vi-du/moi": body(unit), Z: paper("bodies/vi-du/moi", **change)}
    )
    assert bool(list(RULES["force-other-body"].run(registry))) is reported
    unknown = {each: entry for each, entry in registry.entries.items() if "mergers/" not in each}
    assert list(RULES["force-other-body"].run(replace(registry, entries=unknown))) == []


def test_two_documents_that_replace_one_from_different_days_contradict_each_other(
    tmp_path: Path,
) -> None:
    first = document(
        dates="{signed: 2025-08-01, effective: 2025-08-10}", relations=acts("replaces")
    )
    second = document(
        dates="{signed: 2025-08-02, effective: 2025-08-20}", relations=acts("repeals")
    )
    assert found(tmp_path, khac=first, sau=second) == {("force-two-ends", "sau")}


@pytest.mark.parametrize(
    "other",
    [
        {"stage": "draft", "dates": "{}"},
        {"stage": "trial", "dates": "{signed: 2025-08-01}"},
        {"withdrawn": "{on: 2025-09-01, reason: nhầm}", "dates": "{effective: 2025-09-01}"},
        {"dates": "{signed: 2025-07-05}"},
    ],
)
def test_what_ends_nothing_or_has_no_day_contradicts_no_other_end(
    tmp_path: Path, other: dict[str, str]
) -> None:
    later = "{signed: 2025-08-01, effective: 2025-08-01}"
    ending = document(relations=acts("replaces"), dates=later)
    also = document(relations=acts("replaces"), **other)
    told = {rule for rule, _ in found(tmp_path, khac=ending, nua=also)}
    assert "force-two-ends" not in told


def test_new_units_may_end_a_document_of_a_divided_one_each_on_its_own_day() -> None:
    world = {"bodies/vi-du/b25": body(B25)}
    for name, unit, start in (("a", "a25", "2025-09-01"), ("b", "b25", "2025-10-01")):
        ending = acting("repeals", X, start=start)
        world[f"documents/vi-du/bai-bo-{name}"] = paper(f"bodies/vi-du/{unit}", **ending)
    registry = with_records(inheriting(), world)
    assert list(RULES["force-two-ends"].run(registry)) == []


def test_two_documents_that_end_different_articles_agree(tmp_path: Path) -> None:
    first = document(relations=acts("repeals", ", provisions: [dieu-1]"))
    second = document(
        dates="{signed: 2025-08-02, effective: 2025-08-20}",
        relations=acts("repeals", ", provisions: [dieu-2]"),
    )
    assert found(tmp_path, khac=first, sau=second) == set()


def test_documents_that_act_in_a_circle_are_reported_on_each(tmp_path: Path) -> None:
    there = document(relations=acts("amends"))
    back = document(relations=f"[{{type: amends, target: {OTHER}}}]")
    rules = found(tmp_path, thu=back, khac=there)
    assert {("force-circle", "thu"), ("force-circle", "khac")} <= rules


def test_an_act_upon_a_trial_text_is_reported(tmp_path: Path) -> None:
    trial = document(stage="trial", dates="{}")
    rules = found(tmp_path, thu=trial, khac=document(relations=acts("amends")))
    assert rules == {("trial-acted-upon", "khac")}


def test_an_official_document_formalises_the_trial_text_without_a_finding(tmp_path: Path) -> None:
    trial = document(stage="trial", dates="{}")
    assert found(tmp_path, thu=trial, khac=document(relations=acts("formalises"))) == set()


def test_an_internal_act_on_a_public_document_is_a_warning_until_it_is_disclosed(
    tmp_path: Path,
) -> None:
    def internal(more: str) -> str:
        dates = "{signed: 2025-08-01, effective: 2025-08-10}"
        text = document(dates=dates, relations=acts("repeals", more))
        return text.replace("access: public", "access: internal")

    assert found(tmp_path / "a", khac=internal("")) == {("internal-act", "khac")}
    assert found(tmp_path / "b", khac=internal(", disclose: true")) == set()


def test_a_public_act_has_nothing_to_disclose(tmp_path: Path) -> None:
    telling = document(relations=acts("amends", ", provisions: [dieu-1], disclose: true"))
    assert found(tmp_path, khac=telling) == {("disclose", "khac")}


def test_a_duplicate_number_is_reported_on_both_records(tmp_path: Path) -> None:
    twice = document(number="07/QĐ-UBND")
    assert found(tmp_path, thu=twice, khac=twice) == {
        ("number-duplicate", "thu"),
        ("number-duplicate", "khac"),
    }


def test_party_documents_of_one_year_that_may_share_a_number_are_a_warning_on_both(
    tmp_path: Path,
) -> None:
    same = {"number": "07-QĐ/ĐU", "regime": "party", "issuer": PARTY}
    records = {"thu": document(**same), "khac": document(**same, series_term="2025-2030")}
    assert found(tmp_path, **records) == {
        ("number-duplicate-possible", "thu"),
        ("number-duplicate-possible", "khac"),
    }


def test_a_gap_in_a_series_is_no_finding(tmp_path: Path) -> None:
    first, third = document(number="01/QĐ-UBND"), document(number="03/QĐ-UBND")
    assert found(tmp_path, thu=first, khac=third) == set()


def test_a_plan_dated_before_the_resolution_it_carries_out_is_a_warning(root: Path) -> None:
    findings = [f for f in check(load(root, cache=False)) if f.rule == "date-relation"]
    assert [(Path(f.path).stem, f.severity) for f in findings] == [("245-kh-tu", "warning")]


def test_the_province_of_the_examples_is_sound(root: Path) -> None:
    assert check(load(root / "tests" / "fixtures" / "vi-du", cache=False)) == []
