"""``registry ingest edxml``: packets in, drafts out; what they do to other records is said."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from builder.cli import app
from builder.registry import load
from builder.registry.texts import text_of
from tests.ingest.document import papers
from tests.ingest.edxml.packets import (
    DOCUMENT_ID,
    NAMESPACE,
    attachment,
    business,
    packet,
    zipped,
)

ID = "documents/vi-du/an-binh/2025/12-qd-ubnd"
WORD = papers.word(papers.DECISION)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return papers.registry(tmp_path)


def ingest(root: Path, *packets: bytes, options: tuple[str, ...] = ()) -> Result:
    files = []
    for index, data in enumerate(packets):
        file = root.parent / f"goi-{index}.edxml"
        file.write_bytes(data)
        files.append(str(file))
    return CliRunner().invoke(app, ["--root", str(root), "ingest", "edxml", *files, *options])


def report(root: Path, data: bytes, *options: str) -> dict[str, Any]:
    return json.loads(ingest(root, data, options=("--json", *options)).stdout)["files"][0]


def tree(root: Path) -> dict[str, bytes]:
    found = (root / "registry").rglob("*")
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found if p.is_file()}


def record_of(root: Path, record_id: str = ID) -> Any:
    return load(root, cache=False).entries[record_id].record


def test_a_packet_becomes_an_internal_draft_with_its_fields(root: Path) -> None:
    done = ingest(root, packet(attachment("quyết định 12.docx", WORD, DOCX)))
    assert done.exit_code == 0, done.output
    record = record_of(root)
    assert (record.stage, record.access, record.verified) == ("draft", "internal", False)
    assert (record.number, record.type, str(record.dates.issued)) == (
        "12/QĐ-UBND", "QĐ", "2025-09-05",
    )  # fmt: skip
    assert record.title == "Quyết định về việc phân công trực tại trụ sở xã An Bình"
    assert record.issuer == "bodies/vi-du/an-binh/ubnd"
    assert (record.signers[0].name, record.signers[0].competence) == ("Nguyễn Văn Mẫu", "KT.")
    assert record.sources[0].kind == "exchange"


def test_the_file_is_unpacked_with_its_digest_and_gives_text_and_grounds(root: Path) -> None:
    ingest(root, packet(attachment("quyết định 12.docx", WORD, DOCX)))
    entry = load(root, cache=False).entries[ID]
    [kept] = entry.record.attachments
    assert kept.file == "12-qd-ubnd.quyet-dinh-12.docx"
    assert kept.sha256 == hashlib.sha256(WORD).hexdigest()
    assert "Điều 1. Phân công trực" in text_of(root, entry)
    assert entry.record.relations[1].target == "resolutions/vi-du/an-binh/2025/01-2025-nq-hdnd"


def test_what_ingest_wrote_passes_check(root: Path) -> None:
    ingest(root, packet(attachment("a.docx", WORD, DOCX)))
    ingest(root, packet(attachment("a.pdf", papers.pdf(papers.DECISION)),
                        trace=business("2", "sửa ngày")))  # fmt: skip
    done = CliRunner().invoke(app, ["--root", str(root), "check"])
    assert "0 errors" in done.stdout, done.stdout


def test_the_ids_of_the_other_system_are_kept_and_personal_data_is_not(root: Path) -> None:
    data = packet(attachment("a.docx", WORD, DOCX), trace=business("0"))
    done = ingest(root, data, options=("--system", "VNPT-iOffice"))
    [ref] = record_of(root).external_refs
    assert (ref.system, ref.id, ref.organ_id) == ("VNPT-iOffice", DOCUMENT_ID, "H99.01")
    written = done.output + "".join(
        data.decode("utf-8", "replace") for path, data in tree(root).items() if "12-qd" in path
    )
    for secret in ("Người Gửi Riêng", "0900000000", "0900000001", "nguoi.gui@"):
        assert secret not in written


def test_a_packet_taken_before_is_known_and_nothing_is_written_twice(root: Path) -> None:
    data = packet(attachment("a.docx", WORD, DOCX))
    ingest(root, data)
    before = tree(root)
    done = ingest(root, data)
    assert done.exit_code == 0
    assert f"known already: {ID}" in done.output
    assert tree(root) == before


def test_the_same_document_by_another_route_is_known(root: Path) -> None:
    ingest(root, packet(attachment("a.docx", WORD, DOCX)))
    before = tree(root)
    other = packet(attachment("b.docx", WORD, DOCX), extra="<edXML:DueDate/>")
    assert report(root, other)["state"] == "known"
    assert tree(root) == before


def test_the_same_id_with_other_files_is_refused(root: Path) -> None:
    ingest(root, packet(attachment("a.docx", WORD, DOCX)))
    done = ingest(root, packet(attachment("a.pdf", papers.pdf(papers.DECISION))))
    assert done.exit_code == 1
    assert f"stands in {ID} with other files" in done.output


def test_prefix_order_and_namespace_do_not_matter(root: Path) -> None:
    data = packet(attachment("a.docx", WORD, DOCX)).decode()
    plain = data.replace("edXML:", "").replace(f'xmlns:edXML="{NAMESPACE}"', 'xmlns="urn:khac"')
    envelope = plain[plain.index("<edXMLEnvelope>") : plain.index("<AttachmentEncoded>")]
    turned = plain.replace(envelope, "").replace("</edXML>", f"{envelope}</edXML>")
    assert ingest(root, turned.encode()).exit_code == 0
    assert record_of(root).number == "12/QĐ-UBND"


def test_a_packet_with_next_to_nothing_says_what_is_missing(root: Path) -> None:
    data = (
        f'<a xmlns="{NAMESPACE}"><MessageHeader><Subject>Kế hoạch trực</Subject><DocumentType>'
        "<TypeName>Kế hoạch</TypeName></DocumentType></MessageHeader></a>"
    )
    done = report(root, data.encode(), "--into", "vi-du/an-binh")
    assert done["record"] == "documents/vi-du/an-binh/ke-hoach-truc"
    missing = {each["field"] for each in done["missing"]}
    assert missing >= {"number", "issuer", "dates.issued", "signers", "text", "attachments"}


@pytest.mark.parametrize(
    ("number", "notation", "type_name", "written"),
    [
        ("7", "KH/ĐU", "Kế hoạch", "07-KH/ĐU"),
        ("07-KH/ĐU", "", "Kế hoạch", "07-KH/ĐU"),
        ("45", "/UBND-VP", "Công văn", "45/UBND-VP"),
        ("03/2025", "NQ-HĐND", "", "03/2025/NQ-HĐND"),
    ],
)
def test_number_and_notation_go_together_as_the_regime_wants(
    root: Path, number: str, notation: str, type_name: str, written: str
) -> None:
    data = packet(number=number, notation=notation, type=type_name)
    done = report(root, data, "--into", "vi-du/an-binh")
    assert record_of(root, done["record"]).number == written


def test_the_organ_id_of_a_bodys_record_finds_the_issuer(root: Path) -> None:
    body = root / "registry" / "bodies" / "vi-du" / "an-binh" / "hdnd.yaml"
    refs = "external_refs: [{system: Trục liên thông, id: H99.01.77}]\n"
    body.write_text(body.read_text("utf-8") + refs, "utf-8")
    ingest(root, packet(organ_id="H99.01.77", organ="Tên khác hẳn", notation="TB-HĐND",
                        type="Thông báo"))  # fmt: skip
    record = record_of(root, "documents/vi-du/an-binh/2025/12-tb-hdnd")
    assert record.issuer == "bodies/vi-du/an-binh/hdnd"


def test_the_document_answered_is_cited(root: Path) -> None:
    answer = (
        "<edXML:ResponseFor><edXML:OrganId>H99</edXML:OrganId><edXML:Code>99/UBND-NC</edXML:Code>"
        "<edXML:PromulgationDate>2025/08/30</edXML:PromulgationDate></edXML:ResponseFor>"
    )
    ingest(root, packet(extra=answer))
    [relation] = record_of(root).relations
    assert (relation.type, relation.cites) == ("cites", "Văn bản số 99/UBND-NC ngày 30/08/2025")


# What packets do to records that stand


def test_a_recall_names_the_record_and_leaves_it_to_a_person(root: Path) -> None:
    ingest(root, packet(attachment("a.docx", WORD, DOCX)))
    before = tree(root)
    done = ingest(root, packet(trace=business("1", "ban hành nhầm", DOCUMENT_ID)))
    assert done.exit_code == 1
    assert f"recalls {ID}: ban hành nhầm" in done.output
    assert "withdrawn" in done.output
    assert tree(root) == before


def test_a_recall_that_was_carried_out_is_known(root: Path) -> None:
    ingest(root, packet(attachment("a.docx", WORD, DOCX)))
    path = root / f"registry/{ID}.yaml"
    path.write_text(
        path.read_text("utf-8") + "withdrawn: {on: 2025-09-09, reason: Thu hồi}\n", "utf-8"
    )
    assert ingest(root, packet(trace=business("1", "nhầm", DOCUMENT_ID))).exit_code == 0


def test_a_recall_of_what_is_not_here_is_refused_with_a_word(root: Path) -> None:
    done = ingest(root, packet(trace=business("1", "nhầm", "H99.01,2025/01/01,1/QĐ-UBND")))
    assert done.exit_code == 1
    assert "no record came from" in done.output


def test_an_update_is_a_draft_of_its_own_that_corrects_the_record(root: Path) -> None:
    ingest(root, packet(attachment("a.docx", WORD, DOCX)))
    first = (root / f"registry/{ID}.yaml").read_bytes()
    second = packet(attachment("a.pdf", papers.pdf(papers.DECISION)), trace=business("2", "sai"))
    done = report(root, second)
    assert (done["record"], done["effect"]) == (f"{ID}-cap-nhat", f"updates {ID}")
    [relation] = [r for r in record_of(root, f"{ID}-cap-nhat").relations if r.type == "corrects"]
    assert (relation.target, relation.certainty) == (ID, "inferred")
    assert (root / f"registry/{ID}.yaml").read_bytes() == first
    assert report(root, second)["state"] == "known"


def test_a_replacement_names_what_it_replaces_found_by_id_or_number(root: Path) -> None:
    ingest(root, packet(attachment("a.docx", WORD, DOCX)))
    unknown = "H99.01,2024/01/01,99/QĐ-UBND"
    data = packet(
        attachment("b.pdf", papers.pdf(papers.DESPATCH)), number="13",
        document_id="H99.01,2025/09/06,13/QĐ-UBND", trace=business("3", "", DOCUMENT_ID, unknown),
    )  # fmt: skip
    done = report(root, data)
    assert done["effect"] == f"replaces {ID}"
    relations = record_of(root, done["record"]).relations
    found = [(r.target, r.cites) for r in relations if r.type == "replaces"]
    assert found == [(ID, None), (None, unknown)]


def test_the_standards_misspelling_and_the_right_word_are_both_understood(root: Path) -> None:
    ingest(root, packet(attachment("a.docx", WORD, DOCX)))
    trace = business("1", "nhầm", DOCUMENT_ID).replace("Bussiness", "Business")
    assert f"recalls {ID}" in ingest(root, packet(trace=trace)).output


def test_a_receipt_is_refused_with_a_word(root: Path) -> None:
    before = tree(root)
    done = ingest(root, packet(extra="<edXML:StatusCode>01</edXML:StatusCode>"))
    assert done.exit_code == 1
    assert "is a receipt" in done.output
    assert tree(root) == before


# Files


def test_a_file_wrapped_in_a_zip_is_unwrapped_under_its_own_name(root: Path) -> None:
    xls = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100
    wrapped = zipped(("0001", xls))
    data = packet(
        attachment("bảng kê.xls", wrapped, "application/zip", "cid:1"),
        attachment("phụ lục.png", zipped(("x", b"\x89PNG\r\n\x1a\nx")), "image/png", "cid:2"),
    )
    assert ingest(root, data).exit_code == 0
    kept = record_of(root).attachments
    assert [each.file for each in kept] == ["12-qd-ubnd.bang-ke.xls", "12-qd-ubnd.phu-luc.png"]
    assert kept[0].sha256 == hashlib.sha256(xls).hexdigest()


def test_a_zip_that_is_sent_as_a_zip_stays_one(root: Path) -> None:
    data = zipped(("tai-lieu.docx", WORD))
    ingest(root, packet(attachment("tài liệu.zip", data, "application/zip")))
    assert record_of(root).attachments[0].sha256 == hashlib.sha256(data).hexdigest()


def test_a_word_file_that_calls_itself_a_zip_is_not_taken_apart(root: Path) -> None:
    ingest(root, packet(attachment("a.docx", WORD, "application/zip")))
    assert record_of(root).attachments[0].sha256 == hashlib.sha256(WORD).hexdigest()


def test_a_name_from_the_manifest_serves_where_the_file_has_none(root: Path) -> None:
    listed = (
        "<edXML:edXMLManifest><edXML:Reference><edXML:ContentId>cid:a1</edXML:ContentId>"
        "<edXML:AttachmentName>bản chính.docx</edXML:AttachmentName></edXML:Reference>"
        "</edXML:edXMLManifest>"
    )
    data = packet(attachment("", WORD, DOCX, "a1"), extra=listed)
    ingest(root, data)
    assert record_of(root).attachments[0].file == "12-qd-ubnd.ban-chinh.docx"


def test_a_file_of_a_type_that_is_not_kept_is_named_as_left_out(root: Path) -> None:
    done = report(root, packet(attachment("a.exe", b"MZ\x00", "application/octet-stream")))
    assert any("a.exe" in each["why"] for each in done["missing"])
    assert record_of(root).attachments == ()


def test_a_file_larger_than_what_the_parser_takes_is_unpacked_whole(root: Path) -> None:
    large = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50_000
    assert len(large) > 10_000_000
    ingest(root, packet(attachment("ảnh.png", large, "image/png")))
    assert record_of(root).attachments[0].sha256 == hashlib.sha256(large).hexdigest()


def test_a_scan_in_a_packet_is_kept_and_a_person_is_told_to_look_for_markings(root: Path) -> None:
    done = report(root, packet(attachment("bản quét.pdf", papers.pdf_of([[]]))))
    assert done["state"] == "written"
    assert any("tự tìm dấu mật: bản quét.pdf" in line for line in done["review"])


def test_one_refused_packet_keeps_all_from_being_written(root: Path) -> None:
    before = tree(root)
    done = ingest(root, packet(attachment("a.docx", WORD, DOCX)), b"<x/>")
    assert done.exit_code == 1
    assert tree(root) == before


def test_a_dry_run_writes_nothing_and_output_is_the_same_on_every_run(root: Path) -> None:
    before = tree(root)
    data = packet(attachment("a.docx", WORD, DOCX))
    first = ingest(root, data, options=("--dry-run", "--json")).stdout
    assert ingest(root, data, options=("--dry-run", "--json")).stdout == first
    assert tree(root) == before
