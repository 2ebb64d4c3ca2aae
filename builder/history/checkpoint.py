"""Checkpoints: what a site says of the history it was built from, for others to keep.

A checkpoint names a commit and the digest of every public record, and is chained to that of the
commit before it. Of internal records it holds nothing but their part in the ids of git: the id
of the commit, and of the tree only where nothing internal stands in it (the tree's id alone
would let somebody confirm a guess of an internal file's every byte).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import orjson
from pydantic import Field, ValidationError

from builder.days import in_vietnam
from builder.findings import RegistryError
from builder.history.facts import facts_of
from builder.history.landings import Landing, Line, landings_of
from builder.history.log import read_history
from builder.history.past import Past, current, wanted
from builder.history.repository import Repository
from builder.models.base import Model, Sha256
from builder.models.settings import CommitId
from builder.progress import Say, silent
from builder.registry import Registry

FORMAT = "two-level-registry checkpoint 1"
NAME = "checkpoint.json"
MAX_BYTES = 200_000_000  # 500,000 records take about 100 MB
_NEAR = 32  # commits back that are all named; further back every second as far


class Digests(Model):
    """One public record: SHA-256 of its file and of its texts by version, "" for the first."""

    sha256: Sha256
    texts: dict[str, Sha256] = Field(default_factory=dict)


class Link(Model):
    """A commit of the main line, and the chain up to it."""

    commit: CommitId
    chain: Sha256


class Checkpoint(Model):
    """What ``checkpoint.json`` holds.

    ``line`` names commits of the main line before this one, nearest first. ``chain`` is a
    SHA-256 over this commit, what it changed of public records, and the chain before it.
    ``manifest`` is the digest of ``manifest.json``; ``program`` that of the code that built.
    ``policy_start`` and ``signatures_since`` are what the settings asked for.
    ``clean`` says that the site was built from the commit and nothing else.
    """

    format: Literal["two-level-registry checkpoint 1"]
    commit: CommitId
    committed: str = Field(pattern=r"^[0-9T:+-]{25}$")
    tree: CommitId | None
    root: CommitId
    line: tuple[CommitId, ...] = Field(max_length=200)
    chain: Sha256
    previous: Link | None
    policy_start: CommitId | None
    signatures_since: str | None = Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    clean: bool
    records: dict[str, Digests]
    program: Sha256
    full_text: bool
    manifest: Sha256


def read_line(
    repository: Repository, registry: Registry, past: Past | None = None, say: Say = silent
) -> Line:
    """The main line with every record that stands or stood on it; from ``past`` if that is read."""
    if past is not None and past.history is not None:
        history, landings = past.history, past.landings
    else:
        history = read_history(repository, say=say)
        landings = landings_of(history)
    facts = facts_of(repository, wanted(landings), current(registry), say)
    return Line(history, landings, facts)


def statement(repository: Repository, line: Line, index: int) -> dict[str, Any]:
    """What a checkpoint says of one commit of the main line, as git has it."""
    main_line = line.history.main_line
    commit, chains = main_line[index], chain(line, index)
    states = line.at(index)
    secret = any(
        landing.yaml and not line.is_public(landing)
        for landings in line.landings.values()
        if (landing := _last(landings, index)) is not None
    )
    return {
        "commit": commit.id,
        "committed": in_vietnam(commit.committed).isoformat(),
        "tree": None if secret else repository.run("rev-parse", f"{commit.id}^{{tree}}"),
        "root": main_line[0].id,
        "line": [main_line[index - back].id for back in _distances(index)],
        "chain": chains[-1],
        "previous": {"commit": main_line[index - 1].id, "chain": chains[-2]} if index else None,
        "records": {
            record_id: _digests(line, landing) for record_id, landing in sorted(states.items())
        },
    }


def _last(landings: Sequence[Landing], index: int) -> Landing | None:
    return next((one for one in reversed(landings) if one.index <= index), None)


def _distances(index: int) -> Iterable[int]:
    yield from range(1, min(_NEAR, index) + 1)
    back = 2 * _NEAR
    while back <= index:
        yield back
        back *= 2


def _digests(line: Line, landing: Landing) -> dict[str, Any]:
    return {
        "sha256": line.facts[landing.yaml].sha256,
        "texts": {version: line.facts[blob].sha256 for version, blob in landing.texts},
    }


def chain(line: Line, index: int) -> list[str]:
    """The chain up to each commit of the main line, the last one included.

    Every link is a digest of the one before, of the commit's id, and of the digests of the
    records that it published, changed, or (None) took away.
    """
    changed: dict[int, list[Any]] = {}
    for record_id, landings in sorted(line.landings.items()):
        was_public = False
        for landing in landings:
            public = line.is_public(landing)
            if public or was_public:
                digests = _digests(line, landing) if public else None
                changed.setdefault(landing.index, []).append([record_id, digests])
            was_public = public
    found: list[str] = []
    before = ""
    for place, commit in enumerate(line.history.main_line[: index + 1]):
        said = [before, commit.id, changed.get(place, [])]
        before = hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()
        found.append(before)
    return found


def said(registry: Registry, past: Past, say: Say = silent) -> dict[str, Any]:
    """What ``checkpoint.json`` says of the commit that ``registry`` (all records, internal too)
    stands at; ``past`` is one without a lack."""
    repository = Repository(registry.root)
    line = read_line(repository, registry, past, say)
    trust = registry.settings.trust
    return {
        "format": FORMAT,
        **statement(repository, line, len(line.history.main_line) - 1),
        "policy_start": trust.policy_start,
        "signatures_since": trust.signatures_since,
        "clean": past.clean,
    }


def written(statement: Mapping[str, Any], built: Mapping[str, Any]) -> bytes:
    """The bytes of ``checkpoint.json`` for a site: what was ``said`` of the commit, and what was
    ``built`` from it (``program``, ``full_text`` and ``manifest``)."""
    content = {**statement, **built}
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def parse(data: bytes, where: str) -> Checkpoint:
    """The checkpoint in some bytes. RegistryError if they hold none."""
    try:
        return Checkpoint.model_validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        raise RegistryError(
            f"{where} is no checkpoint: {f'{at}: ' if at else ''}{first['msg']}",
            f"give a {NAME} that a site of this registry published",
        ) from None
