"""The XML of a packet: what it says of a document. Everything in it is optional and hostile.

Systems differ in namespaces and order, so elements are known by their local names. Personal
data (StaffInfo, addresses, telephones, the route) is not even read.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from builder.ingest.archives import RefusedError
from builder.ingest.document.paper import tidy
from builder.ingest.document.secrecy import refuse_marks

MAX_PACKET = 150_000_000  # bytes; base64 makes a third more of its files
MAX_ELEMENTS = 50_000
MAX_FILES = 50
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
# Files stand in the XML as long runs of base64. They are taken out before it is parsed, so
# that the parser keeps its own bounds (10 MB a text) and files may still have 50 MB.
_RUN = re.compile(rb"(?<=[>\[])[A-Za-z0-9+/=\s]{2000,}+(?=[<\]])")
_DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_DOES = {"0": "new", "1": "recall", "2": "update", "3": "replace"}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file as the packet carries it, not yet decoded."""

    name: str
    content_type: str
    description: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """A document that this one answers."""

    document_id: str
    code: str
    organ_id: str
    day: dt.date | None


@dataclass(frozen=True)
class Packet:
    """What a packet says; empty where it does not. ``does`` is new, recall, update, replace."""

    digest: str
    document_id: str = ""
    organ_id: str = ""
    organ_name: str = ""
    organ_above: str = ""
    code_number: str = ""
    code_notation: str = ""
    day: dt.date | None = None
    type_name: str = ""
    subject: str = ""
    content: str = ""
    signer: tuple[str, str, str] = ("", "", "")  # name, position, competence
    answers: tuple[Answered, ...] = ()
    does: str = "new"
    reason: str = ""
    acts_on: tuple[str, ...] = ()  # ids of the documents recalled, updated or replaced
    files: tuple[Encoded, ...] = ()


def read_packet(data: bytes, name: str) -> Packet:
    """The packet in the bytes of a file. Raises RefusedError: hostile, classified, a receipt."""
    digest = hashlib.sha256(data).hexdigest()
    runs: list[bytes] = []
    root = _parse(_without_runs(data, name, digest, runs), name)
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    if len(elements) > MAX_ELEMENTS:
        raise RefusedError(f"{name} has more than {MAX_ELEMENTS:,} elements", "ask its sender")
    refuse_marks(name, _texts(elements))
    if any(_local(each) == "statuscode" for each in elements):
        raise RefusedError(
            f"{name} is a receipt (StatusCode), not a document", "receipts are not kept"
        )
    header = _first(elements, "messageheader")
    encoded = _first(elements, "attachmentencoded")
    if header is None:
        raise RefusedError(f"{name} is no edXML packet", "it has no MessageHeader")
    return _packet(digest, header, elements, _files(elements, encoded, digest, runs, name))


def _without_runs(data: bytes, name: str, digest: str, runs: list[bytes]) -> bytes:
    if len(data) > MAX_PACKET:
        raise RefusedError(f"{name} is larger than {MAX_PACKET:,} bytes", "ask its sender")

    def taken(found: re.Match[bytes]) -> bytes:
        runs.append(found[0])
        return f"@{digest}:{len(runs) - 1}@".encode()

    return _RUN.sub(taken, data)


def _parse(data: bytes, name: str) -> Any:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(f"{name} is not UTF-8", "edXML packets are") from None
    if _DTD.search(data):
        raise RefusedError(f"{name} has a document type of its own", "no edXML packet has one")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise RefusedError(f"{name} is no sound XML", "ask its sender for it again") from None
    if root.getroottree().docinfo.doctype:
        raise RefusedError(f"{name} has a document type of its own", "no edXML packet has one")
    return root


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _texts(elements: list[Any]) -> Iterator[str]:
    for element in elements:
        yield element.text or ""
        yield from (str(value) for value in element.attrib.values())


def _first(elements: list[Any], name: str) -> Any | None:
    return next((each for each in elements if _local(each) == name), None)


def _children(parent: Any | None, name: str) -> list[Any]:
    if parent is None:
        return []
    return [each for each in parent if isinstance(each.tag, str) and _local(each) == name]


def _text(parent: Any | None, *path: str) -> str:
    """The text at a path of local names below an element, tidied; empty if it is not there."""
    for name in path:
        parent = next(iter(_children(parent, name)), None)
    return tidy((parent.text or "")[:50_000]) if parent is not None else ""


