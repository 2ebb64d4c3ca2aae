"""The inheritance ledger: what a new unit took over from former ones, and what is to be done.

One entry per inherited document and share of the unit. What applies in the unit at all is
in ``builder.derive.applicability``.
"""

from dataclasses import dataclass
from typing import Literal

from builder.derive.applicability import Item, Scope, applicable, over_time
from builder.derive.continuity import rule_reason
from builder.derive.force import state_at
from builder.derive.places import cases_of
from builder.derive.verdicts import ACTIVE, Reason, State, day_before
from builder.models import Body, ContinuityRule, Instrument
from builder.models.base import Date
from builder.registry import Registry

Inheritance = Literal["continuing", "adopted", "replaced", "abolished", "expired", "undetermined"]
_OPEN: frozenset[Inheritance] = frozenset(("continuing", "undetermined"))
_GOES_ON: frozenset[State] = ACTIVE | {"suspended"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An inherited document in one unit.

    ``actors`` are the bodies of the new unit that have to act while the entry is open
    (continuing or undetermined); empty if none is on record. ``due`` is the last day by a
    confirmed rule; None where no confirmed rule sets a day; ``due_if`` the rule's condition,
    empty if it is for all documents. ``reasons`` end with the rule that sets the day.
    """

    id: str
    unit: str
    state: Inheritance
    scope: Scope
    force: State
    actors: tuple[str, ...]
    due: Date | None
    due_if: str
    reasons: tuple[Reason, ...]


def ledger(registry: Registry, unit: str, day: Date) -> list[Entry]:
    """The inherited documents of a unit on a day; those that had ended before are left out.

    KeyError if there is no such unit.
    """
    return [
        _entry(registry, unit, item)
        for item in applicable(registry, unit, day, inherited_only=True)
        if item.state != "not_yet" and _taken_over(registry, unit, item)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """Days on which an entry stands in the ledger; both ends belong to it, None is without end."""

    first: Date | None
    last: Date | None
    entry: Entry


def course(registry: Registry, unit: str) -> list[Line]:
    """What ``ledger`` answers over all time: each entry with the days on which it stands.

    KeyError if there is no such unit.
    """
    return [
        Line(one.first, one.last, _entry(registry, unit, one.item))
        for one in over_time(registry, unit, inherited_only=True)
        if one.item.state != "not_yet" and _taken_over(registry, unit, one.item)
    ]


def ledgers(registry: Registry, day: Date) -> dict[str, list[Entry]]:
    """Ledgers of all units that were formed of others and stand on a day."""
    return {
        unit: ledger(registry, unit, day)
        for unit in registry.events_into
        if unit in registry.units and registry.units[unit].exists_on(day)
    }


def _taken_over(registry: Registry, unit: str, item: Item) -> bool:
    """Whether the document still had force on the eve of the unit's first day, as far as known."""
    first = registry.units[unit].row.valid_from
    if item.state in ("draft", "trial", "withdrawn"):
        return False
    if first is None:
        return True
    eve = day_before(first)
    states = {state_at(registry, item.id, place, eve).state for place in item.places}
    return not states <= {"expired", "repealed"}


def _entry(registry: Registry, unit: str, item: Item) -> Entry:
    state = _state(item)
    rules = _deadlines(registry, unit, item) if state in _OPEN else []
    first = min((rule for _, rule in rules), key=lambda rule: rule.until or Date.max, default=None)
    reasons = (*item.reasons, *(rule_reason(*found) for found in rules))
    return Entry(
        item.id, unit, state, item.scope, item.state,
        _actors(registry, unit, item.id) if state in _OPEN else (),
        first.until if first else None, (first.condition or "") if first else "", reasons,
    )  # fmt: skip


def _state(item: Item) -> Inheritance:
    rules = [reason.rule for reason in item.reasons]
    if item.state in _GOES_ON:
        return "adopted" if "continues" in rules else "continuing"
    if item.state == "repealed":
        return "abolished"
    if item.state == "expired":
        # Of several ends the first counts, and its reason stands first.
        ends = [rule for rule in rules if rule in ("replaces", "expires")]
        return "replaced" if ends[:1] == ["replaces"] else "expired"
    return "undetermined"


def _actors(registry: Registry, unit: str, record_id: str) -> tuple[str, ...]:
    """The bodies of the new unit of the same type as the issuer of the former one."""
    record = registry.get(record_id, Instrument)
    issuer = registry.get((record.issuer if record else None) or "", Body)
    if issuer is None:
        return ()
    return tuple(
        body_id
        for body_id, body in registry.bodies_of.get(unit, ())
        if body.type == issuer.type and body.withdrawn is None
    )


def _deadlines(registry: Registry, unit: str, item: Item) -> list[tuple[str, ContinuityRule]]:
    """Confirmed rules that set a day for a document that came with its unit."""
    record = registry.get(item.id, Instrument)
    own = registry.units.get(registry.unit_of(item.id) or "")
    steps = [step for place in item.places for step in place.steps if step.target == unit]
    cases = {case for step in steps for case in cases_of(registry, step)}
    if own is not None and own.level == "district":
        cases = {"district"}
    return [
        (rule_id, rule)
        for rule_id, rule in registry.of(ContinuityRule)
        if rule.effect == "act_by"
        and rule.confirmed
        and rule.withdrawn is None
        and cases & set(rule.cases)
        and (not rule.regimes or (record is not None and record.regime in rule.regimes))
    ]
