"""A file that was not touched is not read again; one that was is, however it was touched."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from builder.models import Document
from builder.registry import load
from builder.registry.secrecy import survey_texts
from builder.store.seen import Seen
from tests.registries import DOCUMENT, write

RECORD = "documents/vi-du/an-binh/ke-hoach-thu"
PATH = f"registry/{RECORD}.yaml"
TEXT = f"registry/{RECORD}.txt"


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry read by a clock that runs ahead: its files were not written just now."""
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "cache"))
    now = time.time_ns
    monkeypatch.setattr(sys.modules["builder.store.seen"].time, "time_ns", lambda: now() + 10**10)
    write(tmp_path / "main")
    (tmp_path / "main" / TEXT).write_text("Điều 1. Thử\n", encoding="utf-8")
    return tmp_path / "main"


def title(root: Path) -> str:
    record = load(root).get(RECORD, Document)
    assert record is not None
    return record.title


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> bytes:
        raise AssertionError("read again")

    for module in ("load", "secrecy"):
        monkeypatch.setattr(sys.modules[f"builder.registry.{module}"], "read_bytes", fail)


def test_what_was_not_touched_is_not_read_again(
    later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, surveyed = load(later), survey_texts(later)
    monkeypatch.setattr(sys.modules["builder.registry.load"], "load_settings", lambda *_: None)
    unread(monkeypatch)
    assert load(later).entries == before.entries
    assert survey_texts(later) == surveyed


def test_a_file_changed_to_the_same_size_with_its_old_time_is_read_again(later: Path) -> None:
    assert title(later) == "Kế hoạch thử"
    path = later / PATH
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_text(DOCUMENT.replace("Kế hoạch thử", "Kế hoạch mới"), encoding="utf-8")
    os.utime(path, ns=times)
    assert title(later) == "Kế hoạch mới"


def test_a_file_put_in_place_of_another_is_read_again(later: Path) -> None:
    assert title(later) == "Kế hoạch thử"
    beside = later / "beside"
    beside.write_text(DOCUMENT.replace("Kế hoạch thử", "Kế hoạch mới"), encoding="utf-8")
    beside.replace(later / PATH)
    assert title(later) == "Kế hoạch mới"


def test_what_was_written_just_now_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "cache"))
    load(write(tmp_path / "main"))
    unread(monkeypatch)
    with pytest.raises(AssertionError, match="read again"):
        load(tmp_path / "main")


def test_a_link_in_place_of_a_file_is_never_taken_for_it(later: Path, tmp_path: Path) -> None:
    seen = Seen(later, tmp_path / "kept.json", "")
    digest, looks = seen.look(PATH)
    assert digest == ""
    seen.note(PATH, "digest", looks)
    seen.save()
    assert Seen(later, tmp_path / "kept.json", "").look(PATH)[0] == "digest"
    (later / PATH).rename(later / "moved")
    (later / PATH).symlink_to(later / "moved")
    assert Seen(later, tmp_path / "kept.json", "").look(PATH)[0] == ""


def test_under_another_rule_all_is_read_again(later: Path, tmp_path: Path) -> None:
    seen = Seen(later, tmp_path / "kept.json", "one")
    seen.note(PATH, "digest", seen.look(PATH)[1])
    seen.save()
    assert Seen(later, tmp_path / "kept.json", "another").look(PATH)[0] == ""


def test_a_marking_of_secrecy_is_told_each_time(later: Path) -> None:
    (later / TEXT).write_text("TỐI MẬT\n", encoding="utf-8")
    write(later, {RECORD: DOCUMENT + "summary: Tuyệt mật\n"})
    for _ in range(2):
        assert survey_texts(later)[0] == [(TEXT, 1)]
        assert [one.rule for one in load(later).findings] == ["classified"]


def test_faults_are_told_each_time(later: Path) -> None:
    write(later, {RECORD: DOCUMENT + "odd: 1\n"})
    found = load(later).findings
    assert found
    assert load(later).findings == found


def test_what_is_known_of_files_that_are_gone_is_forgotten(later: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    seen = Seen(later, kept, "")
    for path in (PATH, TEXT):
        seen.note(path, "digest", seen.look(path)[1])
    seen.save()
    both = kept.stat().st_size
    again = Seen(later, kept, "")
    again.look(PATH)
    again.save()
    assert kept.stat().st_size < both
    with pytest.raises(FileNotFoundError):
        again.look("registry/none.yaml")
