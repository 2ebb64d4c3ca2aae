"""A registry of the fictional province to build, and sites to compare."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.registries import write

NOON = "1767243600"  # 2026-01-01, noon in Vietnam
MARKER = ".registry-site.json"


def small(root: Path, changes: dict[str, str | None] | None = None) -> Path:
    """A registry of three records, changed by id."""
    return write(root, changes)


def vi_du(root: Path) -> Path:
    """The registry of tỉnh Ví Dụ."""
    shutil.copytree(ROOT / "tests/fixtures/vi-du", root, dirs_exist_ok=True)
    return root


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``registry build`` in a process of its own."""
    return python("-m", "builder", "--root", str(root), "build", *arguments, **environment)


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        check=False, cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": NOON, **environment},
    )  # fmt: skip


def files(site: Path) -> dict[str, bytes]:
    """Bytes by path of all files, hidden ones included."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def inodes(site: Path) -> dict[str, int]:
    return {name: (site / name).stat().st_ino for name in files(site) if name != MARKER}
