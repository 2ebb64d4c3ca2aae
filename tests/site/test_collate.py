"""The order of the Vietnamese alphabet."""

import pytest

from builder.site.collate import collation_key


def in_order(*words: str) -> bool:
    mixed = words[1::2] + words[::2]
    return sorted(mixed, key=collation_key) == list(words)


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert in_order(
        "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô",
        "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y",
    )  # fmt: skip


def test_tones_follow_ngang_huyen_hoi_nga_sac_nang() -> None:
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ")


def test_letters_decide_before_tones() -> None:
    assert in_order("Bà Rịa", "Ba Sơn", "Bá Thước", "Bắc Sơn", "Bằng Mạc", "Bính Xá")


def test_words_before_longer_ones_that_begin_with_them() -> None:
    assert in_order("Đình", "Đình Lập", "Đinh Văn")


def test_case_and_punctuation_do_not_count() -> None:
    assert in_order("Kinh tế - Ngân sách", "kinh tế ngân sách 2", "KINH TẾ, NGÂN SÁCH 3")


def test_numbers_sort_as_numbers_and_before_letters() -> None:
    assert in_order("Phường 2", "Phường 10", "Phường An Bình")


@pytest.mark.parametrize("text", ["Hoà Bình", "𝕏 ̀", "", "\u0301", "\u0306a"])
def test_any_text_has_a_key(text: str) -> None:
    assert collation_key(text)[2] == text


def test_composed_and_decomposed_spellings_stand_together() -> None:
    assert collation_key("Bính Xá")[:2] == collation_key("Bi\u0301nh Xa\u0301")[:2]
