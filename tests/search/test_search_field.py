"""The field in the header of each page: answers while one types, keys, and what is kept."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.search.reading import look, type_into_header

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Served = Callable[[Path], str]


def test_the_catalogue_is_loaded_only_when_the_field_gets_the_focus(
    page: "Page", address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}gioi-thieu/")
    assert not any("catalogue" in url for url in asked)
    type_into_header(page, "dinh lap")
    assert any("catalogue.lang-son.js" in url for url in asked)
    assert not any("pagefind" in url for url in asked)


@pytest.mark.parametrize("shortcut", ["/", "Control+k"])
def test_a_key_leads_to_the_field(page: "Page", address: str, shortcut: str) -> None:
    page.goto(f"{address}gioi-thieu/")
    page.keyboard.press(shortcut)
    assert page.evaluate("document.activeElement.name") == "q"


def test_answers_are_grouped_by_kind_while_one_types(page: "Page", address: str) -> None:
    page.goto(address)
    type_into_header(page, "bính xá")
    groups = page.get_by_role("listbox").get_by_role("group")
    assert groups.first.locator(".rs-group").inner_text() == "Đơn vị hành chính"
    titles = groups.first.locator(".rs-title").all_inner_texts()
    assert titles == ["Xã Bính Xá", "Xã Đình Lập", "Xã Kiên Mộc"]


def test_arrows_choose_and_enter_opens_the_chosen_record(page: "Page", address: str) -> None:
    page.goto(f"{address}gioi-thieu/")
    type_into_header(page, "1672")
    field = page.get_by_role("combobox")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/resolutions/trung-uong/2025/1672-nq-ubtvqh15/")


def test_escape_closes_and_enter_without_a_choice_opens_the_search_page(
    page: "Page", address: str
) -> None:
    page.goto(f"{address}gioi-thieu/")
    type_into_header(page, "dinh lap")
    page.keyboard.press("Escape")
    assert page.locator(".rs-panel").is_hidden()
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=dinh*lap")


def test_escape_closes_then_empties_then_leads_back_to_where_the_focus_was(
    page: "Page", address: str
) -> None:
    page.goto(f"{address}gioi-thieu/")
    page.locator("main a, article a").first.focus()
    before = page.evaluate("document.activeElement.href")
    type_into_header(page, "dinh lap")
    field = page.get_by_role("combobox")
    page.keyboard.press("Escape")
    assert (page.locator(".rs-panel").is_hidden(), field.input_value()) == (True, "dinh lap")
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.href") == before


def test_the_field_tells_where_a_former_unit_went(page: "Page", address: str) -> None:
    page.goto(f"{address}gioi-thieu/")
    type_into_header(page, "bính xá")
    hint = page.locator(".rs-panel .rs-hint")
    assert "→ nay thuộc xã Đình Lập (một phần), xã Kiên Mộc" in hint.inner_text()


def test_the_day_of_the_page_goes_along_with_a_choice(page: "Page", address: str) -> None:
    page.goto(f"{address}gioi-thieu/?on=2025-06-15")
    type_into_header(page, "1672 nq")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/resolutions/**?on=2025-06-15")


def test_the_number_of_answers_is_announced(page: "Page", address: str) -> None:
    page.goto(f"{address}gioi-thieu/")
    type_into_header(page, "1672")
    status = page.locator("form.site-search [role=status]")
    assert re.match(r"[0-9]+ kết quả\.", status.inner_text())


def test_what_was_searched_is_kept_nowhere(page: "Page", address: str) -> None:
    page.goto(f"{address}gioi-thieu/")
    type_into_header(page, "dinh lap")
    look(page, address, "q=bính xá")
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    assert "lap" not in kept
    assert "xá" not in kept
