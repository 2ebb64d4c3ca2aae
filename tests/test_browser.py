"""What every test with a browser holds a page to, whatever else it looks at."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
POLICY = """<meta http-equiv="Content-Security-Policy" content="script-src 'none'">"""


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<img src='http://elsewhere.example/x.png'>", "requests to other hosts"),
        ("<link rel=stylesheet href='//elsewhere.example/a.css'>", "requests to other hosts"),
        ("<script>fetch('https://192.0.2.1/y').catch(() => 0)</script>", "requests to other hosts"),
        (f"{POLICY}<script>document.title = 'x'</script>", "against the policy of the page"),
    ],
)
def test_a_page_that_asks_another_host_or_breaks_its_policy_fails_its_test(
    browser: "Browser", served: Callable[[Path], str], tmp_path: Path, html: str, fault: str
) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><title>a</title>{html}", "utf-8")
    address = served(tmp_path)
    with pytest.raises(AssertionError, match=fault), watched(browser) as page:
        page.goto(address)
