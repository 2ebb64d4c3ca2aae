"""Records on the main line: in which of its commits each one changed, and its files after it.

That is what the registry said, state after state; how it came about is in ``log``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.history.facts import Facts
from builder.history.log import History, records_in
from builder.history.stream import Commit, FileChange


@dataclass(frozen=True, slots=True)
class Landing:
    """One commit of the main line that changed a record, and the record's files after it.

    ``index`` is the place in the main line. ``yaml`` is empty where the record was deleted;
    ``texts`` are pairs of version ("" for the first) and blob.
    """

    index: int
    commit: Commit
    yaml: str
    texts: tuple[tuple[str, str], ...]


def landings_of(history: History) -> dict[str, list[Landing]]:
    """By id of record, oldest first."""
    found: dict[str, list[Landing]] = {}
    for index, commit in enumerate(history.main_line):
        for record_id, files in records_in(commit.files).items():
            known = found.setdefault(record_id, [])
            known.append(_after(index, commit, known[-1] if known else None, files))
    return found


def _after(
    index: int, commit: Commit, before: Landing | None, files: tuple[FileChange, ...]
) -> Landing:
    yaml, texts = (before.yaml, dict(before.texts)) if before else ("", {})
    for file in files:
        if file.path.endswith(".yaml"):
            yaml = file.blob
        elif file.blob:
            texts[version_of(file.path)] = file.blob
        else:
            texts.pop(version_of(file.path), None)
    return Landing(index, commit, yaml, tuple(sorted(texts.items())))


def version_of(path: str) -> str:
    """The date in the name of a text, or nothing.

    >>> version_of("registry/a/b.2026-01-01.txt"), version_of("registry/a/b.txt")
    ('2026-01-01', '')
    """
    return path.rpartition("/")[2].removesuffix(".txt").partition(".")[2]


@dataclass(frozen=True)
class Line:
    """The main line with every record's landings, internal ones included, and their facts.

    For those who check the history, never for what is published.
    """

    history: History
    landings: Mapping[str, Sequence[Landing]]
    facts: Mapping[str, Facts]

    def is_public(self, landing: Landing) -> bool:
        return bool(landing.yaml) and self.facts[landing.yaml].access == "public"

    @cached_property
    def position(self) -> dict[str, int]:
        """Places in the main line by commit."""
        return {commit.id: index for index, commit in enumerate(self.history.main_line)}

    def at(self, index: int) -> dict[str, Landing]:
        """The state of every public record after one commit of the main line."""
        found: dict[str, Landing] = {}
        for record_id, landings in self.landings.items():
            last = None
            for landing in landings:
                if landing.index > index:
                    break
                last = landing
            if last is not None and self.is_public(last):
                found[record_id] = last
        return found
