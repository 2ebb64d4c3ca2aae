"""The earliest day on which the law lets a local normative document take effect.

Law 64/2025/QH15, Article 53, in force from 1 April 2025: no earlier than 10 days after
adoption or signing, except by the shortened procedure. Before, at commune level: no
earlier than 7 days (Law 80/2015/QH13, Article 151). Other kinds: no rule here.
"""

import datetime as dt
from dataclasses import dataclass

from builder.derive.force_rules import LAW_64_FROM
from builder.models import Instrument
from builder.models.base import Date
from builder.models.codes import Level


@dataclass(frozen=True, slots=True)
class Earliest:
    """The first day allowed, how many days that is after adoption or signing, and by which law."""

    day: Date
    days: int
    source: str


def earliest_effect(record: Instrument, level: Level | None) -> Earliest | None:
    """The bound for a document of a body at a level; None where no confirmed rule sets one.

    ``level`` is None for central bodies. Which law counts goes by the day of adoption.
    """
    dates = record.dates
    if record.regime != "normative" or level is None or record.shortened_procedure:
        return None
    # Of several days the first counts: nothing is called too early on a guess.
    known = [day for day in (dates.adopted, dates.signed) if day is not None]
    if not known:
        return None
    passed = min(known)
    if passed.year == Date.max.year:
        return None
    if passed >= LAW_64_FROM:
        days, source = 10, "Luật 64/2025/QH15, Điều 53"
    elif level == "commune":
        days, source = 7, "Luật 80/2015/QH13, Điều 151"
    else:
        return None
    return Earliest(passed + dt.timedelta(days=days), days, source)
