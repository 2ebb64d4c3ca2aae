"""How alike two spellings of a name are: the documented equivalences, and nothing else.

Equivalent are: the place of the tone mark (hòa, hoà), y and i after a consonant (Mỹ,
Mĩ; Quý, Quí), hyphens, apostrophes and spaces, capitals, numerals with and without
zero (Phường 01, Phường 1), and NT, N.T, Nông Trường for Nông trường.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from builder.fold import split_tone
from builder.ingest.resolution.text import fold, key

Likeness = Literal["exact", "equivalent", "loose"]

_VOWELS = frozenset("aăâeêioôơuưy")
_Y = re.compile(r"(?<![aăâeêioôơuưy])y(?!ê)|(?<=qu)y")
_FARM = re.compile(r"^(?:n\.?\s*t\.?(?=[\s.])|nông\s+trường)\s*", re.IGNORECASE)
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4\u2032\u02b9`", "'"))


@lru_cache(maxsize=100_000)
def plain_form(name: str) -> str:
    """The name as written, but for capitals, the form of apostrophes and runs of spaces."""
    return " ".join(unicodedata.normalize("NFC", name).translate(_APOSTROPHES).lower().split())


@lru_cache(maxsize=100_000)
def equivalence_form(name: str) -> str:
    """What all equivalent spellings of a name share.

    Tones stand behind their run of vowels, so their place does not matter.

    >>> equivalence_form("Hòa Mỹ") == equivalence_form("Hoà  Mĩ")
    True
    >>> equivalence_form("Phó Bảng") == equivalence_form("Phố Bảng")
    False
    """
    text = _FARM.sub("nông trường ", plain_form(name))
    text = re.sub(r"(?<![0-9])0+(?=[0-9])", "", re.sub(r"[^\w]|_", "", text))
    letters: list[str] = []
    tones: list[str] = []
    for char in text:
        base, tone = split_tone(char)
        if base not in _VOWELS and tones:
            letters += tones
            tones = []
        letters.append(base)
        if tone:
            tones.append(tone)
    return _Y.sub("i", "".join(letters + tones))


def search_keys(name: str) -> set[str]:
    """Folded keys under which a name of the lists can stand in a text."""
    keys = {key(name)}
    bare = _FARM.sub("", name)
    if bare and bare != name:
        keys |= {key("nông trường " + bare), key("nt" + bare)}
    return keys


def likeness(written: str, listed: str) -> Likeness:
    """How a spelling in a text is like one in the lists that has the same key.

    >>> likeness("Hoà Bình", "Hòa Bình"), likeness("Phó Bảng", "Phố Bảng")
    ('equivalent', 'loose')
    """
    if plain_form(written) == plain_form(listed):
        return "exact"
    if equivalence_form(written) == equivalence_form(listed):
        return "equivalent"
    return "loose"


_NUMBERS = re.compile(r"\d+|[A-ZĐ](?![^\W\d_])")  # 1, 12; the A and B of twin names


def distance(one: str, other: str, limit: int) -> int:
    """Edits between the folded spellings; ``limit + 1`` if there are more than ``limit``.

    Numbers and the letters of twin names are no spelling: Tân Lập 1 is not near Tân Lập 2.

    >>> distance("Đạ K'Nàng", "Đa Knang", 2), distance("Tân Thành A", "Tân Thành B", 2)
    (0, 3)
    """
    if _marks(one) != _marks(other):
        return limit + 1
    a, b = key(fold(one)), key(fold(other))
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
    return min(row[-1], limit + 1)


def _marks(name: str) -> list[str]:
    return [each.lstrip("0") or each for each in _NUMBERS.findall(name)]
