"""From what was read to a draft record with its text and files: never more than a draft.

Every draft is internal and unverified; a person compares it with the document, then opens it.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import get_args

from pydantic import ValidationError

from builder.derive.numbering import parse
from builder.findings import RegistryError
from builder.fold import fold
from builder.ingest.archives import RefusedError
from builder.ingest.document.paper import tidy
from builder.models import MODELS, Instrument
from builder.models.attachments import MAX_ATTACHMENT, SIGNATURES, Attachment
from builder.models.base import ExternalRef, Source, Unknown
from builder.models.codes import DOCUMENT_TYPES, MediaType, Regime
from builder.models.instruments import Dates, Relation, Signer

_INTO = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*){0,4}\Z")
_KINDS = {"NQ": "resolutions", "QC": "regulations", "QyĐ": "regulations"}


@dataclass(frozen=True, slots=True)
class File:
    """A file to attach: a label for its name, a title for people, its content."""

    label: str
    title: str
    media_type: MediaType
    data: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class Content:
    """All that a draft is made from; absent where it was not read."""

    type: str | None = None
    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    day: dt.date | None = None
    adopted: dt.date | None = None
    party: bool = False
    relations: list[Relation] = field(default_factory=list)
    signers: list[Signer] = field(default_factory=list)
    summary: str | None = None
    text: str = ""
    sources: list[Source] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    external_refs: list[ExternalRef] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    notes: str | None = None


@dataclass(frozen=True)
class Draft:
    """A record that may be written, with its files by path relative to the root."""

    id: str
    record: Instrument
    files: dict[str, bytes]


def media_type_of(name: str, data: bytes) -> MediaType | None:
    """The type that a name's ending tells; None for one that is not kept.

    Raises RefusedError if the content is of another type, or the file is too large.
    """
    ending = name.rpartition(".")[2].lower()
    ending = {"jpeg": "jpg", "tiff": "tif"}.get(ending, ending)
    if len(data) > MAX_ATTACHMENT:
        raise RefusedError(
            f"a file has more than {MAX_ATTACHMENT:,} bytes", "ask for a smaller one"
        )
    for known in get_args(MediaType):
        if known == ending:
            if not data.startswith(SIGNATURES[known]):
                raise RefusedError(
                    f"the content of a .{known} file is no {known}", "ask its sender"
                )
            media_type: MediaType = known
            return media_type
    return None


def slug(text: str, limit: int = 80) -> str:
    """A name for files and ids: lowercase letters without marks, digits, hyphens.

    >>> slug("12/QĐ-UBND"), slug("Bản gốc (1).PDF"), slug("…")
    ('12-qd-ubnd', 'ban-goc-1-pdf', '')
    """
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return plain[:limit].strip("-")


def require_folder(into: str | None) -> None:
    """RegistryError if what was given as the folder of drafts is none."""
    if into is not None and not _INTO.match(into):
        raise RegistryError(
            f"--into {into!r} is no folder of records", "write PROVINCE/UNIT, e.g. vi-du/an-binh"
        )


def folder_of(issuer: str | None, into: str | None) -> str:
    """``province/unit`` from the option or from the issuer's id. Raises RegistryError."""
    if into is not None:
        return into
    if issuer is None:
        raise RefusedError(
            "the issuer is not known, so there is no folder to propose",
            "give --into PROVINCE/UNIT, or first write the body's record under registry/bodies/",
        )
    return issuer.removeprefix("bodies/").rpartition("/")[0]


def record_id(content: Content, into: str | None) -> str:
    """The id that the draft gets: kind, folder, year, number (else the title)."""
    name = slug(content.number or "") or slug(content.title or "", 60)
    if not name or content.type is None:
        raise RefusedError(
            "neither number nor title could be read, or not the type",
            "this does not have the form of Decree 30/2020/NĐ-CP or of the Party: write the"
            " record by hand",
        )
    parts = [_KINDS.get(content.type, "documents"), folder_of(content.issuer, into)]
    day = content.day or content.adopted
    if day is not None:
        parts.append(str(day.year))
    return "/".join([*parts, name])


def make(content: Content, record: str, as_of: dt.date) -> Draft:
    """The draft under that id. Raises RefusedError if what was read makes no valid record."""
    name = record.rpartition("/")[2]
    folder = f"registry/{record.rpartition('/')[0]}"
    attachments, files = _attach(content.files, name)
    model = MODELS[record.partition("/")[0]]
    number = parse(content.number, content.type) if content.number else None
    regime: Regime | None = number.regime if number else "party" if content.party else None
    if content.text.strip():
        files[f"{name}.txt"] = content.text.encode()
    try:
        made = model.model_validate(
            {
                "access": "internal", "sources": tuple(content.sources), "verified": False,
                "as_of": as_of, "notes": content.notes, "unknown": tuple(content.unknown),
                "external_refs": tuple(content.external_refs),
                "title": _title(content), "type": content.type,
                "number": str(number) if number else None, "regime": regime,
                "issuer": content.issuer, "stage": "draft",
                "dates": Dates(issued=content.day, adopted=content.adopted),
                "relations": tuple(content.relations), "signers": tuple(content.signers),
                "summary": content.summary, "attachments": attachments,
            }
        )  # fmt: skip
    except ValidationError as error:
        fields = sorted({str(part["loc"][0]) for part in error.errors()})
        raise RefusedError(
            f"what was read makes no valid record: {', '.join(fields)}", "write it by hand"
        ) from None
    assert isinstance(made, Instrument)  # noqa: S101  # the kinds above are instruments
    return Draft(record, made, {f"{folder}/{each}": data for each, data in files.items()})


def _title(content: Content) -> str | None:
    """The title; without one the type with the number, which is how documents are cited."""
    title = content.title or f"{DOCUMENT_TYPES[content.type or 'CV']} số {content.number}"
    return tidy(title)[:1000]


def _attach(files: Sequence[File], name: str) -> tuple[tuple[Attachment, ...], dict[str, bytes]]:
    taken: dict[str, bytes] = {}
    found = []
    for file in files:
        label = base = slug(file.label, 60) or "tep"
        count = 1
        while f"{name}.{label}.{file.media_type}" in taken:
            count += 1
            label = f"{base}-{count}"
        path = f"{name}.{label}.{file.media_type}"
        taken[path] = file.data
        found.append(
            Attachment(
                file=path, title=tidy(file.title)[:500] or path, media_type=file.media_type,
                sha256=file.digest, size=len(file.data),
            )
        )  # fmt: skip
    return tuple(found), taken


def with_digest(records: Iterable[tuple[str, Instrument]], digest: str) -> list[str]:
    """Ids of the records to which a file of that digest is attached."""
    return [
        record_id
        for record_id, record in records
        if any(each.sha256 == digest for each in record.attachments)
    ]
