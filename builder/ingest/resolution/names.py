"""Which unit each mention means: by type, bracket, reference and what is left over.

Evidence of the text (type, bracket, clauses referred to) decides first and counts as
exact or equivalent; what only follows from the rest (the single candidate left, the
neighbours' district) counts as loose. Where two candidates remain, none is chosen.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from builder.ingest.resolution.grammar import WHOLE, ReadClause, Taken
from builder.ingest.resolution.lists import Mention, Within
from builder.ingest.resolution.spelling import distance, likeness, search_keys
from builder.ingest.resolution.text import key
from builder.models.units import UnitRow

How = Literal["exact", "equivalent", "loose", "unresolved", "place"]


@dataclass
class Named:
    """A mention with the unit it was tied to, and how."""

    event: int  # index of the clause as read; the closing clause gives several
    clause: int
    mention: Mention
    taken: Taken | None  # None for a target
    unit: UnitRow | None = None
    how: How = "unresolved"
    why: str = ""
    candidates: list[UnitRow] = field(default_factory=list)
    expanded: bool = False  # one commune of a district that was named as a whole

    @property
    def takes_all(self) -> bool:
        """Whether it stands for the whole unit, area and population."""
        return self.taken is not None and self.taken.shares == WHOLE

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for mentions that the text does not tell apart."""
        return self.mention.kind, key(self.mention.written), self.mention.own

    @property
    def written(self) -> str:
        own = self.mention.own
        bracket = f" ({own.district_type} …)" if own and own.district else ""
        return " ".join(filter(None, (self.mention.kind, self.mention.written))) + bracket


class Units:
    """The units of one province before and after, by the keys under which texts name them."""

    def __init__(self, rows: Iterable[UnitRow], changeover: object) -> None:
        self.rows = tuple(rows)
        self.present = [row for row in self.rows if row.valid_from == changeover]
        former = [row for row in self.rows if row.valid_from != changeover]
        self.above = {row.code: row for row in former if row.level != "commune"}
        self.former = [row for row in former if row.level == "commune"]
        with_communes = {row.parent for row in self.former}
        # Island districts have no communes: they are themselves what is rearranged.
        self.former += [
            row for row in former if row.level == "district" and row.code not in with_communes
        ]
        self._former_ids = {row.id for row in self.former}
        self.new = [row for row in self.present if row.level == "commune"]
        self.former_by_key = _by_key(self.former)
        self.new_by_key = _by_key(self.new)
        self.districts_by_key = _by_key(row for row in former if row.level == "district")

    def is_former(self, row: UnitRow) -> bool:
        """Whether the row is a unit that clauses rearrange, communes and island districts."""
        return row.id in self._former_ids

    def district(self, row: UnitRow) -> UnitRow | None:
        """The district of a former unit; an island district is its own."""
        return row if row.level == "district" else self.above.get(row.parent or "")

    def lies_within(self, row: UnitRow, within: Within) -> bool:
        """Whether a former unit lies in the district and province that a bracket names."""
        district = self.district(row)
        province = self.above.get(district.parent or "") if district else None
        if within.district and (
            district is None or within.district not in search_keys(district.name)
        ):
            return False
        return not within.province or (
            province is not None and within.province in search_keys(province.name)
        )

    def full_name(self, row: UnitRow) -> str:
        """``xã Hòa Bình, huyện Bình Gia``: the name with what it lies in."""
        district = self.district(row) if self.is_former(row) else None
        name = f"{row.type} {row.name}"
        if district is None or district is row:
            return name
        return f"{name}, {district.type} {district.name}"


def _by_key(rows: Iterable[UnitRow]) -> dict[str, list[UnitRow]]:
    found: dict[str, list[UnitRow]] = defaultdict(list)
    for row in rows:
        for each in search_keys(row.name):
            found[each].append(row)
    return found


