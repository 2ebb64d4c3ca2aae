"""One table of cases, two languages: Python and the browser fold and read alike."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.search.fold import abbreviation_data, fold, haystack, words
from builder.search.query import parse

if TYPE_CHECKING:
    from playwright.sync_api import Page

CASES: dict[str, list[Any]] = json.loads(
    (Path(__file__).parent.parent / "fold_cases.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_python_folds_as_the_table_says(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "found"), CASES["words"])
def test_python_reads_words_and_numbers_as_the_table_says(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(("text", "hay"), CASES["haystack"])
def test_python_opens_abbreviations_as_the_table_says(text: str, hay: str) -> None:
    assert " ".join(haystack(text).split()) == " ".join(hay.split())


@pytest.mark.parametrize(("text", "found", "last"), CASES["parse"])
def test_python_reads_queries_as_the_table_says(text: str, found: list[str], last: str) -> None:
    query = parse(text)
    assert (list(query.words), query.last) == (found, last)


@given(st.text(alphabet="aăâđêhiklmnơpưxyAĐÊƠ \u0300\u0301\u0323,.-/0123", max_size=40))
def test_composed_and_decomposed_texts_have_the_same_words(text: str) -> None:
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))


@pytest.mark.browser
def test_the_browser_agrees_with_the_whole_table(
    page: "Page", served: Callable[[Path], str], root: Path
) -> None:
    address = served(root / "site_src" / "theme" / "assets" / "search")
    (page.goto(address + "search.css"))
    found = page.evaluate(
        """async ([address, data, cases]) => {
          const fold = await import(address + 'fold.js');
          const query = await import(address + 'query.js');
          fold.useAbbreviations(data);
          return {
            fold: cases.fold.map(([text]) => fold.fold(text)),
            words: cases.words.map(([text]) => fold.words(text)),
            places: cases.places.map(([text]) =>
              fold.wordsWithPlaces(text).map(({word, start, end}) => [word, start, end])),
            haystack: cases.haystack.map(([text]) => fold.haystack(text)),
            parse: cases.parse.map(([text]) => [query.parse(text).words, query.parse(text).last]),
          };
        }""",
        [address, abbreviation_data(), CASES],
    )
    assert found["fold"] == [folded for _, folded in CASES["fold"]]
    assert found["words"] == [expected for _, expected in CASES["words"]]
    assert found["places"] == [expected for _, expected in CASES["places"]]
    assert found["haystack"] == [haystack(text) for text, _ in CASES["haystack"]]
    assert found["parse"] == [[expected, last] for _, expected, last in CASES["parse"]]
