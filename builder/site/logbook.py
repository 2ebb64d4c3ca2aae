"""The publication log: what the registry published, corrected and withdrew, and when.

Of records that are shown, and of them what their published states tell; as pages in
``builder.site.pages.log``, as Atom in ``builder.site.feeds``.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from builder.derive.addresses import unit_address
from builder.history.past import Event
from builder.models import Body, Instrument, Meeting, MergerRecord, Requirement, UnitFile
from builder.site.i18n import language
from builder.site.view import View

SLUG = "nhat-ky/"
TOLD: frozenset[Event] = frozenset(("published", "corrected", "withdrawn"))
BLOCK = 100  # entries of an older page or feed, which never change
RECENT = 50  # at least so many stand on the newest one


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that the registry did to one record, with a commit (``landed``) at ``time``."""

    record: str
    event: Event
    landed: str
    time: int
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Logbook:
    """Entries in order of time, oldest first: all of them, and by unit (provinces, too)."""

    entries: Sequence[LogEntry]
    by_unit: Mapping[str, Sequence[LogEntry]]

    def of(self, unit: str | None) -> Sequence[LogEntry]:
        return self.entries if unit is None else self.by_unit.get(unit, ())


def logbook(view: View) -> Logbook:
    """The log of a site, put together once."""
    known: Logbook | None = view.registry.derived.get("logbook")
    if known is None:
        known = view.registry.derived["logbook"] = _logbook(view)
    return known


def _logbook(view: View) -> Logbook:
    history = view.past.history
    if history is None:
        return Logbook((), {})
    position = {commit.id: index for index, commit in enumerate(history.main_line)}
    entries = [
        LogEntry(record_id, one.event, one.landed, one.time, one.authors)
        for record_id, versions in view.past.versions.items()
        for one in versions if one.event in TOLD
    ]  # fmt: skip
    entries.sort(key=lambda entry: (position[entry.landed], entry.record))
    by_unit: dict[str, list[LogEntry]] = defaultdict(list)
    units = {record_id: list(_units(view, record_id)) for record_id in view.past.versions}
    for entry in entries:
        for unit in units[entry.record]:
            by_unit[unit].append(entry)
    return Logbook(entries, dict(by_unit))


def entries_digest(view: View, entries: Sequence[LogEntry]) -> str:
    """Digest of all that is told of some entries, in the language that is spoken.

    The log of all, that of a province and that of a unit tell of the same entries, as pages and
    as feeds.
    """
    known: dict[LogEntry, bytes] = view.registry.derived.setdefault(f"log {language()}", {})
    digest = hashlib.sha256()
    for entry in entries:
        told = known.get(entry)
        if told is None:
            said = orjson.dumps((entry, view.card(entry.record)))
            told = known[entry] = hashlib.sha256(said).digest()
        digest.update(told)
    return digest.hexdigest()


def _units(view: View, record_id: str) -> Iterator[str]:
    """The units that a record concerns, and the provinces that they belong to, each once."""
    found: dict[str, None] = {}
    for unit_id in _own_units(view, record_id):
        unit = view.unit(unit_id)
        if unit is not None:
            found[unit.id] = None
            province = view.registry.province(unit)
            if province is not None:
                found[province.id] = None
    yield from found


def _own_units(view: View, record_id: str) -> Sequence[str]:
    record = view.registry.entries[record_id].record
    if isinstance(record, Meeting | Requirement):
        return record.units
    if isinstance(record, MergerRecord):
        return (record.province,)
    if isinstance(record, UnitFile):
        return [one.id for one in record.units if one.level == "province"]
    if isinstance(record, Instrument | Body):
        unit = view.registry.unit_of(record_id)
        return (unit,) if unit else ()
    return ()


def log_address(view: View, unit: str | None) -> str:
    """Where the log of a unit stands, or that of all (None); empty where nothing is told."""
    if not logbook(view).of(unit):
        return ""
    known = view.unit(unit) if unit is not None else None
    return f"{unit_address(known)}{SLUG}" if known is not None else SLUG


FEED = "atom.xml"


def feed_path(view: View, unit: str | None) -> str:
    """The path of the Atom feed of a unit, or that of all (None); empty where nothing is told."""
    base = log_address(view, unit)
    return f"{base}{FEED}" if base else ""


def blocks(count: int) -> list[tuple[int, int]]:
    """Where to cut a log, oldest first: whole blocks, and at last what is still growing.

    >>> blocks(30), blocks(250)
    ([(0, 30)], [(0, 100), (100, 200), (200, 250)])
    """
    full = max(0, (count - RECENT) // BLOCK)
    return [(n * BLOCK, (n + 1) * BLOCK) for n in range(full)] + [(full * BLOCK, count)]
