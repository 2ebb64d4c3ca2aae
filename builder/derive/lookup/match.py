"""Reading an address against the index: which units it can mean, and why.

Finds and ranks; where the units found went to is put beside them in ``builder.derive.lookup``.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from builder.derive.lookup.index import Entry, Index, Named
from builder.derive.lookup.words import (
    MAX_WORDS,
    Spelling,
    Types,
    Word,
    cut,
    segments,
    spelling,
    type_at,
)

Stated = Literal["stated", "former", "not_stated", "other"]
Span = tuple[int, int]

_GRADE: dict[Spelling, int] = {
    "exact": 3, "equivalent": 3, "without_marks": 2, "other_marks": 1,
}  # fmt: skip
_KEPT = 50_000  # segments
_LEVEL = {"commune": 2, "district": 1, "province": 0}
_TYPE: dict[Stated, int] = {"stated": 2, "former": 1, "not_stated": 1, "other": 0}


@dataclass(frozen=True, slots=True)
class Match:
    """Why a unit is a candidate.

    ``district`` and ``province``: ``stated`` and right; ``former``, stated for a unit that
    this one was formed from; ``other``, stated and not right; or not stated. ``ignored`` are
    the words that play no part.
    """

    unit: str
    name: Spelling
    type: Stated
    district: Stated
    province: Stated
    ignored: str

    @property
    def sound(self) -> bool:
        """Whether nothing in the address speaks against the unit."""
        return "other" not in (self.type, self.district, self.province)

    def explain(self) -> str:
        """One line for people."""
        says = {
            "exact": "name as written",
            "equivalent": "name in an equivalent spelling",
            "without_marks": "name without diacritics",
            "other_marks": "name with other diacritics",
        }[self.name]
        parts = [says]
        for what in ("type", "district", "province"):
            stated: Stated = getattr(self, what)
            if stated == "stated":
                parts.append(what)
            elif stated == "former":
                parts.append(f"{what} of a former unit")
            elif stated == "other":
                parts.append(f"another {what} is stated")
        return ", ".join(parts) + (f"; not used: {self.ignored}" if self.ignored else "")


class _Reading(NamedTuple):
    """Some words read as the name of a unit; ``whole``: nothing else in their segment."""

    start: int  # the type in front included
    name: int
    end: int
    types: Types | None
    named: Named
    whole: bool


def _size(reading: _Reading) -> int:
    return reading.end - reading.name


class _Context(NamedTuple):
    """Where the address names what stands above a unit: each span is used once.

    ``explained`` counts the words, those about former units half.
    """

    district: Span | None = None
    former_district: Span | None = None
    province: Span | None = None
    former_province: Span | None = None
    explained: int = 0


class _Text(NamedTuple):
    words: tuple[Word, ...]
    readings: list[_Reading]
    marked: bool  # whether the writer uses diacritics


class Matcher:
    """Matching against one index; what segments say is kept, since they come again."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._known: dict[str, tuple[tuple[Word, ...], list[_Reading]]] = {}

    def candidates(self, query: str) -> list[Match]:
        """Every unit that an address can mean, and no unit that it means less; best first.

        Best is what explains most of the address; of these, communes before districts and
        provinces; of these, what has the type that stands there; of these, what nothing
        speaks against; of these, what is spelt so. Units that are equal in all this are all given,
        those of today first.
        """
        text = self._read(query)
        above = _Above(text.readings)
        most = 0
        hits: list[tuple[Entry, _Reading, _Context]] = []
        for reading in sorted(text.readings, key=_size, reverse=True):
            size = 2 * _size(reading)
            if size + above.most(reading.named) < most:
                continue
            for entry, context in _in_context(reading, above):
                explained = size + context.explained
                if explained > most:
                    most, hits = explained, []
                if explained == most:
                    hits.append((entry, reading, context))
        ranked = [
            (_rank(text, reading, entry, context, above), entry, reading, context)
            for entry, reading, context in hits
        ]
        top = max((rank for rank, *_ in ranked), default=())
        best: dict[str, tuple[Entry, _Reading, _Context]] = {}
        for rank, entry, reading, context in ranked:
            if rank == top:
                best.setdefault(entry.id, (entry, reading, context))
        found = sorted(best.values(), key=lambda each: each[0].order)
        return [_match(text, reading, entry, context, above) for entry, reading, context in found]

    def _read(self, query: str) -> _Text:
        words: list[Word] = []
        readings: list[_Reading] = []
        for segment in segments(query):
            if len(words) >= MAX_WORDS:
                break
            known = self._known.get(segment)
            if known is None:
                if len(self._known) >= _KEPT:
                    self._known.clear()
                cut_words = cut(segment)
                known = self._known[segment] = cut_words, _readings(self.index, cut_words)
            at = len(words)
            words += known[0]
            readings += (
                known[1]
                if not at
                else [
                    _Reading(start + at, name + at, end + at, types, named, whole)
                    for start, name, end, types, named, whole in known[1]
                ]
            )
        return _Text(tuple(words), readings, not query.isascii())


