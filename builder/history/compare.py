"""What differs between two snapshots, record by record: the semantic diff.

What follows from it is in ``consequences``, printing in ``render``, what of it is allowed in
``policy``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from builder.derive.provisions.diff import compare as compare_texts
from builder.derive.provisions.parse import parse
from builder.derive.provisions.tree import PROVISIONS
from builder.derive.words import provision_words
from builder.history.snapshot import Snapshot, Value
from builder.history.values import Change, changes
from builder.history.words import Names, lines_of, names_of, provisions_line, title_of

Status = Literal["added", "removed", "changed", "renamed", "formatted"]
MAX_PAIRS = 20_000  # pairs of records that are compared for likeness
LIKE = 0.6  # share of common fields from which a file under another name is the same record


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text file that differs; ``provisions`` are pairs of status and anchor."""

    path: str
    version: str  # "" for the first, else its date
    status: Literal["added", "removed", "changed"]
    provisions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What became of one record; ``old_id`` differs from ``id`` where it was renamed."""

    status: Status
    id: str
    old_id: str
    title: str
    fields: tuple[Change, ...] = ()
    texts: tuple[TextChange, ...] = ()
    lines: tuple[str, ...] = field(default=())


def compare(old: Snapshot, new: Snapshot) -> list[RecordChange]:
    """Records that were added, removed, renamed, changed, or only written otherwise, by id."""
    names = names_of(new.registry, old.registry)
    removed = [record for record in old.files if record not in new.files]
    added = [record for record in new.files if record not in old.files]
    renamed = _renamed(old, new, removed, added)
    found = [
        RecordChange("removed", record, record, title_of(old.registry, record))
        for record in removed if record not in renamed.values()
    ]  # fmt: skip
    pairs = [(record, record) for record in old.files if record in new.files]
    pairs += [(before, after) for after, before in renamed.items()]
    differing = [
        pair for pair in pairs if pair[0] != pair[1] or _blobs(old, pair[0]) != _blobs(new, pair[1])
    ]
    texts = _Texts(old, new, differing)
    for before, after in differing:
        found.append(_record(old, new, before, after, texts, names))
    found += [
        RecordChange("added", record, record, title_of(new.registry, record))
        for record in added if record not in renamed
    ]  # fmt: skip
    return sorted(found, key=lambda change: change.id)


def _blobs(snapshot: Snapshot, record_id: str) -> list[tuple[str, str]]:
    file = snapshot.files[record_id]
    paths = (("yaml", file.path), *file.texts)
    return [(version, snapshot.blobs[path]) for version, path in paths]


def _record(
    old: Snapshot, new: Snapshot, before: str, after: str, texts: "_Texts", names: Names
) -> RecordChange:
    found: list[Change] = []
    lines: list[str] = []
    if old.blobs[old.files[before].path] != new.blobs[new.files[after].path]:
        first, second = old.fields(before), new.fields(after)
        if first is None or second is None:
            lines.append("the file was no readable record, or is none now")
        else:
            found = changes(first, second)
    changed_texts = texts.changes(before, after)
    lines += [*lines_of(found, names), *(_text_line(text) for text in changed_texts)]
    status: Status = "changed" if lines else "formatted"
    if before != after:
        status = "renamed"
    return RecordChange(
        status, after, before, title_of(new.registry, after), tuple(found), changed_texts,
        tuple(lines),
    )  # fmt: skip


def _text_line(text: TextChange) -> str:
    if text.status == "changed":
        return provisions_line(text.version, text.provisions)
    return f"text {f'of {text.version} ' if text.version else ''}{text.status}"


class _Texts:
    """The texts of the records that differ, read at once from each side."""

    def __init__(self, old: Snapshot, new: Snapshot, pairs: Iterable[tuple[str, str]]) -> None:
        self.sides = (old, new)
        paths: tuple[list[str], list[str]] = ([], [])
        for before, after in pairs:
            known = dict(old.files[before].texts), dict(new.files[after].texts)
            for version in known[0].keys() & known[1].keys():
                if old.blobs[known[0][version]] != new.blobs[known[1][version]]:
                    paths[0].append(known[0][version])
                    paths[1].append(known[1][version])
        self.read = old.texts(paths[0]), new.texts(paths[1])

    def changes(self, before: str, after: str) -> tuple[TextChange, ...]:
        old, new = (
            dict(side.files[record].texts)
            for side, record in zip(self.sides, (before, after), strict=True)
        )
        found: list[TextChange] = []
        for version in sorted({*old, *new}):
            if version not in old:
                found.append(TextChange(new[version], version, "added"))
            elif version not in new:
                found.append(TextChange(old[version], version, "removed"))
            elif old[version] in self.read[0]:
                first, second = self.read[0][old[version]], self.read[1][new[version]]
                if first != second or first is None:
                    touched = provisions(first or "", second or "")
                    found.append(TextChange(new[version], version, "changed", touched))
        return tuple(found)


def provisions(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Provisions that differ between two texts, by pairs of status and anchor.

    Paragraphs without a number count as a change of the provision they stand in (an empty
    anchor outside of all); of provisions that came or went whole the outermost is named.
    """
    found: dict[str, str] = {}
    for change in compare_texts(parse(old), parse(new)):
        if change.status == "unchanged":
            continue
        anchor, status = change.node.anchor, str(change.status)
        if change.node.kind not in PROVISIONS:
            anchor, status = _citable(anchor), "changed"
        above = found.get(anchor.rpartition(".")[0])
        if anchor not in found and (status == "changed" or above != status):
            found[anchor] = status
    return tuple((status, anchor) for anchor, status in found.items())


def _citable(anchor: str) -> str:
    """The nearest provision around that has a number."""
    while anchor and provision_words(anchor) == anchor:
        anchor = anchor.rpartition(".")[0]
    return anchor


def _renamed(old: Snapshot, new: Snapshot, removed: list[str], added: list[str]) -> dict[str, str]:
    """New id -> old id of the records that went on under another name."""
    if not removed or not added:
        return {}
    by_blob = {old.blobs[old.files[record].path]: record for record in reversed(removed)}
    found: dict[str, str] = {}
    for record in added:
        before = by_blob.pop(new.blobs[new.files[record].path], None)
        if before is not None:
            found[record] = before
    left = [record for record in removed if record not in found.values()]
    fresh = [record for record in added if record not in found]
    if len(left) * len(fresh) > MAX_PAIRS:
        return found
    values = {record: old.fields(record) for record in left}
    for record in fresh:
        value = new.fields(record)
        likely = [(_likeness(values[other], value), other) for other in left]
        likeness, best = max(likely, default=(0.0, ""))
        if likeness >= LIKE:
            found[record] = best
            left.remove(best)
    return found


def _likeness(old: Value | None, new: Value | None) -> float:
    """Share of the known fields of both that are the same, without those all records have."""
    if old is None or new is None:
        return 0.0
    keys = {key for key in (*old, *new) if (old.get(key) or new.get(key)) and key not in _COMMON}
    return sum(old.get(key) == new.get(key) for key in keys) / len(keys) if keys else 0.0


_COMMON = frozenset(("access", "verified", "as_of", "type", "stage", "regime", "block"))
