"""Series of numbers: which documents share one, what stands twice, which number is next.

Gaps are never faults: secret documents share a series or have one that nobody sees.
How a number is read is in ``builder.derive.numbering``.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from builder.derive.numbering import Number, parse, symbols_of
from builder.fold import fold
from builder.models import Body, Instrument
from builder.models.base import Date
from builder.models.codes import BodyType, Regime
from builder.registry import Registry

_TERM = re.compile(r"(\d{4})\s*[-\u2010-\u2015/]\s*(\d{4})")
_SYMBOL_OF_BODY: dict[BodyType, str] = {"hdnd": "HĐND", "ubnd": "UBND"}
_PARTY_COMMITTEE = frozenset(("dang_uy", "ban_chap_hanh", "ban_thuong_vu"))
_CONGRESS = "dai_hoi"
# What a body may issue as a normative document (Law 64/2025/QH15, Article 4).
_NORMATIVE_OF_BODY: dict[BodyType, frozenset[str]] = {
    "hdnd": frozenset(("NQ",)),
    "ubnd": frozenset(("QĐ",)),
}


@dataclass(frozen=True, slots=True)
class Series:
    """What makes two equal counts a duplicate.

    ``owner`` is the unit (or the body without one), ``issuer`` and ``symbol`` as in the
    number; ``symbol``, too, but in the Party it is the type: quyết định and quy định both bear
    QĐ, each in a series of its own. It is empty for the documents of a Party congress, which
    share one series. ``period`` is the year, in the Party the term, None where it is not known.
    """

    regime: Regime
    owner: str
    issuer: str
    symbol: str
    period: str | None


@dataclass(frozen=True, slots=True)
class Numbered:
    """An adopted document with its number and series."""

    id: str
    number: Number
    series: Series
    year: int | None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Documents with one number in one series; not certain where a term is not known."""

    number: str
    ids: tuple[str, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """The next number of a series as far as the registry knows it: a proposal, no claim."""

    number: str
    regime: Regime
    count: int
    period: str
    highest: str | None  # the document with the highest number known
    unplaced: tuple[str, ...] = ()  # Party documents of these years whose term is not known


def numbered(registry: Registry) -> list[Numbered]:
    """Adopted and withdrawn documents that have a number of the three regimes, by id."""
    known: list[Numbered] | None = registry.derived.get("numbered")
    if known is not None:
        return known
    found = []
    for record_id, record in registry.of(Instrument):
        if record.number is None or record.stage in ("draft", "trial"):
            continue
        number = parse(record.number, record.type)
        if number is not None:
            year = _year(record)
            series = _series(registry, record_id, record, number, year)
            found.append(Numbered(record_id, number, series, year))
    registry.derived["numbered"] = found
    return found


def duplicates(registry: Registry) -> list[Duplicate]:
    """Numbers that stand twice within one series of one regime, withdrawn records aside.

    Administrative: number and symbol are unique in a year (Decree 30/2020/NĐ-CP);
    normative: in type and year; Party: in type and term. Of Party documents without a
    term those of one year are taken as possible duplicates.
    """
    certain: dict[tuple[Series, int, str], list[str]] = defaultdict(list)
    within_year: dict[tuple[Series, int, str], list[Numbered]] = defaultdict(list)
    for item in numbered(registry):
        count = (item.number.count, item.number.suffix)
        if not item.series.owner or registry.entries[item.id].record.withdrawn is not None:
            continue
        if item.series.period is not None:
            certain[(item.series, *count)].append(item.id)
        if item.series.regime == "party" and item.year is not None:
            within_year[(replace(item.series, period=str(item.year)), *count)].append(item)
    possible = (
        [item.id for item in items]
        for items in within_year.values()
        if any(item.series.period is None for item in items)
    )
    found = [_duplicate(registry, ids, certain=True) for ids in certain.values() if len(ids) > 1]
    found += [_duplicate(registry, ids, certain=False) for ids in possible if len(ids) > 1]
    return found


def next_number(
    registry: Registry, body_id: str, document_type: str, period: str, regime: Regime
) -> Proposal | None:
    """The number after the highest that the registry knows; None if the issuer's symbol is unknown.

    ``period`` is the year (``2026``) or the term (``2025-2030``). A gap is never filled:
    the number may belong to a document that the registry does not hold. KeyError if there
    is no such body.
    """
    body = registry.get(body_id, Body)
    if body is None:
        raise KeyError(body_id)
    issuer = _issuer_symbol(registry, body_id, body, regime)
    if issuer is None:
        return None
    symbols = symbols_of(document_type, regime)
    symbol = symbols[0] if symbols else None
    shared = document_type if regime == "party" else symbol or ""
    shared = "" if body.type == _CONGRESS else shared
    wanted = Series(regime, body.unit or body_id, fold(issuer), shared, period)
    same = [item for item in numbered(registry) if item.series == wanted]
    highest = max(same, key=lambda item: item.number.count, default=None)
    count = highest.number.count + 1 if highest else 1
    year = int(period) if regime == "normative" else None
    number = Number(regime, count, "", year, symbol, issuer)
    return Proposal(
        str(number), regime, count, period, highest.id if highest else None,
        tuple(item.id for item in _unplaced(registry, wanted)),
    )  # fmt: skip


def regimes_of(body: Body, document_type: str) -> tuple[Regime, ...]:
    """The regimes in which a body may number a document of a type."""
    if body.block == "party":
        return ("party",)
    if document_type in _NORMATIVE_OF_BODY.get(body.type, frozenset()):
        return ("administrative", "normative")
    return ("administrative",)


def term_of(text: str | None) -> str | None:
    """The years of a term: ``khóa I, nhiệm kỳ 2025-2030`` gives ``2025-2030``.

    >>> term_of("khóa I, nhiệm kỳ 2025 – 2030"), term_of("khóa I")
    ('2025-2030', None)
    """
    found = _TERM.search(text or "")
    return f"{found[1]}-{found[2]}" if found else None


def _series(
    registry: Registry, record_id: str, record: Instrument, number: Number, year: int | None
) -> Series:
    owner = registry.unit_of(record_id) or record.issuer or ""
    issuer = registry.get(record.issuer or "", Body)
    symbol = "" if issuer and issuer.type == _CONGRESS else number.symbol or ""
    period = str(number.year) if number.year else str(year) if year else None
    if number.regime == "party":
        period = term_of(record.series_term)
        if symbol in symbols_of(record.type, "party"):
            symbol = record.type
    return Series(number.regime, owner, fold(number.issuer), symbol, period)


def _unplaced(registry: Registry, wanted: Series) -> list[Numbered]:
    """Party documents that may belong to a term's series, by their year."""
    if wanted.regime != "party" or wanted.period is None:
        return []
    first, _, last = wanted.period.partition("-")
    return [
        item
        for item in numbered(registry)
        if replace(item.series, period=wanted.period) == wanted
        and item.series.period is None
        and (item.year is None or int(first) <= item.year <= int(last))
    ]


def _issuer_symbol(registry: Registry, body_id: str, body: Body, regime: Regime) -> str | None:
    """How a body is abbreviated in numbers: as in its own documents, else by its type."""
    own = [
        item.number.issuer
        for item in numbered(registry)
        if item.series.regime == regime and _issuer(registry, item.id) == body_id
    ]
    if own:
        return own[-1]
    unit = registry.units.get(body.unit or "")
    if body.type in _PARTY_COMMITTEE and unit is not None:
        return "TU" if unit.level == "province" else "ĐU" if unit.level == "commune" else None
    named = _SYMBOL_OF_BODY.get(body.type)
    return named or (body.abbreviations[0] if body.abbreviations else None)


def _issuer(registry: Registry, record_id: str) -> str | None:
    record = registry.get(record_id, Instrument)
    return record.issuer if record else None


def _year(record: Instrument) -> int | None:
    dates = record.dates
    day: Date | None = dates.signed or dates.issued or dates.adopted
    return day.year if day else None


def _duplicate(registry: Registry, ids: list[str], *, certain: bool) -> Duplicate:
    record = registry.get(ids[0], Instrument)
    number = parse(record.number or "", record.type) if record else None
    return Duplicate(str(number), tuple(ids), certain)
