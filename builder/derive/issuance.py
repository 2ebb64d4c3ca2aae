"""The first day on which a document is known to have stood at all.

Not the day from which it has force: that is in ``builder.derive.force_rules``.
"""

from builder.models import Instrument, Meeting
from builder.models.base import Date
from builder.registry import Registry


def first_known_day(registry: Registry, record: Instrument) -> Date | None:
    """The first of adoption, signing and issue; without any, that of the meeting that adopted it.

    None where no record tells.
    """
    return own_first_day(record) or min(_days_of_meetings(registry, record), default=None)


def own_first_day(record: Instrument) -> Date | None:
    """The first of adoption, signing and issue that the document itself gives."""
    dates = record.dates
    known = (dates.adopted, dates.signed, dates.issued)
    return min((day for day in known if day is not None), default=None)


def _days_of_meetings(registry: Registry, record: Instrument) -> list[Date]:
    meetings = (
        registry.get(relation.target or "", Meeting)
        for relation in record.relations
        if relation.type == "adopted_at" and relation.certainty == "stated"
    )
    return [
        each.when.date
        for each in meetings
        if each is not None and each.withdrawn is None and each.when.date is not None
    ]
