"""What the parser of legal texts makes of what people paste."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.derive.provisions import Node, parse, path_to, to_text
from builder.derive.provisions.cite import provision_name, provision_names
from builder.derive.provisions.parse import _RANK

DECISION = """\
ỦY BAN NHÂN DÂN
XÃ VÍ DỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 01/2026/QĐ-UBND

QUYẾT ĐỊNH
Ban hành Quy chế làm việc

Căn cứ Luật Tổ chức chính quyền địa phương;
Theo đề nghị của Chánh Văn phòng.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.
Điều 2. Hiệu lực
Quyết định này có hiệu lực từ ngày ký.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Ví

QUY CHẾ
Làm việc của Ủy ban nhân dân xã Ví Dụ
(Ban hành kèm theo Quyết định số 01/2026/QĐ-UBND)

Chương I
QUY ĐỊNH CHUNG
VÀ ĐỐI TƯỢNG
Điều 1. Phạm vi
1. Quy chế này quy định:
a) Một;
d) Hai;
đ) Ba.
1a. Khoản chen vào sau.
Mục 1. TỔ CHỨC
Điều 1a. Điều chen vào sau
"""


def anchors(text: str) -> list[str]:
    return [node.anchor for node in parse(text).walk() if node.anchor]


def at(text: str, anchor: str) -> Node:
    return path_to(parse(text), anchor)[-1]


def test_every_numbered_provision_has_an_anchor_that_says_where_it_stands() -> None:
    numbered = [node.anchor for node in parse(DECISION).walk() if node.label]
    assert numbered == [
        "dieu-1", "dieu-2",
        "kem-theo-1.chuong-i", "kem-theo-1.dieu-1", "kem-theo-1.dieu-1.khoan-1",
        "kem-theo-1.dieu-1.khoan-1.diem-a", "kem-theo-1.dieu-1.khoan-1.diem-d",
        "kem-theo-1.dieu-1.khoan-1.diem-dd", "kem-theo-1.dieu-1.khoan-1a",
        "kem-theo-1.chuong-i.muc-1", "kem-theo-1.dieu-1a",
    ]  # fmt: skip


def test_the_points_d_and_đ_are_two_points() -> None:
    text = "Điều 1. A\n1. B:\nd) bốn;\nđ) năm.\n"
    assert at(text, "dieu-1.khoan-1.diem-d").content == "bốn;"
    assert at(text, "dieu-1.khoan-1.diem-dd").name == "điểm đ"


def test_grounds_recipients_and_signature_are_told_apart() -> None:
    kinds = {node.kind: node.anchor for node in parse(DECISION).walk()}
    assert kinds["basis"] == "mo-dau.can-cu-2"
    assert kinds["recipients"] == "phan-cuoi.noi-nhan"
    assert kinds["signature"] == "phan-cuoi.chu-ky"


def test_a_title_on_lines_of_its_own_belongs_to_its_chapter() -> None:
    assert at(DECISION, "kem-theo-1.chuong-i").content == "QUY ĐỊNH CHUNG VÀ ĐỐI TƯỢNG"


def test_an_attached_document_begins_an_own_numbering() -> None:
    assert at(DECISION, "dieu-1").content.startswith("Ban hành kèm theo")
    assert at(DECISION, "kem-theo-1.dieu-1").content == "Phạm vi"


def test_a_mention_of_an_article_at_the_head_of_a_line_is_no_article() -> None:
    assert anchors("Điều 1. A\nĐiều 5 của Luật này không áp dụng.\n") == [
        "dieu-1", "dieu-1.doan-1",
    ]  # fmt: skip


def test_a_quoted_article_is_no_article_of_the_amending_instrument() -> None:
    text = "Điều 1. Sửa Điều 5 như sau:\n“Điều 5. Mới\n1. Một;\n2. Hai.”\nĐiều 2. Hiệu lực\n"
    assert anchors(text) == ["dieu-1", "dieu-1.trich-dan-1", "dieu-2"]


def test_a_provision_quoted_from_the_middle_of_a_line_is_none_of_the_amending_instrument() -> None:
    text = (
        "Điều 1. Sửa đổi\n1. Bổ sung Điều 3a như sau: “Điều 3a. Tên\n1. Một.\n2. Hai.”.\n"
        "2. Bãi bỏ các chữ “nêu\ntrên” tại Điều 4.\n3. Hiệu lực.\n"
    )
    assert [a for a in anchors(text) if "doan" not in a] == [
        "dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-1.trich-dan-1", "dieu-1.khoan-2",
        "dieu-1.khoan-3",
    ]  # fmt: skip


def test_numbers_and_letters_before_dashes_count_in_their_order() -> None:
    text = "Điều 1: A\n1- Một\na- x\nb- y\n5- 7 ngày\n2- Hai\n"
    assert anchors(text) == [
        "dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-1.diem-a", "dieu-1.khoan-1.diem-b",
        "dieu-1.khoan-1.diem-b.doan-1", "dieu-1.khoan-2",
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["“", '"'])
def test_a_quotation_that_is_never_closed_hides_nothing(mark: str) -> None:
    text = f"Điều 1. Sửa như sau:\n{mark}Điều 5. Mới\n1. Một.\nĐiều 2. Hiệu lực\n"
    assert "dieu-2" in anchors(text)


def test_a_number_that_stands_twice_gets_a_suffix_in_order() -> None:
    text = "Điều 3. A\n1. x\n1. y\nĐiều 3. B\nĐiều 3. C\n"
    assert anchors(text) == [
        "dieu-3", "dieu-3.khoan-1", "dieu-3.khoan-1-lan-2", "dieu-3-lan-2", "dieu-3-lan-3",
    ]  # fmt: skip


def test_articles_are_numbered_through_but_chapters_stand_in_their_part() -> None:
    text = (
        "Phần thứ nhất\nCHUNG\nChương I\nMỘT\nĐiều 1. A\n"
        "PHẦN THỨ HAI\nRIÊNG\nChương I\nHAI\nTiểu mục 1\nBA\nĐiều 2. B\n"
    )
    assert anchors(text) == [
        "phan-thu-nhat", "phan-thu-nhat.chuong-i", "dieu-1",
        "phan-thu-hai", "phan-thu-hai.chuong-i", "phan-thu-hai.chuong-i.tieu-muc-1", "dieu-2",
    ]  # fmt: skip


def test_plans_without_articles_are_read_by_numerals_numbers_and_letters() -> None:
    text = (
        "A. PHẦN CHUNG\nI. MỤC ĐÍCH\n1. Một\n1.1. Con\na) Điểm\n1.2 Con\n30.4 là ngày\n"
        "II. Yêu cầu\nC. Mác viết\nB. PHẦN RIÊNG\n"
    )
    assert anchors(text) == [
        "phan-a", "phan-a.muc-i", "phan-a.muc-i.khoan-1", "phan-a.muc-i.khoan-1.khoan-1-1",
        "phan-a.muc-i.khoan-1.khoan-1-1.diem-a", "phan-a.muc-i.khoan-1.khoan-1-2",
        "phan-a.muc-i.khoan-1.khoan-1-2.doan-1", "phan-a.muc-ii", "phan-a.muc-ii.doan-1", "phan-b",
    ]  # fmt: skip


def test_appendices_take_their_title_and_number_their_own_provisions() -> None:
    text = (
        "Điều 1. A\nPhụ lục I\nDANH MỤC\n(Kèm theo Nghị quyết này)\n1. Một\nPHỤ LỤC 2: BIỂU\n1. x\n"
    )
    assert [a for a in anchors(text) if "phu-luc" in a] == [
        "phu-luc-i", "phu-luc-i.khoan-1", "phu-luc-2", "phu-luc-2.khoan-1",
    ]  # fmt: skip
    assert at(text, "phu-luc-i").content == "DANH MỤC (Kèm theo Nghị quyết này)"


def test_rows_between_pipes_are_one_table() -> None:
    text = "Điều 1. A\n| Cột | Số |\n|---|---|\n| Một | 1 |\nSau bảng.\n"
    assert at(text, "dieu-1.bang-1").text.count("\n") == 3
    assert anchors(text)[-1] == "dieu-1.doan-1"


@pytest.mark.parametrize(
    "line", ["**Điều 7. A**", "### Điều 7. A", "ĐIỀU 7. A", "Ðiều 7: A", "  Điều 7.A", "Điều 7"]
)
def test_marks_are_known_through_what_conversions_do_to_them(line: str) -> None:
    assert "dieu-7" in anchors(f"{line}\n")


@pytest.mark.parametrize(
    ("line", "anchor"),
    [("1\\. Một", "khoan-1"), ("12.Không cách", "khoan-12"), ("2đ. Chen", "khoan-2dd")],
)
def test_clauses_are_known_through_what_conversions_do_to_them(line: str, anchor: str) -> None:
    assert f"dieu-1.{anchor}" in anchors(f"Điều 1. A\n{line}\n")


def test_a_wrapped_line_that_begins_with_a_number_is_no_clause() -> None:
    text = (
        "Điều 1. Sắp xếp\n\n1. Phần còn lại của xã Một sau khi sắp xếp theo quy định tại khoản\n"
        "2. Điều này và toàn bộ diện tích tự nhiên của xã Hai trong huyện cũ được\n"
        "nhập vào xã Ba theo hồ sơ địa giới đã được các bên thống nhất và được cấp\n"
        "có thẩm quyền xác nhận.\n\n2. Khoản hai, về việc bàn giao hồ sơ của các đơn vị cũ\n"
        "trước sắp xếp.\n"
    )
    assert anchors(text) == ["dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-2"]


@pytest.mark.shared
def test_the_real_resolutions_are_read_to_the_last_clause(shared: Path) -> None:
    for path in sorted((shared / "data/resolutions").glob("*.md")):
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        tree = parse(text)
        assert to_text(tree) == text
        assert [node.kind for node in tree.children] == [
            "preamble", "article", "article", "article", "closing",
        ]  # fmt: skip
        for article in tree.children[1:4]:
            labels = [node.label for node in article.children if node.kind == "clause"]
            assert labels == [str(n) for n in range(1, len(labels) + 1)], path.name
            assert len(article.children) - len(labels) <= 1, "only the words before clause 1"


_LINES = st.sampled_from(
    [
        "Phần I", "Chương II", "CHƯƠNG III. TÊN", "Mục 1", "Tiểu mục 2", "Điều 1. A", "Điều 1",
        "1. một", "1.1. hai", "2) ba", "a) bốn", "đ) năm", "a. sáu", "I. BẢY", "A. TÁM",
        "| a | b |",
        "|---|", "“Điều 9. x", "x”", '"y', 'z"', "Phụ lục", "PHỤ LỤC I", "Nơi nhận:", "- VT;",
        "TM. ỦY BAN", "CHỦ TỊCH", "QUY CHẾ", "(Ban hành kèm theo Quyết định 1)", "Căn cứ Luật;",
        "", " ", "chữ thường nối tiếp dòng trên", "\t", "**đậm**", "Nghị quyết này được Quốc hội",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINES, max_size=40).map("\n".join))
def test_any_order_of_provisions_prints_back_and_keeps_anchors_apart(text: str) -> None:
    tree = parse(text)
    nodes = list(tree.walk())
    assert to_text(tree) == text
    assert len({node.anchor for node in nodes}) == len(nodes)
    for node in nodes:
        assert all(_RANK[node.kind] <= _RANK[child.kind] for child in node.children)


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_text_at_all_prints_back(text: str) -> None:
    assert to_text(parse(text)) == text


@pytest.mark.parametrize(
    "unit",
    [
        "“Điều 1. a\n", '"a\n', "x”\n", "| a |\n", "1. a\n", "a) x\n", "1.1.1. a\n", "Phụ lục\n",
        "Chương I\n", "Nơi nhận:\n", "QUY CHẾ\n", "*_ \\", "a", "\n", "(Kèm theo\n",
    ],
)  # fmt: skip
def test_a_long_hostile_text_is_read_and_stays_shallow(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    tree = parse(text)
    assert to_text(tree) == text
    assert _depth(tree) <= len(_RANK)


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for child in node.children), default=0)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINES, max_size=40).map("\n".join))
def test_all_names_at_once_are_those_of_each_provision_alone(text: str) -> None:
    tree = parse(text)
    assert provision_names(tree) == {
        node.anchor: provision_name(path_to(tree, node.anchor))
        for node in tree.walk()
        if node is not tree
    }
