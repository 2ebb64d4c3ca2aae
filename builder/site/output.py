"""Where a site is written: a fresh folder beside the old site, switched in one step.

Nothing here knows what a page is. A build that fails or is killed leaves the old
site whole; the next one clears what it left.
"""

import ctypes
import hashlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from builder.findings import RegistryError

try:
    import fcntl
except ImportError:  # Windows has no advisory locks
    fcntl = None  # type: ignore[assignment]

MARKER = ".registry-site.json"
_VERSION = 1
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


class Output(NamedTuple):
    """A file of the site: its path, the digest of what it was made from, its own SHA-256, bytes."""

    path: str
    key: str
    sha256: str
    size: int


class Previous:
    """The old site: which of its files can be taken over as they are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Output] = {}
        self.audience = ""  # unknown
        marker = folder / MARKER
        try:
            self._written = marker.stat().st_mtime_ns
            content: Any = orjson.loads(marker.read_bytes())
            if content["version"] == _VERSION:
                self.audience = str(content.get("audience", "public"))
                self.files = {
                    path: Output(path, *rest)
                    for path, rest in content["files"].items()
                    if not path.startswith("/") and "../" not in path
                }
        except (OSError, orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
            self.files = {}

    def unchanged(self, path: str, key: str) -> Output | None:
        """The old output, if it has that key and was not touched since it was written."""
        known = self.files.get(path)
        if known is None or known.key != key:
            return None
        try:
            found = os.lstat(f"{self.folder}/{path}")
        except OSError:
            return None
        same = (
            stat.S_ISREG(found.st_mode)
            and found.st_size == known.size
            and found.st_mtime_ns <= self._written
        )
        return known if same else None


class Staging:
    """A site being written. Paths are relative with ``/``; each is written once."""

    def __init__(self, folder: Path, previous: Previous, audience: str = "public") -> None:
        self.folder = folder
        self.previous = previous
        self.audience = audience
        self._folders: set[str] = {""}

    def take_over(self, path: str, key: str) -> Output | None:
        """The old file linked into the new site, if it is as it would be written."""
        known = self.previous.unchanged(path, key)
        if known is None:
            return None
        self._make_folder(path)
        source, target = f"{self.previous.folder}/{path}", f"{self.folder}/{path}"
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError:  # a file system without hard links
            shutil.copy2(source, target, follow_symlinks=False)
        return known

    def write(self, path: str, key: str, data: bytes) -> Output:
        self._make_folder(path)
        with open(f"{self.folder}/{path}", "xb", buffering=0) as stream:
            written = stream.write(data)
            while written < len(data):  # a disk that fills up takes a part, then fails
                written += stream.write(data[written:])
        return Output(path, key, hashlib.sha256(data).hexdigest(), len(data))

    def put(self, path: str, data: bytes) -> Output:
        """Takes the old file over if it has these very bytes, else writes them."""
        key = hashlib.sha256(data).hexdigest()
        return self.take_over(path, key) or self.write(path, key, data)

    def _make_folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._make_folder(folder)
            Path(f"{self.folder}/{folder}").mkdir(exist_ok=True)
            self._folders.add(folder)

    def finish(self, outputs: Iterable[Output]) -> None:
        """Writes down what was written, so that the next build knows."""
        files = {output.path: list(output[1:]) for output in sorted(outputs)}
        marker = {
            "version": _VERSION, "made_by": "registry build", "audience": self.audience,
            "files": files,
        }  # fmt: skip
        (self.folder / MARKER).write_bytes(orjson.dumps(marker))


@contextmanager
def staging(
    out: Path, *, fresh: bool = False, replace: bool = False, audience: str = "public"
) -> Iterator[Staging]:
    """A folder to write a site into; it takes the place of ``out`` when the block ends well.

    ``fresh`` takes nothing over from the old site. ``replace`` allows ``out`` to be a
    folder that no build has made. RegistryError if another build is writing there, or
    if ``out`` holds something else than a site, or one for another ``audience``.
    """
    out = Path(os.path.realpath(out))
    if not replace:
        _refuse_other_folders(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.parent / f".{out.name}.building"
    old = out.parent / f".{out.name}.old"
    lock = _lock(beside, out)
    try:
        _restore(old, out)
        shutil.rmtree(old, ignore_errors=True)
        _clear(beside)
        previous = Previous(out)
        _refuse_other_audience(previous, audience, out)
        yield Staging(beside, Previous(Path(os.devnull)) if fresh else previous, audience)
        _switch(beside, out, old)
    except BaseException:
        _restore(old, out)
        shutil.rmtree(beside, ignore_errors=True)
        raise
    finally:
        os.close(lock)
    for folder in (beside, old):
        _remove(folder)


def _remove(folder: Path) -> None:
    """Removes a former site, following no link; ``rm`` does it several times faster than Python."""
    with suppress(OSError):
        if folder.is_dir():
            subprocess.run(["rm", "-rf", "--", str(folder)], check=False, capture_output=True)
    shutil.rmtree(folder, ignore_errors=True)


def _refuse_other_folders(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise RegistryError(f"{out} is a file", "give --out the name of a folder")
    if out.is_dir() and not (out / MARKER).is_file() and any(out.iterdir()):
        raise RegistryError(
            f"{out} holds files that no build has written; nothing was changed",
            "give --out a new or empty folder, or move these files away",
        )


def _refuse_other_audience(previous: Previous, audience: str, out: Path) -> None:
    """An internal site must not come to stand where the public one is served from."""
    if previous.audience and previous.audience != audience:
        raise RegistryError(
            f"the site in {out} was built for the audience {previous.audience!r}",
            f"give another --out for the audience {audience!r}",
        )


def _lock(beside: Path, out: Path) -> int:
    """Makes the folder and holds it, until the descriptor is closed or the process ends."""
    while True:
        beside.mkdir(exist_ok=True)
        descriptor = os.open(beside, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        if fcntl is not None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(descriptor)
                raise RegistryError(
                    f"another build is writing {out}", "wait until it has ended, then build again"
                ) from None
        # The other build may have moved its folder into place in between.
        if beside.is_dir() and os.path.samestat(os.fstat(descriptor), beside.stat()):
            return descriptor
        os.close(descriptor)


def _clear(folder: Path) -> None:
    """Empties a folder without giving up the lock on it."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            Path(entry.path).unlink()


def _switch(beside: Path, out: Path, old: Path) -> None:
    """Puts the new site in place; the old one then stands at ``beside`` or ``old``."""
    if not out.exists():
        beside.rename(out)
    elif not _exchange(beside, out):
        out.rename(old)
        beside.rename(out)


def _restore(old: Path, out: Path) -> None:
    """Undoes a switch that ended between its two renames."""
    if old.is_dir() and not out.exists():
        old.rename(out)


def _exchange(first: Path, second: Path) -> bool:
    """Exchanges two folders in one step, where the system and the file system can."""
    libc = ctypes.CDLL(None, use_errno=True)
    one, two = os.fsencode(first), os.fsencode(second)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        return bool(libc.renameat2(_AT_FDCWD, one, _AT_FDCWD, two, _RENAME_EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        return bool(libc.renamex_np(one, two, _RENAME_SWAP) == 0)
    return False
