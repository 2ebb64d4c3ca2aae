"""The cache of parsed records, by digest of the file.

It stands outside the tree, so that no pull request can carry a poisoned one;
anything wrong with it means only that files are parsed again.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from builder.store.files import write_atomically

VERSION = 2  # raise when reading changes what a file means


def cache_dir(root: Path) -> Path:
    """Where caches of the registry at ``root`` stand; ``REGISTRY_CACHE`` moves them."""
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    if own := os.environ.get("REGISTRY_CACHE"):
        return Path(own) / name
    home = os.environ.get("XDG_CACHE_HOME")
    base = Path(home) if home else Path.home() / ".cache"
    return base / "two-level-registry" / name


def read_kept(path: Path, version: int) -> Any:
    """The value that ``keep`` wrote with that version; None if there is none, or not as it was."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(body).hexdigest().encode() != head:
        return None
    try:
        content: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    known = isinstance(content, dict) and content.get("version") == version
    return content.get("value") if known else None


def keep(path: Path, version: int, value: Any) -> None:
    """Keeps a value that JSON takes; a cache that cannot be written is no error."""
    body = orjson.dumps({"version": version, "value": value})
    with suppress(OSError):
        write_atomically(path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


class RecordCache:
    """Digest of a file (hex) -> its value as JSON text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        found = read_kept(path, VERSION)
        known = found if isinstance(found, dict) else {}
        self._known = {key: value for key, value in known.items() if isinstance(value, str)}
        self._used: dict[str, str] = {}

    def get(self, digest: str) -> str | None:
        value = self._known.get(digest)
        if value is not None:
            self._used[digest] = value
        return value

    def put(self, digest: str, value: str) -> None:
        self._used[digest] = value

    def save(self) -> None:
        """Keeps what this run used."""
        if self._used.keys() != self._known.keys():
            keep(self.path, VERSION, self._used)
