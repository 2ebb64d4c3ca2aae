"""What applies in a unit, and the inheritance ledger, as pages tell it for the day of the site."""

import datetime as dt
from pathlib import Path

import pytest

from builder.site.pages import applies
from tests.conftest import ROOT
from tests.registries import DOCUMENT, write
from tests.site.rendered import Site, real_site, site_on

VI_DU = ROOT / "tests/fixtures/vi-du"
NEW, CAM_HOA = "units/vi-du/99001@2025-07-01/", "units/vi-du/99003@/"
MARKET = "Nghị quyết về quản lý chợ Bến"
WASTE = "Nghị quyết về thu gom rác thải sinh hoạt"
LAKE = "Nghị quyết về bảo vệ hồ Cẩm"


@pytest.fixture(scope="module")
def site() -> Site:
    return site_on(VI_DU, 2025, 10, 15)


def shown(site: Site, address: str, title: str) -> str:
    """The words of the one entry about a document that is shown on the day of the site."""
    entries = site[address].html.split('<li data-span="show"')[1:]
    found = [
        " ".join(entry.split("</details>")[0].split())
        for entry in entries
        if f">{title}</a>" in entry and not entry.split(">", 1)[0].endswith(" hidden")
    ]
    assert len(found) == 1, found
    return found[0]


def test_an_inherited_document_stands_apart_under_its_former_unit(site: Site) -> None:
    text = site[NEW].text
    own, former = text.index("Của đơn vị này và cấp trên"), text.index("Của đơn vị cũ (")
    assert own < text.index("Nghị quyết về mức thu phí thư viện") < former
    assert former < text.index("Xã Bình Minh (huyện Mẫu cũ) (", former) < text.index(WASTE, former)


def test_scope_state_and_chain_of_reasons_stand_with_the_document(site: Site) -> None:
    told = shown(site, NEW, WASTE)
    assert "Hết hiệu lực toàn bộ" in told
    assert "Chỉ trong địa bàn xã Bình Minh (huyện Mẫu cũ)" in told
    assert "khoản 1 Điều 1 Nghị quyết 9999/NQ-UBTVQH15" in told
    assert "bị thay thế bởi Nghị quyết 01/2025/NQ-HĐND từ 01/9/2025" in told


def test_documents_are_grouped_by_block_and_type(site: Site) -> None:
    headings = [words for _, words in site[NEW].headings]
    party = headings.index("Khối Đảng ( 1 )")
    assert headings[party + 1] == "Quyết định"
    assert headings.index("Khối Chính quyền ( 7 )") > party


def test_a_divided_unit_says_of_each_document_which_part_it_reaches(site: Site) -> None:
    html = site[CAM_HOA].html
    assert "Chỉ trong phần địa bàn thuộc xã An Bình" in html
    assert "Chỉ trong phần địa bàn thuộc xã Đại Lộc" in html


def test_every_span_stands_in_the_page_and_only_those_of_the_day_are_shown(site: Site) -> None:
    html = site[NEW].html
    assert 'data-first="2025-07-01" data-last="2025-08-31" hidden' in html
    assert 'data-first="2025-09-01" data-last=""><a' in html
    assert "tính đến ngày 15/10/2025" in html


def test_the_ledger_names_state_actor_and_days_left(site: Site) -> None:
    page = site[f"{NEW}tiep-nhan/"]
    rows = {row[0]: row for row in page.rows if len(row) == 5}
    assert [title for title in rows if title.startswith(LAKE)]
    waste = [row for row in page.rows if row and row[0].startswith(WASTE)]
    assert [row[2].split(" Vì sao")[0] for row in waste] == ["Tiếp tục áp dụng", "Đã được thay thế"]
    assert waste[0][3] == "Hội đồng nhân dân xã An Bình"
    assert waste[0][4] == "01/3/2027 còn 502 ngày nếu có nội dung không phù hợp với Luật Ví Dụ"
    assert waste[1][3] == "không còn phải xử lý"


