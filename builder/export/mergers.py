"""Pairs of former and new units as a table: one row per source of an event.

Columns are a contract with whoever reads the table; see ``COLUMNS``.
"""

import csv
import io
from collections.abc import Iterable, Iterator

import orjson

from builder.models import Instrument
from builder.registry import EventRef, Registry

COLUMNS = (
    "old_code", "old_unit", "new_code", "new_unit", "area", "population", "event", "resolution",
    "clause", "adopted", "operational_from",
)  # fmt: skip
# A cell that a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def merger_rows(registry: Registry) -> Iterator[dict[str, str | int]]:
    """One row per pair, in order of record and clause.

    Shares are ``whole|part|rest|none``; ``resolution`` is its number, ``clause`` the
    clause's. A source that is no unit has no code and its own words as name.
    """
    for reference in registry.events:
        event, merger = reference.event, reference.merger
        number = _number(registry, reference)
        for source in event.sources:
            yield {
                "old_code": _code(source.unit),
                "old_unit": _name(registry, source.unit) if source.unit else source.place or "",
                "new_code": _code(event.target),
                "new_unit": _name(registry, event.target),
                "area": source.area,
                "population": source.population,
                "event": event.kind,
                "resolution": number,
                "clause": event.clause,
                "adopted": merger.adopted.isoformat(),
                "operational_from": merger.operational_from.isoformat(),
            }


def as_csv(rows: Iterable[dict[str, str | int]]) -> str:
    """The rows as CSV (RFC 4180, but lines end with LF), with a header."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _safe(value) for name, value in row.items()})
    return stream.getvalue()


def as_json(rows: Iterable[dict[str, str | int]]) -> str:
    """The rows as a JSON array of objects."""
    return orjson.dumps(list(rows), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _code(unit: str | None) -> str:
    return unit.partition("@")[0] if unit else ""


def _name(registry: Registry, unit: str) -> str:
    found = registry.units.get(unit)
    return found.full_name if found else ""


def _number(registry: Registry, reference: EventRef) -> str:
    """The resolution's number: of its record, else as its id spells it."""
    record = registry.get(reference.merger.resolution, Instrument)
    if record is not None and record.number:
        return record.number
    number, _, notation = reference.merger.resolution.rpartition("/")[2].partition("-")
    return f"{number}/{notation.upper()}"


def _safe(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
