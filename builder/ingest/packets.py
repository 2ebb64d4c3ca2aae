"""``registry ingest edxml``: packets into drafts; what they do to other records is reported.

A record that stands is never changed: a recall is a thing to do for a person, an update and
a replacement are drafts of their own that say what they act on.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from builder.derive.numbering import parse, type_names
from builder.fold import fold
from builder.ingest.archives import RefusedError
from builder.ingest.document.head import titled
from builder.ingest.documents import (
    Options,
    Outcome,
    claim,
    content_of,
    flags_of,
    refuse_known,
    take_all,
)
from builder.ingest.draft import Content, Draft, make, record_id
from builder.ingest.edxml.files import Unpacked, unpack
from builder.ingest.edxml.packet import MAX_PACKET, Answered, Packet, read_packet
from builder.ingest.matching import find_cited, find_issuer, find_organ
from builder.models import Instrument
from builder.models.base import ExternalRef, Source, Unknown
from builder.models.codes import DOCUMENT_TYPES
from builder.models.instruments import Relation, Signer
from builder.registry import Registry
from builder.store.given import given_bytes

_TYPES = {fold(name): code for code, name in DOCUMENT_TYPES.items()}
_PARTY_NOTATION = re.compile(r"[^\W\d_]+/[^\W\d_-]+$")
_SUFFIX = {"update": "-cap-nhat", "replace": "-thay-the"}
_NOTE = (
    "Bản nháp do máy lập từ gói tin trên trục liên thông, chưa ai đối chiếu. Trước khi công khai:"
    " đối chiếu từng trường với văn bản, ghi nguồn chính thức, rồi mới đổi stage và access."
)


def ingest_packets(
    registry: Registry, files: Sequence[Path], system: str, options: Options
) -> list[Outcome]:
    """Reads packets and writes their drafts, all or none; ``system`` is who sent them."""

    def take(path: Path, outcome: Outcome) -> Draft | None:
        packet = read_packet(given_bytes(path, MAX_PACKET), path.name)
        return _take(registry, packet, system, options, outcome)

    return take_all(registry, files, take, options, "packets")


def _take(
    registry: Registry, packet: Packet, system: str, options: Options, outcome: Outcome
) -> Draft | None:
    known = _of_packet(registry, packet.digest)
    if known:
        outcome.state, outcome.record = "known", known
        return None
    if packet.does == "recall":
        _recall(registry, packet, outcome)
        return None
    unpacked = unpack(packet.files)
    same = _of_document(registry, packet.document_id, packet.organ_id)
    if packet.does == "new" and same:
        outcome.record = same[0]
        record = registry.get(same[0], Instrument)
        digests = {each.sha256 for each in record.attachments} if record else set()
        if {file.digest for file in unpacked.files} != digests:
            raise RefusedError(
                f"the document of this packet stands in {same[0]} with other files",
                "a changed document is sent as an update (BussinessDocType 2); ask its sender",
            )
        outcome.state = "known"
        return None
    content = _content(registry, packet, unpacked, system)
    targets = _act(registry, packet, content, outcome)
    _report(packet, unpacked, content, outcome)
    if not targets:
        refuse_known(registry, content)
    return make(content, _free(registry, packet, content, options), content.day or options.today)


def _free(registry: Registry, packet: Packet, content: Content, options: Options) -> str:
    """The id of the draft; a second update of one document gets a number."""
    wanted = record_id(content, options.into)
    if packet.does == "new" or wanted not in registry.entries:
        claim(registry, wanted)
        return wanted
    base = wanted + _SUFFIX[packet.does]
    for count in range(1, 100):
        wanted = base if count == 1 else f"{base}-{count}"
        if wanted not in registry.entries:
            break
    claim(registry, wanted)
    return wanted


def _of_packet(registry: Registry, digest: str) -> str | None:
    """The record that was made from this very packet."""
    line = _packet_line(digest)
    for found, record in registry.of(Instrument):
        if any(line in source.lines for source in record.sources):
            return found
    return None


def _packet_line(digest: str) -> str:
    return f"gói tin SHA-256 {digest}"


def _of_document(registry: Registry, document_id: str, organ_id: str = "") -> list[str]:
    """Records that came from this document of a document system, oldest draft first."""
    if not document_id:
        return []
    return [
        found
        for found, record in registry.of(Instrument)
        if any(
            ref.id == document_id and (not organ_id or ref.organ_id in (None, organ_id))
            for ref in record.external_refs
        )
    ]


def _recall(registry: Registry, packet: Packet, outcome: Outcome) -> None:
    """A recall changes nothing by itself: it says which record a person has to withdraw."""
    reason = packet.reason or "gói tin không nêu lý do"
    found = [
        each
        for wanted in packet.acts_on or (packet.document_id,)
        for each in _of_document(registry, wanted, "" if packet.acts_on else packet.organ_id)
    ]
    if not found:
        raise RefusedError(
            "the packet recalls a document that no record came from",
            f"look for {packet.document_id or 'it'} by hand; nothing is kept of a recall",
        )
    records = [registry.get(each, Instrument) for each in found]
    outcome.record = found[0]
    if all(record is not None and record.withdrawn is not None for record in records):
        outcome.state = "known"
        return
    outcome.state = "to-do"
    outcome.effect = f"recalls {', '.join(found)}: {reason}"
    outcome.review = [
        f"{each}: add 'withdrawn: {{on: <ngày>, reason: …}}' if the recall holds" for each in found
    ]


def _content(registry: Registry, packet: Packet, unpacked: Unpacked, system: str) -> Content:
    """Fields of the packet; what it does not say comes from the first file that can be read."""
    content, origin = _from_file(registry, packet, unpacked)
    content.number = _number(packet) or content.number
    content.type = _type(packet, content.number) or content.type
    content.day = packet.day or content.day
    if packet.subject:
        content.title = titled(DOCUMENT_TYPES[content.type or "CV"], packet.subject)
    content.summary = packet.content or None
    sender = find_organ(registry, packet.organ_id) if packet.organ_id else None
    if sender is None or sender.id is None:
        lines = [line for line in (packet.organ_above, packet.organ_name) if line]
        sender = find_issuer(registry, lines, content.day)
    content.issuer = sender.id or content.issuer
    if content.issuer is None:
        content.unknown.append(Unknown(field="issuer", why=sender.why))
    name, position, competence = packet.signer
    if name:
        content.signers = [Signer(name=name, role=position or None, competence=competence or None)]
    content.relations += [
        _answer(registry, each) for each in packet.answers if each.code or each.document_id
    ]
    content.files = unpacked.files
    content.external_refs = [
        ExternalRef(
            system=system, id=packet.document_id or f"sha256:{packet.digest}",
            organ_id=packet.organ_id or None,
        )
    ]  # fmt: skip
    content.sources = [_source(packet, content), *content.sources]
    _say_unknown(packet, unpacked, content)
    content.notes = "\n".join([_NOTE, *origin])
    return content


def _from_file(registry: Registry, packet: Packet, unpacked: Unpacked) -> tuple[Content, list[str]]:
    """Text and grounds of the file that is the document: the one with the packet's number."""
    wanted = parse(_number(packet) or "")
    for index, read in unpacked.read.items():
        number = parse(read.reading.number or "")
        if wanted is not None and (number is None or number.key != wanted.key):
            continue
        content = content_of(registry, read.reading)
        content.sources = [
            Source(
                kind="file", title=unpacked.files[index].title[:300], certainty="inferred",
                lines=tuple(f"{each.name}: {each.where}" for each in read.reading.fields),
                supports=("text", *dict.fromkeys(each.name for each in read.reading.fields)),
            )
        ]  # fmt: skip
        return content, flags_of(read.paper)
    return Content(), []