def _readings(index: Index, words: tuple[Word, ...]) -> list[_Reading]:
    """The whole segment as a name; every part of it only where the whole is none."""
    found: list[_Reading] = []
    end = len(words)
    for types, name in _starts(words, 0):
        named = index.named(types, "".join([word.key for word in words[name:]]))
        if named.entries:
            found.append(_Reading(0, name, end, types, named, True))
    if not found:
        taken = -1
        covered = 0
        for first in range(end):
            if first == taken:
                continue
            name = _read_on(index, words, first, found)
            # A name with its type in front is not read again without, unless the type may
            # be the end of a name itself (Bính Xá).
            taken = name if first >= covered else -1
            covered = max(covered, found[-1].end if found else 0)
    return found


def _starts(words: tuple[Word, ...], start: int) -> list[tuple[Types | None, int]]:
    """Where a name can begin: at the first word, or after those that give its type."""
    typed = type_at(words, start) if start < len(words) else None
    return [(None, start), typed] if typed else [(None, start)]


def _read_on(index: Index, words: tuple[Word, ...], start: int, found: list[_Reading]) -> int:
    """Every name that begins here, as long as some name goes on so.

    Gives the place of the name if a type stands in front of it and some unit has both.
    """
    typed = -1
    for types, name in _starts(words, start):
        key = ""
        for at in range(name, len(words)):
            key += words[at].key
            if key not in index.beginnings:
                break
            if key in index.by_key:
                named = index.named(types, key)
                if named.entries:
                    found.append(_Reading(start, name, at + 1, types, named, False))
                    typed = name if types else typed
    return typed


class _Above:
    """Where an address names districts and provinces."""

    def __init__(self, readings: list[_Reading]) -> None:
        self.spans: dict[str, list[Span]] = defaultdict(list)
        self.districts: list[Span] = []
        self.provinces: list[Span] = []
        self.starts: dict[int, int] = {}  # of the type in front, by start of the name
        self._district = self._province = 0  # words in the longest name
        for reading in readings:
            named = reading.named
            if not (named.districts or named.provinces):
                continue
            span = (reading.name, reading.end)
            length = span[1] - span[0]
            if named.districts and length > self._district:
                self._district = length
            if named.provinces and length > self._province:
                self._province = length
            if reading.types:
                self.starts[reading.name] = reading.start
            for unit in (*named.districts, *named.provinces):
                self.spans[unit].append(span)
            if reading.whole or reading.types:
                if named.districts:
                    self.districts.append(span)
                if named.provinces:
                    self.provinces.append(span)

    def most(self, named: Named) -> int:
        """The most that the context of a unit of that name can explain."""
        return 2 * (self._province + (self._district if named.communes else 0))

    def find(self, units: list[str], *used: Span | None) -> Span | None:
        """The longest place at which one of the units is named, apart from words used."""
        best: Span | None = None
        for unit in units:
            for span in self.spans[unit]:
                if _length(span) > _length(best) and _apart(span, *used):
                    best = span
        return best


def _in_context(reading: _Reading, above: _Above) -> Iterator[tuple[Entry, _Context]]:
    """The units of a reading with their context; those without only if none has any."""
    own: Span = (reading.start, reading.end)
    below = reading.named.below
    near: dict[str, tuple[Entry, list[str]]] = {}
    for unit in above.spans:
        for entry in below.get(unit, ()):
            near.setdefault(entry.id, (entry, []))[1].append(unit)
    some = False
    for entry, stated in near.values():
        context = _context(entry, stated, own, above)
        if context is not _NO_CONTEXT:
            some = True
            yield entry, context
    if not some:
        for entry in reading.named.entries:
            yield entry, _NO_CONTEXT


