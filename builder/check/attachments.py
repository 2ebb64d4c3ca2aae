"""Rules on the files attached to records: there, whole, named, and what they say they are.

Files are read through no link; nothing in them is interpreted.
"""

import hashlib
from collections.abc import Iterator

from builder.check.base import Found, rule
from builder.findings import Finding
from builder.models import Instrument
from builder.models.attachments import MAX_ATTACHMENT, SIGNATURES, Attachment
from builder.registry import Registry
from builder.store.files import read_bytes


@rule("attachment", "A file attached to a record is there, with the size and digest that it says.")
def attached_files(registry: Registry, found: Found) -> Iterator[Finding]:
    for entry in registry.entries.values():
        if not isinstance(entry.record, Instrument):
            continue
        folder = entry.path.rpartition("/")[0]
        for index, attachment in enumerate(entry.record.attachments):
            path = f"{folder}/{attachment.file}"
            if path in entry.attachments:
                for field, message, hint in _faults(registry, path, attachment):
                    yield found(entry.id, message, ("attachments", index, field), hint)
            elif attachment.file.startswith(f"{_name(entry.id)}."):
                yield found(
                    entry.id, f"there is no file {attachment.file} beside the record",
                    ("attachments", index, "file"), "add the file, or take the entry out",
                )  # fmt: skip


@rule(
    "attachment-name", "An attached file bears its record's name and type, and is named only once."
)
def attachment_names(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        seen: set[str] = set()
        for index, attachment in enumerate(record.attachments):
            at = ("attachments", index, "file")
            name, ending = _name(record_id), attachment.file.rpartition(".")[2]
            if not attachment.file.startswith(f"{name}."):
                yield found(
                    record_id, f"{attachment.file} does not begin with {name}.", at,
                    f"name the file {name}.<label>.{attachment.media_type}",
                )  # fmt: skip
            if ending != attachment.media_type:
                yield found(
                    record_id, f"the file ends in .{ending}, the type is {attachment.media_type}",
                    ("attachments", index, "media_type"), "make both the same",
                )  # fmt: skip
            if attachment.file in seen:
                yield found(record_id, f"{attachment.file} stands twice", at, "keep one entry")
            seen.add(attachment.file)


@rule("attachment-stray", "Every file beside a record is named by the record.")
def stray_files(registry: Registry, found: Found) -> Iterator[Finding]:  # noqa: ARG001
    for entry in registry.entries.values():
        record = entry.record
        named, hint = set(), "only instruments carry attachments: delete the file"
        if isinstance(record, Instrument):
            named = {each.file for each in record.attachments}
            hint = "add it to 'attachments' of the record, or delete the file"
        for path in entry.attachments:
            if path.rpartition("/")[2] not in named:
                yield Finding(
                    "attachment-stray", "error", path, f"{entry.path} does not name this file",
                    hint, line=1, column=1,
                )  # fmt: skip


def _name(record_id: str) -> str:
    return record_id.rpartition("/")[2]


def _faults(
    registry: Registry, path: str, attachment: Attachment
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a file: the field that says otherwise, in words, how to mend it."""
    name = attachment.file
    try:
        data = read_bytes(registry.root, path, MAX_ATTACHMENT)
    except OSError as error:
        yield "file", f"{name}: {error.strerror or 'unreadable'}", "add the file again"
        return
    right = "if this is the right file, correct size and sha256; else put the right one back"
    if len(data) > MAX_ATTACHMENT:
        limit = f"{MAX_ATTACHMENT:,} bytes"
        yield "file", f"{name} is larger than {limit}", "scan it with less resolution"
    elif len(data) != attachment.size:
        yield "size", f"{name} has {len(data):,} bytes, not {attachment.size:,}", right
    elif (digest := hashlib.sha256(data).hexdigest()) != attachment.sha256:
        yield "sha256", f"{name} has another digest: {digest}", right
    if not data.startswith(SIGNATURES[attachment.media_type]):
        yield (
            "media_type", f"the content of {name} is no {attachment.media_type}",
            "give it the type that it has; a page or a program must not be attached",
        )  # fmt: skip
