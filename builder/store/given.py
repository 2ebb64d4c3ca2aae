"""Files that a person names, anywhere on the machine: read within bounds, written whole."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISFIFO
from typing import IO

from builder.findings import RegistryError
from builder.store.files import replacing

_STREAMS = (Path("/dev/stdout"), Path("/dev/stderr"))


def given_bytes(path: Path, limit: int, hint: str = "give the path of a file") -> bytes:
    """The bytes of a file; RegistryError where there is none to read, or more than ``limit``.

    No more than ``limit`` is ever read: what the file system says of a size is not asked, since
    devices say 0 and never end. A pipe that the shell hands over (``/dev/stdin``) is read; one
    that lies among the files would be waited for without end.
    """
    try:
        if S_ISFIFO(path.stat().st_mode) and not path.is_relative_to("/dev"):
            raise RegistryError(f"{path} is no plain file", hint)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:  # a NUL in a name is a ValueError
        why = getattr(error, "strerror", None) or "unreadable"
        raise RegistryError(f"{path}: {why}", hint) from None
    if len(data) > limit:
        raise RegistryError(f"{path}: larger than {limit:,} bytes", "give a smaller file")
    return data


def given_text(path: Path, limit: int, hint: str = "give the path of a text file") -> str:
    """The text of a file in UTF-8, with or without its mark; RegistryError otherwise."""
    try:
        return given_bytes(path, limit, hint).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RegistryError(f"{path}: not UTF-8 text", "save it as plain text in UTF-8") from None


@contextmanager
def written_whole(path: Path, encoding: str = "utf-8") -> Iterator[IO[str]]:
    """A stream into a file, which takes its place only when all is written.

    Devices and pipes (``/dev/stdout``) are written into as they are. A link stays, and what it
    leads to is renewed. RegistryError where the file cannot be written.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "Is a directory")
        handed_over = path in _STREAMS or path.parent == Path("/dev/fd")
        if handed_over or (path.exists() and not path.is_file()):
            with path.open("w", encoding=encoding, newline="") as stream:
                yield stream
            return
        with (
            replacing(path.resolve()) as data,
            io.TextIOWrapper(data, encoding=encoding, newline="") as stream,
        ):
            yield stream
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:  # a NUL in a name is a ValueError
        why = getattr(error, "strerror", None) or "cannot be written"
        raise RegistryError(
            f"{path}: {why}", "give the path of a file that can be written"
        ) from None
