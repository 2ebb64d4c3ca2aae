"""Words of Vietnamese official documents for the reasons that derive gives.

Dates, provisions and units within a sentence. What pages show is in ``builder.site``.
"""

from collections.abc import Mapping
from typing import Self

from builder.derive.provisions.tree import NAMES, PROVISIONS
from builder.models import Instrument
from builder.models.base import Date
from builder.models.codes import DOCUMENT_TYPES
from builder.registry import Registry

# Part of an anchor -> (kind, name); clause and subclause share one.
_SLUGS = {slug: (kind, name) for kind, (slug, name) in NAMES.items() if kind in PROVISIONS}
# Points with marks, as anchors spell them (``builder.derive.provisions.tree``).
_POINTS = {"dd": "đ", "aw": "ă", "aa": "â", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư"}


def N_(message: str) -> str:  # noqa: N802  (the name that gettext gives it)
    """Marks words of a table that a ``Said`` is made from, for the catalogues."""
    return message


class Said(str):
    """A sentence in Vietnamese that knows its parts, so that the site can say it otherwise.

    ``message`` has a place ``%(name)s`` for each of ``parts``: days, sentences of this kind, or
    words that stay as they are (names, numbers, what a record says).

    >>> Said("Có hiệu lực từ %(day)s.", day=Date(2025, 7, 1))
    'Có hiệu lực từ 01/7/2025.'
    """

    __slots__ = ("message", "parts")
    message: str
    parts: Mapping[str, str | Date]

    def __new__(cls, message: str, **parts: str | Date) -> Self:
        shown = {
            name: part if isinstance(part, str) else vietnamese_date(part)
            for name, part in parts.items()
        }
        made = super().__new__(cls, message % shown if parts else message)
        made.message, made.parts = message, parts
        return made


def vietnamese_date(day: Date) -> str:
    """``01/7/2025``, ``05/02/2026``: a zero before days 1-9 and months 1-2 (Decree 30/2020).

    >>> vietnamese_date(Date(2025, 7, 1))
    '01/7/2025'
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def provision_words(anchor: str) -> str:
    """An anchor as one cites it, the smallest part first; one it cannot read stays as it is.

    >>> provision_words("dieu-5.khoan-2.diem-dd"), provision_words("chuong-ii")
    ('điểm đ khoản 2 Điều 5', 'Chương II')
    """
    words = []
    for part in reversed(anchor.split(".")):
        found = next((slug for slug in _SLUGS if part.startswith(f"{slug}-")), None)
        if found is None:
            return anchor
        label = part[len(found) + 1 :].replace("-", ".")
        kind, name = _SLUGS[found]
        label = _POINTS.get(label, label) if kind == "point" else label.upper()
        words.append(f"{name} {label}")
    return " ".join(words)


def unit_words(registry: Registry, unit_id: str) -> str:
    """A unit within a sentence: ``xã Bính Xá (cũ)`` for one that has ended."""
    unit = registry.units.get(unit_id)
    if unit is None:
        return unit_id
    name = unit.full_name[0].lower() + unit.full_name[1:]
    return Said("%(name)s (cũ)", name=name) if unit.row.valid_to is not None else name


def document_words(record: Instrument) -> str:
    """A document within a sentence: type and number, or its title where it has none known."""
    return f"{DOCUMENT_TYPES[record.type]} {record.number}" if record.number else record.title
