"""The states in which the registry has published its records: for pages, feeds, checkpoints.

A record was published in the states that it had on the main line; what stood on a branch only
was never said by the registry. What is internal, or was while it lasted, is not among them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.findings import RegistryError
from builder.history.blobs import Contents
from builder.history.facts import Facts, Wanted, facts_of
from builder.history.log import History, read_history, record_of, records_in
from builder.history.repository import Repository, Say, silent
from builder.history.stream import Commit, FileChange
from builder.registry import Registry

Event = Literal["published", "changed", "corrected", "withdrawn", "formatted"]
Lack = Literal["", "no-git", "no-commit", "shallow"]


@dataclass(frozen=True, slots=True)
class Version:
    """One published state of a record, counted from 1.

    ``landed`` is the commit of the main line from which on the registry said so, at ``time``
    (seconds since 1970); ``authors`` wrote it, by the names that ``.mailmap`` gives.
    ``subject`` is empty where the commit changed what is not public, too. ``texts`` are pairs
    of version ("" for the first) and blob.
    """

    number: int
    event: Event
    landed: str
    time: int
    authors: tuple[str, ...]
    subject: str
    blob: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Past:
    """All published states by id of record, and why there are none if there are none.

    ``changed`` holds the ids whose files differ from the last commit.
    """

    lack: Lack
    commit: str = ""
    began: int = 0
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    facts: Mapping[str, Facts] = field(default_factory=dict)
    history: History | None = None
    contents: Contents | None = None

    def of(self, record_id: str) -> tuple[Version, ...]:
        """The published states of a record, oldest first."""
        return self.versions.get(record_id, ())

    def refers(self, record_id: str) -> set[str]:
        """Records and units to which any published state of a record refers, if it has several."""
        found = self.of(record_id)
        return {to for one in found for to in self.facts[one.blob].refers} if found[1:] else set()

    def close(self) -> None:
        """Ends the running git, if there is one."""
        if self.contents is not None:
            self.contents.close()


NO_PAST = Past("no-git")


def past_of(registry: Registry, say: Say = silent, *, internal: bool = False) -> Past:
    """The past of the records that ``registry`` holds; of others nothing is read.

    States in which a record was internal are among them only if ``internal`` asks for that.

    A folder without git, without a commit, or with the latest part of the history only has
    none, and says why.
    """
    try:
        repository = Repository(registry.root)
    except RegistryError:
        return NO_PAST
    try:
        repository.commit("HEAD")
    except RegistryError:
        return Past("no-commit")
    if repository.is_shallow:
        return Past("shallow")
    history = read_history(repository, say=say)
    landings = {
        record_id: tuple(found) for record_id, found in _landings(history).items()
        if record_id in registry.entries
    }  # fmt: skip
    facts = facts_of(repository, _wanted(landings), _current(registry), say)
    shown = frozenset(("public", "internal") if internal else ("public",))
    landings = {
        record_id: tuple(one for one in found if one.yaml and facts[one.yaml].access in shown)
        for record_id, found in landings.items()
    }
    public = _public_commits(history, landings)
    return Past(
        "",
        history.tip,
        history.main_line[0].committed,
        {
            record_id: tuple(_versions(history, record_id, landings[record_id], facts, public))
            for record_id in registry.entries if record_id in landings
        },
        frozenset(_uncommitted(repository)),
        facts,
        history,
        Contents(repository),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Landing:
    """One commit of the main line that changed a record, and the record's files after it."""

    commit: Commit
    yaml: str
    texts: tuple[tuple[str, str], ...]


def _landings(history: History) -> dict[str, list[Landing]]:
    """By id of record, oldest first."""
    found: dict[str, list[Landing]] = {}
    for commit in history.main_line:
        for record_id, files in records_in(commit.files).items():
            known = found.setdefault(record_id, [])
            known.append(_after(commit, known[-1] if known else None, files))
    return found


