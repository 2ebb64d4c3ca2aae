"""Dates as Vietnamese official documents write them, for the reasons that derive gives."""

from builder.models.base import Date


def vietnamese_date(day: Date) -> str:
    """``01/7/2025``, ``05/02/2026``: a zero before days 1-9 and months 1-2 (Decree 30/2020).

    >>> vietnamese_date(Date(2025, 7, 1))
    '01/7/2025'
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"
