"""What the last build worked out about documents, for those that no change can have reached.

The states of a document over time, and the digests of all that pages show around it, are dear
to work out for all documents; one changed record reaches few of them. A change reaches

- the record itself: by its file and its texts;
- documents that have to do with it, if it is none itself: those of an issuer, of a meeting;
- documents that it acts upon, now or as it was, and so on from those.

So far goes what a list or a link shows of a document. Its page shows, moreover, what stands
around it: the records it names, those that name it, those that give the reasons of its states.
Where a record changes that reaches everywhere, or many do, nothing is remembered. Tests change
records and compare with what is worked out afresh.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from builder.derive.effects import EFFECT_KINDS
from builder.derive.force import states_known
from builder.models import Instrument
from builder.models.references import references
from builder.registry import Entry, Registry
from builder.registry.texts import digest_of
from builder.store.cache import keep, read_kept

# Few, and what they say reaches pages from far away: units through the chain above them,
# mergers and rules through the reasons of a state.
REACH_EVERYWHERE = ("units/", "mergers/", "rules/")
_VERSION = 1
_MANY = 4  # where one record in so many has changed, much is reached
Facts = dict[str, Any]


class Memory:
    """What is known of documents before a build, and what the build learns, by id.

    Facts of a document are ``keys`` by language and ``standing`` (``builder.site.neighbours``),
    absent where nobody asked; ``around``, the ids that the keys were made from; ``past``, the
    digest of its published states, which the keys were made from, too. States over time are
    remembered where ``builder.derive.force.states_of`` looks for them.
    """

    def __init__(self, path: Path | None = None, everywhere: str = "") -> None:
        """``path`` is the file that is read and written, None for none. ``everywhere`` tells of
        the program and of all that reaches every page: where it was another one, nothing that
        was remembered holds."""
        self._path, self._everywhere = path, everywhere
        self.known: dict[str, Facts] = {}
        self.learnt: dict[str, Facts] = {}  # in this process
        self._signatures: dict[str, str] = {}

    def fact(self, record_id: str, name: str) -> Any:
        """One of the facts; None if it is not known."""
        for found in (self.learnt.get(record_id), self.known.get(record_id)):
            if found is not None and name in found:
                return found[name]
        return None

    def learn(self, record_id: str, **facts: Any) -> None:
        self.learnt.setdefault(record_id, {}).update(facts)

    def take(self, told: Mapping[str, Facts]) -> None:
        """What another process learnt; the keys of a document are all made in one."""
        for record_id, facts in told.items():
            self.learn(record_id, **facts)

    def recall(self, registry: Registry) -> None:
        """Takes from the file what still holds."""
        self._signatures = {
            entry.id: _signature(registry, entry) for entry in registry.entries.values()
        }
        kept = read_kept(self._path, _VERSION) if self._path else None
        if not isinstance(kept, dict) or kept.get("everywhere") != self._everywhere:
            return
        before = kept["signatures"]
        changed = before.keys() - self._signatures.keys()
        changed |= {one for one, said in self._signatures.items() if before.get(one) != said}
        if len(changed) * _MANY > len(self._signatures) or _reach_everywhere(registry, changed):
            return
        shown, pages = _reached(registry, changed, kept)
        states_known(registry).update(
            (one, states) for one, states in kept["states"].items() if one not in shown
        )
        self.known = {one: facts for one, facts in kept["known"].items() if one not in pages}

    def keep(self, registry: Registry) -> None:
        """Writes down what was known and learnt, for the next build."""
        if self._path is None:
            return
        known = dict(self.known)
        for record_id, facts in self.learnt.items():
            known[record_id] = {**known.get(record_id, {}), **facts}
        acts = {
            record_id: targets
            for record_id, _ in registry.of(Instrument)
            if (targets := list(_acts_on(registry, record_id)))
        }
        kept = {
            "everywhere": self._everywhere, "signatures": self._signatures, "acts": acts,
            "states": states_known(registry), "known": known,
        }  # fmt: skip
        keep(self._path, _VERSION, kept)


def _signature(registry: Registry, entry: Entry) -> str:
    """Digest of a record, of what stands beside it, and of what is told of it all the same."""
    said = (
        entry.digest, entry.texts, [digest_of(registry, entry, date) for date, _ in entry.texts],
        entry.attachments, repr(registry.nameless.get(entry.id)), entry.id in registry.unconfirmed,
    )  # fmt: skip
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def _reach_everywhere(registry: Registry, changed: Iterable[str]) -> bool:
    """Whether a record that does is among these, or one that such a record names."""
    return any(
        one.startswith(REACH_EVERYWHERE)
        or any(link.source.startswith(REACH_EVERYWHERE) for link in registry.links_to.get(one, ()))
        for one in changed
    )


def _reached(
    registry: Registry, changed: set[str], kept: Mapping[str, Any]
) -> tuple[set[str], set[str]]:
    """The records that changes reach: as lists and links show them, and as their pages do."""
    known, acts = kept["known"], kept["acts"]

    def standing_around(records: set[str]) -> Iterator[str]:
        for record_id in records:
            yield from _near(registry, record_id)
        for record_id, facts in known.items():
            if not records.isdisjoint(facts.get("around", ())):
                yield record_id

    others = {one for one in changed if registry.get(one, Instrument) is None}
    shown = {*changed, *(standing_around(others) if others else ())}
    waiting = list(shown)
    while waiting:
        one = waiting.pop()
        reached = {*_acts_on(registry, one), *acts.get(one, ())} - shown
        shown |= reached
        waiting += reached
    return shown, {*shown, *standing_around(shown)}


def _near(registry: Registry, record_id: str) -> Iterator[str]:
    """What refers to a record, and what it refers to."""
    yield from (link.source for link in registry.links_to.get(record_id, ()))
    entry = registry.entries.get(record_id)
    if entry is not None:
        yield from (target for _, _, target in references(entry.record))


def _acts_on(registry: Registry, record_id: str) -> Iterator[str]:
    instrument = registry.get(record_id, Instrument)
    if instrument is not None:
        for relation in instrument.relations:
            if relation.type in EFFECT_KINDS and relation.target is not None:
                yield relation.target
