"""Searching as a reader does, in a browser."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def look(page: "Page", address: str, query: str) -> None:
    """Opens the search page at a query and waits until the texts have been searched, too."""
    page.goto(f"{address}tim-kiem/?{query}")
    settle(page)


def settle(page: "Page") -> None:
    page.wait_for_selector("[data-registry-search-page][aria-busy=false]")


def keys(page: "Page") -> list[str]:
    found: list[str] = page.locator("[data-rs-results] li").evaluate_all(
        "items => items.map((item) => item.dataset.key)"
    )
    return found


def type_into_header(page: "Page", text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_selector(".rs-panel [role=option]")
