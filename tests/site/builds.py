"""A registry of the fictional province to build, and sites to compare."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO

from builder.cli import main
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


def forked(work: Callable[[], object]) -> int:
    """Does ``work`` in a process forked from this one, which has all it needs in memory.

    Its exit code, or the signal that ended it as a negative number.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:  # noqa: BLE001  (told as Python would)
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(
    root: Path, *arguments: str, first: Callable[[], object] = lambda: None
) -> subprocess.CompletedProcess[str]:
    """``registry build`` in a forked process, which does something else ``first``."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as said:

        def command() -> None:
            os.environ["SOURCE_DATE_EPOCH"] = NOON
            sys.argv = ["registry", "--root", str(root), "build", *arguments]
            sys.stdout, sys.stderr = io.TextIOWrapper(told), io.TextIOWrapper(said)
            first()
            main()

        code = forked(command)
        return subprocess.CompletedProcess(arguments, code, _text(told), _text(said))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Another Python, begun from nothing."""
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
