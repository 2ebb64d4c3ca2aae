"""One clause into mentions: who gives which share, and what is formed.

The clause is cut at its formulas (shares, references to other clauses, the words
that introduce the new unit); between them ``lists`` reads the names. Which unit a
mention means is decided in ``names``.
"""

import re
from dataclasses import dataclass

from builder.ingest.resolution.clauses import Clause
from builder.ingest.resolution.lists import Lexicon, Mention, read_list
from builder.ingest.resolution.text import Text
from builder.models.codes import Share

# Patterns match the folded view: no marks, no spaces, y as i.
_MEASURE = r"(?:dientich(?:tunhien)?|quimodanso|(?:(?<=toanbo)|(?<=phan))danso)"
_PART = rf"(?:toanbo|motphan|phan)?{_MEASURE}(?:conlai)?"
_SHARE = (
    rf"(?:toanbo)?phanconlai(?:cua|ve)?(?:{_PART}(?:[,;]?(?:va)?{_PART})*)?"
    rf"|{_PART}(?:[,;]?(?:va)?{_PART})*(?:conlai)?"
    r"|toanbo(?=cua|cac|xa|phuong|thitran|huien|dackhu)"
)
_NUMBERS = r"(?:tu)?\d+(?:(?:[,;|]|va|den)*(?:cac)?(?:khoan)?\d+)*"
_AFTER = (
    rf"saukhi(?:(?!khoan|saukhi|moicoten)[a-z,]){{0,90}}?(?:cac)?khoan(?P<numbers>{_NUMBERS})"
    r"(?:(?:cua)?dieu(?:nai|1))?"
    r"|saukhi[a-z]{0,70}?dieunai|saukhi(?:da)?(?:thuchien)?sapxep(?:theoquidinh)?"
)
_UNIT = r"(?:xa|phuong|dackhu|thitran)"
_TARGET = (
    rf"thanh(?:lap)?(?:mot)?(?:{_UNIT}|donvihanhchinh(?:capxa)?)?(?:moi)?,?(?:va)?"
    r"(?:co|lai|mang|voi)?ten(?:goi)?(?:moi)?(?:la)?[:,]?"
)
_FORMULA = re.compile(rf"(?P<after>{_AFTER})|(?P<target>{_TARGET})|(?P<share>{_SHARE})(?:cua)?")
_PART_OF_SHARE = re.compile(rf"(toanbo|motphan|phan)?({_MEASURE})(conlai)?")
_ON_BASIS = re.compile(r"trencoso(?:sapxep|nhap|hopnhat|chuien(?:doi)?|nguientrang)?")
_BARE_TARGET = re.compile(rf"thanh(?=(?:cac)?{_UNIT})")
_VERB = re.compile(
    r"(?:sapxep(?:va)?(?:doiten)?|doiten|thanhlap|chuien(?:doi)?|giunguien|tochuc(?:lai)?|nhap|hopnhat"
    r"|dieuchinh|lai(?=toanbo|motphan))"
)
_QUANTITIES: dict[str, Share] = {"toanbo": "whole", "motphan": "part", "phan": "part"}
_RANGE = re.compile(r"(\d+)den(?:khoan)?(\d+)")


@dataclass(frozen=True, slots=True)
class Shares:
    """What a formula says of area and population."""

    area: Share
    population: Share


@dataclass(frozen=True, slots=True)
class Taken:
    """A mention with the share that the clause takes of it."""

    mention: Mention
    shares: Shares
    after: tuple[int, ...] = ()
    shared_formula: bool = False  # behind another name under its formula, with a type of its own


@dataclass(frozen=True, slots=True)
class ReadClause:
    """What one clause says; ``unread`` are stretches that no rule understood."""

    clause: Clause
    sources: tuple[Taken, ...]
    target: Mention | None
    unread: tuple[str, ...] = ()


WHOLE = Shares("whole", "whole")
REST = Shares("rest", "rest")


def shares_of(formula: str) -> Shares:
    """Shares that a formula names, in the folded view.

    >>> shares_of("motphandientichtunhien,toanboquimodanso")
    Shares(area='part', population='whole')
    >>> shares_of("phanquimodansoconlai"), shares_of("phanconlai")
    (Shares(area='none', population='rest'), Shares(area='rest', population='rest'))
    """
    parts = list(_PART_OF_SHARE.finditer(formula))
    if not parts:
        return REST if "phanconlai" in formula else WHOLE
    # "còn lại" at the end is said of all measures under the last quantity.
    last_word = max((index for index, part in enumerate(parts) if part[1]), default=0)
    ends_rest = formula.endswith("conlai") and parts[last_word][1] != "motphan"
    found: dict[str, Share] = {}
    quantity: Share = "rest" if "phanconlai" in formula else "whole"
    for index, part in enumerate(parts):
        if part[3] or (ends_rest and index >= last_word):
            quantity = "rest"
        elif part[1]:
            quantity = _QUANTITIES[part[1]]
        found["area" if part[2].startswith("dientich") else "population"] = quantity
    return Shares(found.get("area", "none"), found.get("population", "none"))


