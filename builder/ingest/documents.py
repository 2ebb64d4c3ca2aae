"""``registry ingest docx|pdf``: from files to drafts, with a report of every field.

All files of one run are written together or not at all.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.findings import RegistryError
from builder.ingest.archives import RefusedError
from builder.ingest.document.paper import Paper, tidy
from builder.ingest.document.read import read_document
from builder.ingest.document.reading import Reading
from builder.ingest.draft import (
    Content,
    Draft,
    File,
    make,
    media_type_of,
    record_id,
    require_folder,
    with_digest,
)
from builder.ingest.matching import Match, find_cited, find_issuer, same_number
from builder.ingest.writing import record_yaml, write_new
from builder.models import Instrument
from builder.models.attachments import MAX_ATTACHMENT
from builder.models.base import Source, Unknown
from builder.models.instruments import Relation, Signer
from builder.registry import Registry
from builder.store.given import given_bytes

_ENCODINGS = {"tcvn3": "TCVN3 (phông .Vn…)", "vni": "VNI (phông VNI-…)"}
_NOTE = (
    "Bản nháp do máy đọc từ tệp đính kèm, chưa ai đối chiếu. Trước khi công khai: đối chiếu từng"
    " trường với văn bản, ghi nguồn chính thức, rồi mới đổi stage và access."
)


@dataclass
class Outcome:
    """What became of one file: ``state`` is written, planned, known, to-do or refused.

    ``effect`` is what a packet does to a record that stands already.
    """

    file: str
    state: str
    record: str | None = None
    fields: list[dict[str, str]] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)
    review: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    effect: str = ""
    error: str = ""
    hint: str = ""

    def json(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if value not in ("", None)}


@dataclass(frozen=True)
class Options:
    """What the command was asked for; ``today`` is the day of drafts without a day."""

    today: dt.date
    into: str | None = None
    ocr: bool = False
    dry_run: bool = False


def ingest_documents(
    registry: Registry, kind: str, files: Sequence[Path], options: Options
) -> list[Outcome]:
    """Reads files of a kind (docx, pdf) and writes their drafts, all or none.

    A refused file keeps all others from being written; each says what became of it.
    """

    def take(path: Path, outcome: Outcome) -> Draft | None:
        data = given_bytes(path, MAX_ATTACHMENT)
        known = with_digest(registry.of(Instrument), File("", "", "pdf", data).digest)
        if known:
            outcome.state, outcome.record = "known", known[0]
            return None
        return _draft(registry, kind, path.name, data, options, outcome)

    return take_all(registry, files, take, options, "files")


def take_all(
    registry: Registry,
    files: Sequence[Path],
    take: Callable[[Path, Outcome], Draft | None],
    options: Options,
    what: str,
) -> list[Outcome]:
    """The outcome of each file; ``take`` gives its draft, or None where there is none to write.

    Drafts are written all or none. ``what`` the files are stands in the words of an error.
    RegistryError where the folder of drafts is none.
    """
    require_folder(options.into)
    outcomes: list[Outcome] = []
    drafts: list[Draft] = []
    for path in files:
        outcome = Outcome(path.name, "refused")
        outcomes.append(outcome)
        try:
            draft = take(path, outcome)
            if draft is None:
                continue
            if any(draft.id == other.id for other in drafts):
                raise RefusedError(f"two {what} give the record {draft.id}", "ingest one of them")
            drafts.append(draft)
            outcome.state, outcome.record = "planned", draft.id
        except RegistryError as error:
            outcome.error, outcome.hint = str(error), error.hint
    _finish(registry, drafts, outcomes, options)
    return outcomes


def _finish(
    registry: Registry, drafts: list[Draft], outcomes: list[Outcome], options: Options
) -> None:
    """Writes the drafts if nothing was refused, and says so in the outcomes."""
    if options.dry_run or any(outcome.state == "refused" for outcome in outcomes):
        return
    files: dict[str, bytes] = {}
    for draft in drafts:
        files[f"registry/{draft.id}.yaml"] = record_yaml(draft.id, draft.record).encode()
        files.update(draft.files)
    write_new(registry.root, files)
    for outcome in outcomes:
        if outcome.state == "planned":
            outcome.state = "written"


def _draft(
    registry: Registry, kind: str, name: str, data: bytes, options: Options, outcome: Outcome
) -> Draft:
    read = read_document(data, kind, name, ocr=options.ocr)
    content = content_of(registry, read.reading)
    media_type = media_type_of(f"x.{kind}", data)
    assert media_type is not None  # noqa: S101  # both kinds are kept
    content.files.append(File("ban-goc", f"Tệp gốc: {tidy(name)[:200]}", media_type, data))
    content.sources = sources_of(read.reading, read.paper, tidy(name)[:200])
    content.unknown = _unknown(read.reading, content)
    content.notes = "\n".join([_NOTE, *flags_of(read.paper)])
    report(read.reading, read.paper, content, outcome)
    refuse_known(registry, content)
    wanted = record_id(content, options.into)
    claim(registry, wanted)
    return make(content, wanted, content.day or options.today)


def claim(registry: Registry, wanted: str) -> None:
    """Raises RefusedError if there is a record of that id, or a file where it would stand."""
    if wanted in registry.entries or (registry.root / f"registry/{wanted}.yaml").exists():
        raise RefusedError(
            f"the record {wanted} stands already",
            "if it is the same document, add the file to that record's attachments by hand",
        )


def refuse_known(registry: Registry, content: Content) -> None:
    """Raises RefusedError if the issuer has a record with this number in this year."""
    if content.number is None or content.type is None:
        return
    same = same_number(registry, content.number, content.type, content.issuer, content.day)
    if same:
        raise RefusedError(
            f"the number {content.number} is taken by {', '.join(same)}",
            "if it is the same document, add the file to that record's attachments by hand",
        )


def content_of(registry: Registry, reading: Reading) -> Content:
    """What was read, with issuer and grounds looked up in the registry."""
    content = Content(
        type=reading.type, title=reading.title, number=reading.number, day=reading.day,
        adopted=reading.adopted, party=reading.party, text=reading.text,
    )  # fmt: skip
    issuer = find_issuer(registry, reading.issuer_lines, reading.day)
    if issuer.id is not None:
        content.issuer = issuer.id
        reading.found("issuer", issuer.id, reading.issuer_where)
    else:
        reading.lacks("issuer", issuer.why)
    for cited, where in reading.grounds:
        content.relations.append(_ground(find_cited(registry, cited), cited, where))
    content.signers = [
        Signer(name=each.name, role=each.role, competence=each.competence)
        for each in reading.signers
        if each.name
    ]
    return content


def _ground(match: Match, cited: str, where: str) -> Relation:
    if match.id is not None:
        return Relation(type="based_on", target=match.id, lines=(where,))
    note = f"Chưa gắn với bản ghi nào: {match.why}." if match.candidates else None
    return Relation(type="based_on", cites=cited, lines=(where,), note=note)


def sources_of(reading: Reading, paper: Paper, name: str) -> list[Source]:
    """One source for what is stated, one for what is inferred, each with the places read."""
    found = []
    guessed = paper.recognised or paper.encoding != "unicode"
    for certainty in ("stated", "inferred"):
        fields = [
            each for each in reading.fields if ("inferred" if guessed else each.sure) == certainty
        ]
        if fields or (certainty == "stated" and not reading.fields):
            found.append(
                Source(
                    kind="file", title=name, certainty=certainty,
                    lines=tuple(f"{each.name}: {each.where}" for each in fields),
                    supports=tuple(dict.fromkeys(each.name for each in fields)),
                )
            )  # fmt: skip
    return found


def flags_of(paper: Paper) -> list[str]:
    """What a reader has to look at in the whole paper, in Vietnamese."""
    flags = list(paper.flags)
    if paper.encoding != "unicode":
        flags.append(f"Lời văn được chuyển từ bảng mã {_ENCODINGS[paper.encoding]}: soát lại dấu.")
    if paper.recognised:
        flags.append("Lời văn do máy nhận dạng từ bản quét: soát lại từng chữ.")
    return flags


def _unknown(reading: Reading, content: Content) -> list[Unknown]:
    unknown = [Unknown(field=name, why=why) for name, why in reading.missing]
    for name, what in reading.remarks:
        unknown.append(Unknown(field=name, why=f"Chưa ghi; văn bản nêu ở {what}"))
    if not content.text.strip():
        unknown.append(Unknown(field="text", why="Không đọc được lời văn."))
    return unknown


def report(reading: Reading, paper: Paper, content: Content, outcome: Outcome) -> None:
    """Each field with its place and sureness, what is missing, what to look at."""
    guessed = paper.recognised or paper.encoding != "unicode"
    outcome.fields = [
        {
            "field": each.name, "value": each.value, "where": each.where,
            "sure": "inferred" if guessed else each.sure,
        }
        for each in reading.fields
    ]  # fmt: skip
    outcome.missing = [{"field": name, "why": why} for name, why in reading.missing]
    outcome.review = flags_of(paper) + [f"{name}: {what}" for name, what in reading.remarks]
    outcome.review += [
        f"căn cứ chưa có bản ghi: {each.cites}" for each in content.relations if each.cites
    ]
    outcome.recipients = reading.recipients
