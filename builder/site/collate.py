"""Sorting by the Vietnamese alphabet. Keys only; nothing about records.

Letters first (a ă â b c d đ e ê …), over the whole of both words; where all
letters are the same, tones decide: ngang, huyền, hỏi, ngã, sắc, nặng.
"""

import re
import unicodedata
from functools import lru_cache

Key = tuple[str, str, str]

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Above the digits, so that a number stands before a word, and in the order of the alphabet.
_RANK = {letter: chr(0x100 + index) for index, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_DIGITS = re.compile(r"[0-9]+")
_APART = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def collation_key(text: str) -> Key:
    """A key to sort by: letters, then tones, then the text itself.

    Case does not count, marks of punctuation stand for a space, and numbers sort
    as numbers: ``Phường 2`` before ``Phường 10``, ``Ba`` before ``Bà`` before ``Bả``.
    """
    plain = _APART.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()
    letters: list[str] = []
    tones: list[str] = []
    for part in unicodedata.normalize("NFD", _DIGITS.sub(_padded, plain)):
        if part in _TONES:
            tones[-1:] = [_TONES[part]]
        elif unicodedata.combining(part):
            # Breve, circumflex and horn make a letter of their own.
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + part)
        else:
            letters.append(part)
            tones.append("0")
    return "".join(_RANK.get(letter, letter) for letter in letters), "".join(tones), text


def _padded(match: re.Match[str]) -> str:
    return match[0].zfill(12)
