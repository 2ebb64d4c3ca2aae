"""From the whole text to its clauses: what the resolution says of itself, and where clauses begin.

What a clause means is in ``grammar``.
"""

import datetime as dt
import re
from dataclasses import dataclass

from builder.ingest.resolution.text import Text

# All patterns match the folded view: no marks, no spaces, y as i.
_NUMBER = re.compile(r"so:?(\d{2,5})/?nqubtvqh(\d{2})")
_NUMBER_IN_NAME = re.compile(r"(\d{2,5})[^0-9]{0,3}nq[^a-z]?ubtvqh(\d{2})", re.IGNORECASE)
_DATE = r"ngai(\d{1,2})thang(\d{1,2})nam(\d{4})"
_ADOPTED = re.compile(r"thongqua" + _DATE)
_SIGNED = re.compile(r"hanoi,?" + _DATE)
_FROM_ADOPTION = re.compile(r"hieulucthihanh(?:ke)?tungai(?:duoc)?thongqua")
_OPERATIONAL = re.compile(r"chinhthuchoatdong(?:ke)?tu" + _DATE)
_PROVINCE = re.compile(r"(?:capxacua|saukhisapxep,?|nhandan)(?:tinh|thanhpho)")

_BODY = re.compile(r"nhusau[:.]*")
_HEADING = re.compile(r"dieu1[.:]")
_END = re.compile(
    r"(?P<sure>dieu2[.:]*(?=hieuluc|tochuc|dieukhoan)|nghiquietnaicohieuluc)|dieu2[.:]"
)

_CLOSING = r"saukhi(?:thuchien)?(?:viec)?sapxep,?(?:trendiaban|tinh|thanhpho)"
_VERB = (
    r"(?:sapxep(?!cacdonvi|theo|don(?!g)|de)|doiten|thanhlap(?!cacdonvi)|chuiendoi|chuien(?!mon)"
    r"|giunguien|tochuc(?!thuchien|thihanh)|nhap(?!khau)|hopnhat|dieuchinh|lai(?=toanbo|motphan)|"
    + _CLOSING
    + r")"
)
_NUMBERED = re.compile(r"(?<!\d)(\d{1,3})[.):,]*(?=" + _VERB + r")")
_UNNUMBERED = re.compile(
    r"(?:sapxep(?:toanbo|motphan|phan(?:dientich|quimo)?conlai)|doitenxa|doitenphuong|"
    + _CLOSING
    + r")"
)
_ANY_NUMBERED = re.compile(r"(\d{1,3})[.)]+(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause of the article: its place in the folded view."""

    number: int
    start: int  # after the number
    end: int
    digest: str
    numbered: bool = True  # False: the number was lost and follows from the order


@dataclass(frozen=True, slots=True)
class Header:
    """What the resolution says of itself; None where the text does not say."""

    number: int | None
    term: int | None  # legislature: 15 in NQ-UBTVQH15
    adopted: dt.date | None
    operational_from: dt.date | None
    in_force_from_adoption: bool


def read_header(text: Text, file_name: str) -> Header:
    """Number, adoption and first day of operation; the number from the file's name if need be."""
    folded = text.folded
    found = _NUMBER.search(folded) or _NUMBER_IN_NAME.search(file_name)
    return Header(
        int(found[1]) if found else None,
        int(found[2]) if found else None,
        _date(_ADOPTED.search(folded)) or _date(_SIGNED.search(folded)),
        _date(_OPERATIONAL.search(folded)),
        _FROM_ADOPTION.search(folded) is not None,
    )


def _date(found: re.Match[str] | None) -> dt.date | None:
    if not found:
        return None
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def province_words(text: Text) -> list[str]:
    """What stands behind each place where the text names the province that it concerns."""
    return [
        text.folded[found.end() : found.end() + 40] for found in _PROVINCE.finditer(text.folded)
    ]


def split_clauses(text: Text) -> list[Clause]:
    """The clauses of Article 1 in order, the closing one included.

    A clause begins with its number before a verb, at the head of a paragraph, or,
    where the number was lost, with a verb that only begins clauses.
    """
    folded = text.folded
    heading = _HEADING.search(folded)
    body = _BODY.search(folded, heading.end() if heading else 0)
    last = _end(text, body.end() if body else heading.end() if heading else 0)
    first = body.end() if body and body.end() < last else heading.end() if heading else 0
    starts = _starts(text, first, last)
    stops = [begin for _, begin, _, _ in starts[1:]] + [last]
    return [
        Clause(number, start, stop, text.digest(start, stop), numbered)
        for (number, _, start, numbered), stop in zip(starts, stops, strict=True)
    ]


def _end(text: Text, start: int) -> int:
    """Where Article 2 begins: by its heading, at the head of a paragraph or by its words."""
    paragraphs = set(text.paragraphs)
    for found in _END.finditer(text.folded, start):
        if found["sure"] or found.start() in paragraphs:
            return found.start()
    return len(text.folded)


def _starts(text: Text, first: int, last: int) -> list[tuple[int, int, int, bool]]:
    """(number, start of the number, start of the text, whether numbered) of each clause."""
    folded = text.folded
    paragraphs = set(text.paragraphs)
    marks: dict[int, tuple[int | None, int]] = {}  # start of the text -> number, its start
    for found in _UNNUMBERED.finditer(folded, first, last):
        at = found.start()
        if at == first or at in paragraphs or folded[at - 1] in ".:;":
            marks[at] = (None, at)
    for found in _ANY_NUMBERED.finditer(folded, first, last):
        if found.start() in paragraphs and text.plain[text.places[found.start()] - 1] != "(":
            marks[found.end()] = (int(found[1]), found.start())
    for found in _NUMBERED.finditer(folded, first, last):
        marks.setdefault(found.end(), (int(found[1]), found.start()))
        if marks[found.end()][0] is None:
            marks[found.end()] = (int(found[1]), found.start())
    starts: list[tuple[int, int, int, bool]] = []
    for at, (number, begin) in sorted(marks.items()):
        expected = starts[-1][0] + 1 if starts else 1
        if number is None or (number != expected and not text.starts_line(begin)):
            # No number, or one that ends the clause before ("xã Cát Tiên 2. Sắp xếp …").
            if not _UNNUMBERED.match(folded, at):
                continue
            starts.append((expected, at, at, False))
        else:
            starts.append((number, begin, at, True))
    return starts
