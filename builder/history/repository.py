"""The git repository around a registry: opening it, naming revisions, running git.

GitPython is imported when a repository is opened, not before. What users type goes to git
only as a revision behind ``--end-of-options``, and comes back as the id of a commit.
"""

import datetime as dt
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from builder.days import FORMS, VIETNAM, day_from, looks_like_day
from builder.findings import RegistryError

_ID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?\Z")


class Repository:
    """A repository and where the registry stands in it. Raises RegistryError if there is none.

    ``prefix`` is what stands before ``registry/`` in the paths of git: empty, or ``a/b/``.
    """

    def __init__(self, root: Path) -> None:
        try:
            import git
        except ImportError:
            raise RegistryError(
                "git was not found", "install git, see https://git-scm.com"
            ) from None
        self.root = root.resolve()
        try:
            repo = git.Repo(self.root, search_parent_directories=True)
        except (git.InvalidGitRepositoryError, git.NoSuchPathError):
            raise RegistryError(
                f"{root} is in no git repository",
                "clone the registry with git, or begin one with 'git init' and a first commit",
            ) from None
        if repo.working_tree_dir is None:
            raise RegistryError(f"{root} is in a bare repository", "work in a clone of it")
        top = self._top = Path(repo.working_tree_dir).resolve()
        inside = self.root.relative_to(top).as_posix()
        self.prefix = "" if inside == "." else f"{inside}/"
        self._git = repo.git
        # Replacements would let a local ref show another history than the one that was signed.
        # So would grafts.
        self._git.update_environment(
            GIT_NO_REPLACE_OBJECTS="1", GIT_OPTIONAL_LOCKS="0", GIT_GRAFT_FILE=os.devnull
        )
        self._failure = git.GitCommandError

    # Running git

    def run(self, *arguments: str, stdin: bytes = b"") -> str:
        """What a git command prints, without its last line end. RegistryError if it fails."""
        try:
            with tempfile.TemporaryFile() as file:
                file.write(stdin)
                file.seek(0)
                return str(self._git.execute(["git", *arguments], istream=file))
        except self._failure as error:
            raise _failed(arguments[0], str(error.stderr or "")) from None

    def complaint(self, *arguments: str) -> str:
        """What a git command that looks for faults complains of first; empty if of nothing."""
        try:
            self.run(*arguments)
        except RegistryError as error:
            return str(error).partition(" failed: ")[2] or "a fault"
        return ""

    @contextmanager
    def process(self, *arguments: str, feed: bool = False) -> Iterator[Any]:
        """A running git with ``stdout`` (and ``stdin`` if ``feed``) as pipes of bytes.

        RegistryError if it ends badly after its output was read.
        """
        process: Any = self._git.execute(
            ["git", *arguments], as_process=True, istream=subprocess.PIPE if feed else None
        )
        try:
            yield process
            if feed:
                process.stdin.close()
            stderr: IO[bytes] = process.stderr
            words = stderr.read().decode("utf-8", "replace")
            if process.proc.wait() != 0:
                raise _failed(arguments[0], words)
        finally:
            if process.proc.poll() is None:
                process.proc.kill()
                process.proc.wait()

    @contextmanager
    def changes(self, *paths: str) -> Iterator[Callable[[], list[str]]]:
        """Asks git for files under some paths that differ from the last commit.

        The answer, relative to the root, is there to be called for; git looks for them meanwhile.
        """
        specs = [f":(top,literal){self.prefix}{path}" for path in paths]
        with self.process(
            "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all",
            "--ignore-submodules=all", "--", *specs,
        ) as process:  # fmt: skip

            def answer() -> list[str]:
                listing = process.stdout.read().decode("utf-8", "surrogateescape")
                return [line[3:].removeprefix(self.prefix) for line in listing.split("\0") if line]

            yield answer

    def clone_at(self, commit: str, folder: Path) -> Path:
        """A clone with a commit checked out; gives the place of its registry's root.

        It borrows the objects of this one, and runs no hook.
        """
        quiet = ("-c", f"core.hooksPath={os.devnull}")
        self.run(
            *quiet, "clone", "--quiet", "--shared", "--no-checkout", "--", str(self._top),
            str(folder),
        )  # fmt: skip
        self.run(*quiet, "-C", str(folder), "checkout", "--quiet", "--detach", commit, "--")
        return folder / self.prefix

    # Naming commits

    @property
    def is_shallow(self) -> bool:
        return self.run("rev-parse", "--is-shallow-repository") == "true"

    def require_full(self) -> None:
        """RegistryError in a clone that holds only the latest commits."""
        if self.is_shallow:
            raise RegistryError(
                "this clone is shallow: it holds only the latest part of the history",
                "run 'git fetch --unshallow' (in a workflow: fetch-depth: 0)",
            )

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision names. RegistryError if there is none."""
        usable = revision.isprintable() and revision.strip() and not revision.startswith("-")
        if usable:
            try:
                named = self.run(
                    "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
                )
            except RegistryError:
                named = ""
            if _ID.match(named):
                return named
        if revision == "HEAD":
            raise RegistryError("the repository has no commit yet", "commit the records first")
        hint = "name a commit, branch or tag, e.g. HEAD~1 or origin/main; see 'git log --oneline'"
        if self.is_shallow:
            hint = "this clone is shallow: run 'git fetch --unshallow', then try again"
        raise RegistryError(f"there is no revision {revision!r}", hint)

    def commit_on(self, day: dt.date) -> str:
        """The last commit of HEAD's own line by the end of a day in Vietnam.

        That is what the registry said on that day: a change counts from its merge.
        """
        midnight = dt.datetime.combine(day, dt.time(23, 59, 59), VIETNAM)
        self.require_full()
        found = self.run(
            "rev-list", "-n1", "--first-parent", f"--before={int(midnight.timestamp())}",
            self.commit("HEAD"), "--",
        )  # fmt: skip
        if not found:
            raise RegistryError(
                f"the registry had no commit by {day}", "give a later day, or a commit"
            )
        return found

    def commit_at(self, text: str) -> str:
        """The commit of a revision, or of a day: YYYY-MM-DD, or D/M/YYYY as documents write it."""
        if not looks_like_day(text):
            return self.commit(text)
        day = day_from(text)
        if day is None:
            raise RegistryError(f"{text!r} is no day", FORMS)
        return self.commit_on(day)

    def common_ancestor(self, one: str, other: str) -> str | None:
        """The last commit that two have in common; None if their histories are unrelated."""
        try:
            return self.run("merge-base", one, other) or None
        except RegistryError:
            return None


def _failed(command: str, stderr: str) -> RegistryError:
    """git's own first line of complaint, without control characters."""
    words = stderr.strip().removeprefix("stderr:").strip(" \n'").splitlines() or [
        "it gave no reason"
    ]
    clean = "".join(c if c.isprintable() else " " for c in words[0])[:300]
    return RegistryError(f"git {command} failed: {clean}", "see 'git status'; is this clone whole?")
