"""Search as a reader meets it: the field in the header, and the page of its own."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.site.build import build
from tests.search.reading import keys, look, settle, type_into_header

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Served = Callable[[Path], str]


# The page


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("1672", "resolutions/trung-uong/2025/1672-nq-ubtvqh15"),
        ("1672/nq-ubtvqh15", "resolutions/trung-uong/2025/1672-nq-ubtvqh15"),
        ("245 kh tu", "documents/lang-son/tinh/2025/245-kh-tu"),
        ("2418-QD/TU", "documents/lang-son/tinh/2025/2418-qd-tu"),
    ],
)
def test_a_number_in_any_spelling_finds_its_record(
    page: "Page", address: str, query: str, key: str
) -> None:
    look(page, address, f"q={query}")
    assert keys(page)[0] == key


def test_case_makes_no_difference_and_without_marks_all_of_it_is_found(
    page: "Page", address: str
) -> None:
    answers = []
    for query in ("Đình Lập", "đình lập", "ĐÌNH LẬP", "dinh lap", "DINH LAP"):
        look(page, address, f"q={query}&khac-dau=1")
        answers.append(sorted(keys(page)))
        assert keys(page)[0] == "units/lang-son/06613@2025-07-01"
    assert all(found == answers[0] for found in answers)


# Marks


def test_where_marks_are_typed_other_marks_wait_behind_a_button(page: "Page", address: str) -> None:
    look(page, address, "q=bính xá")
    same = keys(page)
    assert "units/lang-son/06112@2025-07-01" not in same, "Xã Bình Gia"
    page.get_by_role("button", name=re.compile("Xem thêm [0-9]+ kết quả khác dấu")).click()
    settle(page)
    assert "khac-dau=1" in page.url
    look(page, address, "q=bính xá&khac-dau=1&nhom=units")
    assert keys(page)[:3] == same[:3]
    assert "units/lang-son/06112@2025-07-01" in keys(page)
    page.get_by_role("button", name="Chỉ xem kết quả đúng dấu").click()
    settle(page)
    assert keys(page) == same[:3]


def test_where_nothing_has_the_marks_that_were_typed_the_page_says_so(
    page: "Page", address: str
) -> None:
    look(page, address, "q=Đỉnh Lắp")
    assert keys(page)[0] == "units/lang-son/06613@2025-07-01"
    assert "Không có kết quả đúng dấu" in page.locator("[data-rs-notes]").inner_text()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Bình Xá", ["Xã Bính Xá"]), ("xã bình xa", ["Xã Bính Xá"]), ("đình láp", [])],
)
def test_a_unit_whose_name_was_typed_with_other_marks_is_named(
    page: "Page", address: str, typed: str, meant: list[str]
) -> None:
    look(page, address, f"q={typed}")
    note = page.locator("[data-rs-notes] li", has_text="Đơn vị có tên khác dấu:")
    assert note.get_by_role("link").all_inner_texts() == meant


def test_only_words_with_the_marks_typed_are_marked(page: "Page", address: str) -> None:
    look(page, address, "q=bính xá")
    first = page.locator("[data-rs-results] li").first
    assert first.locator("mark").all_inner_texts() == ["Bính", "Xá"]


def test_a_query_without_marks_is_told_to_match_all_of_them(page: "Page", address: str) -> None:
    look(page, address, "q=binh xa")
    assert "Tìm không dấu" in page.locator("[data-rs-notes]").inner_text()


# What search did


def test_a_former_name_leads_to_both_units_that_followed_and_says_so(
    page: "Page", address: str
) -> None:
    look(page, address, "q=bính xá")
    titles = page.locator(".rs-title").all_inner_texts()[:3]
    assert titles == ["Xã Bính Xá", "Xã Đình Lập", "Xã Kiên Mộc"]
    said = page.locator("[data-rs-notes]").inner_text()
    assert "Xã Bính Xá (đơn vị cũ, huyện Đình Lập, tỉnh Lạng Sơn)" in said
    assert "nay thuộc xã Đình Lập (một phần), xã Kiên Mộc (phần còn lại)" in said
    page.locator("[data-rs-notes]").get_by_role("link", name="xã Kiên Mộc").click()
    page.wait_for_url("**/units/lang-son/06625@2025-07-01/")


def test_an_opened_abbreviation_is_told(page: "Page", address: str) -> None:
    look(page, address, "q=hdnd")
    assert "HĐND → Hội đồng nhân dân" in page.locator("[data-rs-notes]").inner_text()


def test_what_was_found_is_marked_in_its_original_spelling(page: "Page", address: str) -> None:
    look(page, address, "q=dinh lap")
    marks = page.locator("[data-rs-results] li").first.locator("mark").all_inner_texts()
    assert marks == ["Đình", "Lập"]


def test_a_word_that_stands_only_in_a_text_is_found_with_its_passage(
    page: "Page", address: str
) -> None:
    look(page, address, "q=trang thiet bi dai hoi")
    passages = page.locator(".rs-passage")
    passages.first.wait_for()
    assert "thiết bị" in passages.first.inner_text()


def test_facets_count_narrow_and_stay_in_the_address(page: "Page", address: str) -> None:
    look(page, address, "q=quy chế")
    before = len(keys(page))
    party = page.get_by_label(re.compile("^Đảng [0-9]+"))
    party.check()
    settle(page)
    assert "khoi=party" in page.url
    narrowed = keys(page)
    assert 0 < len(narrowed) <= before
    count = int(page.locator("label", has=party).locator(".rs-count").inner_text())
    assert page.locator("[data-rs-status]").inner_text() == f"{count} kết quả."
    page.reload()
    settle(page)
    assert keys(page) == narrowed
    page.go_back()
    settle(page)
    assert "khoi=" not in page.url
    assert len(keys(page)) == before


def test_without_words_the_facets_alone_browse_everything(page: "Page", address: str) -> None:
    look(page, address, "nhom=resolutions&giai-doan=adopted")
    assert "resolutions/trung-uong/2025/1672-nq-ubtvqh15" in keys(page)
    assert all(key.startswith("resolutions/") for key in keys(page))


def test_typing_replaces_the_answers_and_the_address(page: "Page", address: str) -> None:
    look(page, address, "q=dinh")
    page.keyboard.press("/")
    page.keyboard.type("1675")
    page.wait_for_function("document.querySelector('[data-rs-status]').textContent.length > 0")
    settle(page)
    assert page.url.endswith("q=1675")
    assert keys(page)[0] == "resolutions/trung-uong/2025/1675-nq-ubtvqh15"


def test_more_answers_follow_where_the_first_ended(page: "Page", address: str) -> None:
    look(page, address, "q=xã&nhom=units")
    page.get_by_role("button", name=re.compile("Xem thêm \\(còn")).click()
    assert len(keys(page)) == 40
    assert page.evaluate("document.activeElement.closest('li').dataset.key") == keys(page)[20]


def test_nothing_found_says_what_to_try(page: "Page", address: str) -> None:
    look(page, address, "q=dinh lap khongcogi")
    assert page.locator("[data-rs-status]").inner_text() == "Không có kết quả nào."
    page.get_by_role("link", name=re.compile("Bỏ “khongcogi”")).click()
    settle(page)
    assert keys(page)[0] == "units/lang-son/06613@2025-07-01"


@pytest.mark.parametrize("typed", ["dihn lap", "đinhlập", "dinh lâpp", "dnih lap"])
def test_a_slip_of_typing_leads_to_the_spelling_that_is_near(
    page: "Page", address: str, typed: str
) -> None:
    look(page, address, f"q={typed}")
    page.locator("[data-rs-advice]").get_by_role("link", name="“Đình Lập”").click()
    settle(page)
    assert keys(page)[0] == "units/lang-son/06613@2025-07-01"


def test_when_facets_leave_nothing_each_can_be_dropped(page: "Page", address: str) -> None:
    look(page, address, "q=1672&nhom=meetings&nam=1999")
    page.get_by_role("link", name="Bỏ các bộ lọc").click()
    settle(page)
    assert keys(page)[0] == "resolutions/trung-uong/2025/1672-nq-ubtvqh15"
    assert "nhom=" not in page.url


# A day


def states(page: "Page") -> list[str]:
    found: list[str] = page.locator("[data-rs-results] .rg-chip").all_inner_texts()
    return found


def test_each_document_shows_its_state_on_the_day_in_the_address(
    page: "Page", address: str
) -> None:
    look(page, address, "q=1672&nhom=resolutions&on=2025-06-15")
    assert states(page)[0] == "Chưa có hiệu lực"
    look(page, address, "q=1672&nhom=resolutions&on=2025-06-16")
    assert states(page)[0] == "Còn hiệu lực"


def test_another_day_in_the_field_changes_states_and_address(page: "Page", address: str) -> None:
    look(page, address, "q=1672&nhom=resolutions")
    page.get_by_label("Xem tại ngày").fill("2025-06-15")
    page.wait_for_function(
        "document.querySelector('[data-rs-results] .rg-chip').textContent == 'Chưa có hiệu lực'"
    )
    assert "on=2025-06-15" in page.url
    page.locator("#rs-q").fill("1672 nq")
    settle(page)
    assert "q=1672+nq" in page.url
    assert "on=2025-06-15" in page.url


def test_what_was_in_force_on_a_day_can_be_chosen_by_itself(page: "Page", address: str) -> None:
    look(page, address, "q=nghị quyết&on=2025-08-15")
    page.get_by_label(re.compile("^Còn hiệu lực")).check()
    settle(page)
    assert "tinh-trang=in_force" in page.url
    assert set(states(page)) == {"Còn hiệu lực"}
    assert "resolutions/trung-uong/2025/1672-nq-ubtvqh15" in keys(page)
    page.locator("[data-rs-results] a").first.click()
    page.wait_for_url("**/resolutions/**?on=2025-08-15")


# Groups


def test_answers_are_grouped_by_kind_and_a_group_opens(page: "Page", address: str) -> None:
    look(page, address, "q=lạng sơn")
    headings = page.locator("[data-rs-results] h2").all_inner_texts()
    assert headings[0].startswith("Đơn vị hành chính")
    assert len(headings) > 2
    page.get_by_role("link", name=re.compile("trong nhóm “Đơn vị hành chính”")).click()
    settle(page)
    assert "nhom=units" in page.url
    assert len(page.locator("[data-rs-results] h2").all()) == 1
    assert all(key.startswith("units/") for key in keys(page))


def test_the_phone_width_does_not_scroll_sideways(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    look(page, address, "q=bính xá")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("details.rs-filter").get_attribute("open") is None


# Without script, and with records that mean harm


def test_without_script_the_page_says_so_and_leads_to_the_lists(
    browser: "Browser", address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}gioi-thieu/")
    page.locator("form.site-search input").fill("dinh lap")
    page.locator("form.site-search button").click()
    page.wait_for_url("**/tim-kiem/?q=dinh*lap")
    assert "Tìm kiếm cần JavaScript" in page.locator("noscript").first.inner_text()
    assert page.locator("nav[aria-label='Danh sách'] a").count() >= 4
    context.close()


def test_a_copy_opened_from_a_disk_finds_and_leads_to_its_own_files(
    page: "Page", real_site: Path
) -> None:
    page.goto((real_site / "gioi-thieu" / "index.html").as_uri())
    type_into_header(page, "bính xá")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/index.html?q=*")
    page.wait_for_selector("[data-rs-results] li")
    assert "Tìm trong toàn văn cần mở trang qua một máy chủ web" in (
        page.locator("[data-rs-status]").inner_text()
    )
    page.get_by_role("link", name="Xã Bính Xá").last.click()
    page.wait_for_url("**/units/lang-son/06622@/index.html")


def test_words_of_records_are_vietnamese_in_an_english_page(page: "Page", address: str) -> None:
    """All words with Vietnamese letters: titles, issuers, units, notes, passages, names in the
    facets."""
    for query in ("bính xá", "quy chế ủy ban kiểm tra", "245 kh tu"):
        page.goto(f"{address}en/tim-kiem/?q={query}")
        settle(page)
        page.wait_for_selector("[data-rs-results] li")
        unmarked = page.locator("[data-registry-search-page]").evaluate(
            """(root) => {
              const found = [];
              const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const { data, parentElement } = walker.currentNode;
                if (!/[ăâđêôơưạ-ỹ]/iu.test(data)) continue;
                const { lang } = parentElement.closest("[lang]");
                if (lang !== "vi") found.push(data);
              }
              return found;
            }"""
        )
        assert unmarked == []
        assert page.locator(".rs-details [lang=vi]").count()


@pytest.mark.parametrize(
    ("typed", "offered", "key"),
    [
        ("resolutions 1672", "“Nghị quyết 1672”", "resolutions/trung-uong/2025/1672-nq-ubtvqh15"),
        ("ward dong kinh", "“Phường dong kinh”", "units/lang-son/05977@2025-07-01"),
        ("people's committee na sam", "“Ủy ban nhân dân na sam”", "bodies/lang-son/na-sam/ubnd"),
    ],
)
def test_english_names_of_types_lead_to_the_vietnamese_words_of_records(
    page: "Page", address: str, typed: str, offered: str, key: str
) -> None:
    look(page, f"{address}en/", f"q={typed}")
    page.locator("[data-rs-advice]").get_by_role("link", name=offered).click()
    settle(page)
    assert keys(page)[0] == key


def test_a_hostile_title_is_shown_as_text(
    page: "Page", served: Served, with_texts: Path, tmp_path: Path
) -> None:
    build(with_texts, tmp_path / "site")
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    address = served(tmp_path / "site")
    look(page, address, "q=vệ sinh")
    assert "<img src=x" in page.locator(".rs-title").first.inner_text()
    type_into_header_of_a_page(page, address)
    assert said == []


def type_into_header_of_a_page(page: "Page", address: str) -> None:
    page.goto(f"{address}gioi-thieu/")
    type_into_header(page, "vệ sinh")
    assert "<img src=x" in page.locator(".rs-option .rs-title").first.inner_text()
