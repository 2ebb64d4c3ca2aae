"""Hostile packets and documents: each refused whole in one clean line, with nothing written."""

import base64
import datetime as dt
import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from builder.cli import app
from builder.findings import RegistryError
from builder.ingest import archives
from builder.ingest.document import body as body_of
from builder.ingest.document import head
from builder.ingest.document.paper import Line, Paper, tidy
from builder.ingest.document.read import read_document
from builder.ingest.document.reading import Reading
from builder.ingest.documents import content_of, sources_of
from builder.ingest.draft import make, record_id
from builder.ingest.edxml.files import unpack
from builder.ingest.edxml.packet import read_packet
from builder.ingest.writing import record_yaml
from builder.registry import load
from builder.store.yaml_read import read
from tests.ingest.document import papers
from tests.ingest.edxml.packets import attachment, packet, zipped

WORD = papers.word(papers.DECISION)
PDF = papers.pdf(papers.DECISION)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return papers.registry(tmp_path_factory.mktemp("hostile"))


def tree(root: Path) -> list[str]:
    return sorted(str(p) for p in root.parent.rglob("*") if p.is_file())


def refused(root: Path, kind: str, data: bytes) -> Result:
    """Ingests a file, and holds that it is refused and that nothing was written anywhere."""
    file = root.parent / f"thu.{kind}"
    file.write_bytes(data)
    before = tree(root)
    done = CliRunner().invoke(
        app, ["--root", str(root), "ingest", kind, str(file), *(("--into", "vi-du/x"))]
    )
    assert tree(root) == before
    assert done.exit_code == 1, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.output
    return done


def with_head(head: str, body: str = "") -> bytes:
    plain = packet().decode()
    first, rest = plain.split("\n", 1)
    return f"{first}\n{head}\n{rest}".replace(
        "<edXML:Place>An Bình", f"<edXML:Place>{body}"
    ).encode()


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
XML: dict[str, tuple[Callable[[], bytes], str]] = {
    "dtd": (lambda: with_head("<!DOCTYPE x>"), "document type"),
    "external dtd": (
        lambda: with_head('<!DOCTYPE x SYSTEM "http://x.example/x">'),
        "document type",
    ),
    "external entity": (
        lambda: with_head('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
        "document type",
    ),
    "billion laughs": (lambda: with_head(LAUGHS, "&a9;"), "document type"),
    "entity without dtd": (lambda: with_head("", "&e;"), "no sound XML"),
    "dtd in utf-16": (
        lambda: with_head("<!DOCTYPE x>").decode().replace("utf-8", "utf-16").encode("utf-16"),
        "not UTF-8",
    ),
    "other encoding declared": (
        lambda: packet().replace(b'encoding="utf-8"', b'encoding="utf-7"') + b"\xff",
        "not UTF-8",
    ),
    "huge depth": (lambda: b"<a>" * 100_000 + b"</a>" * 100_000, "no sound XML"),
    "too many elements": (lambda: b"<a>" + b"<b/>" * 60_000 + b"</a>", "elements"),
    "a text of 12 MB": (lambda: packet(subject="không " * 1_500_000), "no sound XML"),
    "a huge name": (lambda: b"<" + b"a" * 20_000_000 + b"/>", "no sound XML"),
    "cut off": (lambda: packet()[:900], "no sound XML"),
    "empty": (lambda: b"", "no sound XML"),
    "no packet": (lambda: b"<html><body/></html>", "MessageHeader"),
    "unknown business": (
        lambda: packet(
            trace="<edXML:Bussiness><edXML:BussinessDocType>9</edXML:BussinessDocType>"
            "</edXML:Bussiness>"
        ),
        "nobody knows",
    ),
    "marked": (
        lambda: packet(extra="<edXML:SecurityLevel>Tối mật</edXML:SecurityLevel>"),
        "secrecy",
    ),
}


@pytest.mark.parametrize("case", XML)
def test_hostile_xml_is_refused_whole(root: Path, case: str) -> None:
    make, says = XML[case]
    assert says in refused(root, "edxml", make()).output


def test_what_is_refused_as_classified_is_not_echoed(root: Path) -> None:
    data = packet(subject="Chuyện kín ở An Bình", extra="<edXML:X>MẬT</edXML:X>")
    output = refused(root, "edxml", data).output
    assert not any(part in output for part in ("Chuyện", "An Bình", "12", "Mẫu"))


def bomb(size: int = 60_000_000) -> bytes:
    return zipped(("a.pdf", b"%PDF-" + b"\0" * size))


def claiming(size: int) -> bytes:
    """A small zip whose entry claims another size in the directory."""
    data = bytearray(zipped(("a.pdf", b"%PDF-1.7 x")))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def encrypted() -> bytes:
    data = bytearray(zipped(("a.pdf", b"%PDF-1.7 x")))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.rindex(mark) + offset] |= 1
    return bytes(data)


