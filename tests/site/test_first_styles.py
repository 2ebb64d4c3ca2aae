"""The styles that stand in each page: what its beginning matches, and no more."""

import gzip
import re
from pathlib import Path

import pytest

from builder.site.beginnings import beginnings
from builder.site.first_styles import first_styles
from builder.site.layout import theme_folders

PAGE = """\
<html lang="vi" class="no-js"><head></head>
<body dir="ltr" data-md-color-scheme="default">
<div class="md-sidebar--primary" hidden><i></i></div>
<ul class="list"><li>Một</li><li>Hai</li></ul>
<p><span class="chip chip--"></span></p>"""


@pytest.mark.parametrize(
    "rule",
    [
        "p{top:0}",
        ".list>li{top:0}",
        '.list li+li::before{content:"›"}',
        "[dir=ltr] .list{top:0}",
        "body:has(.chip) .list{top:0}",
        "p:not(.nowhere){top:0}",
        ".chip--good{top:0}",
        ".js p{top:0}",
        "[data-md-color-scheme=slate] p{top:0}",
        "@media screen and (max-width:40em){p{top:0}}",
    ],
)
def test_what_a_beginning_shows_stays(rule: str) -> None:
    assert first_styles(rule, PAGE) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".nowhere{top:0}",
        "p>li{top:0}",
        "[dir=rtl] p{top:0}",
        "p:hover{top:0}",
        "p:focus-visible{top:0}",
        "p::selection{top:0}",
        "p:-moz-only-here{top:0}",
        "i{top:0}",
        "@media print{p{top:0}}",
        "@media (prefers-reduced-motion:reduce){p{top:0}}",
        "@keyframes turn{0%{opacity:0}}",
        "@font-face{font-family:x}",
        "p{transition:top 1s;cursor:pointer}",
    ],
)
def test_what_a_beginning_does_not_show_comes_later(rule: str) -> None:
    assert first_styles(rule, PAGE) == ""


def test_of_several_selectors_those_stay_that_match() -> None:
    assert first_styles("table, p , h6{top:0}", PAGE) == "p{top:0}"


def test_rules_keep_their_order_and_lose_their_spaces() -> None:
    styles = (
        "p {\n  margin: 0 calc(1px + 2px);\n  color: red !important; /* x */\n}\nli { top: 0; }"
    )
    assert first_styles(styles, PAGE) == "p{margin:0 calc(1px + 2px);color:red!important}li{top:0}"


def test_properties_that_only_later_rules_read_come_later() -> None:
    styles = ":root{--a:1px;--b:2px}p{top:var(--a)}.nowhere{top:var(--b)}"
    assert first_styles(styles, PAGE) == ":root{--a:1px}p{top:var(--a)}"


def test_every_kind_of_page_says_where_its_beginning_ends(root: Path) -> None:
    """Templates of parts, whose names begin with a line, aside."""
    records = root / "site_src/theme/records"
    whole = [path for path in records.glob("*.html") if not path.name.startswith("_")]
    assert [path.name for path in whole if "{{ late_styles }}" not in path.read_text("utf-8")] == []
    begun = list(beginnings(theme_folders(root)))
    assert len(begun) == len(whole)
    assert all("<h1" in one for one in begun)


def test_beginnings_take_every_branch_and_the_text_of_a_document(root: Path) -> None:
    begun = "".join(beginnings(theme_folders(root)))
    for wanted in ("rg-banner--off", "rg-banner--trial", "rg-chip--", 'class="rg-missing"'):
        assert wanted in begun


def test_a_faulty_template_is_left_for_its_first_page_which_says_what_is_wrong(
    tmp_path: Path,
) -> None:
    (tmp_path / "records").mkdir()
    for name, text in (("a", "{% if %}"), ("b", "{{ 1 // 0 }}"), ("c", "<h1>{{ x.y(1) }}</h1>")):
        (tmp_path / f"records/{name}.html").write_text(f"{text}{{{{ late_styles }}}}<table>")
    assert list(beginnings([tmp_path])) == ["<h1></h1>"]


def test_what_stands_in_each_page_is_small(real_site: Path) -> None:
    """One reads many pages and asks once for the file of styles."""
    for page in ("index.html", "huong-dan/doc-trang/index.html"):
        styles = re.search(r"<style>(.*?)</style>", (real_site / page).read_text("utf-8"))
        assert styles
        assert 0 < len(styles[1]) < 20_000
        assert len(gzip.compress(styles[1].encode(), 9)) < 5_000


def test_pages_of_all_records_and_languages_have_the_same(real_site: Path) -> None:
    pages = [*real_site.glob("units/*/*/index.html"), *real_site.glob("en/units/*/*/index.html")]
    assert len(pages) > 100
    found = {re.search(r"<style>.*?</style>", one.read_text("utf-8"))[0] for one in pages}  # type: ignore[index]
    assert len(found) == 1
