"""Real repositories with a small registry of the fictional tỉnh Ví Dụ."""

import os
from collections.abc import Callable
from pathlib import Path

import git
import pytest
from click.testing import Result
from typer.testing import CliRunner

from builder.cli import app
from tests.registries import HEAD, write
from tests.registries import UNITS as TWO_COMMUNES

DOCUMENT_ID = "documents/vi-du/an-binh/ke-hoach-thu"
MERGER_ID = "mergers/2025/sap-xep"
RESOLUTION_ID = "resolutions/trung-uong/2025/nghi-quyet-sap-xep"
UNITS = (
    TWO_COMMUNES
    + '  - {code: "99004", type: xã, name: Cẩm Sơn, parent: "99", valid_from: 2025-07-01}\n'
)
RESOLUTION = (
    HEAD
    + "title: Nghị quyết sắp xếp của tỉnh Ví Dụ\ntype: NQ\nstage: adopted\n"
    + "dates: {adopted: 2025-06-16}\n"
)
MERGER = (
    HEAD
    + f"""\
title: Sắp xếp thử
resolution: {RESOLUTION_ID}
province: "99@"
adopted: 2025-06-16
operational_from: 2025-07-01
events:
  - clause: 1
    kind: merge
    target: "99001@2025-07-01"
    sources:
      - {{unit: "99001@", area: whole, population: whole}}
      - {{unit: "99002@", area: rest, population: rest, after: [2]}}
    digest: "{"0" * 64}"
  - clause: 2
    kind: merge
    target: "99004@2025-07-01"
    sources:
      - {{unit: "99002@", area: part, population: part}}
    digest: "{"1" * 64}"
"""
)
CORRECTION = (
    "corrections:\n  - {on: 2025-08-01, what: Sửa ngày, why: Ghi nhầm, by: Biên tập, "
    "source: Bản chính}\n"
)
TEXT = "Điều 1. Phạm vi\nQuy chế này quy định phạm vi.\n\nĐiều 2. Hiệu lực\nTừ ngày ký.\n"


class Clone:
    """One repository: files are written and committed as an editor would."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git = git.Repo.init(root, initial_branch="main")
        with self.git.config_writer() as config:
            config.set_value("user", "name", "Biên Tập")
            config.set_value("user", "email", "bien.tap@example.org")
            config.set_value("commit", "gpgsign", "false")

    def path(self, record_id: str) -> Path:
        return self.root / "registry" / f"{record_id}.yaml"

    def put(self, name: str, text: str) -> None:
        """Writes a record by its id, or any file by its path."""
        path = self.root / name if "." in name else self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, record_id: str, old: str, new: str) -> None:
        path = self.path(record_id)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def commit(
        self, message: str = "Sửa", *, author: str = "", date: str = "2025-07-10T09:00:00+07:00"
    ) -> str:
        """Commits everything, at a given time; ``author`` is ``Name <mail>``."""
        self.git.git.add("-A")
        options = ["--allow-empty", "-m", message, *([f"--author={author}"] if author else [])]
        with self.git.git.custom_environment(GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date):
            self.git.git.commit(*options)
        return self.git.head.commit.hexsha

    def merge(self, branch: str, date: str = "2025-07-20T09:00:00+07:00", *options: str) -> str:
        with self.git.git.custom_environment(GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date):
            self.git.git.merge("--no-ff", "-m", f"Nhập {branch}", *options, branch)
        return self.git.head.commit.hexsha

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, ["--root", str(self.root), *arguments])


@pytest.fixture(autouse=True)
def _only_this_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a hook's environment nor a user's settings reach the repositories of the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def make_clone(tmp_path: Path) -> Callable[[], Clone]:
    """A repository with a first commit: units, body, document, resolution, merger, one text."""

    def make() -> Clone:
        root = tmp_path / "kho"
        root.mkdir()
        clone = Clone(root)
        write(root, {"units/vi-du": UNITS, MERGER_ID: MERGER, RESOLUTION_ID: RESOLUTION})
        clone.put(f"registry/{DOCUMENT_ID}.txt", TEXT)
        clone.commit("Mở sổ", date="2025-07-02T09:00:00+07:00")
        return clone

    return make


@pytest.fixture
def clone(make_clone: Callable[[], Clone]) -> Clone:
    return make_clone()
