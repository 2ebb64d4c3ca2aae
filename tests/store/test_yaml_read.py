"""Reading YAML: two readers, one meaning, and one clear error for all that is no record."""

import io
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from builder.store.yaml_read import (
    MAX_BYTES,
    MAX_DEPTH,
    YamlError,
    by_ruamel,
    decode,
    read,
    read_with_positions,
)
from tests.conftest import ROOT


def both(text: str) -> Any:
    """The value, which both readers must give; types count, too."""
    value = read(text)
    assert repr(by_ruamel(text)[0]) == repr(value)
    return value


def refusal(text: str | bytes) -> tuple[str, int, int]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(YamlError) as caught:
        read(decode(data))
    return caught.value.message, caught.value.line, caught.value.column


def real_files() -> list[Path]:
    return sorted((ROOT / "registry").rglob("*.yaml")) + sorted(
        (ROOT / "tests/fixtures").rglob("*.yaml")
    )


# Values


def test_both_readers_give_the_same_values_over_all_real_records_and_fixtures() -> None:
    """Of a long table the first rows count: ruamel takes a second for all of them."""
    files = real_files()
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        if len(text) > 15_000:
            text = "\n".join(text.split("\n")[:60])
        assert by_ruamel(text)[0] == read(text), path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("n", "n"), ("true", True), ("FALSE", False),
        ("tRue", "tRue"), ("~", None), ("", None), ("null", None), ("NULL", None), ("nULL", "nULL"),
        ("12:30", "12:30"), ("08:00", "08:00"), ("0123", 123), ("0o17", 15), ("017", 17),
        ("0x1F", 31), ("1_000", "1_000"), ("1,000", "1,000"), ("+12", 12), ("-0", 0),
        ("1e3", 1000.0), ("1.", 1.0), (".5", 0.5), (".", "."), ("-", None), (".inf", ".inf"),
        ("-.INF", "-.INF"), (".nan", ".nan"), ("1e999", "1e999"), ("2025-07-01", "2025-07-01"),
        ("0b11", "0b11"),
        ("2025-07-01T08:00:00Z", "2025-07-01T08:00:00Z"), ("999999999999999999", 10**18 - 1),
        ("9999999999999999999", "9999999999999999999"), ("06625@2025-07-01", "06625@2025-07-01"),
        ("'0123'", "0123"), ('"0123"', "0123"), ("=", "="), ("1 2", "1 2"), ("٣", "٣"),
    ],
)  # fmt: skip
def test_plain_scalars_mean_what_yaml_1_2_says(written: str, meant: Any) -> None:
    if written == "-":  # an entry, not a scalar
        assert both("- -\n") == [[None]]
        return
    value = both(f"field: {written}\n")["field"]
    assert value == meant
    assert type(value) is type(meant)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("a: >-\n  x\n  y\n\n  z\n", {"a": "x y\nz"}),
        ("a: |+\n  x\n\n", {"a": "x\n\n"}),
        ("a: x\n  y\n\n  z\n", {"a": "x y\nz"}),
        ("a: 'it''s'\nb: \"\\u0110\\/\"\n", {"a": "it's", "b": "Đ/"}),
        ("{a: [1, {b: c}], d}\n", {"a": [1, {"b": "c"}], "d": None}),
        ("- a: 1\n  b: 2\n-\n", [{"a": 1, "b": 2}, None]),
        ("a: http://x/?b=c&d=e*f!g#h\n", {"a": "http://x/?b=c&d=e*f!g#h"}),
        ("null: 1\n~: 2\n1: 3\n", {"null": 1, "~": 2, "1": 3}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("# only\n---\na: 1\n...\n", {"a": 1}),
        ("? a\n: 1\n", {"a": 1}),
        ("a: \U0001f600\u00a0x\n", {"a": "\U0001f600\u00a0x"}),
    ],
)
def test_styles_and_breaks_mean_the_same_to_both_readers(text: str, value: Any) -> None:
    assert both(text) == value


