"""Records that may be the one that somebody is about to write again.

Pure: ids of what says the same of the same thing, and nothing that tells the two apart.
"""

from collections.abc import Iterator
from typing import Any

from builder.fold import fold
from builder.models import Body, Instrument, Meeting, Requirement
from builder.registry import Registry


def alike(registry: Registry, kind: str, value: dict[str, Any]) -> list[str]:
    """Ids of the records that a new one of a kind, with these fields, may be."""
    finder = {"meetings": _meetings, "bodies": _bodies, "requirements": _requirements}
    return sorted(finder.get(kind, _instruments)(registry, value))


def _meetings(registry: Registry, value: dict[str, Any]) -> Iterator[str]:
    """Of a body the session of that number, else the meeting of that form on that day."""
    day = str((value.get("when") or {}).get("date") or "")
    for record_id, one in registry.of(Meeting):
        held = str(one.when.date or "")
        if (one.form, one.mode) != (value.get("form"), value.get("mode")):
            continue
        if not set(one.bodies) & set(value.get("bodies", ())):
            continue
        if _apart(one.term, value.get("term")) or _apart(one.number, value.get("number")):
            continue
        numbered = one.number is not None and one.number == value.get("number")
        # A number begins anew with each term; in one year there is one session of it.
        if (held == day and day) or (numbered and not _apart(held[:4], day[:4])):
            yield record_id


def _instruments(registry: Registry, value: dict[str, Any]) -> Iterator[str]:
    """Of an issuer the document of that type, stage and title, unless number or day differ."""
    title = fold(str(value.get("title")))
    signed = (value.get("dates") or {}).get("signed")
    for record_id, one in registry.of(Instrument):
        same = (one.issuer, one.type, one.stage) == (
            value.get("issuer"), value.get("type"), value.get("stage"),
        )  # fmt: skip
        if not same or fold(one.title) != title:
            continue
        day = one.dates.signed.isoformat() if one.dates.signed else None
        if not _apart(one.number, value.get("number")) and not _apart(day, signed):
            yield record_id


def _bodies(registry: Registry, value: dict[str, Any]) -> Iterator[str]:
    for record_id, one in registry.of(Body):
        same = (one.unit, one.type) == (value.get("unit"), value.get("type"))
        if same and fold(one.name) == fold(str(value.get("name"))):
            yield record_id


def _requirements(registry: Registry, value: dict[str, Any]) -> Iterator[str]:
    for record_id, one in registry.of(Requirement):
        same = set(one.units) & set(value.get("units", ()))
        if same and fold(one.title) == fold(str(value.get("title"))):
            yield record_id


def _apart(one: Any, other: Any) -> bool:
    """Whether two values are known and differ."""
    return bool(one and other and one != other)
