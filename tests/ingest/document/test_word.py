"""What Word hides in a file: numbers it counts, boxes, changes, tables, heads set with tabs."""

import io
from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from builder.findings import RegistryError
from builder.ingest.document.read import Read, read_document
from tests.ingest.document import papers

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(document: Any) -> Read:
    stream = io.BytesIO()
    document.save(stream)
    return read_document(stream.getvalue(), "docx", "thu.docx")


def lines(document: Any) -> list[str]:
    return [line.text for line in read(document).paper.lines]


def numbered(document: Any, *levels: tuple[str, str]) -> None:
    """A list of the document's own, number 90: (format, text) of each level."""
    root = document.part.numbering_part.element
    shown = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{shown}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )


def item(document: Any, text: str, level: int = 0) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 90


def test_numbers_that_word_counts_are_written_out() -> None:
    document = docx.Document()
    numbered(document, ("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
    for text, level in (("Phạm vi", 0), ("Một", 1), ("Hai", 1), ("nhỏ", 2), ("nhỏ nữa", 2),
                        ("Hiệu lực", 0), ("Lại một", 1)):  # fmt: skip
        item(document, text, level)
    assert lines(document) == [
        "Điều 1. Phạm vi", "1. Một", "2. Hai", "a) nhỏ", "b) nhỏ nữa", "Điều 2. Hiệu lực",
        "1. Lại một",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "text", "shown"),
    [
        ("upperRoman", "%1.", ["I.", "II.", "III.", "IV."]),
        ("lowerRoman", "%1)", ["i)", "ii)", "iii)", "iv)"]),
        ("upperLetter", "%1.", ["A.", "B.", "C.", "D."]),
        ("bullet", "\uf0b7", ["-", "-", "-", "-"]),
        ("decimalZero", "%1", ["01", "02", "03", "04"]),
    ],
)
def test_every_form_of_number_is_counted(form: str, text: str, shown: list[str]) -> None:
    document = docx.Document()
    numbered(document, (form, text))
    for _ in range(4):
        item(document, "x")
    assert lines(document) == [f"{each} x" for each in shown]


def test_a_head_set_with_tabs_has_two_columns_too() -> None:
    document = docx.Document()
    for text in (
        "UBND XÃ AN BÌNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 12/TB-UBND\tAn Bình, ngày 5 tháng 9 năm 2025",
        "THÔNG BÁO",
        "Về lịch trực",
        "Ủy ban nhân dân xã thông báo lịch trực.",
    ):
        document.add_paragraph(text)
    reading = read(document).reading
    assert (reading.number, reading.type, str(reading.day)) == ("12/TB-UBND", "TB", "2025-09-05")
    assert reading.issuer_lines == ["UBND XÃ AN BÌNH"]


def test_a_table_of_figures_becomes_rows() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("Thôn", "Hộ"), ("Một | Hai", "12")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    assert lines(document) == ["| Thôn | Hộ |", "| Một ¦ Hai | 12 |"]


def test_deleted_and_hidden_text_is_left_out_and_changes_are_flagged() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Còn lại")
    paragraph._p.append(
        parse_xml(
            f"<w:del {nsdecls('w')} w:id='1' w:author='x'><w:r><w:delText>bỏ đi</w:delText>"
            "</w:r></w:del>"
        )
    )
    hidden = document.add_paragraph("Thấy").add_run(" ẩn")
    hidden._r.get_or_add_rPr().append(OxmlElement("w:vanish"))
    assert lines(document) == ["Còn lại", "Thấy"]
    assert any("Track Changes" in flag for flag in read(document).paper.flags)


def test_a_marking_in_a_text_box_counts() -> None:
    document = docx.Document()
    run = document.add_paragraph("Văn bản").add_run()
    run._r.append(
        parse_xml(
            f"<w:pict {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><v:shape><v:textbox>"
            "<w:txbxContent><w:p><w:r><w:t>TỐI MẬT</w:t></w:r></w:p></w:txbxContent></v:textbox>"
            "</v:shape></w:pict>"
        )
    )
    with pytest.raises(RegistryError, match="marking of secrecy"):
        read(document)


def footnotes(content: bytes) -> Any:
    document = docx.Document()
    document.add_paragraph("Văn bản")
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        content, document.part.package,
    )  # fmt: skip
    document.part.relate_to(part, f"{RELATION}/footnotes")
    return document


def test_a_marking_in_a_footnote_counts_and_broken_footnotes_are_refused() -> None:
    marked = f"<w:footnotes {nsdecls('w')}><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:footnotes>"
    with pytest.raises(RegistryError, match="marking of secrecy"):
        read(footnotes(marked.encode()))
    with pytest.raises(RegistryError, match="no sound Word file"):
        read(footnotes(b"<w:footnotes"))


def test_text_within_content_controls_and_links_is_read() -> None:
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:hyperlink><w:r><w:t>Trong ô</w:t></w:r>"
            "</w:hyperlink></w:p></w:sdtContent></w:sdt>"
        ),
    )
    assert lines(document) == ["Trong ô"]


def test_a_font_that_the_style_inherits_tells_the_encoding() -> None:
    document = docx.Document()
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:ascii"), ".VnTime")
    document.add_paragraph("QuyÕt ®Þnh")
    assert lines(document) == ["Quyết định"]


def test_letters_of_vni_that_word_cut_into_runs_find_each_other() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text in ("Quyeá", "t ñònh cuûa UÛ", "y ban nhaâ", "n daân xa", "õ"):
        paragraph.add_run(text).font.name = "VNI-Times"
    assert lines(document) == ["Quyết định của Ủy ban nhân dân xã"]


def test_a_word_file_of_pictures_only_is_said_to_be_one() -> None:
    with pytest.raises(RegistryError, match="holds no text"):
        read(docx.Document())


def test_a_second_document_after_the_signing_does_not_take_the_first_ones_signer() -> None:
    paper = {**papers.DECISION, "annex": ["QUY CHẾ", "Điều 1. Trực", "TM. BAN SOẠN THẢO"]}
    reading = read_document(papers.word(paper), "docx", "thu.docx").reading
    assert [each.name for each in reading.signers] == ["Nguyễn Văn Mẫu"]
