"""The numbers that Word shows before paragraphs but does not store: counted as Word counts.

ECMA-376 Part 1, 17.9. Formats that Vietnamese documents use; a bullet becomes a hyphen.
"""

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_LEVEL = re.compile(r"%([1-9])")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counters of one document, advanced paragraph by paragraph."""

    def __init__(self, root: Any | None) -> None:
        self._abstract: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        for element in root.iter(qn("w:abstractNum")):
            levels = {}
            for level in element.iter(qn("w:lvl")):
                index = _int(level.get(qn("w:ilvl")))
                levels[index] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    _int(_value(level, "w:start", "1")),
                )
            self._abstract[element.get(qn("w:abstractNumId"), "")] = levels
        for element in root.iter(qn("w:num")):
            self._lists[element.get(qn("w:numId"), "")] = _value(element, "w:abstractNumId", "")

    def label(self, number_id: str, level: int) -> str:
        """What stands before the next paragraph of a list at a level; empty without a list."""
        abstract = self._lists.get(number_id, "")
        levels = self._abstract.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts[abstract]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for below in [each for each in counts if each > level]:
            del counts[below]
        form, text, _ = levels[level]
        if form == "bullet":
            return "-"
        if form == "none":
            return ""

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            start = levels.get(at, ("decimal", "", 1))
            return _count(counts.get(at, start[2]), start[0])

        return _LEVEL.sub(shown, text)[:60]


def _count(number: int, form: str) -> str:
    if form.endswith("Letter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 5 + 1)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman"):
        roman, left = "", min(number, 99)
        for value, sign in ((50, "l"), (40, "xl"), *_ROMAN):
            while left >= value:
                roman, left = roman + sign, left - value
        return roman.upper() if form.startswith("upper") else roman
    return f"{number:02}" if form == "decimalZero" else str(number)


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(qn(name))
    return default if found is None else found.get(qn("w:val")) or default


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
