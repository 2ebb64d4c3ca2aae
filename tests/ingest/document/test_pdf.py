"""PDF files: scans, recognition, what a browser printed, and what is no PDF at all."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from builder.ingest.document import ocr
from builder.ingest.document.pdf import ask, child
from builder.registry import load
from builder.registry.texts import text_of
from tests.ingest.document import papers
from tests.ingest.document.papers import DECISION, pdf
from tests.ingest.document.running import ID, ingest, report


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return papers.registry(tmp_path)


def test_a_scan_is_said_to_be_one(root: Path) -> None:
    done = ingest(root, "pdf", papers.pdf_of([[], []]))
    assert done.exit_code == 1
    assert "is a scan" in done.output
    assert "--ocr" in done.output


def test_a_scan_without_tesseract_is_refused_with_a_word(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    done = ingest(root, "pdf", papers.pdf_of([[]]), options=("--ocr",))
    assert done.exit_code == 1
    assert "tesseract-ocr-vie" in done.output


@pytest.mark.skipif(not ocr.available(), reason="tesseract with 'vie' is not installed")
def test_a_scan_is_read_by_tesseract_and_marked_as_recognised(root: Path) -> None:
    scan = papers.scan_of(child(pdf(DECISION), ["picture", "0", "2"]))
    done = report(root, "pdf", scan, "--ocr", "--into", "vi-du/an-binh")
    assert any("nhận dạng" in line for line in done["review"])


FAKE = """#!/bin/sh
if [ "$1" = --list-langs ]; then echo vie; exit; fi
[ "$*" = "stdin stdout -l vie --psm 3 tsv" ] || exit 3
[ "$(head -c 2)" = P6 ] || exit 4
cat '{table}'
"""


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that answers as Tesseract does, with the words of the decision at their places."""
    rows = ["level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext"]
    for text, x0, y0, x1, y1, _ in ask(pdf(DECISION), "x")["pages"][0]["words"]:
        box = (round(each * 300 / 72) for each in (x0, y0, x1 - x0, y1 - y0))
        rows.append("\t".join(["5", "1", "1", "1", "1", "1", *map(str, box), "96.1", text]))
    table = tmp_path / "words.tsv"
    table.write_text("\n".join(rows), "utf-8")
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(FAKE.replace("{table}", str(table)), "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


@pytest.mark.usefixtures("tesseract")
def test_what_recognition_gives_keeps_its_columns_and_counts_as_inferred(root: Path) -> None:
    done = report(root, "pdf", papers.pdf_of([[]]), "--ocr")
    assert done["record"] == ID, done
    record = load(root, cache=False).entries[ID].record
    assert record.title == "Quyết định về việc phân công trực tại trụ sở xã An Bình"
    assert record.signers[0].name == "Nguyễn Văn Mẫu"
    assert {source.certainty for source in record.sources} == {"inferred"}
    assert "nhận dạng" in (record.notes or "")


@pytest.mark.browser
def test_a_pdf_that_a_browser_printed_is_read(root: Path, page: Any) -> None:
    def lines(texts: list[str]) -> str:
        return "<br>".join(texts)

    page.set_content(
        "<style>td{text-align:center;width:50%;vertical-align:top}h1,h2{text-align:center;"
        "font-size:15px}p{text-align:justify;text-indent:1cm}</style><table width='100%'><tr><td>"
        f"{lines(DECISION['left'])}<td>{lines(DECISION['right'])}</table>"
        f"<h1>{DECISION['title'][0]}</h1><h2>{lines(DECISION['title'][1:])}</h2>"
        + "".join(f"<p>{text}" for text in DECISION["body"])
        + f"<table width='100%'><tr><td>{lines(DECISION['to'])}<td>{lines(DECISION['signing'])}"
    )
    done = report(root, "pdf", page.pdf(format="A4"))
    assert done["record"] == ID, done
    record = load(root, cache=False).entries[ID].record
    assert record.title == "Quyết định về việc phân công trực tại trụ sở xã An Bình"
    assert record.signers[0].name == "Nguyễn Văn Mẫu"
    assert "Điều 2. Quyết định này" in text_of(root, load(root, cache=False).entries[ID])


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\n%%EOF", b"<html>", b"%PDF-1.7\n" + b"\xff" * 5000],
    ids=["empty", "no pages", "a page of the web", "noise"],
)
def test_what_is_no_pdf_is_one_clean_line(root: Path, data: bytes) -> None:
    done = ingest(root, "pdf", data)
    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "refused" in done.output


def test_a_pdf_that_never_ends_is_given_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise subprocess.TimeoutExpired("python", 60)

    monkeypatch.setattr("builder.ingest.document.pdf.subprocess.run", never)
    assert "cannot be read" in ingest(root, "pdf", pdf(DECISION)).output
