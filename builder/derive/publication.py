"""What of a registry may be shown to everybody, and what then can be said of force.

Internal records go, with every reference to them. What they do to the force of public
documents does not: a page that says "in force" of a document that an internal act has ended
would be false. So, of such a document,

- where the acting relation says ``disclose``, the public registry keeps the effect without the
  record: kind, provisions, territory and days, "by a document that is not public";
- otherwise nothing of the act may be told, its day included. Its force is then unknown at all
  times: any day on which the state changed would tell of the act, and saying nothing would be
  untrue. ``registry check`` tells the editor.

Hence what holds for each public document on each day: its public state is its true state, or
unknown. That is compared, not assumed: a document may hang on an internal record in other
ways, too, such as a trial meeting or an issuer that is not public.
"""

from collections.abc import Iterable
from dataclasses import replace

from builder.derive.effects import EFFECT_KINDS, Effect, acting_on, effect_of
from builder.derive.force import territory_places, timelines_of
from builder.derive.verdicts import Timeline, at
from builder.models import ContinuityRule, Instrument, MergerRecord, UnitFile
from builder.models.base import Date
from builder.registry import Registry

NAMELESS = "một văn bản không công khai"
_EVERYWHERE = (UnitFile, MergerRecord, ContinuityRule)


def published(registry: Registry) -> Registry:
    """The registry without its internal records; references to them lead nowhere.

    Withdrawn records stay: their pages say that they were withdrawn, and why. A registry
    without internal records is given back as it is.
    """
    public = {
        record_id: entry
        for record_id, entry in registry.entries.items()
        if entry.record.access == "public"
    }
    if len(public) == len(registry.entries):
        return registry
    touched = _touched(registry)
    true = timelines_of(registry, touched)
    nameless, unconfirmed = _effects_of_internal(registry, touched, true)
    while True:
        shown = replace(
            registry, entries=public, nameless={**registry.nameless, **nameless},
            unconfirmed=registry.unconfirmed | unconfirmed,
        )  # fmt: skip
        told = timelines_of(shown, touched)
        wrong = {each for each in touched if _says_otherwise(told[each], true[each])}
        if wrong <= unconfirmed:
            return shown
        unconfirmed |= wrong


def undisclosed(registry: Registry) -> list[tuple[str, int, str]]:
    """Relations of internal acts that make the public state of a document unknown.

    (Acting record, place of the relation in it, public document).
    """
    return [
        (source, acting.relations.index(relation), record_id)
        for record_id, record in registry.of(Instrument)
        if record.access == "public"
        for source, acting, relation in acting_on(registry, record_id)
        if acting.access != "public" and relation.type != "corrects" and not relation.disclose
    ]


def _touched(registry: Registry) -> list[str]:
    """Public documents whose force may rest on an internal record, be it through others."""
    internal = {each for each, entry in registry.entries.items() if not _is_public(registry, each)}
    instruments = [each for each, _ in registry.of(Instrument) if each not in internal]
    if any(isinstance(registry.entries[each].record, _EVERYWHERE) for each in internal):
        return instruments
    found = dict.fromkeys(each for each in instruments if _leans_on(registry, each, internal))
    waiting = [*internal, *found]
    while waiting:
        acting = registry.get(waiting.pop(), Instrument)
        for relation in acting.relations if acting else ():
            target = relation.target or ""
            if relation.type not in EFFECT_KINDS or target in found or target in internal:
                continue
            if registry.get(target, Instrument) is not None:
                found[target] = None
                waiting.append(target)
    return sorted(found)


def _leans_on(registry: Registry, record_id: str, internal: set[str]) -> bool:
    """Whether a document has its issuer or its meeting from an internal record."""
    record = registry.get(record_id, Instrument)
    if record is None:
        return False
    meetings = (each.target for each in record.relations if each.type == "adopted_at")
    return not internal.isdisjoint((record.issuer or "", *(each or "" for each in meetings)))


def _is_public(registry: Registry, record_id: str) -> bool:
    return registry.entries[record_id].record.access == "public"


def _effects_of_internal(
    registry: Registry, touched: Iterable[str], true: dict[str, Timeline]
) -> tuple[dict[str, tuple[Effect, ...]], set[str]]:
    """What may be told of internal acts, by document; and documents of which nothing may."""
    nameless: dict[str, tuple[Effect, ...]] = {}
    silent: set[str] = set()
    for record_id in touched:
        places = territory_places(registry, record_id)
        for source, acting, relation in acting_on(registry, record_id):
            if acting.access == "public":
                continue
            effect = effect_of(registry, record_id, source, relation, places, true[source])
            if relation.disclose:
                told = replace(effect, source="", name=NAMELESS)
                nameless[record_id] = (*nameless.get(record_id, ()), told)
            elif effect.stretches and relation.type not in ("corrects", "continues"):
                silent.add(record_id)
    return nameless, silent


def _says_otherwise(told: Timeline, true: Timeline) -> bool:
    """Whether a state is told on some day that is neither the true one nor unknown."""
    days = {span.first or Date.min for span in (*told, *true)}
    return any(at(told, day).state not in ("unknown", at(true, day).state) for day in days)
