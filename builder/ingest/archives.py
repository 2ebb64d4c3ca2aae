"""Zip files from outside, looked at before anything in them is used.

Nothing is ever unpacked to a path of the archive: entries are read into memory, bounded.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator

from builder.findings import RegistryError

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200_000_000  # bytes of all entries together
MAX_RATIO = 200  # unpacked to packed, for entries that are not small
_SMALL = 1_000_000
_PIECE = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
           RuntimeError)  # fmt: skip


class RefusedError(RegistryError):
    """Something from outside that is not taken: nothing of it may be written."""


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive in the bytes, when all its entries are harmless. Raises RefusedError.

    RefusedError are: absolute names and such with ``..``, links and devices, encrypted entries,
    names that stand twice, bombs (by what entries claim; ``read`` also bounds what they are).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _BROKEN:
        raise RefusedError(f"{name} is no sound zip", "ask for the file again") from None
    fault = _fault(entries)
    if fault:
        raise RefusedError(f"{name}: {fault}", "do not open the file; ask its sender")
    return archive


def _fault(entries: list[zipfile.ZipInfo]) -> str:
    if len(entries) > MAX_ENTRIES:
        return f"more than {MAX_ENTRIES:,} entries"
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        return f"more than {MAX_UNPACKED:,} bytes when unpacked"
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        return "two entries have one name"
    for entry in entries:
        mode = entry.external_attr >> 16
        if unsafe_name(entry.filename):
            return "an entry's name leads out of its folder"
        if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            return "an entry is a link or a device"
        if entry.flag_bits & 1:
            return "an entry is encrypted"
        if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            return "an entry is packed so tightly that it is a bomb"
    return ""


def unsafe_name(name: str) -> bool:
    """Whether a name of a file from outside is absolute, leads upwards, or is no plain text.

    >>> [unsafe_name(n) for n in ("a/b.pdf", "../b", "/etc/passwd", "C:\\\\x", "a\\x00")]
    [False, True, True, True, True]
    """
    parts = name.replace("\\", "/").split("/")
    return (
        not name.isprintable()
        or name.startswith(("/", "\\", "~"))
        or name[1:2] == ":"
        or ".." in parts
        or len(name) > 500
    )


def read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str, limit: int) -> bytes:
    """An entry's bytes, never more than ``limit``. Raises RefusedError if there are more."""
    found = b""
    for piece in _pieces(archive, entry):
        found += piece
        if len(found) > limit:
            raise RefusedError(
                f"an entry of the zip has more than {limit:,} bytes",
                "do not open the file; ask its sender",
            )
    return found


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str) -> Iterator[bytes]:
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except _BROKEN:
        raise RefusedError("an entry of the zip is damaged", "ask for the file again") from None
    except KeyError:
        raise RefusedError("the zip lacks a part", "ask for the file again") from None
