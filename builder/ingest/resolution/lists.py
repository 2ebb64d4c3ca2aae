"""Lists of units inside a clause: "các xã A, B (huyện X) và thị trấn C" into mentions.

The cheapest way to cover the whole stretch with separators, type words, brackets and
names that the lists know; what they do not know costs most. So a lost space, a lost
comma or a "và" inside a name is no special case.
"""

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from builder.ingest.resolution.spelling import Likeness, likeness, search_keys
from builder.ingest.resolution.text import Text
from builder.models.units import UnitRow

_COMMUNE_TYPES = {"xa": "xã", "phuong": "phường", "thitran": "thịtrấn", "dackhu": "đặckhu"}
_UPPER_TYPES = {
    "huien": "huyện", "quan": "quận", "thixa": "thịxã", "thanhpho": "thànhphố", "tinh": "tỉnh",
}  # fmt: skip
_TYPE_NAMES = {
    "xa": "xã", "phuong": "phường", "thitran": "thị trấn", "dackhu": "đặc khu",
    "huien": "huyện", "quan": "quận", "thixa": "thị xã", "thanhpho": "thành phố", "tinh": "tỉnh",
}  # fmt: skip
_FILLERS = {
    "cua": "của", "gom": "gồm", "la": "là", "voi": "với", "tu": "từ", "cac": "các", "dao": "đảo",
    "toanbo": "toànbộ", "cu": "cũ", "donvihanhchinh": "đơnvịhànhchính",
}  # fmt: skip
_BRACKET = re.compile(r"\(([^()]{0,200})\)")
_OPEN_BRACKET = re.compile(r"\((?:thuoc)?(?=huien|quan|thixa|thanhpho|tinh)")
_BELONGING = re.compile(r",?(?:truc)?thuoc(?=huien|quan|thixa|thanhpho|tinh)")
_LONGEST = 6_000  # signs in one list; the longest known has some hundreds
_LEVEL_COST: dict[Likeness, float] = {"exact": 0.0, "equivalent": 0.05, "loose": 1.5}

_SEPARATOR, _TYPE, _UPPER, _NAME, _OPEN, _UNKNOWN = "s", "t", "d", "n", "(", "u"
_AND, _FILLER = "&", "f"


def _by_first_letter() -> dict[str, list[tuple[str, str, str]]]:
    """(folded word, as written without spaces, sort of token) by its first letter."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for sort, words in (
        (_AND, {"va": "và"}), (_TYPE, _COMMUNE_TYPES), (_UPPER, _UPPER_TYPES), (_FILLER, _FILLERS),
    ):  # fmt: skip
        for word, marked in words.items():
            found[word[0]].append((word, marked, sort))
    return dict(found)


_WORDS = _by_first_letter()


@dataclass(frozen=True, slots=True)
class Within:
    """District and province that a bracket names, as folded keys; None where it does not."""

    district: str | None = None
    district_type: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a clause. ``kind`` is its type word, None for what is no unit at all."""

    kind: str | None
    written: str
    start: int
    known: bool  # the lists have a name with this key
    upper: bool = False  # a district, named as a whole
    typed: bool = True  # its type word stands right before it
    own: Within | None = None  # its bracket
    later: Within | None = None  # the next bracket after it in the same list
    earlier: Within | None = None  # the last bracket before it in the same list


@dataclass(frozen=True)
class ListReading:
    """Mentions in order, and what no rule understood."""

    mentions: list[Mention]
    unread: list[str]


@dataclass
class Lexicon:
    """Names of communes, and of the districts and provinces above them, by folded key."""

    names: dict[str, list[str]] = field(default_factory=dict)
    upper: dict[str, list[str]] = field(default_factory=dict)
    _starts: dict[str, list[str]] = field(default_factory=dict)
    _upper_starts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[UnitRow]) -> "Lexicon":
        names: dict[str, set[str]] = defaultdict(set)
        upper: dict[str, set[str]] = defaultdict(set)
        for row in units:
            for each in search_keys(row.name):
                (names if row.level == "commune" else upper)[each].add(row.name)
        return cls(
            {each: sorted(found) for each, found in names.items()},
            {each: sorted(found) for each, found in upper.items()},
            _by_start(names),
            _by_start(upper),
        )

    def at(self, folded: str, place: int, end: int, *, upper: bool = False) -> Iterator[str]:
        """Keys of names that stand at a place."""
        starts = self._upper_starts if upper else self._starts
        for length in (1, 2, 3):
            for each in starts.get(folded[place : place + length], ()):
                if (length == 3 or len(each) == length) and folded.startswith(each, place):
                    stop = place + len(each)
                    digits = each[-1].isdigit() and folded[stop : stop + 1].isdigit()
                    if stop <= end and not digits:
                        yield each


def _by_start(names: Iterable[str]) -> dict[str, list[str]]:
    starts: dict[str, list[str]] = defaultdict(list)
    for each in sorted(names):
        starts[each[:3]].append(each)
    return dict(starts)


@dataclass(frozen=True, slots=True)
class _Token:
    sort: str
    start: int
    end: int
    value: str = ""