def _length(span: Span | None) -> int:
    return span[1] - span[0] if span else 0


def _apart(span: Span, *used: Span | None) -> bool:
    start, end = span
    for one in used:  # noqa: SIM110  (twice as fast as any() with a generator)
        if one and one[0] < end and start < one[1]:
            return False
    return True


_NO_CONTEXT = _Context()


def _context(entry: Entry, stated: list[str], own: Span, above: _Above) -> _Context:
    """The use of the districts and provinces stated that explains most of the address."""
    provinces = [unit for unit in stated if unit in entry.provinces]
    districts = [unit for unit in stated if unit in entry.districts]
    province = above.find(provinces, own)
    district = above.find(districts, own, province)
    if district is None and districts:
        # One name may be that of a province and of its chief town.
        first = above.find(districts, own)
        second = above.find(provinces, own, first)
        if _length(first) + _length(second) > _length(province):
            province, district = second, first
    former_district = former_province = None
    if len(stated) > len(provinces) + len(districts):
        if district is None:
            units = [unit for unit in stated if unit in entry.former_districts]
            former_district = above.find(units, own, province)
        if province is None:
            units = [unit for unit in stated if unit in entry.former_provinces]
            former_province = above.find(units, own, district, former_district)
    explained = 2 * (_length(district) + _length(province))
    explained += _length(former_district) + _length(former_province)
    if not explained:
        return _NO_CONTEXT
    return _Context(district, former_district, province, former_province, explained)


def _rank(
    text: _Text, reading: _Reading, entry: Entry, context: _Context, above: _Above
) -> tuple[int, ...]:
    """The greater, the better, between units that explain as much; see ``candidates``."""
    own: Span = (reading.start, reading.end)
    against = -2 * _against_province(own, context, above) - _against_district(own, context, above)
    grade = _GRADE[_spelling(text, reading, entry)]
    return (
        _LEVEL[entry.level],
        _TYPE[_type(reading, entry)],
        against,
        grade if text.marked else 0,
        reading.start,
    )


def _against_district(own: Span, context: _Context, above: _Above) -> bool:
    if context.district or context.former_district:
        return False
    used = (own, *context[:4])
    return any(_apart(span, *used) for span in above.districts)


def _against_province(own: Span, context: _Context, above: _Above) -> bool:
    if context.province or context.former_province:
        return False
    used = (own, *context[:4])
    return any(_apart(span, *used) for span in above.provinces)


def _type(reading: _Reading, entry: Entry) -> Stated:
    if reading.types is None:
        return "not_stated"
    fits = entry.type in reading.types or entry.level == "province"
    return "stated" if fits else "other"


def _spelling(text: _Text, reading: _Reading, entry: Entry) -> Spelling:
    written = tuple([word.written for word in text.words[reading.name : reading.end]])
    return spelling(written, entry.words)


def _match(text: _Text, reading: _Reading, entry: Entry, context: _Context, above: _Above) -> Match:
    own: Span = (reading.start, reading.end)
    return Match(
        entry.id,
        _spelling(text, reading, entry),
        _type(reading, entry),
        _stated(context.district, context.former_district, _against_district(own, context, above)),
        _stated(context.province, context.former_province, _against_province(own, context, above)),
        _ignored(text, entry, own, above),
    )


def _stated(right: Span | None, former: Span | None, against: bool) -> Stated:
    if right:
        return "stated"
    if former:
        return "former"
    return "other" if against else "not_stated"


def _ignored(text: _Text, entry: Entry, own: Span, above: _Above) -> str:
    """The words that play no part; a type in front of a name that does is no such word."""
    used = bytearray(len(text.words))
    used[own[0] : own[1]] = b"\1" * (own[1] - own[0])
    for unit in entry.above:
        for name, end in above.spans.get(unit, ()):
            start = above.starts.get(name, name)
            used[start:end] = b"\1" * (end - start)
    if all(used):
        return ""
    return " ".join([word.written for word, mark in zip(text.words, used, strict=True) if not mark])
