"""The map of completeness in a browser: its filters, its address, a phone, no script."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from builder.site.build import build
from tests.site.asking import MAP, asking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., str]) -> str:
    out = tmp_path_factory.mktemp("out") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1769832000")  # 31 January 2026
        build(asking(tmp_path_factory.mktemp("asking")), out, full_text=False)
    return served(out)


def cells(page: "Page") -> list[str]:
    """What the visible cells that fit say."""
    found = page.locator("[data-map] td:visible:not(.is-other)").all_inner_texts()
    return [" ".join(text.split()) for text in found]


def test_a_filter_leaves_what_fits_counts_it_and_stands_in_the_address(
    page: "Page", address: str
) -> None:
    page.goto(address + MAP)
    page.get_by_role("combobox", name="Tình trạng").select_option("Đã qua thời hạn")
    assert cells(page) == ["T Mới có bản vận hành thử ! Đã qua thời hạn"]
    assert page.get_by_role("status").inner_text() == "1 ô ở 1 đơn vị"
    assert page.url.endswith("?tinh-trang=late")


def test_an_address_with_filters_opens_the_map_filtered(page: "Page", address: str) -> None:
    page.goto(f"{address}{MAP}?khoi=dang")
    assert cells(page) == ["? Chưa rõ"]
    assert page.locator("[data-map]:visible").count() == 1


def test_taking_the_filters_off_shows_everything_and_clears_the_address(
    page: "Page", address: str
) -> None:
    page.goto(f"{address}{MAP}?khoi=dang&on=2025-08-15")
    page.get_by_role("button", name="Bỏ lọc").click()
    assert len(cells(page)) == 5
    assert page.url.endswith("?on=2025-08-15")


def test_a_choice_that_does_not_exist_counts_as_none(page: "Page", address: str) -> None:
    page.goto(f"{address}{MAP}?khoi=%3Cimg%20src=x%3E&tinh-trang=toString")
    assert len(cells(page)) == 5


def test_without_script_the_whole_map_is_shown_and_no_filter(
    browser: "Browser", address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{MAP}?khoi=dang")
    assert len(cells(page)) == 5
    assert page.locator("form[data-map-filters]:visible").count() == 0
    context.close()


def test_heads_stay_in_sight_while_a_large_map_is_scrolled(page: "Page", address: str) -> None:
    page.goto(address + MAP)
    heads = page.locator("[data-map] thead th, [data-map] tbody th")
    assert set(heads.evaluate_all("all => all.map(th => getComputedStyle(th).position)")) == {
        "sticky"
    }


@pytest.mark.parametrize("path", [MAP, "tinh-trang/day-du/", "tinh-trang/den-han/co-quan/"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(
    page: "Page", address: str, path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address + path)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