_TEXT = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"),
        exclude_characters="\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060"
        "\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff",
    )
    | st.just("\n"),
    max_size=20,
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | _TEXT
    | st.sampled_from(["no", "0123", "12:30", "1e3", "~", "- a", "a: b", "# c", " x ", "&a", "*a"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(_VALUES)
def test_what_an_editing_program_writes_is_read_back(value: Any) -> None:
    stream = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.version = "1.2"
    writer.default_flow_style = False
    writer.dump({"field": value}, stream)
    written = stream.getvalue().replace("%YAML 1.2\n---\n", "")
    assert _plain(both(written)["field"]) == _plain(value)


def _plain(value: Any) -> Any:
    """Numbers too long for a record stay the text they were written as."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            return value
        return number if math.isfinite(number) and len(value) > 18 else value
    return float(value) if isinstance(value, float) else value


_PIECES = st.sampled_from(
    ["a: ", "b: ", "- ", "  ", "\n", "{", "}", "[", "]", ", ", "x", "'", '"', "|", ">", "# c", "?",
     ":", "&a ", "*a", "!t ", "<<: ", "---", "...", "0", "~", "\t", "%YAML 1.1", "đ", "\\", "@"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_where_both_readers_take_a_text_it_means_the_same(text: str) -> None:
    try:
        value = read(text)
    except YamlError:
        return
    assert read_with_positions(text)[0] == value
    try:
        exact = by_ruamel(text)[0]
    except YamlError:
        return
    assert exact == value


def test_positions_are_those_of_keys_and_items_whichever_reader_gives_them() -> None:
    text = "a: 1\nb:\n  - x\n  - đ: {e: 2}\n"
    _, exact = by_ruamel(text)
    assert exact == {
        ("a",): (1, 1), ("b",): (2, 1), ("b", 0): (3, 5), ("b", 1): (4, 5), ("b", 1, "đ"): (4, 5),
        ("b", 1, "đ", "e"): (4, 9),
    }  # fmt: skip
    tabbed = read_with_positions(text + "c:\t3\n")  # which only libyaml takes
    assert tabbed == ({"a": 1, "b": ["x", {"đ": {"e": 2}}], "c": 3}, {**exact, ("c",): (5, 1)})


# Refusals


@pytest.mark.parametrize(
    ("text", "words", "line", "column"),
    [
        ("a: &x 1\nb: *x\n", "anchors and aliases", 1, 4),
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchors and aliases", 1, 4),
        ("a: 1\nb: *x\n", "anchors and aliases", 2, 4),
        ("&x a: 1\n", "a key is a plain word", 1, 1),
        ("a: !!str 1\n", "tags", 1, 4),
        ("a: !!python/object/apply:os.system ['x']\n", "tags", 1, 4),
        ("a: ! 1\n", "tags", 1, 4),
        ("!x\na: 1\n", "tags", 1, 1),
        ("a:\n  <<: {b: 1}\n", "merge keys", 2, 3),
        ("a: 1\nb:\n  c: 1\n  'c': 2\n", "the key 'c' stands twice", 4, 3),
        ("a: 1\n---\nb: 2\n", "one document", 2, 1),
        ("? [a]\n: 1\n", "a key is a plain word", 1, 3),
        ("%YAML 1.1\n---\na: no\n", "directives", 1, 1),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "directives", 1, 1),
        ("", "empty", 1, 1),
        ("# only a comment\n", "empty", 1, 1),
        ("a: b: c\n", "no valid YAML", 1, 5),
        ("a: [1\n", "no valid YAML", 2, 1),
        ("a:\n\tb: 1\n", "no valid YAML", 2, 1),
        ('a: 1\nb: "c\nd: e\n', "no valid YAML", 2, 4),
        ("a: x\u202ey\n", "U+202E", 1, 5),
        ("Đ: 1\na: \u200bx\n", "U+200B", 2, 4),
        ('a: "x\\u202ey"\n', "escaped character U+202E", 1, 4),
        ('a: "\\0"\n', "escaped character U+0000", 1, 4),
        ('"\\u2066": 1\n', "escaped character U+2066", 1, 1),
        ("a: \x00\n", "U+0000", 1, 4),
        ("\ufeffa: 1\n", "byte order mark", 1, 1),
        ("a: \ufeffb\n", "U+FEFF", 1, 4),
        (b"a: 1\nb: \xff\n", "not valid UTF-8", 2, 4),
        (b"\xff\xfea\x00", "not valid UTF-8", 1, 1),
        (b"a: \xed\xa0\x80\n", "not valid UTF-8", 1, 4),
        (b"x" * (MAX_BYTES + 1), "larger than", 1, 1),
    ],
)
def test_what_no_record_holds_is_refused_at_its_place(
    text: str | bytes, words: str, line: int, column: int
) -> None:
    message, *place = refusal(text)
    assert words in message
    assert place == [line, column]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_ten_thousand_levels_are_one_clean_refusal(opening: str) -> None:
    message, line, _ = refusal(opening * 10_000)
    assert line == 1
    assert f"deeper than {MAX_DEPTH}" in message or "key is a plain word" in message


def test_as_many_levels_as_are_allowed_are_read() -> None:
    assert both("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert f"deeper than {MAX_DEPTH}" in refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))[0]


def test_a_long_text_gets_its_positions_without_the_slow_reader() -> None:
    text = "items:\n" + "".join(f"- number: {n}\n" for n in range(20_000))
    value, positions = read_with_positions(text)
    assert len(value["items"]) == 20_000
    assert positions["items", 19_999, "number"] == (20_001, 3)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=40).map(str.encode))
def test_any_bytes_are_a_value_or_a_refusal_with_a_place(data: bytes) -> None:
    caught = None
    try:
        read_with_positions(decode(data))
    except YamlError as error:
        caught = error
    assert caught is None or (caught.line >= 1 and caught.column >= 1 and caught.message)
