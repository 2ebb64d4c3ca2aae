"""Loading: files to models to the graph, with findings instead of exceptions."""

import gc
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import orjson
from pydantic import ValidationError

from builder.findings import Finding, Location, RegistryError, counted
from builder.fold import composed
from builder.models import MODELS
from builder.models.settings import Settings
from builder.progress import Say, silent
from builder.registry.graph import Entry, Registry
from builder.registry.problems import schema_findings
from builder.registry.secrecy import (
    RULE,
    classified,
    marked_field,
    marked_line,
    may_be_marked,
    says_access,
)
from builder.store.cache import RecordCache, cache_dir
from builder.store.files import SETTINGS, RecordFile, find_records, read_bytes
from builder.store.seen import Seen
from builder.store.yaml_read import (
    MAX_BYTES,
    YamlError,
    decode,
    read,
    read_with_positions,
)

_EVERY = 1000  # records between two lines of progress
Positions = dict[Location, tuple[int, int]]


def load(root: Path, *, cache: bool = True, say: Say = silent) -> Registry:
    """The registry at ``root``. Files that are no records become findings, never exceptions."""
    files, findings = find_records(root)
    known = RecordCache(cache_dir(root) / "records.json") if cache else None
    seen = Seen(root, cache_dir(root) / "seen-records.json", RULE) if cache else None
    entries: dict[str, Entry] = {}
    with _without_gc():
        for count, file in enumerate(files):
            if count % _EVERY == 0:
                say(f"reading records: {count:,} of {len(files):,}")
            entry = _load_one(root, file, known, seen, findings)
            if entry is not None:
                entries[file.id] = entry
    if known is not None and seen is not None:
        known.save()
        seen.save()
    settings = load_settings(root, findings)
    return Registry(root, entries, tuple(findings), settings)


def load_settings(root: Path, findings: list[Finding]) -> Settings:
    """The settings of the registry at ``root``, or the defaults; what is wrong is a finding."""
    path = f"registry/{SETTINGS}"
    try:
        value = read(decode(read_bytes(root, path, MAX_BYTES)))
        return Settings.model_validate_json(orjson.dumps(value or {}), strict=True)
    except FileNotFoundError:
        pass
    except OSError as error:
        findings.append(_unreadable(path, error))
    except YamlError as error:
        findings.append(_no_yaml(path, error))
    except ValidationError as error:
        findings.extend(schema_findings(path, Settings, error))
    return Settings()


@contextmanager
def _without_gc() -> Iterator[None]:
    """Nothing made while loading is garbage: looking for it costs a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def load_strict(root: Path, *, say: Say = silent) -> Registry:
    """The registry at ``root``; RegistryError if any file could not be loaded."""
    registry = load(root, say=say)
    if registry.unread:
        first = locate(registry.root, registry.unread[0])
        raise RegistryError(
            f"{counted(len(registry.unread), 'finding')}, the first: "
            f"{first.path}:{first.line}:{first.column}: {first.message}",
            "run 'registry check' to see all of them",
        )
    return registry


def _load_one(
    root: Path, file: RecordFile, known: RecordCache | None, seen: Seen | None,
    findings: list[Finding],
) -> Entry | None:  # fmt: skip
    try:
        digest, looks = seen.look(file.path) if seen else ("", [])
        value = known.get(digest) if known and digest else None
        if value is not None and (entry := _as_seen(file, digest, value)) is not None:
            return entry
        data = read_bytes(root, file.path, MAX_BYTES)
    except OSError as error:
        findings.append(_unreadable(file.path, error))
        return None
    entry = entry_of(file, data, known, findings)
    if entry is not None and seen is not None:
        seen.note(file.path, entry.digest, looks)
    return entry


def _as_seen(file: RecordFile, digest: str, value: str) -> Entry | None:
    """The record in a file that was read before; None if it has faults, which are told anew."""
    model = MODELS.get(file.id.split("/", 1)[0])
    try:
        record = model.model_validate_json(value, strict=True) if model else None
    except ValidationError:
        record = None
    if record is None:
        return None
    return Entry(file.id, file.path, record, digest, file.texts, file.attachments)


def entry_of(
    file: RecordFile, data: bytes, known: RecordCache | None, findings: list[Finding]
) -> Entry | None:
    """The record in the bytes of a file, wherever they were read; else what is wrong with it."""
    model = MODELS.get(file.id.split("/", 1)[0])
    if model is None or "/" not in file.id:
        findings.append(
            Finding(
                "kind", "error", file.path, "the folder is no kind of record",
                f"the kinds are {', '.join(MODELS)}", line=1, column=1,
            )
        )  # fmt: skip
        return None
    digest = hashlib.sha256(data).hexdigest()
    try:
        value = known.get(digest) if known else None
        if value is None:
            text = decode(data)
            value = orjson.dumps(read(text)).decode()
            if text.encode() != data:
                findings.append(_decomposed(file.path, data.decode()))
            elif known:
                known.put(digest, value)
        if may_be_marked(value):
            marked = marked_field(orjson.loads(value))
            if marked is not None:
                findings.append(classified(file.path, marked))
                return None
        record = model.model_validate_json(value, strict=True)
    except YamlError as error:
        text = data.decode("utf-8", "replace")
        line = marked_line(text)
        findings.append(
            classified(file.path, line=line) if line
            else _no_yaml(file.path, error, quote=says_access(text))
        )  # fmt: skip
    except ValidationError as error:
        quote = says_access(data.decode("utf-8", "replace"))
        findings.extend(schema_findings(file.path, model, error, quote=quote))
    else:
        return Entry(file.id, file.path, record, digest, file.texts, file.attachments)
    return None


def _decomposed(path: str, text: str) -> Finding:
    """Said at each reading: such a file stays out of the cache."""
    lines = enumerate(text.split("\n"), 1)
    line = next(number for number, words in lines if composed(words) != words)
    return Finding(
        "normal-form", "warning", path,
        "letters stand apart from their marks (decomposed Unicode, “Unicode tổ hợp”)",
        f"run 'registry fmt {path}': it puts them together and changes nothing else",
        line=line, column=1,
    )  # fmt: skip


def _unreadable(path: str, error: OSError) -> Finding:
    return Finding("file", "error", path, error.strerror or "unreadable", "", line=1, column=1)


def _no_yaml(path: str, error: YamlError, *, quote: bool = True) -> Finding:
    message = error.message if quote else error.unquoted
    return Finding("yaml", "error", path, message, error.hint, line=error.line, column=error.column)


def locate(root: Path, finding: Finding) -> Finding:
    """The finding with line and column, looked up by the exact reader if it has none."""
    return locate_all(root, [finding])[0]


def locate_all(root: Path, findings: Iterable[Finding]) -> list[Finding]:
    """Findings with line and column; each file is read once."""
    known: dict[str, Positions] = {}
    located = []
    for finding in findings:
        if not finding.line:
            line, column = place(_positions(root, finding.path, known), finding.at)
            finding = replace(finding, line=line, column=column)
        located.append(finding)
    return located


def _positions(root: Path, path: str, known: dict[str, Positions]) -> Positions:
    if path not in known:
        try:
            _, known[path] = read_with_positions(decode(read_bytes(root, path, MAX_BYTES)))
        except (YamlError, OSError):
            known[path] = {}
    return known[path]


def place(positions: Positions, at: Location) -> tuple[int, int]:
    """The place of a field, or of the nearest field around it that stands in the file."""
    while at and at not in positions:
        at = at[:-1]
    return positions.get(at, (1, 1))
