"""PDF files: words with their places put together into lines, columns and paragraphs.

pypdfium2 (Apache-2.0 or BSD-3) reads them: it is Chrome's engine, so made for hostile
files, needs no other library, gives the place and font of each character, which a head in
two columns and old encodings need, and draws pages for recognition. pdfplumber gives the same
through three more libraries and ten times slower; pypdf loses columns. It runs in a process
of its own, bounded in time and memory.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from builder.ingest.archives import RefusedError
from builder.ingest.document.encodings import (
    Encoding,
    of_font,
    of_text,
    shows_capitals,
    to_unicode,
)
from builder.ingest.document.paper import Line, Paper, Side
from builder.models.codes import DOCUMENT_TYPES

SECONDS = 300  # by the clock; the process itself is bounded by what it computes
_ERRORS = {
    "password": ("is locked with a password", "save it without a password"),
    "pages": ("has more than 300 pages", "split it"),
    "characters": ("has too much text", "split it"),
}
_TAIL = re.compile(r"^\W*(Nơi nhận|(TM|KT|TL|TUQ|Q)\.\s|(T/M|K/T|T/L)\s)")
_TYPES = frozenset(name.upper() for name in DOCUMENT_TYPES.values())
_START = re.compile(
    r"(Căn cứ|Theo |Xét |Điều \d|Chương |Phần |Mục |Phụ lục|Kính gửi|\d{1,3}[.)]\s|"
    r"[a-zđ]\)|[-+•*] |"
    r"[IVX]{1,5}[.\-] )"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand together on one line: a line of text, or one of two columns."""

    text: str
    x0: float
    x1: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    segments: tuple[Segment, ...]
    page: int
    width: float
    height: float

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Block:
    """Where the text stands between its margins."""

    left: float
    right: float

    def centres(self, row: Row) -> bool:
        """Whether a row stands in the middle: as far from one margin as from the other."""
        if len(row.segments) != 1 or _START.match(row.text):
            return False
        only = row.segments[0]
        before, after = only.x0 - self.left, self.right - only.x1
        size = max(1.0, only.size)
        return abs(before - after) < 0.06 * row.width and before > 0.3 * size


def ask(data: bytes, name: str) -> dict[str, Any]:
    """What the reading process says of a file."""
    if not data.startswith(b"%PDF-"):
        raise RefusedError(f"{name} is no PDF", "give a file that begins with %PDF-")
    try:
        answer: dict[str, Any] = json.loads(child(data, []))
    except (ValueError, subprocess.SubprocessError):
        answer = {"error": "broken"}
    if "pages" not in answer:
        what, hint = _ERRORS.get(answer["error"], ("cannot be read", "open and save it again"))
        raise RefusedError(f"{name} {what}", hint)
    return answer


def child(data: bytes, arguments: list[str]) -> bytes:
    """Runs the reading process on a file and gives its output. Raises SubprocessError."""
    program = str(Path(__file__).with_name("pdf_child.py"))
    done = subprocess.run(
        [sys.executable, "-I", program, *arguments],
        input=data, capture_output=True, timeout=SECONDS, check=True,
    )  # fmt: skip
    return done.stdout


def paper_of(pages: list[dict[str, Any]], *, recognised: bool = False) -> Paper:
    """Lines and columns of the pages that the reading process (or recognition) gave."""
    encoding = _encoding(pages)
    rows = [row for number, page in enumerate(pages, 1) for row in _rows(page, number, encoding)]
    rows = [row for row in rows if not _is_page_number(row)]
    head = _head_end(rows)
    tail = _tail_start(rows, head)
    annex = _tail_end(rows, tail)
    lines = [
        *_columns(rows[:head]), *_paragraphs(rows[head:tail]), *_columns(rows[tail:annex]),
        *_paragraphs(rows[annex:]),
    ]  # fmt: skip
    apart = tuple(segment.text for row in rows for segment in row.segments)
    return Paper(tuple(lines), apart, encoding, recognised=recognised)


def _encoding(pages: list[dict[str, Any]]) -> Encoding:
    """By the fonts if they tell, else by the letters."""
    fonts: Counter[Encoding] = Counter()
    for page in pages:
        fonts.update(of_font(word[5]) or "unicode" for word in page["words"])
    old: tuple[Encoding, ...] = ("tcvn3", "vni")
    for encoding in old:
        if fonts[encoding] * 2 > fonts.total():
            return encoding
    return of_text(" ".join(word[0] for page in pages for word in page["words"]))


