"""What git knows of every record: the commits that made it what it is, read once and cached.

The stream that it is read from is in ``stream``, what a commit changed in the words of the
field in ``timeline``.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from builder.findings import RegistryError
from builder.history.repository import Repository
from builder.history.stream import Commit, FileChange, commits
from builder.progress import Say, silent
from builder.store.cache import cache_dir, keep, read_kept

VERSION = 1  # raise when what the cache holds changes its meaning
MAX_HEADS = 50  # branches in the cache; with more of them everything is read again


@dataclass(frozen=True, slots=True)
class Step:
    """One commit that made a record what it is.

    ``landed`` is the commit of the main line with which it came in: itself, or the merge
    that brought it; the registry has said so from then on. ``files`` are the record's own.
    """

    commit: Commit
    landed: Commit
    files: tuple[FileChange, ...]


@dataclass(frozen=True)
class History:
    """All commits up to ``tip``, each after its parents, and the steps of every record."""

    tip: str
    commits: tuple[Commit, ...]
    authors: Mapping[tuple[str, str], str]

    @cached_property
    def by_id(self) -> dict[str, Commit]:
        return {commit.id: commit for commit in self.commits}

    @cached_property
    def main_line(self) -> tuple[Commit, ...]:
        """The tip and its first parents, oldest first: the states that were published."""
        line: list[Commit] = []
        commit = self.by_id.get(self.tip)
        while commit is not None:
            line.append(commit)
            commit = self.by_id.get(commit.parents[0]) if commit.parents else None
        return tuple(reversed(line))

    def author(self, commit: Commit) -> str:
        """Who wrote it, by the name that ``.mailmap`` gives."""
        return self.authors.get((commit.name, commit.email), commit.name)

    @cached_property
    def steps(self) -> dict[str, tuple[Step, ...]]:
        """By id of record, oldest first: what made it what it is at the tip.

        A change on a branch counts if the merge took it over; a merge counts by itself where
        it left something else than its branch had. What a merge left out made nothing.
        """
        found: dict[str, list[Step]] = defaultdict(list)
        branches = self._branches()
        for landed in self.main_line:
            brought = branches.get(landed.id)
            if brought is None:
                for record, files in records_in(landed.files).items():
                    found[record].append(Step(landed, landed, files))
                continue
            for record, files in records_in(landed.files).items():
                found[record].extend(self._merged(landed, brought, files))
        return {record: tuple(steps) for record, steps in found.items()}

    @cached_property
    def landed(self) -> dict[str, int]:
        """By commit: the place in ``main_line`` of the first that has it among its ancestors."""
        found = {commit.id: index for index, commit in enumerate(self.main_line)}
        for commit in reversed(self.commits):  # children come after their parents
            at = found[commit.id]
            for parent in commit.parents:
                found[parent] = min(found.get(parent, at), at)
        return found

    def _branches(self) -> dict[str, dict[str, list[int]]]:
        """By merge of the main line: path of a file -> commits on its branch that changed it.

        Commits are given by their place in ``commits``.
        """
        position = {commit.id: index for index, commit in enumerate(self.main_line)}
        found: dict[str, dict[str, list[int]]] = {
            commit.id: defaultdict(list) for commit in self.main_line if len(commit.parents) > 1
        }
        if not found:
            return {}
        landed = self.landed
        for index, commit in enumerate(self.commits):
            if commit.id not in position:
                by_path = found[self.main_line[landed[commit.id]].id]
                for file in commit.files:
                    by_path[file.path].append(index)
        return found

    def _merged(
        self, landed: Commit, brought: Mapping[str, list[int]], files: tuple[FileChange, ...]
    ) -> Iterator[Step]:
        """The steps with which a merge changed one record: those of its branch, and its own."""
        changed: dict[int, list[FileChange]] = defaultdict(list)
        own: list[FileChange] = []
        for file in files:
            last = None
            for index in brought.get(file.path, ()):
                last = next(f for f in self.commits[index].files if f.path == file.path)
                changed[index].append(last)
            if last is None or last.blob != file.blob:
                own.append(file)
        for index in sorted(changed):
            yield Step(self.commits[index], landed, tuple(changed[index]))
        if own:
            yield Step(landed, landed, tuple(own))


def record_of(path: str) -> str:
    """The id of the record that a file belongs to, its texts included.

    >>> record_of("registry/documents/a/ke-hoach.2026-01-01.txt")
    'documents/a/ke-hoach'
    """
    folder, _, name = path.removeprefix("registry/").rpartition("/")
    return f"{folder}/{name.partition('.')[0]}" if folder else name


def records_in(files: Iterable[FileChange]) -> dict[str, tuple[FileChange, ...]]:
    """Changed files by the record that they belong to; others are left out."""
    found: dict[str, list[FileChange]] = defaultdict(list)
    for file in files:
        if file.path.endswith((".yaml", ".txt")) and file.path.count("/") > 1:
            found[record_of(file.path)].append(file)
    return {record: tuple(changes) for record, changes in found.items()}


def read_history(
    repository: Repository, revision: str = "HEAD", *, cache: bool = True, say: Say = silent
) -> History:
    """The history up to a revision; what an earlier run read is taken from the cache."""
    tip = repository.commit(revision)
    repository.require_full()
    path = cache_dir(repository.root) / "history.json"
    known = _load(path, repository.prefix) if cache else ()
    if all(commit.id != tip for commit in known):
        known = _extended(repository, known, tip, say)
        if cache:
            _save(path, repository.prefix, known)
    mine = _up_to(tip, known)
    return History(tip, mine, _authors(repository, mine))


def _extended(
    repository: Repository, known: tuple[Commit, ...], tip: str, say: Say
) -> tuple[Commit, ...]:
    """What is known and what leads from there to ``tip``, read from git, each after its parents.

    What is known may hold other branches, too; where git does not know them any more, the
    whole history is read again.
    """
    parents = {parent for commit in known for parent in commit.parents}
    heads = [commit.id for commit in known if commit.id not in parents]
    if len(heads) <= MAX_HEADS:
        try:
            return (*known, *commits(repository, tip, heads, say))
        except RegistryError:
            say("reading the whole history again")
    return tuple(commits(repository, tip, [], say))


def _up_to(tip: str, known: tuple[Commit, ...]) -> tuple[Commit, ...]:
    """The commits that ``tip`` descends from, and itself."""
    wanted = {tip}
    for commit in reversed(known):
        if commit.id in wanted:
            wanted.update(commit.parents)
    return tuple(commit for commit in known if commit.id in wanted)


def _authors(repository: Repository, known: tuple[Commit, ...]) -> dict[tuple[str, str], str]:
    """Names as ``.mailmap`` gives them, asked for once for every way of writing them."""
    written = sorted({(commit.name, commit.email) for commit in known})
    lines = "".join(f"{name} <{email}>\n" for name, email in written)
    # The repository's own file alone: a map of whoever builds would change the site.
    own = ("-c", f"mailmap.file={os.devnull}", "-c", "mailmap.blob=HEAD:.mailmap")
    answers = repository.run(*own, "check-mailmap", "--stdin", stdin=lines.encode())
    names = [line.rpartition(" <")[0] for line in answers.splitlines()]
    if len(names) != len(written):
        return {}
    return {key: name or key[0] for key, name in zip(written, names, strict=True)}


def _load(path: Path, prefix: str) -> tuple[Commit, ...]:
    """The commits that a cache holds; none if anything is wrong with it."""
    try:
        content = read_kept(path, VERSION)
        if content["prefix"] != prefix:
            return ()
        return tuple(
            Commit(
                commit, tuple(parents), name, email, authored, committed, subject,
                tuple(FileChange(path, blob) for path, blob in files),
            )
            for commit, parents, name, email, authored, committed, subject, files
            in content["commits"]
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, IndexError):
        return ()


def _save(path: Path, prefix: str, known: Iterable[Commit]) -> None:
    rows = [
        [
            one.id, one.parents, one.name, one.email, one.authored, one.committed, one.subject,
            [(file.path, file.blob) for file in one.files],
        ]
        for one in known
    ]  # fmt: skip
    keep(path, VERSION, {"prefix": prefix, "commits": rows})
