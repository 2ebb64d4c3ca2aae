"""Faults at any point of a build: the old site stays whole, and the next build works."""

import os
import resource
import signal
import sys
from pathlib import Path

import pytest

from builder.findings import RegistryError
from builder.site import build as module
from builder.site.output import Staging
from tests.registries import DOCUMENT
from tests.site.builds import NOON, files, forked, run, small

ID = "documents/vi-du/an-binh/ke-hoach-thu"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry with its site."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    small(tmp_path)
    module.build(tmp_path, tmp_path / "site", full_text=False)
    return tmp_path


def kill_at(root: Path, step: int, count: Path) -> int:
    """Builds anew; a process that is killed when it asks the file system for the n-th time.

    How it ended; how often it asked stands in ``count`` if it came to its end.
    """

    def work() -> None:
        asked, builder = 0, os.getpid()

        def watch(event: str, _: object) -> None:
            nonlocal asked
            if event.startswith(("open", "os.", "shutil.", "ctypes.call")):
                asked += 1
                if asked == step:
                    os.kill(builder, signal.SIGKILL)

        sys.addaudithook(watch)
        module.build(root, root / "site", full_text=False, force=True)
        count.write_text(str(asked))

    return forked(work)


def test_a_build_killed_anywhere_leaves_a_whole_site_and_the_next_one_works(
    built: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """From the first file that is read to the last folder that is removed."""
    expected = files(built / "site")
    count = tmp_path_factory.mktemp("count") / "asked"
    assert kill_at(built, -1, count) == 0
    total = int(count.read_text())
    assert total > 500
    steps = [1, *(total * part // 9 for part in range(1, 9)), *range(total - 3, total + 1)]
    for step in steps:
        assert kill_at(built, step, count) == -signal.SIGKILL, step
        left = built / "site"
        if not left.exists():  # between two renames, where folders cannot be exchanged
            left = built / ".site.old"
        assert files(left) == expected, step
    assert run(built, "--no-search").returncode == 0
    assert files(built / "site") == expected
    assert sorted(path.name for path in built.iterdir()) == [".site.before", "registry", "site"]


def test_a_disk_that_takes_no_large_file_ends_the_build_in_one_clean_line(built: Path) -> None:
    expected = files(built / "site")
    done = run(
        built, "--no-search", "--force",
        first=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
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
