"""Lookup: what a name or a free address means, and where the units it means are on a day.

Puts the matching of names (``match``) and succession together; reading files of addresses
and printing are in ``builder.commands.lookup``.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from builder.derive.lookup.index import build_index
from builder.derive.lookup.match import Match, Matcher
from builder.derive.succession import Answer, Passage, pending, predecessors, successors
from builder.models import Instrument
from builder.models.base import Date
from builder.registry import Registry

__all__ = ["Candidate", "Lookup", "Match"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a query can mean, with what followed it and what it was formed from."""

    match: Match
    after: Answer
    before: Answer

    @property
    def unit(self) -> str:
        return self.match.unit

    @property
    def now(self) -> tuple[str, ...]:
        """The units of the day asked for: those that followed, or the unit itself."""
        if self.after.state == "stands":
            return (self.unit,)
        return tuple(passage.unit for passage in self.after.passages)


class Lookup:
    """Lookups in one registry; the index is built once, on first use."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._answers: dict[tuple[str, Date], tuple[Answer, Answer]] = {}

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(build_index(self.registry))

    def warm(self, on: Date) -> None:
        """Works out beforehand what every unit needs, for those who look many up."""
        for unit in self.registry.units.values():
            self._answer(unit.id, on)
        self.matcher.index.warm()

    def find(self, query: str, on: Date) -> list[Candidate]:
        """Candidates for a name or an address, best first, as they stand on a day.

        Of candidates that are equally good, those that stand on the day come first.
        """
        found = [
            Candidate(match, *self._answer(match.unit, on))
            for match in self.matcher.candidates(query)
        ]
        if len(found) > 1:
            found.sort(key=lambda each: each.after.state != "stands")
        return found

    def _answer(self, unit: str, on: Date) -> tuple[Answer, Answer]:
        known = self._answers.get((unit, on))
        if known is None:
            after = successors(self.registry, unit, on)
            # Before the unit exists: what stood in its place then; later: all it came from.
            day = on if after.state == "not_yet" else None
            known = self._answers[unit, on] = (after, predecessors(self.registry, unit, day))
        return known

    # As data

    def as_json(self, query: str, on: Date, found: list[Candidate]) -> dict[str, Any]:
        """The answer to one query, ready for JSON; dates are ISO, shares of the former unit."""
        return {
            "query": query,
            "on": on.isoformat(),
            "candidates": [
                {
                    "unit": self.unit_json(each.unit),
                    "match": _match_json(each.match),
                    "successors": [self._passage(passage) for passage in each.after.passages],
                    "predecessors": [self._passage(passage) for passage in each.before.passages],
                }
                for each in found
            ],
        }

    def unit_json(self, unit_id: str) -> dict[str, str | None]:
        """A unit with its former district and its province, both with their type."""
        unit = self.registry.units.get(unit_id)
        if unit is None:  # named in a clause, but in no list: 'registry check' finds it
            code, _, start = unit_id.partition("@")
            names = dict.fromkeys(("type", "name", "district", "province"))
            span = {"valid_from": start or None, "valid_to": None}
            return {"id": unit_id, "code": code, **names, **span}
        district, province = self.registry.district(unit), self.registry.province(unit)
        row = unit.row
        return {
            "id": unit.id,
            "code": unit.code,
            "type": row.type,
            "name": unit.name,
            "district": district.full_name if district else None,
            "province": province.full_name if province else None,
            "valid_from": row.valid_from.isoformat() if row.valid_from else None,
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        }

    def _passage(self, passage: Passage) -> dict[str, Any]:
        steps = {
            (step.resolution, step.clause, step.operational_from): {
                "resolution": self.resolution(step.resolution),
                "clause": step.clause,
                "adopted": step.adopted.isoformat(),
                "operational_from": step.operational_from.isoformat(),
            }
            for step in passage.path
        }
        found = {
            "unit": self.unit_json(passage.unit),
            "area": passage.area,
            "population": passage.population,
            "path": list(steps.values()),
        }
        # Said only where it is so: the clauses do not tell how much it is, if anything.
        return found if passage.certain else {**found, "certain": False}

    def resolution(self, record_id: str) -> str:
        """The number of a resolution, or its id where the number is not recorded."""
        instrument = self.registry.get(record_id, Instrument)
        return (instrument.number if instrument else None) or record_id

    def pending(self, unit: str, on: Date) -> list[str]:
        """Resolutions adopted by the day that take the unit only later, with that day."""
        steps = pending(self.registry, unit, on)
        return list(
            dict.fromkeys(
                f"{self.resolution(step.resolution)} from {step.operational_from}" for step in steps
            )
        )


def _match_json(match: Match) -> dict[str, str]:
    return {
        "name": match.name,
        "type": match.type,
        "district": match.district,
        "province": match.province,
        "ignored": match.ignored,
        "explanation": match.explain(),
    }
