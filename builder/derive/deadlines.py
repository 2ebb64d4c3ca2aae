"""What a deadline means on a day. Nothing about who owes what."""

from builder.models.base import Date
from builder.models.meetings import Due


def last_day(due: Due | None) -> Date | None:
    """The last day that is surely in time; None where the source gives none.

    ``before`` counts its own day as in time: the sources do not say whether they mean
    it, and the registry calls nothing late on a guess. ``from`` is a beginning, no end; a span
    (``during``) ends on the last day that is stated, not on its first.
    """
    if due is None or due.kind == "from":
        return None
    return due.end_date if due.kind == "during" else due.date


def first_day(due: Due | None) -> Date | None:
    """The day from which something is to be done, for ``on``, ``from`` and ``during``."""
    return due.date if due is not None and due.kind in ("on", "from", "during") else None


def is_past(due: Due | None, day: Date) -> bool:
    """Whether the deadline has passed on ``day``; never for one without a day."""
    last = last_day(due)
    return last is not None and day > last
