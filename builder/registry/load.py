"""Loading: files to models to the graph, with findings instead of exceptions."""

import hashlib
from pathlib import Path

import orjson
from pydantic import ValidationError

from builder.findings import Finding, RegistryError
from builder.models import MODELS, Record
from builder.registry.graph import Entry, Registry
from builder.registry.problems import schema_findings
from builder.store.cache import RecordCache, cache_dir
from builder.store.files import RecordFile, find_records, read_bytes
from builder.store.yaml_read import MAX_BYTES, YamlError, decode, read, read_with_positions


def load(root: Path, *, cache: bool = True) -> Registry:
    """The registry at ``root``. Files that are no records become findings, never exceptions."""
    files, findings = find_records(root)
    known = RecordCache(cache_dir(root) / "records.json") if cache else None
    entries: dict[str, Entry] = {}
    for file in files:
        entry = _load_one(root, file, known, findings)
        if entry is not None:
            entries[file.id] = entry
    if known is not None:
        known.save()
    return Registry(root, entries, tuple(findings))


def load_strict(root: Path) -> Registry:
    """The registry at ``root``; RegistryError if any file could not be loaded."""
    registry = load(root)
    if registry.findings:
        first = locate(registry.root, registry.findings[0])
        raise RegistryError(
            f"{len(registry.findings)} findings, the first: "
            f"{first.path}:{first.line}:{first.column}: {first.message}",
            "run 'registry check' to see all of them",
        )
    return registry


def _load_one(
    root: Path, file: RecordFile, known: RecordCache | None, findings: list[Finding]
) -> Entry | None:
    model = MODELS.get(file.id.split("/", 1)[0])
    if model is None or "/" not in file.id:
        findings.append(
            Finding(
                "kind", "error", file.path, "the folder is no kind of record",
                f"the kinds are {', '.join(MODELS)}", line=1, column=1,
            )
        )  # fmt: skip
        return None
    try:
        data = read_bytes(root, file.path, MAX_BYTES)
        digest = hashlib.sha256(data).hexdigest()
        value = known.get(digest) if known else None
        if value is None:
            value = orjson.dumps(read(decode(data))).decode()
            if known:
                known.put(digest, value)
        record = model.model_validate_json(value, strict=True)
    except YamlError as error:
        findings.append(
            Finding(
                "yaml", "error", file.path, error.message, error.hint,
                line=error.line, column=error.column,
            )
        )  # fmt: skip
    except OSError as error:
        reason = error.strerror or "unreadable"
        findings.append(Finding("file", "error", file.path, reason, "", line=1, column=1))
    except ValidationError as error:
        findings.extend(schema_findings(file.path, model, error))
    else:
        return Entry(file.id, file.path, record, digest, file.texts)
    return None


def locate(root: Path, finding: Finding) -> Finding:
    """The finding with line and column, looked up by the exact reader if it has none."""
    if finding.line:
        return finding
    line, column = 1, 1
    try:
        _, positions = read_with_positions(decode(read_bytes(root, finding.path, MAX_BYTES)))
    except (YamlError, OSError):
        positions = {}
    at = finding.at
    while at:
        if at in positions:
            line, column = positions[at]
            break
        at = at[:-1]
    return Finding(
        finding.rule, finding.severity, finding.path, finding.message, finding.hint,
        finding.at, line, column,
    )  # fmt: skip


def record_json(record: Record) -> bytes:
    """The record as JSON, unknown (absent) fields left out."""
    return record.model_dump_json(exclude_none=True).encode()
