"""What follows from a difference: what applies where, which requirements are met, broken links.

Both registries are asked the same questions as of one day; the answers are in ``derive``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from builder.derive.applicability import applicable
from builder.derive.completeness import completeness
from builder.history.compare import RecordChange
from builder.history.words import Names, names_of
from builder.models import Body, ContinuityRule, Instrument, Meeting, MergerRecord
from builder.models.base import Date
from builder.registry import Registry

MAX_UNITS = 500  # units for which applicability is worked out twice


@dataclass(frozen=True, slots=True)
class Consequence:
    """One line for people, with the unit or record that it concerns."""

    subject: str
    says: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows as of ``on``; ``left_out`` units were too many to be worked out."""

    on: Date
    applicability: tuple[Consequence, ...] = ()
    completeness: tuple[Consequence, ...] = ()
    links: tuple[Consequence, ...] = ()
    left_out: int = field(default=0)


def consequences(
    old: Registry, new: Registry, changed: list[RecordChange], day: Date
) -> Consequences:
    """What follows from the changes for the units and records as of a day."""
    if not any(change.status != "formatted" for change in changed):
        return Consequences(day)
    names = names_of(new, old)
    renamed = {one.old_id: one.id for one in changed if one.status == "renamed"}
    touched = _units_touched(old, new, changed, day)
    looked_at = touched[:MAX_UNITS]
    return Consequences(
        day,
        tuple(
            line for unit in looked_at for line in _applying(old, new, unit, day, names, renamed)
        ),
        tuple(_cells(old, new, day, names, renamed)),
        tuple(_broken(old, new)),
        len(touched) - len(looked_at),
    )


def _units_touched(
    old: Registry, new: Registry, changed: list[RecordChange], day: Date
) -> list[str]:
    """Units that stand on the day and that the changed records concern, successors included."""
    units: set[str] = set()
    for change in changed:
        if change.status == "formatted":
            continue
        for registry, record_id in ((old, change.old_id), (new, change.id)):
            units.update(_concerned(registry, record_id))
    waiting = list(units)
    while waiting:
        unit = waiting.pop()
        for registry in (old, new):
            for reference, _ in registry.events_from.get(unit, ()):
                if reference.event.target not in units:
                    units.add(reference.event.target)
                    waiting.append(reference.event.target)
    return sorted(
        unit for unit in units
        if any(unit in r.units and r.units[unit].exists_on(day) for r in (old, new))
    )  # fmt: skip


def _concerned(registry: Registry, record_id: str) -> Iterable[str]:
    entry = registry.entries.get(record_id)
    if entry is None:
        return
    record = entry.record
    if isinstance(record, Instrument):
        yield from record.territory or filter(None, [registry.unit_of(record_id)])
        for relation in record.relations:
            target = relation.target or ""
            yield from relation.territory or filter(None, [registry.unit_of(target)])
    elif isinstance(record, Body) and record.unit:
        yield record.unit
    elif isinstance(record, MergerRecord):
        yield from (event.target for event in record.events)
    elif isinstance(record, ContinuityRule):
        yield from registry.events_into
    elif isinstance(record, Meeting):
        for document, _ in registry.relations_to.get(record_id, ()):
            yield from _concerned(registry, document)


def _applying(
    old: Registry, new: Registry, unit: str, day: Date, names: Names, renamed: Mapping[str, str]
) -> Iterable[Consequence]:
    """Documents that apply in a unit otherwise than before; a new name is no other state."""
    known, after = _states(old, unit, day), _states(new, unit, day)
    before = {renamed.get(document, document): states for document, states in known.items()}
    for document in sorted(before.keys() | after.keys()):
        was, now = before.get(document), after.get(document)
        if was == now:
            continue
        name = names(document)
        if was is None:
            says = f"{name} is now listed ({now})"
        elif now is None:
            says = f"{name} is no longer listed (was {was})"
        else:
            says = f"{name} is now {now} instead of {was}"
        yield Consequence(unit, f"{names(unit)}: {says}")


def _states(registry: Registry, unit: str, day: Date) -> dict[str, str]:
    """Document -> its states in the unit with their scope, in words."""
    found: dict[str, list[str]] = {}
    if unit not in registry.units:
        return {}
    for item in applicable(registry, unit, day):
        where = "" if item.scope.kind == "whole" else f" in {_scope(registry, item.scope.unit)}"
        found.setdefault(item.id, []).append(f"{item.state.replace('_', ' ')}{where}")
    return {document: ", ".join(sorted(states)) for document, states in found.items()}


def _scope(registry: Registry, unit: str) -> str:
    known = registry.units.get(unit)
    return f"the part of {known.full_name}" if known else unit


def _cells(
    old: Registry, new: Registry, day: Date, names: Names, renamed: Mapping[str, str]
) -> Iterable[Consequence]:
    """Requirements whose state at a unit differs."""
    before = {
        (renamed.get(cell.requirement, cell.requirement), cell.unit): cell
        for cell in completeness(old, day)
    }
    after = {(cell.requirement, cell.unit): cell for cell in completeness(new, day)}
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        requirement, unit = key
        about = f"{names(unit)}: “{names(requirement)}”"
        if was is None and now is not None:
            yield Consequence(unit, f"{about} is now required ({now.state})")
        elif was is not None and now is None:
            yield Consequence(unit, f"{about} is no longer required (was {was.state})")
        elif was and now and (was.state, was.overdue) != (now.state, now.overdue):
            late = " and overdue" if now.overdue else ""
            yield Consequence(unit, f"{about} is now {now.state}{late} instead of {was.state}")


def _broken(old: Registry, new: Registry) -> Iterable[Consequence]:
    """References that found their record or unit before and do not now."""
    lost = (old.entries.keys() | old.units.keys()) - (new.entries.keys() | new.units.keys())
    dangling_before = {
        (entry.id, at) for entry, at, _, target in old.references
        if target not in old.entries and target not in old.units
    }  # fmt: skip
    for entry, at, _, target in new.references:
        known = target in new.entries or target in new.units
        if known or (target not in lost and (entry.id, at) in dangling_before):
            continue
        place = ".".join(map(str, at))
        yield Consequence(entry.id, f"{entry.id}: {place} points at {target}, which is not there")
