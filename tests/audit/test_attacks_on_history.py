"""``registry audit``: each way of rewriting a registry's history is found, and named."""

from collections.abc import Callable
from pathlib import Path

import git
import pytest

from builder.findings import RegistryError
from tests.audit.conftest import (
    DAY,
    LATER,
    OTHER,
    OTHERS,
    audit,
    found,
    grow,
    the_only,
)
from tests.history.conftest import CORRECTION, DOCUMENT_ID, TEXT, Clone

Keep = Callable[[Clone], str]

# An honest history


def test_an_honest_history_raises_nothing(clone: Clone, checkpoint: Keep) -> None:
    """Merges, renames of what is no record, additions, corrections, withdrawals, drafts."""
    draft = OTHERS.replace("access: public", "access: internal")
    clone.put("ghi-chep/ghi-chu.md", "# Ghi chú\n")
    clone.put("documents/vi-du/an-binh/nhap", draft)
    clone.commit(date=DAY(3))
    kept = checkpoint(clone)
    clone.git.git.checkout("-q", "-b", "sua")
    clone.put(DOCUMENT_ID, LATER + CORRECTION)
    clone.commit(date=DAY(4))
    clone.put(f"registry/{DOCUMENT_ID}.2025-08-01.txt", TEXT.replace("ký", "ban hành"))
    clone.put(DOCUMENT_ID, LATER + CORRECTION + "text_versions: [{valid_from: 2025-08-01}]\n")
    clone.commit(date=DAY(5))
    clone.git.git.checkout("-q", "main")
    clone.git.git.mv("ghi-chep/ghi-chu.md", "ghi-chep/ghi-nho.md")
    clone.git.git.mv(
        "registry/documents/vi-du/an-binh/nhap.yaml",
        "registry/documents/vi-du/an-binh/ban-nhap.yaml",
    )
    clone.commit(date=DAY(6))
    clone.merge("sua", DAY(7))
    grow(clone, 2)
    clone.put(
        "documents/vi-du/an-binh/ke-hoach-10",
        OTHERS.replace("02/KH", "10/KH") + "withdrawn: {on: 2025-07-20, reason: Ghi hai lần}\n",
    )
    clone.commit("Rút", date=DAY(20))
    report = audit(clone, "--checkpoint", kept)
    assert report["findings"] == []
    assert report["examined"]["commits"] == 9


def test_the_checkpoints_of_every_commit_hold_later_on(clone: Clone, checkpoint: Keep) -> None:
    kept = []
    for number in (10, 11, 12):
        kept += ["--checkpoint", checkpoint(clone)]
        grow(clone, 1, number)
    assert found(clone, *kept) == []


def test_people_read_what_was_examined_and_what_is_not_proven(clone: Clone) -> None:
    said = clone.run("audit").stdout
    assert said.startswith("1 commit from 2025-07-02 to 2025-07-02, up to ")
    assert "the policy holds from the first commit on" in said
    assert "0 faults" in said
    assert "not proven: whether the whole history was exchanged" in said


# Attacks on the line of commits


def test_a_forced_push_is_found_with_the_last_commit_in_common(
    clone: Clone, checkpoint: Keep
) -> None:
    first = clone.git.head.commit.hexsha
    [old] = grow(clone, 1)
    kept = checkpoint(clone)
    clone.git.git.reset("-q", "--hard", first)
    grow(clone, 3, 11)
    finding = the_only(clone, "--checkpoint", kept)
    assert (finding["rule"], finding["commit"]) == ("history-rewritten", first)
    assert finding["since"] == "2025-07-02T09:00:00+07:00"
    assert f"{old[:10]} of {kept} is not in this history" in finding["what"]


def test_another_history_altogether_is_found(clone: Clone, checkpoint: Keep) -> None:
    kept = checkpoint(clone)
    clone.git.git.checkout("-q", "--orphan", "khac")
    clone.commit("Mở sổ lại", date=DAY(3))
    finding = the_only(clone, "--checkpoint", kept)
    assert finding["rule"] == "history-rewritten"
    assert "nor is anything before it" in finding["what"]


