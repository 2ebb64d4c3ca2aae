"""Building again and again: whatever happened in between, as if built from nothing."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.site import build as module
from builder.site.build import NotLoadable, Report
from builder.site.output import staging
from tests.site.builds import MARKER, NOON, files, inodes, small, vi_du

BEFORE = ".site.before"
PLAN = "documents/vi-du/an-binh/ke-hoach-thu"
OTHER_TITLES = ("title: ", "title: Khác – "), ("title: Khác – ", "title: Khác nữa – ")


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


def build(root: Path) -> Report:
    return module.build(root, root / "site", full_text=False)


def retitle(root: Path, old: str, new: str) -> None:
    path = root / f"registry/{PLAN}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def published(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(root / "site").items() if name != MARKER}


# The folder beside


def test_the_site_before_stays_beside_and_takes_part_in_the_next_build(tmp_path: Path) -> None:
    build(small(tmp_path))
    first = files(tmp_path / "site")
    retitle(tmp_path, *OTHER_TITLES[0])
    build(tmp_path)
    assert files(tmp_path / BEFORE) == first
    folder = (tmp_path / BEFORE / "bodies/vi-du").stat().st_ino
    second = files(tmp_path / "site")
    retitle(tmp_path, *OTHER_TITLES[1])
    build(tmp_path)
    assert files(tmp_path / BEFORE) == second
    assert (tmp_path / "site/bodies/vi-du").stat().st_ino == folder


def test_what_two_sites_have_in_common_is_on_the_disk_once(tmp_path: Path) -> None:
    build(small(tmp_path))
    for change in OTHER_TITLES:
        retitle(tmp_path, *change)
        build(tmp_path)
        now, before = inodes(tmp_path / "site"), inodes(tmp_path / BEFORE)
        data, old = files(tmp_path / "site"), files(tmp_path / BEFORE)
        same = [
            name for name in now if data[name] == old.get(name) and not name.startswith("search/")
        ]
        assert len(same) > len(now) / 2
        assert [name for name in same if now[name] != before[name]] == []


@pytest.mark.parametrize("fault", ["words", "file", "gone", "link", "folder"])
def test_what_somebody_did_to_the_site_never_comes_back(tmp_path: Path, fault: str) -> None:
    build(small(tmp_path))
    build(tmp_path)
    expected = published(tmp_path)
    page = tmp_path / "site" / PLAN / "index.html"
    if fault == "words":
        page.write_text("khác")
    elif fault == "file":
        page.with_name("la.html").write_text("lạ")
    elif fault == "gone":
        page.unlink()
    elif fault == "link":
        page.unlink()
        page.symlink_to(tmp_path / f"registry/{PLAN}.yaml")
    else:
        (page.parent / "la").mkdir()
    for _ in range(3):
        build(tmp_path)
        assert published(tmp_path) == expected
    assert not (tmp_path / "site" / PLAN / "la").exists()


def test_a_failed_build_does_not_touch_the_site_it_shares_files_with(tmp_path: Path) -> None:
    build(small(tmp_path))
    build(tmp_path)
    expected = files(tmp_path / "site")

    def fail() -> None:
        with staging(tmp_path / "site") as stage:
            stage.write(f"{PLAN}/index.html", "key", b"half")
            for _ in range(2):
                stage.write("index.twice", "key", b"")

    with pytest.raises(OSError, match="index"):
        fail()
    assert files(tmp_path / "site") == expected
    assert not (tmp_path / BEFORE).exists()
    build(tmp_path)
    assert published(tmp_path) == {k: v for k, v in expected.items() if k != MARKER}


def test_a_file_may_take_the_place_of_a_folder_and_a_folder_that_of_a_file(tmp_path: Path) -> None:
    for paths in (["a/b", "c"], ["a", "c/d"], ["a/b", "c"], ["a", "c/d"]):
        with staging(tmp_path / "site") as stage:
            stage.finish([stage.put(path, b"x") for path in paths])
        assert sorted(files(tmp_path / "site")) == [MARKER, *sorted(paths)]


# As if built from nothing


Edit = Callable[[str], str]
EDITS: tuple[Edit, ...] = (
    lambda text: re.sub(r"^(title|name): ", r"\1: Khác ", text, count=1, flags=re.MULTILINE),
    lambda text: re.sub(r"\b2025-(\d\d)-\d\d", r"2026-\1-11", text, count=1),
    lambda text: re.sub(r"^stage: \w+", "stage: trial", text, flags=re.MULTILINE),
    lambda text: re.sub(r"^access: public", "access: internal", text, flags=re.MULTILINE),
    lambda text: text + "notes: Thêm một ghi chú.\n" if "notes:" not in text else text,
    lambda text: text.replace("Điều 2", "Điều 2a"),
)


def edit(root: Path, spare: Path, draw: random.Random) -> None:
    """One record or text is changed, taken out, or put back."""
    files = sorted(path for path in (root / "registry").rglob("*.*") if path.name != "README.md")
    gone = sorted(path for path in spare.rglob("*.*"))
    if gone and draw.random() < 0.3:
        back = draw.choice(gone)
        back.rename(root / "registry" / back.relative_to(spare))
        return
    path = draw.choice(files)
    if draw.random() < 0.3 and "units" not in path.parts:
        place = spare / path.relative_to(root / "registry")
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
        return
    path.write_text(draw.choice(EDITS)(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edits_a_site_is_as_if_built_from_nothing(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "cache"))
    root, spare, draw = vi_du(tmp_path / "r"), tmp_path / "spare", random.Random(seed)  # noqa: S311
    build(root)
    compared = 0
    for _ in range(6):
        edit(root, spare, draw)
        try:
            build(root)
        except NotLoadable:
            continue  # a text without its record; the next edit goes on from there
        cold = tmp_path / "cold"
        monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "other"))
        module.build(root, cold, full_text=False, force=True)
        monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "cache"))
        assert published(root) == {k: v for k, v in files(cold).items() if k != MARKER}
        shutil.rmtree(cold)
        compared += 1
    assert compared > 1
