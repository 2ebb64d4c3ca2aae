"""What pages of records show beyond the real ones: internal records, tombstones, lists, votes."""

from pathlib import Path

from builder.models.codes import OutputKind
from builder.site.pages.meetings import GROUP_LABELS, KINDS
from tests.derive.owing import INSPECTED, INSPECTION, REQUIREMENT, owing
from tests.registries import BODY, DOCUMENT, HEAD, write
from tests.site.rendered import site_on

PLAN, BODY_ID = "documents/vi-du/an-binh/ke-hoach-thu", "bodies/vi-du/an-binh/ubnd"


def test_an_internal_record_has_no_page_and_its_title_stands_nowhere(tmp_path: Path) -> None:
    secret = DOCUMENT.replace("access: public", "access: internal").replace("thử", "kín")
    citing = DOCUMENT.replace("01/KH", "02/KH") + f"relations: [{{type: cites, target: {PLAN}}}]\n"
    site = site_on(write(tmp_path, {PLAN: secret, "documents/vi-du/an-binh/khac": citing}))
    assert f"{PLAN}/" not in site.pages
    assert all("kín" not in site[address].text for address in site.pages)
    assert "Bản ghi không công khai" in site["documents/vi-du/an-binh/khac/"].text


def test_an_internal_act_ends_a_public_document_on_its_page_and_is_named_nowhere(
    tmp_path: Path,
) -> None:
    act = "documents/vi-du/an-binh/kin-dao"
    secret = DOCUMENT.replace("access: public", "access: internal").replace("thử", "kín đáo")
    secret = secret.replace("01/KH", "77/KH").replace("2025-07-02", "2025-09-09")
    secret += f"relations: [{{type: repeals, target: {PLAN}, disclose: true}}]\n"
    site = site_on(write(tmp_path, {act: secret}))
    page = site[f"{PLAN}/"]
    assert page.row("3")[1:3] == ["từ 09/9/2025", "Hết hiệu lực toàn bộ (bị bãi bỏ)"]
    assert "bị bãi bỏ bởi một văn bản không công khai từ 09/9/2025" in page.text
    silent = site_on(write(tmp_path, {act: secret.replace(", disclose: true", "")}))
    assert silent[f"{PLAN}/"].row("1")[1:3] == ["mọi thời điểm", "Chưa xác định"]
    for shown, canaries in (
        (site, ("kín đáo", "77/KH", "kin-dao")),
        (silent, ("09/9", "2025-09-09")),
    ):
        for address in shown.pages:
            assert not [word for word in canaries if word in shown[address].html]


def test_a_withdrawn_record_keeps_its_page_with_day_and_reason(tmp_path: Path) -> None:
    gone = DOCUMENT + "withdrawn: {on: 2025-09-01, reason: Nhập trùng.}\n"
    site = site_on(write(tmp_path, {PLAN: gone}))
    assert "ĐÃ RÚT Bản ghi đã rút ngày 01/9/2025. Nhập trùng." in site[f"{PLAN}/"].text
    assert "Đã rút" in site[f"{BODY_ID}/"].text


def test_the_state_of_a_document_is_told_as_of_the_day_with_spans_for_the_script(
    tmp_path: Path,
) -> None:
    page = site_on(write(tmp_path))[f"{PLAN}/"]
    assert "Còn hiệu lực tính đến ngày 31/01/2026" in page.text
    assert page.row("1")[1:3] == ["đến hết 01/7/2025", "Chưa có hiệu lực"]
    assert 'data-states="not_yet 2025-07-02 in_force"' in page.html


def test_a_relation_to_provisions_cites_the_smallest_part_first(tmp_path: Path) -> None:
    amending = DOCUMENT.replace("01/KH", "02/KH") + (
        f"relations: [{{type: amends, target: {PLAN}, provisions: [dieu-5.khoan-2]}}]\n"
    )
    site = site_on(write(tmp_path, {"documents/vi-du/an-binh/sua": amending}))
    assert "khoản 2 Điều 5" in site[f"{PLAN}/"].text


def test_votes_agenda_and_attendance_of_a_meeting_are_shown(tmp_path: Path) -> None:
    session = (
        INSPECTED.replace("form: inspection\nmode: trial", "form: session\nmode: official")
        + "agenda: [{title: Thông qua quy chế, vote: {in_favour: 24, against: 1}}]\n"
        "attendance: {summoned: 28, present: 25}\n"
    )
    text = site_on(owing(tmp_path, {INSPECTION: session}))[f"{INSPECTION}/"].text
    assert "tán thành 24, không tán thành 1, không biểu quyết 0" in text
    assert "Triệu tập 28, có mặt 25" in text
    assert "VẬN HÀNH THỬ" not in text


