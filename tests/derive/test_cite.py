"""How instruments and provisions are cited (Decree 30/2020/NĐ-CP, Annex I)."""

import datetime as dt
from typing import Any

import pytest

from builder.derive.provisions import parse, path_to
from builder.derive.provisions.cite import anchor_name, cite, provision_name
from builder.models import Regulation

DAY = dt.date(2026, 1, 1)


def instrument(**fields: Any) -> Regulation:
    return Regulation.model_validate(
        {"access": "public", "sources": ({"kind": "press"},), "verified": False, "as_of": DAY,
         "stage": "adopted", **fields}
    )  # fmt: skip


DECISION = instrument(
    type="QĐ", title="Về việc ban hành quy chế làm việc", number="05/2026/QĐ-UBND",
    dates={"signed": dt.date(2026, 2, 5)},
)  # fmt: skip
TEXT = (
    "Chương I\nCHUNG\nMục 1\nHỌP\nĐiều 3. A\n2. B:\nđ) C;\nPhụ lục I\nBIỂU\nI. MỘT\n1. x\n1.1. y\n"
)


def test_a_point_is_cited_from_the_smallest_provision_to_the_whole() -> None:
    path = path_to(parse(TEXT), "dieu-3.khoan-2.diem-dd")
    assert cite(DECISION, path, "Ủy ban nhân dân xã Ví Dụ") == (
        "điểm đ khoản 2 Điều 3 Quyết định số 05/2026/QĐ-UBND ngày 05 tháng 02 năm 2026 "
        "của Ủy ban nhân dân xã Ví Dụ về việc ban hành quy chế làm việc"
    )


def test_of_a_law_only_type_and_name_are_given() -> None:
    law = instrument(type="L", title="Luật Tổ chức Ví Dụ", number="1/2025/QH15")
    assert cite(law, issuer="Quốc hội") == "Luật Tổ chức Ví Dụ"


def test_a_title_that_is_a_name_stands_before_the_number_and_is_not_said_twice() -> None:
    regulation = instrument(
        type="QC", title="Quy chế làm việc của Ủy ban nhân dân xã Ví Dụ", number="02/QC-UBND"
    )
    assert cite(regulation, issuer="Ủy ban nhân dân xã Ví Dụ") == (
        "Quy chế làm việc của Ủy ban nhân dân xã Ví Dụ số 02/QC-UBND"
    )


def test_what_is_not_known_is_left_out() -> None:
    assert cite(instrument(type="NQ", title="Nghị quyết về ngân sách")) == "Nghị quyết về ngân sách"


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("chuong-i.muc-1", "Mục 1 Chương I"),
        ("dieu-3", "Điều 3"),
        ("phu-luc-i.muc-i.khoan-1.khoan-1-1", "khoản 1.1 Mục I Phụ lục I"),
    ],
)
def test_headings_are_named_only_where_no_article_says_the_place(anchor: str, name: str) -> None:
    assert provision_name(path_to(parse(TEXT), anchor)) == name


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("dieu-5dd.khoan-2.diem-dd", "điểm đ khoản 2 Điều 5đ"),
        ("dieu-5.khoan-2.diem-d", "điểm d khoản 2 Điều 5"),
        ("phan-thu-hai.chuong-iv.tieu-muc-2", "Tiểu mục 2 Chương IV Phần thứ hai"),
        ("phu-luc-ii.khoan-1.khoan-1-2", "khoản 1.2 Phụ lục II"),
        ("dieu-3-lan-2", "Điều 3"),
        ("phu-luc", "Phụ lục"),
    ],
)
def test_an_anchor_can_be_named_without_its_text(anchor: str, name: str) -> None:
    assert anchor_name(anchor) == name


def test_a_name_from_the_anchor_is_that_from_the_text() -> None:
    for node in parse(TEXT).walk():
        if node.label:
            assert anchor_name(node.anchor).startswith(provision_name((node,)))
