"""The cache of parsed records, by digest of the file.

It stands outside the tree, so that no pull request can carry a poisoned one;
anything wrong with it means only that files are parsed again.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

import orjson

from builder.store.files import write_atomically

VERSION = 1  # raise when reading changes what a file means


def cache_dir(root: Path) -> Path:
    """Where caches of the registry at ``root`` stand; ``REGISTRY_CACHE`` moves them."""
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    if own := os.environ.get("REGISTRY_CACHE"):
        return Path(own) / name
    home = os.environ.get("XDG_CACHE_HOME")
    base = Path(home) if home else Path.home() / ".cache"
    return base / "two-level-registry" / name


class RecordCache:
    """Digest of a file (hex) -> its value as JSON text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, str] = _load(path)
        self._used: dict[str, str] = {}

    def get(self, digest: str) -> str | None:
        value = self._known.get(digest)
        if value is not None:
            self._used[digest] = value
        return value

    def put(self, digest: str, value: str) -> None:
        self._used[digest] = value

    def save(self) -> None:
        """Keeps what this run used; a cache that cannot be written is no error."""
        if self._used.keys() == self._known.keys():
            return
        body = orjson.dumps({"version": VERSION, "records": self._used})
        try:
            write_atomically(self.path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        except OSError:
            return


def _load(path: Path) -> dict[str, str]:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if hashlib.sha256(body).hexdigest().encode() != head:
        return {}
    try:
        content: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(content, dict) or content.get("version") != VERSION:
        return {}
    records = content.get("records")
    if not isinstance(records, dict):
        return {}
    return {key: value for key, value in records.items() if isinstance(value, str)}
