"""The Content-Security-Policy of every page, as a browser keeps it and as the files hold it.

That pages keep their own policy is watched in every test with a browser (tests/conftest.py).
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.site.policy import with_policy

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>")
HANDLER = re.compile(r"<[^>]*\s(on[a-z]+|style)=\"", re.IGNORECASE)
OUTSIDE = re.compile(r"<a [^>]*href=\"https?://[^>]*>")


def pages(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in site.rglob("*.html")
        if path.relative_to(site).parts[0] != "admin"
    }


def test_every_page_has_the_policy_before_anything_that_loads(real_site: Path) -> None:
    for path, html in pages(real_site).items():
        place = html.index('http-equiv="Content-Security-Policy"')
        assert place < min(html.index("<link"), html.index("<script")), path


def test_no_page_has_a_style_or_a_handler_of_its_own(real_site: Path) -> None:
    found = {path: HANDLER.findall(html) for path, html in pages(real_site).items()}
    assert {path: one for path, one in found.items() if one} == {}


def test_each_inline_script_is_named_by_its_digest() -> None:
    html = with_policy('<meta content="xxpolicyxx"><script>let a=1</script><script>b()</script>')
    assert html.count("'sha256-") == len(INLINE.findall(html)) == 2


def test_links_to_other_hosts_give_no_hold_on_this_page(real_site: Path) -> None:
    for path, html in pages(real_site).items():
        for link in OUTSIDE.findall(html):
            assert re.search(r'rel="[^"]*noopener', link), f"{path}: {link}"


@pytest.mark.browser
@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=\"document.title='taken'\">",
        "<script>document.title='taken'</script>",
        "<a id=a href=\"javascript:document.title='taken'\">x</a>",
        "<iframe srcdoc=\"<script>parent.document.title='taken'</script>\"></iframe>",
    ],
)
def test_markup_that_slipped_in_could_still_run_nothing(
    browser: "Browser", real_site: Path, served: Callable[[Path], str], tmp_path: Path, attack: str
) -> None:
    html = (real_site / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(
        html.replace("</body>", f"{attack}</body>"), encoding="utf-8"
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(served(tmp_path))
    if page.locator("#a").count():
        page.locator("#a").dispatch_event("click")
    page.wait_for_timeout(0)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.title() != "taken"
    context.close()
