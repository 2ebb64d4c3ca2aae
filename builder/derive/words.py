"""Words of Vietnamese official documents for the reasons that derive gives.

Dates, provisions and units within a sentence. What pages show is in ``builder.site``.
"""

from builder.derive.provisions.tree import NAMES, PROVISIONS
from builder.models import Instrument
from builder.models.base import Date
from builder.models.codes import DOCUMENT_TYPES
from builder.registry import Registry

# Part of an anchor -> (kind, name); clause and subclause share one.
_SLUGS = {slug: (kind, name) for kind, (slug, name) in NAMES.items() if kind in PROVISIONS}
# Points with marks, as anchors spell them (``builder.derive.provisions.tree``).
_POINTS = {"dd": "đ", "aw": "ă", "aa": "â", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư"}


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
    return f"{name} (cũ)" if unit.row.valid_to is not None else name


def document_words(record: Instrument) -> str:
    """A document within a sentence: type and number, or its title where it has none known."""
    return f"{DOCUMENT_TYPES[record.type]} {record.number}" if record.number else record.title
