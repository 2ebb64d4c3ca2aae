"""The shell: a kept page for the locked theme, slots that escape, sentinels that are counted."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from builder.findings import RegistryError
from builder.site.guide import run_mkdocs
from builder.site.shell import Guide, Shell
from tests.conftest import ROOT

GOLDEN = Path(__file__).parent / "golden" / "page.html"
BODY = '<h1>Xã Mẫu</h1>\n<h2 id="nguon">Nguồn &amp; <em>kiểm chứng</em></h2>\n<p>Lời.</p>'


@pytest.fixture(scope="module")
def made() -> Guide:
    return run_mkdocs(ROOT)


def test_a_page_is_as_the_kept_one_for_the_locked_theme(made: Guide) -> None:
    """A new theme changes it: read the difference, then run with REGISTRY_KEEP=1 to keep it."""
    page = Shell(made).fill("units/vi-du/99001@/", "Xã Mẫu", BODY, tab="don-vi/").decode()
    page = re.sub(r"all\.[0-9a-f]{8}\.css", "all.css", page)
    page = re.sub(r"<style>.*?</style>", "<style></style>", page)
    page = re.sub(r"(style-src 'self') 'sha256-[^']*'", r"\1 'sha256-'", page)
    if os.environ.get("REGISTRY_KEEP"):
        GOLDEN.write_text(page, encoding="utf-8")
    assert page == GOLDEN.read_text(encoding="utf-8")


def test_title_and_description_are_escaped(made: Guide) -> None:
    hostile = '"><script>alert(1)</script>'
    page = Shell(made).fill("a/", hostile, "", description=hostile).decode()
    assert "<script>alert" not in page
    assert "<title>&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt; –" in page
    assert 'content="&#34;&gt;&lt;script&gt;alert(1)' in page


def test_headings_with_an_id_make_the_table_of_contents(made: Guide) -> None:
    page = Shell(made).fill("a/", "Tên", BODY).decode()
    toc = page[page.index('aria-label="Mục lục"') : page.index('id="noi-dung"')]
    assert re.findall(r'href="#([^"]+)"', toc) == ["nguon"]
    assert "Nguồn &amp; kiểm chứng" in toc


def test_a_page_without_headings_gives_its_column_to_the_content(made: Guide) -> None:
    page = Shell(made).fill("a/", "Tên", "<h1>Tên</h1>").decode()
    assert 'data-md-type="toc" hidden>' in page


def test_words_of_a_body_that_look_like_slots_stay_words(made: Guide) -> None:
    body = "<p>xxshelltitlexx xxshelltocidxx ../ \x00title\x00</p>"
    assert body in Shell(made).fill("a/", "Tên", body).decode()


@pytest.mark.parametrize(
    ("address", "base"), [("", "./"), ("a/", "../"), ("units/vi-du/99@/", "../../../")]
)
def test_links_of_the_frame_are_relative_at_every_depth(
    made: Guide, address: str, base: str
) -> None:
    page = Shell(made).fill(address, "Tên", "").decode()
    assert f'<link rel="home" href="{base}">' in page
    assert f'href="{base}assets/stylesheets/all.' in page
    assert f'action="{base}tim-kiem/"' in page
    assert 'href="/' not in page


def test_the_tab_of_a_page_is_marked_and_no_other(made: Guide) -> None:
    page = Shell(made).fill("a/", "Tên", "", tab="van-ban/").decode()
    assert re.findall(r'href="([^"]+)" class="md-tabs__link" aria-current', page) == ["../van-ban/"]


def test_pages_that_are_not_to_be_listed_say_so(made: Guide) -> None:
    shell = Shell(made)
    assert 'name="robots" content="noindex"' in shell.fill("a/", "Tên", "", noindex=True).decode()
    assert 'name="robots"' not in shell.fill("a/", "Tên", "").decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda html: html.replace("xxshelltitlexx", "", 1),
        lambda html: html.replace("xxshellbodyxx", "xxshellbodyxx xxshellbodyxx"),
        lambda html: html.replace('for="__toc"', 'for="__other"'),
        lambda html: html.replace('class="md-skip"', 'class="skip"'),
        lambda html: html.replace("</body>", '<a href="../elsewhere/">?</a></body>'),
    ],
    ids=["title missing", "body twice", "contents renamed", "skip link renamed", "stray link"],
)
def test_a_theme_that_has_changed_is_refused(made: Guide, change: Callable[[str], str]) -> None:
    with pytest.raises(RegistryError, match="not as expected"):
        Shell(replace(made, shell=change(made.shell)))


def test_a_guide_page_that_mkdocs_refuses_is_told_in_one_line(tmp_path: Path) -> None:
    pages = tmp_path / "site_src/pages"
    pages.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Thử\ntheme: {name: material, language: vi, icon: {logo: material/bookshelf}}\n"
        "strict: true\nplugins: [registry]\nextra: {homepage: ./, search_page: tim-kiem/}\n"
    )
    (pages / "index.md").write_text("# Một\n\n[đi đâu](khong-co.md)\n", encoding="utf-8")
    with pytest.raises(RegistryError, match=r"khong-co\.md"):
        run_mkdocs(tmp_path)
