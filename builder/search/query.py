"""A query, and how well a record answers it; the same rules as the browser's ``query.js``.

A record answers when every word of the query stands in one of its fields; the last word
may be the beginning of one (except in texts). Where a word of the query is written with
marks, records in which it stands with these marks come before all others. Where records
are found is elsewhere.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from builder.search.fold import abbreviations, is_spelled, spelled_words, words

MAX_LENGTH = 200
MAX_WORDS = 16
FIELDS = ("number", "title", "units", "other")
_WEIGHT = {"number": 60, "title": 50, "units": 40, "other": 30}
_TEXT_WEIGHT = 10
_BEGINNING = 5  # taken off where only the beginning of a word matches
# What a letter typed without a mark may become while somebody is still typing the word.
_OPEN = {"a": "a[68]?", "d": "d9?", "e": "e6?", "o": "o[67]?", "u": "u7?"}
_LETTER = re.compile(r"[a-z][6-9]?")
_TYPED = re.compile(r"([a-z6-9]+)([1-5]*)\Z")
_PARTED = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fields:
    """What of a record is searched, its text aside.

    ``number`` is padded words, the others are haystacks; ``name`` is the bare name of a
    unit (``' binh xa '``) and empty for other records. ``spelled`` holds the words of all
    fields with their marks (``builder.search.fold.spelled_haystack``); ``date`` is the day of
    the record.
    """

    number: str
    title: str
    units: str
    other: str
    name: str = ""
    spelled: str = ""
    date: str = ""


@dataclass(frozen=True)
class Query:
    """The words to find; ``spoken`` are the words as typed, before abbreviations open.

    ``spelled`` are the words once more, with the marks that were typed. ``days`` holds for each
    word the day that it writes together with others, or nothing: such a word is also answered
    by a record of that day.
    """

    words: tuple[str, ...]
    spoken: tuple[str, ...]
    spelled: tuple[str, ...]
    opened: tuple[tuple[str, str], ...] = ()
    days: tuple[str, ...] = ()

    @cached_property
    def phrase(self) -> str:
        return " " + " ".join(self.words)

    @cached_property
    def marked(self) -> tuple[str, ...]:
        """Those words that were typed with marks: ``binh1``, ``xa1``."""
        return tuple(
            spelled for spelled, word in zip(self.spelled, self.words, strict=True)
            if spelled != word
        )  # fmt: skip

    @cached_property
    def unfinished(self) -> re.Pattern[str] | None:
        """Words that go on from a last word with marks, which may not be all typed yet.

        Every mark that was typed must stand; others may follow: ``lâp`` becomes ``lập``.
        """
        if not self.last or self.spelled[-1] == self.words[-1]:
            return None
        typed = _TYPED.match(self.spelled[-1])
        if typed is None:
            return None
        letters = "".join(_OPEN.get(part, part) for part in _LETTER.findall(typed[1]))
        return re.compile(f" {letters}[a-z0-9]*{typed[2]} ")

    @property
    def last(self) -> str:
        """The word that may be a beginning, or nothing if it is too short to be one."""
        last = self.words[-1] if self.words else ""
        return last if len(last) >= (3 if is_number(last) else 2) else ""


def parse(text: str) -> Query:
    """The query for what somebody typed; at most MAX_LENGTH characters and MAX_WORDS words.

    >>> parse("Nghị quyết số 1672").words
    ('nghi', 'quyet', '1672')
    >>> parse("VP ĐU").words
    ('vp', 'dang', 'uy')
    """
    text = unicodedata.normalize("NFC", text[:MAX_LENGTH])
    spoken = _without_number_word(words(text)[:MAX_WORDS], words(text))
    found: list[str] = []
    spelled: list[str] = []
    for part in _PARTED.split(text):
        meaning = _ambiguous_meaning(part) or part
        found.extend(words(meaning))
        spelled.extend(spelled_words(meaning))
    del found[MAX_WORDS:], spelled[MAX_WORDS:]
    kept = _without_number_word(found, found)
    days = days_in(kept)
    with_marks = zip(kept, _without_number_word(spelled, found), days, strict=True)
    return Query(
        tuple(kept),
        tuple(spoken),
        tuple(word if day else typed for word, typed, day in with_marks),
        _opened(text, spoken),
        tuple(days),
    )


def days_in(found: list[str]) -> list[str]:
    """For each word the day that it writes together with others, as ISO, or nothing.

    >>> days_in(["hop", "ngay", "26", "thang", "6", "nam", "2025"])[:3]
    ['', '2025-06-26', '2025-06-26']
    >>> days_in(["26", "6", "2025"]) == days_in(["26", "thang", "6", "nam", "2025"])[:3]
    True
    """
    days = [""] * len(found)
    for at in range(len(found)):
        written = found[at : at + 5]
        length = 5 if written[1:4:2] == ["thang", "nam"] else 3
        day = _day(written[:length:2] if length == 5 else written[:length])
        if day:
            start = at - 1 if at and found[at - 1] == "ngay" else at
            days[start : at + length] = [day] * (at + length - start)
    return days


def _day(parts: list[str]) -> str:
    if len(parts) != 3 or not all(map(is_number, parts)) or len(parts[2]) != 4:
        return ""
    day, month, year = map(int, parts)
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _without_number_word(values: list[str], found: list[str]) -> list[str]:
    """Without ``số`` before a number: nobody's title says it. ``found`` are the bare words."""
    after = [*found[1 : len(values)], ""]
    return [
        value
        for value, word, following in zip(values, found, after, strict=False)
        if word != "so" or not is_number(following)
    ]


