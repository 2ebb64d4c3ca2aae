"""The pages in a browser: narrow, without script, today's state, and nothing from elsewhere."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.site.build import build
from tests.derive.owing import INSPECTION, REGULATION, owing, regulation

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PLAN = "documents/vi-du/an-binh/ke-hoach-thu/"
PAGES = (
    "", PLAN, f"{REGULATION}/", f"{INSPECTION}/", "units/vi-du/99001@2025-07-01/",
    "units/vi-du/99@/", "units/vi-du/991@/", "bodies/vi-du/an-binh/ubnd/", "van-ban/", "don-vi/",
    "requirements/vi-du/quy-che/", "tinh-trang/day-du/vi-du/", "tinh-trang/den-han/", "nguon/",
    "thuat-ngu/", "don-vi/vi-du/cu/",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, served: Callable[[Path], str]) -> str:
    """A small site with one of each kind of page, served under a sub-path."""
    root = owing(tmp_path_factory.mktemp("registry"), {REGULATION: regulation("trial")})
    out = tmp_path_factory.mktemp("out") / "site"
    build(root, out, full_text=False)
    return served(out)


def test_no_page_scrolls_sideways_on_the_narrowest_phone(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for path in PAGES:
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
    assert wide == []


def test_tables_become_stacked_rows_that_keep_their_labels_on_a_phone(
    page: "Page", address: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address + "units/vi-du/99001@2025-07-01/")
    cell = page.locator("td[data-label='Thời hạn']").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "block"
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Thời hạn"'


def test_on_a_phone_the_first_screen_of_a_unit_leads_to_its_sections(
    page: "Page", address: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}units/vi-du/99001@2025-07-01/")
    page.get_by_role("link", name="Văn bản áp dụng tại đây").click()
    assert page.locator("#ap-dung").bounding_box()["y"] < 200  # type: ignore[index]
    page.set_viewport_size({"width": 1280, "height": 740})
    assert not page.locator(".rg-jumps").is_visible()


def test_without_script_the_page_says_as_of_which_day_its_state_holds(
    browser: "Browser", address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PLAN)
    assert "Còn hiệu lực tính đến ngày 01/7/2025" not in page.inner_text(".rg-state")
    assert "Chưa có hiệu lực tính đến ngày 01/7/2025" in page.inner_text(".rg-state")
    context.close()


def test_with_script_the_page_tells_the_state_of_today(page: "Page", address: str) -> None:
    page.clock.set_fixed_time(dt.datetime(2025, 7, 1, 18, 0, tzinfo=dt.UTC))  # 2 July in Vietnam
    page.goto(address + PLAN)
    assert page.inner_text(".rg-state") == "Còn hiệu lực hôm nay, 02/7/2025"


def test_without_script_the_start_page_leads_to_the_former_units(
    browser: "Browser", address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="Đơn vị cũ của tỉnh Ví Dụ").click()
    assert page.get_by_role("link", name="Xã Bình Minh").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_on_chips_and_banners_stand_out_from_their_ground(
    page: "Page", address: str, scheme: str
) -> None:
    """WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for small text."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address + f"{REGULATION}/")
    ratios = page.evaluate("""() => {
      const part = (c) => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
      const light = (rgb) => { const [r, g, b] = rgb.match(/[\\d.]+/g).map(Number);
        return .2126 * part(r) + .7152 * part(g) + .0722 * part(b); };
      return [...document.querySelectorAll(".rg-chip, .rg-banner p")].map((one) => {
        const ground = one.closest(".rg-chip, .rg-banner");
        const a = light(getComputedStyle(one).color), b = light(getComputedStyle(ground).backgroundColor);
        return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
      });
    }""")  # noqa: E501
    assert len(ratios) > 2
    assert min(ratios) >= 4.5
