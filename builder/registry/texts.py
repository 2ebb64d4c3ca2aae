"""The texts beside a record, read when they are asked for; trees of them are in ``derive``."""

import hashlib
import unicodedata
from codecs import BOM_UTF8
from pathlib import Path

from builder.findings import RegistryError
from builder.registry.graph import Entry, Registry
from builder.store.files import read_bytes
from builder.store.yaml_read import MAX_BYTES, YamlError, decode

TEXT_DIGESTS = "text digests"  # in Registry.derived: SHA-256 by path, where texts were surveyed


class TextError(RegistryError):
    """A text that cannot be read: ``path`` from the root, line and column from 1."""

    def __init__(self, path: str, message: str, hint: str, line: int, column: int) -> None:
        super().__init__(f"{path}:{line}:{column}: {message}", hint)
        self.path, self.message, self.line, self.column = path, message, line, column


def text_of(root: Path, entry: Entry, date: str = "") -> str:
    """The text of a record as of the version of that date (``""`` is the first version).

    Line ends become ``\\n`` and characters NFC, however the file was saved; nothing else is
    changed. Raises TextError if there is no such version or its file cannot be read.
    """
    data = bytes_of(root, entry, date)
    try:
        return normal_text(data)
    except YamlError as error:
        path = dict(entry.texts)[date]
        raise TextError(path, error.message, error.hint, error.line, error.column) from None


def bytes_of(root: Path, entry: Entry, date: str = "") -> bytes:
    """The file of that version as it stands, whatever is in it. Raises TextError."""
    path = dict(entry.texts).get(date)
    if path is None:
        wanted = f"{entry.path.removesuffix('.yaml')}{f'.{date}' if date else ''}.txt"
        raise TextError(wanted, "there is no such text", "add the file", 1, 1)
    try:
        return read_bytes(root, path, MAX_BYTES)
    except OSError as error:
        raise TextError(path, error.strerror or "unreadable", "", 1, 1) from None


def digest_of(registry: Registry, entry: Entry, date: str = "") -> str:
    """SHA-256 of the file of that version, known if texts were surveyed. Raises TextError."""
    known: dict[str, str] = registry.derived.get(TEXT_DIGESTS, {})
    digest = known.get(dict(entry.texts).get(date, ""))
    return digest or hashlib.sha256(bytes_of(registry.root, entry, date)).hexdigest()


def normal_text(data: bytes) -> str:
    """The text in the bytes of a file, line ends and characters unified. Raises YamlError."""
    text = decode(data.removeprefix(BOM_UTF8))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