def _either(business: Any | None, name: str) -> str:
    """A field whose name the standard misspells, and systems at times do not."""
    return _text(business, f"bussiness{name}") or _text(business, f"business{name}")


def _day(text: str) -> dt.date | None:
    found = _DAY.match(text)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _packet(digest: str, header: Any, elements: list[Any], files: tuple[Encoded, ...]) -> Packet:
    business = _first(elements, "bussiness")
    if business is None:
        business = _first(elements, "business")
    signer = next(iter(_children(header, "signerinfo")), None)
    does = _either(business, "doctype")
    if does not in ("", *_DOES):
        raise RefusedError(f"the packet does what nobody knows ({does[:20]})", "ask its sender")
    return Packet(
        digest=digest,
        document_id=_text(header, "documentid")[:900],
        organ_id=_text(header, "from", "organid")[:200],
        organ_name=_text(header, "from", "organname")[:500],
        organ_above=_text(header, "from", "organizationincharge")[:500],
        code_number=_text(header, "code", "codenumber")[:100],
        code_notation=_text(header, "code", "codenotation")[:100],
        day=_day(_text(header, "promulgationinfo", "promulgationdate")),
        type_name=_text(header, "documenttype", "typename")[:100],
        subject=_text(header, "subject")[:900],
        content=_text(header, "content")[:15_000],
        signer=(
            _text(signer, "fullname")[:200], _text(signer, "position")[:200],
            _text(signer, "competence")[:100],
        ),
        answers=tuple(_answers(header)),
        does=_DOES.get(does, "new"),
        reason=_either(business, "docreason")[:900],
        acts_on=_acted_on(business),
        files=files,
    )  # fmt: skip


def _answers(header: Any) -> Iterator[Answered]:
    for each in _children(header, "responsefor")[:50]:
        number, notation = _text(each, "code", "codenumber"), _text(each, "code", "codenotation")
        code = f"{number}/{notation}".strip("/") or _text(each, "code")
        yield Answered(
            _text(each, "documentid")[:400], code[:200], _text(each, "organid")[:200],
            _day(_text(each, "promulgationdate")),
        )  # fmt: skip


def _acted_on(business: Any | None) -> tuple[str, ...]:
    """The ids in ReplacementInfoList, and in BussinessDocumentInfo."""
    found: dict[str, None] = {}
    for listed in _children(business, "replacementinfolist"):
        for info in _children(listed, "replacementinfo"):
            found[_text(info, "documentid")[:900]] = None
    for info in _children(business, "bussinessdocumentinfo"):
        found[_text(info, "documentid")[:900]] = None
    found.pop("", None)
    return tuple(found)[:50]


def _files(
    elements: list[Any], encoded: Any | None, digest: str, runs: list[bytes], name: str
) -> tuple[Encoded, ...]:
    """The files, with names from the manifest where they have none of their own."""
    listed = {
        _text(each, "contentid").removeprefix("cid:"): each
        for each in elements
        if _local(each) == "reference"
    }
    attachments = _children(encoded, "attachment")
    if len(attachments) > MAX_FILES:
        raise RefusedError(f"{name} has more than {MAX_FILES} files", "ask its sender")
    found = []
    for each in attachments:
        reference = listed.get(_text(each, "contentid").removeprefix("cid:"))
        values = {
            field: _text(each, field) or _text(reference, field)
            for field in ("attachmentname", "contenttype", "description")
        }
        data = _data(each, digest, runs)
        found.append(
            Encoded(
                values["attachmentname"], values["contenttype"].lower(), values["description"], data
            )
        )
    return tuple(found)


def _data(attachment: Any, digest: str, runs: list[bytes]) -> bytes:
    """The base64 of a file; some systems put the word base64 where others put the content."""
    texts: list[str] = [
        part.text.strip()
        for name in ("contenttransferencoded", "content", "data")
        for part in _children(attachment, name)
        if part.text and part.text.strip().lower() != "base64"
    ] or [(attachment.text or "").strip()]
    text = texts[0]
    mark = re.fullmatch(rf"@{digest}:(\d{{1,6}})@", text)
    if mark and int(mark[1]) < len(runs):
        return runs[int(mark[1])]
    return text.encode()
