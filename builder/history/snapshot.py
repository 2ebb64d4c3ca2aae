"""The registry at one moment: at a commit, or as it stands in the working tree.

A snapshot holds the linked records and gives every file's content, valid record or not.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from builder.findings import Finding
from builder.history.blobs import blobs_of, files_at
from builder.history.repository import Repository
from builder.models import MODELS
from builder.registry import Entry, Registry, entry_of, load
from builder.registry.texts import normal_text
from builder.store.cache import RecordCache, cache_dir
from builder.store.files import RecordFile, find_records, read_bytes, records_among
from builder.store.yaml_read import MAX_BYTES, YamlError, decode, read

Value = dict[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """All records at one moment.

    ``commit`` is empty for the working tree. ``files`` holds every record file by id, also
    one that is no valid record; ``blobs`` the id that git gives to the content of a path.
    """

    commit: str
    registry: Registry
    files: Mapping[str, RecordFile]
    blobs: Mapping[str, str]
    read: Callable[[Iterable[str]], dict[str, bytes]]  # contents by path

    def fields(self, record_id: str) -> Value | None:
        """A record's fields as JSON has them; None if its file cannot be read as fields.

        A valid record has all fields, those left out with their default; one that today's
        schema does not know as it was written.
        """
        entry = self.registry.entries.get(record_id)
        if entry is not None:
            return entry.record.model_dump(mode="json", by_alias=True)
        path = self.files[record_id].path
        return fields_of(record_id, self.read([path])[path])

    def texts(self, paths: Iterable[str]) -> dict[str, str | None]:
        """Texts by path, line ends and characters unified; None for one that is no text."""
        return {path: text_in(data) for path, data in self.read(paths).items()}


def text_in(data: bytes) -> str | None:
    """The text in the bytes of a file; None if it is none."""
    try:
        return normal_text(data)
    except YamlError:
        return None


def fields_of(record_id: str, data: bytes) -> Value | None:
    """Fields in the bytes of a record file, as ``Snapshot.fields`` gives them."""
    try:
        value = read(decode(data))
    except YamlError:
        return None
    model = MODELS.get(record_id.partition("/")[0])
    if model is not None:
        try:
            record = model.model_validate_json(orjson.dumps(value), strict=True)
        except ValueError:
            pass
        else:
            return record.model_dump(mode="json", by_alias=True)
    return value if isinstance(value, dict) else None


def snapshot_at(repository: Repository, commit: str, beside: Registry | None = None) -> Snapshot:
    """The records at a commit; those that ``beside`` holds, too, are taken from there."""
    blobs, others = files_at(repository, commit)
    found, findings = records_among(blobs)
    findings += [
        Finding("file-name", "error", path, "a link, not a file", "add the file", line=1, column=1)
        for path in others
    ]
    known = RecordCache(cache_dir(repository.root) / "records.json")
    same = {(e.digest, e.record.kind): e for e in beside.entries.values()} if beside else {}
    with blobs_of(repository) as process:
        contents = dict(process.read_all(blobs[file.path] for file in found))
    entries: dict[str, Entry] = {}
    for file in found:
        data = contents[blobs[file.path]]
        twin = same.get((hashlib.sha256(data).hexdigest(), file.id.partition("/")[0]))
        if twin is not None:
            entries[file.id] = replace(
                twin, id=file.id, path=file.path, texts=file.texts, attachments=file.attachments
            )
        elif (entry := entry_of(file, data, known, findings)) is not None:
            entries[file.id] = entry

    def contents_of(paths: Iterable[str]) -> dict[str, bytes]:
        wanted = list(paths)
        with blobs_of(repository) as process:
            read = dict(process.read_all(blobs[path] for path in wanted))
        return {path: read[blobs[path]] for path in wanted}

    registry = Registry(repository.root, entries, tuple(findings))
    return Snapshot(commit, registry, {file.id: file for file in found}, blobs, contents_of)


def working_tree(repository: Repository, registry: Registry | None = None) -> Snapshot:
    """The records as they stand in the folder, committed or not; ``registry`` if loaded."""
    registry = registry or load(repository.root)
    found, _ = find_records(repository.root)
    new = hashlib.sha1 if len(repository.commit("HEAD")) == 40 else hashlib.sha256

    def content(path: str) -> bytes:
        try:
            return read_bytes(repository.root, path, MAX_BYTES)
        except OSError:
            return b""  # loading has reported it

    def contents_of(paths: Iterable[str]) -> dict[str, bytes]:
        return {path: content(path) for path in paths}

    def blob(path: str) -> str:
        data = content(path)
        return new(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    blobs = {path: blob(path) for file in found for path in _paths(file)}
    return Snapshot("", registry, {file.id: file for file in found}, blobs, contents_of)


def _paths(file: RecordFile) -> Iterable[str]:
    return (file.path, *(path for _, path in file.texts))
