"""What applies in a unit on a day, and why: own documents, those of levels above, inherited ones.

For a unit of today or a former one. What a new unit has to do about inherited documents
is in ``builder.derive.ledger``.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from builder.derive.continuity import step_reason
from builder.derive.force import same_everywhere, state_at, timeline, turning_days
from builder.derive.issuance import first_known_day
from builder.derive.places import Place, places_of, units_above
from builder.derive.verdicts import Reason, State, Timeline, Verdict, next_day, stretches
from builder.derive.verdicts import at as verdict_at
from builder.derive.words import Said, unit_words
from builder.models import Body, Instrument
from builder.models.base import Date
from builder.registry import Registry

ScopeKind = Literal["whole", "former", "part", "undetermined"]
_LEVELS = {"commune": 0, "district": 1, "province": 2}

SCOPE_LABELS: dict[ScopeKind, str] = {
    "whole": "Toàn bộ địa bàn",
    "former": "Chỉ địa bàn cũ",
    "part": "Một phần địa bàn",
    "undetermined": "Chưa xác định phạm vi",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where within the unit asked about: all of it, or what it shares with ``unit``.

    ``former``: all of a former unit; ``part``: a part of a unit; ``undetermined``: the
    clauses do not tell how much of ``unit`` lies there.
    """

    kind: ScopeKind
    unit: str


@dataclass(frozen=True, slots=True)
class Item:
    """One document at the unit asked about, or at a part of it."""

    id: str
    state: State
    scope: Scope
    inherited: bool  # from a body of a unit that has ended by that day
    reasons: tuple[Reason, ...]
    places: tuple[Place, ...]


