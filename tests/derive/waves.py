"""Linked registries of the fictional province Ví Dụ, made in memory from tables of clauses."""

import datetime as dt
from pathlib import Path

from builder.models import MergerRecord, UnitFile
from builder.models.base import Record, Source
from builder.models.codes import Share
from builder.models.mergers import MergerEvent, MergerSource
from builder.models.units import UnitRow
from builder.registry import Entry, Registry

FIRST = dt.date(2025, 7, 1)
SECOND = dt.date(2026, 4, 30)
SOURCE = Source(kind="dataset", title="Dữ liệu thử", supports=("tất cả",))
COMMON = {"access": "public", "sources": (SOURCE,), "verified": False, "as_of": FIRST}
DAY = dt.timedelta(days=1)

Clause = tuple[str, list[tuple[str | None, Share, Share]]]


def unit(code: str, name: str, kind: str = "xã", **fields: object) -> UnitRow:
    return UnitRow.model_validate({"code": code, "type": kind, "name": name, **fields})


def wave(
    clauses: list[Clause],
    *,
    day: dt.date = FIRST,
    kind: str = "merge",
    adopted: dt.date | None = None,
) -> MergerRecord:
    """A resolution: (target, [(source or None for a place, area, population)]) per clause."""
    events = tuple(
        MergerEvent(
            clause=number,
            kind=kind,
            target=target,
            digest="0" * 64,
            sources=tuple(
                MergerSource(unit=source, area=area, population=people)
                if source
                else MergerSource(place="Bãi bồi", area=area, population=people)
                for source, area, people in sources
            ),
        )
        for number, (target, sources) in enumerate(clauses, 1)
    )
    return MergerRecord(
        **COMMON,
        title="Sắp xếp đơn vị hành chính cấp xã của tỉnh Ví Dụ",
        resolution=f"resolutions/trung-uong/{day.year}/thu-{day.isoformat()}",
        province="99@",
        adopted=adopted or day - 15 * DAY,
        operational_from=day,
        events=events,
    )


def registry(units: list[UnitRow], *mergers: MergerRecord) -> Registry:
    """The graph of one unit file and some merger records."""
    records: dict[str, Record] = {
        "units/vi-du": UnitFile(**COMMON, province="Tỉnh Ví Dụ", units=tuple(units))
    }
    for number, merger in enumerate(mergers):
        records[f"mergers/{merger.operational_from.year}/thu-{number}"] = merger
    entries = {
        record_id: Entry(record_id, f"registry/{record_id}.yaml", record, "0" * 64)
        for record_id, record in records.items()
    }
    return Registry(Path(), entries)


def chain(*waves: list[Clause], days: tuple[dt.date, ...] = (FIRST, SECOND)) -> Registry:
    """Waves on given days; every unit named in a clause gets a row that fits its id."""
    last: dict[str, dt.date] = {}
    ids: dict[str, None] = {}
    for day, clauses in zip(days, waves, strict=False):
        for target, sources in clauses:
            for source, _, _ in sources:
                if source:
                    ids[source] = None
                    last[source] = day - DAY
            ids[target] = None
    units = [unit("99", "Ví Dụ", "tỉnh")]
    for each in ids:
        code, _, start = each.partition("@")
        fields = {"parent": "99", "valid_to": last.get(each)}
        if start:
            fields["valid_from"] = dt.date.fromisoformat(start)
        units.append(unit(code, f"Số {code}", **fields))
    return registry(
        units, *(wave(clauses, day=day) for day, clauses in zip(days, waves, strict=False))
    )
