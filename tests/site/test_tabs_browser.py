"""The page of a record in a browser: tabs, the head that stays, citing, sharing, printing."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.site.build import build
from tests.site.builds import vi_du

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
RULES = "regulations/vi-du/an-binh/quy-che-lam-viec-ubnd/"
TABS = ["Nội dung", "Thuộc tính", "Hiệu lực", "Lược đồ", "Lịch sử", "Văn bản gốc"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "site"
    build(vi_du(tmp_path_factory.mktemp("registry")), out, full_text=False)
    return out


@pytest.fixture(scope="module")
def address(site: Path, served: Callable[[Path], str]) -> str:
    return served(site)


def selected(page: "Page") -> str:
    return page.locator("[role=tab][aria-selected=true]").inner_text()


def shown(page: "Page") -> list[str]:
    """Anchors of the sections that can be seen."""
    return page.locator(".rg-panel").evaluate_all(
        "all => all.filter(one => one.lastElementChild.checkVisibility())"
        ".map(one => one.querySelector('h2').id)"
    )


def test_sections_become_tabs_of_which_one_is_shown(page: "Page", address: str) -> None:
    page.goto(address + RULES)
    assert page.get_by_role("tab").all_inner_texts()[:6] == TABS
    assert selected(page) == "Nội dung"
    assert shown(page) == ["noi-dung-van-ban"]
    page.get_by_role("tab", name="Thuộc tính").click()
    assert shown(page) == ["thuoc-tinh"]
    assert page.get_by_role("tabpanel", name="Thuộc tính").is_visible()


def test_arrows_home_and_end_go_through_the_tabs_and_tab_leaves_them(
    page: "Page", address: str
) -> None:
    page.goto(address + RULES)
    page.get_by_role("tab", name="Nội dung").focus()
    for key, tab in (
        ("ArrowRight", "Thuộc tính"), ("ArrowRight", "Hiệu lực"), ("ArrowLeft", "Thuộc tính"),
        ("Home", "Nội dung"), ("ArrowLeft", "Nguồn"), ("ArrowRight", "Nội dung"), ("End", "Nguồn"),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert selected(page) == tab
        assert page.evaluate("document.activeElement.textContent") == tab
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "tabpanel"


def test_the_keyboard_stops_at_no_section_whose_tab_is_closed(page: "Page", address: str) -> None:
    page.goto(address + RULES)
    stops = page.locator(".rg-panel").evaluate_all(
        "all => all.filter(one => one.tabIndex === 0).map(one => one.querySelector('h2').id)"
    )
    assert stops == ["noi-dung-van-ban"]
    page.get_by_role("tab", name="Thuộc tính").click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.querySelector('h2').id") == "thuoc-tinh"


def test_the_tab_stands_in_the_address_and_comes_back_with_it(page: "Page", address: str) -> None:
    page.goto(address + RULES + "?on=2025-08-01")
    page.get_by_role("tab", name="Lược đồ").click()
    assert page.url.endswith("?on=2025-08-01#luoc-do")
    page.reload()
    assert selected(page) == "Lược đồ"


def test_a_link_to_a_provision_opens_its_tab_and_the_head_hides_nothing(
    page: "Page", address: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address + RULES + "#thuoc-tinh")
    page.evaluate("location.hash = '#dieu-2'")
    page.wait_for_function("document.querySelector('[aria-selected=true]').hash.includes('noi-')")
    bar, provision = page.locator(".rg-bar"), page.locator("#dieu-2")
    page.wait_for_function("scrollY > 100")
    below = bar.bounding_box(), provision.bounding_box()
    assert below[0]
    assert below[1]
    assert below[0]["y"] == 0  # it stays at the top
    assert below[0]["y"] + below[0]["height"] <= below[1]["y"]
    assert below[0]["height"] <= 80


def test_nothing_that_the_keyboard_reaches_stands_behind_the_head(
    page: "Page", address: str
) -> None:
    page.set_viewport_size({"width": 800, "height": 500})
    page.goto(address + RULES)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    buttons = page.locator(".rg-text .rg-cite-button")
    buttons.nth(buttons.count() - 1).focus()
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("""() => {
          const bar = document.querySelector(".rg-bar").getBoundingClientRect();
          const here = document.activeElement.getBoundingClientRect();
          return here.top >= bar.bottom || here.bottom <= bar.top;
        }""")


def test_without_script_all_sections_stand_below_one_another(
    browser: "Browser", address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + RULES)
    assert len(page.locator("h2:visible").all()) >= len(TABS)
    page.get_by_role("link", name="Lịch sử", exact=True).click()
    assert page.url.endswith("#lich-su")
    assert page.get_by_role("button", name="Trích dẫn", exact=True).count() == 0
    assert page.get_by_role("link", name="Tải bản ghi").is_visible()
    context.close()


def test_on_paper_all_sections_are_shown_and_no_buttons(page: "Page", address: str) -> None:
    page.goto(address + RULES)
    page.emulate_media(media="print")
    assert len(shown(page)) >= len(TABS)
    assert not page.locator(".rg-tools").is_visible()
    assert not page.locator(".rg-day").is_visible()
    assert not page.get_by_role("tablist").is_visible()
    assert page.locator("#lich-su").is_visible()


def test_one_click_copies_the_citation_in_its_official_form(page: "Page", address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address + RULES)
    page.get_by_role("button", name="Trích dẫn", exact=True).click()
    page.wait_for_function("document.querySelector('[data-said-here]').textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == ("Quy chế làm việc của Ủy ban nhân dân xã An Bình ngày 02 tháng 7 năm 2025")
    assert page.inner_text("[data-said-here]") == f"Đã chép trích dẫn: {copied}"


def test_sharing_copies_the_address_where_the_browser_cannot_share(
    page: "Page", address: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(address + RULES + "#lich-su")
    page.get_by_role("button", name="Chia sẻ").click()
    page.wait_for_function("document.querySelector('[data-said-here]').textContent")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_buttons_and_tabs_are_large_enough_for_a_finger(page: "Page", address: str) -> None:
    """WCAG 2.2, success criterion 2.5.8: 24 by 24 pixels."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address + RULES)
    for one in page.locator(".rg-tools :is(a, button):visible, [role=tab]").all():
        box = one.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


def test_a_copy_opened_from_a_disk_leaves_no_gap_where_one_could_share(
    page: "Page", site: Path
) -> None:
    page.goto((site / RULES / "index.html").as_uri())
    page.get_by_role("button", name="Trích dẫn", exact=True).wait_for()
    boxes = [one.bounding_box() for one in page.locator(".rg-tools li").all()]
    shown = [box for box in boxes if box]
    assert len(shown) == len(boxes) - 1
    gaps = [b["x"] - a["x"] - a["width"] for a, b in itertools.pairwise(shown) if a["y"] == b["y"]]
    assert max(gaps) < 10