def _rows(page: dict[str, Any], number: int, encoding: Encoding) -> list[Row]:
    """The lines of a page from top to bottom, each cut where a wide gap parts two columns."""
    words = sorted(page["words"], key=lambda word: (word[2] + word[4]) / 2)
    rows: list[list[Any]] = []
    for word in words:
        middle, size = (word[2] + word[4]) / 2, max(1.0, word[4] - word[2])
        if rows:
            first = rows[-1][0]
            above = (first[2] + first[4]) / 2
            if middle - above < 0.45 * min(size, max(1.0, first[4] - first[2])):
                rows[-1].append(word)
                continue
        rows.append([word])
    found = []
    for row in rows:
        row.sort(key=lambda word: word[1])
        found.append(Row(tuple(_segments(row, encoding)), number, page["width"], page["height"]))
    return found


def _segments(row: list[Any], encoding: Encoding) -> list[Segment]:
    groups: list[list[Any]] = []
    for word in row:
        size = max(1.0, word[4] - word[2])
        if groups and word[1] - groups[-1][-1][3] < 1.6 * size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_segment(group, encoding) for group in groups]


def _segment(group: list[Any], encoding: Encoding) -> Segment:
    text = ""
    for before, word in zip([None, *group], group, strict=False):
        size = max(1.0, word[4] - word[2])
        gap = word[1] - before[3] if before is not None else 0.0
        shown = to_unicode(word[0], encoding, capitals=shows_capitals(word[5]))
        text += (" " if gap > 0.12 * size or before is None else "") + shown
    sizes = [word[4] - word[2] for word in group]
    return Segment(text.strip(), group[0][1], group[-1][3], group[0][2], median(sizes))


def _is_page_number(row: Row) -> bool:
    edge = row.segments[0].top < row.height * 0.09 or row.segments[0].top > row.height * 0.92
    return edge and re.fullmatch(r"[-–\s]*\d{1,3}[-–\s]*", row.text) is not None


def _head_end(rows: list[Row]) -> int:
    """The row of the type (QUYẾT ĐỊNH), or of Kính gửi: where the head in two columns ends."""
    for index, row in enumerate(rows[:40]):
        plain = row.text.strip().upper()
        if row.page != 1:
            break
        if len(row.segments) == 1 and (plain in _TYPES or plain.startswith("KÍNH GỬI")):
            return index
    two = [i for i, row in enumerate(rows[:15]) if row.page == 1 and len(row.segments) > 1]
    return two[-1] + 1 if two else 0


def _tail_start(rows: list[Row], head: int) -> int:
    """The row with which recipients and signing begin; all rows if there is none."""
    for index in range(head, len(rows)):
        if any(_TAIL.match(segment.text) for segment in rows[index].segments):
            return index
    return len(rows)


def _tail_end(rows: list[Row], tail: int) -> int:
    """Where an annex follows the signing: on the next page, with text across the page."""
    for index in range(tail + 1, len(rows)):
        if rows[index].page > rows[tail].page and len(rows[index].segments) == 1:
            only = rows[index].segments[0]
            if only.x0 < rows[index].width * 0.5 < only.x1:
                return index
    return len(rows)


def _columns(rows: list[Row]) -> list[Line]:
    """The left column whole, then the right one: a name over two lines stays together."""
    found: dict[Side, list[Line]] = {"left": [], "right": [], "": []}
    for row in rows:
        for segment in row.segments:
            middle = (segment.x0 + segment.x1) / 2
            side: Side = "left" if middle < row.width * 0.5 else "right"
            where = f"trang {row.page}, cột {'trái' if side == 'left' else 'phải'}"
            found[side].append(Line(segment.text, where, side))
    return found["left"] + found["right"]


def _paragraphs(rows: list[Row]) -> list[Line]:
    """Lines joined as far as the page shows that a paragraph goes on."""
    block = Block(
        min((row.segments[0].x0 for row in rows), default=0.0),
        max((row.segments[-1].x1 for row in rows), default=0.0),
    )
    lines: list[Line] = []
    before: Row | None = None
    opening = True  # before the first ground or article, what stands in the middle is the title
    for row in rows:
        opening = opening and not _START.match(row.text)
        centred = block.centres(row) and (opening or row.text == row.text.upper())
        where = f"trang {row.page}"
        if before is not None and not centred and _goes_on(before, row, block, lines[-1]):
            last = lines.pop()
            lines.append(Line(f"{last.text} {row.text}", last.where))
        else:
            lines.append(Line(row.text, where, "", centred))
        before = row
    return lines


def _goes_on(before: Row, row: Row, block: Block, last: Line) -> bool:
    if last.centred or _START.match(row.text):
        return False
    size = max(1.0, row.segments[0].size)
    indented = row.segments[0].x0 > block.left + 1.2 * size
    right = max(block.right, row.width * 0.85)
    ended_early = before.segments[-1].x1 < right - 4 * size and before.text[-1:] in ".;:"
    return not indented and not ended_early
