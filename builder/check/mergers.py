"""Rules on merger records: divisions that add up, totals, numbers of clauses, codes, dates.

How clauses divide a unit is in ``builder.derive.division``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from builder.check.base import Found, rule
from builder.derive.division import (
    fault,
    is_island,
    missed_references,
    people_add_up,
    people_apart,
    takings,
)
from builder.findings import Finding
from builder.models import Instrument, MergerRecord
from builder.models.base import Date
from builder.models.mergers import MergerEvent
from builder.registry import Registry, Unit

_DAY = Date.resolution
_SOURCE = "resolutions of 16/6/2025 on commune-level units"


@rule("merger-remainder", "Shares taken of a unit add up: whole once, or parts and one remainder.",
      source=_SOURCE)  # fmt: skip
def remainders(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, merger in _mergers(registry):
        stated = {each.unit: set(each.clauses) for each in merger.split_exceptions}
        places = _places(merger)
        for unit, taken in takings(merger.events).items():
            clauses = {each.clause for each in taken}
            shown = ", ".join(f"{each.clause}: {each.area}/{each.population}" for each in taken)
            at = places[unit]
            wrong = fault(taken, island=is_island(unit))
            if wrong == "partial":
                yield found(
                    record_id, f"clause {taken[0].clause} takes a part of {_name(registry, unit)}, "
                    "and no clause the rest", at, "add the event that takes the remainder",
                )  # fmt: skip
            elif wrong == "remainder":
                yield found(
                    record_id, f"{_name(registry, unit)} has not one remainder (clauses {shown})",
                    at, "one clause takes the rest of the area, the others parts",
                )  # fmt: skip
            elif not people_add_up(taken, island=is_island(unit)):
                yield found(
                    record_id, f"{_name(registry, unit)} has people taken twice or left over "
                    f"({shown})", at, "whole once, or parts and one rest; none for area alone",
                )  # fmt: skip
            elif people_apart(taken) and stated.get(unit) != clauses:
                yield found(
                    record_id,
                    f"{_name(registry, unit)} gives its area and its people apart ({shown})",
                    at, "state it under split_exceptions with its clauses",
                )  # fmt: skip


@rule("merger-reference", "A remainder refers to the clauses that took the parts.",
      severity="warning", source=_SOURCE)  # fmt: skip
def references(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, merger in _mergers(registry):
        places = _places(merger)
        for unit, taken in takings(merger.events).items():
            for each, others in missed_references(taken):
                said, took = (", ".join(map(str, sorted(n))) for n in (each.after, others))
                yield found(
                    record_id, f"clause {each.clause} leaves the rest of {_name(registry, unit)} "
                    f"after {said}; parts are taken in {took or 'none'}",
                    places[unit], "compare 'after' with the text",
                )  # fmt: skip


@rule("merger-clauses", "Clauses are numbered from 1 without a gap, the closing one last.",
      source=_SOURCE)  # fmt: skip
def clause_numbers(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, merger in _mergers(registry):
        if merger.totals is None:
            continue
        last = merger.totals.clause
        counts = Counter(event.clause for event in merger.events)
        for number in range(1, last):
            if counts[number] != 1:
                yield found(
                    record_id, f"clause {number} has {counts[number]} events", ("events",),
                    "a clause forms one unit",
                )  # fmt: skip
        for index, event in enumerate(merger.events):
            if event.clause > last or (event.clause == last and event.kind != "unchanged"):
                yield found(
                    record_id, f"clause {event.clause} forms a unit, but clause {last} closes",
                    ("events", index, "clause"), "compare the number with the text",
                )  # fmt: skip


@rule("merger-totals", "Units formed are as many as the closing clause counts.", source=_SOURCE)
def totals(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, merger in _mergers(registry):
        said = merger.totals
        if said is None:
            continue
        targets = [registry.units.get(event.target) for event in merger.events]
        types = Counter(unit.row.type for unit in targets if unit is not None)
        kept = sum(event.clause == said.clause for event in merger.events)
        for field, stated, read in (
            ("units", said.units, len(merger.events)), ("xa", said.xa, types["xã"]),
            ("phuong", said.phuong, types["phường"]), ("dac_khu", said.dac_khu, types["đặc khu"]),
            ("unchanged", said.unchanged, kept),
        ):  # fmt: skip
            if stated != read:
                yield found(
                    record_id, f"the closing clause says {stated} {field}, the events give {read}",
                    ("totals", field), "compare events and totals with the text",
                )  # fmt: skip


@rule("merger-complete", "A resolution on a province uses up its units and forms each new one.",
      source=_SOURCE)  # fmt: skip
def completeness(registry: Registry, found: Found) -> Iterator[Finding]:
    by_file = _rearranged(registry)
    for record_id, merger in _mergers(registry):
        province = registry.units.get(merger.province)
        if merger.totals is None or province is None:
            continue
        used = set(takings(merger.events))
        formed = Counter(event.target for event in merger.events)
        last = merger.operational_from - _DAY
        for unit in by_file[province.file]:
            if unit.row.valid_to == last and unit.id not in used:
                yield found(
                    record_id, f"no clause takes {unit.full_name} ({unit.id})", ("events",),
                    "add it to the event of its clause",
                )  # fmt: skip
            if unit.row.valid_from == merger.operational_from and formed[unit.id] != 1:
                yield found(
                    record_id, f"{formed[unit.id]} clauses form {unit.full_name} ({unit.id})",
                    ("events",), "one clause forms it, or the closing one keeps it",
                )  # fmt: skip


@rule("merger-code", "A new unit carries the code of one of its predecessors.", source=_SOURCE)
def codes(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, merger in _mergers(registry):
        for index, event in enumerate(merger.events):
            target = registry.units.get(event.target)
            before = {source.unit.partition("@")[0] for source in event.sources if source.unit}
            if target is None or target.code in before:
                continue
            # A code that no unit bore before cannot be a predecessor's: island districts.
            if registry.units_by_code[target.code][0].id != target.id:
                yield found(
                    record_id, f"{target.full_name}: no source has its code {target.code}",
                    ("events", index, "target"), "check the sources, or the code of the target",
                )  # fmt: skip


@rule("merger-resolution", "A merger record and its resolution tell of one adoption.")
def resolutions(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, merger in _mergers(registry):
        resolution = registry.get(merger.resolution, Instrument)
        if resolution is None:
            continue
        day = resolution.dates.adopted
        if not resolution.is_adopted:
            yield found(
                record_id, f"{merger.resolution} is no adopted resolution, so it moves nothing",
                ("resolution",), "name the resolution that was adopted, or withdraw this record",
            )  # fmt: skip
        elif day is not None and day != merger.adopted:
            yield found(
                record_id, f"adopted on {merger.adopted}, by {merger.resolution} on {day}",
                ("adopted",), "compare both days with the text",
            )  # fmt: skip


@rule("merger-dates", "Sources stand until the day before operation, and targets from that day.")
def dates(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, merger in _mergers(registry):
        if merger.operational_from < merger.adopted:
            yield found(
                record_id, "operation begins before adoption", ("operational_from",),
                "compare both dates with the text",
            )  # fmt: skip
        for index, event in enumerate(merger.events):
            yield from _event_dates(registry, found, record_id, merger, index, event)


def _event_dates(
    registry: Registry, found: Found, record_id: str, merger: MergerRecord, index: int,
    event: MergerEvent,
) -> Iterator[Finding]:  # fmt: skip
    first = merger.operational_from
    target = registry.units.get(event.target)
    if target is not None and not target.exists_on(first):
        yield found(
            record_id, f"{target.full_name} ({target.id}) does not stand on {first}",
            ("events", index, "target"), "name the unit that begins on that day",
        )  # fmt: skip
    for number, source in enumerate(event.sources):
        unit = registry.units.get(source.unit or "")
        if unit is not None and not unit.exists_on(first - _DAY):
            yield found(
                record_id, f"{unit.full_name} ({unit.id}) does not stand on {first - _DAY}",
                ("events", index, "sources", number), "name the unit that stood before that day",
            )  # fmt: skip


@rule(
    "merger-kind",
    "An event is what its kind says: renamed, retyped or unchanged is one whole unit.",
)
def kinds(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, merger in _mergers(registry):
        for index, event in enumerate(merger.events):
            wrong = _kind_fault(registry, event)
            if wrong:
                yield found(
                    record_id, f"clause {event.clause}: {wrong}", ("events", index, "kind"),
                    "merge, rename, retype or unchanged",
                )  # fmt: skip


def _kind_fault(registry: Registry, event: MergerEvent) -> str:
    if event.kind == "merge":
        return ""
    shares = [(source.area, source.population) for source in event.sources]
    island = is_island(event.sources[0].unit or "")
    if shares != [("whole", "whole")] and not (island and shares == [("whole", "none")]):
        return f"{event.kind} takes one unit as a whole"
    before, after = (
        registry.units.get(event.sources[0].unit or ""),
        registry.units.get(event.target),
    )
    if before is None or after is None:
        return ""
    same_type = before.row.type == after.row.type
    if same_type != (event.kind != "retype"):
        return f"{event.kind}, but {before.full_name} becomes {after.full_name}"
    return ""


@rule("merger-cycle", "No unit is its own predecessor.")
def cycles(registry: Registry, found: Found) -> Iterator[Finding]:
    after: dict[str, set[str]] = defaultdict(set)
    for reference in registry.events:
        for source in reference.event.sources:
            if source.unit is not None:
                after[source.unit].add(reference.event.target)
    on_cycles = _on_cycles(after)
    for reference in registry.events:
        units = {source.unit for source in reference.event.sources} & on_cycles
        if units and reference.event.target in on_cycles:
            yield found(
                reference.merger_id,
                f"{_name(registry, reference.event.target)} is a predecessor of itself",
                ("events", reference.index, "target"), "a source ends before its target begins",
            )  # fmt: skip


def _on_cycles(after: dict[str, set[str]]) -> set[str]:
    """Units left when those without predecessors or successors are taken away, again and again."""
    left = set(after).union(*after.values()) if after else set()
    while True:
        sources = {unit for unit in left if after.get(unit, set()) & left}
        targets = {target for unit in sources for target in after[unit]}
        kept = sources & targets
        if kept == left:
            return kept
        left = kept


def _mergers(registry: Registry) -> Iterator[tuple[str, MergerRecord]]:
    """Merger records that were not withdrawn."""
    return (each for each in registry.of(MergerRecord) if each[1].withdrawn is None)


def _places(merger: MergerRecord) -> dict[str, tuple[str | int, ...]]:
    """Where a unit is a source for the last time: the place that a finding points at."""
    return {
        source.unit: ("events", index, "sources", number)
        for index, event in enumerate(merger.events)
        for number, source in enumerate(event.sources)
        if source.unit is not None
    }


def _rearranged(registry: Registry) -> dict[str, list[Unit]]:
    """Communes, and districts that had none, by unit file."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in registry.units.values():
        island = unit.level == "district" and not registry.children.get(unit.id)
        if unit.level == "commune" or island:
            found[unit.file].append(unit)
    return found


def _name(registry: Registry, unit: str) -> str:
    known = registry.units.get(unit)
    return f"{known.full_name} ({unit})" if known else unit
