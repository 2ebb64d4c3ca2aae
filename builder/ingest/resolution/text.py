"""The text of a resolution, freed from Markdown, with a folded view for matching.

Conversions lose and add spaces, so nothing here relies on them: the folded view
holds only letters, digits and the punctuation that means something, and every
place in it leads back to the cleaned text.
"""

import hashlib
import html
import re
import unicodedata
from bisect import bisect_left
from functools import cached_property

_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<!--.{0,200}?-->|\[\^\w{1,10}\]")
_RULE_LINE = re.compile(r"^[ \t|+:=~_-]*$", re.MULTILINE)  # borders of tables, rules
_LINE_MARK = re.compile(r"^[ \t]*(?:[|>]|#{1,6}(?= ))+", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{[.#][^{}\n]{0,100}\}")
_ESCAPE = re.compile(r"\\([^\w\s]|\n)")
_MARKS = re.compile(r"[*_`|\\\[\]]+")
_UNIFY = str.maketrans(
    {
        "\u00d0": "Đ", "\u00f0": "đ",  # the Icelandic letter, typed for the Vietnamese one
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4\u2032\u02b9", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"),
        # Controls, and marks that reorder text on the screen.
        **dict.fromkeys(map(chr, (*range(9), *range(14, 32), *range(127, 160))), " "),
        **dict.fromkeys("\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
                        "\u2066\u2067\u2068\u2069", " "),
    }
)  # fmt: skip
_KEPT = re.compile(r"[a-z0-9,;:.()/|]")
_GAP_IN_NUMBER = re.compile(r"(?<=[0-9])[^a-z0-9,;:.()/|]+(?=[0-9])")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def _fold_char(char: str) -> str:
    plain = unicodedata.normalize("NFD", char.lower())[0]
    return {"đ": "d", "y": "i"}.get(plain, plain)


class _Folding(dict[int, str]):
    """Table for str.translate: one folded character for each, found when first met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_char(chr(point))
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Letters without marks, y as i, of the same length as the text.

    >>> fold("Quy mô Đạ K'Nàng")
    "qui mo da k'nang"
    """
    return text.translate(_FOLDING)


def key(text: str) -> str:
    """What two spellings of one name share: folded, without spaces and punctuation.

    >>> key("Đạ K' Nàng") == key("Đạ K’Nàng"), key("Phường 01")
    (True, 'phuong1')
    """
    return re.sub(r"[^a-z0-9]", "", _ZEROS.sub("", fold(unicodedata.normalize("NFC", text))))


def clean(raw: str) -> str:
    """NFC text without Markdown: no marks, escapes, tags, table borders or attributes.

    Paragraphs stay apart by an empty line; spaces stay as the conversion left them.
    """
    text = unicodedata.normalize("NFC", html.unescape(raw)).translate(_UNIFY)
    text = re.sub(r"\r\n?", "\n", text)
    text = _TAG.sub(" ", text)
    text = _RULE_LINE.sub("", text)
    text = _LINE_MARK.sub("", text)
    text = _ATTRIBUTES.sub("", text)
    text = _ESCAPE.sub(lambda found: found[1] if found[1] != "\n" else " \n", text)
    return _MARKS.sub("", text)


class Text:
    """Cleaned text ``plain`` and its views ``folded`` and ``lower``, place by place.

    ``folded[i]`` and ``lower[i]`` come from ``plain[places[i]]``. Two numbers that
    only spaces part stay apart by ``|``; zeros in front of a number are left out.
    """

    def __init__(self, raw: str) -> None:
        self.plain = clean(raw)
        folded = _ZEROS.sub(lambda zeros: " " * len(zeros[0]), fold(self.plain))
        folded = _GAP_IN_NUMBER.sub(lambda gap: "|" + gap[0][1:], folded)
        self.folded = "".join(_KEPT.findall(folded))
        self.places = places = [kept.start() for kept in _KEPT.finditer(folded)]
        lower = self.plain.lower()
        if len(lower) != len(self.plain):  # a letter whose small form is longer
            lower = "".join(char.lower()[0] for char in self.plain)
        self.lower = "".join([lower[place] for place in places])

    def slice(self, start: int, end: int) -> str:
        """The cleaned text behind ``folded[start:end]``, spaces collapsed."""
        if start >= end:
            return ""
        first = self.places[start]
        while self.folded[start].isdigit() and first and self.plain[first - 1] == "0":
            first -= 1  # "02" as it is written
        return " ".join(self.plain[first : self.places[end - 1] + 1].split())

    def after_gap(self, at: int) -> bool:
        """Whether a space or punctuation stands at or before ``folded[at]``: a word ended."""
        if at == 0 or at >= len(self.places) or self.places[at] - self.places[at - 1] > 1:
            return True
        return not (self.folded[at - 1].isalnum() and self.folded[at].isalnum())

    def starts_line(self, at: int) -> bool:
        """Whether ``folded[at]`` is the first sign of its line."""
        before = self.plain[: self.places[at]] if at < len(self.places) else self.plain
        return before.rstrip(" \t\u00a00").endswith("\n") or not before.strip()

    @cached_property
    def paragraphs(self) -> list[int]:
        """Places in ``folded`` where a paragraph begins."""
        gaps = re.finditer(r"\n[ \t]*\n\s*", self.plain)
        return [0, *(bisect_left(self.places, gap.end()) for gap in gaps)]

    def digest(self, start: int, end: int) -> str:
        """SHA-256 of the text behind ``folded[start:end]`` in its normal form.

        The normal form: NFC, Markdown removed, escapes undone, apostrophes and dashes
        unified, all white space removed. So two conversions of one text that differ
        in marks, line breaks or lost spaces have one digest.
        """
        text = self.slice(start, end)
        return hashlib.sha256(re.sub(r"\s+", "", text).encode()).hexdigest()
