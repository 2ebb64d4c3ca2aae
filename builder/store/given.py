"""Files that a person names, anywhere on the machine: read within bounds, or refused by name."""

from pathlib import Path

from builder.findings import RegistryError


def given_bytes(path: Path, limit: int, hint: str = "give the path of a file") -> bytes:
    """The bytes of a file; RegistryError where there is none to read, or more than ``limit``.

    No more than ``limit`` is ever read: what the file system says of a size is not asked, since
    devices say 0 and never end.
    """
    try:
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
