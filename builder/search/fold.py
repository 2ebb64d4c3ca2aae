"""Folded text for search: words, numbers in any spelling, abbreviations both ways.

The fold itself is ``builder.fold``. The browser does the same in
``site_src/theme/assets/search/fold.js``; ``tests/fold_cases.json`` holds both together.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from builder.fold import TONES, fold

__all__ = [
    "Abbreviation", "abbreviations", "fold", "haystack", "padded", "spelled_haystack",
    "spelled_words", "word_forms", "words",
]  # fmt: skip

PARTS = "|"  # parts names within one field; no phrase runs across it
_BETWEEN = " . "
# A number ends where letters begin (245KH), but a symbol keeps its digits (UBTVQH15).
_WORD = re.compile(r"[0-9]+|[^\W\d_][^\W_]*|[^\W_]")
# Sources vary between y and i after a consonant at the end of a syllable: Kỳ, Kì. After q
# stands u, so that "qy" is a slip, as near to "quy" as to "uy".
_FINAL_Y = re.compile(r"[bcdghklmnprstvx]+y\Z")
# Marks as the digits of the VNI way of typing: plain letters that every index keeps apart.
_TONES = {mark: str(digit) for digit, mark in enumerate(TONES, 1)}  # as VNI numbers them
_QUALITIES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
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


def spelled_words(text: str) -> list[str]:
    """The same words in the same order with their marks kept, as one types them in VNI.

    A tone belongs to its syllable, so that old and new ways of placing it agree; a word
    without marks is what ``words`` gives.

    >>> spelled_words("Bính Xá, xã Đình Lập, hòa, hoà, Mỹ")
    ['binh1', 'xa1', 'xa4', 'd9inh2', 'la6p5', 'hoa2', 'hoa2', 'mi4']
    """
    found: list[str] = []
    for chunk in text.split():
        found.extend(_spelled_words_of(chunk))
    return found


@lru_cache(maxsize=1 << 16)
def _spelled_words_of(chunk: str) -> tuple[str, ...]:
    if chunk.isascii():
        return _words_of(chunk)
    composed = unicodedata.normalize("NFC", chunk)
    parts = [fold(char) for char in composed]
    origin = [at for at, part in enumerate(parts) for _ in part]
    found = []
    for match in _WORD.finditer("".join(parts)):
        end = origin[match.end()] if match.end() < len(origin) else len(composed)
        found.append(_spelling(match.group(), composed[origin[match.start()] : end]))
    return tuple(found)


def _spelling(folded: str, written: str) -> str:
    """``binh1`` for ``binh`` and how it is written."""
    key = _key(folded)
    marked = unicodedata.normalize("NFD", unicodedata.normalize("NFC", written).casefold())
    if key[0] in "0123456789" or marked.isascii():
        return key
    letters, tones = "", ""
    for char in marked:
        if char in _TONES:
            tones += _TONES[char]
        else:
            letters += _QUALITIES.get(char) or ("d9" if char == "đ" else _bare(char))
    if key != folded:
        letters = letters[:-1] + "i"
    return letters + "".join(sorted(tones))


def _bare(char: str) -> str:
    return "".join(_WORD.findall(fold(char)))


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
    return _padded(words(text))


def _padded(found: list[str]) -> str:
    return f" {' '.join(found)} " if found else ""


def haystack(text: str) -> str:
    """The text as a string to search in: padded words, parts and additions set apart.

    An abbreviation adds what it stands for, and a full form its abbreviation.

    >>> haystack("Xã Bính Xá|Xã Bắc Xa")
    ' xa binh xa . xa bac xa '
    >>> haystack("HĐND phường")
    ' hdnd phuong . hoi dong nhan dan '
    """
    hay = _joined(text, words)
    return hay + "".join(f".{padded(added)}" for added in _additions(text, hay))


def spelled_haystack(text: str) -> str:
    """The haystack with marks kept, as ``spelled_words`` gives them.

    >>> spelled_haystack("HĐND phường")
    ' hd9nd phu7o7ng2 . ho6i5 d9o6ng2 nha6n da6n '
    """
    return _joined(text, spelled_words) + "".join(
        f".{_padded(spelled_words(added))}" for added in _additions(text, _joined(text, words))
    )


def word_forms(text: str) -> set[str]:
    """The different words of a text, opened abbreviations included, each as ``words`` and as
    ``spelled_words`` give it: what ``haystack`` and ``spelled_haystack`` hold."""
    hay = _joined(text, words)
    found = set(hay.split())
    pieces = set(text.split())
    for added in _additions(text, hay):
        found.update(words(added))
        pieces.update(added.split())
    for piece in pieces:
        found.update(_spelled_words_of(piece))
    return found - {"."}


def _joined(text: str, split: Callable[[str], list[str]]) -> str:
    parts = [" ".join(found) for part in text.split(PARTS) if (found := split(part))]
    return f" {_BETWEEN.join(parts)} " if parts else ""


def _additions(text: str, hay: str) -> Iterator[str]:
    """What abbreviations of the text stand for, and abbreviations of its full forms."""
    for item in abbreviations() if hay else ():
        if item.ambiguous:
            if item.long not in hay and is_spelled(item.spelled, text):
                hay += f".{item.long}"
                yield item.meaning
        elif item.long in hay:
            if item.short[0] not in hay:
                hay += f".{item.short[0]}"
                yield item.spelled
        elif any(short in hay for short in item.short):
            hay += f".{item.long}"
            yield item.meaning


def is_spelled(short: str, text: str) -> bool:
    """Whether an abbreviation stands in the text in exactly its own letters and case."""
    composed = unicodedata.normalize("NFC", text)
    return short in composed and _spelled(short).search(composed) is not None


@cache
def _spelled(short: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(short)}(?![^\W_])")
