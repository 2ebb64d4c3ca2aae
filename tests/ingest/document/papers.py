"""Documents of the fictional tỉnh Ví Dụ as Word and PDF files, made in memory."""

import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.ingest.document.old import Capitals

FIXTURE = Path(__file__).parents[2] / "fixtures" / "vi-du"
STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "____________"]

DECISION: dict[str, Any] = {
    "left": ["ỦY BAN NHÂN DÂN", "XÃ AN BÌNH", "_______", "Số: 12/QĐ-UBND"],
    "right": [*STATE, "An Bình, ngày 05 tháng 9 năm 2025"],
    "title": ["QUYẾT ĐỊNH", "Về việc phân công trực tại", "trụ sở xã An Bình"],
    "body": [
        "ỦY BAN NHÂN DÂN XÃ AN BÌNH",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        ("Căn cứ Nghị quyết số 01/2025/NQ-HĐND ngày 20 tháng 8 năm 2025 của Hội đồng nhân dân"
        " xã An Bình về thu gom rác thải sinh hoạt;"),
        "Theo đề nghị của Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Phân công trực tại trụ sở xã.",
        "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.",
    ],
    "to": ["Nơi nhận:", "- Như Điều 2;", "- Lưu: VT."],
    "signing": [
        "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Ký bởi: Ủy ban nhân dân xã",
        "Ngày ký: 05/09/2025 08:00:00 +07:00", "Nguyễn Văn Mẫu",
    ],
}  # fmt: skip
PARTY: dict[str, Any] = {
    "left": ["ĐẢNG BỘ TỈNH VÍ DỤ", "ĐẢNG ỦY XÃ AN BÌNH", "*", "Số 07-KH/ĐU"],
    "right": ["ĐẢNG CỘNG SẢN VIỆT NAM", "An Bình, ngày 10 tháng 9 năm 2025"],
    "title": ["KẾ HOẠCH", "kiểm tra, giám sát năm 2026"],
    "body": ["Căn cứ Điều lệ Đảng;", "I. MỤC ĐÍCH", "1. Bảo đảm kỷ luật."],
    "to": ["Nơi nhận:", "- Lưu Văn phòng Đảng ủy."],
    "signing": ["T/M ĐẢNG ỦY", "BÍ THƯ", "Trần Thị Mẫu"],
}
DESPATCH: dict[str, Any] = {
    "left": ["UBND XÃ AN BÌNH", "Số: 45/UBND-VP", "V/v rà soát văn bản của", "xã cũ"],
    "right": [*STATE, "An Bình, ngày 11 tháng 9 năm 2025"],
    "title": [],
    "body": ["Kính gửi: Các thôn trên địa bàn xã.", "Đề nghị các thôn rà soát văn bản."],
    "to": ["Nơi nhận:", "- Như trên;"],
    "signing": ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Lê Văn Mẫu"],
}


def registry(root: Path) -> Path:
    """A copy of the fictional registry that a test may write to."""
    return Path(shutil.copytree(FIXTURE, root / "vi-du"))


def word(paper: dict[str, Any], font: str = "Times New Roman", turn: Any = str) -> bytes:
    """A Word file as offices write it: head and end in tables without borders.

    ``turn`` changes every text, for old encodings.
    """
    document = docx.Document()
    document.styles["Normal"].font.name = font
    _columns(document, paper["left"], paper["right"], turn, font)
    for text in paper["title"]:
        paragraph = _written(document.add_paragraph(), turn(text), font)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for index, text in enumerate(paper["body"]):
        paragraph = _written(document.add_paragraph(), turn(text), font)
        if index == 0 and text == text.upper():
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _columns(document, paper["to"], paper["signing"], turn, font)
    for text in paper.get("annex", ()):
        document.add_paragraph(turn(text))
    if "header" in paper:
        document.sections[0].header.paragraphs[0].text = turn(paper["header"])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _written(paragraph: Any, text: str, font: str) -> Any:
    run = paragraph.add_run(text)
    if isinstance(text, Capitals):
        run.font.name = f"{font}H"
    return paragraph


def _columns(document: Any, left: list[str], right: list[str], turn: Any, font: str) -> None:
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, texts in zip(cells, (left, right), strict=True):
        _written(cell.paragraphs[0], turn(texts[0]), font)
        for text in texts[1:]:
            _written(cell.add_paragraph(), turn(text), font)


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A zip with entries replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            if entry.filename not in changes:
                new.writestr(entry, old.read(entry))
        for name, content in changes.items():
            new.writestr(name, content)
    return stream.getvalue()


