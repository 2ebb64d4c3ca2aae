"""Files attached to records: what belongs beside a record, and what ``check`` refuses."""

import hashlib
import json
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.models.attachments import SIGNATURES
from builder.models.codes import IANA_MEDIA_TYPES, MediaType
from builder.registry import load
from builder.store.files import ATTACHED, find_records, records_among
from tests.registries import DOCUMENT, write

ID = "documents/vi-du/an-binh/ke-hoach-thu"
FILE = "ke-hoach-thu.ban-goc.pdf"
DATA = b"%PDF-1.7 v\xc3\xad d\xe1\xbb\xa5\n"


def entry(file: str = FILE, data: bytes = DATA, **changes: object) -> str:
    fields: dict[str, object] = {
        "file": file, "title": "Bản gốc", "media_type": "pdf",
        "sha256": hashlib.sha256(data).hexdigest(), "size": len(data), **changes,
    }  # fmt: skip
    return "  - {" + ", ".join(f"{key}: {json.dumps(value)}" for key, value in fields.items()) + "}"


def attach(root: Path, *entries: str, data: bytes = DATA, file: str = FILE) -> Path:
    listed = "attachments:\n" + "\n".join(entries) + "\n" if entries else ""
    write(root, {ID: DOCUMENT + listed})
    beside(root, file).write_bytes(data)
    return root


def beside(root: Path, name: str) -> Path:
    return (root / "registry" / ID).parent / name


def findings(root: Path) -> list[tuple[str, str]]:
    done = CliRunner().invoke(app, ["--root", str(root), "check", "--format", "json"])
    return [(each["rule"], each["message"]) for each in json.loads(done.stdout)["findings"]]


def test_a_file_that_its_record_names_rightly_is_no_finding(tmp_path: Path) -> None:
    root = attach(tmp_path, entry())
    assert findings(root) == []
    assert load(root, cache=False).entries[ID].attachments == (
        f"registry/documents/vi-du/an-binh/{FILE}",
    )


def test_a_tree_of_git_has_the_same_files_as_the_folder(tmp_path: Path) -> None:
    root = attach(tmp_path, entry())
    paths = [p.relative_to(root).as_posix() for p in (root / "registry").rglob("*") if p.is_file()]
    assert records_among(paths) == find_records(root)


@pytest.mark.parametrize(
    ("changes", "rule", "says"),
    [
        ({"sha256": "0" * 64}, "attachment", "another digest"),
        ({"size": 5}, "attachment", "has 18 bytes, not 5"),
        ({"media_type": "docx"}, "attachment-name", "the file ends in .pdf, the type is docx"),
        ({"file": "ke-hoach-thu.khac.pdf"}, "attachment", "there is no file ke-hoach-thu.khac.pdf"),
        ({"file": "khac.ban-goc.pdf"}, "attachment-name", "does not begin with ke-hoach-thu."),
    ],
)
def test_what_the_record_says_wrongly_of_its_file_is_told(
    tmp_path: Path, changes: dict[str, object], rule: str, says: str
) -> None:
    found = findings(attach(tmp_path, entry(**changes)))
    assert any(each == rule and says in message for each, message in found), found


@pytest.mark.parametrize(
    "name",
    [
        "../ke-hoach-thu.ban-goc.pdf", "/etc/passwd", "ke-hoach-thu.pdf", "KE-HOACH-THU.a.pdf",
        "ke-hoach-thu.bản-gốc.pdf", "ke-hoach-thu.a/b.pdf", "ke-hoach-thu..pdf", "a.b.pdf\n",
    ],
)  # fmt: skip
def test_a_name_that_is_not_safe_everywhere_is_refused(tmp_path: Path, name: str) -> None:
    assert "schema" in [rule for rule, _ in findings(attach(tmp_path, entry(name)))]


def test_a_file_that_no_record_names_is_a_finding(tmp_path: Path) -> None:
    assert [rule for rule, _ in findings(attach(tmp_path))] == ["attachment-stray"]


def test_a_file_whose_record_is_not_there_is_a_finding(tmp_path: Path) -> None:
    root = attach(tmp_path, entry())
    beside(root, "khong-co.ban-goc.pdf").write_bytes(DATA)
    assert findings(root) == [("file-name", "a file without its record khong-co.yaml")]


def test_a_file_beside_a_record_that_is_no_instrument_is_a_finding(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "registry/bodies/vi-du/an-binh/ubnd.con-dau.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert [rule for rule, _ in findings(root)] == ["attachment-stray"]


def test_one_file_in_two_entries_is_a_finding(tmp_path: Path) -> None:
    found = findings(attach(tmp_path, entry(), entry()))
    assert found == [("attachment-name", f"{FILE} stands twice")]


def test_a_link_is_no_attachment_wherever_it_leads(tmp_path: Path) -> None:
    root = attach(tmp_path, entry())
    beside(root, FILE).rename(tmp_path / "outside.pdf")
    beside(root, FILE).symlink_to(tmp_path / "outside.pdf")
    found = findings(root)
    assert ("file-name", "a link or device, not a file") in found
    assert ("attachment", f"there is no file {FILE} beside the record") in found


def test_a_page_that_calls_itself_pdf_is_refused(tmp_path: Path) -> None:
    data = b"<html><script>alert(1)</script></html>"
    found = findings(attach(tmp_path, entry(data=data), data=data))
    assert found == [("attachment", f"the content of {FILE} is no pdf")]


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.check.attachments.MAX_ATTACHMENT", 10)
    found = findings(attach(tmp_path, entry()))
    assert found == [("attachment", f"{FILE} is larger than 10 bytes")]


def test_every_list_of_types_of_files_is_the_same() -> None:
    assert get_args(MediaType) == ATTACHED
    assert set(SIGNATURES) == set(IANA_MEDIA_TYPES) == set(ATTACHED)
