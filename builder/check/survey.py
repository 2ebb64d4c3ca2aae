"""One look at each text for all rules; what was seen is kept by the digest of the text.

Reading and looking takes most of the time of a check, and texts hardly ever change.
"""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from builder.derive.personal_data import personal_in
from builder.findings import Finding
from builder.registry import Registry
from builder.registry.secrecy import marked_line
from builder.registry.texts import normal_text
from builder.store.cache import RecordCache, cache_dir
from builder.store.files import read_bytes
from builder.store.yaml_read import MAX_BYTES, YamlError

_FORMAT = 1  # raise when what is kept of a text changes

# A line that begins with a label, as the parser reads one.
_LABEL = re.compile(
    r"^\W*(?:((?:phần|chương|mục|tiểu mục|điều|phụ lục)\s+\w+)|(\d+\w?)\W|(\w{1,2})\))",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one text holds: a number that may stand twice, the line of a marking of secrecy (0:
    none), personal data as (kind, line, column, digest of the value)."""

    repeats: bool = False
    marked: int = 0
    personal: list[tuple[str, int, int, str]] = field(default_factory=list)


_NOTHING = Seen()
_EMPTY = "[false,0,[]]"


def survey(registry: Registry) -> dict[tuple[str, str], Finding | Seen]:
    """For each text, by id and date: why it cannot be read, or what was seen in it."""
    found: dict[tuple[str, str], Finding | Seen] | None = registry.derived.get("texts")
    if found is None:
        known = RecordCache(cache_dir(registry.root) / f"survey-{_FORMAT}.json")
        found = {
            (entry.id, date): _look_at(registry.root, path, known)
            for entry in registry.entries.values()
            for date, path in entry.texts
        }
        known.save()
        registry.derived["texts"] = found
    return found


def _look_at(root: Path, path: str, known: RecordCache) -> Finding | Seen:
    try:
        data = read_bytes(root, path, MAX_BYTES)
        digest = hashlib.sha256(data).hexdigest()
        kept = known.get(digest)
        if kept is None:
            kept = orjson.dumps(_see(normal_text(data))).decode()
            known.put(digest, kept)
    except YamlError as error:
        return Finding(
            "text", "error", path, error.message, error.hint, line=error.line, column=error.column
        )
    except OSError as error:
        reason = error.strerror or "unreadable"
        return Finding("text", "error", path, reason, "", line=1, column=1)
    return _NOTHING if kept == _EMPTY else Seen(*orjson.loads(kept))


def _see(text: str) -> list[object]:
    """The fields of ``Seen`` in order."""
    personal = []
    for kind, start, value in personal_in(text):
        line = text.count("\n", 0, start) + 1
        personal.append((kind, line, start - text.rfind("\n", 0, start), value))
    return [_may_repeat(text), marked_line(text), personal]


def _may_repeat(text: str) -> bool:
    """Whether a label stands twice below one article: parsing all texts takes twenty times longer.

    May be true of a text that the parser finds in order, never false of one that it does not.
    """
    seen: set[str] = set()
    below: set[str] = set()
    points: set[str] = set()
    for match in _LABEL.finditer(text):
        upper, clause, point = match.groups()
        if upper is not None:
            known, label = seen, " ".join(upper.lower().split())
            below, points = set(), set()
        elif clause is not None:
            known, label = below, clause
            points = set()
        else:
            known, label = points, point
        if label in known:
            return True
        known.add(label)
    return False
