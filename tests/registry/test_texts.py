"""Reading the texts beside a record, and which version holds on a day."""

import datetime as dt
import unicodedata
from pathlib import Path

import pytest

from builder.derive.versions import version_on, versions
from builder.registry import Entry, load
from builder.registry.texts import TextError, text_of
from tests.registries import DOCUMENT, write

RECORD = "documents/vi-du/an-binh/ke-hoach-thu"


def entry(root: Path, record: str = DOCUMENT, **texts: bytes) -> Entry:
    write(root, {RECORD: record})
    for date, data in texts.items():
        suffix = "" if date == "first" else f".{date.removeprefix('d').replace('_', '-')}"
        (root / f"registry/{RECORD}{suffix}.txt").write_bytes(data)
    return load(root).entries[RECORD]


def test_line_ends_marks_of_order_and_composition_are_made_one(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + unicodedata.normalize("NFD", "Điều 1\r\nMột\rHai\n").encode()
    assert text_of(tmp_path, entry(tmp_path, first=data)) == "Điều 1\nMột\nHai\n"


def test_a_version_that_is_not_there_is_one_clean_error(tmp_path: Path) -> None:
    one = entry(tmp_path, first=b"A")
    with pytest.raises(TextError, match=r"ke-hoach-thu\.2026-01-01\.txt:1:1: there is no such"):
        text_of(tmp_path, one, "2026-01-01")


def test_the_version_that_holds_changes_on_its_first_day(tmp_path: Path) -> None:
    record = DOCUMENT + "text_versions: [{valid_from: 2026-03-01}, {valid_from: 2026-01-01}]\n"
    found = versions(entry(tmp_path, record, first=b"A", d2026_01_01=b"B"))
    assert [(v.date, v.has_text) for v in found] == [
        ("", True), ("2026-01-01", True), ("2026-03-01", False),
    ]  # fmt: skip
    days = ("2025-07-01", "2025-07-02", "2025-12-31", "2026-01-01", "2027-01-01")
    holding = [version_on(found, dt.date.fromisoformat(day)) for day in days]
    assert [v.date if v else None for v in holding] == [
        None, "", "", "2026-01-01", "2026-03-01",
    ]  # fmt: skip


def test_a_record_without_any_text_has_no_versions(tmp_path: Path) -> None:
    assert versions(entry(tmp_path)) == []