# PDF, written by hand: fonts without glyphs but with ToUnicode, which is what readers take.

_WIDTH, _HEIGHT, _SIZE = 595, 842, 12
_ADVANCE = 500  # thousandths of the size, each letter alike


def pdf(paper: dict[str, Any], font: str = "TimesNewRoman", turn: Any = str) -> bytes:
    """A PDF of the paper; a page for head, text and end, and one for an annex."""
    first = [
        *_block(paper["left"], 60, 780, turn), *_block(paper["right"], 300, 780, turn),
        *((turn(t), _middle(turn(t)), 680 - 16 * i) for i, t in enumerate(paper["title"])),
    ]  # fmt: skip
    top = 670 - 16 * len(paper["title"])
    for text in paper["body"]:
        for part in _wrapped(turn(text), 75):
            x = _middle(part) if text == text.upper() else 85
            first.append((type(turn(text))(part), x, top))
            top -= 16
    first += _block(paper["to"], 85, top - 20, turn) + _block(paper["signing"], 320, top - 20, turn)
    pages = [first]
    if "annex" in paper:
        pages.append([(turn(t), 85, 780 - 16 * i) for i, t in enumerate(paper["annex"])])
    return pdf_of(pages, font)


def _block(texts: list[str], x: float, top: float, turn: Any) -> list[tuple[str, float, float]]:
    return [(turn(text), x, top - 16 * index) for index, text in enumerate(texts)]


def _middle(text: str) -> float:
    return (85 + 535) / 2 - len(text) * _ADVANCE * _SIZE / 2000


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for each in text.split():
        if len(lines[-1]) + len(each) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {each}".strip()
    return lines


def pdf_of(pages: list[list[tuple[str, float, float]]], font: str = "TimesNewRoman") -> bytes:
    """A PDF with texts at places, in points from the bottom left."""
    letters = sorted({char for page in pages for text, _, _ in page for char in text})
    codes = {char: index + 1 for index, char in enumerate(letters)}
    kids = " ".join(f"{8 + 2 * index} 0 R" for index in range(len(pages)))
    maps = "\n".join(f"<{code:04X}> <{ord(char):04X}>" for char, code in codes.items())
    chunks = [maps.splitlines()[at : at + 100] for at in range(0, len(letters), 100)]
    ranges = "\n".join(
        f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        _font(font, 4),
        _glyphs(font),
        _stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CMapName /X def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> "
            f"endcodespacerange\n{ranges}\nendcmap end end"
        ),
        _font(f"{font}H", 7),
        _glyphs(f"{font}H"),
    ]
    for index, page in enumerate(pages):
        shown = "\n".join(
            f"BT /{'F2' if isinstance(text, Capitals) else 'F1'} {_SIZE} Tf {x:.1f} {y:.1f} Td <"
            + "".join(f"{codes[char]:04X}" for char in text)
            + "> Tj ET"
            for text, x, y in page
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
            f"/Resources << /Font << /F1 3 0 R /F2 6 0 R >> >> /Contents {9 + 2 * index} 0 R >>"
        )
        objects.append(_stream(shown))
    return _assembled(objects)


def _font(name: str, glyphs: int) -> str:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{glyphs} 0 R] /ToUnicode 5 0 R >>"
    )


def _glyphs(name: str) -> str:
    return (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW {_ADVANCE} "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 4 /Ascent 800 "
        "/Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 /FontBBox [0 -200 1000 800] >> >>"
    )


def _stream(text: str) -> str:
    return f"<< /Length {len(text.encode())} >>\nstream\n{text}\nendstream"


def _assembled(objects: list[str]) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for index, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{index} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start, count = len(data), len(objects) + 1
    data += f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode()
    data += f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return data


def scan_of(picture: bytes) -> bytes:
    """A PDF of one page that is nothing but a picture (PPM as the reading process draws it)."""
    _, width, height, _ = picture.split(b"\n", 1)[0].split()
    pixels = picture.split(b"\n", 1)[1]
    shown = f"q {_WIDTH} 0 0 {_HEIGHT} 0 0 cm /I Do Q"
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {int(width)} /Height {int(height)} "
        "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /ASCIIHexDecode "
        f"/Length {2 * len(pixels) + 1} >>\nstream\n{pixels.hex()}>\nendstream"
    )
    return _assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
                "/Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>"
            ),
            _stream(shown),
            image,
        ]
    )
