"""The frame of pages in a browser: under a sub-path, from a disk, in the dark, by keyboard."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def address(real_site: Path, served: Callable[[Path], str]) -> str:
    return served(real_site)


def test_the_tabs_lead_through_the_site_under_a_sub_path(page: "Page", address: str) -> None:
    failed: list[str] = []
    page.on("response", lambda answer: answer.status >= 400 and failed.append(answer.url))
    page.goto(address)
    for tab in ("Đơn vị", "Văn bản", "Cuộc họp", "Tổ chức", "Tình trạng", "Hướng dẫn"):
        page.locator(".md-tabs__link", has_text=tab).click()
        page.wait_for_load_state()
        assert page.url.startswith(address)
        assert page.locator(".md-tabs__item--active").inner_text().strip() == tab
    assert failed == []


def test_a_copied_folder_works_from_the_disk(page: "Page", real_site: Path) -> None:
    page.goto((real_site / "index.html").as_uri())
    page.locator(".md-tabs__link", has_text="Đơn vị").click()
    page.wait_for_url("**/don-vi/index.html")
    page.locator(".site-name").click()
    page.wait_for_url("**/site/index.html")
    page.locator(".site-search__field").fill("đình lập")
    page.locator(".site-search__field").press("Enter")
    page.wait_for_url("**/tim-kiem/index.html?q=*")


def test_the_choice_of_colours_is_kept_on_the_next_page(page: "Page", address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(address)
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    button = page.get_by_role("button", name="Giao diện tối")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    page.goto(address + "don-vi/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_who_prefers_dark_pages_gets_them(page: "Page", address: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address)
    menu = page.get_by_role("button", name="Mở trình đơn")
    menu.focus()
    page.keyboard.press("Enter")
    link = page.locator(".md-nav--primary .md-nav__link", has_text=re.compile(r"^\s*Văn bản\s*$"))
    link.wait_for(state="visible")
    assert page.locator("#__drawer").is_checked()
    page.keyboard.press("Escape")
    assert not page.locator("#__drawer").is_checked()


@pytest.mark.parametrize(("width", "path"), [(360, ""), (900, "don-vi/")])
def test_a_page_is_chosen_from_the_open_menu(
    page: "Page", address: str, width: int, path: str
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(address + path)
    page.get_by_role("button", name="Mở trình đơn").click()
    link = page.locator(".md-nav--primary .md-nav__link", has_text=re.compile(r"^\s*Văn bản\s*$"))
    link.click(timeout=5_000)
    page.wait_for_url("**/van-ban/")


@pytest.mark.parametrize("path", ["don-vi/", "huong-dan/doc-trang/"])
def test_the_keyboard_does_not_stop_in_a_menu_that_is_closed(
    page: "Page", address: str, path: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address + path)
    stops = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.add(page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null"))
    assert stops == {False}


def test_the_first_tab_stop_skips_to_the_content(page: "Page", address: str) -> None:
    page.goto(address + "don-vi/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_a_first_visit_of_a_record_is_light(page: "Page", address: str) -> None:
    """Script, styles and the page itself, uncompressed; figures and serving stand in the guide."""
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(address + "resolutions/trung-uong/2025/1672-nq-ubtvqh15/")
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= 12
    scripts = sum(size for url, size in sizes.items() if url.split("?")[0].endswith(".js"))
    assert 0 < scripts < 40_000


# What is shown has its room, whatever the letters and words


@pytest.mark.parametrize(
    "path", ["units/lang-son/05977@2025-07-01/", "mergers/2025/1672-nq-ubtvqh15/#so-do"]
)
def test_every_name_in_a_picture_stays_within_its_box(
    page: "Page", address: str, path: str
) -> None:
    page.goto(address + path)
    outside = page.locator("svg.rg-flow").evaluate_all("""all => all.flatMap(picture => {
      const boxes = [...picture.querySelectorAll("rect")].map(box => box.getBBox());
      return [...picture.querySelectorAll("text")].filter(text => {
        const one = text.getBBox();
        return !boxes.some(box => box.x <= one.x && one.x + one.width <= box.x + box.width
          && box.y <= one.y + 2 && one.y + one.height <= box.y + box.height + 2);
      }).map(text => text.textContent);
    })""")
    assert outside == []


def test_the_head_of_a_phone_leaves_the_first_screen_to_the_page(
    page: "Page", address: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    box = page.locator(".md-header").bounding_box()
    assert box is not None
    assert box["height"] < 120


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("nhat-ky/", ".rg-table .rg-chip"),
        ("tinh-trang/yeu-cau/", ".rg-table td:last-child"),
        ("mergers/2025/1672-nq-ubtvqh15/", ".rg-table--clauses td:last-child"),
        ("tim-kiem/", ".rs-count"),
    ],
)
def test_short_words_and_numbers_are_not_broken_over_two_lines(
    page: "Page", address: str, path: str, what: str
) -> None:
    page.goto(address + path)
    page.locator(what).first.wait_for()
    broken = page.locator(what).evaluate_all("""all => all.filter(one => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return new Set([...range.getClientRects()].map(line => Math.round(line.bottom))).size > 1;
    }).map(one => one.textContent)""")
    assert broken == []


def test_a_long_state_leaves_room_to_who_has_to_act(page: "Page", address: str) -> None:
    page.goto(f"{address}tinh-trang/den-han/co-quan/")
    cell = page.locator("details[open] .rg-table--tasks tbody td:nth-child(2)").first
    box = cell.bounding_box()
    assert box is not None
    assert box["width"] > 100


def test_where_nothing_is_found_no_empty_box_of_filters_stands(page: "Page", address: str) -> None:
    page.goto(f"{address}tim-kiem/?q=asdfgh")
    page.locator("[data-rs-empty]").wait_for()
    assert not page.locator(".rs-filter").is_visible()
    page.locator("main input[name=q]").fill("đông kinh")
    page.locator(".rs-facet").first.wait_for()
    assert page.locator(".rs-filter").is_visible()


def test_without_script_no_empty_box_of_filters_stands(page: "Page", address: str) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}tim-kiem/")
    assert plain.locator("main input[name=q]").is_visible()
    assert not plain.locator(".rs-filter").is_visible()
    context.close()
