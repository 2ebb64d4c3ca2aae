"""axe-core finds nothing on any kind of page, in either scheme of colours (WCAG 2.2 AA)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Once
from tests.kinds import KINDS, SCHEMES, build_kinds, settle
from tests.node import package

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
_RUN = """async () => {
    const found = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return found.violations.map((one) =>
        `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}"""


@pytest.fixture(scope="module")
def address(once: Once, served: Callable[[Path], str]) -> str:
    return served(once("kinds", build_kinds) / "site")


@pytest.fixture(scope="module")
def visit(browser: "Browser", address: str) -> Iterator[Callable[[str, str, int], "Page"]]:
    """``visit(path, scheme, width)``: the page, loaded and at rest, with axe in it."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.add_init_script(path=str(package("axe-core") / "axe.min.js"))
    page = context.new_page()

    def visit(path: str, scheme: str, width: int) -> "Page":
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(address + path)
        settle(page)
        return page

    yield visit
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(
    visit: Callable[[str, str, int], "Page"], kind: str, scheme: str
) -> None:
    assert visit(KINDS[kind], scheme, 1280).evaluate(_RUN) == []


@pytest.mark.parametrize("kind", ["trang-chu", "van-ban", "don-vi-moi", "day-du", "tim-kiem"])
def test_axe_finds_nothing_on_a_phone(visit: Callable[[str, str, int], "Page"], kind: str) -> None:
    assert visit(KINDS[kind], "light", 360).evaluate(_RUN) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_at_320_pixels(
    visit: Callable[[str, str, int], "Page"], kind: str
) -> None:
    """Which is 1280 pixels at 400 percent, and what reflow asks for (WCAG 2.2, 1.4.10)."""
    page = visit(KINDS[kind], "light", 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", ["trang-chu", "van-ban", "don-vi-moi", "danh-sach"])
def test_every_stop_of_the_keyboard_shows_where_it_is(
    visit: Callable[[str, str, int], "Page"], kind: str
) -> None:
    """Focus is visible (2.4.7) and not hidden below what stays on the screen (2.4.11)."""
    page = visit(KINDS[kind], "light", 1280)
    page.evaluate("document.body.focus()")
    hidden, seen = [], set()
    for _ in range(40):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => {
                const at = document.activeElement;
                const box = at.getBoundingClientRect();
                const style = getComputedStyle(at);
                const top = document.elementFromPoint(
                    Math.min(innerWidth - 1, box.x + box.width / 2), box.y + box.height / 2);
                return {
                    name: `${at.tagName}.${at.className} ${at.textContent.trim().slice(0, 30)}`,
                    body: at === document.body,
                    shown: style.outlineStyle !== "none" || style.boxShadow !== "none",
                    over: !top || !(at.contains(top) || top.contains(at)),
                };
            }"""
        )
        if told["body"]:
            break
        seen.add(told["name"])
        if not told["shown"] or told["over"]:
            hidden.append(told["name"])
    assert len(seen) > 5
    assert hidden == []
