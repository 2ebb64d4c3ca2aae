"""Two languages: every word is translated, records keep theirs, pages say which is which."""

import ast
import datetime as dt
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
from babel.messages.checkers import python_format
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from builder.derive.words import Said
from builder.site import format as words
from builder.site import i18n
from builder.site.guide import run_mkdocs
from builder.site.labels import COUNTED
from builder.site.messages import LANGUAGES, renewed
from builder.site.shell import Guide, Shell
from tests.conftest import ROOT
from tests.site.languages import VIETNAMESE, Languages
from tests.site.rendered import Site

DAY = dt.date(2026, 1, 31)
VI_DU = ROOT / "tests/fixtures/vi-du"
PAGES = ROOT / "site_src/pages"
THEME = ROOT / "site_src/theme"
SITE = ROOT / "builder/site"
# Where no element can stand, so that no part can be marked: what is said there names records.
UNMARKABLE = ("title", "desc", "a[aria-label]", "input[placeholder]")
# Words that are data, not interface: letters, parts of names, marks of fields, file names.
DATA = {
    "collate.py": "the alphabet itself",
    "i18n.py": "letters, and the name of the language in itself",
    "labels.py": "marks that end the name of a field within its description",
    "format.py": "words of Vietnamese dates, which English has none of",
    "glossary.py": "types of units, which are their own codes",
    "admin.py": "the form of editors, who write Vietnamese",
    "admin_config.py": "the form of editors, who write Vietnamese",
    "feeds.py": "feeds are one for all languages, in that of the records",
    "lookup_index.py": "how units are named and found in either language",
}
# What is the same in every language: commands, names of files.
COMMANDS = {
    "registry show", "--at", "SHA-256:", "checkpoint.json", "manifest.json",
    "registry audit --checkpoint checkpoint.json --site site",
}  # fmt: skip
CALLS = ("_", "N_", "gettext", "ngettext", "Said", "removeprefix", "removesuffix", "compile")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@cache
def english() -> Site:
    return Site(VI_DU, DAY, language="en")


# The catalogue


def test_every_message_of_the_program_is_translated(language: str) -> None:
    assert renewed(language)[1] == []


def test_the_catalogue_holds_what_the_program_says_and_nothing_else(language: str) -> None:
    """`make messages` mends it."""
    assert i18n.catalogue_file(language).read_bytes() == renewed(language)[0]


def test_no_message_stands_within_an_f_string_where_python_3_11_does_not_extract_it() -> None:
    """Before Python 3.12 an f-string is one token: its messages would be found by newer ones only,
    and the catalogue would depend on who renews it."""
    within = [
        f"{path}:{call.lineno}"
        for path in sorted((ROOT / "builder").rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "N_", "gettext", "ngettext", "Said")
    ]
    assert within == []


def test_no_translation_is_a_guess_and_all_have_the_places_of_the_message(language: str) -> None:
    catalogue = read_po(io.BytesIO(i18n.catalogue_file(language).read_bytes()), locale=language)
    assert [m.id for m in catalogue if m.fuzzy and m.id] == []
    assert list(catalogue.obsolete) == []
    for message in catalogue:
        python_format(catalogue, message)
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        given = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id:
            places = {frozenset(re.findall(r"%\((\w+)\)s", text)) for text in (*ids, *given)}
            assert len(places) == 1, message.id


def test_a_translation_brings_no_markup_of_its_own(language: str) -> None:
    spoken = i18n.catalogue(language)
    for message, text in spoken.messages.items():
        assert "<" not in text or "<" in message, message
        assert '"' not in text, message


# Nothing stands outside the catalogue


