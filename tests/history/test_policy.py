"""``registry check --against BASE``: what may become of published records."""

import json
from collections.abc import Callable

import pytest

from builder.findings import RegistryError
from tests.history.conftest import CORRECTION, DOCUMENT_ID, MERGER_ID, TEXT, UNITS, Clone
from tests.registries import DOCUMENT, HEAD

DOCUMENT_PATH = f"registry/{DOCUMENT_ID}.yaml"
MEETING_ID = "meetings/vi-du/an-binh/kiem-tra"
MEETING = HEAD + (
    "title: Kiểm tra\nform: inspection\nmode: official\n"
    "outputs:\n  - {key: viec, kind: request, text: Làm, state: open}\n"
)
RULE_ID = "requirements/vi-du/ke-hoach"
RULE = HEAD + 'title: Kế hoạch\nunits: ["99001@2025-07-01"]\n'
KEPT = (
    "kept-record", "kept-identity", "kept-public", "kept-corrections", "kept-withdrawal",
    "kept-text", "uncorrected", "stage", "reused-id",
)  # fmt: skip


def findings(clone: Clone, base: str = "HEAD") -> list[dict]:
    result = clone.run("check", "--against", base, "--format", "json")
    return [f for f in json.loads(result.stdout)["findings"] if f["rule"] in KEPT]


def rules(clone: Clone, base: str = "HEAD") -> list[str]:
    return [finding["rule"] for finding in findings(clone, base)]


def the_only(clone: Clone) -> dict:
    [finding] = findings(clone)
    assert finding["hint"], "a refusal says how to do it right"
    return finding


def test_an_untouched_registry_keeps_the_policy(clone: Clone) -> None:
    result = clone.run("check", "--against", "HEAD")
    assert result.exit_code == 0, result.output


def test_a_deleted_record_is_to_be_withdrawn(clone: Clone) -> None:
    clone.path(DOCUMENT_ID).unlink()
    finding = the_only(clone)
    assert (finding["rule"], finding["path"]) == ("kept-record", DOCUMENT_PATH)
    assert "withdrawn: {on: YYYY-MM-DD, reason: …}" in finding["hint"]


def test_a_renamed_record_gets_its_name_back(clone: Clone) -> None:
    new = "documents/vi-du/an-binh/ke-hoach-moi"
    clone.path(DOCUMENT_ID).rename(clone.path(new))
    (clone.root / f"registry/{DOCUMENT_ID}.txt").unlink()
    finding = the_only(clone)
    assert finding["rule"] == "kept-record"
    assert f"renamed to {new}" in finding["message"]
    assert "old name" in finding["hint"]


def test_a_record_moved_to_another_kind_was_renamed(clone: Clone) -> None:
    new = "regulations/vi-du/an-binh/ke-hoach-thu"
    clone.path(new).parent.mkdir(parents=True)
    clone.path(DOCUMENT_ID).rename(clone.path(new))
    (clone.root / f"registry/{DOCUMENT_ID}.txt").unlink()
    assert f"renamed to {new}" in the_only(clone)["message"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("number: 01/KH-UBND", "number: 02/KH-UBND"),
        ("number: 01/KH-UBND\n", ""),
        ("issuer: bodies/vi-du/an-binh/ubnd\n", ""),
    ],
    ids=["other number", "no number", "no issuer"],
)
def test_number_and_issuer_stay_even_with_a_correction(clone: Clone, old: str, new: str) -> None:
    clone.change(DOCUMENT_ID, old, new)
    clone.put(DOCUMENT_ID, clone.path(DOCUMENT_ID).read_text(encoding="utf-8") + CORRECTION)
    assert the_only(clone)["rule"] == "kept-identity"


def test_a_change_without_a_correction_is_refused_on_its_line(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "effective: 2025-07-02", "effective: 2025-07-10")
    finding = the_only(clone)
    assert (finding["rule"], finding["line"]) == ("uncorrected", 11)
    assert "effective from 10/7/2025 instead of 02/7/2025" in finding["message"]
    assert "corrections" in finding["hint"]


def test_a_change_with_a_correction_lands(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "effective: 2025-07-02", "effective: 2025-07-10")
    clone.put(DOCUMENT_ID, clone.path(DOCUMENT_ID).read_text(encoding="utf-8") + CORRECTION)
    result = clone.run("check", "--against", "HEAD")
    assert result.exit_code == 0, result.output


def test_a_correction_of_the_past_does_not_cover_a_new_change(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT + CORRECTION)
    clone.commit()
    clone.change(DOCUMENT_ID, "title: Kế hoạch thử", "title: Khác")
    assert rules(clone) == ["uncorrected"]


def test_an_earlier_correction_is_not_rewritten(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT + CORRECTION)
    clone.commit()
    clone.change(DOCUMENT_ID, "why: Ghi nhầm", "why: Không rõ")
    assert rules(clone) == ["kept-corrections"]


def test_a_record_is_withdrawn_with_a_reason_and_stays_so(clone: Clone) -> None:
    withdrawn = DOCUMENT + "withdrawn: {on: 2025-08-01, reason: Nhập trùng}\n"
    clone.put(DOCUMENT_ID, withdrawn)
    assert rules(clone) == []
    clone.commit()
    clone.put(DOCUMENT_ID, DOCUMENT)
    assert "kept-withdrawal" in rules(clone)


@pytest.mark.parametrize("day", ["adopted: 2025-06-16", "operational_from: 2025-07-01"])
def test_the_days_of_a_merger_do_not_move_without_a_correction(clone: Clone, day: str) -> None:
    clone.change(MERGER_ID, day, f"{day[:-2]}20")
    assert rules(clone) == ["uncorrected"]