FILES: dict[str, tuple[Callable[[], str], str]] = {
    "upwards": (lambda: attachment("../../etc/cron.pdf", PDF), "out of its folder"),
    "upwards, other slashes": (lambda: attachment("..\\\\a.pdf", PDF), "out of its folder"),
    "absolute": (lambda: attachment("/etc/passwd.pdf", PDF), "out of its folder"),
    "a drive": (lambda: attachment("C:\\\\a.pdf", PDF), "out of its folder"),
    "wrong base64": (lambda: attachment("a.pdf", "JVBERi0xLj*cK=="), "base64"),
    "base64 cut off": (lambda: attachment("a.pdf", "JVBERi0xL"), "base64"),
    "long wrong base64": (lambda: attachment("a.pdf", "A" * 40_001), "base64"),
    "nothing": (lambda: attachment("a.pdf", ""), "empty"),
    "page called pdf": (lambda: attachment("a.pdf", b"<script>alert(1)</script>"), "no pdf"),
    "program called doc": (lambda: attachment("a.doc", b"MZ\x90\0"), "no doc"),
    "bomb": (lambda: attachment("a.pdf", bomb(), "application/zip"), "bomb"),
    "claims 1 GB": (lambda: attachment("a.pdf", claiming(1 << 30), "application/zip"), "unpacked"),
    "claims 4 GB in a zip": (lambda: attachment("a.zip", claiming(0xFFFFFFF0)), "unpacked"),
    "claims less than it has": (
        lambda: attachment("a.pdf", claiming(3), "application/zip"), "damaged"),
    "link in zip": (
        lambda: attachment("a.zip", zipped(("a", b"/etc/passwd"), link=True)), "link"),
    "upwards in zip": (lambda: attachment("a.zip", zipped(("../a.pdf", PDF))), "out of its folder"),
    "absolute in zip": (lambda: attachment("a.zip", zipped(("/a.pdf", PDF))), "out of its folder"),
    "one name twice in zip": (
        lambda: attachment("a.zip", zipped(("a", b"1"), ("A", b"2"))), "one name"),
    "many entries": (
        lambda: attachment("a.zip", zipped(*((f"{n}", b"") for n in range(2_001)))), "entries"),
    "several in a wrapping": (
        lambda: attachment("a.pdf", zipped(("a", PDF), ("b", PDF)), "application/zip"), "several"),
    "no zip": (lambda: attachment("a.pdf", PDF, "application/zip"), "is none"),
    "encrypted": (lambda: attachment("a.zip", encrypted()), "encrypted"),
    "marked paper": (
        lambda: attachment("a.docx", papers.word({**papers.DECISION, "header": "MẬT"}), DOCX),
        "secrecy"),
    "marked paper in a zip": (
        lambda: attachment(
            "a.zip", zipped(("a.docx", papers.word({**papers.DECISION, "header": "MẬT"})))),
        "secrecy"),
    "too many files": (lambda: attachment("a.pdf", PDF) * 51, "more than 50 files"),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_hostile_files_refuse_the_whole_packet(root: Path, case: str) -> None:
    make, says = FILES[case]
    assert says in refused(root, "edxml", packet(make())).output


def test_a_packet_larger_than_the_bound_is_not_even_parsed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.ingest.packets.MAX_PACKET", 1000)
    assert "larger than 1,000 bytes" in refused(root, "edxml", packet()).output


def test_an_archive_is_never_read_beyond_its_bound() -> None:
    archive = archives.open_zip(zipped(("a", b"x" * 5000)), "a.zip")
    with pytest.raises(RegistryError, match="more than 100 bytes"):
        archives.read(archive, "a", 100)


def part(name: str, content: bytes) -> Callable[[], bytes]:
    return lambda: papers.repacked(WORD, {name: content})


def _document(head: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
            body = archive.read("word/document.xml")
        declaration, rest = body.split(b"?>", 1)
        return papers.repacked(WORD, {"word/document.xml": declaration + b"?>" + head + rest})

    return make


WORDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "entity": (_document(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), "type of its"),
    "laughs": (_document(LAUGHS.encode()), "type of its own"),
    "macros": (part("word/vbaProject.bin", b"x"), "has macros"),
    "link upwards": (part("../../x.xml", b"<x/>"), "out of its folder"),
    "no sound part": (part("word/document.xml", b"<w:document"), "no sound Word file"),
    "no content types": (lambda: zipped(("a.xml", b"<a/>")), "no Word file"),
    "bomb": (part("word/media/x.png", b"\0" * 60_000_000), "bomb"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "no sound zip"),
    "cut off": (lambda: WORD[:5000], "no sound zip"),
    "empty": (lambda: b"", "no sound zip"),
}


@pytest.mark.parametrize("case", WORDS)
def test_hostile_word_files_are_refused(root: Path, case: str) -> None:
    make, says = WORDS[case]
    data = make()
    if case == "bomb":  # stored parts are large, but no bomb: pack it
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
            for entry in old.infolist():
                new.writestr(entry.filename, old.read(entry))
        data = stream.getvalue()
    assert says in refused(root, "docx", data).output


# Mutations: whatever happens to a file, reading ends with a value or with one clean refusal.


def mutated(data: bytes, seed: int, count: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311  # a test, not a secret
    found = bytearray(data)
    for _ in range(count):
        at = chance.randrange(len(found))
        choice = chance.randrange(4)
        if choice == 0:
            found[at] = chance.randrange(256)
        elif choice == 1:
            del found[at : at + chance.randrange(1, 40)]
        elif choice == 2:
            found[at:at] = found[max(0, at - 30) : at]
        else:
            found[at : at + 4] = b"\xff\xff\xff\xff"
        if not found:
            return b""
    return bytes(found)


@contextmanager
def read_or_refused() -> Iterator[None]:
    """Nothing may end otherwise than well, or with one line for people."""
    said = ""
    try:
        yield
    except RegistryError as error:
        said = str(error)
    assert "\n" not in said


FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PACKET = packet(attachment("a.docx", WORD, DOCX), attachment("b.zip", zipped(("b", b"x"))))


@FUZZ
@given(seed=st.integers(0, 2**32), count=st.integers(1, 30))
def test_a_mutated_packet_is_read_or_refused(seed: int, count: int) -> None:
    with read_or_refused():
        unpack(read_packet(mutated(PACKET, seed, count), "thu.edxml").files)


@FUZZ
@given(seed=st.integers(0, 2**32), count=st.integers(1, 30))
def test_a_mutated_word_file_is_read_or_refused(seed: int, count: int) -> None:
    with read_or_refused():
        read_document(mutated(WORD, seed, count), "docx", "thu.docx")


@FUZZ
@given(seed=st.integers(0, 2**32), count=st.integers(1, 40))
def test_a_word_file_with_mutated_parts_is_read_or_refused(seed: int, count: int) -> None:
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
        name = names[seed % len(names)]
        changed = mutated(archive.read(name), seed, count)
    with read_or_refused():
        read_document(papers.repacked(WORD, {name: changed}), "docx", "thu.docx")


@settings(FUZZ, max_examples=6)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 30))
def test_a_mutated_pdf_is_read_or_refused(seed: int, count: int) -> None:
    with read_or_refused():
        read_document(mutated(PDF, seed, count), "pdf", "thu.pdf")