def is_number(word: str) -> bool:
    """Whether a word, as ``builder.search.fold.words`` gives it, is a number."""
    return word.isascii() and word.isdigit()


def _ambiguous_meaning(part: str) -> str:
    """What a lone ``ĐU`` or ``đu`` stands for; ``du`` stays a word of its own."""
    for item in abbreviations():
        if item.ambiguous and part.casefold() == item.spelled.casefold():
            return item.meaning
    return ""


def _opened(text: str, spoken: list[str]) -> tuple[tuple[str, str], ...]:
    """Abbreviations in the query with what they stand for, to be told to the reader."""
    hay = f" {' '.join(spoken)} "
    return tuple(
        (item.spelled, item.meaning)
        for item in abbreviations()
        if (
            is_spelled(item.spelled.casefold(), text.casefold())
            if item.ambiguous
            else any(short in hay for short in item.short)
        )
    )


def score(query: Query, fields: Fields, text_words: frozenset[str] = frozenset()) -> int:
    """How well a record answers; 0 if it does not.

    ``text_words`` are those words of the query that stand in the record's text. In order:
    exact number, title, names of units, the rest of the catalogue, text.
    """
    total = 0
    for index, word in enumerate(query.words):
        found = _best(fields, word, index == len(query.words) - 1 and bool(query.last))
        if found < _WEIGHT["other"] and query.days[index] and query.days[index] == fields.date:
            found = _WEIGHT["other"]
        if not found and word in text_words:
            found = _TEXT_WEIGHT
        if not found:
            return 0
        total += found
    return total + _bonus(query, fields) if total else 0


def agrees(query: Query, fields: Fields, text_words: frozenset[str] = frozenset()) -> bool:
    """Whether every word that was typed with marks stands in the record with these marks.

    ``text_words`` are those of ``query.marked`` that stand in the record's text.

    >>> query = parse("bính xá")
    >>> agrees(query, Fields("", "", "", "", spelled=" xa4 binh1 xa1 "))
    True
    >>> agrees(query, Fields("", "", "", "", spelled=" xa4 an binh2 "))
    False
    """
    last = len(query.marked) - 1 if query.unfinished else -1
    return all(
        f" {word} " in fields.spelled
        or word in text_words
        or (at == last and query.unfinished is not None
            and query.unfinished.search(fields.spelled) is not None)
        for at, word in enumerate(query.marked)
    )  # fmt: skip


def _best(fields: Fields, word: str, beginning: bool) -> int:
    whole, start = f" {word} ", f" {word}"
    best = 0
    for field in FIELDS:
        hay: str = getattr(fields, field)
        weight = _WEIGHT[field]
        if best >= weight:
            break
        if whole in hay:
            best = weight
        elif beginning and start in hay:
            best = max(best, weight - _BEGINNING)
    return best


def _bonus(query: Query, fields: Fields) -> int:
    bonus = 0
    if fields.number:
        spoken = f" {' '.join(query.spoken)} "
        if fields.number == spoken:
            bonus += 1000
        elif fields.number.startswith(spoken):
            bonus += 600
        elif is_number(first := fields.number.split(" ", 2)[1]) and first in query.spoken:
            bonus += 400
    phrase = query.phrase
    if phrase in fields.title:
        bonus += 200
        if f"{phrase} " in (fields.title, fields.name):
            bonus += 100
        elif f"{phrase} " in fields.title:
            bonus += 20
    # However many the words: together in a lesser field they weigh more than scattered in titles.
    if phrase in fields.units:
        bonus += 100 + 10 * len(query.words)
    elif phrase in fields.other:
        bonus += 60 + 20 * len(query.words)
    return bonus