def test_every_kind_of_output_has_its_place_on_the_page_of_a_meeting() -> None:
    assert set(KINDS) == set(OutputKind.__args__) == set(GROUP_LABELS)


def test_the_table_of_a_unit_shows_what_is_owed_and_by_what_evidence(tmp_path: Path) -> None:
    row = site_on(owing(tmp_path))["units/vi-du/99001@2025-07-01/"].row("Quy chế làm việc")
    assert row[1] == "“trước ngày 31/7” (trước ngày 31/7/2025)"
    assert row[2:] == ["Đã yêu cầu Đã qua thời hạn", "Kiểm tra xã An Bình"]


def test_a_body_shows_what_it_still_has_to_do(tmp_path: Path) -> None:
    asked = INSPECTED + f"    responsible: [{BODY_ID}]\n"
    page = site_on(owing(tmp_path, {INSPECTION: asked, REQUIREMENT: None}))[f"{BODY_ID}/"]
    assert page.row("Ban hành quy chế làm việc.")[3] == "Đã qua thời hạn, chưa rõ kết quả"


def test_office_holders_stand_with_their_time_in_the_block_of_their_body(tmp_path: Path) -> None:
    body = BODY + "office_holders:\n  - {person: tran-an, name: Trần An, role: Chủ tịch, valid_from: 2025-07-01}\n"  # fmt: skip  # noqa: E501
    site = site_on(write(tmp_path, {BODY_ID: body}))
    text = site["units/vi-du/99001@2025-07-01/"].text
    assert "Khối Chính quyền Ủy ban nhân dân xã An Bình Trần An – Chủ tịch, từ 01/7/2025" in text
    assert "nguoi/tran-an/" in site.targets(f"{BODY_ID}/")


def test_lists_part_documents_by_kind_type_block_stage_and_province(tmp_path: Path) -> None:
    targets = site_on(write(tmp_path)).targets("van-ban/")
    assert {
        "van-ban/nhom/van-ban-khac/", "van-ban/loai/ke-hoach/", "van-ban/khoi/chinh-quyen/",
        "van-ban/giai-doan/da-thong-qua/", "van-ban/tinh/vi-du/",
    } <= targets  # fmt: skip


def test_sources_are_counted_and_the_unverified_not_hidden(tmp_path: Path) -> None:
    unknown = DOCUMENT + "unknown: [{field: signers, why: Không nêu.}]\n"
    page = site_on(write(tmp_path, {PLAN: unknown}))["nguon/"]
    assert "3 bản ghi: 0 bản ghi đã được đối chiếu với bản chính thức, 3 bản ghi chưa" in page.text
    assert page.row("Dữ liệu thử")[3] == "3"
    assert page.row("Người ký")[1:] == ["Văn bản khác", "1"]


def test_what_is_counted_leads_to_its_records(tmp_path: Path) -> None:
    unknown = DOCUMENT + "unknown: [{field: signers, why: Không nêu.}]\n"
    site = site_on(write(tmp_path, {PLAN: unknown}))
    assert f"{PLAN}/" in site.targets("nguon/")
    assert "bản ghi khác" not in site["nguon/"].text


def test_a_source_without_a_title_is_named_by_its_publisher(tmp_path: Path) -> None:
    untitled = DOCUMENT.replace("title: Dữ liệu thử", "publisher: Sở Nội vụ")
    page = site_on(write(tmp_path, {PLAN: untitled}))["nguon/"]
    assert page.row("Sở Nội vụ")[3] == "1"


def test_an_empty_registry_has_its_pages(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    site = site_on(tmp_path)
    assert "Chưa có bản ghi nào" in site["van-ban/"].text
    assert all(site[address].text for address in site.pages)


def test_a_source_kind_and_a_correction_are_told_in_words(tmp_path: Path) -> None:
    corrected = DOCUMENT.replace(HEAD, HEAD.replace("kind: dataset", "kind: gazette")) + (
        "corrections:\n  - {on: 2025-10-02, what: Sửa số., why: Nhập sai., by: Lê An, source: Công báo 5}\n"  # noqa: E501
    )
    text = site_on(write(tmp_path, {PLAN: corrected}))[f"{PLAN}/"].text
    assert "Công báo: Dữ liệu thử." in text
    assert "02/10/2025: Sửa số. Lý do: Nhập sai. Người sửa: Lê An. Căn cứ: Công báo 5." in text
