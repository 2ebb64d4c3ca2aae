"""The first words of a page wait for nothing but the page: as the files say, and in a browser
that is kept waiting for the late styles."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Once
from tests.kinds import KINDS, build_kinds, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

LATE = "**/assets/stylesheets/all.*.css"
# Place and looks of all that stands there; what holds the late styles is yet to grow.
LOOKS = """() => Array.from(document.querySelectorAll("body *"), (one, number) => {
  if (one.closest(".md-sidebar--primary[hidden]")) return null;
  const box = one.getBoundingClientRect();
  const looks = getComputedStyle(one);
  const shown = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const grows = one.querySelector("link[rel=stylesheet]");
  return [
    one.localName + "." + one.className,
    shown && [box.x, box.y, box.width, grows ? 0 : box.height].map(Math.round),
    shown && ["color", "backgroundColor", "fontSize", "fontWeight", "borderTop", "textDecoration"]
      .map((name) => looks[name]),
  ];
})"""


@pytest.fixture(scope="module")
def address(once: Once, served: Callable[[Path], str]) -> str:
    return served(once("kinds", build_kinds) / "site")


@pytest.fixture
def held(page: "Page") -> list["Route"]:
    """The requests for the late styles, none of which is answered yet."""
    found: list[Route] = []
    hold(page, found)
    return found


def hold(page: "Page", found: list["Route"]) -> None:
    def keep(route: "Route") -> None:
        found.append(route)

    page.route(LATE, keep)


def begin(page: "Page", held: list["Route"], address: str) -> None:
    """Opens the page as far as it comes without the late styles."""
    held.clear()
    with page.expect_request(LATE):
        page.goto(address, wait_until="commit")
    page.wait_for_selector("link[rel=stylesheet]", state="attached")


def release(page: "Page", held: list["Route"]) -> None:
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")


def test_no_page_holds_its_first_words_back(real_site: Path) -> None:
    """No style sheet and no script that has to be there first, but the few words that choose
    the colours."""
    for path in real_site.rglob("*.html"):
        if path.relative_to(real_site).parts[0] == "admin":
            continue
        html = path.read_text("utf-8")
        before, late, _ = html.partition('<link rel="stylesheet"')
        assert late, path
        assert "</h1>" in before, path
        for script in re.findall(r"<script[^>]*>.{0,20}", before):
            assert " defer" in script or script.startswith("<script>(function"), f"{path}: {script}"


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_what_is_painted_first_stays_where_and_as_it_is(
    browser: "Browser", address: str, width: int, scheme: Any
) -> None:
    """Without script, so that nothing but the styles can move it."""
    context = browser.new_context(
        viewport={"width": width, "height": 780}, color_scheme=scheme, java_script_enabled=False
    )
    page = context.new_page()
    held: list[Route] = []
    hold(page, held)
    changed = {}
    for kind, path in KINDS.items():
        begin(page, held, address + path)
        assert page.locator("h1").is_visible(), kind
        before = page.evaluate(LOOKS)
        release(page, held)
        after = page.evaluate(LOOKS)
        assert len(after) > len(before), kind
        moved = [
            (one, other) for one, other in zip(before, after, strict=False) if one and one != other
        ]
        if moved:
            changed[kind] = moved[:3]
    context.close()
    assert changed == {}


@pytest.mark.browser
def test_nothing_unstyled_is_ever_shown(page: "Page", held: list["Route"], address: str) -> None:
    begin(page, held, address + KINDS["don-vi-moi"])
    assert page.locator("h1").is_visible()
    assert page.locator("table").count() == 0
    release(page, held)
    assert page.locator("table").first.is_visible()


@pytest.mark.browser
def test_little_moves_when_styles_and_scripts_arrive(
    page: "Page", held: list["Route"], address: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) =>"
        " { window.moved += one.value; })).observe({ type: 'layout-shift', buffered: true });"
    )
    for kind in ("trang-chu", "tim-kiem", "van-ban", "don-vi-moi", "danh-sach", "day-du"):
        begin(page, held, address + KINDS[kind])
        release(page, held)
        settle(page)
        moved = page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(moved))))"
        )
        assert moved < 0.02, kind


@pytest.mark.browser
def test_without_script_the_late_styles_come_all_the_same(browser: "Browser", address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + KINDS["don-vi-moi"])
    table = page.locator(".rg-table").first
    assert table.evaluate("one => getComputedStyle(one).borderCollapse") == "collapse"
    page.emulate_media(media="print")
    assert not page.locator(".site-search").is_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["don-vi-moi", "huong-dan", "day-du"])
def test_a_copy_opened_from_a_disk_has_all_its_styles(page: "Page", once: Once, kind: str) -> None:
    site = once("kinds", build_kinds) / "site"
    page.goto((site / KINDS[kind] / "index.html").as_uri())
    footer = page.locator(".md-footer")
    assert footer.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0.87)"