def test_the_overview_counts_entries_by_state_and_province(site: Site) -> None:
    overview = site["tinh-trang/tiep-nhan/"].row("Tỉnh Ví Dụ")
    assert overview == ["Tỉnh Ví Dụ", "8", "2", "1", "1", "1", "0", "3", "01/3/2027 còn 502 ngày"]
    assert site["tinh-trang/tiep-nhan/vi-du/"].row("Xã An Bình")[:2] == ["Xã An Bình", "5"]
    assert "tinh-trang/tiep-nhan/" in site.targets("tinh-trang/")


def test_a_former_district_and_a_province_add_up_their_units(site: Site) -> None:
    for address in ("units/vi-du/991@/", "units/vi-du/99@/"):
        page = site[address]
        assert page.row("Đơn vị cấp xã cũ")[1] == "4 xã"
        assert page.row("Trong đó được chia")[1] == "1 đơn vị"
        assert page.row("Đơn vị cấp xã nay có")[1] == "2 xã"
        assert page.row("Văn bản tiếp nhận")[1].startswith("2 tiếp tục áp dụng ; 1 đơn vị mới")
    assert "tinh-trang/tiep-nhan/vi-du/" in site.targets("units/vi-du/991@/")


def test_the_totals_of_a_real_district_lead_to_the_map_of_its_communes() -> None:
    page = real_site()["units/lang-son/189@/"]
    assert page.row("Đơn vị cấp xã cũ")[1].split()[1] in ("xã", "thị")
    assert "../../../tinh-trang/day-du/lang-son/?huyen-cu=189" in [href for href, _ in page.links]


def test_a_real_unit_says_that_nothing_is_known_of_what_it_took_over() -> None:
    page = real_site()["units/lang-son/06625@2025-07-01/"]
    assert "chưa có bản ghi văn bản nào của các đơn vị cũ" in page.text
    blocks = ("Khối Đảng", "Khối Chính quyền", "Khối Mặt trận")
    assert set(blocks) <= {words for _, words in page.headings}
    overview = real_site()["tinh-trang/tiep-nhan/"].text
    assert "không có nghĩa là các đơn vị mới không tiếp nhận văn bản nào" in overview


def test_a_unit_with_many_documents_has_a_page_for_them(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shown(site, NEW, WASTE)  # rendered before the bound is lowered
    monkeypatch.setattr(applies, "INLINE", 3)
    short = site_on(VI_DU, 2025, 10, 15)
    assert f"{NEW}ap-dung/" in short.targets(NEW)
    assert 'data-span="show"' not in short[NEW].html
    assert shown(short, f"{NEW}ap-dung/", WASTE) == whole.replace("../../../", "../../../../")


def test_many_documents_of_the_province_stand_on_its_own_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(applies, "NEARBY", 1)
    page = site_on(VI_DU, 2025, 10, 15)[NEW]
    assert ("../../../units/vi-du/99@/#ap-dung", "tỉnh Ví Dụ") in page.links
    assert "danh sách và tình trạng ở trang đó" in page.text


@pytest.mark.parametrize("many", [False, True])
def test_the_key_of_a_unit_page_changes_with_what_applies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    if many:
        monkeypatch.setattr(applies, "INLINE", 0)
    plan = "documents/vi-du/an-binh/ke-hoach-thu"
    address = "units/vi-du/99001@2025-07-01/" + ("ap-dung/" if many else "")
    before = site_on(write(tmp_path / "a")).key(address)
    later = DOCUMENT.replace("effective: 2025-07-02", "effective: 2025-07-09")
    assert site_on(write(tmp_path / "b", {plan: later})).key(address) != before
    assert site_on(write(tmp_path / "c")).key(address) == before


def test_days_left_are_told_as_the_script_tells_them() -> None:
    from builder.site.pages.inheritance import left_words

    assert [left_words(n) for n in (1_234, 0, -2)] == [
        "còn 1.234 ngày", "hết hạn trong ngày", "đã quá 2 ngày",
    ]  # fmt: skip
    assert (dt.date(2027, 3, 1) - dt.date(2025, 10, 15)).days == 502
