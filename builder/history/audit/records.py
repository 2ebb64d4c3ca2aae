"""The append-only policy over the whole main line: every published state against the one before.

What the policy asks is in ``builder.history.policy``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from builder.derive.series import duplicates
from builder.history.audit.report import AuditFinding, at
from builder.history.blobs import Blobs
from builder.history.compare import RecordChange, Status, TextChange
from builder.history.landings import Landing, Line
from builder.history.policy import gone, refused
from builder.history.snapshot import fields_of, text_in
from builder.history.values import Value, changes
from builder.history.words import Names, names_of
from builder.progress import Say
from builder.registry import Entry, Registry, entry_of
from builder.store.files import RecordFile

_EVERY = 500


def broken_policy(
    line: Line, blobs: Blobs, registry: Registry, start: int, say: Say
) -> Iterator[AuditFinding]:
    """What published records went through after the commit at ``start`` of the main line."""
    walk = _Walk(line, blobs, names_of(registry), _moved(line))
    for count, (record_id, landings) in enumerate(line.landings.items(), 1):
        for before, after in pairwise(landings):
            if after.index > start:
                for rule, what, hint in walk.step(record_id, before, after):
                    yield at(after.commit, rule, what, record_id, hint)
        if count % _EVERY == 0:
            say(f"comparing states: {count:,} of {len(line.landings):,} records")


def _moved(line: Line) -> dict[tuple[int, str], str]:
    """Where a file's content turned up anew: (place in the main line, blob) -> id."""
    return {
        (landings[0].index, landings[0].yaml): record_id
        for record_id, landings in line.landings.items()
    }


@dataclass(frozen=True)
class _Walk:
    """Looks at one landing of a record after the other."""

    line: Line
    blobs: Blobs
    names: Names
    moved: Mapping[tuple[int, str], str]

    def step(
        self, record_id: str, before: Landing, after: Landing
    ) -> Iterator[tuple[str, str, str]]:
        """Rule, words and hint of what the policy refuses between two states in turn."""
        path = f"registry/{record_id}.yaml"
        if not before.yaml:
            if after.yaml:
                yield (
                    "reused-id", "the id belonged to an earlier record that was deleted",
                    "an id is never used again: bring the earlier record back, withdrawn",
                )  # fmt: skip
        elif not self.line.is_public(before) or self._alike(before, after):
            return
        elif not after.yaml:
            to = self.moved.get((after.index, before.yaml), record_id)
            status: Status = "renamed" if to != record_id else "removed"
            one = gone(RecordChange(status, to, record_id, ""), path)
            yield one.rule, one.message, one.hint
        elif not plainly_corrected(self.line, before, after):
            change, old, new = self._change(record_id, before, after)
            for one in refused(change, old, new, path, self.names):
                yield one.rule, one.message, one.hint

    def _alike(self, before: Landing, after: Landing) -> bool:
        """Whether only the formatting of the file differs."""
        if not after.yaml:
            return False
        contents = (self.line.facts[one.yaml].content for one in (before, after))
        return len(set(contents)) == 1 and before.texts == after.texts

    def _change(
        self, record_id: str, before: Landing, after: Landing
    ) -> tuple[RecordChange, Value, Value]:
        texts = [blob for _, blob in (*before.texts, *after.texts)]
        data = dict(self.blobs.read_all([before.yaml, after.yaml, *texts]))
        old = fields_of(record_id, data[before.yaml]) or {}
        new = fields_of(record_id, data[after.yaml]) or {}
        change = RecordChange(
            "changed", record_id, record_id, "", tuple(changes(old, new)),
            tuple(_texts(record_id, before, after, data)),
        )  # fmt: skip
        return change, old, new


def plainly_corrected(line: Line, before: Landing, after: Landing) -> bool:
    """Whether the policy has nothing to refuse, as what is known of both states tells.

    That spares most changes of an honest history their reading: corrections were added, and
    nothing changed that a correction does not cover. Says no where it cannot tell.
    """
    if not after.yaml or before.texts != after.texts:
        return False
    old, new = line.facts[before.yaml], line.facts[after.yaml]
    return (
        new.access == "public"
        and not (old.withdrawn or new.withdrawn)
        and old.identity == new.identity != ""
        and len(new.entries) > len(old.entries)
        and new.entries[: len(old.entries)] == old.entries
    )


def _texts(
    record_id: str, before: Landing, after: Landing, data: Mapping[str, bytes]
) -> Iterator[TextChange]:
    old, new = dict(before.texts), dict(after.texts)
    for version in sorted({*old, *new}):
        path = f"registry/{record_id}{f'.{version}' if version else ''}.txt"
        one, other = old.get(version), new.get(version)
        if one is None or other is None:
            yield TextChange(path, version, "added" if one is None else "removed")
        elif one != other:
            first, second = text_in(data[one]), text_in(data[other])
            if first != second or first is None:
                yield TextChange(path, version, "changed")


# What was public once


def once_public(line: Line, start: int) -> Iterator[AuditFinding]:
    """Records that were public and are so no longer; after ``start`` the policy names them."""
    for record_id, landings in line.landings.items():
        public = False
        for landing in landings:
            if public and not line.is_public(landing) and landing.index <= start:
                became = "internal" if landing.yaml else "deleted"
                yield at(
                    landing.commit, "once-public",
                    f"it was public until it was {became}; its content stays in the history",
                    record_id, "who must not see it may have it: tell the keepers of the registry",
                    "notice",
                )  # fmt: skip
            public = line.is_public(landing)


def reused_numbers(line: Line, blobs: Blobs, registry: Registry) -> Iterator[AuditFinding]:
    """Numbers that stand for two published documents, of which one may be gone by now."""
    entries = {
        record_id: entry for record_id, entry in registry.entries.items()
        if entry.record.access == "public"
    }  # fmt: skip
    for record_id, landings in line.landings.items():
        states = [one for one in landings if line.is_public(one)]
        if states and record_id not in entries:
            entry = _entry(record_id, states[-1], blobs)
            if entry is not None:
                entries[record_id] = entry
    whole = Registry(registry.root, {**registry.entries, **dict(sorted(entries.items()))})
    for duplicate in duplicates(whole):
        ids = [one for one in duplicate.ids if one in entries and one in line.landings]
        if duplicate.certain and len(ids) > 1:
            ids.sort(key=lambda one: _published(line, one).index)
            yield at(
                _published(line, ids[-1]).commit, "reused-number",
                f"{duplicate.number} was the number of {', '.join(ids[:-1])} before",
                ids[-1], "one of the records has a wrong number: withdraw it with the reason",
            )  # fmt: skip


def _published(line: Line, record_id: str) -> Landing:
    return next(one for one in line.landings[record_id] if line.is_public(one))


def _entry(record_id: str, landing: Landing, blobs: Blobs) -> Entry | None:
    [(_, data)] = blobs.read_all([landing.yaml])
    return entry_of(RecordFile(record_id, f"registry/{record_id}.yaml"), data, None, [])
