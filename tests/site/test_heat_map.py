"""The map of completeness: it reads without colours, and each cell leads to its records."""

import re
from pathlib import Path

import pytest

from builder.registry import load
from tests.site.asking import (
    ADOPTED,
    INSPECTION,
    MAP,
    PARTY,
    PLAN,
    RULES,
    TRIAL,
    asking,
    document,
)
from tests.site.rendered import Html, Site, real_site, site_on

INDEX = "tinh-trang/day-du/"
SECOND = "documents/vi-du/an-binh/2025/quy-che-sua-doi"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_on(asking(tmp_path_factory.mktemp("asking")))


def leads_to(page: Html, words: str) -> list[str]:
    """Addresses of the cells with these words, from the root of the site."""
    found = (href for href, text in page.links if text == words)
    return [href.removeprefix("../" * 3) for href in found]


def _heads(site: Site) -> list[list[str]]:
    return [row for row in site[MAP].rows if row[0] == "Đơn vị"]


def test_the_records_of_this_test_are_sound(tmp_path: Path) -> None:
    assert load(asking(tmp_path), cache=False).findings == ()


def test_every_cell_has_a_sign_and_words(site: Site) -> None:
    cells = [row[1:] for row in site[MAP].rows if row[0].startswith("Xã ")]
    assert cells == [
        ["? Chưa rõ"],
        ["Y Đã yêu cầu", "✓ Đã có"],
        ["Y Đã yêu cầu", "T Mới có bản vận hành thử ! Đã qua thời hạn"],
    ]


def test_every_sign_stands_in_the_legend(site: Site) -> None:
    legend = " ".join(re.findall(r"<ul class=\"rg-legend\".*?</ul>", site[MAP].html, re.DOTALL))
    assert re.findall(r"aria-hidden=\"true\">(.)<", legend) == list("✓TD✕Y?!")


def test_a_cell_leads_to_the_record_that_gives_its_state(site: Site) -> None:
    page = site[MAP]
    assert leads_to(page, "✓ Đã có") == [f"{ADOPTED}/"]
    assert leads_to(page, "T Mới có bản vận hành thử ! Đã qua thời hạn") == [f"{TRIAL}/"]
    assert leads_to(page, "Y Đã yêu cầu") == [f"{INSPECTION}/"] * 2


def test_a_cell_without_any_record_leads_to_the_unit_on_the_page_of_its_requirement(
    site: Site,
) -> None:
    (address,) = leads_to(site[MAP], "? Chưa rõ")
    assert address == f"{PARTY}/#don-vi-99001-2025-07-01"
    assert "don-vi-99001-2025-07-01" in site[f"{PARTY}/"].ids


def test_a_cell_with_several_records_leads_to_where_all_of_them_stand(tmp_path: Path) -> None:
    site = site_on(asking(tmp_path, {SECOND: document("an-binh", "adopted")}))
    assert leads_to(site[MAP], "✓ Đã có") == [f"{RULES}/#don-vi-99001-2025-07-01"]
    assert {f"{ADOPTED}/", f"{SECOND}/"} <= site.targets(f"{RULES}/")


def test_requirements_of_the_same_units_share_a_table(site: Site) -> None:
    assert [[cell.split(" “")[0] for cell in row[1:]] for row in _heads(site)] == [
        ["Nghị quyết của Đảng ủy"], ["Kế hoạch công tác", "Quy chế làm việc"]
    ]  # fmt: skip


def test_a_row_names_the_former_districts_of_its_unit(site: Site) -> None:
    assert site[MAP].row("Xã Đại Lộc")[0] == "Xã Đại Lộc huyện Mẫu cũ"


def test_filters_offer_only_what_occurs_and_can_be_told_apart(site: Site) -> None:
    filters = {one["name"]: one["choices"] for one in site.context(MAP)["filters"]}
    assert filters == {
        "khoi": [("dang", "Đảng"), ("chinh-quyen", "Chính quyền")],
        "tinh-trang": [
            ("present", "Đã có"), ("trial", "Mới có bản vận hành thử"),
            ("requested", "Đã yêu cầu"), ("unknown", "Chưa rõ"), ("late", "Đã qua thời hạn"),
        ],
    }  # fmt: skip


def test_the_real_map_filters_by_former_district_and_working_group() -> None:
    context = real_site().context("tinh-trang/day-du/lang-son/")
    choices = {one["name"]: [words for _, words in one["choices"]] for one in context["filters"]}
    assert "Huyện Tràng Định (cũ)" in choices["huyen-cu"]
    assert [words.split(" của ")[0] for words in choices["to"][:2]] == [
        "Tổ công tác số 1", "Tổ công tác số 2"
    ]  # fmt: skip
    row = next(
        row for table in context["tables"] for row in table["rows"]
        if row["unit"].title == "Xã Thất Khê"
    )  # fmt: skip
    assert "to-cong-tac-2" in row["groups"].split()


def test_the_course_over_time_joins_months_with_the_same_numbers(site: Site) -> None:
    rows = {row[0]: row[1:] for row in site[MAP].rows if re.match(r"\d", row[0])}
    # đã có, mới thử, đã yêu cầu, chưa rõ, đã qua thời hạn
    assert rows == {
        "30/6/2025 đến 31/7/2025": ["0", "0", "4", "1", "0"],
        "31/8/2025 đến 30/9/2025": ["1", "1", "2", "1", "0"],
        "31/10/2025 đến 31/01/2026": ["1", "1", "2", "1", "1"],
    }


def test_the_picture_tells_its_first_and_last_day_in_words(site: Site) -> None:
    says = re.search(r"<desc[^>]*>(.*?)</desc>", site[MAP].html)
    assert says is not None
    assert says[1].startswith("Ngày 30/6/2025: đã yêu cầu 4 và chưa rõ 1; Ngày 31/01/2026: ")


def test_a_flat_course_is_called_a_lack_of_records_not_a_standstill() -> None:
    text = real_site()["tinh-trang/day-du/lang-son/"].text
    assert "phản ánh tình hình đến ngày 26/6/2025. Từ đó đến nay chưa ghi nhận gì mới" in text
    assert "không có nghĩa là thực tế không thay đổi" in text


def test_the_overview_sums_the_provinces(site: Site) -> None:
    page = site[INDEX]
    assert page.row("Tỉnh Ví Dụ") == ["Tỉnh Ví Dụ", "2 / 2", "1", "1", "0", "0", "2", "1", "1"]
    assert page.row("31/10/2025")[1:] == ["1", "1", "2", "1", "1"]


@pytest.mark.parametrize(
    ("record_id", "text"),
    [
        (ADOPTED, document("an-binh", "withdrawn")),
        (TRIAL, document("dai-loc", "adopted")),
        (SECOND, document("dai-loc", "adopted", PLAN)),
    ],
)
def test_the_map_and_its_course_are_made_again_when_evidence_changes(
    site: Site, tmp_path: Path, record_id: str, text: str
) -> None:
    after = site_on(asking(tmp_path, {record_id: text}))
    assert [page for page in (MAP, INDEX) if site.key(page) == after.key(page)] == []


def test_a_record_that_gives_no_state_leaves_the_map_as_it_was(site: Site, tmp_path: Path) -> None:
    other = document("dai-loc", "adopted").partition("relations:")[0]
    after = site_on(asking(tmp_path, {SECOND: other}))
    assert site.key(MAP) == after.key(MAP)
