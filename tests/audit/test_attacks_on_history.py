"""``registry audit``: each way of rewriting a registry's history is found, and named."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import git
import pytest

from builder.findings import RegistryError
from tests.audit.conftest import audit, found, the_only
from tests.history.conftest import CORRECTION, DOCUMENT_ID, TEXT, Clone
from tests.registries import DOCUMENT

Keep = Callable[[Clone], str]
OTHER = "documents/vi-du/an-binh/ke-hoach-khac"
OTHERS = DOCUMENT.replace("Kế hoạch thử", "Kế hoạch khác").replace("01/KH-UBND", "02/KH-UBND")
LATER = DOCUMENT.replace("effective: 2025-07-02", "effective: 2025-07-03")
DAY = "2025-07-{:02}T09:00:00+07:00".format


def grow(clone: Clone, count: int, first: int = 10) -> list[str]:
    """Honest commits, one a day: each adds a record."""
    commits = []
    for number in range(first, first + count):
        text = OTHERS.replace("02/KH", f"{number}/KH")
        clone.put(f"documents/vi-du/an-binh/ke-hoach-{number}", text)
        commits.append(clone.commit(f"Thêm {number}", date=DAY(number)))
    return commits


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
    assert said.startswith("1 commits from 2025-07-02 to 2025-07-02, up to ")
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


# Attacks on records


def edit(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, LATER)


def delete(clone: Clone) -> None:
    clone.path(DOCUMENT_ID).unlink()
    (clone.root / f"registry/{DOCUMENT_ID}.txt").unlink()


def rename(clone: Clone) -> None:
    clone.path(DOCUMENT_ID).rename(clone.path(OTHER))
    (clone.root / f"registry/{DOCUMENT_ID}.txt").unlink()


def renumber(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("01/KH", "09/KH") + CORRECTION)


def rewrite_text(clone: Clone) -> None:
    clone.put(f"registry/{DOCUMENT_ID}.txt", TEXT.replace("ký", "ban hành"))


def hide(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("access: public", "access: internal"))


@pytest.mark.parametrize(
    ("attack", "rule"),
    [
        (edit, "uncorrected"), (delete, "kept-record"), (rename, "kept-record"),
        (renumber, "kept-identity"), (rewrite_text, "kept-text"), (hide, "kept-public"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)  # fmt: skip
def test_a_published_record_is_not_rewritten_unnoticed_even_if_it_was_put_back(
    clone: Clone, attack: Callable[[Clone], None], rule: str
) -> None:
    attack(clone)
    commit = clone.commit("Lặng lẽ", date=DAY(10))
    clone.git.git.revert("--no-edit", "--no-commit", commit)
    clone.commit("Trả lại", date=DAY(11))
    findings = audit(clone)["findings"]
    assert (findings[0]["rule"], findings[0]["where"]) == (rule, DOCUMENT_ID)
    assert (findings[0]["commit"], findings[0]["since"]) == (commit, DAY(10))
    assert findings[0]["hint"]


def test_a_renamed_record_is_named_with_its_new_name(clone: Clone) -> None:
    rename(clone)
    clone.commit(date=DAY(10))
    assert f"was renamed to {OTHER}" in audit(clone)["findings"][0]["what"]


def test_an_id_that_is_used_again_is_found(clone: Clone) -> None:
    delete(clone)
    clone.commit(date=DAY(10))
    clone.put(DOCUMENT_ID, OTHERS)
    commit = clone.commit(date=DAY(11))
    assert ("reused-id", DOCUMENT_ID, commit) in found(clone)


def test_the_number_of_a_deleted_document_on_another_one_is_found(clone: Clone) -> None:
    clone.put(OTHER, OTHERS)
    clone.commit(date=DAY(9))
    clone.path(OTHER).unlink()
    gone = clone.commit(date=DAY(10))
    fresh = "documents/vi-du/an-binh/ke-hoach-thay"
    clone.put(fresh, OTHERS.replace("khác", "thay"))
    taken = clone.commit(date=DAY(11))
    assert found(clone) == [("kept-record", OTHER, gone), ("reused-number", fresh, taken)]
    [_, finding] = audit(clone)["findings"]
    assert finding["what"] == f"02/KH-UBND was the number of {OTHER} before"


def attach(clone: Clone, content: bytes, named: bytes) -> None:
    name = "ke-hoach-thu.ban-goc.pdf"
    (clone.root / f"registry/documents/vi-du/an-binh/{name}").write_bytes(content)
    clone.put(
        DOCUMENT_ID,
        DOCUMENT + f"attachments: [{{file: {name}, title: Bản gốc, media_type: pdf, "
        f"sha256: {hashlib.sha256(named).hexdigest()}, size: {len(named)}}}]\n",
    )


def test_an_attached_file_that_was_swapped_is_found(clone: Clone) -> None:
    right, wrong = b"%PDF-1.7 right", b"%PDF-1.7 wrong"
    attach(clone, right, right)
    clone.commit(date=DAY(9))
    assert found(clone) == []
    attach(clone, wrong, right)
    swapped = clone.commit(date=DAY(10))
    clone.put("README.md", "Sổ\n")
    clone.commit(date=DAY(11))
    finding = the_only(clone)
    assert (finding["rule"], finding["where"]) == ("attachment-changed", DOCUMENT_ID)
    assert (finding["commit"], finding["since"]) == (swapped, DAY(10))
    assert "ke-hoach-thu.ban-goc.pdf" in finding["what"]


def test_an_attached_file_that_is_swapped_with_its_digest_is_an_edit(clone: Clone) -> None:
    attach(clone, b"%PDF-1.7 right", b"%PDF-1.7 right")
    clone.commit(date=DAY(9))
    attach(clone, b"%PDF-1.7 wrong", b"%PDF-1.7 wrong")
    commit = clone.commit(date=DAY(10))
    assert ("uncorrected", DOCUMENT_ID, commit) in found(clone)


def test_a_record_that_a_merge_left_out_is_found(clone: Clone) -> None:
    clone.git.git.checkout("-q", "-b", "sua")
    clone.put("README.md", "Sổ\n")
    clone.commit(date=DAY(10))
    clone.git.git.checkout("-q", "main")
    clone.git.git.merge("--no-ff", "--no-commit", "sua")
    delete(clone)
    merge = clone.commit("Nhập", date=DAY(11))
    assert found(clone) == [("kept-record", DOCUMENT_ID, merge)]


# Attacks on checkpoints


def tampered(kept: str, **changes: object) -> str:
    path = Path(kept)
    content = json.loads(path.read_text(encoding="utf-8"))
    content |= changes
    path.write_text(json.dumps(content), encoding="utf-8")
    return kept


def test_a_checkpoint_with_another_digest_of_a_record_is_found(
    clone: Clone, checkpoint: Keep
) -> None:
    kept = checkpoint(clone)
    records = json.loads(Path(kept).read_text(encoding="utf-8"))["records"]
    records[DOCUMENT_ID]["sha256"] = "0" * 64
    finding = the_only(clone, "--checkpoint", tampered(kept, records=records))
    assert (finding["rule"], finding["where"]) == ("checkpoint-edited", DOCUMENT_ID)


@pytest.mark.parametrize("field", ["tree", "root", "chain", "committed"])
def test_a_checkpoint_with_another_statement_is_found(
    clone: Clone, checkpoint: Keep, field: str
) -> None:
    kept = checkpoint(clone)
    value = json.loads(Path(kept).read_text(encoding="utf-8"))[field]
    other = value[:-1] + ("0" if value[-1] != "0" else "1")
    finding = the_only(clone, "--checkpoint", tampered(kept, **{field: other}))
    assert finding["rule"] == "checkpoint-edited"
    assert f"says another {field} of" in finding["what"]


def test_a_checkpoint_is_chained_to_the_one_before(clone: Clone, checkpoint: Keep) -> None:
    first = json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))
    grow(clone, 1)
    second = json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))
    assert first["previous"] is None
    assert second["previous"] == {"commit": first["commit"], "chain": first["chain"]}
    assert second["line"] == [first["commit"]]


def test_a_checkpoint_names_every_public_record_with_its_digests(
    clone: Clone, checkpoint: Keep
) -> None:
    content = json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))
    assert content["records"][DOCUMENT_ID] == {
        "sha256": hashlib.sha256(DOCUMENT.encode()).hexdigest(),
        "texts": {"": hashlib.sha256(TEXT.encode()).hexdigest()},
    }
    assert content["tree"] == clone.git.head.commit.tree.hexsha


def test_a_checkpoint_says_nothing_of_internal_records(clone: Clone, checkpoint: Keep) -> None:
    before = json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))
    clone.put(OTHER, OTHERS.replace("access: public", "access: internal"))
    clone.commit(date=DAY(10))
    kept = checkpoint(clone)
    content = json.loads(Path(kept).read_text(encoding="utf-8"))
    assert content["records"] == before["records"]
    assert content["tree"] is None, "its id would confirm a guess of the internal file"
    assert found(clone, "--checkpoint", kept) == []


def test_what_stands_in_no_commit_makes_no_clean_checkpoint(clone: Clone, checkpoint: Keep) -> None:
    clone.put(DOCUMENT_ID, LATER)
    assert json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))["clean"] is False


# What is asked of the history


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
