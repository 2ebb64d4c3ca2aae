"""Folded text for search: words, numbers in any spelling, abbreviations both ways.

The fold itself is ``builder.fold``. The browser does the same in
``site_src/theme/assets/search/fold.js``; ``tests/fold_cases.json`` holds both together.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from builder.fold import fold

__all__ = ["Abbreviation", "abbreviations", "fold", "haystack", "padded", "words"]

PARTS = "|"  # parts names within one field; no phrase runs across it
_BETWEEN = " . "
# A number ends where letters begin (245KH), but a symbol keeps its digits (UBTVQH15).
_WORD = re.compile(r"[0-9]+|[^\W\d_][^\W_]*|[^\W_]")
# Sources vary between y and i after a consonant at the end of a syllable: Kỳ, Kì.
_FINAL_Y = re.compile(r"[bcdghklmnpqrstvx]+y\Z")
_DATA = Path(__file__).with_name("abbreviations.json")


def words(text: str) -> list[str]:
    """The words of a text as search compares them.

    Folded; letters and digits only; numbers without leading zeros; a final y after a
    consonant as i.

    >>> words("Quyết định 05-QĐ/TU, phường Kỳ Lừa")
    ['quyet', 'dinh', '5', 'qd', 'tu', 'phuong', 'ki', 'lua']
    """
    found: list[str] = []
    for chunk in text.split():
        found.extend(_words_of(chunk))
    return found


@lru_cache(maxsize=1 << 16)
def _words_of(chunk: str) -> tuple[str, ...]:
    """Kept, since a language has few syllables, and texts have many."""
    return tuple(_key(word) for word in _WORD.findall(fold(chunk)))


def _key(word: str) -> str:
    if word[0] in "0123456789":
        return word.lstrip("0") or "0"
    return word[:-1] + "i" if _FINAL_Y.match(word) else word


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One abbreviation in all its spellings, each as padded words: ``' kt xh '``.

    ``ambiguous``: the folded short form is a word of its own (ĐU: du lịch), so that only
    its own spelling opens it.
    """

    short: tuple[str, ...]
    long: str
    spelled: str
    meaning: str
    ambiguous: bool


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """All abbreviations, longer ones before those that they contain."""
    return tuple(
        Abbreviation(
            tuple(padded(short) for short in item["short"]),
            padded(item["long"]),
            item["short"][0],
            item["long"],
            item.get("ambiguous", False),
        )
        for item in abbreviation_data()
    )


def abbreviation_data() -> list[dict[str, Any]]:
    """The data file, as the browser gets it."""
    data: list[dict[str, Any]] = json.loads(_DATA.read_text(encoding="utf-8"))
    return data


def padded(text: str) -> str:
    """The words of a text with a space around each: ``' 245 kh tu '``; '' if there are none."""
    found = words(text)
    return f" {' '.join(found)} " if found else ""


def haystack(text: str) -> str:
    """The text as a string to search in: padded words, parts and additions set apart.

    An abbreviation adds what it stands for, and a full form its abbreviation.

    >>> haystack("Xã Bính Xá|Xã Bắc Xa")
    ' xa binh xa . xa bac xa '
    >>> haystack("HĐND phường")
    ' hdnd phuong . hoi dong nhan dan '
    """
    parts = [" ".join(found) for part in text.split(PARTS) if (found := words(part))]
    if not parts:
        return ""
    hay = f" {_BETWEEN.join(parts)} "
    for item in abbreviations():
        if item.ambiguous:
            if item.long not in hay and is_spelled(item.spelled, text):
                hay += f".{item.long}"
        elif item.long in hay:
            if item.short[0] not in hay:
                hay += f".{item.short[0]}"
        elif any(short in hay for short in item.short):
            hay += f".{item.long}"
    return hay


def is_spelled(short: str, text: str) -> bool:
    """Whether an abbreviation stands in the text in exactly its own letters and case."""
    composed = unicodedata.normalize("NFC", text)
    return short in composed and _spelled(short).search(composed) is not None


@cache
def _spelled(short: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(short)}(?![^\W_])")
