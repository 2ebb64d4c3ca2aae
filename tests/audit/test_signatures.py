"""``registry audit``: commits signed from the day on which that is asked for, and by whom."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audit.conftest import HOA, LAN, Key, audit, found, signed, the_only
from tests.history.conftest import Clone
from tests.registries import DOCUMENT

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
Keys = Callable[[str], Key]
OTHER = "documents/vi-du/an-binh/ke-hoach-khac"
OTHERS = DOCUMENT.replace("Kế hoạch thử", "Kế hoạch khác").replace("01/KH-UBND", "02/KH-UBND")
DAY = "2025-07-{:02}T09:00:00+07:00".format
SETTINGS, SIGNERS = "registry/settings.yaml", "registry/allowed_signers"
SINCE = "trust: {signatures_since: 2025-07-05}\n"


def allow(clone: Clone, text: str) -> None:
    """Says who may sign, in the file itself: it is no record."""
    (clone.root / SIGNERS).write_text(text, encoding="utf-8")


@pytest.fixture
def asking(clone: Clone, keys: Keys) -> Clone:
    """A registry in which Lan may sign, and all have to from the fifth of July on."""
    allow(clone, keys(LAN).allowed)
    clone.put(SETTINGS, SINCE)
    clone.commit("Bắt đầu ký", date=DAY(3))
    return clone


def test_commits_signed_by_those_who_may_raise_nothing(asking: Clone, keys: Keys) -> None:
    first = signed(asking, keys(LAN), LAN, "Ký", DAY(6))
    asking.put(OTHER, OTHERS)
    signed(asking, keys(LAN), LAN, "Thêm", DAY(7))
    report = audit(asking)
    assert report["findings"] == []
    assert report["examined"]["signed_since"] == first


def test_before_the_day_commits_need_no_signature(asking: Clone) -> None:
    asking.commit(date=DAY(4))
    report = audit(asking)
    assert report["findings"] == []
    assert "signatures" in " ".join(report["not_examined"])


def test_an_unsigned_commit_is_found(asking: Clone, keys: Keys) -> None:
    signed(asking, keys(LAN), LAN, "Ký", DAY(6))
    commit = asking.commit("Không ký", date=DAY(7))
    finding = the_only(asking)
    assert (finding["rule"], finding["commit"], finding["since"]) == ("unsigned", commit, DAY(7))


def test_an_unsigned_commit_on_a_branch_is_found_though_its_merge_is_signed(
    asking: Clone, keys: Keys
) -> None:
    signed(asking, keys(LAN), LAN, "Ký", DAY(6))
    asking.git.git.checkout("-q", "-b", "sua")
    asking.put(OTHER, OTHERS)
    commit = asking.commit("Không ký", date=DAY(7))
    asking.git.git.checkout("-q", "main")
    asking.git.git.merge("--no-ff", "--no-commit", "sua")
    signed(asking, keys(LAN), LAN, "Nhập", DAY(8))
    assert found(asking) == [("unsigned", None, commit)]


def test_a_commit_signed_by_somebody_else_is_found(asking: Clone, keys: Keys) -> None:
    commit = signed(asking, keys(HOA), HOA, "Ký", DAY(6))
    finding = the_only(asking)
    assert (finding["rule"], finding["commit"]) == ("unknown-signer", commit)


def test_a_signature_that_belongs_to_another_commit_is_found(asking: Clone, keys: Keys) -> None:
    commit = signed(asking, keys(LAN), LAN, "Ký", DAY(6))
    raw = asking.git.git.cat_file("commit", commit).replace("\n\nKý", "\n\nKhác")
    path = asking.root.parent / "commit"
    path.write_text(raw + "\n", encoding="utf-8")
    forged = asking.git.git.hash_object("-t", "commit", "-w", str(path))
    asking.git.git.reset("-q", "--hard", forged)
    finding = the_only(asking)
    assert (finding["rule"], finding["commit"]) == ("bad-signature", forged)


@pytest.mark.parametrize(
    ("person", "author", "role"), [(LAN, HOA, "author"), (HOA, LAN, "committer")]
)
def test_a_commit_in_the_name_of_another_is_found(
    asking: Clone, keys: Keys, person: str, author: str, role: str
) -> None:
    commit = signed(asking, keys(LAN), person, "Giả danh", DAY(6), author=author)
    finding = the_only(asking)
    assert (finding["rule"], finding["commit"]) == ("forged-author", commit)
    assert f"names the {role} hoa@vidu.example, but lan@vidu.example signed it" in finding["what"]


def test_nobody_lets_himself_in(asking: Clone, keys: Keys) -> None:
    allow(asking, keys(LAN).allowed + keys(HOA).allowed)
    commit = signed(asking, keys(HOA), HOA, "Thêm khóa", DAY(6))
    assert found(asking) == [("unknown-signer", None, commit)]


def test_who_was_let_in_may_sign_from_the_next_commit_on(asking: Clone, keys: Keys) -> None:
    allow(asking, keys(LAN).allowed + keys(HOA).allowed)
    signed(asking, keys(LAN), LAN, "Thêm khóa", DAY(6))
    signed(asking, keys(HOA), HOA, "Ký", DAY(7))
    assert found(asking) == []


def test_who_was_let_out_signed_well_before(asking: Clone, keys: Keys) -> None:
    allow(asking, keys(LAN).allowed + keys(HOA).allowed)
    signed(asking, keys(LAN), LAN, "Thêm khóa", DAY(6))
    signed(asking, keys(HOA), HOA, "Ký", DAY(7))
    allow(asking, keys(LAN).allowed)
    signed(asking, keys(LAN), LAN, "Bỏ khóa", DAY(8))
    late = signed(asking, keys(HOA), HOA, "Vẫn ký", DAY(9))
    assert found(asking) == [("unknown-signer", None, late)]


def test_a_commit_dated_before_the_day_does_not_escape(asking: Clone, keys: Keys) -> None:
    signed(asking, keys(LAN), LAN, "Ký", DAY(6))
    commit = asking.commit("Lùi ngày", date=DAY(4))
    assert found(asking) == [("back-dated", None, commit), ("unsigned", None, commit)]


@pytest.mark.parametrize("text", ["", "trust: {signatures_since: 2026-07-05}\n"])
def test_signatures_that_were_asked_for_are_not_given_up_in_silence(
    asking: Clone, keys: Keys, text: str
) -> None:
    signed(asking, keys(LAN), LAN, "Ký", DAY(6))
    asking.put(SETTINGS, text)
    loosened = asking.commit("Thôi ký", date=DAY(7))
    later = asking.commit("Không ký", date=DAY(8))
    assert found(asking) == [
        ("policy-loosened", SETTINGS, loosened), ("unsigned", None, loosened),
        ("unsigned", None, later),
    ]  # fmt: skip


def test_a_program_that_the_clone_names_for_signatures_is_not_run(
    asking: Clone, keys: Keys, tmp_path: Path
) -> None:
    trap, mark = tmp_path / "trap.sh", tmp_path / "was-run"
    trap.write_text(f'#!/bin/sh\ntouch "{mark}"\necho Good\n', encoding="utf-8")
    trap.chmod(0o755)
    with asking.git.config_writer() as config:
        config.set_value('gpg "ssh"', "program", str(trap))
        config.set_value("gpg", "program", str(trap))
    commit = signed_elsewhere(asking, keys)
    assert found(asking) == [("unknown-signer", None, commit)]
    assert not mark.exists()


def signed_elsewhere(clone: Clone, keys: Keys) -> str:
    """A commit signed by Hoa in spite of the trap, since her own settings are on the line."""
    clone.git.git.add("-A")
    with clone.git.git.custom_environment(
        GIT_AUTHOR_DATE=DAY(6), GIT_COMMITTER_DATE=DAY(6), GIT_COMMITTER_NAME="Hoa",
        GIT_COMMITTER_EMAIL="hoa@vidu.example",
    ):  # fmt: skip
        clone.git.git.execute(
            [
                "git", "-c", "gpg.format=ssh", "-c", "gpg.ssh.program=ssh-keygen", "-c",
                f"user.signingkey={keys(HOA).file}", "commit", "--allow-empty", "-S", "-m", "Ký",
                f"--author={HOA}",
            ]
        )  # fmt: skip
    return clone.git.head.commit.hexsha
