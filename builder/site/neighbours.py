"""The key of an instrument's page, from what stands around its record; no context is built.

Building the contexts of all instruments to find the few that changed would take most of a
build. A test changes every record of a registry in turn and compares keys with contexts.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from builder.derive.effects import acted_upon
from builder.derive.force import timeline
from builder.registry import Entry
from builder.registry.texts import digest_of
from builder.site.view import View

# Few, and what they say reaches pages from far away: units through the chain above them,
# mergers and rules through the reasons of a state.
_EVERYWHERE = ("units/", "mergers/", "rules/")


def instrument_key(view: View, entry: Entry) -> str:
    """Digest of all that the page of an instrument can show.

    That is its record and texts, and their past; the records at both ends of its references,
    and how they are shown; its states over time with the records that give them; and what
    stands everywhere.
    """
    spans = timeline(view.registry, entry.id)
    around = {link.source for link in view.registry.links_to.get(entry.id, ())}
    around.update(_targets(view).get(entry.id, ()))
    around.update(
        reason.record for span in spans for reason in span.verdict.reasons if reason.record
    )
    parts = [
        _everywhere(view), entry.digest, repr((entry.texts, entry.attachments)), repr(spans),
        past_key(view, entry.id),
    ]  # fmt: skip
    for record_id in sorted(around):
        other = view.registry.entries.get(record_id)
        parts += (record_id, other.digest if other else "", repr(view.card(record_id)))
    digest = hashlib.sha256("\0".join(parts).encode())
    for date, _ in entry.texts:
        digest.update(digest_of(view.registry, entry, date).encode())
    return digest.hexdigest()


def past_key(view: View, record_id: str) -> str:
    """Digest of all that pages show of the past of a record."""
    past = view.past
    forge = view.registry.settings.forge
    said = [repr((past.lack, past.of(record_id), record_id in past.changed, forge))]
    for other in sorted(past.refers(record_id)):
        said += (other, view.card(other).title if _is_known(view, other) else "")
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


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


def _everywhere(view: View) -> str:
    """Digest of the day, the settings, records that reach everywhere, and names of people."""
    known: str | None = view.registry.derived.get(f"everywhere {view.day}")
    if known is None:
        digest = hashlib.sha256(f"{view.day} {view.registry.settings!r}".encode())
        for entry in view.registry.entries.values():
            if entry.id.startswith(_EVERYWHERE):
                digest.update(f"{entry.id}\0{entry.digest}\n".encode())
        for person, roles in sorted(view.roles.items()):
            digest.update(f"{person}\0{roles[0].name}\n".encode())
        known = view.registry.derived[f"everywhere {view.day}"] = digest.hexdigest()
    return known


def standing_digest(view: View, record_id: str) -> str:
    """Digest of what a page elsewhere can say of a document: card, states, reasons, block."""
    known: dict[str, str] = view.registry.derived.setdefault(f"standing {view.day}", {})
    if record_id not in known:
        known[record_id] = hashlib.sha256(
            "\0".join(_standing(view, record_id)).encode()
        ).hexdigest()
    return known[record_id]


def _standing(view: View, record_id: str) -> Iterator[str]:
    entry = view.registry.entries[record_id]
    issuer = view.registry.entries.get(getattr(entry.record, "issuer", None) or "")
    yield from (_everywhere(view), entry.digest, issuer.digest if issuer else "")
    yield repr(view.card(record_id))
    if acted_upon(view.registry, record_id):
        yield repr(timeline(view.registry, record_id))
        for source in sorted(
            {source for source, _ in view.registry.relations_to.get(record_id, ())}
        ):
            yield from (view.registry.entries[source].digest, repr(view.card(source)))
