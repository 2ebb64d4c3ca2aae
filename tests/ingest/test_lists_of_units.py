"""Lists of units inside a clause: which names a reader finds, whatever the conversion did."""

import pytest

from tests.ingest.province import codes, read, resolution, whole


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ("xã An Bình và xã Bình Minh", ["99001", "99002"]),
        ("các xã An Bình, Bình Minh và Suối Lạnh", ["99001", "99002", "99022"]),
        ("các xã An Bình, Bình Minh, Suối Lạnh", ["99001", "99002", "99022"]),
        ("xã An Bình, Bình Minh và Suối Lạnh", ["99001", "99002", "99022"]),
        ("thị trấn Sông Mẫu và các xã An Bình, Bình Minh", ["99003", "99001", "99002"]),
        ("phường Phường Cũ, Phường 2 và xã Gò Đá", ["99011", "99009", "99018"]),
        ("các phường Phường Cũ, 2", ["99011", "99009"]),
        ("phường Bến Nước - Cầu Tre và xã Gò Đá", ["99017", "99018"]),
    ],
)
def test_one_type_word_governs_names_until_the_next(sources: str, found: list[str]) -> None:
    assert codes(sources) == found


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ("xã An Bìnhvà xã Bình Minh", ["99001", "99002"]),
        ("xã An Bình vàxã Bình Minh", ["99001", "99002"]),
        ("các xãAn Bình,Bình Minhvà Suối Lạnh", ["99001", "99002", "99022"]),
        ("cácxã An Bình, Bình Minh", ["99001", "99002"]),
        ("xã\nAn\nBình và xã Bình\nMinh", ["99001", "99002"]),
        ("xã **An Bình** và **xã** *Bình Minh*", ["99001", "99002"]),
        ("xã An\u00a0Bình và xã Bi\u0300nh Minh", ["99001", "99002"]),
        ("[xã An Bình]{.underline} và <u>xã Bình Minh</u>", ["99001", "99002"]),
        ("xã An&nbsp;Bình và xã Bình\\ Minh", ["99001", "99002"]),
    ],
)
def test_lost_spaces_marks_and_line_breaks_change_nothing(sources: str, found: list[str]) -> None:
    assert codes(sources) == found


def test_a_missing_comma_between_typed_names_is_no_obstacle() -> None:
    assert codes("thị trấn Sông Mẫu xã An Bình và xã Bình Minh") == ["99003", "99001", "99002"]
    assert codes("thị trấn Sông Mẫuxã An Bình và xã Bình Minh") == ["99003", "99001", "99002"]


def test_a_missing_comma_between_known_names_is_no_obstacle() -> None:
    assert codes("các xã An Bình Bình Minh và Suối Lạnh") == ["99001", "99002", "99022"]


def test_va_inside_a_name_is_part_of_the_name() -> None:
    assert codes("các xã Mường Và, Đại Thành và Gò Đá") == ["99006", "99007", "99018"]
    assert codes("xã Mường Vàvà xã Gò Đá") == ["99006", "99018"]


def test_a_name_that_ends_in_thanh_stands_before_the_word_thanh() -> None:
    assert codes("xã Gò Đá và xã Đại Thành", "xã Đại Thành") == ["99018", "99007"]
    text = resolution(whole("xã Gò Đá và xã Đại Thành", "xã Đại Thành"))
    assert [e.target for e in read(text.replace("Thành thành", "Thànhthành")).record.events] == [
        "99007@2025-07-01"
    ]


def test_a_number_is_the_whole_number() -> None:
    assert codes("xã Tân Lập 1và xã Tân Lập 2", "xã Tân Lập") == ["99015", "99016"]
    assert codes("Phường 02 và xã Gò Đá") == ["99009", "99018"]


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ("xã Hòa Bình (huyện Sông Mẫu) và xã An Bình", ["99004", "99001"]),
        ("xã Hòa Bình (thị xã Đồi Gió)và xã An Bình", ["99005", "99001"]),
        ("các xã Hòa Bình (huyện Sông Mẫu, tỉnh Ví Dụ), An Bình", ["99004", "99001"]),
        ("các xã Hòa Bình (Đồi Gió), An Bình", ["99005", "99001"]),
        ("Phường 1 và Phường 2 (thành phố Ví Dụ)", ["99008", "99009"]),
        ("Phường 1 (thị xã Đồi Gió), Phường 2", ["99010", "99009"]),
        ("xã Hòa Bình (thị xã Đồi Gió, xã An Bình", ["99005", "99001"]),
        ("xã Hòa Bình thuộc thị xã Đồi Gió và xã An Bình", ["99005", "99001"]),
    ],
)
def test_a_bracket_tells_which_of_two_like_named_units_is_meant(
    sources: str, found: list[str]
) -> None:
    assert codes(sources) == found


