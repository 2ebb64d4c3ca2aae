"""What trees and blobs of git hold: lists of files, and contents from one ``git cat-file``."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from builder.findings import RegistryError
from builder.history.repository import Repository
from builder.store.yaml_read import MAX_BYTES

_AT_ONCE = 256  # ids of a request; far fewer bytes than a pipe holds, so that nobody waits


def files_at(repository: Repository, commit: str) -> tuple[dict[str, str], list[str]]:
    """Blob ids of the plain files under ``registry/`` by path, and the paths of all else.

    All else is what a registry may not hold: links and submodules.
    """
    folder = f"{repository.prefix}registry/"
    listing = repository.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", folder)
    files: dict[str, str] = {}
    others: list[str] = []
    for line in filter(None, listing.split("\0")):
        meta, _, path = line.partition("\t")
        mode, _, blob = meta.split(" ")
        path = path.removeprefix(repository.prefix)
        if mode.startswith("100"):
            files[path] = blob
        else:
            others.append(path)
    return files, others


class Blobs:
    """A running ``git cat-file --batch``."""

    def __init__(self, process: Any) -> None:
        self._in, self._out = process.stdin, process.stdout

    def read_all(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Id and content of each blob; of one larger than a record may be, the beginning."""
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            self._in.write("".join(f"{blob}\n" for blob in some).encode())
            self._in.flush()
            for blob in some:
                yield blob, self._answer(blob)

    def digest(self, blob: str) -> tuple[str, int]:
        """SHA-256 and size of a blob of any size, of which no more than a piece is in memory."""
        self._in.write(f"{blob}\n".encode())
        self._in.flush()
        size = left = self._size(blob)
        digest = hashlib.sha256()
        while left > 0 and (piece := self._out.read(min(left, 1 << 20))):
            left -= len(piece)
            digest.update(piece)
        self._out.read(1)
        return digest.hexdigest(), size

    def _size(self, blob: str) -> int:
        words = self._out.readline().split()
        if len(words) != 3:
            raise RegistryError(
                f"git does not hold the content {blob}",
                "this clone is not whole: clone it again, without --filter or --depth",
            )
        return int(words[2])

    def _answer(self, blob: str) -> bytes:
        size = self._size(blob)
        data: bytes = self._out.read(min(size, MAX_BYTES + 1))
        left = size - len(data) + 1  # what is too large, and the line end after each
        while left > 0 and (piece := self._out.read(min(left, 1 << 20))):
            left -= len(piece)
        return data


@contextmanager
def blobs_of(repository: Repository) -> Iterator[Blobs]:
    """One process for as many contents as its user asks for."""
    with repository.process("cat-file", "--batch", feed=True) as process:
        yield Blobs(process)


class Contents:
    """Contents of blobs, now and then: one ``git cat-file`` in each process that asks."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._running: tuple[int, Blobs, ExitStack] | None = None

    def read(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Contents by blob, as ``Blobs.read_all`` gives them."""
        if not (wanted := list(ids)):
            return {}
        if self._running is None or self._running[0] != os.getpid():  # never that of a parent
            stack = ExitStack()
            blobs = stack.enter_context(blobs_of(self._repository))
            self._running = (os.getpid(), blobs, stack)
        return dict(self._running[1].read_all(wanted))

    def close(self) -> None:
        if self._running is not None and self._running[0] == os.getpid():
            self._running[2].close()
        self._running = None
