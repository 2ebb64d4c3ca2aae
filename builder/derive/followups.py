"""What somebody has to do by when: outputs of meetings and dated requirements.

Which documents a unit has is in ``builder.derive.completeness``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from builder.derive.deadlines import first_day, is_past, last_day
from builder.models import Meeting, Requirement
from builder.models.base import Date
from builder.models.codes import OutputKind
from builder.models.meetings import Due, Output
from builder.registry import Registry

Status = Literal["overdue", "past", "running", "upcoming", "undated", "closed"]
STATUSES: tuple[Status, ...] = ("overdue", "past", "running", "upcoming", "undated", "closed")
# Outputs of these kinds ask somebody to act, whether or not they name a day.
ACTIONS: frozenset[OutputKind] = frozenset(("recommendation", "request", "assignment"))


@dataclass(frozen=True, slots=True)
class Followup:
    """One thing to do. ``key`` is the anchor on the source's page, empty for a requirement."""

    source: str
    key: str
    kind: OutputKind | Literal["requirement"]
    text: str
    status: Status
    due: Due | None
    units: tuple[str, ...]
    responsible: tuple[str, ...] = ()
    responsible_words: str | None = None
    lines: tuple[str, ...] = ()
    closed_by: str | None = None
    closed_on: Date | None = None
    requirements: tuple[str, ...] = ()


def followups(registry: Registry, day: Date) -> list[Followup]:
    """All of them as they stand on ``day``: overdue first, then by day, undated and closed last."""
    found: list[Followup] = []
    told: set[str] = set()
    for meeting_id, meeting in registry.of(Meeting):
        if meeting.withdrawn is not None:
            continue
        asked = _requirements_from(registry, meeting_id)
        for output in meeting.outputs:
            if output.kind in ACTIONS or output.due is not None:
                same = tuple(r for r, record in asked if _same_due(record.due, output.due))
                told.update(same)
                found.append(_of_output(meeting_id, meeting, output, same, day))
    found.extend(
        _of_requirement(requirement_id, requirement, day)
        for requirement_id, requirement in registry.of(Requirement)
        if requirement.due is not None
        and requirement.withdrawn is None
        and requirement_id not in told
    )
    return sorted(found, key=_order)


def status_of(state: str, due: Due | None, day: Date) -> Status:
    """``overdue`` only for what a record says is still open; else ``past``, outcome unknown."""
    if state == "closed":
        return "closed"
    if is_past(due, day):
        return "overdue" if state == "open" else "past"
    first, last = first_day(due), last_day(due)
    if first is None and last is None:
        return "undated"
    return "running" if first is not None and first <= day else "upcoming"


def _requirements_from(registry: Registry, meeting_id: str) -> list[tuple[str, Requirement]]:
    links: Iterable[str] = {
        link.source for link in registry.links_to.get(meeting_id, ()) if link.at[0] == "basis"
    }
    found = ((source, registry.get(source, Requirement)) for source in sorted(links))
    return [(source, one) for source, one in found if one is not None and one.withdrawn is None]


def _same_due(one: Due | None, other: Due | None) -> bool:
    """A requirement repeats a request of its meeting if it has the same deadline."""
    if one is None or other is None:
        return False
    return (one.kind, one.date, one.end_date) == (other.kind, other.date, other.end_date)


def _of_output(
    meeting_id: str, meeting: Meeting, output: Output, same: tuple[str, ...], day: Date
) -> Followup:
    return Followup(
        meeting_id, output.key, output.kind, output.text,
        status_of(output.state, output.due, day), output.due, output.units or meeting.units,
        output.responsible, output.responsible_words, output.lines,
        output.closed_by, output.closed_on, same,
    )  # fmt: skip


def _of_requirement(requirement_id: str, requirement: Requirement, day: Date) -> Followup:
    return Followup(
        requirement_id, "", "requirement", requirement.title,
        status_of("unknown", requirement.due, day), requirement.due, requirement.units,
        requirements=(requirement_id,),
    )  # fmt: skip


def _order(item: Followup) -> tuple[int, Date, str, str]:
    end = last_day(item.due) or first_day(item.due) or Date.max
    return STATUSES.index(item.status), end, item.source, item.key


def with_status(items: Iterable[Followup], *statuses: Status) -> Iterator[Followup]:
    """Those of some statuses, in the order given."""
    return (item for item in items if item.status in statuses)
