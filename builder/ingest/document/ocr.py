"""Scans: pages drawn by PDFium and read by Tesseract with its Vietnamese data, if installed.

Optional, and never silent: what comes from a picture is marked so in the record.
"""

import shutil
import subprocess
from typing import Any

from builder.ingest.archives import RefusedError
from builder.ingest.document.paper import Paper
from builder.ingest.document.pdf import child, paper_of

MAX_PAGES = 50
_SCALE = 300 / 72  # Tesseract asks for 300 dots an inch
_HINT = "install tesseract-ocr and tesseract-ocr-vie, or ask for the file with text"


def available() -> bool:
    """Whether tesseract and its Vietnamese data are installed."""
    if shutil.which("tesseract") is None:
        return False
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False)
    return "vie" in done.stdout.decode("utf-8", "replace").split()


def recognise(data: bytes, name: str, pages: list[dict[str, Any]]) -> Paper:
    """The paper that recognition reads from a scan; ``pages`` as the reading process gave them.

    Raises RefusedError without Tesseract, or for too many pages.
    """
    if not available():
        raise RefusedError(f"{name} is a scan, and Tesseract with 'vie' is not installed", _HINT)
    if len(pages) > MAX_PAGES:
        raise RefusedError(f"{name} has more than {MAX_PAGES} scanned pages", "split it")
    read = []
    for index, page in enumerate(pages):
        try:
            picture = child(data, ["picture", str(index), str(_SCALE)])
            done = subprocess.run(
                ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", "3", "tsv"],
                input=picture, capture_output=True, check=True, timeout=120,
            )  # fmt: skip
        except (subprocess.SubprocessError, OSError):
            raise RefusedError(f"{name}: page {index + 1} cannot be recognised", _HINT) from None
        words = _words(done.stdout.decode("utf-8", "replace"))
        read.append({"width": page["width"], "height": page["height"], "words": words})
    return paper_of(read, recognised=True)


def _words(tsv: str) -> list[list[Any]]:
    """Tesseract's table as words; the columns are those of its TSV renderer."""
    words: list[list[Any]] = []
    for line in tsv.splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) != 12 or not cells[11].strip():
            continue
        x, y, w, h = (float(cell) / _SCALE for cell in cells[6:10])
        words.append([cells[11].strip(), x, y, x + w, y + h, ""])
    return words