def _number(packet: Packet) -> str | None:
    """Number and notation put together as the regime of the notation wants."""
    number, notation = packet.code_number.strip(), packet.code_notation.strip()
    plain = notation.strip("/- ")
    if not number:
        return None
    party = notation.startswith("-") or _PARTY_NOTATION.match(plain)
    tries = [f"{number}-{plain}" if party else f"{number}/{plain}", f"{number}/{plain}"]
    if not plain or fold(plain) in fold(number):
        tries = [number]
    return next((each for each in tries if parse(each) is not None), None)


def _type(packet: Packet, number: str | None) -> str | None:
    """By the name of the type; else by the notation, if that means one type only."""
    named = _TYPES.get(" ".join(fold(packet.type_name).split()))
    if named is not None:
        return named
    parsed = parse(number) if number else None
    if parsed is None:
        return None
    if parsed.symbol is None:
        return "CV"
    names = type_names(parsed.symbol, parsed.regime)
    return _TYPES[fold(names[0])] if len(names) == 1 else None


def _answer(registry: Registry, answered: Answered) -> Relation:
    found = _of_document(registry, answered.document_id, answered.organ_id)
    if len(found) == 1:
        return Relation(type="cites", target=found[0], note="Văn bản được trả lời.")
    day = f" ngày {answered.day:%d/%m/%Y}" if answered.day else ""
    cited = f"Văn bản số {answered.code}{day}" if answered.code else answered.document_id
    match = find_cited(registry, f"{cited} {answered.organ_id}")
    if match.id is not None:
        return Relation(type="cites", target=match.id, note="Văn bản được trả lời.")
    return Relation(type="cites", cites=cited, note="Văn bản được trả lời.")