def applicable(
    registry: Registry, unit: str, day: Date, *, inherited_only: bool = False
) -> list[Item]:
    """Every document whose territory covers the unit or a part of it, with its state on a day.

    Documents that did not stand yet are left out; ended ones stay, with what ended them.
    One document makes several items where its state differs between parts of the unit.
    Own documents come first, then those of levels above, then inherited ones. KeyError if
    there is no such unit.
    """
    places, covered = _covered(registry, unit, former_only=inherited_only)
    items = [
        item
        for record_id, at in covered.items()
        if not _issued_after(registry, record_id, day)
        and (_is_inherited(registry, record_id, day) or not inherited_only)
        for item in _items(registry, unit, record_id, at, len(at) == len(places), day)
    ]
    return sorted(items, key=lambda item: _order(registry, item))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which an item holds; both ends belong to it, None is without end."""

    first: Date | None
    last: Date | None
    item: Item


def over_time(
    registry: Registry, unit: str, without: Collection[str] = (), *, inherited_only: bool = False
) -> list[Stretch]:
    """What ``applicable`` answers over all time: each item with the days on which it does.

    Items come in the order of their documents, each document by time. Documents in
    ``without`` are left out. KeyError if there is no such unit.
    """
    places, covered = _covered(registry, unit, former_only=inherited_only)
    found: list[Stretch] = []
    for record_id, at in covered.items():
        if record_id in without:
            continue
        for first, last, items in _items_over_time(registry, unit, record_id, places, at):
            found += [
                Stretch(first, last, item) for item in items if item.inherited or not inherited_only
            ]
    return sorted(found, key=lambda one: _order_without_day(registry, one.item))


def _items_over_time(
    registry: Registry, unit: str, record_id: str, places: list[Place], at: list[Place]
) -> list[tuple[Date | None, Date | None, list[Item]]]:
    """The items of one document, whose territory covers ``at`` of the places of the unit."""
    spans = timeline(registry, record_id) if same_everywhere(registry, record_id) else None
    # With one verdict for all places, what else turns on the day is only whose document it is.
    known: dict[tuple[int, bool], list[Item]] = {}

    def items_on(day: Date) -> list[Item]:
        if _issued_after(registry, record_id, day):
            return []
        if spans is None:
            return _items(registry, unit, record_id, at, len(at) == len(places), day)
        verdict = verdict_at(spans, day)
        key = (id(verdict), _is_inherited(registry, record_id, day))
        if key not in known:
            known[key] = _items(registry, unit, record_id, at, len(at) == len(places), day, verdict)
        return known[key]

    return stretches(_days(registry, record_id, at, spans), items_on)


def covering(registry: Registry, unit: str) -> list[str]:
    """The documents whose territory covers the unit or a part of it, at any time.

    KeyError if there is no such unit.
    """
    return list(_covered(registry, unit)[1])


def _days(
    registry: Registry, record_id: str, at: list[Place], spans: Timeline | None
) -> list[Date | None]:
    """The days on which the items of a document may change; ``spans``: its states everywhere."""
    record = registry.get(record_id, Instrument)
    own = registry.units.get(registry.unit_of(record_id) or "")
    days = [span.first for span in spans] if spans else turning_days(registry, record_id, at)
    days += [first_known_day(registry, record)] if record else []
    days += [next_day(own.row.valid_to)] if own and own.row.valid_to else []
    return days


def _covered(
    registry: Registry, unit: str, *, former_only: bool = False
) -> tuple[list[Place], dict[str, list[Place]]]:
    """The places of a unit, and each document with those that its territory covers.

    ``former_only``: only documents of units that have an end.
    """
    registry.units[unit]
    places = places_of(registry, unit)
    covered: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        for record_id in _documents_at(registry, place, former_only):
            covered[record_id].append(place)
    return places, covered


def as_json(registry: Registry, unit: str, day: Date, computed: Date) -> dict[str, Any]:
    """The answer as data: ``unit``, ``on``, ``computed`` and ``items``; dates are ISO."""
    return {
        "unit": unit,
        "on": day.isoformat(),
        "computed": computed.isoformat(),
        "items": [_item_json(registry, item) for item in applicable(registry, unit, day)],
    }


def _item_json(registry: Registry, item: Item) -> dict[str, Any]:
    record = registry.get(item.id, Instrument)
    return {
        "id": item.id,
        "number": record.number if record else None,
        "title": record.title if record else None,
        "state": item.state,
        "scope": {"kind": item.scope.kind, "unit": item.scope.unit},
        "inherited": item.inherited,
        "reasons": [
            {"rule": reason.rule, "record": reason.record, "says": _with_source(reason)}
            for reason in item.reasons
        ],
    }


def _with_source(reason: Reason) -> str:
    says = reason.says
    return f"{says.removesuffix('.')} ({reason.source})." if reason.source else says


def _documents_at(registry: Registry, place: Place, former_only: bool) -> list[str]:
    by_unit = _by_unit(registry, former_only)
    found = dict.fromkeys(by_unit.get("", ()))
    for unit in sorted(place.units):
        found.update(dict.fromkeys(by_unit.get(unit, ())))
    return list(found)


def _by_unit(registry: Registry, former_only: bool) -> dict[str, list[str]]:
    """Documents by the units of their territory; those of central bodies under ``""``.

    ``former_only``: only documents of units that have an end.
    """
    name = f"by_unit {former_only}"
    known: dict[str, list[str]] | None = registry.derived.get(name)
    if known is not None:
        return known
    found: dict[str, list[str]] = defaultdict(list)
    for record_id, record in registry.of(Instrument):
        own = registry.units.get(registry.unit_of(record_id) or "")
        if former_only and (own is None or own.row.valid_to is None):
            continue
        for unit in _territory(registry, record_id, record):
            found[unit].append(record_id)
    registry.derived[name] = found
    return found


def _territory(registry: Registry, record_id: str, record: Instrument) -> tuple[str, ...]:
    """The units a document applies to; nothing where its issuer is not known."""
    own = registry.unit_of(record_id)
    if record.territory or own:
        return record.territory or (own or "",)
    return ("",) if registry.get(record.issuer or "", Body) else ()


def _issued_after(registry: Registry, record_id: str, day: Date) -> bool:
    record = registry.get(record_id, Instrument)
    first = first_known_day(registry, record) if record else None
    return first is not None and first > day


def _is_inherited(registry: Registry, record_id: str, day: Date) -> bool:
    own = registry.units.get(registry.unit_of(record_id) or "")
    return own is not None and own.row.valid_to is not None and own.row.valid_to < day


def _items(
    registry: Registry, unit: str, record_id: str, places: list[Place], all_of_it: bool, day: Date,
    everywhere: Verdict | None = None,
) -> list[Item]:  # fmt: skip
    """The items of a document; ``everywhere``: its verdict on the day, if one for all places."""
    record = registry.get(record_id, Instrument)
    if record is None:
        return []
    verdicts = {place: everywhere or state_at(registry, record_id, place, day) for place in places}
    uniform = len({verdict.state for verdict in verdicts.values()}) == 1
    grouped: dict[tuple[State, Scope], list[Place]] = defaultdict(list)
    for place, verdict in verdicts.items():
        scope = _scope(registry, unit, record_id, record, place, all_of_it, uniform)
        grouped[verdict.state, scope].append(place)
    inherited = _is_inherited(registry, record_id, day)
    items = []
    for (state, scope), at in grouped.items():
        told = at[:1] if everywhere else at  # its unit went nowhere: no steps to tell of
        chains = (_chain(registry, record_id, p, scope, day, verdicts[p]) for p in told)
        reasons = tuple(dict.fromkeys(reason for chain in chains for reason in chain))
        items.append(Item(record_id, state, scope, inherited, reasons, tuple(at)))
    return items


def _chain(
    registry: Registry, record_id: str, place: Place, scope: Scope, day: Date, verdict: Verdict
) -> list[Reason]:
    """Why the document reaches the place, what became of its unit, what its state rests on."""
    issuer = registry.unit_of(record_id)
    reach = _scope_words(registry, scope)
    says = (
        Said(
            "Văn bản của %(unit)s. Phạm vi: %(scope)s.",
            unit=unit_words(registry, issuer),
            scope=reach,
        )
        if issuer
        else Said("Văn bản của cơ quan trung ương. Phạm vi: %(scope)s.", scope=reach)
    )
    steps = [step for step in place.steps_after(issuer) if step.operational_from <= day]
    events = [step_reason(registry, step) for step in steps]
    return [Reason("territory", record_id, None, says), *events, *verdict.reasons]


def _scope_words(registry: Registry, scope: Scope) -> str:
    name = unit_words(registry, scope.unit)
    if scope.kind == "whole":
        return Said("toàn bộ %(unit)s", unit=name)
    if scope.kind == "former":
        return Said("chỉ địa bàn %(unit)s", unit=name)
    if scope.kind == "part":
        return Said("chỉ phần thuộc %(unit)s", unit=name)
    return Said("chưa xác định được phần thuộc %(unit)s", unit=name)


def _scope(
    registry: Registry, unit: str, record_id: str, record: Instrument, place: Place,
    all_of_it: bool, uniform: bool,
) -> Scope:  # fmt: skip
    """What of the unit a document reaches with one state.

    ``all_of_it``: it reaches every place of the unit; ``uniform``: with the same state.
    """
    roots = _territory(registry, record_id, record)
    if uniform:
        around = {"", unit, *units_above(registry, unit)}
        if around & set(roots):
            return Scope("whole", unit)
        if all_of_it and not _formed_also_of_other_ground(registry, unit):
            return Scope("whole", unit)
        above = units_above(registry, place.path[0])
        districts = [u for u in above if u in roots and not set(roots) & set(place.path)]
        if districts:
            return Scope("former", districts[0])
    return _shared_with(unit, roots, place)


def _shared_with(unit: str, roots: tuple[str, ...], place: Place) -> Scope:
    """What the unit shares with the unit of the place that the document is of.

    Without one, the place's first or last unit tells the parts of the unit apart.
    """
    here = place.path.index(unit)
    others = [u for u in place.path if u in roots and u != unit]
    root = others[0] if others else place.path[0] if here else place.path[-1]
    at = place.path.index(root)
    if at >= here:
        return Scope("part", root)
    areas = [step.area for step in place.steps[at:here]]
    if all(area == "whole" for area in areas):
        return Scope("former", root)
    # A share of a unit that had itself been put together may hold nothing of the former one.
    certain = all(area == "whole" for area in areas[1:])
    return Scope("part" if certain else "undetermined", root)


def _formed_also_of_other_ground(registry: Registry, unit: str) -> bool:
    """Whether something that was no unit, such as a foreshore, went into the unit, too."""
    return any(
        source.unit is None
        for reference in registry.events_into.get(unit, ())
        for source in reference.event.sources
    )


def _order(registry: Registry, item: Item) -> tuple[bool, int, str, str]:
    return item.inherited, *_order_without_day(registry, item), item.scope.unit


def _order_without_day(registry: Registry, item: Item) -> tuple[int, str]:
    own = registry.units.get(registry.unit_of(item.id) or "")
    return _LEVELS[own.level] if own else 3, item.id
