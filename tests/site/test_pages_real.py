"""The pages of the real records of Lạng Sơn and Huế say what the sources say."""

import pytest

from tests.site.rendered import Site, real_site

BINH_XA, KIEN_MOC_OLD, KIEN_MOC = (
    "units/lang-son/06622@/", "units/lang-son/06625@/", "units/lang-son/06625@2025-07-01/",
)  # fmt: skip
DINH_LAP = "units/lang-son/06613@2025-07-01/"
DONG_KINH = "regulations/lang-son/dong-kinh/quy-che-lam-viec-uy-ban-kiem-tra/"
MERGER = "mergers/2025/1672-nq-ubtvqh15/"
RESOLUTION = "resolutions/trung-uong/2025/1672-nq-ubtvqh15/"
GROUP_2 = "meetings/lang-son/to-cong-tac-2/kiem-tra-van-hanh-thu-2025-06-26/"


@pytest.fixture(scope="module")
def site() -> Site:
    return real_site()


def test_binh_xa_was_divided_and_says_so_in_plain_words(site: Site) -> None:
    assert "Đơn vị này đã được chia vào 2 đơn vị" in site[BINH_XA].text


def test_binh_xa_names_both_successors_with_part_rest_and_clause(site: Site) -> None:
    page = site[BINH_XA]
    assert page.row("Xã Đình Lập")[1:3] == ["một phần", "một phần"]
    assert page.row("Xã Kiên Mộc")[1] == "phần còn lại (sau khi sắp xếp theo khoản 40)"
    assert "khoản 40 Điều 1, Nghị quyết số 1672/NQ-UBTVQH15" in page.row("Xã Đình Lập")[3]
    assert f"{MERGER}#khoan-40" in {href.removeprefix("../../../") for href, _ in page.links}


def test_both_clocks_stand_on_old_and_new_units(site: Site) -> None:
    for address in (BINH_XA, DINH_LAP):
        text = site[address].text
        assert "Thông qua 16/6/2025" in text
        assert "Chính quyền mới hoạt động từ 01/7/2025" in text


def test_old_and_new_kien_moc_have_pages_of_their_own(site: Site) -> None:
    assert site[KIEN_MOC_OLD].headings[0] == (1, "Xã Kiên Mộc (huyện Đình Lập cũ)")
    assert site[KIEN_MOC].headings[0] == (1, "Xã Kiên Mộc")
    assert "chia vào 2 đơn vị" in site[KIEN_MOC_OLD].text
    assert {KIEN_MOC} <= site.targets(KIEN_MOC_OLD)
    assert {KIEN_MOC_OLD, BINH_XA} <= site.targets(KIEN_MOC)


def test_a_new_unit_says_where_the_other_part_of_a_divided_one_went(site: Site) -> None:
    assert site[DINH_LAP].row("Xã Bính Xá")[1:] == ["một phần", "một phần", "Xã Kiên Mộc"]


def test_a_unit_lists_others_of_its_name_apart(site: Site) -> None:
    namesakes = site[DINH_LAP].text.partition("Đơn vị khác cùng tên")[2]
    for name in ("Huyện Đình Lập (cũ)", "Thị trấn Đình Lập (huyện", "Xã Đình Lập (huyện"):
        assert name in namesakes


def test_the_former_district_leads_to_the_new_units_of_all_its_communes(site: Site) -> None:
    page = site["units/lang-son/189@/"]
    assert page.row("Xã Bính Xá")[1] == "Xã Đình Lập, Xã Kiên Mộc (được chia)"
    assert "Địa bàn nay thuộc 4 đơn vị cấp xã" in page.text


def test_the_province_counts_its_units(site: Site) -> None:
    text = site["units/lang-son/20@/"].text
    assert "65 đơn vị: 61 xã và 4 phường" in text
    assert "194 đơn vị cấp xã thuộc 11 đơn vị cấp huyện" in text


def test_the_merger_has_an_anchor_for_every_clause_and_the_totals(site: Site) -> None:
    page = site[MERGER]
    assert {f"khoan-{clause}" for clause in range(1, 67)} <= set(page.ids)
    assert "65 đơn vị hành chính cấp xã, gồm 61 xã và 4 phường" in page.text
    assert "194 đơn vị cũ, 196 cặp" in page.text


def test_a_clause_says_what_its_remainder_is_left_of(site: Site) -> None:
    assert (
        "Xã Bính Xá (huyện Đình Lập cũ): phần còn lại diện tích tự nhiên và quy mô dân số "
        "(sau khi sắp xếp theo khoản 40)"
    ) in site[MERGER].text


def test_the_trial_regulation_of_dong_kinh_has_its_banner(site: Site) -> None:
    text = site[DONG_KINH].text
    assert "VẬN HÀNH THỬ – chưa có hiệu lực" in text
    assert "Còn hiệu lực" not in text