def test_without_a_bracket_the_unit_that_is_left_is_meant_and_said_so() -> None:
    text = resolution(
        whole("xã Hòa Bình (huyện Sông Mẫu) và xã An Bình", "xã An Bình"),
        whole("xã Hòa Bình và xã Gò Đá", "xã Gò Đá"),
    )
    reading = read(text)
    assert [s.unit for s in reading.record.events[1].sources] == ["99005@", "99018@"]
    assert [entry for entry in reading.report.loose if "99005@" in entry]


def test_between_two_equal_candidates_none_is_chosen() -> None:
    reading = read(resolution(whole("xã Hòa Bình và Phường 1", "xã An Bình")))
    assert reading.report.resolved["unresolved"] == 2
    assert "99004@" in reading.report.unresolved[0]
    assert "99005@" in reading.report.unresolved[0]
    assert reading.record is None


def test_the_neighbours_district_decides_and_is_told_as_loose() -> None:
    reading = read(resolution(whole("xã Hòa Bình và xã Mường Và", "xã An Bình")))
    assert [s.unit for s in reading.record.events[0].sources] == ["99005@", "99006@"]
    assert "district of the clause's other units" in reading.report.loose[0]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("xã Thủy Tiên", "99019"), ("xã Mỹ Lý", "99014"), ("xã Mĩ Lí", "99014"),
        ("xã K'Lang", "99013"), ("xã K’Lang", "99013"), ("thị trấn Nông trường Gió Mới", "99012"),
        ("thị trấn N.T Gió Mới", "99012"), ("xã Hoà Bình (huyện Sông Mẫu)", "99004"),
        ("phường Bến Nước Cầu Tre", "99017"), ("Phường 02", "99009"),
    ],
)  # fmt: skip
def test_documented_equivalences_resolve_and_are_counted_as_such(written: str, code: str) -> None:
    reading = read(resolution(whole(f"{written} và xã An Bình", "xã An Bình")))
    assert [s.unit for s in reading.record.events[0].sources] == [f"{code}@", "99001@"]
    assert reading.report.resolved["loose"] == 0
    assert reading.report.resolved["equivalent"] == 1


def test_a_name_spelt_otherwise_is_taken_only_for_the_single_unit_left_and_told() -> None:
    reading = read(resolution(whole("xã Suôi Lạnh và xã An Bình", "xã An Bình")))
    assert [s.unit for s in reading.record.events[0].sources] == ["99022@", "99001@"]
    assert len(reading.report.loose) == 1
    assert "Suối Lạnh" in reading.report.loose[0]


def test_a_number_is_never_taken_for_another_number() -> None:
    reading = read(resolution(whole("xã Tân Lập 3 và xã An Bình", "xã An Bình")))
    assert reading.report.resolved["unresolved"] == 1
    assert "xã Tân Lập 3" in reading.report.unresolved[0]


def test_a_name_of_no_unit_is_named_and_never_guessed() -> None:
    reading = read(resolution(whole("xã Trời Cao và xã An Bình", "xã An Bình")))
    assert [s.unit for s in reading.record.events[0].sources] == ["99001@"]
    assert reading.report.unresolved == ("clause 1: xã Trời Cao (no unit of this name)",)
    assert [u.why for u in reading.record.unknown] == ["chưa xác định được “xã Trời Cao”"]
    assert not reading.report.fine


def test_an_unknown_name_does_not_swallow_the_names_beside_it() -> None:
    assert codes("các xã Trời Cao, An Bình và Bình Minh") == ["99001", "99002"]
    assert codes("các xã An Bình, Trời CaovàBình Minh") == ["99001", "99002"]


@pytest.mark.parametrize(
    "place",
    ["Trường bắn số 5", "khu vực bãi bồi ven biển huyện Bãi Cát", "Hồ chứa nước do huyện quản lý"],
)
def test_what_is_no_unit_stays_a_place_in_its_own_words(place: str) -> None:
    text = resolution(
        f"Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã An Bình, xã Bình Minh và toàn "
        f"bộ diện tích tự nhiên của {place} thành xã mới có tên gọi là xã An Bình."
    )
    sources = read(text).record.events[0].sources
    assert [(s.unit, s.place, s.area, s.population) for s in sources] == [
        ("99001@", None, "whole", "whole"),
        ("99002@", None, "whole", "whole"),
        (None, place, "whole", "none"),
    ]


def test_an_island_district_without_communes_is_itself_the_source() -> None:
    assert codes("huyện Hòn Xa", "đặc khu Hòn Xa") == ["994"]
    assert codes("huyện đảo Hòn Xa", "đặc khu Hòn Xa") == ["994"]


def test_a_district_named_as_a_whole_gives_all_its_communes() -> None:
    assert codes("huyện Bãi Cát", "đặc khu Cát Trắng") == ["99020", "99021"]
