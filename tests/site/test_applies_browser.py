"""What applied here on a day: an official of the new unit asks about a former one.

The real question is of Bính Xá, now in Kiên Mộc and Đình Lập: there are few real records yet.
Tỉnh Ví Dụ shows what full records would answer.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
NEW = "units/vi-du/99001@2025-07-01/"
FORMER = "units/vi-du/99002@/"
BINH_XA = "units/lang-son/06622@/"
WASTE = "Nghị quyết về thu gom rác thải sinh hoạt"


@pytest.fixture
def address(vi_du_address: str) -> str:
    return vi_du_address


def entry(page: "Page", title: str) -> str:
    """The entry of a document that can be seen."""
    link = page.get_by_role("link", name=title, exact=True)
    found = page.locator("li[data-span=show]:visible", has=link)
    assert found.count() == 1
    return found.inner_text()


def test_what_applied_on_a_day_follows_the_address_and_the_field(
    page: "Page", address: str
) -> None:
    page.goto(f"{address}{FORMER}?on=2025-08-15")
    assert "ngày 15/8/2025" in page.inner_text(".rg-applies")
    assert "Còn hiệu lực" in entry(page, WASTE)
    page.fill("#ngay-ap-dung", "2025-09-01")
    assert "Hết hiệu lực toàn bộ" in entry(page, WASTE)
    assert page.url.endswith("?on=2025-09-01")


def test_the_reasons_open_with_clause_and_rule(page: "Page", address: str) -> None:
    page.goto(f"{address}{NEW}?on=2025-08-15")
    item = page.locator("li[data-span=show]:visible", has_text=WASTE).first
    item.locator("summary").click()
    told = item.inner_text()
    assert "khoản 1 Điều 1 Nghị quyết 9999/NQ-UBTVQH15" in told
    assert "Tiếp tục áp dụng trong địa bàn của đơn vị cũ" in told
    assert "Căn cứ: Luật Ví Dụ, Điều 1" in told


def test_counts_and_groups_are_those_of_the_day(page: "Page", address: str) -> None:
    page.goto(f"{address}{NEW}?on=2025-08-15")
    total = page.locator("[data-total]").inner_text()
    assert int(total) == page.locator("li[data-span=show]:visible").count()
    inherited = page.locator("section[data-group]", has=page.locator("h3", has_text="đơn vị cũ"))
    assert inherited.is_visible()
    page.fill("#ngay-ap-dung", "1999-01-01")
    assert page.locator("[data-total]").inner_text() != total
    assert inherited.is_hidden()


def test_without_a_day_in_the_address_it_is_today(page: "Page", address: str) -> None:
    page.clock.set_fixed_time(dt.datetime(2025, 8, 14, 18, 0, tzinfo=dt.UTC))
    page.goto(address + FORMER)
    assert "hôm nay, 15/8/2025" in page.inner_text(".rg-applies")
    assert "Còn hiệu lực" in entry(page, WASTE)


def test_days_left_are_counted_from_the_day_of_the_reader(page: "Page", address: str) -> None:
    page.clock.set_fixed_time(dt.datetime(2027, 2, 26, 18, 0, tzinfo=dt.UTC))
    page.goto(f"{address}units/vi-du/99004@2025-07-01/tiep-nhan/")
    assert "còn 2 ngày" in page.inner_text("table")


def test_without_script_the_section_says_as_of_which_day(browser: "object", address: str) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(address + NEW)
    assert "tính đến ngày 31/01/2026" in page.inner_text(".rg-applies")
    assert page.locator("#ngay-ap-dung").is_hidden()
    context.close()


def test_an_official_asks_what_applied_in_binh_xa_on_a_day(
    page: "Page", real_site: Path, served: Callable[[Path], str]
) -> None:
    page.goto(f"{served(real_site)}{BINH_XA}?on=2025-08-15")
    told = page.inner_text(".rg-applies")
    assert "ngày 15/8/2025" in told
    assert "Chỉ tính văn bản đã có bản ghi" in told
    resolution = page.locator("li[data-span=show]:visible a[href*='1672-nq-ubtvqh15']").first
    assert resolution.is_visible()


@pytest.mark.parametrize("where", [NEW, FORMER, f"{NEW}tiep-nhan/", "tinh-trang/tiep-nhan/"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(
    page: "Page", address: str, where: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address + where)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
