"""Real repositories that are attacked, and what the audit says of them."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.history.conftest import DOCUMENT_ID, Clone, _only_this_repository, clone, make_clone
from tests.registries import DOCUMENT

__all__ = ["_only_this_repository", "clone", "make_clone"]

LAN = "Lan <lan@vidu.example>"
HOA = "Hoa <hoa@vidu.example>"
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


def delete(clone: Clone) -> None:
    clone.path(DOCUMENT_ID).unlink()
    (clone.root / f"registry/{DOCUMENT_ID}.txt").unlink()


def hide(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("access: public", "access: internal"))


def audit(clone: Clone, *options: str) -> dict:
    """The report of ``registry audit``; the exit code fits what was found."""
    result = clone.run("audit", "--json", *options)
    assert result.exit_code in (0, 1), result.output
    report = json.loads(result.stdout)
    faults = [f for f in report["findings"] if f["severity"] == "error" and not f["accepted"]]
    assert result.exit_code == (1 if faults else 0)
    return report


def found(clone: Clone, *options: str) -> list[tuple[str, str | None, str | None]]:
    """Rule, place and commit of every finding, in order."""
    return [(f["rule"], f["where"], f["commit"]) for f in audit(clone, *options)["findings"]]


def the_only(clone: Clone, *options: str) -> dict:
    [finding] = audit(clone, *options)["findings"]
    return finding


def publish(clone: Clone, out: Path) -> Path:
    """The site of the last commit, built; gives its folder."""
    result = clone.run("build", "--out", str(out), "--no-search")
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture
def checkpoint(tmp_path: Path) -> Callable[[Clone], str]:
    """``checkpoint(clone)``: keeps what the site of the last commit publishes; gives the file."""

    def keep(clone: Clone) -> str:
        kept = tmp_path / f"kept-{len(list(tmp_path.glob('kept-*')))}.json"
        site = publish(clone, tmp_path / "kept-site")
        kept.write_bytes((site / "checkpoint.json").read_bytes())
        return str(kept)

    return keep


class Key:
    """A key of one person, and the line that allows it."""

    def __init__(self, folder: Path, mail: str) -> None:
        self.mail = mail
        self.file = folder / mail.partition("@")[0]
        if not self.file.exists():
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", mail, "-f", str(self.file)],
                check=True,
            )  # fmt: skip

    @property
    def allowed(self) -> str:
        public = self.file.with_suffix(".pub").read_text(encoding="utf-8").split()
        return f"{self.mail} {public[0]} {public[1]}\n"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Key]:
    """``keys(person)``: made once, since keys are dear."""
    folder = tmp_path_factory.mktemp("keys")
    return lambda person: Key(folder, person.partition("<")[2].rstrip(">"))


def signed(
    clone: Clone, key: Key, person: str, message: str, date: str, *, author: str = ""
) -> str:
    """Commits everything, signed with a key, in the name of a person."""
    name, _, mail = person.rstrip(">").partition(" <")
    clone.git.git.add("-A")
    environment = {
        "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": mail, "HOME": os.devnull,
    }  # fmt: skip
    with clone.git.git.custom_environment(**environment):
        clone.git.git.execute(
            [
                "git", "-c", "gpg.format=ssh", "-c", f"user.signingkey={key.file}", "commit",
                "--allow-empty", "-S", "-m", message, f"--author={author or person}",
            ]
        )  # fmt: skip
    return clone.git.head.commit.hexsha
