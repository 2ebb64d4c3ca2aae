"""Which unit has what it must have: by evidence only."""

import datetime as dt
from pathlib import Path

import pytest

from builder.check.run import check
from builder.derive.completeness import Cell, completeness
from builder.registry import load
from tests.derive.owing import (
    ASKED,
    INSPECTED,
    INSPECTION,
    REGULATION,
    REQUIREMENT,
    UNIT,
    owing,
    regulation,
)
from tests.registries import DOCUMENT


def cell(root: Path, changes: dict[str, str | None] | None = None, day: str = "2025-07-10") -> Cell:
    registry = load(owing(root, changes), cache=False)
    assert registry.findings == ()
    (found,) = completeness(registry, dt.date.fromisoformat(day))
    return found


def test_an_adopted_document_that_fulfils_makes_it_present(tmp_path: Path) -> None:
    found = cell(tmp_path, {REGULATION: regulation()})
    assert (found.state, found.evidence) == ("present", (REGULATION,))


@pytest.mark.parametrize("stage", ["trial", "draft"])
def test_a_trial_or_a_draft_is_never_present(tmp_path: Path, stage: str) -> None:
    assert cell(tmp_path, {REGULATION: regulation(stage)}).state == stage


def test_what_an_inspection_asked_for_is_requested_and_names_the_inspection(tmp_path: Path) -> None:
    found = cell(tmp_path)
    assert (found.state, found.evidence) == ("requested", (INSPECTION,))


def test_without_any_record_it_is_unknown_not_missing(tmp_path: Path) -> None:
    asked = ASKED.replace(f"basis: [{INSPECTION}]\n", "")
    found = cell(tmp_path, {REQUIREMENT: asked, INSPECTION: None})
    assert (found.state, found.evidence) == ("unknown", ())


def test_an_inspection_of_other_units_shows_nothing_about_this_one(tmp_path: Path) -> None:
    elsewhere = INSPECTED.replace(UNIT, "99002@")
    assert cell(tmp_path, {INSPECTION: elsewhere}).state == "unknown"


def test_an_inspection_asks_only_from_its_day_on(tmp_path: Path) -> None:
    assert cell(tmp_path, day="2025-06-25").state == "unknown"
    assert cell(tmp_path, day="2025-06-26").state == "requested"


def test_a_withdrawn_document_is_evidence_that_it_is_missing(tmp_path: Path) -> None:
    assert cell(tmp_path, {REGULATION: regulation("withdrawn")}).state == "missing"


def test_a_document_past_its_own_term_is_missing_from_the_day_after(tmp_path: Path) -> None:
    ending = regulation().replace(
        "effective: 2025-07-02}", "effective: 2025-07-02, expires: 2025-12-31}"
    )
    assert cell(tmp_path, {REGULATION: ending}, "2025-12-31").state == "present"
    assert cell(tmp_path, {REGULATION: ending}, "2026-01-01").state == "missing"


def test_a_repealed_document_is_missing_once_the_repeal_holds(tmp_path: Path) -> None:
    repealing = DOCUMENT.replace("2025-07-02", "2025-09-01").replace("01/KH", "02/KH") + (
        f"relations: [{{type: repeals, target: {REGULATION}}}]\n"
    )
    changes = {REGULATION: regulation(), "documents/vi-du/an-binh/bai-bo": repealing}
    assert cell(tmp_path, changes, "2025-08-31").state == "present"
    assert cell(tmp_path, changes, "2025-09-01").state == "missing"


WITHDRAWN = "withdrawn: {on: 2025-09-01, reason: nhập nhầm}\n"
ENDING = "documents/vi-du/an-binh/ket-thuc"


def ending(kind: str, *, dates: str = "signed: 2025-09-01, effective: 2025-09-01") -> str:
    """A decision that ends the regulation."""
    acting = DOCUMENT.replace("signed: 2025-07-02, effective: 2025-07-02", dates)
    return acting.replace("01/KH", "02/KH") + (
        f"relations: [{{type: {kind}, target: {REGULATION}}}]\n"
    )