LINE = st.sampled_from(
    ["Số: 1/QĐ-UBND", "QUYẾT ĐỊNH", "Căn cứ Luật số 1/2025/QH15;", "Nơi nhận:", "TM. UBND", "*",
     "An Bình, ngày 31 tháng 2 năm 2025", "ngày tháng năm", "Điều 1. a", "V/v x", "Kính gửi: a",
     "CHỦ TỊCH", "Nguyễn Văn A", "Số:", "thay thế Quyết định số 1/QĐ-UBND", "\u202eđảo", "a" * 3000]
) | st.text(max_size=60)  # fmt: skip


@FUZZ
@given(left=st.lists(LINE, min_size=1, max_size=5), body=st.lists(LINE, max_size=12), end=LINE)
def test_any_lines_in_any_order_are_read_and_written_or_refused(
    root: Path, left: list[str], body: list[str], end: str
) -> None:
    lines: list[Any] = [Line(tidy(text), "đoạn 1", "left") for text in left]
    lines += [Line(tidy(text), "đoạn 2") for text in body]
    lines += [Line(tidy(end), "đoạn 3", "right")]
    lines = [line for line in lines if line.text]
    reading = Reading()
    body_of.read_body(lines, head.read_head(lines, reading), reading)
    content = content_of(load(root), reading)
    content.sources = sources_of(reading, Paper(tuple(lines)), "thử")
    try:
        made = make(content, record_id(content, "vi-du/x"), dt.date(2025, 7, 1))
    except RegistryError:
        return
    value = read(record_yaml(made.id, made.record))
    assert value["stage"] == "draft"
    assert type(made.record).model_validate_json(orjson.dumps(value)) == made.record


def test_base64_in_lines_is_understood() -> None:
    encoded = base64.encodebytes(PDF).decode()
    [file] = unpack(read_packet(packet(attachment("a.pdf", encoded)), "a").files).files
    assert file.data == PDF
