"""Where a site is written: a folder beside the old site, switched in one step.

Nothing here knows what a page is. A build that fails or is killed leaves the old
site whole; the next one clears what it left.

Making and deleting 20,000 folders takes longer than all else after a small change. So the
site before stays beside the new one as ``.NAME.before`` (its files are the same files, by hard
link), and the next build brings that up to date and exchanges the two. A file is never
written over there, always replaced: it may stand in the live site.
"""

import ctypes
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
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
# Never through a link that stands there, and never over a file.
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


class Output(NamedTuple):
    """A file of the site: its path, the digest of what it was made from, its own SHA-256, bytes."""

    path: str
    key: str
    sha256: str
    size: int


class Previous:
    """The old site: which of its files can be taken over as they are.

    ``rows`` holds what was written down of each file by path: all but the path of an Output.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, list[Any]] = {}
        self.audience = ""  # unknown
        marker = folder / MARKER
        try:
            self._written = marker.stat().st_mtime_ns
            data = marker.read_bytes()
            content: Any = orjson.loads(data)
            if content["version"] == _VERSION:
                self.audience = str(content.get("audience", "public"))
                self.rows = _sound(content["files"], data)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.rows = {}

    def stat(self, path: str) -> os.stat_result | None:
        """Of a file that stands as it was written; None for all else."""
        row = self.rows.get(path)
        try:
            found = os.lstat(f"{self.folder}/{path}")
        except OSError:
            return None
        same = (
            row is not None
            and found.st_size == row[2]
            and stat.S_ISREG(found.st_mode)
            and found.st_mtime_ns <= self._written
        )
        return found if same else None

    def folders(self) -> set[str]:
        """All folders of the site; the root is ''."""
        found = {""}
        for path in self.rows:
            folder = path.rpartition("/")[0]
            while folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return found

    def complete(self) -> bool:
        """Whether nothing was added to its folders, or taken from them, since it was written."""
        base, written = f"{self.folder}/", self._written
        try:
            for folder in self.folders():
                found = os.lstat(base + folder)
                if not stat.S_ISDIR(found.st_mode) or found.st_mtime_ns > written:
                    return False
        except OSError:
            return False
        return bool(self.rows)


def _sound(files: dict[str, list[Any]], data: bytes) -> dict[str, list[Any]]:
    """The rows of a marker, without paths that lead out of the site. ``data``: its bytes.

    TypeError or ValueError if they are no rows.
    """
    if any(type(size) is not int for _, _, size in files.values()):
        raise TypeError
    if b'"/' in data or b"../" in data:
        return {path: row for path, row in files.items() if path[:1] != "/" and "../" not in path}
    return files


class Staging:
    """A site being written. Paths are relative with ``/``; each is written once.

    ``there`` is a former site that stands in ``folder`` and is brought up to date.
    """

    def __init__(
        self,
        folder: Path,
        previous: Previous,
        audience: str = "public",
        *,
        there: Previous | None = None,
    ) -> None:
        self.folder = folder
        self.previous = previous
        self.audience = audience
        self._there = there.rows if there else {}
        self._folders: set[str] = there.folders() if there else {""}

    def take_over(self, path: str, key: str) -> Output | None:
        """The old file linked into the new site, if it is as it would be written."""
        row = self.previous.rows.get(path)
        if row is None or row[0] != key:
            return None
        found = self.previous.stat(path)
        if found is None:
            return None
        source, target = f"{self.previous.folder}/{path}", f"{self.folder}/{path}"
        if path in self._there:
            try:
                there = os.lstat(target)
            except OSError:
                pass
            else:
                if there.st_ino == found.st_ino and there.st_dev == found.st_dev:
                    return Output(path, *row)
        self._make_room(path)
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError:  # a file system without hard links
            shutil.copy2(source, target, follow_symlinks=False)
        return Output(path, *row)

    def take_all(self, key: str) -> list[Output]:
        """All old files with that key, taken over; none if one of them is not as it was."""
        paths = [path for path, row in self.previous.rows.items() if row[0] == key]
        if not all(map(self.previous.stat, paths)):
            return []
        return [known for path in paths if (known := self.take_over(path, key))]

    def write(self, path: str, key: str, data: bytes) -> Output:
        """Writes the file, or takes the old one over if it has come to the same bytes."""
        digest = hashlib.sha256(data).hexdigest()
        row = self.previous.rows.get(path)
        if row is not None and row[1] == digest and (known := self.take_over(path, row[0])):
            return known._replace(key=key)
        self._make_room(path)
        descriptor = os.open(f"{self.folder}/{path}", _NEW_FILE, 0o666)
        try:
            written = os.write(descriptor, data)
            while written < len(data):  # a disk that fills up takes a part, then fails
                written += os.write(descriptor, data[written:])
        finally:
            os.close(descriptor)
        return Output(path, key, digest, len(data))

    def take_or_make(self, path: str, key: str, make: Callable[[], bytes]) -> Output:
        """Takes the old file over if it was made from the same, else makes it."""
        return self.take_over(path, key) or self.write(path, key, make())

    def put(self, path: str, data: bytes) -> Output:
        """Takes the old file over if it has these very bytes, else writes them."""
        return self.take_or_make(path, hashlib.sha256(data).hexdigest(), lambda: data)

    def clear(self, folder: str) -> None:
        """Removes a folder of a former site, for programs that write there by themselves."""
        shutil.rmtree(self.folder / folder, ignore_errors=True)
        within = f"{folder}/"
        self._there = {
            path: one for path, one in self._there.items() if not path.startswith(within)
        }
        self._folders = {one for one in self._folders if not f"{one}/".startswith(within)}

    def _make_room(self, path: str) -> None:
        if path in self._there:
            with suppress(FileNotFoundError):
                os.unlink(f"{self.folder}/{path}")  # noqa: PTH108  (once for every page)
            return
        if path in self._folders:
            self.clear(path)
        self._make_folder(path.rpartition("/")[0])

    def _make_folder(self, folder: str) -> None:
        if folder in self._folders:
            return
        self._make_folder(folder.rpartition("/")[0])
        if folder in self._there:
            Path(f"{self.folder}/{folder}").unlink(missing_ok=True)
        with suppress(FileExistsError):
            os.mkdir(f"{self.folder}/{folder}")  # noqa: PTH102
        self._folders.add(folder)

    def finish(self, outputs: Iterable[Output]) -> None:
        """Removes what is no longer made, and writes down what was written."""
        files = {output.path: list(output[1:]) for output in sorted(outputs)}
        for path in self._there.keys() - files.keys():
            self._remove(path)
        marker = {
            "version": _VERSION, "made_by": "registry build", "audience": self.audience,
            "files": files,
        }  # fmt: skip
        (self.folder / MARKER).write_bytes(orjson.dumps(marker))

    def _remove(self, path: str) -> None:
        """Removes a file and the folders that are empty without it."""
        with suppress(OSError):
            place = self.folder / path
            place.unlink()
            while (place := place.parent) != self.folder:
                place.rmdir()


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
    beside = out.parent / f".{out.name}.before"
    old = out.parent / f".{out.name}.old"
    lock = _lock(beside, out)
    try:
        _restore(old, out)
        shutil.rmtree(old, ignore_errors=True)
        previous = Previous(out)
        _refuse_other_audience(previous, audience, out)
        there = None if fresh else _former(beside, audience)
        if there is None:
            _clear(beside)
        yield Staging(
            beside, Previous(Path(os.devnull)) if fresh else previous, audience, there=there
        )
        _switch(beside, out, old)
    except BaseException:
        _restore(old, out)
        shutil.rmtree(beside, ignore_errors=True)
        raise
    finally:
        os.close(lock)


def _former(beside: Path, audience: str) -> Previous | None:
    """The site before the last one, if it stands there whole, as a place to write into.

    From then on it is no site: a build that is killed leaves nothing that could be taken for one.
    """
    found = Previous(beside)
    if found.audience != audience or not found.complete():
        return None
    (beside / MARKER).unlink()
    return found


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
    """Puts the new site in place; the old one then stands at ``beside``."""
    if not out.exists():
        beside.rename(out)
    elif not _exchange(beside, out):
        out.rename(old)
        beside.rename(out)
        with suppress(OSError):
            old.rename(beside)
    with suppress(OSError):
        beside.rmdir()  # there was no site before


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
