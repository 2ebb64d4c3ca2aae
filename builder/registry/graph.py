"""The registry: all records linked into one immutable graph.

Indexes only; what follows from the records is in ``builder.derive``.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from builder.findings import Finding, Location
from builder.models import (
    Body,
    Instrument,
    Meeting,
    MergerRecord,
    Record,
    UnitFile,
)
from builder.models.base import Date, Ref
from builder.models.codes import Level
from builder.models.instruments import Relation
from builder.models.mergers import MergerEvent, MergerSource
from builder.models.references import references
from builder.models.settings import Settings
from builder.models.units import UnitRow

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record file: the record, where it stands, and the digest of its bytes.

    ``texts`` and ``attachments`` are the files that stand beside it, named or not.
    """

    id: str
    path: str
    record: Record
    digest: str
    texts: tuple[tuple[str, str], ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit during one span, with the file it stands in."""

    row: UnitRow
    file: str  # id of the unit file, e.g. units/lang-son
    index: int  # its place in the file

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def level(self) -> Level:
        return self.row.level

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def full_name(self) -> str:
        return self.row.full_name

    def exists_on(self, day: Date) -> bool:
        """Whether the unit stands on a day; both ends of its span belong to it."""
        after_start = self.row.valid_from is None or self.row.valid_from <= day
        return after_start and (self.row.valid_to is None or day <= self.row.valid_to)


@dataclass(frozen=True, slots=True)
class EventRef:
    """An event of a merger record, with its record."""

    merger_id: str
    merger: MergerRecord
    event: MergerEvent
    index: int


@dataclass(frozen=True, slots=True)
class Link:
    """A reference from one record to another, seen from its target."""

    source: str
    at: Location


@dataclass(frozen=True)
class Registry:
    """All records of one root; ``findings`` holds what was found while loading.

    A registry without its internal records keeps what has to be told of them all the same
    (``builder.derive.publication``): ``nameless`` holds effects (``builder.derive.effects``) by
    the document acted upon, ``unconfirmed`` the documents whose force must not be told.
    """

    root: Path
    entries: Mapping[str, Entry]
    findings: tuple[Finding, ...] = ()
    settings: Settings = Settings()  # noqa: RUF009  (immutable)
    nameless: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    unconfirmed: frozenset[str] = frozenset()

    @cached_property
    def unread(self) -> tuple[Finding, ...]:
        """Errors of files that gave no record; a file read with a warning gave one."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def of(self, model: type[R]) -> Iterator[tuple[str, R]]:
        """Records of a model (subclasses included) with their ids, in order of id."""
        found = self._of_model.get(model)
        if found is None:
            found = self._of_model[model] = [
                (entry.id, entry.record)
                for entry in self.entries.values()
                if isinstance(entry.record, model)
            ]
        return iter(found)

    @cached_property
    def _of_model(self) -> dict[type[Record], list[tuple[str, Any]]]:
        return {}

    def get(self, record_id: str, model: type[R]) -> R | None:
        """The record of that id, if it exists and is of that model."""
        entry = self.entries.get(record_id)
        return entry.record if entry and isinstance(entry.record, model) else None

    @cached_property
    def derived(self) -> dict[str, Any]:
        """Room for what ``builder.derive`` works out once per registry, by name."""
        return {}

    # Units

    @cached_property
    def units(self) -> dict[str, Unit]:
        """All units by id; of two rows with one id the first in order of file counts."""
        found: dict[str, Unit] = {}
        for file_id, record in self.of(UnitFile):
            for index, row in enumerate(record.units):
                found.setdefault(row.id, Unit(row, file_id, index))
        return found

    @cached_property
    def units_by_code(self) -> dict[str, list[Unit]]:
        """Units of one code in order of time, an unknown beginning first."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            found[unit.code].append(unit)
        for units in found.values():
            units.sort(key=lambda unit: unit.row.valid_from or Date.min)
        return dict(found)

    def parent(self, unit: Unit) -> Unit | None:
        """The unit above: a commune's district while there were districts, else its province."""
        candidates = self.units_by_code.get(unit.row.parent or "", ())
        for day in (unit.row.valid_to, unit.row.valid_from):
            for candidate in candidates:
                if day is not None and candidate.exists_on(day):
                    return candidate
        return candidates[-1] if candidates else None

    def province(self, unit: Unit) -> Unit | None:
        """The province a unit belongs to; a province is its own."""
        above: Unit | None = unit
        for _ in range(3):
            if above is None or above.level == "province":
                return above
            above = self.parent(above)
        return None

    def district(self, unit: Unit) -> Unit | None:
        """The former district of a commune-level unit, if it had one."""
        above = self.parent(unit)
        return above if above is not None and above.level == "district" else None

    @cached_property
    def children(self) -> dict[str, list[Unit]]:
        """Units by the id of the unit above them."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            above = self.parent(unit)
            if above is not None:
                found[above.id].append(unit)
        return dict(found)

    # Events

    @cached_property
    def events(self) -> list[EventRef]:
        """What clauses decided; a withdrawn merger record moves nothing."""
        return [
            EventRef(merger_id, merger, event, index)
            for merger_id, merger in self.of(MergerRecord)
            if merger.withdrawn is None
            for index, event in enumerate(merger.events)
        ]

    @cached_property
    def events_from(self) -> dict[str, list[tuple[EventRef, MergerSource]]]:
        """Events by the id of a source unit; more than one means that it was divided."""
        found: dict[str, list[tuple[EventRef, MergerSource]]] = defaultdict(list)
        for reference in self.events:
            for source in reference.event.sources:
                if source.unit is not None:
                    found[source.unit].append((reference, source))
        return dict(found)

    @cached_property
    def events_into(self) -> dict[str, list[EventRef]]:
        """Events by the id of the unit they form."""
        found: dict[str, list[EventRef]] = defaultdict(list)
        for reference in self.events:
            found[reference.event.target].append(reference)
        return dict(found)

    # Links

    @cached_property
    def references(self) -> list[tuple[Entry, Location, Ref, str]]:
        """Every reference of every record, in order of record: (entry, place, mark, target)."""
        return [
            (entry, at, mark, target)
            for entry in self.entries.values()
            for at, mark, target in references(entry.record)
        ]

    @cached_property
    def links_to(self) -> dict[str, list[Link]]:
        """References by target (record or unit id), in order of source: the inverse of all."""
        found: dict[str, list[Link]] = defaultdict(list)
        for entry, at, _, target in self.references:
            found[target].append(Link(entry.id, at))
        return dict(found)

    @cached_property
    def relations_to(self) -> dict[str, list[tuple[str, Relation]]]:
        """Relations of instruments by target: (acting instrument, relation)."""
        found: dict[str, list[tuple[str, Relation]]] = defaultdict(list)
        for source, instrument in self.of(Instrument):
            for relation in instrument.relations:
                if relation.target is not None:
                    found[relation.target].append((source, relation))
        return dict(found)

    @cached_property
    def bodies_of(self) -> dict[str, list[tuple[str, Body]]]:
        """Bodies by the id of their unit."""
        found: dict[str, list[tuple[str, Body]]] = defaultdict(list)
        for body_id, body in self.of(Body):
            if body.unit is not None:
                found[body.unit].append((body_id, body))
        return dict(found)

    def unit_of(self, record_id: str) -> str | None:
        """The unit id that an instrument (by its issuer) or a body belongs to."""
        known = self._unit_of
        if record_id not in known:
            record = self.entries[record_id].record if record_id in self.entries else None
            if isinstance(record, Instrument):
                record = self.get(record.issuer or "", Body)
            known[record_id] = record.unit if isinstance(record, Body) else None
        return known[record_id]

    @cached_property
    def _unit_of(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def meetings_of(self) -> dict[str, list[tuple[str, Meeting]]]:
        """Meetings by the id of each unit they concern."""
        found: dict[str, list[tuple[str, Meeting]]] = defaultdict(list)
        for meeting_id, meeting in self.of(Meeting):
            for unit in meeting.units:
                found[unit].append((meeting_id, meeting))
        return dict(found)

    @cached_property
    def instruments_of(self) -> dict[str, list[tuple[str, Instrument]]]:
        """Instruments by the id of their issuer's unit."""
        found: dict[str, list[tuple[str, Instrument]]] = defaultdict(list)
        for record_id, instrument in self.of(Instrument):
            unit = self.unit_of(record_id)
            if unit is not None:
                found[unit].append((record_id, instrument))
        return dict(found)