def _after(commit: Commit, before: Landing | None, files: tuple[FileChange, ...]) -> Landing:
    yaml, texts = (before.yaml, dict(before.texts)) if before else ("", {})
    for file in files:
        if file.path.endswith(".yaml"):
            yaml = file.blob
        elif file.blob:
            texts[version_of(file.path)] = file.blob
        else:
            texts.pop(version_of(file.path), None)
    return Landing(commit, yaml, tuple(sorted(texts.items())))


def version_of(path: str) -> str:
    """The date in the name of a text, or nothing.

    >>> version_of("registry/a/b.2026-01-01.txt"), version_of("registry/a/b.txt")
    ('2026-01-01', '')
    """
    return path.rpartition("/")[2].removesuffix(".txt").partition(".")[2]


def _wanted(landings: Mapping[str, tuple[Landing, ...]]) -> Wanted:
    """Records that changed are read whole; of one that never did, the digest says enough."""
    records: set[str] = set()
    once: set[str] = set()
    plain: set[str] = set()
    for found in landings.values():
        blobs = {landing.yaml for landing in found if landing.yaml}
        (once if len(found) == 1 else records).update(blobs)
        plain.update(blob for landing in found for _, blob in landing.texts)
    return Wanted(frozenset(records), frozenset(once), frozenset(plain))


def _current(registry: Registry) -> dict[str, Facts]:
    """Facts of the files as they stand, by SHA-256."""
    return {
        entry.digest: Facts(
            entry.digest, entry.record.access, "",
            len(entry.record.corrections), entry.record.withdrawn is not None,
        )
        for entry in registry.entries.values()
    }  # fmt: skip


def _versions(
    history: History, record_id: str, landings: Iterable[Landing], facts: Mapping[str, Facts],
    public: frozenset[str],
) -> Iterator[Version]:  # fmt: skip
    authors: dict[str, dict[str, None]] = {}
    for step in history.steps.get(record_id, ()):
        authors.setdefault(step.landed.id, {})[history.author(step.commit)] = None
    before: Landing | None = None
    for number, landing in enumerate(landings, 1):
        commit = landing.commit
        yield Version(
            number, _event(before, landing, facts), commit.id, commit.committed,
            tuple(authors.get(commit.id, {history.author(commit): None})),
            commit.subject if commit.id in public else "",
            landing.yaml, landing.texts,
        )  # fmt: skip
        before = landing


def _event(before: Landing | None, after: Landing, facts: Mapping[str, Facts]) -> Event:
    if before is None:
        return "published"
    old, new = facts[before.yaml], facts[after.yaml]
    if new.withdrawn and not old.withdrawn:
        return "withdrawn"
    if new.corrections > old.corrections:
        return "corrected"
    return "formatted" if (old.content, before.texts) == (new.content, after.texts) else "changed"


def _public_commits(
    history: History, landings: Mapping[str, tuple[Landing, ...]]
) -> frozenset[str]:
    """Commits of the main line that changed nothing but records that are shown, then and now.

    Only their subjects are shown: that of another may tell of what is internal.
    """
    shown: dict[str, set[str]] = {}
    for record_id, found in landings.items():
        for landing in found:
            shown.setdefault(landing.commit.id, set()).add(record_id)
    return frozenset(
        commit.id for commit in history.main_line
        if len(commit.parents) < 2
        and {record_of(file.path) for file in commit.files if file.path.count("/") > 1}
        <= shown.get(commit.id, set())
    )  # fmt: skip


def _uncommitted(repository: Repository) -> Iterator[str]:
    """Ids of records of which a file differs from the last commit."""
    folder = f"{repository.prefix}registry/"
    listing = repository.run(
        "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all",
        "--ignore-submodules=all", "--", f":(top){folder}",
    )  # fmt: skip
    for line in filter(None, listing.split("\0")):
        yield record_of(line[3:].removeprefix(repository.prefix))
