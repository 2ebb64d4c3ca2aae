"""What derive answers about the force of a document: a state, its reasons, and spans of time.

Only the shapes stand here; how they are worked out is in ``builder.derive.force``.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar, cast

from builder.models.base import Date

T = TypeVar("T")

State = Literal[
    "draft", "trial", "not_yet", "in_force", "partly", "suspended", "expired", "repealed",
    "withdrawn", "unknown",
]  # fmt: skip

ACTIVE: frozenset[State] = frozenset(("in_force", "partly"))
ENDED: frozenset[State] = frozenset(("expired", "repealed"))

# The words of the national legal database (vbpl.vn) where it has one for the state.
STATE_LABELS: dict[State, str] = {
    "draft": "Dự thảo",
    "trial": "Vận hành thử",
    "not_yet": "Chưa có hiệu lực",
    "in_force": "Còn hiệu lực",
    "partly": "Hết hiệu lực một phần",
    "suspended": "Ngưng hiệu lực",
    "expired": "Hết hiệu lực toàn bộ",
    "repealed": "Hết hiệu lực toàn bộ (bị bãi bỏ)",
    "withdrawn": "Đã rút",
    "unknown": "Chưa xác định",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One link in the chain of reasons.

    ``rule`` is a short id (``repealed``, ``no-effective-date`` …), ``record`` the record that
    gives the fact, ``on`` the day it turns on, ``says`` a sentence in Vietnamese, ``source``
    the provision of law, empty where the record alone is the reason.
    """

    rule: str
    record: str | None
    on: Date | None
    says: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state of force with its reasons, in the order in which they weigh."""

    state: State
    reasons: tuple[Reason, ...]

    @property
    def label(self) -> str:
        return STATE_LABELS[self.state]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with one verdict; both ends belong to it, None is without end."""

    first: Date | None
    last: Date | None
    verdict: Verdict

    def holds_on(self, day: Date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


Timeline = tuple[Span, ...]


def next_day(day: Date) -> Date | None:
    """The day after, or None after the last day that a date can name."""
    return None if day == Date.max else day + dt.timedelta(days=1)


def day_before(day: Date) -> Date:
    """The day before; the first day that a date can name stays itself."""
    return day if day == Date.min else day - dt.timedelta(days=1)


def spans(days: Iterable[Date | None], verdict_on: Callable[[Date], Verdict]) -> Timeline:
    """A timeline from the days on which the verdict may change: without holes or overlaps."""
    return tuple(Span(*stretch) for stretch in stretches(days, verdict_on))


def stretches(
    days: Iterable[Date | None], value_on: Callable[[Date], T]
) -> list[tuple[Date | None, Date | None, T]]:
    """Stretches of time (first day, last day, value) from the days on which a value may change.

    ``days`` may come in any order and may name days on which nothing changes.
    """
    starts = sorted({day for day in days if day is not None and day > Date.min})
    found: list[tuple[Date | None, Date | None, T]] = []
    first: Date | None = None
    value = value_on(Date.min)
    for day in starts:
        after = value_on(day)
        if after != value:
            found.append((first, day_before(day), value))
            first, value = day, after
    return [*found, (first, None, value)]


def at(timeline: Timeline, day: Date) -> Verdict:
    """The verdict of a timeline on a day."""
    return next(span.verdict for span in timeline if span.holds_on(day))


def states_code(timeline: Timeline) -> str:
    """States with the first days of all but the first: ``not_yet 2025-07-02 in_force``."""
    parts: list[str] = []
    for span in timeline:
        if not parts:
            parts = [span.verdict.state]
        elif span.verdict.state != parts[-1] and span.first is not None:
            parts += [span.first.isoformat(), span.verdict.state]
    return " ".join(parts)


def state_in(code: str, day: Date) -> State:
    """The state on a day, of what ``states_code`` gave.

    >>> state_in("not_yet 2025-07-02 in_force", dt.date(2025, 7, 2))
    'in_force'
    """
    first, *changes = code.split(" ")
    state = first
    for since, following in zip(changes[::2], changes[1::2], strict=True):
        if since <= day.isoformat():
            state = following
    return cast(State, state)
