"""``registry ingest docx|pdf``: a document in, a draft with its text and file out."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.registry import load
from builder.registry.texts import text_of
from tests.ingest.document import papers
from tests.ingest.document.old import tcvn3, vni
from tests.ingest.document.papers import DECISION, DESPATCH, PARTY, word
from tests.ingest.document.running import ID, changed, ingest, made, report, tree

KINDS = pytest.mark.parametrize("kind", ["docx", "pdf"])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return papers.registry(tmp_path)


@KINDS
def test_a_decision_becomes_a_draft_with_all_its_fields(root: Path, kind: str) -> None:
    done = ingest(root, kind, made(kind, DECISION))
    assert done.exit_code == 0, done.output
    record = load(root, cache=False).entries[ID].record
    assert (record.stage, record.access, record.verified) == ("draft", "internal", False)
    assert (record.type, record.number) == ("QĐ", "12/QĐ-UBND")
    assert record.title == "Quyết định về việc phân công trực tại trụ sở xã An Bình"
    assert record.issuer == "bodies/vi-du/an-binh/ubnd"
    assert str(record.dates.issued) == "2025-09-05"
    assert [(s.name, s.role, s.competence) for s in record.signers] == [
        ("Nguyễn Văn Mẫu", "Phó Chủ tịch", "TM. KT.")
    ]


@KINDS
def test_what_ingest_wrote_passes_check(root: Path, kind: str) -> None:
    for paper in (DECISION, PARTY, DESPATCH):
        assert ingest(root, kind, made(kind, paper)).exit_code == 0
    done = CliRunner().invoke(app, ["--root", str(root), "check"])
    assert "0 errors" in done.stdout, done.stdout


@KINDS
def test_grounds_are_tied_to_records_by_number_and_day_and_cited_otherwise(
    root: Path, kind: str
) -> None:
    ingest(root, kind, made(kind, DECISION))
    relations = load(root, cache=False).entries[ID].record.relations
    assert [(r.type, r.target, r.cites) for r in relations] == [
        (
            "based_on", None,
            "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
        ),
        ("based_on", "resolutions/vi-du/an-binh/2025/01-2025-nq-hdnd", None),
    ]  # fmt: skip


def test_a_ground_whose_number_fits_but_not_its_day_is_not_tied(root: Path) -> None:
    body = [line.replace("ngày 20 tháng 8", "ngày 21 tháng 8") for line in DECISION["body"]]
    ingest(root, "docx", word(changed(DECISION, body=body)))
    relations = load(root, cache=False).entries[ID].record.relations
    assert [each.target for each in relations] == [None, None]


@KINDS
def test_the_text_stands_beside_and_the_file_is_attached_with_its_digest(
    root: Path, kind: str
) -> None:
    data = made(kind, DECISION)
    ingest(root, kind, data)
    entry = load(root, cache=False).entries[ID]
    text = text_of(root, entry)
    assert "Điều 1. Phân công trực tại trụ sở xã.\nĐiều 2. " in text
    assert "Nơi nhận" not in text
    [attachment] = entry.record.attachments
    assert attachment.file == f"12-qd-ubnd.ban-goc.{kind}"
    assert attachment.sha256 == hashlib.sha256(data).hexdigest()
    assert (root / "registry" / ID).with_name(attachment.file).read_bytes() == data


@KINDS
def test_what_is_issued_with_the_document_after_the_signing_is_kept(root: Path, kind: str) -> None:
    annex = ["QUY CHẾ", "Điều 1. Phạm vi điều chỉnh của quy chế trực tại trụ sở của xã An Bình."]
    ingest(root, kind, made(kind, changed(DECISION, annex=annex)))
    assert annex[1] in text_of(root, load(root, cache=False).entries[ID])


@KINDS
def test_every_field_says_where_it_was_read_and_how_surely(root: Path, kind: str) -> None:
    fields = {each["field"]: each for each in report(root, kind, made(kind, DECISION))["fields"]}
    place = "cột trái" if kind == "docx" else "trang 1, cột trái"
    assert place in fields["number"]["where"]
    assert {each["sure"] for each in fields.values()} == {"stated"}
    [source] = load(root, cache=False).entries[ID].record.sources
    assert source.kind == "file"
    assert f"number: {fields['number']['where']}" in source.lines


def test_a_draft_holds_no_day_of_effect_but_says_what_the_document_says(root: Path) -> None:
    ingest(root, "docx", word(DECISION))
    record = load(root, cache=False).entries[ID].record
    assert record.dates.effective is None
    [unknown] = [each for each in record.unknown if each.field == "dates.effective"]
    assert "có hiệu lực thi hành kể từ ngày ký" in unknown.why


@KINDS
def test_a_plan_of_the_party_is_read_by_the_partys_rules(root: Path, kind: str) -> None:
    assert ingest(root, kind, made(kind, PARTY)).exit_code == 0
    record = load(root, cache=False).entries["documents/vi-du/an-binh/2025/07-kh-du"].record
    assert (record.regime, record.number, record.type) == ("party", "07-KH/ĐU", "KH")
    assert record.issuer == "bodies/vi-du/an-binh/dang-uy"
    assert record.signers[0].competence == "TM."


@KINDS
def test_a_despatch_has_its_abstract_below_the_number(root: Path, kind: str) -> None:
    ingest(root, kind, made(kind, DESPATCH))
    record = load(root, cache=False).entries["documents/vi-du/an-binh/2025/45-ubnd-vp"].record
    assert (record.type, record.title) == ("CV", "Công văn về việc rà soát văn bản của xã cũ")
    assert (record.signers[0].competence, record.signers[0].name) == ("TL.", "Lê Văn Mẫu")


def test_a_document_without_number_and_day_says_so_and_is_named_by_its_title(root: Path) -> None:
    left = [*DECISION["left"][:-1], "Số:      /QĐ-UBND"]
    right = [*papers.STATE, "An Bình, ngày    tháng 9 năm 2025"]
    done = report(
        root, "docx", word(changed(DECISION, left=left, right=right)), "--into", "vi-du/x"
    )
    assert done["record"] == (
        "documents/vi-du/x/quyet-dinh-ve-viec-phan-cong-truc-tai-tru-so-xa-an-binh"
    )
    assert {each["field"] for each in done["missing"]} >= {"number", "dates.issued"}
    record = load(root, cache=False).entries[done["record"]].record
    assert (record.number, record.dates.issued) == (None, None)


def test_the_issuer_is_the_body_that_stood_on_the_day(root: Path) -> None:
    right = [*papers.STATE, "An Bình, ngày 05 tháng 9 năm 2024"]
    done = report(root, "docx", word(changed(DECISION, right=right)))
    assert done["record"] == "documents/vi-du/an-binh-cu/2024/12-qd-ubnd"


def test_an_issuer_without_a_record_is_named_and_no_folder_is_guessed(root: Path) -> None:
    left = ["ỦY BAN NHÂN DÂN", "XÃ TRỜI CAO", "Số: 12/QĐ-UBND"]
    before = tree(root)
    done = ingest(root, "docx", word(changed(DECISION, left=left)))
    assert done.exit_code == 1
    assert "XÃ TRỜI CAO" in done.output
    assert "--into PROVINCE/UNIT" in done.output
    assert tree(root) == before


def test_a_number_that_its_issuer_has_given_already_is_refused(root: Path) -> None:
    assert ingest(root, "docx", word(DECISION)).exit_code == 0
    body = [*DECISION["body"], "Điều 3. Văn phòng thi hành."]
    done = ingest(root, "docx", word(changed(DECISION, body=body)))
    assert done.exit_code == 1
    assert f"is taken by {ID}" in done.output


@KINDS
def test_a_second_run_knows_the_file_and_writes_nothing(root: Path, kind: str) -> None:
    data = made(kind, DECISION)
    ingest(root, kind, data)
    before = tree(root)
    done = report(root, kind, data)
    assert (done["state"], done["record"]) == ("known", ID)
    assert tree(root) == before


def test_output_is_the_same_on_every_run(root: Path, tmp_path: Path) -> None:
    other = papers.registry(tmp_path / "other")
    first = ingest(root, "docx", word(DECISION), options=("--json",)).stdout
    (tmp_path / "other").mkdir(exist_ok=True)
    data = (root.parent / "tep-0.docx").read_bytes()
    assert ingest(other, "docx", data, options=("--json",)).stdout == first
    assert tree(other) == tree(root)


def test_a_dry_run_reports_and_writes_nothing(root: Path) -> None:
    before = tree(root)
    done = report(root, "docx", word(DECISION), "--dry-run")
    assert (done["state"], done["record"]) == ("planned", ID)
    assert tree(root) == before


def test_one_refused_file_keeps_all_from_being_written(root: Path) -> None:
    before = tree(root)
    done = ingest(root, "docx", word(DECISION), b"no zip")
    assert done.exit_code == 1
    assert "nothing was written" in done.output
    assert tree(root) == before


# Old encodings


@KINDS
@pytest.mark.parametrize(
    ("font", "turn", "name"), [(".VnTime", tcvn3, "TCVN3"), ("VNI-Times", vni, "VNI")]
)
def test_old_encodings_are_converted_and_flagged_for_review(
    root: Path, kind: str, font: str, turn: Any, name: str
) -> None:
    done = report(root, kind, made(kind, DECISION, font=font, turn=turn), "--into", "vi-du/an-binh")
    assert any(name in line for line in done["review"])
    record = load(root, cache=False).entries[done["record"]].record
    assert record.title.lower() == "quyết định về việc phân công trực tại trụ sở xã an bình"
    assert {source.certainty for source in record.sources} == {"inferred"}
    assert name in (record.notes or "")


def test_an_old_encoding_is_known_by_its_letters_when_the_font_is_none_of_it(root: Path) -> None:
    done = report(root, "docx", word(DECISION, turn=vni))
    assert done["record"] == ID
    assert any("VNI" in line for line in done["review"])


# Secrecy


@KINDS
@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "Tuyệt mật", "M Ậ T", "Độ mật: Tối mật"])
def test_a_marked_document_is_refused_and_nothing_of_it_is_shown(
    root: Path, kind: str, mark: str
) -> None:
    before = tree(root)
    done = ingest(root, kind, made(kind, changed(DECISION, left=[*DECISION["left"], mark])))
    assert done.exit_code == 1
    assert "marking of secrecy" in done.output
    assert not any(word in done.output for word in ("An Bình", "AN BÌNH", "12/QĐ", "Mẫu"))
    assert tree(root) == before


def test_a_marking_in_a_header_counts(root: Path) -> None:
    done = ingest(root, "docx", word(changed(DECISION, header="TUYỆT MẬT")))
    assert "marking of secrecy" in done.output


@pytest.mark.parametrize("turn", [tcvn3, vni])
def test_a_marking_in_an_old_encoding_counts(root: Path, turn: Any) -> None:
    paper = changed(DECISION, left=[*DECISION["left"], "tối mật"])
    assert "marking of secrecy" in ingest(root, "docx", word(paper, turn=turn)).output


def test_nothing_is_left_of_a_writing_that_broke_off(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder.ingest import writing

    before, whole = tree(root), writing.write_atomically

    def full(path: Path, data: bytes) -> None:
        if path.suffix == ".yaml":
            raise OSError(28, "No space left on device")
        whole(path, data)

    monkeypatch.setattr(writing, "write_atomically", full)
    done = ingest(root, "docx", word(DECISION))
    assert done.exit_code == 2
    assert "No space left on device" in done.output
    assert tree(root) == before
