"""The files of a packet: decoded, unwrapped, looked at, never unpacked to a path they name."""

import base64
import binascii
import re
from dataclasses import dataclass, field

from builder.ingest.archives import RefusedError, open_zip, read, unsafe_name
from builder.ingest.document.paper import tidy
from builder.ingest.document.read import Read, ScanError, read_document
from builder.ingest.draft import File, media_type_of
from builder.ingest.edxml.packet import Encoded
from builder.models.attachments import MAX_ATTACHMENT

_SPACES = re.compile(rb"\s+")
_ZIP = b"PK\x03\x04"


@dataclass
class Unpacked:
    """The files of a packet. ``read`` are those that could be read as documents, by index.

    ``left_out`` names files of types that are not kept, ``unread`` those that no program of
    ours reads, so that a person has to look for markings of secrecy.
    """

    files: list[File] = field(default_factory=list)
    read: dict[int, Read] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def unpack(encoded: tuple[Encoded, ...]) -> Unpacked:
    """Decodes and looks at all files. Raises RefusedError for the whole if one is hostile."""
    unpacked = Unpacked()
    digests: set[str] = set()
    for number, each in enumerate(encoded, 1):
        place = f"file {number}"
        if each.name and unsafe_name(each.name):
            raise RefusedError(f"the name of {place} leads out of its folder", "ask its sender")
        name = tidy(each.name.rpartition("/")[2])
        data = _unwrapped(_decoded(each.data, place), each, name, place)
        media_type = media_type_of(name, data)
        if media_type is None:
            unpacked.left_out.append(name or place)
            continue
        stem = name.rpartition(".")[0]
        title = f"{each.description} ({name})" if each.description else name
        file = File(stem or f"tep-{number}", title, media_type, data)
        if file.digest in digests:
            continue
        digests.add(file.digest)
        unpacked.files.append(file)
        _look_into(unpacked, file, name, place)
    return unpacked


def _decoded(data: bytes, place: str) -> bytes:
    plain = _SPACES.sub(b"", data)
    if len(plain) > MAX_ATTACHMENT * 4 // 3 + 4:
        raise RefusedError(f"{place} has more than {MAX_ATTACHMENT:,} bytes", "send it otherwise")
    try:
        decoded = base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError(f"{place} is no sound base64", "ask for the packet again") from None
    if not decoded:
        raise RefusedError(f"{place} is empty", "ask for the packet again")
    return decoded


def _unwrapped(data: bytes, encoded: Encoded, name: str, place: str) -> bytes:
    """A file that was sent as the only entry of a zip (QCVN 102:2016); its inner name is noise."""
    if name.lower().endswith(".zip"):
        return data
    claims = encoded.content_type in ("application/zip", "application/x-zip-compressed")
    if not data.startswith(_ZIP):
        if claims:
            raise RefusedError(f"{place} says that it is a zip and is none", "ask its sender")
        return data
    archive = open_zip(data, place)
    entries = archive.infolist()
    office = any(entry.filename in ("[Content_Types].xml", "mimetype") for entry in entries)
    if office or (len(entries) != 1 and not claims):
        return data
    if len(entries) != 1 or entries[0].is_dir():
        raise RefusedError(f"{place} is wrapped in a zip of several files", "ask its sender")
    return read(archive, entries[0], MAX_ATTACHMENT)


def _look_into(unpacked: Unpacked, file: File, name: str, place: str) -> None:
    """Reads what can be read; a marking of secrecy or a hostile file refuses all."""
    if file.media_type in ("docx", "pdf"):
        try:
            unpacked.read[len(unpacked.files) - 1] = read_document(
                file.data, file.media_type, place
            )
        except ScanError:
            unpacked.unread.append(name)
        return
    unpacked.unread.append(name)
    if file.data.startswith(_ZIP):
        archive = open_zip(file.data, place)
        for entry in archive.infolist() if file.media_type == "zip" else ():
            ending = entry.filename.rpartition(".")[2].lower()
            if ending in ("docx", "pdf"):
                try:
                    read_document(read(archive, entry, MAX_ATTACHMENT), ending, place)
                except ScanError:
                    continue
