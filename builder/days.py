"""Days as people write them: 2025-07-01, or 1/7/2025 as documents do; and time in Vietnam."""

import datetime as dt
import re

VIETNAM = dt.timezone(dt.timedelta(hours=7))
_LAST = 253_000_000_000  # a second of the year 9987: near the last that a time can name
FORMS = "write YYYY-MM-DD or D/M/YYYY, e.g. 2025-08-15"
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})\Z")
_OFFICIAL = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})\Z")


def looks_like_day(text: str) -> bool:
    """Whether the words have the form of a day, be it one of the calendar or not."""
    return bool(_ISO.match(text) or _OFFICIAL.match(text))


def day_from(text: str) -> dt.date | None:
    """The day that is written in one of the two forms; None where it is none.

    >>> day_from("1/7/2025"), day_from("2025-07-01") == day_from("2025-7-1")
    (datetime.date(2025, 7, 1), True)
    >>> day_from("31/6/2025"), day_from("20250701")
    (None, None)
    """
    found = _ISO.match(text) or _OFFICIAL.match(text)
    if found is None:
        return None
    try:
        return dt.date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None


def in_vietnam(seconds: int) -> dt.datetime:
    """Seconds since 1970 as a time in Vietnam; forged ones as the nearest that a time can name.

    >>> in_vietnam(1_751_302_800).isoformat(), in_vietnam(10**15).year
    ('2025-07-01T00:00:00+07:00', 9987)
    """
    return dt.datetime.fromtimestamp(max(0, min(seconds, _LAST)), VIETNAM)
