"""``registry receive``: the pre-receive hook of a plain git server."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from builder.commands.common import errors, fail, progress
from builder.findings import counted

_NONE = frozenset({"0" * 40, "0" * 64})
# githooks(5), pre-receive: <old-oid> SP <new-oid> SP <ref-name> LF
_PUSHED = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) (refs/.+)\n?\Z")
_TIMEOUT = 600  # seconds for one call of git


def register(app: typer.Typer) -> None:
    app.command("receive")(receive_command)


def receive_command(
    branch: Annotated[
        str, typer.Option(help="The branch that is published; pushes to others pass.")
    ] = "main",
) -> None:
    """Decide as the pre-receive hook of a git server whether what is pushed may be published.

    Reads what git gives to such a hook on standard input. Refuses records that break a rule or
    the append-only policy, a rewritten or deleted branch, and says how to do it right; nothing
    that was pushed is run. Exit codes: 0 taken, 1 refused, 2 not called by git.

    Example: `registry receive`, as the line `exec registry receive` in `hooks/pre-receive`.
    """
    bare = os.environ.get("GIT_DIR")
    if bare is None:
        fail("this is a hook: git calls it", "put 'exec registry receive' into hooks/pre-receive")
    refused = False
    for line in sys.stdin:
        pushed = _PUSHED.match(line)
        if pushed is None:
            fail(f"{line.strip()!r} is not what git gives to a hook", "let git call it")
        old, new, ref = pushed.groups()
        if ref != f"refs/heads/{branch}":
            continue
        if new in _NONE:
            errors.print(f"refused: {branch} is published and is not deleted")
            refused = True
        else:
            refused |= _refused(Path(bare).resolve(), branch, old, new)
    raise typer.Exit(1 if refused else 0)


def _refused(bare: Path, branch: str, old: str, new: str) -> bool:
    """Whether the state ``new`` must not follow ``old``; says why."""
    from builder.check.report import as_text
    from builder.check.run import check, has_errors
    from builder.history.against import check_against
    from builder.registry import load

    fresh = old in _NONE
    with _checkout(bare, new) as root:
        if not fresh and not _descends(root, old, new):
            errors.print(
                f"refused: {branch} would lose published commits\n"
                "    bring your commits onto the published branch (git pull --rebase), push again",
            )
            return True
        with progress() as say:
            registry = load(root, cache=False, say=say)
        findings = check(registry)
        if not fresh:
            findings += check_against(registry, old)[0]
    for finding in findings:
        typer.echo(as_text(finding), err=True)
    if has_errors(findings):
        count = sum(finding.severity == "error" for finding in findings)
        errors.print(
            f"refused: {counted(count, 'error')}; mend what is named, commit and push again"
        )
        return True
    return False


@contextmanager
def _checkout(bare: Path, commit: str) -> Iterator[Path]:
    """The files of a commit that is not yet taken, in a repository of its own.

    Git keeps what is pushed in quarantine until the hook agrees (git-receive-pack, "Quarantine
    Environment"); the repository made here borrows the objects of both places.
    """
    others = os.environ.get("GIT_ALTERNATE_OBJECT_DIRECTORIES", "").split(os.pathsep)
    stores = [bare / "objects", os.environ.get("GIT_QUARANTINE_PATH"), *others]
    with tempfile.TemporaryDirectory(prefix="registry-receive-") as name:
        root = Path(name) / "pushed"
        _git(None, "init", "-q", str(root))
        alternates = root / ".git" / "objects" / "info" / "alternates"
        alternates.write_text(
            "".join(f"{Path(store).resolve()}\n" for store in stores if store), encoding="utf-8"
        )
        _git(root, "checkout", "-q", "--detach", commit)
        os.environ["REGISTRY_CACHE"] = str(Path(name) / "cache")
        yield root


def _descends(root: Path, old: str, new: str) -> bool:
    return _run(root, "merge-base", "--is-ancestor", old, new).returncode == 0


def _git(root: Path | None, *words: str) -> None:
    done = _run(root, *words)
    if done.returncode != 0:
        fail(f"git {words[0]} failed: {done.stderr.strip()}", "ask whoever keeps the server")


def _run(root: Path | None, *words: str) -> subprocess.CompletedProcess[str]:
    """Git without the settings of the repository that is pushed to, and without hooks."""
    place = ["-C", str(root)] if root else []
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        ["git", *place, "-c", "core.hooksPath=/dev/null", *words],
        env={**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_NO_REPLACE_OBJECTS": "1"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=_TIMEOUT,
    )  # fmt: skip