def test_what_is_unknown_is_said_with_its_reason(site: Site) -> None:
    number = site[DONG_KINH].row("Số, ký hiệu")[1]
    assert number.startswith("Chưa biết Báo chí không nêu số")


def test_sources_stand_with_lines_and_verification(site: Site) -> None:
    text = site[DONG_KINH].text
    assert "Chưa kiểm chứng" in text
    assert "Báo Lạng Sơn. Dòng, đoạn: L53." in text


def test_the_regulation_and_its_meeting_lead_to_each_other(site: Site) -> None:
    (meeting,) = [link for link in site.targets(DONG_KINH) if link.startswith("meetings/")]
    assert DONG_KINH in site.targets(meeting)


def test_the_resolution_has_number_date_and_state_in_its_head(site: Site) -> None:
    text = site[RESOLUTION].text
    assert "Nghị quyết số 1672/NQ-UBTVQH15 · 16/6/2025" in text
    assert "Còn hiệu lực tính đến ngày 01/8/2025" in text


def test_the_resolution_leads_to_the_clauses_and_back(site: Site) -> None:
    assert MERGER in site.targets(RESOLUTION)
    assert RESOLUTION in site.targets(MERGER)


def test_the_plan_before_the_resolution_is_shown_from_both_sides(site: Site) -> None:
    plan = "documents/lang-son/tinh/2025/245-kh-tu/"
    assert RESOLUTION in site.targets(plan)
    assert plan in site.targets(RESOLUTION)
    assert "Được triển khai bởi" in site[RESOLUTION].text


def test_an_inspection_groups_its_outputs_and_gives_each_an_anchor(site: Site) -> None:
    page = site[GROUP_2]
    assert (3, "Yêu cầu") in page.headings
    assert "hdnd-quy-che-lam-viec" in page.ids
    assert "VẬN HÀNH THỬ" in page.text


def test_the_completeness_table_shows_what_communes_still_owe(site: Site) -> None:
    page = site["tinh-trang/day-du/lang-son/"]
    for row in (page.row("Xã Thất Khê"), page.row("Xã Quốc Việt")):
        assert len(row) > 5
        assert set(row[1:]) == {"Y Đã yêu cầu"}
    assert page.row("Xã Na Sầm")[1] == "Y Đã yêu cầu ! Đã qua thời hạn"


def test_units_nobody_asked_are_not_called_complete(site: Site) -> None:
    text = site["tinh-trang/day-du/lang-son/"].text
    assert "Đơn vị chưa có yêu cầu nào được ghi nhận" in text
    assert "Không có nghĩa là các đơn vị này đã đủ" in text


def test_deadlines_keep_the_words_of_the_source(site: Site) -> None:
    page = site["tinh-trang/den-han/"]
    assert "trước ngày 31/7/2025 Nguồn ghi “trước ngày 31/7/2025”" in page.text
    assert page.headings[1] == (2, "Đã qua thời hạn, chưa rõ kết quả")


def test_working_groups_that_no_source_names_do_not_exist(site: Site) -> None:
    text = site["to-cong-tac/"].text
    assert "Tổ công tác số 10" in text
    assert "Tổ công tác số 4" not in text


def test_a_person_has_a_page_by_role_bounded_in_time(site: Site) -> None:
    text = site["nguoi/phung-quang-hoi/"].text
    assert "Bí thư Đảng ủy phường" in text
    assert "từ 01/7/2025" in text


def test_the_delegations_of_a_working_group_name_their_heads(site: Site) -> None:
    page = site["bodies/lang-son/tinh/to-cong-tac-10/"]
    assert "Đoàn số 2, trưởng đoàn Nguyễn Đình Đại" in page.text
    assert "nguoi/nguyen-dinh-dai/" in site.targets("bodies/lang-son/tinh/to-cong-tac-10/")


def test_the_lines_of_an_output_lead_to_the_sources_of_the_meeting(site: Site) -> None:
    page = site["meetings/lang-son/to-cong-tac-1/kiem-tra-van-hanh-thu-2025-06-26/"]
    assert ("#nguon", "L7") in page.links
    assert "Dòng: L7." in page.text


def test_the_glossary_ties_terms_to_codes(site: Site) -> None:
    assert site["thuat-ngu/"].row("phần còn lại")[1].startswith("rest")


def test_the_start_page_leads_to_the_five_questions(site: Site) -> None:
    targets = site.targets("")
    assert {"don-vi/", "van-ban/", "cuoc-hop/", "tinh-trang/day-du/", "nguon/"} <= targets


def test_the_start_page_answers_in_one_step(site: Site) -> None:
    targets = site.targets("")
    assert any(target.startswith("meetings/") for target in targets)
    assert "tinh-trang/day-du/lang-son/" in targets
    assert "bản ghi đã được đối chiếu với bản chính thức" in site[""].text
    assert 'data-lookup-go="ap-dung"' in site[""].html
