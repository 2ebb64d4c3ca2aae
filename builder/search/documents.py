"""What a record is for search: one SearchDoc for each record, unit and person.

Facts of the graph only; how they are indexed is in the modules beside this one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from builder.derive.addresses import person_address, record_address, unit_address
from builder.derive.force import states_of
from builder.derive.succession import predecessors, successors
from builder.derive.verdicts import State, state_in
from builder.models import (
    Body,
    Instrument,
    Meeting,
    MergerRecord,
    Requirement,
    UnitFile,
)
from builder.models.base import Date
from builder.models.codes import LABELS
from builder.models.rules import ContinuityRule
from builder.registry import Entry, Registry, Unit
from builder.search.fold import PARTS
from builder.store.files import read_bytes

PEOPLE = "people"
# In the order in which equal answers are given.
KINDS = (
    "units", "mergers", "resolutions", "regulations", "documents", "meetings",
    "requirements", "bodies", PEOPLE, "rules",
)  # fmt: skip
BLOCKS = ("party", "government", "front")
STAGES = ("draft", "trial", "adopted", "official", "withdrawn")
CENTRAL = "trung-uong"
MAX_TEXT = 2_000_000
_SHARES = {"whole": "toàn bộ", "part": "một phần", "rest": "phần còn lại", "none": ""}


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as records refer to it: its name, its former names, its province."""

    id: str
    name: str
    former: tuple[str, ...] = ()
    province: str = ""

    @property
    def names(self) -> str:
        """All names by which records of the unit are found."""
        return PARTS.join((self.name, *self.former, self.province))


@dataclass(frozen=True, slots=True)
class SearchDoc:
    """One record, unit or person, as search sees it.

    ``key`` is unique and stable; ``address`` counts from the site's root; ``shard`` is the
    slug of the province; ``type`` is a label; ``name`` the bare name of a unit; ``also``
    holds further names to be found by; ``note`` is a line to show; ``date`` is the day to
    sort by, ISO or empty; ``states`` are those of a document over time
    (``builder.derive.verdicts.states_code``); ``text`` is all else that is worth finding.
    """

    title: str
    key: str = ""
    address: str = ""
    shard: str = ""
    kind: str = ""
    number: str = ""
    type: str = ""
    type_code: str = ""
    blocks: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    issuer: str = ""
    date: str = ""
    stage: str = ""
    states: str = ""
    name: str = ""
    also: tuple[str, ...] = ()
    note: str = ""
    text: str = field(default="", repr=False)

    @property
    def year(self) -> str:
        return self.date[:4]

    def state(self, day: Date) -> State | None:
        """The state of force of a document on a day; other records have none."""
        return state_in(self.states, day) if self.states else None


_Values = tuple[SearchDoc, Iterable[str | None]]  # with the texts that are worth finding


