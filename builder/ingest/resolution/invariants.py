"""What must hold of a resolution that was read whole and right.

Each invariant is named, said in one sentence, and lists what breaks it.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from builder.derive.division import (
    fault,
    is_island,
    missed_references,
    people_apart,
    takings,
)
from builder.ingest.resolution.clauses import Clause
from builder.ingest.resolution.names import Units
from builder.ingest.resolution.text import Text
from builder.models.mergers import MergerEvent, SplitException, Totals

_TYPES = {"xa": "xa", "phuong": "phuong", "dackhu": "dac_khu"}
_COUNT = re.compile(r"(\d{1,3})(xa|phuong|dackhu)")
_COUNT_ANY = re.compile(r"(\d{1,3})(?:xa|phuong|dackhu|donvi)")
_ALL = re.compile(r"co(?:tongso|tatca)?(\d{1,3})(?:\([a-z]{1,60}\))?donvihanhchinh(?=capxa|gom|,)")
_FORMED = re.compile(r"trongdo|hinhthanhsau|doitenquidinh|dieunai")
UNCHANGED = re.compile(
    r"(?:khong(?:phai)?(?:thuchien)?(?:viec)?sapxep|giunguien)(?:la|gom|bao|co|:|,)*"
)


@dataclass(frozen=True, slots=True)
class Invariant:
    """One invariant and what breaks it; it holds if nothing does."""

    id: str
    says: str
    breaks: tuple[str, ...] = ()
    advisory: bool = False  # a drafter's slip breaks it too: told, but no failure

    @property
    def holds(self) -> bool:
        return not self.breaks


def read_totals(text: Text, clause: Clause) -> Totals | None:
    """What the closing clause counts; None if it gives no total."""
    folded = text.folded[clause.start : clause.end]
    total = _ALL.search(folded)
    if total is None:
        return None
    parts = folded.find("trongdo", total.end())
    gone = UNCHANGED.search(folded)
    counts = Counter[str]()
    for number, kind in _COUNT.findall(
        folded, total.end(), parts if parts >= 0 else gone.start() if gone else len(folded)
    ):
        counts[_TYPES[kind]] += int(number)
    unchanged = 0
    if gone and parts >= 0:
        begin = max(found.end() for found in _FORMED.finditer(folded, parts, gone.start()))
        unchanged = sum(map(int, _COUNT_ANY.findall(folded, begin, gone.start())))
    return Totals(
        clause=clause.number, units=int(total[1]), unchanged=unchanged, digest=clause.digest,
        **counts,
    )  # fmt: skip


def check(
    clauses: list[Clause], events: list[MergerEvent], totals: Totals | None, units: Units
) -> tuple[list[Invariant], tuple[SplitException, ...]]:
    """All invariants over the events, and the divided units without the usual remainder."""
    splits, exceptions = _splits(events, units)
    return [
        _contiguous(clauses),
        _totals(events, totals, units),
        splits,
        _references(events, units),
        _former_used(events, units),
        _new_formed(events, units),
        _codes(events, units),
    ], exceptions


def _contiguous(clauses: list[Clause]) -> Invariant:
    numbers = [clause.number for clause in clauses]
    breaks = [
        f"clause {number} stands where clause {index} is due"
        for index, number in enumerate(numbers, 1)
        if number != index
    ]
    return Invariant(
        "clauses-contiguous", "clauses are numbered from 1 without a gap", tuple(breaks[:5])
    )


def _totals(events: list[MergerEvent], totals: Totals | None, units: Units) -> Invariant:
    says = "units formed and unchanged are as many as the closing clause counts"
    if totals is None:
        return Invariant("totals", says, ("no closing clause with totals was found",))
    types = {row.id: row.type for row in units.new}
    formed = Counter(types.get(event.target, "?") for event in events)
    unchanged = sum(event.clause == totals.clause for event in events)
    pairs = (
        ("units", totals.units, len(events)), ("xã", totals.xa, formed["xã"]),
        ("phường", totals.phuong, formed["phường"]), ("đặc khu", totals.dac_khu, formed["đặc khu"]),
        ("unchanged", totals.unchanged, unchanged),
    )  # fmt: skip
    return Invariant(
        "totals",
        says,
        tuple(f"{name}: {said} said, {read} read" for name, said, read in pairs if said != read),
    )


def _splits(
    events: list[MergerEvent], units: Units
) -> tuple[Invariant, tuple[SplitException, ...]]:
    breaks: list[str] = []
    exceptions: list[SplitException] = []
    names = _namer(units)
    for unit, taken in sorted(takings(events).items()):
        wrong = fault(taken, island=is_island(unit))
        if wrong == "partial":
            breaks.append(f"{names(unit)}: clause {taken[0].clause} takes a part, none the rest")
        elif wrong == "remainder":
            shown = ", ".join(f"{each.clause}: {each.area}/{each.population}" for each in taken)
            breaks.append(f"{names(unit)}: not one remainder (clauses {shown})")
        elif people_apart(taken):
            clauses = tuple(each.clause for each in taken)
            why = "toàn bộ diện tích về một đơn vị, quy mô dân số chia cho các đơn vị khác"
            exceptions.append(SplitException(unit=unit, clauses=clauses, why=why))
    invariant = Invariant("one-remainder", "a divided unit has one remainder", tuple(breaks))
    return invariant, tuple(exceptions)


def _references(events: list[MergerEvent], units: Units) -> Invariant:
    breaks = []
    names = _namer(units)
    for unit, taken in sorted(takings(events).items()):
        for each, others in missed_references(taken):
            said, found = (", ".join(map(str, sorted(n))) for n in (each.after, others))
            breaks.append(
                f"{names(unit)}: clause {each.clause} refers to {said}, "
                f"parts are taken in {found or 'none'}"
            )
    return Invariant(
        "references", "a remainder refers to the clauses that took the parts", tuple(breaks),
        advisory=True,
    )  # fmt: skip


def _former_used(events: list[MergerEvent], units: Units) -> Invariant:
    used = set(takings(events))
    left = [units.full_name(row) for row in units.former if row.id not in used]
    return Invariant("former-used-up", "every former unit is named by a clause", tuple(left))


def _new_formed(events: list[MergerEvent], units: Units) -> Invariant:
    formed = Counter(event.target for event in events)
    breaks = [
        f"{row.type} {row.name} is formed {formed[row.id] or 'by no clause'}"
        + (" times" if formed[row.id] else "")
        for row in units.new
        if formed[row.id] != 1
    ]
    return Invariant("new-formed-once", "every new unit is formed by one clause", tuple(breaks))


def _codes(events: list[MergerEvent], units: Units) -> Invariant:
    """A code that no former unit bore (an island district's new one) cannot be a predecessor's."""
    former = {row.code for row in units.former}
    breaks = []
    for event in events:
        code = event.target.partition("@")[0]
        codes = {source.unit.partition("@")[0] for source in event.sources if source.unit}
        if code in former and code not in codes:
            breaks.append(f"clause {event.clause}: the code {code} is no predecessor's")
    says = "a new unit carries a predecessor's code"
    return Invariant("code-of-predecessor", says, tuple(breaks))


def _namer(units: Units) -> Callable[[str], str]:
    names = {row.id: units.full_name(row) for row in units.former}
    return lambda unit: names.get(unit, unit)
