"""Rules on the texts beside records, at the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.registries import DOCUMENT, write

RECORD = "documents/vi-du/an-binh/ke-hoach-thu"
FIRST = f"registry/{RECORD}.txt"
LATER = f"registry/{RECORD}.2026-01-01.txt"
AMENDING = "documents/vi-du/an-binh/sua-ke-hoach"
TEXT = "Điều 1. Họp\n1. Hai lần một năm.\n2. Công khai.\n"
VERSIONS = f"text_versions: [{{valid_from: 2026-01-01, changed_by: {AMENDING}}}]\n"
AMENDMENT = DOCUMENT.replace("01/KH-UBND", "02/KH-UBND").replace("Kế hoạch thử", "Sửa kế hoạch") + (
    f"relations: [{{type: amends, target: {RECORD}, provisions: [dieu-1.khoan-1]}}]\n"
)


def registry(
    root: Path,
    texts: dict[str, str | bytes],
    record: str = DOCUMENT + VERSIONS,
    amendment: str = AMENDMENT,
) -> list[dict]:
    """Findings of a registry with these records and these files beside them."""
    write(root, {RECORD: record, AMENDING: amendment})
    for path, text in texts.items():
        data = text if isinstance(text, bytes) else text.encode()
        (root / path).write_bytes(data)
    result = CliRunner().invoke(app, ["--root", str(root), "check", "--format", "json"])
    return json.loads(result.stdout)["findings"]


def test_a_text_with_a_later_version_that_an_amendment_made_is_sound(tmp_path: Path) -> None:
    assert registry(tmp_path, {FIRST: TEXT, LATER: TEXT}) == []


def test_a_later_text_that_the_record_does_not_name_is_found_in_the_text(tmp_path: Path) -> None:
    found = registry(tmp_path, {FIRST: TEXT, LATER: TEXT}, record=DOCUMENT)
    assert [(f["rule"], f["path"]) for f in found] == [("text-version", LATER)]
    assert "valid_from: 2026-01-01" in found[0]["hint"]


def test_a_version_without_its_text_is_found_at_its_line(tmp_path: Path) -> None:
    found = registry(tmp_path, {FIRST: TEXT})
    assert [(f["rule"], f["at"]) for f in found] == [("text-version", ["text_versions", 0])]


def test_a_later_text_needs_a_first_one(tmp_path: Path) -> None:
    found = registry(tmp_path, {LATER: TEXT})
    assert ["the first one" in f["message"] for f in found] == [True]


def test_versions_come_after_the_first_text_and_in_order(tmp_path: Path) -> None:
    record = DOCUMENT + "text_versions: [{valid_from: 2026-01-01}, {valid_from: 2025-07-02}]\n"
    early = f"registry/{RECORD}.2025-07-02.txt"
    found = registry(tmp_path, {FIRST: TEXT, LATER: TEXT, early: TEXT}, record=record)
    assert [(f["rule"], f["at"]) for f in found] == [
        ("text-order", ["text_versions", 1, "valid_from"])
    ]


def test_a_version_on_the_day_of_the_first_text_is_no_later_version(tmp_path: Path) -> None:
    record = DOCUMENT + "text_versions: [{valid_from: 2025-07-02}]\n"
    early = f"registry/{RECORD}.2025-07-02.txt"
    found = registry(tmp_path, {FIRST: TEXT, early: TEXT}, record=record)
    assert [f["rule"] for f in found] == ["text-order"]


def test_what_changed_a_version_says_that_it_amends(tmp_path: Path) -> None:
    amendment = AMENDMENT.replace("type: amends", "type: cites")
    found = registry(tmp_path, {FIRST: TEXT, LATER: TEXT}, amendment=amendment)
    assert [f["rule"] for f in found] == ["text-changed-by"]


def test_a_provision_that_no_version_has_is_found_with_the_nearest_one(tmp_path: Path) -> None:
    amendment = AMENDMENT.replace("dieu-1.khoan-1", "dieu-1.khoan-3")
    found = registry(tmp_path, {FIRST: TEXT, LATER: TEXT}, amendment=amendment)
    assert [(f["rule"], f["at"]) for f in found] == [
        ("provision", ["relations", 0, "provisions", 0])
    ]
    assert found[0]["hint"] == "did you mean dieu-1.khoan-2?"


def test_a_provision_that_only_the_later_version_has_may_be_named(tmp_path: Path) -> None:
    amendment = AMENDMENT.replace("dieu-1.khoan-1", "dieu-1.khoan-3")
    later = TEXT + "3. Thêm vào.\n"
    assert registry(tmp_path, {FIRST: TEXT, LATER: later}, amendment=amendment) == []


def test_a_number_that_stands_twice_is_a_warning_at_its_line(tmp_path: Path) -> None:
    found = registry(tmp_path, {FIRST: TEXT + "2. Lại.\n", LATER: TEXT})
    assert [(f["rule"], f["severity"], f["path"], f["line"]) for f in found] == [
        ("provision-twice", "warning", FIRST, 4)
    ]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xc4\x90i\xe1\xbb\x81u 1. A\n\xff\xfe\n", 2, 1),
        ("Điều 1. A\n1. Lưu\u202eý\n".encode(), 2, 7),
        (b"a\x00b", 1, 2),
    ],
)
def test_a_text_that_is_no_honest_utf8_is_found_at_its_place(
    tmp_path: Path, data: bytes, line: int, column: int
) -> None:
    found = registry(tmp_path, {FIRST: data, LATER: TEXT})
    assert [(f["rule"], f["line"], f["column"]) for f in found if f["rule"] == "text"] == [
        ("text", line, column)
    ]


def test_only_instruments_carry_texts(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "registry/bodies/vi-du/an-binh/ubnd.txt").write_text("Lời văn", encoding="utf-8")
    result = CliRunner().invoke(app, ["--root", str(tmp_path), "check"])
    assert "error [text] only instruments carry a text" in result.stdout
