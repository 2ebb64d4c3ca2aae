"""Words of an address: cut, folded, with the types and spellings that people use for them.

Knows no unit: what the words name is in ``index`` and ``match``.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from builder.fold import fold, split_tone
from builder.models.codes import UnitType

Spelling = Literal["exact", "equivalent", "without_marks", "other_marks"]
Types = frozenset[UnitType]

MAX_CHARS = 1_000
MAX_WORDS = 60
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘‛ʼ´′ʹ`"))
_TOKEN = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;|/()\[\]\n]")
_GLUED = re.compile(r"(p|q|f|tt|tx|tp)([0-9]{1,2})")  # P1, Q.05
_Y_ALONE = re.compile(r"(?<=[^\Waăâeêioôơuưy\d])y$|(?<=^qu)y$")
_ZEROS = re.compile(r"^0+(?=[0-9])")

_TOWN: Types = frozenset({"thành phố", "thành phố trực thuộc trung ương"})
# Written out and abbreviated; one letter counts only before a name.
TYPE_WORDS: dict[tuple[str, ...], Types] = {
    ("xa",): frozenset({"xã"}),
    ("x",): frozenset({"xã"}),
    ("phuong",): frozenset({"phường"}),
    ("p",): frozenset({"phường"}),
    ("f",): frozenset({"phường"}),
    ("thi", "tran"): frozenset({"thị trấn"}),
    ("tt",): frozenset({"thị trấn"}),
    ("t", "t"): frozenset({"thị trấn"}),
    ("dac", "khu"): frozenset({"đặc khu"}),
    ("dk",): frozenset({"đặc khu"}),
    ("huyen",): frozenset({"huyện"}),
    ("h",): frozenset({"huyện"}),
    ("quan",): frozenset({"quận"}),
    ("q",): frozenset({"quận"}),
    ("thi", "xa"): frozenset({"thị xã"}),
    ("tx",): frozenset({"thị xã"}),
    ("t", "x"): frozenset({"thị xã"}),
    ("thanh", "pho"): _TOWN,
    ("tp",): _TOWN,
    ("t", "p"): _TOWN,
    ("tinh",): frozenset({"tỉnh"}),
    ("t",): frozenset({"tỉnh"}),
}
_BEGINNINGS = frozenset(words[0] for words in TYPE_WORDS if len(words) == 2)
COMMUNE_TYPES: Types = frozenset({"xã", "phường", "thị trấn", "đặc khu"})
PROVINCE_TYPES: Types = frozenset({"tỉnh", "thành phố trực thuộc trung ương"})

# Names of provinces that people use and no list of today has: abbreviations, and
# Thừa Thiên Huế, which became the city of Huế on 01/01/2025 (Resolution 175/2024/QH15).
PROVINCE_ALIASES: dict[str, str] = {
    "hcm": "hochiminh", "tphcm": "hochiminh", "saigon": "hochiminh", "sg": "hochiminh",
    "hn": "hanoi", "thuathienhue": "hue", "tthue": "hue", "tth": "hue",
    "brvt": "bariavungtau",
}  # fmt: skip
_FARM_KEYS = ("nongtruong", "nt")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, and as the key under which all its spellings meet.

    ``types`` are those that it stands for by itself; ``begins`` says that it may begin a
    type of two words.
    """

    written: str
    folded: str
    key: str
    types: Types | None
    begins: bool


@lru_cache(maxsize=50_000)
def _word(written: str) -> Word:
    folded = fold(written)
    key = _ZEROS.sub("", folded.replace("y", "i"))
    return Word(written, folded, key, TYPE_WORDS.get((folded,)), folded in _BEGINNINGS)


@lru_cache(maxsize=50_000)
def _words(written: str) -> tuple[Word, ...]:
    glued = _GLUED.fullmatch(written.lower())
    return tuple(map(_word, glued.groups())) if glued else (_word(written),)


def segments(text: str) -> list[str]:
    """The parts of an address between commas and the like, without what exceeds 1,000 signs.

    >>> segments("xã Bính Xá (huyện Đình Lập), Lạng Sơn")
    ['xã Bính Xá ', 'huyện Đình Lập', ' Lạng Sơn']
    """
    text = text[:MAX_CHARS]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return [part for part in _BREAK.split(text) if part and not part.isspace()]


def cut(segment: str) -> tuple[Word, ...]:
    """The words of one segment, 60 at most.

    >>> [word.key for word in cut("P.01 Quý Lộc")]
    ['p', '1', 'qui', 'loc']
    """
    found = _TOKEN.findall(segment.translate(_APOSTROPHES))
    return tuple([word for written in found for word in _words(written)][:MAX_WORDS])


def name_keys(name: str) -> tuple[str, ...]:
    """The keys of a name: without marks, spaces, hyphens and leading zeros, y as i.

    >>> name_keys("Bà Rịa - Vũng Tàu"), name_keys("05"), name_keys("NT Mộc Châu")
    (('bariavungtau',), ('5',), ('nongtruongmocchau', 'ntmocchau'))
    """
    name = unicodedata.normalize("NFC", name)
    key = "".join(word.key for word in cut(name))
    for prefix in _FARM_KEYS:
        bare = key.removeprefix(prefix)
        # Only the abbreviation as a word of its own: Ntro is no farm.
        if bare and bare != key and (prefix != "nt" or cut(name)[0].key == "nt"):
            return tuple(farm + bare for farm in _FARM_KEYS)
    return (key,)


@lru_cache(maxsize=50_000)
def _sound(written: str) -> str:
    """A word with its tone behind it, so that the place of the mark does not matter."""
    letters, tone = [], ""
    for char in written.lower():
        letter, found = split_tone(char)
        letters.append(letter)
        tone = found or tone
    return _ZEROS.sub("", _Y_ALONE.sub("i", "".join(letters))) + tone


@lru_cache(maxsize=100_000)
def spelling(written: tuple[str, ...], name: tuple[str, ...]) -> Spelling:
    """How words of an address are spelt beside the words of a name with the same key.

    >>> spelling(("Hoà", "Mĩ"), ("Hòa", "Mỹ")), spelling(("Binh", "Xá"), ("Bính", "Xá"))
    ('equivalent', 'without_marks')
    >>> spelling(("Phó", "Bảng"), ("Phố", "Bảng"))
    'other_marks'
    """
    if [word.lower() for word in written] == [word.lower() for word in name]:
        return "exact"
    pairs = [(_sound(one), _sound(two)) for one, two in zip(written, name, strict=False)]
    if len(written) == len(name) and all(one == two for one, two in pairs):
        return "equivalent"
    if all(word.isascii() for word in written):
        return "without_marks"
    if len(written) == len(name) and all(
        one == two or word.isascii() for word, (one, two) in zip(written, pairs, strict=True)
    ):
        return "without_marks"
    # Cut otherwise (Rơ Wa, RơWa): the letters and marks in a row decide.
    glued = "".join(_sound(word)[:99] for word in written)
    return "equivalent" if glued == "".join(_sound(word) for word in name) else "other_marks"


@lru_cache(maxsize=50_000)
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name as ``cut`` cuts them."""
    return tuple(word.written for word in cut(name))


def type_at(words: tuple[Word, ...], start: int) -> tuple[Types, int] | None:
    """The type that stands in front of a name, and where the name begins."""
    word = words[start]
    if word.begins and start + 2 < len(words):
        types = TYPE_WORDS.get((word.folded, words[start + 1].folded))
        if types is not None:
            return types, start + 2
    if word.types is not None and start + 1 < len(words):
        return word.types, start + 1
    return None
