"""What a reading reports: counts, what was not read exactly, and the invariants."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.findings import counted
from builder.ingest.resolution.clauses import Clause
from builder.ingest.resolution.grammar import ReadClause
from builder.ingest.resolution.invariants import Invariant
from builder.ingest.resolution.names import Named, Resolver, Units
from builder.models.mergers import MergerEvent


@dataclass(frozen=True)
class Report:
    """The report on one text; ``fine`` if all was read and every invariant holds."""

    file: str
    clauses: int
    events: int
    pairs: int
    places: tuple[str, ...]
    resolved: dict[str, int]
    equivalent: tuple[str, ...]
    loose: tuple[str, ...]
    unresolved: tuple[str, ...]
    unread: tuple[str, ...]
    inferred: tuple[str, ...]
    invariants: tuple[Invariant, ...]

    @classmethod
    def of(
        cls,
        file: str,
        clauses: Sequence[Clause],
        events: Sequence[MergerEvent],
        resolver: Resolver,
        reads: Sequence[ReadClause],
        invariants: Sequence[Invariant],
        units: Units,
        inferred: Sequence[str],
    ) -> "Report":
        """Collects what the steps of the reading found."""
        named = [*resolver.sources, *resolver.targets]
        counts = Counter(each.how for each in named)
        return cls(
            file=file,
            clauses=len(clauses),
            events=len(events),
            pairs=sum(source.unit is not None for event in events for source in event.sources),
            places=tuple(
                f"clause {each.clause}: {each.mention.written}"
                for each in named if each.how == "place"
            ),
            resolved={how: counts[how] for how in ("exact", "equivalent", "loose", "unresolved")},
            equivalent=tuple(_told(each, units) for each in named if each.how == "equivalent"),
            loose=tuple(_told(each, units) for each in named if each.how == "loose"),
            unresolved=tuple(_told(each, units) for each in named if each.how == "unresolved"),
            unread=tuple(
                f"clause {read.clause.number}: {words}" for read in reads for words in read.unread
            ),
            inferred=tuple(inferred),
            invariants=tuple(invariants),
        )  # fmt: skip

    @property
    def fine(self) -> bool:
        whole = not self.unresolved and not self.unread
        return whole and all(each.holds or each.advisory for each in self.invariants)

    def json(self) -> dict[str, object]:
        """The report for programs."""
        return {
            "file": self.file,
            "clauses": self.clauses,
            "events": self.events,
            "pairs": self.pairs,
            "resolved": self.resolved,
            "by_equivalence": list(self.equivalent),
            "loosely": list(self.loose),
            "unresolved": list(self.unresolved),
            "unread": list(self.unread),
            "inferred": list(self.inferred),
            "places": list(self.places),
            "invariants": [
                {"id": each.id, "says": each.says, "holds": each.holds, "breaks": list(each.breaks)}
                for each in self.invariants
            ],
            "fine": self.fine,
        }

    def lines(self) -> Iterator[str]:
        """The report for people."""
        yield (
            f"{counted(self.clauses, 'clause')}, {counted(self.events, 'event')}, "
            f"{counted(self.pairs, 'pair')}; units resolved: "
            f"{self.resolved['exact']} exactly, {self.resolved['equivalent']} by equivalence, "
            f"{self.resolved['loose']} loosely, {self.resolved['unresolved']} not at all"
        )
        for title, entries in (
            ("by equivalence", self.equivalent), ("loosely", self.loose),
            ("not resolved", self.unresolved), ("not read", self.unread),
            ("inferred", self.inferred), ("no unit", self.places),
        ):  # fmt: skip
            yield from (f"  {title}: {entry}" for entry in entries)
        for each in self.invariants:
            state = "holds" if each.holds else "DIFFERS" if each.advisory else "FAILS"
            yield f"  {state}: {each.says} [{each.id}]"
            yield from (f"    {entry}" for entry in each.breaks)


def _told(named: Named, units: Units) -> str:
    told = f"clause {named.clause}: {named.written}"
    if named.unit is not None:
        told += f" → {named.unit.id} {units.full_name(named.unit)}"
    elif named.candidates:
        told += " (candidates: " + ", ".join(
            f"{row.id} {units.full_name(row)}" for row in named.candidates[:6]
        ) + ")"  # fmt: skip
    else:
        told += " (no unit of this name)"
    return told + (f"; {named.why}" if named.why else "")