def test_a_share_that_moved_is_refused_once_in_the_words_of_the_field(clone: Clone) -> None:
    clone.change(MERGER_ID, "area: rest, population: rest", "area: part, population: part")
    assert "An Bình: source Bình Minh changed from rest to part" in the_only(clone)["message"]


def test_what_was_unknown_may_be_filled_in(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "dates: {", "summary: Tóm tắt\ndates: {issued: 2025-07-03, ")
    assert rules(clone) == []


def test_nothing_is_added_in_silence_to_what_decides(clone: Clone) -> None:
    clone.put(RULE_ID, RULE)
    clone.commit()
    clone.change(RULE_ID, '["99001@2025-07-01"]', '["99001@2025-07-01", "99@"]')
    assert rules(clone) == ["uncorrected"]


def test_what_a_meeting_asked_for_may_be_closed(clone: Clone) -> None:
    clone.put(MEETING_ID, MEETING)
    clone.commit()
    clone.change(MEETING_ID, "state: open", "state: closed, closed_on: 2025-08-01")
    assert rules(clone) == []


def test_a_unit_may_end_and_another_begin_but_none_vanish(clone: Clone) -> None:
    row = '  - {code: "99002", type: xã, name: Bình Minh, parent: "991", valid_to: 2025-06-30}\n'
    new = row.replace("valid_to: 2025-06-30", "valid_from: 2026-01-01").replace("99002", "99003")
    clone.put("units/vi-du", UNITS + new)
    assert rules(clone) == []
    clone.put("units/vi-du", UNITS.replace(row, ""))
    assert "Xã Bình Minh (99002) removed" in findings(clone)[0]["message"]


def test_a_published_text_is_not_rewritten(clone: Clone) -> None:
    clone.put(f"registry/{DOCUMENT_ID}.txt", TEXT.replace("ký", "ban hành"))
    finding = the_only(clone)
    assert finding["rule"] == "kept-text"
    assert "ke-hoach-thu.YYYY-MM-DD.txt" in finding["hint"]


def test_a_published_text_is_not_removed(clone: Clone) -> None:
    (clone.root / f"registry/{DOCUMENT_ID}.txt").unlink()
    assert the_only(clone)["rule"] == "kept-text"


def test_a_later_version_of_a_text_is_added(clone: Clone) -> None:
    clone.put(f"registry/{DOCUMENT_ID}.2026-01-01.txt", TEXT.replace("ký", "ban hành"))
    clone.put(DOCUMENT_ID, DOCUMENT + "text_versions: [{valid_from: 2026-01-01}]\n")
    assert rules(clone) == []


def test_a_trial_text_becomes_official_in_a_record_of_its_own(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("stage: adopted", "stage: trial"))
    clone.commit()
    clone.put(DOCUMENT_ID, DOCUMENT + CORRECTION)
    finding = the_only(clone)
    assert finding["rule"] == "stage"
    assert "formalises" in finding["hint"]


def test_a_draft_is_worked_on_freely_but_keeps_its_id(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("stage: adopted", "stage: draft"))
    clone.commit()
    clone.put(DOCUMENT_ID, DOCUMENT.replace("Kế hoạch thử", "Kế hoạch"))
    clone.put(f"registry/{DOCUMENT_ID}.txt", TEXT.replace("ký", "ban hành"))
    assert rules(clone) == []
    clone.path(DOCUMENT_ID).unlink()
    assert "kept-record" in rules(clone)


def test_a_public_record_does_not_become_internal(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "access: public", "access: internal")
    assert the_only(clone)["rule"] == "kept-public"


def test_an_internal_record_is_not_bound(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "access: public", "access: internal")
    clone.commit()
    clone.change(DOCUMENT_ID, "number: 01/KH-UBND", "number: 07/KH-UBND")
    assert rules(clone) == []
    clone.path(DOCUMENT_ID).unlink()
    (clone.root / f"registry/{DOCUMENT_ID}.txt").unlink()
    assert rules(clone) == []


def test_formatting_is_free(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, "# ghi chú\n" + DOCUMENT.replace("type: KH", 'type: "KH"'))
    assert rules(clone) == []


def test_an_id_of_the_past_is_not_used_again(clone: Clone) -> None:
    clone.path(DOCUMENT_ID).unlink()
    (clone.root / f"registry/{DOCUMENT_ID}.txt").unlink()
    clone.commit("Xóa")
    clone.put(DOCUMENT_ID, DOCUMENT.replace("Kế hoạch thử", "Kế hoạch khác hẳn"))
    assert the_only(clone)["rule"] == "reused-id"


def test_what_others_published_meanwhile_is_no_deletion(clone: Clone) -> None:
    clone.git.git.checkout("-q", "-b", "sua")
    clone.git.git.checkout("-q", "main")
    clone.put(RULE_ID, RULE)
    clone.commit("Người khác thêm")
    clone.git.git.checkout("-q", "sua")
    assert rules(clone, "main") == []


def test_another_history_is_no_base(clone: Clone) -> None:
    clone.git.git.checkout("-q", "--orphan", "khac")
    clone.commit("Gốc khác")
    result = clone.run("check", "--against", "main")
    assert isinstance(result.exception, RegistryError)
    assert "no commit in common" in str(result.exception)


def test_a_broken_file_gets_its_own_finding_and_no_other(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, "title: [")
    result = clone.run("check", "--against", "HEAD", "--format", "json")
    assert [f["rule"] for f in json.loads(result.stdout)["findings"]] == ["yaml"]


def test_the_rules_of_the_policy_are_listed(make_clone: Callable[[], Clone]) -> None:
    said = make_clone().run("rules").stdout
    assert all(f"\n{rule} " in said for rule in KEPT)
