"""Mending names that were tied to the wrong one of two like-named units.

A resolution uses up every former unit: once whole, or in parts with one remainder,
and gives the new unit a predecessor's code. Where the names as read break that, and
one change alone makes it hold, the change is made and counted as loose.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from builder.derive.division import Taking, fault
from builder.ingest.resolution.names import Named
from builder.models.units import UnitRow

Alternatives = Callable[[Named], list[UnitRow]]
Evidence = Callable[[Named, UnitRow], int]


@dataclass(frozen=True, slots=True)
class _Move:
    """A name tied to another unit: what it mends, and how much else speaks for it."""

    gain: int
    evidence: int
    named: Named
    row: UnitRow


def broken(named: Iterable[Named]) -> int:
    """How badly the mentions of one unit break its division: 0 if they do not.

    2 if shares do not add up to the unit, 1 if only a reference is not met.
    """
    named = list(named)
    taken = [
        Taking(each.clause, each.taken.shares.area, each.taken.shares.population, each.taken.after)
        for each in named
        if each.taken is not None
    ]
    island = any(each.unit and each.unit.level == "district" for each in named)
    if fault(taken, island=island):
        return 2
    clauses = {each.clause for each in taken}
    return int(any(set(each.after) - clauses for each in taken))


def mend(sources: list[Named], alternatives: Alternatives, evidence: Evidence) -> None:
    """Moves names, one at a time, while one best move makes the whole more consistent."""
    for _ in range(len(sources)):
        held: dict[str, list[Named]] = defaultdict(list)
        for named in sources:
            if named.unit is not None:
                held[named.unit.id].append(named)
        moves = sorted(
            _moves(sources, held, alternatives, evidence),
            key=lambda move: (-move.gain, -move.evidence),
        )
        best = next((move for move in moves if _stands_alone(move, moves)), None)
        if best is None:
            return
        best.named.unit, best.named.how = best.row, "loose"
        best.named.why = "the only reading that uses up every unit once"


def _moves(
    sources: list[Named],
    held: dict[str, list[Named]],
    alternatives: Alternatives,
    evidence: Evidence,
) -> Iterator[_Move]:
    for named in sources:
        if named.taken is None or named.how == "place" or named.expanded:
            continue
        here = held[named.unit.id] if named.unit is not None else []
        before = broken(here) if named.unit is not None else 2
        if not before:
            continue
        without = [other for other in here if other is not named]
        after = broken(without) if named.unit is not None else 0
        for row in alternatives(named):
            if named.unit is not None and row.id == named.unit.id:
                continue
            there = held.get(row.id, [])
            gain = before + broken(there) - after - broken([*there, named])
            if gain > 0:
                yield _Move(gain, evidence(named, row), named, row)


def _stands_alone(move: _Move, moves: list[_Move]) -> bool:
    """Whether no other move as good would mend the same name, or the same units, otherwise."""
    units = {move.row.id, move.named.unit.id if move.named.unit else ""}
    for other in moves:
        if other is move or (other.gain, other.evidence) < (move.gain, move.evidence):
            continue
        touched = {other.row.id, other.named.unit.id if other.named.unit else ""}
        if other.named is move.named or (touched & units) - {""}:
            return False
    return True
