"""What is asked of every file that a record ever was, learnt once and cached by blob.

A blob never changes, so neither does what is said here; so the cache only grows.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from builder.history.blobs import blobs_of
from builder.history.policy import IDENTITY
from builder.history.repository import Repository
from builder.progress import Say
from builder.store.cache import cache_dir, keep, read_kept
from builder.store.yaml_read import YamlError, decode, read

VERSION = 3  # raise when what the cache holds changes its meaning
_EVERY = 2_000
# A whole string of JSON that is the id of a record or unit; no quote within a string stands
# behind one of these signs, since it is escaped.
_REFERENCE = re.compile(rb'(?<=[:\[,])"([a-z]+(?:/[a-z0-9-]+)+|[0-9]{2,5}@[0-9-]*)"(?=[,\]}])')


class Facts(NamedTuple):
    """Of one file: its SHA-256, and of a record what its history turns on.

    ``access`` is empty where the file is no readable record. ``content`` is a digest of what
    it says, whatever its formatting; empty where nobody has asked for it yet. ``refers`` names
    the records and units that it refers to, known where ``content`` is. ``attachments``
    says whether files are attached to it. ``identity`` is a digest of what a published record
    keeps, ``entries`` has one for each of its corrections; known where ``content`` is.
    """

    sha256: str
    access: str = ""
    content: str = ""
    corrections: int = 0
    withdrawn: bool = False
    attachments: bool = False
    refers: tuple[str, ...] = ()
    identity: str = ""
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """Blobs to know about.

    Of those in ``records`` everything is asked for; of those in ``once``, records that never
    changed, all but ``content``; of those in ``plain``, which are none, the digest alone.
    """

    records: frozenset[str]
    once: frozenset[str]
    plain: frozenset[str]


def facts_of(
    repository: Repository, wanted: Wanted, public: Mapping[str, Facts], say: Say
) -> dict[str, Facts]:
    """Facts by blob; ``public`` gives those of files that are known already, by SHA-256."""
    path = cache_dir(repository.root) / "history-facts.json"
    known = _load(path)
    missing = [blob for blob in wanted.records if not known.get(blob, _NOTHING).content]
    rest = (wanted.once | wanted.plain) - wanted.records
    missing += [blob for blob in rest if blob not in known]
    with blobs_of(repository) as process:
        for count, (blob, data) in enumerate(process.read_all(sorted(missing)), 1):
            sha256 = hashlib.sha256(data).hexdigest()
            if blob in wanted.records:
                known[blob] = _facts(sha256, data)
            elif blob in wanted.once:
                known[blob] = public.get(sha256) or _facts(sha256, data)
            else:
                known[blob] = Facts(sha256)
            if count % _EVERY == 0:
                say(f"reading former states: {count:,} of {len(missing):,}")
    if missing:
        _save(path, known)
    return {blob: known[blob] for blob in wanted.records | rest}


_NOTHING = Facts("")


def _facts(sha256: str, data: bytes) -> Facts:
    try:
        value = read(decode(data))
    except YamlError:
        return Facts(sha256, content=sha256)
    json = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    said = hashlib.sha256(json).hexdigest()
    if not isinstance(value, dict):
        return Facts(sha256, content=said)
    access, corrections = value.get("access"), value.get("corrections")
    entries = tuple(map(_digest, corrections)) if isinstance(corrections, list) else ()
    return Facts(
        sha256, access if isinstance(access, str) else "", said, len(entries),
        bool(value.get("withdrawn")), bool(value.get("attachments")),
        tuple(sorted({found.decode() for found in _REFERENCE.findall(json)})),
        _digest([value.get(name) for name in (*IDENTITY, "stage")]), entries,
    )  # fmt: skip


def _digest(value: Any) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _load(path: Path) -> dict[str, Facts]:
    """What the cache holds; nothing if anything is wrong with it."""
    try:
        return {
            blob: Facts(
                sha256, access, said, corrections, withdrawn, attachments, tuple(refers),
                identity, tuple(entries),
            )
            for blob, (
                sha256, access, said, corrections, withdrawn, attachments, refers, identity,
                entries,
            ) in read_kept(path, VERSION).items()
        }  # fmt: skip
    except (ValueError, TypeError, AttributeError):
        return {}


def _save(path: Path, found: Mapping[str, Facts]) -> None:
    keep(path, VERSION, {blob: list(found[blob]) for blob in sorted(found)})