def _act(registry: Registry, packet: Packet, content: Content, outcome: Outcome) -> list[str]:
    """Adds what the packet does to other documents as relations; gives the records acted on."""
    if packet.does == "new":
        return []
    kind = "corrects" if packet.does == "update" else "replaces"
    wanted = packet.acts_on or ((packet.document_id,) if packet.document_id else ())
    targets: list[str] = []
    note = f"Theo gói tin: {packet.reason}" if packet.reason else "Theo gói tin."
    for document in wanted:
        found = _of_document(registry, document)
        match = found[0] if found else find_cited(registry, _as_cited(document)).id
        if match is not None:
            targets.append(match)
        content.relations.append(
            Relation.model_validate(
                {
                    "type": kind, "target": match, "cites": None if match else document,
                    "certainty": "inferred", "note": note,
                }
            )
        )  # fmt: skip
    named = ", ".join(targets) if targets else "a document that no record came from"
    outcome.effect = f"{'updates' if packet.does == 'update' else 'replaces'} {named}"
    return targets


def _as_cited(document_id: str) -> str:
    """``OrganId,yyyy/MM/dd,số/ký hiệu`` as one would cite it, to look it up by number and day."""
    parts = document_id.split(",")
    if len(parts) != 3:
        return document_id
    year, _, rest = parts[1].strip().partition("/")
    month, _, day = rest.partition("/")
    return f"số {parts[2].strip()} ngày {day}/{month}/{year}"


def _source(packet: Packet, content: Content) -> Source:
    places = {
        "number": packet.code_number, "type": packet.type_name, "title": packet.subject,
        "issuer": packet.organ_name, "dates.issued": packet.day, "summary": packet.content,
        "signers": packet.signer[0], "attachments": content.files,
    }  # fmt: skip
    return Source(
        kind="exchange", title="Gói tin edXML (QCVN 102:2016/BTTTT)",
        publisher=packet.organ_name or None, lines=(_packet_line(packet.digest),),
        supports=tuple(name for name, value in places.items() if value),
    )  # fmt: skip


def _say_unknown(packet: Packet, unpacked: Unpacked, content: Content) -> None:
    def add(name: str, why: str) -> None:
        content.unknown.append(Unknown(field=name, why=why))

    if content.number is None:
        add("number", "Gói tin không có số và ký hiệu đọc được.")
    if content.day is None:
        add("dates.issued", "Gói tin không có ngày ban hành.")
    if not content.signers:
        add("signers", "Gói tin không nêu người ký.")
    if not content.text.strip():
        add("text", "Không tệp nào trong gói đọc được thành lời văn của văn bản.")
    for name in unpacked.left_out:
        add("attachments", f"Tệp “{name[:200]}” thuộc loại không lưu được nên đã bỏ ra.")
    if not packet.files:
        add("attachments", "Gói tin không kèm tệp nào.")


def _report(packet: Packet, unpacked: Unpacked, content: Content, outcome: Outcome) -> None:
    values = {
        "type": content.type, "number": content.number, "title": content.title,
        "issuer": content.issuer, "dates.issued": content.day and content.day.isoformat(),
        "signers": ", ".join(each.name for each in content.signers),
    }  # fmt: skip
    said = set(_source(packet, content).supports)
    outcome.fields = [
        {
            "field": name, "value": value, "where": "gói tin" if name in said else "tệp đính kèm",
            "sure": "stated" if name in said and name != "issuer" else "inferred",
        }
        for name, value in values.items()
        if value
    ]  # fmt: skip
    outcome.missing = [{"field": each.field, "why": each.why} for each in content.unknown]
    outcome.review = [f"máy không đọc được, tự tìm dấu mật: {name}" for name in unpacked.unread]
    outcome.review += [f"chưa có bản ghi: {each.cites}" for each in content.relations if each.cites]
