"""Marks around what was found: they stand on whole words, and change no letter of a text."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.search.fold import abbreviation_data, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SYLLABLES = st.sampled_from(
    [
        "Bính",
        "Xá",
        "xã",
        "BÌNH",
        "Đình",
        "lập",
        "HĐND",
        "hòa",
        "hoà",
        "Mỹ",
        "2418-QĐ/TU",
        "05",
        "<b>",
    ]
)
NOISE = st.text(alphabet="aăâđĐêơưyİßﬁ²\U0001d400 \u0300\u0301\u0323\u0302.,-/0123\n", max_size=8)
TEXTS = st.lists(SYLLABLES | NOISE, max_size=12).map(" ".join)
PAIRS = st.lists(
    st.tuples(TEXTS, TEXTS, st.sampled_from(["NFC", "NFD"])).map(
        lambda made: [made[0][:60], unicodedata.normalize(made[2], made[1])]
    ),
    min_size=20, max_size=20,
)  # fmt: skip

SCRIPT = """async ([address, data, pairs]) => {
  const load = (name) => import(address + name + '.js');
  const [fold, { marked, passage, wordsToMark }, { parse }] =
    await Promise.all(['fold', 'marks', 'query'].map(load));
  fold.useAbbreviations(data);
  return pairs.map(([typed, text]) => [false, true].map((same) => {
    const query = parse(typed);
    const wanted = wordsToMark(query, same);
    const fragment = marked(text, wanted);
    return {
      text: fragment.textContent,
      marks: [...fragment.querySelectorAll('mark')].map((mark) => mark.textContent),
      elements: fragment.querySelectorAll('*:not(mark)').length,
      passage: passage(text, wanted),
      words: query.words,
    };
  }));
}"""


@pytest.fixture
def mark(
    page: "Page", served: Callable[[Path], str], root: Path
) -> Callable[[list[Any]], list[Any]]:
    address = served(root / "site_src" / "theme" / "assets" / "search")
    page.goto(address + "search.css")
    return lambda pairs: page.evaluate(SCRIPT, [address, abbreviation_data(), pairs])


@given(PAIRS)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture,
    HealthCheck.large_base_example, HealthCheck.data_too_large, HealthCheck.too_slow],
)  # fmt: skip
def test_without_its_marks_a_text_is_what_it_was(
    mark: Callable[[list[Any]], list[Any]], pairs: list[Any]
) -> None:
    for (_, text), answers in zip(pairs, mark(pairs), strict=True):
        for answer in answers:
            assert answer["text"] == text
            assert answer["elements"] == 0
            assert [each for each in answer["marks"] if len(words(each)) != 1] == []
            assert answer["passage"].removeprefix("… ").removesuffix(" …").strip() in text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("typed", "text", "marks"),
    [
        ("dinh lap", "xã Đình Lập", ["Đình", "Lập"]),
        ("đình lập", "xã Đình Lập, quyết định thành lập", ["Đình", "Lập", "lập"]),
        ("bính xá", "Xã Bính Xá, xã Bình", ["Bính", "Xá"]),
        ("hđnd", "Hội đồng nhân dân xã, HĐND", ["Hội", "đồng", "nhân", "dân", "HĐND"]),
        ("2418 qd", "Số 2418-QĐ/TU", ["2418", "QĐ"]),
        ("hoà", "Hòa Bình, hoa", ["Hòa"]),
    ],
)
def test_words_are_marked_in_their_own_spelling(
    mark: Callable[[list[Any]], list[Any]], form: Any, typed: str, text: str, marks: list[str]
) -> None:
    pair = [unicodedata.normalize(form, each) for each in (typed, text)]
    answer = mark([pair])[0][1]
    assert [unicodedata.normalize("NFC", each) for each in answer["marks"]] == marks
