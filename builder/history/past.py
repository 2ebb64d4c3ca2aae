"""The states in which the registry has published its records: for pages, feeds, checkpoints.

A record was published in the states that it had on the main line; what stood on a branch only
was never said by the registry. What is internal, or was while it lasted, is not among them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from builder.findings import RegistryError
from builder.history.blobs import Contents
from builder.history.facts import Facts, Wanted, facts_of
from builder.history.landings import Landing, landings_of
from builder.history.log import History, read_history, record_of
from builder.history.repository import Repository
from builder.progress import Say, silent
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

    ``changed`` holds the ids whose files differ from the last commit; ``clean`` says that nothing
    differs that a site is made from. ``landings`` are those of
    all records, internal ones too: for the checkpoint, never for what is published.
    """

    lack: Lack
    commit: str = ""
    began: int = 0
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    clean: bool = False
    facts: Mapping[str, Facts] = field(default_factory=dict)
    history: History | None = None
    landings: Mapping[str, Sequence[Landing]] = field(default_factory=dict)
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
MADE_FROM = ("registry", "site_src", "mkdocs.yml", ".mailmap")  # what a site is made from


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
    with repository.changes(*MADE_FROM) as changes:
        return _past(repository, registry, say, changes, internal=internal)


def _past(
    repository: Repository, registry: Registry, say: Say, changes: Callable[[], list[str]], *,
    internal: bool,
) -> Past:  # fmt: skip
    history = read_history(repository, say=say)
    landed = landings_of(history)
    landings = {
        record_id: tuple(found) for record_id, found in landed.items()
        if record_id in registry.entries
    }  # fmt: skip
    facts = facts_of(repository, wanted(landings), current(registry), say)
    shown = frozenset(("public", "internal") if internal else ("public",))
    landings = {
        record_id: tuple(one for one in found if one.yaml and facts[one.yaml].access in shown)
        for record_id, found in landings.items()
    }
    public = _public_commits(history, landings)
    changed = changes()
    return Past(
        "",
        history.tip,
        history.main_line[0].committed,
        {
            record_id: tuple(_versions(history, record_id, landings[record_id], facts, public))
            for record_id in registry.entries if record_id in landings
        },
        frozenset(record_of(path) for path in changed if path.startswith("registry/")),
        not changed,
        facts,
        history,
        landed,
        Contents(repository),
    )  # fmt: skip


def wanted(landings: Mapping[str, Sequence[Landing]]) -> Wanted:
    """Records that changed are read whole; of one that never did, the digest says enough."""
    records: set[str] = set()
    once: set[str] = set()
    plain: set[str] = set()
    for found in landings.values():
        blobs = {landing.yaml for landing in found if landing.yaml}
        (once if len(found) == 1 else records).update(blobs)
        plain.update(blob for landing in found for _, blob in landing.texts)
    return Wanted(frozenset(records), frozenset(once), frozenset(plain))


def current(registry: Registry) -> dict[str, Facts]:
    """Facts of the files as they stand, by SHA-256."""
    return {
        entry.digest: Facts(
            entry.digest, entry.record.access, "",
            len(entry.record.corrections), entry.record.withdrawn is not None,
            bool(getattr(entry.record, "attachments", ())),
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
