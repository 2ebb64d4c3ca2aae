"""Words for the page in the active language: dates, times, numbers, lists, deadlines.

Pure text, no HTML.
"""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from builder.derive.words import vietnamese_date
from builder.models.meetings import Due, When
from builder.site import i18n
from builder.site.i18n import _
from builder.site.labels import LABELS

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def date(day: dt.date) -> str:
    """``01/7/2025``; in English ``1 July 2025``."""
    return _date(day, i18n.language())


@lru_cache(maxsize=8_192)  # a page shows a dozen, a site few others
def _date(day: dt.date, language: str) -> str:
    if language == "vi":
        return vietnamese_date(day)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def time(value: dt.time) -> str:
    """``08 giờ 00``; in English ``08:00``."""
    if i18n.language() != "vi":
        return f"{value:%H:%M}"
    return f"{value.hour:02d} giờ {value.minute:02d}"


def number(value: int) -> str:
    """Thousands parted by a dot, ``20.000``; in English by a comma."""
    parted = f"{value:,}"
    return parted.replace(",", ".") if i18n.language() == "vi" else parted


def size(count: int) -> str:
    """Bytes for people: ``812 byte``, ``64 KB``, ``1,2 MB``; a thousand to the next (SI).

    >>> size(1_240_000), size(999_999)
    ('1,2 MB', '1 MB')
    """
    if count < 1_000:
        return f"{count} byte"
    if count < 999_500:
        return f"{count / 1_000:.0f} KB"
    return f"{count / 1_000_000:.1f} MB".replace(".0", "").replace(".", ",")


def joined(parts: Sequence[str]) -> str:
    """``a``, ``a và b``, ``a, b và c``."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s và %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def lower_first(text: str) -> str:
    """A name within a sentence: ``Xã Bính Xá`` → ``xã Bính Xá``; abbreviations stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def span(first: dt.date | None, last: dt.date | None) -> str:
    """``từ 01/7/2025``, ``đến hết 30/6/2025``, both, or nothing."""
    if first and last:
        return _("từ %(first)s đến hết %(last)s", first=date(first), last=date(last))
    if first:
        return _("từ %(first)s", first=date(first))
    return _("đến hết %(last)s", last=date(last)) if last else ""


def when(value: When) -> str:
    """When a meeting took place, from hours to days; empty if nothing is known."""
    hours = _between(value.start, value.end)
    if value.end_date and value.date:
        if value.start and value.end:
            return _(
                "%(start)s ngày %(first)s đến %(end)s ngày %(last)s",
                start=time(value.start), first=date(value.date),
                end=time(value.end), last=date(value.end_date),
            )  # fmt: skip
        days = _("ngày %(first)s – %(last)s", first=date(value.date), last=date(value.end_date))
    else:
        days = _("ngày %(day)s", day=date(value.date)) if value.date else ""
    known = ", ".join(part for part in (hours, days) if part)
    return known or (value.words or "")


def _between(start: dt.time | None, end: dt.time | None) -> str:
    if start and end:
        return _("%(start)s đến %(end)s", start=time(start), end=time(end))
    return next((time(known) for known in (start, end) if known), "")


def due(value: Due) -> str:
    """The day of a deadline with its kind: ``trước ngày 31/7/2025``; empty without a day."""
    if value.kind == "during" and (value.date or value.end_date):
        return span(value.date, value.end_date)
    if not value.date:
        return ""
    return f"{LABELS['due_kind'][value.kind]} {date(value.date)}"


def day(text: str) -> dt.date:
    """A date as records and file names write it, YYYY-MM-DD."""
    return dt.date.fromisoformat(text)
