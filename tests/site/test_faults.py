"""Faults at any point of a build: the old site stays whole, and the next build works."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from builder.findings import RegistryError
from builder.site import build as module
from builder.site.output import Staging
from tests.conftest import ROOT
from tests.registries import DOCUMENT
from tests.site.builds import NOON, files, run, small

ID = "documents/vi-du/an-binh/ke-hoach-thu"
# Counts what the process asks of the file system, and kills it at the n-th time.
KILLED = """
import os, signal, sys
from pathlib import Path
from builder.site.build import build
count, main = 0, os.getpid()
def watch(event, arguments):
    global count
    if event.startswith(("open", "os.", "shutil.", "ctypes.call")) and started:
        count += 1
        if count == int(sys.argv[2]):
            os.kill(main, signal.SIGKILL)
started = False
sys.addaudithook(watch)
root = Path(sys.argv[1])
started = True
build(root, root / "site", full_text=False, force=True)
print(count)
"""


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry with its site."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    small(tmp_path)
    module.build(tmp_path, tmp_path / "site", full_text=False)
    return tmp_path


def kill_at(root: Path, step: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(root), str(step)], cwd=ROOT, check=False,
        capture_output=True, text=True, env={**os.environ, "SOURCE_DATE_EPOCH": NOON},
    )  # fmt: skip


def test_a_build_killed_anywhere_leaves_a_whole_site_and_the_next_one_works(built: Path) -> None:
    """From the first file that is read to the last folder that is removed."""
    expected = files(built / "site")
    total = int(kill_at(built, -1).stdout)
    assert total > 500
    steps = [1, *(total * part // 5 for part in range(1, 5)), *range(total - 3, total + 1)]
    for step in steps:
        killed = kill_at(built, step)
        assert killed.returncode == -9, step
        left = built / "site"
        if not left.exists():  # between two renames, where folders cannot be exchanged
            left = built / ".site.old"
        assert files(left) == expected, step
    assert run(built, "--no-search").returncode == 0
    assert files(built / "site") == expected
    assert sorted(path.name for path in built.iterdir()) == [".site.before", "registry", "site"]


def test_a_disk_that_takes_no_large_file_ends_the_build_in_one_clean_line(built: Path) -> None:
    expected = files(built / "site")
    done = subprocess.run(
        [sys.executable, "-m", "builder", "--root", str(built), "build", "--no-search", "--force"],
        cwd=ROOT, check=False, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "File too large" in done.stderr
    assert files(built / "site") == expected


@pytest.mark.parametrize("write", [0, 3, 30])
def test_permission_lost_midway_leaves_the_old_site(
    built: Path, monkeypatch: pytest.MonkeyPatch, write: int
) -> None:
    expected, own, count = files(built / "site"), Staging.write, 0

    def lost(self: Staging, path: str, key: str, data: bytes) -> object:
        nonlocal count
        count += 1
        if count > write:
            raise PermissionError(13, "Permission denied", path)
        return own(self, path, key, data)

    monkeypatch.setattr(Staging, "write", lost)
    with pytest.raises(RegistryError, match="Permission denied"):
        module.build(built, built / "site", full_text=False, force=True)
    assert files(built / "site") == expected
    assert not (built / ".site.before").exists()


def test_a_place_where_nothing_can_be_written_is_one_clean_line(tmp_path: Path) -> None:
    done = run(small(tmp_path), "--no-search", "--out", "/proc/no-place/site")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "could not be written" in done.stderr


@pytest.mark.parametrize("year", [1971, 2037])
def test_a_clock_that_was_wrong_changes_no_byte(built: Path, year: int) -> None:
    """Whatever times the files of the old site bear, the next one is as it should be."""
    expected = files(built / "site")
    seconds = (year - 1970) * 31_557_600
    for path in (built / "site").rglob("*"):
        os.utime(path, (seconds, seconds))
    assert run(built, "--no-search").returncode == 0
    assert files(built / "site") == expected


def test_a_record_that_changes_while_the_site_is_built_is_right_after_the_next_build(
    built: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = DOCUMENT.replace("Kế hoạch thử", "Kế hoạch mới")
    own = module.search_files

    def meanwhile(*arguments: object, **options: object) -> object:
        small(built, {ID: changed})
        return own(*arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(module, "search_files", meanwhile)
        with pytest.raises(RegistryError, match="by digest"):
            module.build(built, built / "site", full_text=False, force=True)
    whole = files(built / "site")
    assert "Kế hoạch thử".encode() in whole[f"{ID}/index.html"]
    module.build(built, built / "site", full_text=False)
    fresh = small(tmp_path_factory.mktemp("fresh"), {ID: changed})
    module.build(fresh, fresh / "site", full_text=False)
    assert files(built / "site") == files(fresh / "site")