def read_list(text: Text, start: int, end: int, lexicon: Lexicon) -> ListReading:
    """Mentions between two places of the folded view."""
    while end > start and text.folded[end - 1] in ".,;:|(":
        end -= 1
    while start < end and text.folded[start] in ".,;:|)":
        start += 1
    if start >= end:
        return ListReading([], [])
    if end - start > _LONGEST:
        return ListReading([], [text.slice(start, start + 60) + "…"])
    tokens = _cover(text, start, end, lexicon, guess=False)
    if tokens is None:
        tokens = _cover(text, start, end, lexicon, guess=True) or []
    return _mentions(text, tokens, lexicon)


def _cover(
    text: Text, start: int, end: int, lexicon: Lexicon, *, guess: bool
) -> list[_Token] | None:
    """The cheapest tokens from start to end (Dijkstra over places and sorts of token)."""
    best: dict[tuple[int, str], float] = {(start, _SEPARATOR): 0.0}
    came: dict[tuple[int, str], tuple[tuple[int, str], _Token]] = {}
    queue: list[tuple[float, int, str]] = [(0.0, start, _SEPARATOR)]
    while queue:
        cost, at, sort = heapq.heappop(queue)
        state = (at, sort)
        if cost > best[state]:
            continue
        if at == end:
            tokens = []
            while state in came:
                state, token = came[state]
                tokens.append(token)
            return tokens[::-1]
        for price, token in _steps(text, at, end, sort, lexicon, guess):
            following = (token.end, token.sort)
            if cost + price < best.get(following, 1e9):
                best[following] = cost + price
                came[following] = (state, token)
                heapq.heappush(queue, (cost + price, token.end, token.sort))
    return None


def _steps(
    text: Text, at: int, end: int, before: str, lexicon: Lexicon, guess: bool
) -> Iterator[tuple[float, _Token]]:
    folded = text.folded
    if folded[at] in ",;:|./":
        yield 0.01, _Token(_SEPARATOR, at, at + 1, "and")
        return
    if folded[at] == "(":
        if bracket := _BRACKET.match(folded, at, end):
            yield 0.1, _Token(_OPEN, at, bracket.end(), "(")
        elif opened := _OPEN_BRACKET.match(folded, at, end):
            yield from _open_context(text, at, end, lexicon, opened)
        yield 4.0, _Token(before, at, at + 1, "?")
        return
    if folded[at] == ")":
        yield 0.5, _Token(before, at, at + 1)
        return
    if before in (_NAME, _OPEN) and (opened := _BELONGING.match(folded, at, end)):
        yield from _open_context(text, at, end, lexicon, opened)
    yield from _words(text, at, before)
    yield from _names(text, at, end, before, lexicon)
    if guess and before != _UNKNOWN:
        yield from _unknowns(text, at, end, before)


def _words(text: Text, at: int, before: str) -> Iterator[tuple[float, _Token]]:
    """Words between the names: "và", types, and those that say nothing here."""
    for word, marked, sort in _WORDS.get(text.folded[at], ()):
        if not (text.folded.startswith(word, at) and text.lower.startswith(marked, at)):
            continue
        end = at + len(word)
        if sort in (_TYPE, _UPPER):
            price = (0.1 if before != _TYPE else 3.0) + (0.5 if before in (_NAME, _OPEN) else 0.0)
            yield price, _Token(sort, at, end, _TYPE_NAMES[word])
        elif sort == _AND:
            yield 0.1 + _case(text, at, small=True), _Token(_SEPARATOR, at, end, "and")
        else:
            keep = before if before == _UPPER else _SEPARATOR
            yield 0.3 + _case(text, at, small=True), _Token(keep, at, end)


def _case(text: Text, at: int, *, small: bool) -> float:
    """A word begins small and a name with a capital; otherwise it is less likely to be one."""
    char = text.plain[text.places[at]]
    return 0.0 if char.isdigit() or char.islower() == small else 1.0


def _names(
    text: Text, at: int, end: int, before: str, lexicon: Lexicon
) -> Iterator[tuple[float, _Token]]:
    for upper in (False, True):
        if upper != (before == _UPPER):
            continue
        table = lexicon.upper if upper else lexicon.names
        for each in lexicon.at(text.folded, at, end, upper=upper):
            stop = at + len(each)
            written = text.slice(at, stop)
            level = min(_LEVEL_COST[likeness(written, name)] for name in table[each])
            price = 1.0 + level + _case(text, at, small=False)
            price += 0.0 if text.after_gap(at) else 0.3
            price += 0.0 if text.after_gap(stop) else 0.3
            price += 5.0 if before in (_NAME, _OPEN, _UNKNOWN) else 0.0
            if each.isdigit():
                price += 0.0 if before == _TYPE else 1.0
                if at and text.folded[at - 1].isdigit():
                    continue
            yield price, _Token(_NAME, at, stop, "upper" if upper else "")


