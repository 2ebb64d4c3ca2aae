"""Files that stand beside pages: a record's source, its texts, and the originals attached.

A record is given out as it stands in the repository, unless it refers to one that the readers
of the site may not know: its id would tell of it. Originals are given out only if they are
the ones that the record names, by digest; their types are a closed list without pages and
programs (``builder.models.codes.MediaType``).
"""

import hashlib
from collections.abc import Iterator

from builder.derive.addresses import record_address
from builder.findings import RegistryError
from builder.models import Instrument
from builder.models.attachments import MAX_ATTACHMENT, Attachment
from builder.registry import Entry, Registry
from builder.registry.texts import bytes_of, digest_of
from builder.site.output import Output, Staging
from builder.store.files import read_bytes
from builder.store.yaml_read import MAX_BYTES

SOURCE = "ban-ghi.yaml"
TEXT = "loi-van"


def source_name(registry: Registry, entry: Entry) -> str:
    """The name of the record's source beside its page; empty where it is not given out."""
    return "" if entry.id in _withheld(registry) else SOURCE


def text_name(date: str) -> str:
    """The name of a version of the text beside the page of its record.

    >>> text_name(""), text_name("2026-01-15")
    ('loi-van.txt', 'loi-van.2026-01-15.txt')
    """
    return f"{TEXT}.{date}.txt" if date else f"{TEXT}.txt"


def originals(entry: Entry) -> Iterator[Attachment]:
    """The files attached to a record that stand beside it."""
    if isinstance(entry.record, Instrument) and entry.record.attachments:
        there = {path.rpartition("/")[2] for path in entry.attachments}
        yield from (one for one in entry.record.attachments if one.file in there)


def write_downloads(registry: Registry, stage: Staging) -> list[Output]:
    """All files beside pages, taken over where they have not changed.

    ``registry`` is what the readers may know. Raises RegistryError for a file that is not the
    one that its record names.
    """
    outputs = []
    for entry in registry.entries.values():
        if entry.record.kind == "units":  # a file of many units has no page of its own
            continue
        address = record_address(entry.id)
        if source_name(registry, entry):
            outputs.append(_put(registry, stage, f"{address}{SOURCE}", entry.path, entry.digest))
        outputs += [
            _text(registry, stage, f"{address}{text_name(date)}", entry, date)
            for date, _ in entry.texts
        ]
        folder = entry.path.rpartition("/")[0]
        outputs += [
            _put(registry, stage, f"{address}{one.file}", f"{folder}/{one.file}", one.sha256)
            for one in originals(entry)
        ]
    return outputs


def _text(registry: Registry, stage: Staging, path: str, entry: Entry, date: str) -> Output:
    """The text as it stands: the old file if it has that digest, which may be known unread."""
    known = stage.take_over(path, digest_of(registry, entry, date))
    return known or stage.put(path, bytes_of(registry.root, entry, date))


def _put(registry: Registry, stage: Staging, path: str, source: str, digest: str) -> Output:
    """The file as it has that digest: the old one, or read and compared."""
    known = stage.take_over(path, digest)
    if known is not None:
        return known
    data = read_bytes(registry.root, source, max(MAX_BYTES, MAX_ATTACHMENT))
    if hashlib.sha256(data).hexdigest() != digest:
        raise RegistryError(
            f"{source} is not the file that its record names by digest",
            "run 'registry check'; put the right file back, then build again",
        )
    return stage.write(path, digest, data)


def _withheld(registry: Registry) -> set[str]:
    """Records that refer to one that is not among those of this registry."""
    known: set[str] | None = registry.derived.get("withheld sources")
    if known is None:
        known = registry.derived["withheld sources"] = {
            entry.id
            for entry, _, _, target in registry.references
            if target not in registry.entries and target not in registry.units
        }
    return known