@pytest.mark.parametrize("dropped", [1, 3, 40])
def test_commits_dropped_at_the_top_are_found_and_counted(
    clone: Clone, checkpoint: Keep, dropped: int
) -> None:
    for _ in range(70):
        clone.commit("Không đổi", date=DAY(9))
    kept = checkpoint(clone)
    back = 64 if dropped == 40 else dropped
    clone.git.git.reset("-q", "--hard", f"HEAD~{back}")
    finding = the_only(clone, "--checkpoint", kept)
    assert (finding["rule"], finding["commit"]) == ("history-cut", clone.git.head.commit.hexsha)
    assert "are gone" in finding["what"]
    if back <= 32:
        assert f", {back} or more," in finding["what"]


def test_a_main_line_made_a_side_branch_is_found(clone: Clone, checkpoint: Keep) -> None:
    first = clone.git.head.commit.hexsha
    grow(clone, 1)
    kept = checkpoint(clone)
    clone.git.git.checkout("-q", "-b", "lech", first)
    clone.put("README.md", "Sổ\n")
    clone.commit(date=DAY(11))
    merge = clone.merge("main", DAY(12), "-s", "ours")
    rules = found(clone, "--checkpoint", kept)
    assert ("history-rewritten", None, merge) in rules


def test_a_merge_that_brings_in_a_second_beginning_is_found(clone: Clone) -> None:
    clone.git.git.checkout("-q", "--orphan", "la")
    root = clone.commit("Gốc lạ", date=DAY(3))
    clone.git.git.checkout("-q", "main")
    merge = clone.merge("la", DAY(4), "--allow-unrelated-histories")
    finding = the_only(clone)
    assert (finding["rule"], finding["commit"]) == ("second-root", merge)
    assert root[:10] in finding["what"]


def test_a_back_dated_commit_is_found(clone: Clone) -> None:
    grow(clone, 1, 20)
    clone.put(OTHER, OTHERS)
    commit = clone.commit("Lùi ngày", date="2025-07-05T09:00:00+07:00")
    finding = the_only(clone)
    assert (finding["rule"], finding["commit"]) == ("back-dated", commit)
    assert "dated 2025-07-05T09:00:00+07:00, and follows one of 2025-07-20" in finding["what"]


def test_clocks_that_differ_by_minutes_are_no_attack(clone: Clone) -> None:
    clone.commit(date="2025-07-10T09:20:00+07:00")
    clone.commit(date="2025-07-10T09:00:00+07:00")
    assert found(clone) == []


def test_an_object_that_was_exchanged_on_the_disk_is_found(clone: Clone) -> None:
    blob = clone.git.head.commit.tree[f"registry/{DOCUMENT_ID}.yaml"].hexsha
    other = clone.git.git.hash_object("-w", clone.path("units/vi-du"))
    objects = Path(clone.git.git_dir) / "objects"
    path = objects / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes((objects / other[:2] / other[2:]).read_bytes())
    assert ("damaged", None, None) in found(clone)


@pytest.mark.parametrize("how", ["replace", "graft"])
def test_local_replacements_do_not_hide_an_attack(clone: Clone, how: str) -> None:
    first = clone.git.head.commit.hexsha
    clone.put(DOCUMENT_ID, LATER)
    edited = clone.commit("Sửa lặng lẽ", date=DAY(10))
    [last] = grow(clone, 1, 11)
    if how == "replace":
        clone.git.git.replace("--graft", last, first)
    else:
        (Path(clone.git.git_dir) / "info").mkdir(exist_ok=True)
        (Path(clone.git.git_dir) / "info/grafts").write_text(f"{last} {first}\n", encoding="utf-8")
    assert found(clone) == [("uncorrected", DOCUMENT_ID, edited)]


def test_a_shallow_clone_cannot_be_audited(clone: Clone, tmp_path: Path) -> None:
    grow(clone, 1)
    git.Repo.clone_from(f"file://{clone.root}", tmp_path / "can", depth=1)
    result = Clone.run(type("At", (), {"root": tmp_path / "can"})(), "audit")  # type: ignore[arg-type]
    assert isinstance(result.exception, RegistryError)
    assert "shallow" in str(result.exception)
