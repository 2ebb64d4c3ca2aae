"""One table of cases, two languages: Python and the browser fold and read alike."""

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.search.fold import (
    abbreviation_data,
    fold,
    haystack,
    spelled_haystack,
    spelled_words,
    word_forms,
    words,
)
from builder.search.query import Fields, agrees, parse

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


@pytest.mark.parametrize(("text", "found"), CASES["spelled"])
def test_python_keeps_marks_as_the_table_says(text: str, found: list[str]) -> None:
    assert spelled_words(text) == found


@pytest.mark.parametrize(("query", "text", "same"), CASES["agrees"])
def test_python_compares_marks_as_the_table_says(query: str, text: str, same: bool) -> None:
    assert agrees(parse(query), Fields("", "", "", "", spelled=spelled_haystack(text))) is same


LETTERS = st.text(alphabet="aăâđêhiklmnơpưxyAĐÊƠéñ² \u0300\u0301\u0323,.-/0123", max_size=40)


@given(LETTERS)
def test_words_with_marks_are_the_same_words_in_the_same_order(text: str) -> None:
    unmarked = [re.sub("(?<=[a-z])[1-9]+", "", word) for word in spelled_words(text)]
    assert len(unmarked) == len(words(text))
    if not re.search(r"[a-z]\d|²", fold(text)):
        assert unmarked == words(text)


@given(LETTERS)
def test_marks_do_not_depend_on_composition(text: str) -> None:
    composed, parted = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert spelled_words(composed) == spelled_words(parted)


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
            spelled: cases.spelled.map(([text]) => fold.spelledWords(text)),
            agrees: cases.agrees.map(([typed, text]) => {
              const parsed = query.parse(typed);
              const all = 2 ** parsed.marked.length - 1;
              return query.agreeing(parsed, fold.spelledHaystack(text)) === all;
            }),
            haystack: cases.haystack.map(([text]) => fold.haystack(text)),
            parse: cases.parse.map(([text]) => [query.parse(text).words, query.parse(text).last]),
          };
        }""",
        [address, abbreviation_data(), CASES],
    )
    assert found["fold"] == [folded for _, folded in CASES["fold"]]
    assert found["words"] == [expected for _, expected in CASES["words"]]
    assert found["places"] == [expected for _, expected in CASES["places"]]
    assert found["spelled"] == [expected for _, expected in CASES["spelled"]]
    assert found["agrees"] == [same for *_, same in CASES["agrees"]]
    assert found["haystack"] == [haystack(text) for text, _ in CASES["haystack"]]
    assert found["parse"] == [[expected, last] for _, expected, last in CASES["parse"]]


@given(st.text(alphabet="aăđhyĐHNQTUKỳkì05 |.-/\n\u0301\u00a0", max_size=40))
def test_the_word_forms_of_a_text_are_the_words_of_its_two_haystacks(text: str) -> None:
    both = {*haystack(text).split(), *spelled_haystack(text).split()}
    assert word_forms(text) == both - {"."}
