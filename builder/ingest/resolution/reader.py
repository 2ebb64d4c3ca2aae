"""A resolution's text and a province's units into a merger record and a report.

No files are read or written here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from builder.findings import RegistryError
from builder.ingest.resolution.clauses import Clause, Header, read_header, split_clauses
from builder.ingest.resolution.consistency import mend
from builder.ingest.resolution.grammar import WHOLE, ReadClause, Taken, names_target, read_clause
from builder.ingest.resolution.invariants import UNCHANGED, check, read_totals
from builder.ingest.resolution.lists import Lexicon, read_list
from builder.ingest.resolution.names import Named, Resolver, Units
from builder.ingest.resolution.report import Report
from builder.ingest.resolution.spelling import equivalence_form
from builder.ingest.resolution.text import Text
from builder.models import MergerRecord, Resolution
from builder.models.base import Source, Unknown
from builder.models.codes import EventKind
from builder.models.instruments import Dates
from builder.models.mergers import MergerEvent, MergerSource, Totals
from builder.models.units import UnitRow

_DEFAULT_START = dt.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the text came from, and the record of the body that issued it, if there is one."""

    file_name: str
    publisher: str | None = None
    url: str | None = None
    issuer: str | None = None


@dataclass(frozen=True)
class Reading:
    """What came out of one text; ``record`` is None if no clause could be read."""

    record: MergerRecord | None
    path: str
    resolution: Resolution  # the resolution's own record, as far as the text gives it
    report: Report
    names: dict[str, str]  # readable names of the units, by id


def read_resolution(text: Text, rows: Iterable[UnitRow], origin: Origin) -> Reading:
    """Reads one resolution against the units of its province, former and present."""
    header = read_header(text, origin.file_name)
    start = header.operational_from or _DEFAULT_START
    units = Units(rows, start)
    clauses = split_clauses(text)
    totals, reads = _read_all(text, clauses, units)
    resolver = Resolver(units, reads)
    resolver.resolve()
    mend(resolver.sources, resolver.alternatives, resolver.evidence)
    inferred = _whole_after_all(resolver.sources)
    events, dropped = _events(reads, resolver)
    invariants, exceptions = check(clauses, events, totals, units)
    report = Report.of(
        origin.file_name, clauses, events, resolver, reads, invariants, units,
        [*_lost_numbers(clauses), *inferred, *dropped],
    )  # fmt: skip
    if header.number is None or header.adopted is None:
        what = "number" if header.number is None else "date of adoption"
        raise RegistryError(
            f"{origin.file_name}: the text names no {what}",
            "name the file like 1672_NQ-UBTVQH15.md, and see that its head and foot are there",
        )
    slug = f"{header.number}-nq-ubtvqh{header.term}"
    path = f"mergers/{header.adopted.year}/{slug}"
    province = _province(units)
    names = {row.id: units.full_name(row) for row in units.rows}
    title = _title(province, header.adopted.year)
    resolution = _resolution(header, header.adopted, province, title, origin)
    if not events:
        return Reading(None, path, resolution, report, names)
    record = MergerRecord(
        title=f"Sắp xếp {title}",
        resolution=f"resolutions/trung-uong/{header.adopted.year}/{slug}",
        article=1,
        province=province.id,
        adopted=header.adopted,
        operational_from=start,
        totals=totals,
        split_exceptions=exceptions,
        events=tuple(events),
        access="public",
        sources=(_source(header, origin, ("events", "totals", "adopted", "operational_from")),),
        verified=False,
        as_of=header.adopted,
        unknown=_unresolved(resolver),
    )
    return Reading(record, path, resolution, report, names)


def _unresolved(resolver: Resolver) -> tuple[Unknown, ...]:
    """The names that lead to no unit, each with its clause."""
    return tuple(
        Unknown(field=f"events (khoản {named.clause})", why=f"chưa xác định được “{named.written}”")
        for named in (*resolver.sources, *resolver.targets)
        if named.how == "unresolved"
    )


def _province(units: Units) -> UnitRow:
    """The one province of the file that goes on."""
    for row in units.rows:
        if row.level == "province" and row.valid_to is None:
            return row
    raise RegistryError("the unit file has no present province", "run 'registry ingest units'")


def _resolution(
    header: Header, adopted: dt.date, province: UnitRow, title: str, origin: Origin
) -> Resolution:
    """The resolution's own record: title, number and dates, which the text gives."""
    return Resolution(
        title=f"Nghị quyết về việc sắp xếp {title}",
        type="NQ",
        number=f"{header.number}/NQ-UBTVQH{header.term}",
        regime="administrative",
        issuer=origin.issuer,
        stage="adopted",
        dates=Dates(adopted=adopted, effective=adopted if header.in_force_from_adoption else None),
        territory=(province.id,),
        access="public",
        sources=(_source(header, origin, ("title", "number", "dates")),),
        verified=False,
        as_of=adopted,
    )


