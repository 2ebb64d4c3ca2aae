"""Word files: paragraphs and tables as lines, with the numbers that Word shows.

python-docx (MIT, kept up) opens the package; its parts are looked at before: size, names,
no DTD, no macros.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from builder.ingest.archives import RefusedError, open_zip, read
from builder.ingest.document.encodings import (
    Encoding,
    of_font,
    of_text,
    shows_capitals,
    to_unicode,
)
from builder.ingest.document.numbering import Numbering
from builder.ingest.document.paper import Line, Paper, Side

MAX_PART = 60_000_000  # bytes of one XML part
MAX_LINES = 100_000
# What python-docx and lxml raise where parts of a file do not fit together.
_BROKEN = (
    KeyError, ValueError, AttributeError, TypeError, IndexError, RecursionError, etree.LxmlError,
)  # fmt: skip
MAX_TABLES_DEEP = 8
_CENTRE = 1  # WD_ALIGN_PARAGRAPH.CENTER
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
# What tells that a table sets the head or the end of a document in two columns.
_LAYOUT = re.compile(
    r"CỘNG H[ÒO]A|HÒA XÃ HỘI|ĐẢNG CỘNG SẢN|Nơi nhận|\b(TM|KT|TL|TUQ)\.|\bT/M\b|\bK/T\b|^\s*Số\s*:",
    re.MULTILINE,
)
_SKIPPED = {
    qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:pict"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read_docx(data: bytes, name: str) -> Paper:
    """The lines of a Word file. Raises RefusedError for what is no harmless Word file."""
    document = _open(data, name)
    try:
        return _Reader(document).paper()
    except _BROKEN:
        raise RefusedError(
            f"{name} is no sound Word file", "open and save it in Word again"
        ) from None


def _open(data: bytes, name: str) -> Any:
    archive = open_zip(data, name)
    names = {entry.filename for entry in archive.infolist()}
    if "[Content_Types].xml" not in names:
        raise RefusedError(f"{name} is no Word file", "save it as .docx in Word")
    if any(each.lower().endswith("vbaproject.bin") for each in names):
        raise RefusedError(f"{name} has macros", "save it without macros, as .docx")
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            part = read(archive, entry, MAX_PART)
            if _DTD.search(part) or not _plain(part):
                raise RefusedError(f"{name} has a document type of its own", "ask its sender")
    try:
        return docx.Document(io.BytesIO(data))
    except Exception:  # noqa: BLE001  # whatever python-docx and lxml find amiss in hostile parts
        raise RefusedError(
            f"{name} is no sound Word file", "open and save it in Word again"
        ) from None


def _plain(part: bytes) -> bool:
    """Whether no other encoding can hide a DTD: parts are UTF-8, as Word writes them."""
    return not part.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" not in part[:200]


@dataclass(frozen=True)
class _Style:
    """What paragraphs of a style have: ``numbers`` is its w:numPr."""

    font: str
    alignment: Any
    numbers: Any


@dataclass
class _Reader:
    document: Any
    lines: list[Line] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    fonts: set[Encoding] = field(default_factory=set)
    changes: bool = False
    count: int = 0
    styles: dict[str, _Style] = field(default_factory=dict)

    def paper(self) -> Paper:
        body = self.document.element.body
        self.numbering = Numbering(self._numbering_root())
        self.changes = any(True for _ in body.iter(qn("w:ins"), qn("w:del")))
        for block in _blocks(body):
            if len(self.lines) > MAX_LINES:
                raise RefusedError("the file has too many paragraphs", "split it")
            if block.tag == qn("w:p"):
                self._paragraph(block)
            else:
                self._table(block)
        self._outside(body)
        whole = "\n".join(line.text for line in self.lines)
        guessed = of_text(whole) if not self.fonts else "unicode"
        lines = self.lines
        if guessed != "unicode":
            lines = [
                Line(to_unicode(each.text, guessed), each.where, each.side, each.centred)
                for each in lines
            ]
            self.apart += [to_unicode(text, guessed) for text in self.apart]
        encoding: Encoding = guessed if not self.fonts else min(self.fonts)
        flags = ["Tệp có thay đổi được theo dõi (Track Changes): đọc như đã chấp nhận."]
        return Paper(
            tuple(lines), tuple(self.apart), encoding, tuple(flags if self.changes else ())
        )

    def _numbering_root(self) -> Any | None:
        try:
            return self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return None

    def _paragraph(self, element: Any, side: Side = "") -> None:
        paragraph = Paragraph(element, self.document)
        self.count += 1
        text = self._label(paragraph) + self._text(paragraph)
        own = paragraph.alignment
        centred = (own if own is not None else self._style(paragraph).alignment) == _CENTRE
        where = f"đoạn {self.count}" + {"left": ", cột trái", "right": ", cột phải"}.get(side, "")
        for part in text.split("\n"):
            halves = [half.strip() for half in part.split("\t") if half.strip()]
            if not side and self.count < 20 and len(halves) == 2:  # a head set with tabs
                self.lines += [
                    Line(halves[0], f"{where}, cột trái", "left"),
                    Line(halves[1], f"{where}, cột phải", "right"),
                ]
            elif halves:
                self.lines.append(Line(" ".join(halves), where, side, centred))

    def _label(self, paragraph: Paragraph) -> str:
        own: Any = paragraph._p.pPr
        found = own.numPr if own is not None else None
        if found is None:
            found = self._style(paragraph).numbers
        if found is None or found.numId is None:
            return ""
        level = found.ilvl.val if found.ilvl is not None else 0
        label = self.numbering.label(str(found.numId.val), level)
        return f"{label} " if label else ""

    def _style(self, paragraph: Paragraph) -> _Style:
        """What a paragraph has from its style; looked up once, for python-docx searches long."""
        properties: Any = paragraph._p.pPr
        name = properties.style if properties is not None and properties.style else ""
        if name not in self.styles:
            self.styles[name] = _style_of(paragraph.style)
        return self.styles[name]

    def _text(self, paragraph: Paragraph) -> str:
        """The text in Unicode; neighbours in one encoding go together, for VNI writes in pairs."""
        parts: list[tuple[str, Encoding, bool]] = []
        for run in _runs(paragraph._p):
            text = "".join(_pieces(run))
            if not text:
                continue
            font = _own_font(run) or self._style(paragraph).font
            encoding = of_font(font) or "unicode"
            if encoding != "unicode":
                self.fonts.add(encoding)
            capitals = shows_capitals(font)
            if parts and parts[-1][1:] == (encoding, capitals):
                text = parts.pop()[0] + text
            parts.append((text, encoding, capitals))
        return "".join(to_unicode(text, enc, capitals=caps) for text, enc, caps in parts)

    def _table(self, table: Any, depth: int = 0) -> None:
        rows = [list(row.iterchildren(qn("w:tc"))) for row in table.iterchildren(qn("w:tr"))]
        text = "\n".join(t.text or "" for t in table.iter(qn("w:t")))
        flat = to_unicode(text, of_text(text))
        layout = all(len(row) <= 3 for row in rows) and _LAYOUT.search(flat) is not None
        if layout and depth < MAX_TABLES_DEEP:
            for side in ("left", "right"):
                for row in rows:
                    self._cells(row, side, depth)
            return
        for row in rows:
            cells = [self._cell(cell) for cell in row]
            if any(cells):
                self.count += 1
                shown = "| " + " | ".join(cells) + " |"
                self.lines.append(Line(shown, f"đoạn {self.count}, bảng"))

    def _cells(self, row: list[Any], side: Side, depth: int) -> None:
        """The cells of a column of a layout table: the first is left, the last is right."""
        chosen = row[:1] if side == "left" else row[1:]
        for cell in chosen:
            for block in _blocks(cell):
                if block.tag == qn("w:p"):
                    self._paragraph(block, side if len(row) > 1 else "")
                else:
                    self._table(block, depth + 1)

    def _cell(self, cell: Any) -> str:
        paragraphs = [Paragraph(p, self.document) for p in cell.iter(qn("w:p"))]
        texts = (" ".join((self._label(p) + self._text(p)).split()) for p in paragraphs)
        return " ".join(text for text in texts if text).replace("|", "¦")

    def _outside(self, body: Any) -> None:
        """Headers, footers and text boxes, also such as only some pages show."""
        for relation in self.document.part.rels.values():
            kind = relation.reltype.rpartition("/")[2]
            if kind in ("header", "footer", "footnotes", "endnotes") and not relation.is_external:
                part = relation.target_part
                element = getattr(part, "element", None)
                self.apart += _plain_lines(parse_xml(part.blob) if element is None else element)
        for content in body.iter(qn("w:txbxContent")):
            self.apart += _plain_lines(content)


def _plain_lines(element: Any) -> list[str]:
    found = []
    for paragraph in element.iter(qn("w:p")):
        text = "".join(t.text or "" for t in paragraph.iter(qn("w:t"))).strip()
        if text:
            found += [text, to_unicode(text, "tcvn3"), to_unicode(text, "vni")]
    return found


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those within content controls too."""
    for child in element.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")):
            yield from _blocks(child)


def _runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph that are shown: nothing deleted, moved away, or in a box."""
    for child in element.iterchildren():
        if child.tag == qn("w:r"):
            yield child
        elif child.tag not in _SKIPPED and child.tag != qn("w:pPr"):
            yield from _runs(child)


def _pieces(run: Any) -> Iterator[str]:
    properties = run.find(qn("w:rPr"))
    if properties is not None and properties.find(qn("w:vanish")) is not None:
        return
    for child in run.iterchildren():
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]


def _own_font(run: Any) -> str:
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    if fonts is None:
        return ""
    return str(fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or "")


def _style_of(style: Any) -> _Style:
    """Font, alignment and numbering of a style, with what it has from those it is based on."""
    numbers = (
        style.element.pPr.numPr if style is not None and style.element.pPr is not None else None
    )
    font, alignment = "", None
    for _ in range(10):
        if style is None:
            break
        font = font or str(style.font.name or "")
        alignment = alignment if alignment is not None else style.paragraph_format.alignment
        style = style.base_style
    return _Style(font, alignment, numbers)