def _unknowns(text: Text, at: int, end: int, before: str) -> Iterator[tuple[float, _Token]]:
    """A stretch that the lists do not know, up to where a word or a separator begins."""
    price = 6.0 + (5.0 if before in (_NAME, _OPEN) else 0.0)
    for stop in range(at + 1, end + 1):
        if text.folded[stop - 1] in ",;()":
            return
        if stop > at + 2 and _is_and(text, stop - 2):
            price += 7.0  # two names rather than one with "và" inside
        glued = text.lower.startswith(("và", "xã", "phường", "thịtrấn"), stop)
        if stop == end or text.after_gap(stop) or glued:
            yield (
                price + 0.2 * (stop - at) + (0.0 if text.after_gap(stop) else 1.0),
                _Token(_UNKNOWN, at, stop),
            )


def _is_and(text: Text, at: int) -> bool:
    """Whether the word "và" stands here, its spaces lost or not, and no syllable like "vàng"."""
    if not text.lower.startswith("và", at) or not text.plain[text.places[at]].islower():
        return False
    if at + 2 >= len(text.places):
        return True
    if text.after_gap(at + 2) or text.plain[text.places[at + 2]].isupper():
        return True
    return text.lower.startswith(("các", "xã", "phường", "thịtrấn"), at + 2)


def _open_context(
    text: Text, at: int, end: int, lexicon: Lexicon, opened: re.Match[str]
) -> Iterator[tuple[float, _Token]]:
    """A bracket that was never closed, or "thuộc huyện X": the longest name after the type."""
    for word in _UPPER_TYPES:
        if text.folded.startswith(word, opened.end()):
            begin = opened.end() + len(word)
            for each in lexicon.at(text.folded, begin, end, upper=True):
                yield 1.5, _Token(_OPEN, at, begin + len(each), "(")


def within(text: Text, start: int, end: int, lexicon: Lexicon) -> Within | None:
    """District and province named in a bracket; None if neither can be read."""
    found: dict[str, tuple[str | None, str]] = {}
    for part in re.split(r"[,;]|-(?=tinh)", text.folded[start:end].strip("(),")):
        bare = re.sub(r"^(?:truc)?(?:thuoc|cua)", "", part)
        if bare in lexicon.upper:  # a name without its type: "(Quan Hóa)"
            found.setdefault("district", (None, bare))
            continue
        for word in _UPPER_TYPES:
            rest = bare.removeprefix(word)
            if rest != bare and rest:
                rest = rest if rest in lexicon.upper else rest.removesuffix("cu")
                level = "province" if word == "tinh" else "district"
                found.setdefault(level, (_TYPE_NAMES[word], rest))
                break
    if not found:
        return None
    kind, district = found.get("district", (None, None))
    return Within(district, kind, found.get("province", (None, None))[1])


def _mentions(text: Text, tokens: list[_Token], lexicon: Lexicon) -> ListReading:
    found: list[Mention] = []
    unread: list[str] = []
    brackets: list[tuple[int, Within]] = []  # (how many mentions stand before it, what it says)
    kind: str | None = None
    pending = ""  # a type word that no name has followed yet
    loose: _Token | None = None  # an unknown stretch that the next name may belong to
    for token in tokens:
        if token.value == "?":
            unread.append(text.slice(token.start, token.start + 20))
        elif token.sort in (_TYPE, _UPPER) and token.value:
            kind, pending = token.value, token.value
        elif token.sort == _SEPARATOR:
            loose = None if token.value else loose
        elif token.sort == _OPEN:
            inside = within(text, token.start, token.end, lexicon)
            if inside is None or not found:
                unread.append(text.slice(token.start, token.end))
            else:
                brackets.append((len(found), inside))
        elif token.sort == _NAME:
            upper = token.value == "upper"
            if loose is not None and upper and found:
                # "khu vực bãi bồi ven biển huyện X": the district belongs to the place.
                place = found.pop()
                found.append(Mention(None, text.slice(place.start, token.end), place.start, False))
                kind, loose = None, None
                continue
            written = text.slice(token.start, token.end)
            typed = bool(pending)
            found.append(Mention(kind, written, token.start, True, upper, typed=typed))
            pending, loose = "", None
        elif token.sort == _UNKNOWN:
            of_unit = bool(pending) or (kind is not None and _looks_like_name(text, token))
            written = text.slice(token.start, token.end)
            found.append(Mention(kind if of_unit else None, written, token.start, known=False))
            loose, pending = (None if of_unit else token), ""
    return ListReading(_with_brackets(found, brackets), unread)


def _looks_like_name(text: Text, token: _Token) -> bool:
    """Names have at most four words here, each with a capital; descriptions do not."""
    words = text.slice(token.start, token.end).split()
    return len(words) <= 4 and all(not word[0].islower() for word in words)


def _with_brackets(found: list[Mention], brackets: list[tuple[int, Within]]) -> list[Mention]:
    result: list[Mention] = []
    for index, mention in enumerate(found):
        own = next((inside for count, inside in brackets if count == index + 1), None)
        later = next((inside for count, inside in brackets if count > index + 1), None)
        earlier = next((inside for count, inside in reversed(brackets) if count <= index), None)
        result.append(replace(mention, own=own, later=later, earlier=earlier))
    return result
