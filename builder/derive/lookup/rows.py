"""What a lookup adds to one row of a table of addresses: short cells that hide nothing.

Reading and writing the table is in ``builder.export.addresses``.
"""

from dataclasses import dataclass

from builder.derive.lookup import Candidate, Lookup
from builder.derive.succession import Passage
from builder.models.base import Date

COLUMNS = ("matched_id", "match", "new_codes", "new_units", "ambiguous", "note")
_BETWEEN = ";"
_NAMED = 3  # candidates named in a note


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """The cells in the order of ``COLUMNS``, and what to count the row as."""

    cells: tuple[str, str, str, str, str, str]
    found: bool
    ambiguous: bool


class Rows:
    """Answers for rows on one day; what is the same for a unit is written once."""

    def __init__(self, lookup: Lookup, on: Date) -> None:
        self.lookup = lookup
        self.on = on
        self._notes: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def answer(self, address: str) -> RowAnswer:
        """The cells for one address.

        ``matched_id`` are the units that it can mean, ``new_codes`` and ``new_units`` all
        units of the day in which something of them is. ``ambiguous`` is ``yes`` where these
        are not one: a divided unit, or units of one name that went different ways. Where
        the address speaks against the only units of its name, none is matched.
        """
        found = self.lookup.find(address, self.on)
        if not found:
            note = "no unit of this name" if address.strip() else "nothing to look up"
            return RowAnswer(("", "none", "", "", "no", note), False, False)
        if not found[0].match.sound:
            note = f"not matched, {found[0].match.explain()}: {self._named(found)}"
            return RowAnswer(("", "doubtful", "", "", "yes", note), False, True)
        now = [each.now for each in found]
        units = list(dict.fromkeys(unit for each in now for unit in each))
        several = len({frozenset(each) for each in now}) > 1
        unclear = any(not passage.certain for each in found for passage in each.after.passages)
        ambiguous = several or unclear or len(units) > 1
        cells = (
            _BETWEEN.join(each.unit for each in found),
            found[0].match.explain(),
            _BETWEEN.join(unit.partition("@")[0] for unit in units),
            f"{_BETWEEN} ".join(map(self._name, units)),
            "yes" if ambiguous else "no",
            self._note(found, several),
        )
        return RowAnswer(cells, True, ambiguous)

    def _note(self, found: list[Candidate], several: bool) -> str:
        if len(found) == 1:
            return self._note_of(found[0])
        said = f"{len(found)} units can be meant: {self._named(found)}"
        if not several:
            return f"{said}; they are in the same place now. {self._note_of(found[-1])}"
        return f"{said}; add the former district, the type or the province"

    def _named(self, found: list[Candidate]) -> str:
        names = [self.full_name(each.unit) for each in found[:_NAMED]]
        more = len(found) - len(names)
        return ", ".join(names) + (f" and {more} more" if more > 0 else "")

    def _note_of(self, candidate: Candidate) -> str:
        known = self._notes.get(candidate.unit)
        if known is None:
            known = self._notes[candidate.unit] = self._explain(candidate)
        return known

    def _explain(self, candidate: Candidate) -> str:
        after = candidate.after
        if after.state == "stands":
            pending = self.lookup.pending(candidate.unit, self.on)
            return f"until operation begins: {', '.join(pending)}" if pending else "stands"
        if after.state == "not_yet":
            return "does not exist yet on this day"
        if after.state == "unknown":
            return "ended; no record says what followed"
        taken = [self._taken(passage) for passage in after.passages]
        return (f"divided into {len(taken)}: " if len(taken) > 1 else "") + ", ".join(taken)

    def _taken(self, passage: Passage) -> str:
        steps = dict.fromkeys(
            f"clause {step.clause} of {self.lookup.resolution(step.resolution)}"
            for step in passage.path
        )
        share: str = passage.area
        if passage.area != passage.population:
            share = f"area {passage.area}, population {passage.population}"
        sure = "" if passage.certain else ", not certain"
        return f"{self._name(passage.unit)} ({share}{sure}; {', '.join(steps)})"

    def _name(self, unit_id: str) -> str:
        known = self._names.get(unit_id)
        if known is None:
            unit = self.lookup.registry.units.get(unit_id)
            known = self._names[unit_id] = unit.full_name if unit else unit_id
        return known

    def full_name(self, unit_id: str) -> str:
        """Type and name, district and province, and the time that it stood."""
        facts = self.lookup.unit_json(unit_id)
        above = [part for part in (facts["district"], facts["province"]) if part]
        last, first = facts["valid_to"], facts["valid_from"]
        time = f" (until {last})" if last else f" (from {first})" if first else ""
        return ", ".join([self._name(unit_id), *above]) + time