def _title(province: UnitRow, year: int) -> str:
    kind = "thành phố" if province.type == "thành phố trực thuộc trung ương" else province.type
    return f"các đơn vị hành chính cấp xã của {kind} {province.name} năm {year}"


def _source(header: Header, origin: Origin, supports: tuple[str, ...]) -> Source:
    return Source(
        kind="dataset",
        title=f"Nghị quyết số {header.number}/NQ-UBTVQH{header.term}",
        publisher=origin.publisher,
        url=origin.url,
        supports=supports,
        note=f"Bản chuyển đổi (tệp {origin.file_name}), chưa đối chiếu với bản chính thức.",
    )


def _read_all(
    text: Text, clauses: list[Clause], units: Units
) -> tuple[Totals | None, list[ReadClause]]:
    """Every clause read; the closing one gives totals and one reading for each unit it keeps."""
    former = Lexicon.of([*units.former, *units.above.values()])
    present = Lexicon.of([*units.new, *units.above.values()])
    totals: Totals | None = None
    reads: list[ReadClause] = []
    for clause in clauses:
        closing = read_totals(text, clause)
        kept = UNCHANGED.search(text.folded, clause.start, clause.end)
        if closing is None and (kept is None or names_target(text, clause)):
            reads.append(read_clause(text, clause, former, present))
            continue
        totals = totals or closing
        listed = read_list(text, kept.end() if kept else clause.end, clause.end, former)
        reads += [
            ReadClause(clause, (Taken(mention, WHOLE),), mention) for mention in listed.mentions
        ]
        if listed.unread:
            reads.append(ReadClause(clause, (), None, tuple(listed.unread)))
    return totals, reads


def _lost_numbers(clauses: list[Clause]) -> list[str]:
    return [
        f"clause {clause.number}: its number was lost and follows from the order"
        for clause in clauses
        if not clause.numbered
    ]


def _whole_after_all(sources: list[Named]) -> list[str]:
    """Names that stand behind another under "một phần … của" but that no other clause divides.

    Such a unit goes over whole: the formula was meant for the name before it.
    Changes them, and tells which.
    """
    by_unit: dict[str, list[Named]] = defaultdict(list)
    for named in sources:
        if named.unit:
            by_unit[named.unit.id].append(named)
    told = []
    for same in by_unit.values():
        taken = same[0].taken
        if len(same) == 1 and taken and taken.shared_formula and taken.shares != WHOLE:
            same[0].taken = replace(taken, shares=WHOLE)
            told.append(f"clause {same[0].clause}: {same[0].written} read as whole, "
                        "no other clause divides it")  # fmt: skip
    return told


def _events(reads: list[ReadClause], resolver: Resolver) -> tuple[list[MergerEvent], list[str]]:
    targets = {named.event: named for named in resolver.targets}
    sources: dict[int, list[Named]] = defaultdict(list)
    for named in resolver.sources:
        sources[named.event].append(named)
    events: list[MergerEvent] = []
    dropped: list[str] = []
    for index, read in enumerate(reads):
        target = targets.get(index)
        parts = [part for named in sources[index] if (part := _source_of(named))]
        if target is None or target.unit is None or not parts:
            if read.sources or read.target:
                missing = "the new unit" if parts else "what it takes"
                dropped.append(f"clause {read.clause.number}: {missing} is not known")
            elif not read.unread:
                dropped.append(f"clause {read.clause.number}: nothing could be read")
            continue
        events.append(
            MergerEvent(
                clause=read.clause.number,
                kind=_kind(sources[index], target.unit),
                sources=tuple(parts),
                target=target.unit.id,
                digest=read.clause.digest,
            )
        )
    return events, dropped


def _source_of(named: Named) -> MergerSource | None:
    place = named.mention.written if named.how == "place" else None
    if named.taken is None or (named.unit is None and place is None):
        return None
    return MergerSource(
        unit=named.unit.id if named.unit else None,
        place=place,
        area=named.taken.shares.area,
        population=named.taken.shares.population,
        after=named.taken.after,
    )


def _is_island(named: Named) -> bool:
    """Whether a district without communes is meant, with its area at least."""
    district = named.unit is not None and named.unit.level == "district"
    return district and named.taken is not None and named.taken.shares.area == "whole"


def _kind(sources: list[Named], target: UnitRow) -> EventKind:
    unit = sources[0].unit
    if len(sources) > 1 or unit is None or not (sources[0].takes_all or _is_island(sources[0])):
        return "merge"
    if unit.type != target.type:
        return "retype"
    same = equivalence_form(unit.name) == equivalence_form(target.name)
    return "unchanged" if same else "rename"
