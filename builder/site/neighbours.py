"""The key of an instrument's page, from what stands around its record; no context is built.

Building the contexts of all instruments to find the few that changed would take most of a
build. A test changes every record of a registry in turn and compares keys with contexts.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

import orjson

from builder.derive.effects import acted_upon
from builder.derive.force import timeline
from builder.registry import Entry
from builder.registry.texts import digest_of
from builder.site import i18n
from builder.site.memory import REACH_EVERYWHERE
from builder.site.view import View


def instrument_key(view: View, entry: Entry) -> str:
    """Digest of all that the page of an instrument can show.

    That is its record and texts, and their past; the records at both ends of its references,
    and how they are shown; its states over time with the records that give them; and what
    stands everywhere.
    """
    memory, language, past = view.memory, i18n.language(), past_key(view, entry.id)
    same = memory.fact(entry.id, "past") == past
    keys: dict[str, str] = (memory.fact(entry.id, "keys") or {}) if same else {}
    if language not in keys:
        key, around = _instrument_key(view, entry, past)
        keys = {**keys, language: key}
        memory.learn(entry.id, keys=keys, around=around, past=past)
    return keys[language]


def _instrument_key(view: View, entry: Entry, past: str) -> tuple[str, list[str]]:
    """The key, and the ids of the records around that it was made from."""
    spans = timeline(view.registry, entry.id)
    around = {link.source for link in view.registry.links_to.get(entry.id, ())}
    around.update(_targets(view).get(entry.id, ()))
    around.update(
        reason.record for span in spans for reason in span.verdict.reasons if reason.record
    )
    parts = [
        everywhere(view), entry.digest, repr((entry.texts, entry.attachments)), repr(spans), past,
    ]  # fmt: skip
    for record_id in sorted(around):
        other = view.registry.entries.get(record_id)
        parts += (record_id, other.digest if other else "", repr(view.card(record_id)))
    digest = hashlib.sha256("\0".join(parts).encode())
    for date, _ in entry.texts:
        digest.update(digest_of(view.registry, entry, date).encode())
    return digest.hexdigest(), sorted(around | view.past.refers(entry.id))


def past_key(view: View, record_id: str) -> str:
    """Digest of all that pages show of the past of a record."""
    past = view.past
    forge = view.registry.settings.forge
    refers = [
        (other, view.card(other).title if _is_known(view, other) else "")
        for other in sorted(past.refers(record_id))
    ]
    said = (past.lack, past.of(record_id), record_id in past.changed, repr(forge), refers)
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def _is_known(view: View, target: str) -> bool:
    return target in view.registry.entries or target in view.registry.units


def _targets(view: View) -> dict[str, list[str]]:
    """What each record refers to."""
    known: dict[str, list[str]] | None = view.registry.derived.get("targets")
    if known is None:
        known = defaultdict(list)
        for entry, _, _, target in view.registry.references:
            known[entry.id].append(target)
        view.registry.derived["targets"] = known
    return known


def everywhere(view: View) -> str:
    """Digest of the day, the settings, records that reach everywhere, and names of people."""
    known: str | None = view.registry.derived.get(f"everywhere {view.day}")
    if known is None:
        digest = hashlib.sha256(f"{view.day} {view.registry.settings!r}".encode())
        for entry in view.registry.entries.values():
            if entry.id.startswith(REACH_EVERYWHERE):
                digest.update(f"{entry.id}\0{entry.digest}\n".encode())
        for person, roles in sorted(view.roles.items()):
            digest.update(f"{person}\0{roles[0].name}\n".encode())
        known = view.registry.derived[f"everywhere {view.day}"] = digest.hexdigest()
    return known


def standing_digest(view: View, record_id: str) -> str:
    """Digest of what a page elsewhere can say of a document: card, states, reasons, block."""
    known: str | None = view.memory.fact(record_id, "standing")
    if known is None:
        known = hashlib.sha256("\0".join(_standing(view, record_id)).encode()).hexdigest()
        view.memory.learn(record_id, standing=known)
    return known


def _standing(view: View, record_id: str) -> Iterator[str]:
    entry = view.registry.entries[record_id]
    issuer = view.registry.entries.get(getattr(entry.record, "issuer", None) or "")
    yield from (everywhere(view), entry.digest, issuer.digest if issuer else "")
    yield repr(view.card(record_id))
    if acted_upon(view.registry, record_id):
        yield repr(timeline(view.registry, record_id))
        for source in sorted(
            {source for source, _ in view.registry.relations_to.get(record_id, ())}
        ):
            yield from (view.registry.entries[source].digest, repr(view.card(source)))
