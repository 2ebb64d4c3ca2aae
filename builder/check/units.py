"""Rules on the tables of units: one row per identity, no overlap, a unit above."""

from collections.abc import Iterator
from itertools import pairwise

from builder.check.base import Found, rule
from builder.findings import Finding
from builder.models import UnitFile
from builder.models.base import Date
from builder.models.units import UnitRow
from builder.registry import Registry


@rule("unit-span", "A unit does not end before it begins.")
def spans(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(UnitFile):
        for index, row in enumerate(record.units):
            if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
                yield found(
                    record_id, f"{row.full_name} ends before it begins", ("units", index),
                    "valid_to is its last day",
                )  # fmt: skip


@rule("unit-unique", "A code names one unit at a time.")
def overlaps(registry: Registry, found: Found) -> Iterator[Finding]:
    rows: dict[str, list[tuple[str, int, UnitRow]]] = {}
    for record_id, record in registry.of(UnitFile):
        for index, row in enumerate(record.units):
            rows.setdefault(row.code, []).append((record_id, index, row))
    for code, same in rows.items():
        same.sort(key=lambda item: item[2].valid_from or Date.min)
        for (_, _, before), (record_id, index, after) in pairwise(same):
            if (before.valid_to or Date.max) >= (after.valid_from or Date.min):
                yield found(
                    record_id,
                    f"code {code} names {before.full_name} and {after.full_name} at one time",
                    ("units", index), "end the former one with valid_to",
                )  # fmt: skip


@rule("unit-parent", "A district or commune names the unit above it, which stands at that time.")
def parents(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(UnitFile):
        for index, row in enumerate(record.units):
            if row.level == "province":
                continue
            above = registry.units_by_code.get(row.parent or "", [])
            if not any(_overlap(row, unit.row) for unit in above):
                yield found(
                    record_id, f"{row.full_name}: no unit above it with code {row.parent!r}",
                    ("units", index), "give 'parent' the code of its district or province",
                )  # fmt: skip


def _overlap(a: UnitRow, b: UnitRow) -> bool:
    return (a.valid_from or Date.min) <= (b.valid_to or Date.max) and (
        b.valid_from or Date.min
    ) <= (a.valid_to or Date.max)