class Resolver:
    """Ties the mentions of all clauses of one resolution to units."""

    def __init__(self, units: Units, clauses: list[ReadClause]) -> None:
        self.units = units
        self.sources: list[Named] = []
        self.targets: list[Named] = []
        for index, read in enumerate(clauses):
            for taken in read.sources:
                self._add(index, read.clause.number, taken)
            if read.target is not None:
                self.targets.append(Named(index, read.clause.number, read.target, None))

    def _add(self, event: int, clause: int, taken: Taken) -> None:
        mention = taken.mention
        if mention.kind is None and not mention.known:
            self.sources.append(Named(event, clause, mention, taken, how="place"))
            return
        if mention.upper:
            district = self._whole_district(mention)
            if district is not None and not self.units.is_former(district):
                for row in self.units.former:
                    if row.parent == district.code:
                        self.sources.append(
                            Named(event, clause, mention, taken, row, _level(mention, district),
                                  "every unit of the district", expanded=True)
                        )  # fmt: skip
                return
        self.sources.append(Named(event, clause, mention, taken))

    def _whole_district(self, mention: Mention) -> UnitRow | None:
        rows = self.units.districts_by_key.get(key(mention.written), [])
        same = [row for row in rows if row.type == mention.kind] or rows
        return same[0] if len(same) == 1 else None

    def resolve(self) -> None:
        """Fills in ``unit``, ``how`` and ``why`` of every mention."""
        open_ = [named for named in self.sources if named.how == "unresolved"]
        for named in open_:
            named.candidates = self._candidates(named)
            self._narrow(named)
        self._settle(open_, self._by_reference)
        for rule in (self._by_elimination, self._by_earlier_bracket, self._by_neighbours):
            self._settle(open_, rule)
            self._settle(open_, self._by_elimination)
        self._resolve_targets(strict=True)
        for rule in (self._by_target_code, self._by_spelling):
            self._settle(open_, rule)
            self._settle(open_, self._by_elimination)
        self._by_distance(open_)
        self._resolve_targets(strict=False)

    def _settle(self, open_: list[Named], rule: Callable[[Named], None]) -> None:
        """Applies a rule to what is still open until nothing follows from it any more."""
        changed = True
        while changed:
            changed = False
            for named in open_:
                if named.unit is None and named.candidates:
                    rule(named)
                    changed = changed or named.unit is not None

    def _candidates(self, named: Named) -> list[UnitRow]:
        rows = self.units.former_by_key.get(key(named.mention.written), [])
        like = [row for row in rows if likeness(named.mention.written, row.name) != "loose"]
        same = [row for row in like if row.type == named.mention.kind]
        return same or [row for row in rows if row.type == named.mention.kind] or rows

    def _narrow(self, named: Named) -> None:
        """By the text alone: the bracket, its own or one that it shares with what follows."""
        mention = named.mention
        rows = named.candidates
        for bracket, shared in ((mention.own, False), (mention.later, True)):
            if bracket is None or (shared and (mention.own is not None or len(rows) < 2)):
                continue
            inside = [row for row in rows if self.units.lies_within(row, bracket)]
            if inside:
                rows = inside
            elif not shared and rows:
                named.why = "no unit of this name lies in the district named"
                named.candidates = rows
                return
        named.candidates = rows
        if len(rows) == 1 and not self._is_guess(named, rows[0]):
            self._tie(named, rows[0], _level(mention, rows[0]), named.why)

    def _is_guess(self, named: Named, row: UnitRow) -> bool:
        """A candidate of another type or other letters needs more than its name."""
        return row.type != named.mention.kind or _level(named.mention, row) == "loose"

    def _tie(self, named: Named, row: UnitRow, how: How, why: str) -> None:
        named.unit, named.how, named.why = row, how, why

    def _by_reference(self, named: Named) -> None:
        """A remainder is of a unit that the clauses it refers to took a part of."""
        after = named.taken.after if named.taken else ()
        taken = {other.unit.id for other in self.sources if other.unit and other.clause in after}
        rows = [row for row in named.candidates if row.id in taken]
        if len(rows) == 1:
            self._tie(named, rows[0], _level(named.mention, rows[0]), "by the clauses referred to")

    def _free(self, named: Named) -> list[UnitRow]:
        """Candidates that no other clause has used up."""
        used = {
            other.unit.id
            for other in self.sources
            if other.unit is not None
            and other is not named
            and (named.takes_all or other.takes_all or other.event == named.event)
        }
        return [row for row in named.candidates if row.id not in used]

    def _by_elimination(self, named: Named) -> None:
        rows = self._free(named)
        if len(rows) != 1:
            return
        rivals = [
            other
            for other in self.sources
            if other.unit is None
            and other.identity != named.identity
            and rows[0] in other.candidates
        ]
        if not rivals:
            self._tie(named, rows[0], "loose", "the single candidate left")

    def _by_earlier_bracket(self, named: Named) -> None:
        earlier = named.mention.earlier
        if named.mention.own is None and earlier is not None:
            rows = [row for row in self._free(named) if self.units.lies_within(row, earlier)]
            if len(rows) == 1:
                self._tie(named, rows[0], "loose", "the district of the bracket before it")

    def _by_neighbours(self, named: Named) -> None:
        """The only candidate in a district from which the clause takes other units."""
        districts = self._districts_beside(named)
        rows = [row for row in self._free(named) if row.parent in districts]
        if len(rows) == 1:
            self._tie(named, rows[0], "loose", "the district of the clause's other units")

    def _districts_beside(self, named: Named) -> Counter[str]:
        """Districts of the clause's other units, with their numbers."""
        return Counter(
            other.unit.parent or ""
            for other in self.sources
            if other.event == named.event and other is not named and other.unit is not None
        )

    def _target_code(self, named: Named) -> str | None:
        target = next((each for each in self.targets if each.event == named.event), None)
        return target.unit.code if target and target.unit else None

    def _by_target_code(self, named: Named) -> None:
        code = self._target_code(named)
        rows = [row for row in self._free(named) if row.code == code]
        if len(rows) == 1:
            self._tie(named, rows[0], "loose", "the new unit carries its code")

    def _by_spelling(self, named: Named) -> None:
        """The only free candidate spelt exactly so, where others differ in a tone's place."""
        rows = [r for r in self._free(named) if likeness(named.mention.written, r.name) == "exact"]
        if len(rows) == 1 and not self._is_guess(named, rows[0]):
            self._tie(named, rows[0], "loose", "the only one spelt exactly so")

    def _by_distance(self, open_: list[Named]) -> None:
        """Names that the lists spell otherwise: the one unused unit that is nearly alike."""
        groups: dict[tuple[object, ...], list[Named]] = defaultdict(list)
        for named in open_:
            if named.unit is None:
                groups[named.identity].append(named)
        used = {named.unit.id for named in self.sources if named.unit}
        for same in groups.values():
            near = [row for row in self._near(same[0].mention) if row.id not in used]
            if len(near) > 1:
                near = self._nearest_by_place(same[0], near)
            if len(near) == 1:
                used.add(near[0].id)
                for named in same:
                    self._tie(named, near[0], "loose", f"spelt {near[0].name} in the lists")
            elif not same[0].candidates:
                for named in same:
                    named.candidates = near
        self._last_left(list(groups.values()), used)

    def _near(self, mention: Mention) -> list[UnitRow]:
        """Units of the mention's type, in its bracket's district, spelt nearly so."""
        limit = max(1, len(key(mention.written)) // 4)
        return [
            row for row in self.units.former
            if row.type == mention.kind
            and (mention.own is None or self.units.lies_within(row, mention.own))
            and distance(mention.written, row.name, limit) <= limit
        ]  # fmt: skip

    def _nearest_by_place(self, named: Named, rows: list[UnitRow]) -> list[UnitRow]:
        """Those of the rows that lie in a district of the clause's other units, if any do."""
        districts = self._districts_beside(named)
        code = self._target_code(named)
        return (
            [row for row in rows if row.code == code]
            or [row for row in rows if row.parent in districts]
            or rows
        )

    def alternatives(self, named: Named) -> list[UnitRow]:
        """Units that a mention could mean: of its type and bracket, spelt alike or nearly."""
        mention = named.mention
        same = [
            row for row in self.units.former_by_key.get(key(mention.written), [])
            if row.type == mention.kind
            and (mention.own is None or self.units.lies_within(row, mention.own))
        ]  # fmt: skip
        return list({row.id: row for row in (*same, *self._near(mention))}.values())

    def evidence(self, named: Named, row: UnitRow) -> int:
        """How much the clause's new unit and other units speak for a row: 0 to 3."""
        beside = self._districts_beside(named)
        tied = beside[named.unit.parent or ""] if named.unit else 0
        code = 2 if row.code == self._target_code(named) else 0
        return code + (1 if beside[row.parent or ""] > tied else 0)

    def _last_left(self, groups: list[list[Named]], used: set[str]) -> None:
        """One name without a unit and one unit without a clause belong together."""
        open_ = [same for same in groups if same[0].unit is None]
        left = [row for row in self.units.former if row.id not in used]
        if len(open_) != 1 or len(left) != 1 or left[0].type != open_[0][0].mention.kind:
            return
        for named in open_[0]:
            self._tie(named, left[0], "loose", "the last unit left of the province")

    def _resolve_targets(self, *, strict: bool) -> None:
        formed = {named.unit.id for named in self.targets if named.unit}
        for named in self.targets:
            row = named.unit or self._target(named, formed, strict=strict)
            if row is not None:
                formed.add(row.id)

    def _target(self, named: Named, formed: set[str], *, strict: bool) -> UnitRow | None:
        mention = named.mention
        rows = self.units.new_by_key.get(key(mention.written), [])
        same = [row for row in rows if row.type == mention.kind]
        like = [row for row in same if likeness(mention.written, row.name) != "loose"]
        if len(like) == 1:
            self._tie(named, like[0], _level(mention, like[0]), "")
        elif not strict:
            free = [row for row in (like or same or rows) if row.id not in formed]
            codes = {s.unit.code for s in self.sources if s.event == named.event and s.unit}
            if not free:
                # Every new unit carries the code of one of its sources.
                free = [row for row in self.units.new if row.id not in formed and row.code in codes
                        and row.type == mention.kind]  # fmt: skip
            if len(free) == 1:
                self._tie(named, free[0], "loose", f"listed as {free[0].type} {free[0].name}")
            named.candidates = free
        return named.unit


def _level(mention: Mention, row: UnitRow) -> How:
    found = likeness(mention.written, row.name)
    return "loose" if mention.kind is not None and row.type != mention.kind else found
