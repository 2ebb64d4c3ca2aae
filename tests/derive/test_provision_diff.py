"""What changed between two versions of a text, provision by provision."""

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.derive.provisions import parse
from builder.derive.provisions.diff import compare, compare_words

OLD = """\
Điều 1. Họp
1. Họp hai lần một năm, do Chủ tịch triệu tập.
2. Thành phần gồm:
a) Chủ tịch;
b) Phó Chủ tịch.
Điều 2. Kinh phí
1. Kinh phí do ngân sách cấp.
Điều 3. Hiệu lực
Có hiệu lực từ ngày ký.
"""
NEW = """\
Điều 1. Họp
1. Họp ba lần một năm, do Chủ tịch triệu tập.
2. Biên bản được công khai trong mười ngày.
3. Thành phần gồm:
a) Chủ tịch;
b) Phó Chủ tịch.
Điều 2. Hiệu lực
Có hiệu lực từ ngày ký.
"""


def statuses(old: str, new: str) -> list[tuple[str, str, str]]:
    return [
        (c.status, c.old.anchor if c.old else "", c.new.anchor if c.new else "")
        for c in compare(parse(old), parse(new))
    ]


def test_each_provision_is_said_to_be_changed_added_removed_renumbered_or_the_same() -> None:
    assert statuses(OLD, NEW) == [
        ("unchanged", "dieu-1", "dieu-1"),
        ("changed", "dieu-1.khoan-1", "dieu-1.khoan-1"),
        ("added", "", "dieu-1.khoan-2"),
        ("renumbered", "dieu-1.khoan-2", "dieu-1.khoan-3"),
        ("unchanged", "dieu-1.khoan-2.diem-a", "dieu-1.khoan-3.diem-a"),
        ("unchanged", "dieu-1.khoan-2.diem-b", "dieu-1.khoan-3.diem-b"),
        ("removed", "dieu-2", ""),
        ("removed", "dieu-2.khoan-1", ""),
        ("renumbered", "dieu-3", "dieu-2"),
        ("unchanged", "dieu-3.doan-1", "dieu-2.doan-1"),
    ]


def test_only_the_words_that_differ_are_marked() -> None:
    change = compare(parse(OLD), parse(NEW))[1]
    assert [(run.where, run.text) for run in change.words] == [
        ("both", "Họp "), ("old", "hai"), ("new", "ba"),
        ("both", " lần một năm, do Chủ tịch triệu tập."),
    ]  # fmt: skip


def test_line_breaks_and_blanks_are_no_change() -> None:
    assert {s for s, _, _ in statuses("Điều 1. A\n1. một  hai\n", "Điều 1.  A\n\n1.  một hai")} == {
        "unchanged"
    }


def test_a_clause_rewritten_from_end_to_end_under_its_number_is_changed() -> None:
    old, new = "Điều 1. A\n1. Họp mỗi quý.\n", "Điều 1. A\n1. Do Thường trực quyết định.\n"
    assert statuses(old, new)[1] == ("changed", "dieu-1.khoan-1", "dieu-1.khoan-1")


def test_an_article_that_moved_to_another_chapter_is_followed() -> None:
    old = "Chương I\nMỘT\nĐiều 1. A\nĐiều 2. B\nChương II\nHAI\nĐiều 3. C\n"
    new = "Chương I\nMỘT\nĐiều 1. A\nChương II\nHAI\nĐiều 2. B\nĐiều 3. C\n"
    assert {status for status, _, _ in statuses(old, new)} == {"unchanged"}


_WORDS = st.lists(st.sampled_from(["họp", "hai", "ba", "lần", ",", "."]), max_size=60).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(_WORDS, _WORDS)
def test_the_marked_words_give_back_either_text(old: str, new: str) -> None:
    runs = compare_words(old, new)
    assert "".join(run.text for run in runs if run.where != "new") == old
    assert "".join(run.text for run in runs if run.where != "old") == new


_TEXTS = st.lists(
    st.sampled_from(
        ["Chương I", "Điều 1. A", "Điều 2. B", "1. x y", "2. x z", "a) u", "b) v", "w"]
    ),
    max_size=15,
).map("\n".join)


@settings(max_examples=100, deadline=None)
@given(_TEXTS, _TEXTS)
def test_every_provision_of_both_versions_is_told_once(old: str, new: str) -> None:
    before, after = parse(old), parse(new)
    changes = compare(before, after)
    told_old = [c.old.anchor for c in changes if c.old and c.old.anchor]
    told_new = [c.new.anchor for c in changes if c.new and c.new.anchor]
    assert sorted(told_old) == sorted(n.anchor for n in before.walk() if n.anchor)
    assert told_new == [n.anchor for n in after.walk() if n.anchor]


def test_two_long_texts_without_a_common_word_are_compared_all_the_same() -> None:
    old = "\n".join(f"Điều {n}. " + "x " * 300 for n in range(1, 300))
    new = "\n".join(f"Điều {n}. " + "y " * 300 for n in range(300, 600))
    assert {c.status for c in compare(parse(old), parse(new))} == {"added", "removed"}
