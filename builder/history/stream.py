"""The one stream of ``git log``: commits with the files of the registry that each changed.

Every commit is shown against its first parent, merges too: what a merge did to the line it
was merged into. Putting this together per record is in ``log``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from builder.history.repository import Repository
from builder.progress import Say

_HEADER = 7  # fields before the changes of a commit
_FORMAT = "--format=%H%x00%P%x00%an%x00%ae%x00%at%x00%ct%x00%s"
_CHUNK = 1 << 20
MAX_SUBJECT = 500


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the registry in one commit; ``blob`` is empty where it was deleted."""

    path: str  # relative to the root: registry/…
    blob: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit. Times are seconds since 1970; ``name`` and ``email`` as it was written."""

    id: str
    parents: tuple[str, ...]
    name: str
    email: str
    authored: int
    committed: int
    subject: str
    files: tuple[FileChange, ...]


def commits(repository: Repository, tip: str, known: list[str], say: Say) -> Iterator[Commit]:
    """The commits up to ``tip`` that none of ``known`` descends from, each after its parents."""
    span = [tip, *(f"^{commit}" for commit in known)]
    with repository.process(
        "log", "--raw", "-z", "--no-renames", "--no-abbrev", "--diff-merges=first-parent",
        "--root", "--topo-order", "--reverse", "--no-show-signature", "--encoding=UTF-8",
        "--no-color", "--no-ext-diff", _FORMAT, *span, "--",
    ) as process:  # fmt: skip
        folder = f"{repository.prefix}registry/".encode()
        for count, commit in enumerate(_parse(_tokens(process.stdout), folder), 1):
            yield commit
            if count % 1000 == 0:
                say(f"reading the history: {count:,} commits")


def _tokens(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between the NULs of a stream, read in large pieces."""
    rest = b""
    while piece := stream.read(_CHUNK):
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole


def _parse(tokens: Iterator[bytes], folder: bytes) -> Iterator[Commit]:
    cut = len(folder) - len(b"registry/")
    header: list[bytes] = []
    files: list[FileChange] = []
    for token in tokens:
        if len(header) < _HEADER:
            header.append(token)
            continue
        meta = token.lstrip(b"\n")
        if meta.startswith(b":"):
            path = next(tokens, b"")
            if path.startswith(folder):
                _, mode, _, blob, status = meta.split(b" ")
                # A link or a submodule is no record: the file it replaced is gone.
                gone = status == b"D" or not mode.startswith(b"100")
                name = path[cut:].decode("utf-8", "replace")
                files.append(FileChange(name, "" if gone else blob.decode()))
            continue
        yield _commit(header, files)
        header, files = [token], []
    if len(header) == _HEADER:
        yield _commit(header, files)


def _commit(header: list[bytes], files: list[FileChange]) -> Commit:
    words = [part.decode("utf-8", "replace") for part in header]
    commit, parents, name, email, authored, committed, subject = words
    return Commit(
        commit, tuple(parents.split()), name, email, int(authored), int(committed),
        subject[:MAX_SUBJECT], tuple(files),
    )  # fmt: skip