class Documents:
    """The SearchDocs of a registry.

    Internal records are left out by giving the registry of a site for the public.
    """

    def __init__(self, registry: Registry, *, texts: bool = True) -> None:
        self._registry = registry
        self._texts = texts
        self._places: dict[str, Place] = {}

    def __iter__(self) -> Iterator[SearchDoc]:
        """All documents in order of kind and key."""
        by_kind: dict[str, list[SearchDoc]] = defaultdict(list)
        for entry in self._registry.entries.values():
            if isinstance(entry.record, UnitFile):
                continue
            by_kind[entry.record.kind].append(self._record(entry))
        by_kind["units"] = [self._unit(unit) for unit in self._registry.units.values()]
        by_kind[PEOPLE] = list(self._people())
        for kind in sorted(by_kind, key=kind_order):
            yield from sorted(by_kind[kind], key=lambda doc: doc.key)

    def _shard(self, record_id: str) -> str:
        """The slug of the province, which is the folder below the kind."""
        slug = record_id.split("/", 2)[1]
        return slug if f"units/{slug}" in self._registry.entries else CENTRAL

    # Units

    def place(self, unit_id: str) -> Place:
        """The names of a unit that records refer to; an unknown one is named by its id."""
        found = self._places.get(unit_id)
        if found is None:
            unit = self._registry.units.get(unit_id)
            found = Place(unit_id, unit_id) if unit is None else self._make_place(unit)
            self._places[unit_id] = found
        return found

    def _make_place(self, unit: Unit) -> Place:
        province = self._registry.province(unit)
        former = () if unit.level == "province" else self._former_names(unit)
        return Place(
            unit.id,
            unit.full_name,
            former,
            province.full_name if province is not None and province is not unit else "",
        )

    def _former_names(self, unit: Unit) -> tuple[str, ...]:
        known = self._registry.units
        names = (
            known[passage.unit].full_name
            for passage in predecessors(self._registry, unit.id).passages
            if passage.unit in known
        )
        return tuple(dict.fromkeys(name for name in names if name != unit.full_name))

    def _unit(self, unit: Unit) -> SearchDoc:
        registry = self._registry
        above = [u for u in (registry.district(unit), registry.province(unit)) if u and u != unit]
        now = _now(registry, unit)
        start = unit.row.valid_from
        return SearchDoc(
            key=f"{unit.file}/{unit.id}",
            address=unit_address(unit),
            shard=self._shard(unit.file),
            kind="units",
            title=unit.full_name,
            type=LABELS["unit_type"][unit.row.type],
            units=tuple(target for target, _ in now) or (unit.id,),
            date=start.isoformat() if start else "",
            name=unit.name,
            also=(
                *(registry.units[target].full_name for target, _ in now),
                *(u.full_name for u in above),
                unit.code,
            ),
            note=_unit_note(registry, unit, above, now),
        )

    # Records

    def _record(self, entry: Entry) -> SearchDoc:
        record = entry.record
        doc, text = self._values(entry)
        return replace(
            doc,
            key=entry.id,
            address=record_address(entry.id),
            shard=self._shard(entry.id),
            kind=type(record).kind,
            stage="withdrawn" if record.withdrawn is not None else doc.stage,
            text="\n".join(part for part in text if part),
        )

    def _values(self, entry: Entry) -> _Values:
        record = entry.record
        if isinstance(record, Instrument):
            return self._instrument(entry, record)
        if isinstance(record, Meeting):
            return self._meeting(record)
        if isinstance(record, Body):
            return _body(record)
        if isinstance(record, MergerRecord):
            return self._merger(record)
        if isinstance(record, Requirement):
            return _requirement(record)
        if isinstance(record, ContinuityRule):
            return SearchDoc(title=record.title), (record.says,)
        return SearchDoc(title=entry.id), ()

    def _instrument(self, entry: Entry, record: Instrument) -> _Values:
        registry = self._registry
        issuer = registry.get(record.issuer or "", Body)
        unit = registry.unit_of(entry.id)
        block = issuer.block if issuer else None
        if block is None and record.regime == "party":
            block = "party"
        dates = record.dates
        return (
            SearchDoc(
                title=record.title,
                number=record.number or "",
                type=LABELS["document_type"][record.type],
                type_code=record.type,
                blocks=(block,) if block else (),
                units=_once((*((unit,) if unit else ()), *record.territory)),
                issuer=issuer.name if issuer else "",
                date=_iso(dates.issued or dates.signed or dates.adopted or dates.effective),
                stage=record.stage,
                states=states_of(registry, entry.id),
            ),
            (
                record.summary,
                *(relation.cites for relation in record.relations),
                *(f"{signer.name}, {signer.role or ''}" for signer in record.signers),
                *self._text_files(entry),
            ),
        )

    def _text_files(self, entry: Entry) -> Iterator[str]:
        if not self._texts:
            return
        for _, path in entry.texts:
            yield read_bytes(self._registry.root, path, MAX_TEXT).decode("utf-8", "replace")

    def _meeting(self, record: Meeting) -> _Values:
        bodies = [b for b in (self._registry.get(id_, Body) for id_ in record.bodies) if b]
        return (
            SearchDoc(
                title=record.title,
                type=LABELS["meeting_form"][record.form],
                blocks=tuple(b for b in BLOCKS if any(body.block == b for body in bodies)),
                units=_once(record.units),
                issuer=PARTS.join(body.name for body in bodies[:3]),
                date=_iso(record.when.date),
                stage="trial" if record.mode == "trial" else "official",
            ),
            (
                record.summary,
                record.units_words,
                record.place,
                *(f"{chair.name or ''}, {chair.role}" for chair in record.chairs),
                *(f"{item.title} {item.outcome or ''}" for item in record.agenda),
                *(f"{out.text} {out.responsible_words or ''}" for out in record.outputs),
            ),
        )

    def _merger(self, record: MergerRecord) -> _Values:
        resolution = self._registry.get(record.resolution, Instrument)
        units = (record.province, *(event.target for event in record.events))
        return (
            SearchDoc(
                title=record.title,
                units=_once(units),
                date=record.adopted.isoformat(),
                also=(resolution.number,) if resolution and resolution.number else (),
            ),
            (s.place for event in record.events for s in event.sources),
        )

    # People

    def _people(self) -> Iterator[SearchDoc]:
        """Everybody who has a page: office-holders, and chairs with a key."""
        names: dict[str, str] = {}
        roles: dict[str, list[str]] = defaultdict(list)
        bodies: dict[str, list[str]] = defaultdict(list)
        for body_id, body in self._registry.of(Body):
            for holder in body.office_holders:
                names.setdefault(holder.person, holder.name)
                roles[holder.person].append(f"{holder.role}, {body.name}")
                bodies[holder.person].append(body_id)
        for _, meeting in self._registry.of(Meeting):
            for chair in meeting.chairs:
                if chair.person:
                    names.setdefault(chair.person, chair.name or chair.person)
                    roles[chair.person].append(chair.role)
        for person, name in names.items():
            held = [b for b in (self._registry.get(id_, Body) for id_ in bodies[person]) if b]
            yield SearchDoc(
                key=f"nguoi/{person}",
                address=person_address(person),
                shard=self._shard(bodies[person][0]) if bodies[person] else CENTRAL,
                kind=PEOPLE,
                title=name,
                blocks=tuple(b for b in BLOCKS if any(body.block == b for body in held)),
                units=_once(body.unit for body in held if body.unit),
                note=roles[person][0],
                text="\n".join(_once(roles[person])),
            )