def test_a_replaced_document_is_missing_unless_what_replaced_it_fulfils_too(tmp_path: Path) -> None:
    changes = {REGULATION: regulation(), ENDING: ending("replaces")}
    assert cell(tmp_path, changes, "2025-08-31").state == "present"
    assert cell(tmp_path, changes, "2025-09-01").state == "missing"
    fulfils = f"relations: [{{type: fulfils, target: {REQUIREMENT}}}, "
    changes[ENDING] = changes[ENDING].replace("relations: [", fulfils)
    found = cell(tmp_path, changes, "2025-09-01")
    assert (found.state, found.evidence) == ("present", (ENDING,))


def test_a_document_that_may_have_been_repealed_is_neither_present_nor_missing(
    tmp_path: Path,
) -> None:
    changes = {REGULATION: regulation(), ENDING: ending("repeals", dates="signed: 2025-09-01")}
    assert cell(tmp_path, changes, "2025-09-01").state == "requested"


def test_an_adopted_document_whose_day_of_effect_is_not_known_is_present(tmp_path: Path) -> None:
    undated = regulation().replace(", effective: 2025-07-02", "")
    assert cell(tmp_path, {REGULATION: undated}).state == "present"


def test_what_only_a_trial_meeting_adopted_is_a_trial_whatever_its_stage_and_from_that_day(
    tmp_path: Path,
) -> None:
    trial = "meetings/vi-du/an-binh/hop-thu"
    held = INSPECTED.replace("form: inspection", "form: session").replace(
        "2025-06-26", "2025-07-03"
    )
    adopted = regulation().replace("dates: {signed: 2025-07-02, effective: 2025-07-02}\n", "")
    adopted = adopted.replace(
        "relations: [", f"relations: [{{type: adopted_at, target: {trial}}}, "
    )
    changes = {REGULATION: adopted, trial: held}
    assert cell(tmp_path, changes, "2025-07-02").state == "requested"
    assert cell(tmp_path, changes, "2025-07-03").state == "trial"


def test_an_inferred_fulfilment_leaves_it_open(tmp_path: Path) -> None:
    guessed = regulation().replace(f"{REQUIREMENT}}}", f"{REQUIREMENT}, certainty: inferred}}")
    assert cell(tmp_path, {REGULATION: guessed}).state == "requested"


def test_a_record_that_was_withdrawn_shows_nothing(tmp_path: Path) -> None:
    assert cell(tmp_path, {REGULATION: regulation(more=WITHDRAWN)}).state == "requested"
    assert cell(tmp_path, {INSPECTION: INSPECTED + WITHDRAWN}).state == "unknown"
    repealed = {REGULATION: regulation(), ENDING: ending("repeals") + WITHDRAWN}
    assert cell(tmp_path, repealed, "2025-09-01").state == "present"


def test_a_document_adopted_later_does_not_count_before(tmp_path: Path) -> None:
    assert cell(tmp_path, {REGULATION: regulation()}, "2025-07-01").state == "requested"


def test_a_document_of_another_unit_does_not_count(tmp_path: Path) -> None:
    elsewhere = regulation(more='territory: ["99002@"]\n')
    assert cell(tmp_path, {REGULATION: elsewhere}).state == "requested"
    found = {finding.rule for finding in check(load(tmp_path, cache=False))}
    assert "fulfils-scope" in found


def test_it_is_overdue_from_the_day_after_the_deadline(tmp_path: Path) -> None:
    assert not cell(tmp_path, day="2025-07-31").overdue
    assert cell(tmp_path, day="2025-08-01").overdue


def test_what_is_present_is_not_overdue(tmp_path: Path) -> None:
    assert not cell(tmp_path, {REGULATION: regulation()}, "2025-08-01").overdue


def test_a_trial_does_not_stop_the_deadline(tmp_path: Path) -> None:
    assert cell(tmp_path, {REGULATION: regulation("trial")}, "2025-08-01").overdue
