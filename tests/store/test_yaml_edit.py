"""Values change in a YAML text, and nothing else of it."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.store.yaml_edit import EditError, revised
from builder.store.yaml_format import formatted
from builder.store.yaml_read import YamlError, read
from builder.store.yaml_write import block

REGISTRY = Path(__file__).parents[2] / "registry"
TEXT = """\
# yaml-language-server: $schema=../x.json
title: 'Quy chế'  # as printed
dates: {signed: 2025-07-01,   effective: "2025-07-10"}  # by the text
units:
  # merged whole
  - "06625@2025-07-01"  # Bính Xá
  # in part
  - "06626@2025-07-01"

sources:
  - kind: press   # read on paper
    lines:
      - L1
    note: >-
      Một dòng
      dài
  - {kind: press, lines: [a, b]}
verified: false
# the end
"""

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=40
) | st.sampled_from(["no", "on", "0123", "12:30", "~", "- a", "a: b", "a #b", "", "x " * 60 + "y"])
scalars = words | st.integers(-(10**9), 10**9) | st.booleans() | st.none() | st.just("a\nb\n")
keys = st.from_regex(r"\A[a-z_]{1,6}\Z")
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=14,
)
records = st.dictionaries(keys, values, min_size=1, max_size=5)


def change(make: Callable[[Any], object], text: str = TEXT) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came."""
    value = copy.deepcopy(read(text))
    make(value)
    before, after = text.splitlines(), revised(text, value).splitlines()
    return [x for x in before if x not in after], [x for x in after if x not in before]


def test_a_changed_word_changes_its_own_characters_and_keeps_quotes_and_comment() -> None:
    gone, come = change(lambda v: v.update(title="Quy định"))
    assert (gone, come) == (
        ["title: 'Quy chế'  # as printed"],
        ["title: 'Quy định'  # as printed"],
    )


def test_a_date_in_braces_changes_alone() -> None:
    _, come = change(lambda v: v["dates"].update(effective="2025-07-11"))
    assert come == ['dates: {signed: 2025-07-01,   effective: "2025-07-11"}  # by the text']


def test_an_item_is_added_behind_the_others_with_the_comments_in_their_places() -> None:
    assert change(lambda v: v["units"].append("06627@")) == ([], ['  - "06627@"'])


def test_an_item_is_put_before_the_others() -> None:
    value = read(TEXT)
    value["units"].insert(0, "06627@")
    assert '  - "06627@"\n  - "06625@2025-07-01"  # Bính Xá\n' in revised(TEXT, value)


def test_an_item_is_taken_out_with_its_own_line_only() -> None:
    assert change(lambda v: v["units"].pop(0)) == (['  - "06625@2025-07-01"  # Bính Xá'], [])


def test_the_first_field_of_an_item_goes_and_the_next_takes_its_place() -> None:
    gone, come = change(lambda v: v["sources"][0].pop("kind"))
    assert (gone, come) == (
        ["  - kind: press   # read on paper", "    lines:"],
        ["  - lines:"],
    )


def test_several_first_fields_of_an_item_go_at_once() -> None:
    value = read(TEXT)
    del value["sources"][0]["kind"], value["sources"][0]["lines"]
    assert "sources:\n  - note: >-\n      Một dòng\n      dài\n" in revised(TEXT, value)


def test_a_new_field_stands_where_the_new_value_has_it() -> None:
    value = read(TEXT)
    new = {"title": value.pop("title"), "access": "public", **value}
    assert "# as printed\naccess: public\ndates:" in revised(TEXT, new)


def test_a_field_replaced_by_parts_of_its_own_is_written_below_its_key() -> None:
    _, come = change(lambda v: v.update(verified={"by": "A", "on": "2025-08-01"}))
    assert come == ["verified:", "  by: A", "  on: 2025-08-01"]


def test_a_long_text_is_folded_like_those_of_people() -> None:
    _, come = change(lambda v: v.update(summary="một hai ba " * 20 + "bốn"))
    assert come[0] == "summary: >-"
    assert all(len(line) <= 100 for line in come)


def test_a_code_that_looks_like_a_number_is_quoted() -> None:
    assert change(lambda v: v.update(province="06"))[1] == ['province: "06"']


def test_a_long_text_before_a_comment_stays_on_its_line() -> None:
    _, come = change(lambda v: v.update(title="một hai ba " * 20 + "bốn"))
    assert len(come) == 1
    assert come[0].endswith("# as printed")


@pytest.mark.parametrize("mark", ['"', "'"])
@pytest.mark.parametrize("words", ['Nghị quyết "thử"', "Nghị quyết 'thử'", "a\\b", 'A"'])
def test_quotes_stay_around_words_that_hold_quotes(mark: str, words: str) -> None:
    text = revised(f"title: {mark}Cũ{mark}\n", {"title": words})
    assert text.startswith(f"title: {mark}")
    assert read(text) == {"title": words}


def test_lines_that_end_as_on_windows_go_on_doing_so() -> None:
    text = TEXT.replace("\n", "\r\n")
    value = read(text)
    value["corrections"] = [{"what": "a"}]
    assert revised(text, value).count("\r\n") == revised(text, value).count("\n")


def test_what_is_no_list_of_fields_is_refused_with_a_way_out() -> None:
    with pytest.raises(EditError) as refused:
        revised("a: 1\n", ["b"])
    assert refused.value.hint


def test_a_text_that_is_no_record_is_refused_with_its_place() -> None:
    with pytest.raises(YamlError) as refused:
        revised("a: 1\nb: &x 2\n", {"a": 1})
    assert refused.value.line == 2


@settings(max_examples=150, deadline=None)
@given(records, records)
def test_any_record_becomes_any_other(old: Any, new: Any) -> None:
    text = "\n".join(block(old)) + "\n"
    assert read(text) == old
    assert read(revised(text, new)) == new


@settings(max_examples=80, deadline=None)
@given(records, st.data())
def test_there_and_back_again_is_the_same_record(old: Any, data: st.DataObject) -> None:
    text = "\n".join(block(old)) + "\n"
    new = {**old, data.draw(st.sampled_from(sorted(old))): data.draw(values)}
    assert read(revised(revised(text, new), old)) == old
    assert revised(text, old) == text


@settings(max_examples=50, deadline=None)
@given(records)
def test_formatting_twice_changes_nothing_and_once_no_value(record: Any) -> None:
    text = "\n".join(block(record)) + "\n"
    once = formatted(text)
    assert read(once) == record
    assert formatted(once) == once


def test_what_people_wrote_is_formatted_where_it_must_be_and_nowhere_else() -> None:
    text = "a:    1   # one\nb: {x: 1,y: [{z: \"no\"}]}\nc:\n- '01'\n-   2  # two   \n"
    assert formatted(text) == (
        "a: 1      # one\nb: {x: 1, y: [{z: \"no\"}]}\nc:\n  - '01'\n  - 2  # two\n"
    )


def test_a_formatted_text_is_left_as_it_is() -> None:
    text = TEXT.replace("   effective", " effective")
    assert formatted(text) == text


@pytest.mark.parametrize("folder", ["regulations", "resolutions", "rules"])
def test_every_record_of_the_registry_stands_formatted(folder: str) -> None:
    for path in sorted((REGISTRY / folder).rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert formatted(text) == text, path
