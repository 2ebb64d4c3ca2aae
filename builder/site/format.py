"""Vietnamese for the page: dates, times, numbers, lists, deadlines. Pure text, no HTML."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from builder.derive.words import vietnamese_date
from builder.models.codes import LABELS
from builder.models.meetings import Due, When

date = lru_cache(maxsize=4_096)(vietnamese_date)  # a page shows a dozen, a site few others


def date_in_words(day: dt.date) -> str:
    """``ngày 01 tháng 7 năm 2025``, as official documents write it (Decree 30/2020, Annex I)."""
    day_of_month, month, year = date(day).split("/")
    return f"ngày {day_of_month} tháng {month} năm {year}"


def time(value: dt.time) -> str:
    """``08 giờ 00``."""
    return f"{value.hour:02d} giờ {value.minute:02d}"


def number(value: int) -> str:
    """Thousands parted by a dot: ``20.000``."""
    return f"{value:,}".replace(",", ".")


def joined(parts: Sequence[str]) -> str:
    """``a``, ``a và b``, ``a, b và c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} và {parts[-1]}"


def lower_first(text: str) -> str:
    """A name within a sentence: ``Xã Bính Xá`` → ``xã Bính Xá``; abbreviations stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def span(first: dt.date | None, last: dt.date | None) -> str:
    """``từ 01/7/2025``, ``đến hết 30/6/2025``, both, or nothing."""
    words = []
    if first:
        words.append(f"từ {date(first)}")
    if last:
        words.append(f"đến hết {date(last)}")
    return " ".join(words)


def when(value: When) -> str:
    """When a meeting took place, from hours to days; empty if nothing is known."""
    hours = " đến ".join(time(t) for t in (value.start, value.end) if t)
    days = date(value.date) if value.date else ""
    if value.end_date and value.date:
        if value.start and value.end:
            return f"{time(value.start)} ngày {days} đến {time(value.end)} ngày " + date(
                value.end_date
            )
        days = f"{days} – {date(value.end_date)}"
    known = ", ".join(part for part in (hours, f"ngày {days}" if days else "") if part)
    return known or (value.words or "")


def due(value: Due) -> str:
    """The day of a deadline with its kind: ``trước ngày 31/7/2025``; empty without a day."""
    label = LABELS["due_kind"][value.kind]
    if value.kind == "during" and (value.date or value.end_date):
        return span(value.date, value.end_date)
    return f"{label} {date(value.date)}" if value.date else ""


def day(text: str) -> dt.date:
    """A date as records and file names write it, YYYY-MM-DD."""
    return dt.date.fromisoformat(text)
