"""The lines of a pasted text: whether it is wrapped, and what of it is quoted.

Both are found for the whole text in one pass, before ``parse`` looks at marks.
"""

import re
from dataclasses import dataclass

from builder.derive.provisions import marks

MAX_WRAP = 140  # a text with longer lines has one line per paragraph


def split(text: str) -> list[str]:
    """Lines with their ends; joined they are the text again. Only ``\\n`` ends a line.

    >>> split("a\\n\\nb")
    ['a\\n', '\\n', 'b']
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


@dataclass(frozen=True, slots=True)
class Wrap:
    """How paragraphs are broken: not at all (width 0), or at a width, with or without blanks."""

    width: int = 0
    blank_between: bool = False

    def goes_on(self, before: str, line: str) -> bool:
        """Whether ``line`` continues the paragraph of ``before``, the line just above it."""
        if not self.width:
            return False
        full = before.strip()
        if not full or marks.is_table(before):
            return False
        if self.blank_between:
            return True
        first = line.split(maxsplit=1)[0]
        near = len(full) * 4 >= self.width * 3
        return len(full) + 1 + len(first) > self.width or (near and full[-1] not in ".;:*/")


def wrapping(lines: list[str]) -> Wrap:
    """How the text is wrapped, as conversions from PDF and Markdown do.

    The sign: many lines go on in the middle of a sentence, and none is long.
    """
    going_on = begun = apart = 0
    lengths: list[int] = []
    before = ""
    for line in lines:
        start = marks.lead(line)
        if start >= len(line) or marks.is_table(line):
            before = ""
            continue
        if len(line) > MAX_WRAP:
            return Wrap()
        lengths.append(len(line.rstrip()))
        if marks.heading_mark(line, start) or marks.clause_mark(line, start):
            begun += 1
            apart += not before
        elif before and line[start].islower() and not marks.point_mark(line, start):
            going_on += 1
        before = line
    if going_on < 3 or going_on * 5 < len(lengths):
        return Wrap()
    return Wrap(sorted(lengths)[len(lengths) * 19 // 20], apart * 5 >= begun * 3 > 0)


def quotations(lines: list[str]) -> dict[int, int]:
    """First line -> last line of every quotation that spans several lines.

    An amending instrument quotes whole articles; those are not articles of its own. One that
    begins within a line counts from the next line, if it quotes a provision. A quotation that
    is never closed is none.
    """
    text = "".join(lines)
    if "“" not in text and '"' not in text:
        return {}
    found = {**_curly(lines), **_straight(lines)}
    outermost: dict[int, int] = {}
    end = -1
    for start in sorted(found):
        if end < start <= found[start]:
            outermost[start] = end = found[start]
    return outermost


def _begins(line: str, number: int, mark: str) -> int | None:
    """The line from which a quotation left open in this line counts; None if it is none."""
    head = marks.lead(line)
    if line[head : head + 1] == mark:
        return number
    place = line.rfind(mark) + 1
    start = place + marks.lead(line[place : place + 50])
    if marks.heading_mark(line, start) or marks.clause_mark(line, start):
        return number + 1
    return number + 1 if marks.point_mark(line, start) else None


def _curly(lines: list[str]) -> dict[int, int]:
    balance = 0
    waiting: list[tuple[int, int]] = []  # (balance before it, first line), innermost last
    found: dict[int, int] = {}
    for number, line in enumerate(lines):
        before = balance
        balance += line.count("“") - line.count("”")
        if balance > before and (first := _begins(line, number, "“")) is not None:
            waiting.append((before, first))
        while waiting and balance <= waiting[-1][0]:
            found[waiting.pop()[1]] = number
    return found


_STRAIGHT_END = re.compile(r'"[*_\s.;,]*$')


def _straight(lines: list[str]) -> dict[int, int]:
    opened: int | None = None
    found: dict[int, int] = {}
    for number, line in enumerate(lines):
        if line.count('"') % 2 == 0:
            continue
        if opened is None:
            opened = _begins(line, number, '"')
        elif _STRAIGHT_END.search(line.rstrip()[-10:]):
            found[opened] = number
            opened = None
    return found