def _bare(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Vietnamese strings that no call of gettext holds; docstrings are none."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if not VIETNAMESE.search(node.value) or isinstance(parents[node], ast.Expr):
            continue
        above: ast.AST | None = node
        while above is not None and not (
            isinstance(above, ast.Call)
            and getattr(above.func, "id", getattr(above.func, "attr", "")) in CALLS
        ):
            above = parents.get(above)
        if above is None:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", sorted(SITE.rglob("*.py")), ids=lambda p: p.name)
def test_words_of_the_program_go_through_gettext(path: Path) -> None:
    bare = [] if path.name in DATA else list(_bare(ast.parse(path.read_text("utf-8"))))
    assert bare == []


@pytest.mark.parametrize("path", sorted((THEME / "records").glob("*.html")), ids=lambda p: p.name)
def test_words_of_templates_go_through_gettext(path: Path) -> None:
    templates = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    templates.extend(newstyle_gettext=True)
    tree = templates.parse(path.read_text("utf-8"))
    called = {
        id(argument)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in CALLS
        for argument in call.args
    }
    left = [node.data for node in tree.find_all(nodes.TemplateData)]
    left += [
        node.value
        for node in tree.find_all(nodes.Const)
        if isinstance(node.value, str) and id(node) not in called
    ]
    assert [one for one in left if VIETNAMESE.search(one)] == []
    assert set(_plain_words(path.read_text("utf-8"))) <= COMMANDS


def _plain_words(source: str) -> Iterator[str]:
    """Text of a template between its tags that holds a word, in whichever letters."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "\n", source, flags=re.DOTALL)
    yield from (line.strip() for line in source.splitlines() if re.search(r"[^\W\d_]{2}", line))


@pytest.mark.parametrize("path", sorted(THEME.rglob("partials/**/*.html")), ids=lambda p: p.name)
def test_words_of_the_frame_go_through_gettext(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}|_\((\".*?\"|'.*?')", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert VIETNAMESE.search(source) is None


# Pages in English


def _english_addresses() -> list[str]:
    return sorted(english().pages)


def test_both_languages_have_the_same_pages() -> None:
    assert set(english().pages) == set(Site(VI_DU, DAY).pages)
    assert {page.tree for page in english().pages.values()} == {"en/"}


def test_what_is_vietnamese_in_an_english_page_is_marked_so() -> None:
    for address in _english_addresses():
        found = Languages(english()[address].html)
        assert found.broken == [], address
        assert [one for one in found.unmarked if one.where not in UNMARKABLE] == [], address


def test_a_record_keeps_its_language_in_an_english_page() -> None:
    page = english()["bodies/vi-du/an-binh/ubnd/"]
    assert '<h1><span lang="vi">Ủy ban nhân dân xã An Bình</span></h1>' in page.html
    assert page.row("Type") == ["Type", "People’s Committee"]
    assert page.row("Unit")[0] == "Unit", "one of them, beside the tab that names all"


def test_a_vietnamese_page_has_no_marks_of_language() -> None:
    assert 'lang="vi"' not in Site(VI_DU, DAY)["bodies/vi-du/an-binh/ubnd/"].html


def test_reasons_are_said_in_english_with_english_dates() -> None:
    text = english()["resolutions/vi-du/an-binh/2025/01-2025-nq-hdnd/"].text
    assert re.search(r"In force from \d{1,2} [A-Z][a-z]+ 2025\.", text)


def test_links_of_an_english_page_stay_in_english_and_files_are_shared() -> None:
    site = english()
    for address, page in site.pages.items():
        here = f"http://site/{page.tree}{address}"
        for href, _ in site[address].links:
            there = urljoin(here, href).partition("#")[0].removeprefix("http://site/")
            if there.endswith("/") and not there.startswith("http"):
                assert there.startswith("en/"), (address, href)
            elif "://" not in there:
                assert not there.startswith("en/") or there == f"{page.tree}{address}", href


# The frame around


@pytest.fixture(scope="module")
def guides() -> dict[str, Guide]:
    return {code: run_mkdocs(ROOT, ("vi", "en"), code) for code in ("vi", "en")}


def test_a_page_says_its_language_and_where_it_stands_in_the_others(
    guides: dict[str, Guide],
) -> None:
    page = Shell(guides["en"]).fill("units/a/", "A", "").decode()
    assert '<html lang="en"' in page
    assert '<html lang="vi"' in Shell(guides["vi"]).fill("units/a/", "A", "").decode()


def test_a_site_that_knows_its_url_names_its_languages_to_search_engines(tmp_path: Path) -> None:
    url = "https://vi-du.example/so/"
    settings = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[0]
    (tmp_path / "mkdocs.yml").write_text(f"{settings}\nsite_url: {url}\n", "utf-8")
    named = {("vi", "units/a/"), ("x-default", "units/a/"), ("en", "en/units/a/")}
    for code, address in (("vi", ""), ("en", "en/")):
        page = Shell(run_mkdocs(tmp_path, ("vi", "en"), code)).fill("units/a/", "A", "").decode()
        found = set(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
        assert found == {(language, url + path) for language, path in named}
        assert f'<link rel="canonical" href="{url}{address}units/a/">' in page


def test_a_site_without_url_leaves_the_languages_to_the_switch(guides: dict[str, Guide]) -> None:
    """Search engines take whole addresses only, and call relative ones a fault."""
    for guide in guides.values():
        page = Shell(guide).fill("units/a/", "A", "").decode()
        assert '<link rel="alternate"' not in page
        assert 'class="site-language" hreflang="' in page


def test_the_switch_leads_to_the_same_page_in_the_other_language(
    guides: dict[str, Guide],
) -> None:
    switch = re.compile(
        r'<a rel="alternate" class="site-language" hreflang="(\w+)"[^>]* href="([^"]+)"'
    )
    english_page = Shell(guides["en"]).fill("units/a/", "A", "").decode()
    assert switch.findall(english_page) == [("vi", "../../../units/a/")]
    page = Shell(guides["vi"]).fill("", "A", "").decode()
    assert switch.findall(page) == [("en", "./en/")]


def test_the_frame_of_an_english_page_is_english_and_leads_to_english_pages(
    guides: dict[str, Guide],
) -> None:
    page = Shell(guides["en"]).fill("units/a/", "A", "", tab="van-ban/").decode()
    assert 'action="../../tim-kiem/"' in page
    assert 'href="../../../assets/stylesheets/all.' in page
    assert Languages(page).unmarked == []


def test_a_guide_page_that_is_not_translated_is_led_to_in_vietnamese(tmp_path: Path) -> None:
    pages = tmp_path / "site_src/pages"
    pages.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[0]
        + "\nnav:\n  - Trang chủ: ./\n  - Một: mot.md\n  - Hai: hai.md\n"
    )
    (pages / "mot.md").write_text("# Một\n", "utf-8")
    (pages / "mot.en.md").write_text("# One\n", "utf-8")
    (pages / "hai.md").write_text("# Hai\n", "utf-8")
    made = run_mkdocs(tmp_path, ("vi", "en"), "en")
    assert sorted(path for path in made.files if path.endswith(".html")) == ["en/mot/index.html"]
    page = made.files["en/mot/index.html"].decode()
    assert '<a href="../../hai/" class="md-tabs__link">Hai (in Vietnamese)</a>' in page
    assert 'hreflang="vi" lang="vi" href="../../mot/"' in page
    plain = run_mkdocs(tmp_path, ("vi", "en"), "vi")
    assert 'href="../en/mot/"' in plain.files["mot/index.html"].decode()
    assert 'href="../en/hai/"' not in plain.files["hai/index.html"].decode()


def test_every_guide_page_is_there_in_both_languages() -> None:
    pages = {path.relative_to(PAGES) for path in PAGES.rglob("*.md")}
    english = {path for path in pages if path.name.endswith(".en.md")}
    assert {path.with_name(path.name.replace(".en.md", ".md")) for path in english} == (
        pages - english
    )


def test_vietnamese_words_within_english_guide_pages_are_marked(guides: dict[str, Guide]) -> None:
    pages = {path: data for path, data in guides["en"].files.items() if path.endswith(".html")}
    assert len(pages) > 10
    unmarked = {path: Languages(data.decode()).unmarked for path, data in pages.items()}
    assert {path: found for path, found in unmarked.items() if found} == {}


def test_the_page_for_a_wrong_address_speaks_both_languages(guides: dict[str, Guide]) -> None:
    page = guides["vi"].files["404.html"].decode()
    content = page[page.index('<section lang="vi">') : page.index("</article>")]
    vietnamese, _, english = content.partition('<section lang="en">')
    assert "<h1>Không tìm thấy trang</h1>" in vietnamese
    assert "<h2>Page not found</h2>" in english
    assert 'href="/en/tim-kiem/"' in english
    assert Languages(english).unmarked == []


# Dates, numbers, names


@pytest.mark.parametrize(
    ("code", "day", "number"), [("vi", "01/7/2025", "20.000"), ("en", "1 July 2025", "20,000")]
)
def test_dates_and_numbers_are_written_as_the_language_does(
    code: str, day: str, number: str
) -> None:
    with i18n.speaking(code):
        assert words.date(dt.date(2025, 7, 1)) == day
        assert words.number(20_000) == number


def test_one_of_a_thing_is_no_plural_in_english() -> None:
    with i18n.speaking("en"):
        assert COUNTED["thị trấn"](1) == "1 township"
        assert COUNTED["thị trấn"](2) == "2 townships"
    assert COUNTED["thị trấn"](1) == "1 thị trấn"


def test_no_english_page_counts_one_of_many() -> None:
    plural = re.compile(
        r"(?<![\d.,/-])1 (?:communes|wards|townships|districts|units|documents|cells)\b"
    )
    found = {address: plural.findall(english()[address].text) for address in _english_addresses()}
    assert {address: told for address, told in found.items() if told} == {}


def test_a_sentence_of_derive_is_said_in_the_active_language() -> None:
    unit = Said("%(name)s (cũ)", name="xã Bình Minh")
    said = Said("chỉ địa bàn %(unit)s", unit=unit)
    assert said == "chỉ địa bàn xã Bình Minh (cũ)"
    with i18n.speaking("en"):
        assert i18n.say(said) == "only the territory of xã Bình Minh (former)"
        assert i18n.html(i18n.say(unit)) == '<span lang="vi">xã Bình Minh</span> (former)'


def test_what_a_record_says_is_escaped_in_either_language() -> None:
    for code in ("vi", "en"):
        with i18n.speaking(code):
            html = i18n.html(i18n.gettext("%(name)s (cũ)", name="<b>Bản</b> & “x”"))
            assert "<b>" not in html
            assert "&lt;b&gt;Bản&lt;/b&gt; &amp; “x”" in html


def test_what_attributes_say_in_vietnamese_stands_in_elements_marked_as_such(
    real_site: Path,
) -> None:
    """A label of a cell is shown on phones, a label for screen readers is read aloud."""
    unmarked = {
        (path.relative_to(real_site).as_posix(), found)
        for path in (real_site / "en").rglob("index.html")
        for found in Languages(path.read_text(encoding="utf-8")).unmarked
        if found.where.endswith(("[aria-label]", "[data-label]", "[alt]"))
    }
    assert unmarked == set()


def test_the_mark_of_a_language_stands_in_no_attribute_and_no_title(real_site: Path) -> None:
    """Where an element cannot stand, it would end the attribute and spill over the page."""
    spilt = re.compile(r'<title>[^<]*<(?!/title>)|<[a-z][^<>]*="<|<[a-z][^<>]*="[^"<>]+<span')
    found = [
        path.relative_to(real_site).as_posix()
        for path in (real_site / "en").rglob("index.html")
        if spilt.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
