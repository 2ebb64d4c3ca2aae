"""Numbers of documents: parsed into parts, and written in the one form that is stored.

Three regimes: administrative ``số/LOẠI-CƠQUAN`` (Decree 30/2020/NĐ-CP), normative
``số/năm/LOẠI-CƠQUAN``, and the Party's ``số-LOẠI/CƠQUAN``. Series, duplicates and the next
number are in ``builder.derive.series``.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from builder.fold import fold
from builder.models.codes import (
    ADMINISTRATIVE_TYPES,
    DOCUMENT_TYPES,
    NORMATIVE_TYPES,
    PARTY_TYPES,
    Regime,
)

_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_SLASHES = re.compile(r"\s*[/\u2044\u2215]\s*")
_LABEL = re.compile(r"^(số|so)\b\s*:?\s*", re.IGNORECASE)
_COUNT = r"(?P<count>\d{1,6})(?P<suffix>[a-zđ]?)"
_ISSUER = r"(?P<issuer>[^\W_]+(?:[.&-][^\W_]+)*)"
_PARTY = re.compile(rf"{_COUNT}-(?P<type>[^\W\d_]+)/{_ISSUER}", re.IGNORECASE)
_NORMATIVE = re.compile(rf"{_COUNT}/(?P<year>[12]\d{{3}})/{_ISSUER}", re.IGNORECASE)
_ADMINISTRATIVE = re.compile(rf"{_COUNT}/{_ISSUER}", re.IGNORECASE)

# Types without an abbreviation in the number: despatch and letter (Decree 30/2020, Annex III).
_WITHOUT_SYMBOL = frozenset(("CV", "TC_THU"))
_STATE_SYMBOLS = tuple(
    code for code in {**ADMINISTRATIVE_TYPES, **NORMATIVE_TYPES} if code not in _WITHOUT_SYMBOL
)
# The Party numbers its despatches, too, and both quyết định and quy định bear QĐ.
_PARTY_SYMBOLS = ("CV", *(c for c in (*ADMINISTRATIVE_TYPES, *PARTY_TYPES) if c != "TC_THU"))
# Issuers whose Đ is lost when a number is typed without marks.
_ISSUERS = {
    "hdnd": "HĐND", "ubnd": "UBND", "du": "ĐU", "tu": "TU", "tw": "TW", "ttg": "TTg", "cp": "CP",
    "ubmttq": "UBMTTQ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in parts.

    ``count`` is the number in its series, ``suffix`` a letter behind it (``12a``), ``year``
    stands only in normative numbers; ``symbol`` is the abbreviation of the type, None in
    despatches and in the numbers of the National Assembly; ``issuer`` the rest.
    """

    regime: Regime
    count: int
    suffix: str
    year: int | None
    symbol: str | None
    issuer: str

    def __str__(self) -> str:
        """The form that is stored: a zero before 1-9, a hyphen between abbreviations."""
        count = f"{self.count:02}{self.suffix}"
        if self.regime == "party":
            return f"{count}-{self.symbol}/{self.issuer}"
        tail = f"{self.symbol}-{self.issuer}" if self.symbol else self.issuer
        return f"{count}/{self.year}/{tail}" if self.year else f"{count}/{tail}"

    @property
    def key(self) -> str:
        """Equal for all spellings of one number, marks and case aside."""
        return fold(str(self))


@lru_cache(maxsize=65_536)
def parse(text: str, document_type: str | None = None) -> Number | None:
    """The parts of a number; None if it has the form of none of the three regimes.

    ``document_type`` decides where an abbreviation typed without marks is ambiguous.

    >>> parse("2418-QD/TU")
    Number(regime='party', count=2418, suffix='', year=None, symbol='QĐ', issuer='TU')
    >>> parse("05/2026/nq-hdnd")
    Number(regime='normative', count=5, suffix='', year=2026, symbol='NQ', issuer='HĐND')
    """
    plain = _LABEL.sub("", unicodedata.normalize("NFC", text).strip())
    plain = _SLASHES.sub("/", _DASHES.sub("-", plain))
    found = _PARTY.fullmatch(plain)
    if found:
        symbol = _symbol(found["type"], _PARTY_SYMBOLS, document_type)
        return Number(
            "party", int(found["count"]), found["suffix"].lower(), None,
            symbol or found["type"].upper(), _issuer(found["issuer"]),
        )  # fmt: skip
    found = _NORMATIVE.fullmatch(plain)
    regime: Regime = "normative" if found else "administrative"
    found = found or _ADMINISTRATIVE.fullmatch(plain)
    if found is None:
        return None
    first, dash, rest = found["issuer"].partition("-")
    symbol = _symbol(first, _STATE_SYMBOLS, document_type) if dash else None
    return Number(
        regime, int(found["count"]), found["suffix"].lower(),
        int(found["year"]) if regime == "normative" else None,
        symbol, _issuer(rest if symbol else found["issuer"]),
    )  # fmt: skip


def normalise(text: str, document_type: str | None = None) -> str | None:
    """A number in the form that is stored; None if it has the form of no regime.

    >>> normalise("2418-QD/TU"), normalise("3010 / qd – ubnd"), normalise("7/KH-UBND")
    ('2418-QĐ/TU', '3010/QĐ-UBND', '07/KH-UBND')
    """
    number = parse(text, document_type)
    return str(number) if number else None


def symbols_of(document_type: str, regime: Regime) -> tuple[str, ...]:
    """The abbreviations that a type may bear in a number of a regime; () for none.

    In the Party ``QĐ`` is quyết định or quy định: the type decides, not the abbreviation.
    """
    if regime == "party":
        return ("QĐ", "QyĐ") if document_type == "QyĐ" else (document_type,)
    return () if document_type in _WITHOUT_SYMBOL else (document_type,)


def fits_type(number: Number, document_type: str) -> bool:
    """Whether a type may bear this number.

    The National Assembly and its Standing Committee number laws and resolutions by term
    (``64/2025/QH15``), without the type.
    """
    if number.symbol is None:
        by_term = re.fullmatch(r"(QH|UBTVQH)\d+", number.issuer) is not None
        return by_term or not symbols_of(document_type, number.regime)
    return number.symbol in symbols_of(document_type, number.regime)


def type_names(symbol: str, regime: Regime) -> tuple[str, ...]:
    """The names of the types that an abbreviation may mean.

    >>> type_names("QĐ", "party")
    ('Quyết định', 'Quy định')
    """
    codes = [code for code in DOCUMENT_TYPES if symbol in symbols_of(code, regime)]
    return tuple(DOCUMENT_TYPES[code] for code in codes)


def _symbol(typed: str, known: tuple[str, ...], document_type: str | None) -> str | None:
    """The abbreviation meant: compared without case, then without marks where that is unique."""
    same = [code for code in known if code.casefold() == typed.casefold()]
    if not same:
        same = [code for code in known if fold(code) == fold(typed)]
    elif document_type in known and fold(document_type or "") == fold(typed) and typed.isascii():
        # Typed without marks, HD may stand for hợp đồng (HĐ): the record's type knows.
        return document_type
    if document_type in same:
        return document_type
    return same[0] if len(same) == 1 else None


def _issuer(typed: str) -> str:
    parts = [_ISSUERS.get(fold(part)) or part for part in typed.split("-")]
    return "-".join(part.upper() if part.islower() else part for part in parts)
