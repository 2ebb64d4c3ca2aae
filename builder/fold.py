"""The one folding of text that every search and lookup shares.

Holds only pure functions; word splitting, abbreviations and spelling equivalences live
with whoever needs them (`builder.derive.lookup`, `builder.search`).
"""

from __future__ import annotations

import unicodedata

# Combining marks of sắc, huyền, hỏi, ngã, nặng; the other marks make letters (ă â ê ô ơ ư).
TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_ASCII_OF = {"đ": "d", "Đ": "d"}
_D_TABLE = str.maketrans(_ASCII_OF)


def composed(text: str) -> str:
    """The text in Unicode's form NFC: each letter with its marks is one character.

    Vietnamese keyboards can write either form; both look the same, and are not equal.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def split_tone(char: str) -> tuple[str, str]:
    """A letter without its tone, and the mark of the tone; empty where it bears none.

    >>> split_tone("ấ") == ("â", "\\u0301"), split_tone("ă"), split_tone("b")
    (True, ('ă', ''), ('b', ''))
    """
    if char.isascii():
        return char, ""
    marks = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in marks[1:] if mark in TONES), "")
    return (unicodedata.normalize("NFC", marks.replace(tone, "")) if tone else char), tone


def fold(text: str) -> str:
    """Return `text` without case and diacritics, so that all spellings of a name meet.

    NFC, casefold, NFD, marks dropped, đ → d. Punctuation and spaces stay as they are.

    >>> fold("Đình Lập"), fold("ĐÌNH LẬP"), fold("dinh lap")
    ('dinh lap', 'dinh lap', 'dinh lap')
    >>> fold("Nghị quyết số 1672/NQ-UBTVQH15")
    'nghi quyet so 1672/nq-ubtvqh15'
    """
    if text.isascii():
        return text.lower()
    cased = composed(text).casefold()
    marked = unicodedata.normalize("NFD", cased)
    bare = "".join(char for char in marked if not unicodedata.combining(char))
    return bare.translate(_D_TABLE)
