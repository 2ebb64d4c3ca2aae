"""The one folding of text that every search and lookup shares.

Holds only pure functions; word splitting, abbreviations and spelling equivalences live
with whoever needs them (`builder.derive.lookup`, `builder.search`).
"""

from __future__ import annotations

import unicodedata

_ASCII_OF = {"đ": "d", "Đ": "d"}
_D_TABLE = str.maketrans(_ASCII_OF)


def composed(text: str) -> str:
    """The text in Unicode's form NFC: each letter with its marks is one character.

    Vietnamese keyboards can write either form; both look the same, and are not equal.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


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
