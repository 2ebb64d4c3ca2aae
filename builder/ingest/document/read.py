"""A file's bytes to a reading: the one way in for docx, PDF, and files within packets."""

from dataclasses import dataclass, replace

from builder.ingest.archives import RefusedError
from builder.ingest.document.body import read_body
from builder.ingest.document.head import read_head
from builder.ingest.document.paper import Paper, tidy
from builder.ingest.document.reading import Reading
from builder.ingest.document.secrecy import refuse_if_marked
from builder.models.attachments import MAX_ATTACHMENT


class ScanError(RefusedError):
    """A file of pictures: harmless as far as it goes, but nothing in it can be read."""


@dataclass(frozen=True)
class Read:
    paper: Paper
    reading: Reading


def read_document(data: bytes, kind: str, name: str, *, ocr: bool = False) -> Read:
    """A ``docx`` or ``pdf`` in parts. Raises RefusedError: damaged, hostile, classified, a scan."""
    if len(data) > MAX_ATTACHMENT:
        raise RefusedError(f"{name} is larger than {MAX_ATTACHMENT:,} bytes", "give a smaller file")
    paper = _paper(data, kind, name, ocr)
    refuse_if_marked(paper, name)
    lines = [replace(line, text=text) for line in paper.lines if (text := tidy(line.text))]
    reading = Reading()
    start = read_head(lines, reading)
    read_body(lines, start, reading)
    return Read(paper, reading)


def _paper(data: bytes, kind: str, name: str, ocr: bool) -> Paper:
    if kind == "docx":
        from builder.ingest.document.docx import read_docx

        paper = read_docx(data, name)
        if not paper.lines:
            raise ScanError(f"{name} holds no text", "it may hold pictures only; save it as PDF")
        return paper
    from builder.ingest.document.pdf import ask, paper_of

    pages = ask(data, name)["pages"]
    letters = sum(len(word[0]) for page in pages for word in page["words"])
    if letters >= 40 * max(1, len(pages)) // 2:
        return paper_of(pages)
    if not ocr:
        raise ScanError(
            f"{name} is a scan: its pages are pictures without text",
            "ask the issuer for the file with text, or read it with --ocr",
        )
    from builder.ingest.document.ocr import recognise

    return recognise(data, name, pages)
