"""What ``registry/settings.yaml`` asks of the history, and what no setting can hide."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audit.conftest import (
    DAY,
    LATER,
    audit,
    delete,
    found,
    hide,
    the_only,
)
from tests.history.conftest import DOCUMENT_ID, Clone
from tests.registries import DOCUMENT

Keep = Callable[[Clone], str]


def settle(clone: Clone, text: str, date: str) -> str:
    clone.put("registry/settings.yaml", text)
    return clone.commit("Thiết lập", date=date)


def test_the_policy_counts_from_the_commit_that_the_settings_name(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, LATER)
    start = clone.commit(date=DAY(10))
    set_in = settle(clone, f"trust: {{policy_start: {start}}}\n", DAY(11))
    report = audit(clone)
    assert report["findings"] == []
    assert report["examined"]["policy_start"] == start
    assert report["examined"]["policy_start_set_in"] == set_in
    clone.put(DOCUMENT_ID, DOCUMENT)
    later = clone.commit(date=DAY(12))
    assert found(clone) == [("uncorrected", DOCUMENT_ID, later)]


def test_a_start_that_is_moved_does_not_hide_what_was_done(clone: Clone) -> None:
    start = clone.git.head.commit.hexsha
    settle(clone, f"trust: {{policy_start: {start}}}\n", DAY(9))
    clone.put(DOCUMENT_ID, LATER)
    edited = clone.commit(date=DAY(10))
    moved = settle(clone, f"trust: {{policy_start: {edited}}}\n", DAY(11))
    assert found(clone) == [
        ("policy-loosened", "registry/settings.yaml", moved),
        ("uncorrected", DOCUMENT_ID, edited),
    ]


def test_a_known_fault_is_accepted_with_its_reason_and_still_told(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, LATER)
    edited = clone.commit(date=DAY(10))
    settle(
        clone,
        f"trust: {{accepted: [{{rule: uncorrected, commit: {edited}, record: {DOCUMENT_ID}, "
        "why: Nhập nhầm khi chuyển sổ}]}\n",
        DAY(11),
    )
    finding = the_only(clone)
    assert (finding["rule"], finding["accepted"]) == ("uncorrected", "Nhập nhầm khi chuyển sổ")


def test_what_was_public_before_the_policy_and_is_internal_now_is_noticed(clone: Clone) -> None:
    hide(clone)
    hidden = clone.commit(date=DAY(10))
    settle(clone, f"trust: {{policy_start: {hidden}}}\n", DAY(11))
    finding = the_only(clone)
    assert (finding["rule"], finding["severity"]) == ("once-public", "notice")
    assert (finding["where"], finding["commit"]) == (DOCUMENT_ID, hidden)


def test_a_record_of_a_kept_checkpoint_stays_whatever_the_policy_starts_with(
    clone: Clone, checkpoint: Keep
) -> None:
    kept = checkpoint(clone)
    delete(clone)
    gone = clone.commit(date=DAY(10))
    settle(clone, f"trust: {{policy_start: {gone}}}\n", DAY(11))
    assert ("kept-record", DOCUMENT_ID, gone) in found(clone, "--checkpoint", kept)


def test_settings_of_the_user_and_of_the_clone_play_no_part(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text(
        "[log]\n showSignature = true\n mailmap = false\n[color]\n ui = always\n"
        "[core]\n quotePath = true\n[diff]\n renames = copies\n noprefix = true\n",
        encoding="utf-8",
    )
    clone.put(DOCUMENT_ID, LATER)
    before = found(clone)
    edited = clone.commit(date=DAY(10))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    os.environ.pop("GIT_CONFIG_SYSTEM", None)
    assert before == []
    assert found(clone) == [("uncorrected", DOCUMENT_ID, edited)]