def _body(record: Body) -> _Values:
    return (
        SearchDoc(
            title=record.name,
            type=LABELS["body_type"][record.type],
            blocks=(record.block,) if record.block else (),
            units=_once((*((record.unit,) if record.unit else ()), *record.covers)),
            date=_iso(record.established),
            also=record.abbreviations,
        ),
        (
            record.term,
            *(f"{holder.name}, {holder.role}" for holder in record.office_holders),
            *(delegation.name for delegation in record.delegations),
        ),
    )


def _requirement(record: Requirement) -> _Values:
    return (
        SearchDoc(
            title=record.title,
            type=LABELS["document_type"].get(record.document_type or "", ""),
            blocks=(record.block,) if record.block else (),
            units=_once(record.units),
            date=_iso(record.due.date) if record.due else "",
        ),
        (record.summary, record.due.words if record.due else ""),
    )


def kind_order(kind: str) -> tuple[int, str]:
    """The place of a kind among equal answers; one that is not listed comes last."""
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), kind)


def bare_name(full_name: str) -> str:
    """``Xã Bính Xá`` → ``Bính Xá``; a name without a type stays."""
    for unit_type in sorted(LABELS["unit_type"].values(), key=len, reverse=True):
        if full_name.startswith(f"{unit_type} "):
            return full_name.removeprefix(f"{unit_type} ")
    return full_name


def _iso(day: Date | None) -> str:
    return day.isoformat() if day else ""


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _now(registry: Registry, unit: Unit) -> list[tuple[str, str]]:
    """What a former unit is part of at last, with the share of its area in words."""
    if unit.row.valid_to is None:
        return []
    passages = successors(registry, unit.id, Date.max).passages
    return [(p.unit, _SHARES[p.area]) for p in passages if p.unit in registry.units]


def _unit_note(
    registry: Registry, unit: Unit, above: list[Unit], now: list[tuple[str, str]]
) -> str:
    """``huyện Đình Lập, tỉnh Lạng Sơn · nay thuộc Xã Đình Lập (một phần)``."""
    where = ", ".join(_within(u.full_name) for u in above)
    if unit.row.valid_to is None:
        return where
    if not now:
        return f"{where} · đơn vị cũ" if where else "đơn vị cũ"
    targets = ", ".join(
        f"{_within(registry.units[target].full_name)}" + (f" ({share})" if len(now) > 1 else "")
        for target, share in now
    )
    return f"{where} · nay thuộc {targets}" if where else f"nay thuộc {targets}"


def _within(name: str) -> str:
    """A unit's name within a sentence: its type begins small."""
    return name[:1].lower() + name[1:]
