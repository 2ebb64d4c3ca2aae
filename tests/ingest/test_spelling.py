"""Spellings: what counts as the same name, as the guide tells it."""

import re
from pathlib import Path

import pytest

from builder.ingest.resolution.spelling import distance, likeness, search_keys
from builder.ingest.resolution.text import key


def test_every_equivalence_of_the_guide_is_one_of_the_reader(root: Path) -> None:
    page = root / "site_src" / "pages" / "huong-dan" / "doc-nghi-quyet.md"
    text = page.read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    examples = [(one, other) for what, one, other in rows if what != "Khác nhau ở"]
    assert len(examples) == 7
    for one, other in examples:
        assert likeness(one, other) == likeness(other, one) == "equivalent", (one, other)
        assert search_keys(one) & search_keys(other), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phó Bảng", "Phố Bảng"), ("Tân Lập", "Tân Lạp"), ("Chiềng Ơn", "Chiềng On"),
        ("Hai", "Hay"), ("Sơn Đông", "Sơn Đồng"), ("Nặm Ét", "Nậm Ét"),
    ],
)  # fmt: skip
def test_other_letters_or_tones_are_no_equivalence(one: str, other: str) -> None:
    assert likeness(one, other) == "loose"


def test_capitals_spaces_and_apostrophes_of_another_form_are_exact() -> None:
    assert likeness("ĐẠ  K’NÀNG", "Đạ K'Nàng") == "exact"


def test_a_composed_and_a_decomposed_letter_are_one() -> None:
    assert key("Ba\u0306\u0301c") == key("Bắc")


@pytest.mark.parametrize(
    ("one", "other"), [("Tân Lập 1", "Tân Lập 2"), ("1", "13"), ("Long Hưng A", "Long Hưng B")]
)
def test_numbers_and_letters_of_twin_names_are_never_near(one: str, other: str) -> None:
    assert distance(one, other, 3) > 3


def test_a_commune_named_nong_truong_is_not_reduced_to_an_abbreviation() -> None:
    assert search_keys("Nông Trường") == {"nongtruong"}
