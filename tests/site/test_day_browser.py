"""Another day than today: by the date field and by ?on= in the address, kept along links."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
OWN = "resolutions/vi-du/an-binh/2025/01-2025-nq-hdnd/"


@pytest.fixture
def address(vi_du_address: str) -> str:
    return vi_du_address


def test_the_day_in_the_address_sets_state_field_and_marked_span(
    page: "Page", address: str
) -> None:
    page.goto(f"{address}{OWN}?on=2025-11-15")
    assert page.inner_text(".rg-state") == "Hết hiệu lực một phần ngày 15/11/2025"
    assert page.input_value("#ngay-xem") == "2025-11-15"
    assert page.locator("tr.is-on").get_attribute("data-first") == "2025-11-01"
    assert page.locator("svg .is-on").get_attribute("data-first") == "2025-11-01"


def test_the_field_changes_state_and_address_and_today_takes_both_back(
    page: "Page", address: str
) -> None:
    page.clock.set_fixed_time(dt.datetime(2026, 2, 1, 18, 0, tzinfo=dt.UTC))
    page.goto(address + OWN)
    page.fill("#ngay-xem", "2025-08-25")
    assert page.inner_text(".rg-state") == "Chưa có hiệu lực ngày 25/8/2025"
    assert page.url.endswith("?on=2025-08-25")
    page.get_by_role("button", name="Hôm nay").click()
    assert page.inner_text(".rg-state") == "Còn hiệu lực hôm nay, 02/02/2026"
    assert page.url == address + OWN


def test_a_day_that_no_calendar_has_is_said_and_today_is_shown(page: "Page", address: str) -> None:
    page.clock.set_fixed_time(dt.datetime(2026, 2, 1, 18, 0, tzinfo=dt.UTC))
    page.goto(f"{address}{OWN}?on=2025-02-30")
    assert "không có trong lịch" in page.inner_text("[data-day-form] [role=status]")
    assert page.inner_text(".rg-state").endswith("hôm nay, 02/02/2026")


def test_lists_are_shown_on_the_day_and_links_keep_it(page: "Page", address: str) -> None:
    page.goto(f"{address}van-ban/?on=2025-11-15")
    link = page.locator(f"th a[href$='{OWN}']")
    row = page.locator("tr", has=link)
    assert row.locator(".rg-chip").inner_text() == "Hết hiệu lực một phần"
    link.click()
    page.wait_for_url(f"**/{OWN}?on=2025-11-15")
