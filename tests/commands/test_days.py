"""Days are written in two ways, and every command reads both."""

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder import cli
from tests.registries import write

PLAN = "documents/vi-du/an-binh/ke-hoach-thu"
WITH_DAYS = [
    ("applicable", "99001@2025-07-01", "--on"),
    ("lookup", "An Bình", "--on"),
    ("search", "an bình", "--on"),
    ("diff", "HEAD", "--on"),
    ("show", PLAN, "--at"),
    ("history", PLAN, "--at"),
    ("applicable", "99001@2025-07-01", "--as-known-on"),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("days"))
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"]):
        named = ["-c", "user.name=A", "-c", "user.email=a@example.gov.vn"]
        subprocess.run(["git", "-C", str(root), *named, *words], check=True)
    return root


def run(root: Path, *arguments: str):
    return CliRunner().invoke(cli.app, ["--root", str(root), *arguments])


@pytest.mark.parametrize("command", WITH_DAYS)
def test_a_day_is_read_as_iso_and_as_documents_write_it(
    root: Path, command: tuple[str, ...]
) -> None:
    one, other = run(root, *command, "2099-07-01"), run(root, *command, "1/7/2099")
    assert one.exit_code == other.exit_code == 0, f"{one.output}{other.exception}"
    assert one.stdout == other.stdout.replace("1/7/2099", "2099-07-01")


@pytest.mark.parametrize("command", WITH_DAYS)
@pytest.mark.parametrize("said", ["31/6/2025", "2025-02-30"])
def test_a_day_that_no_calendar_has_is_wrong_usage(
    root: Path, command: tuple[str, ...], said: str
) -> None:
    result = run(root, *command, said)
    words = f"{result.stderr}{vars(result.exception) if result.exception else ''}{result.exception}"
    assert f"'{said}' is no day" in words
    assert "write YYYY-MM-DD or D/M/YYYY" in words


@pytest.mark.parametrize("said", ["20250701", "2025-W27-2", "7-1-2025", ""])
def test_what_is_no_day_is_not_taken_for_one(root: Path, said: str) -> None:
    for command in WITH_DAYS[:4]:
        assert run(root, *command, said).exit_code == 2


def test_edit_takes_a_day_as_documents_write_it_where_a_day_belongs(root: Path) -> None:
    changes = ("--set", "dates.expires=31/12/2025", "--set", "title=1/7/2025", "--dry-run")
    result = run(root, "edit", PLAN, "--json", *changes)
    assert '"new": "2025-12-31"' in result.stdout
    assert '"new": "1/7/2025"' in result.stdout