def clause_numbers(numbers: str) -> tuple[int, ...]:
    """Clauses that a reference names, ranges written out.

    >>> clause_numbers("2,khoan6"), clause_numbers("3den5")
    ((2, 6), (3, 4, 5))
    """

    def span(found: re.Match[str]) -> str:
        first, last = int(found[1]), int(found[2])
        return ",".join(map(str, range(first, min(last, first + 200) + 1)))

    return tuple(int(number) for number in re.findall(r"\d+", _RANGE.sub(span, numbers)))


def read_clause(text: Text, clause: Clause, former: Lexicon, present: Lexicon) -> ReadClause:
    """Sources and target of a clause: names of ``former`` units, one name of ``present`` ones."""
    start, end = clause.start, clause.end
    verb = _VERB.match(text.folded, start, end)
    start = verb.end() if verb else start
    basis = _ON_BASIS.search(text.folded, start, end)
    if basis:
        target, unread = _target(text, start, basis.start(), present)
        sources, more = _sources(text, basis.end(), end, former)
    else:
        stop, begin = _target_place(text, start, end)
        target, unread = _target(text, begin, end, present)
        sources, more = _sources(text, start, stop, former)
    return ReadClause(clause, tuple(sources), target, (*more, *unread))


def names_target(text: Text, clause: Clause) -> bool:
    """Whether the clause has the words that introduce a new unit."""
    return _target_place(text, clause.start, clause.end)[1] < clause.end


def _target_place(text: Text, start: int, end: int) -> tuple[int, int]:
    """Where the sources end and where the target begins."""
    last = None
    for found in _FORMULA.finditer(text.folded, start, end):
        if found["target"]:
            last = found
    if last is None:
        for found in _BARE_TARGET.finditer(text.folded, start, end):
            if text.lower.startswith("thành", found.start()):
                last = found
    return (last.start(), last.end()) if last else (end, end)


def _target(
    text: Text, start: int, end: int, present: Lexicon
) -> tuple[Mention | None, tuple[str, ...]]:
    reading = read_list(text, start, end, present)
    names = [mention for mention in reading.mentions if mention.kind]
    if not names:
        return None, tuple(reading.unread)
    return names[0], (*reading.unread, *(mention.written for mention in names[1:]))


@dataclass
class _Group:
    """Names under one formula, until the next formula or the reference that closes it."""

    shares: Shares | None
    mentions: list[Mention]


def _sources(text: Text, start: int, end: int, former: Lexicon) -> tuple[list[Taken], list[str]]:
    taken: list[Taken] = []
    unread: list[str] = []
    first: Shares | None = None
    group = _Group(None, [])

    def close(after: tuple[int, ...] = (), *, referring: bool = False) -> None:
        # Names without a formula of their own: what a reference closes is a remainder,
        # the others stand under the formula that opened the clause.
        shares = group.shares or (REST if referring else first or WHOLE)
        for index, mention in enumerate(group.mentions):
            taken.append(Taken(mention, shares, after, index > 0 and mention.typed))
        group.shares, group.mentions = None, []

    def names(begin: int, stop: int) -> None:
        reading = read_list(text, begin, stop, former)
        group.mentions += reading.mentions
        unread.extend(reading.unread)

    at = start
    for found in _FORMULA.finditer(text.folded, start, end):
        if found["share"] is not None and not _is_share(text, found):
            continue
        names(at, found.start())
        at = found.end()
        if found["after"]:
            close(clause_numbers(found["numbers"] or ""), referring=True)
        elif found["share"]:
            close()
            group.shares = shares_of(found["share"])
            first = first or group.shares
    names(at, end)
    close()
    return taken, unread


def _is_share(text: Text, found: re.Match[str]) -> bool:
    """Whether the words are the formula and no name that sounds like it."""
    written = text.lower[found.start() : found.end()]
    return any(
        word in written for word in ("diện", "dânsố", "cònlại", "toànbộ", "toanbộ", "tòanbộ")
    )
