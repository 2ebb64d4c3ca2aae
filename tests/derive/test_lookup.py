"""Which units a name or a free address means, and where they are on a day."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.derive.lookup import Candidate, Lookup
from builder.registry import load
from tests.derive.waves import DAY, FIRST, SECOND, registry, unit, wave

TODAY = dt.date(2026, 1, 1)


@pytest.fixture(scope="module")
def real(root: Path) -> Lookup:
    return Lookup(load(root))


@pytest.fixture(scope="module")
def made() -> Lookup:
    """Fictional units whose names are hard to tell apart."""
    end = FIRST - DAY
    rows = [
        unit("99", "Ví Dụ", "tỉnh"),
        unit("991", "Mẫu", "huyện", parent="99", valid_to=end),
        unit("992", "Mẫu", "thị xã", parent="99", valid_to=end),
        unit("993", "3", "quận", parent="99", valid_to=end),
        unit("99001", "Hòa Mỹ", parent="991", valid_to=end),
        unit("99002", "Hòa Mỹ", parent="992", valid_to=end),
        unit("99003", "Hóa My", parent="992", valid_to=end),
        unit("99004", "1", "phường", parent="993", valid_to=end),
        unit("99005", "NT Ví Dụ", "thị trấn", parent="991", valid_to=end),
        unit("99006", "Ea H'Mẫu", parent="991", valid_to=end),
        unit("99007", "Phường Mới", "phường", parent="993", valid_to=end),
        unit("99008", "An Phong - Bến Tre", parent="992", valid_to=end),
        unit("99001", "Hòa Mỹ", parent="99", valid_from=FIRST, valid_to=SECOND - DAY),
        unit("99001", "Hòa Mỹ", "phường", parent="99", valid_from=SECOND),
    ]
    return Lookup(
        registry(
            rows,
            wave(
                [
                    (
                        f"99001@{FIRST}",
                        [("99001@", "whole", "whole"), ("99005@", "part", "part")],
                    ),
                ]
            ),
            wave(
                [(f"99001@{SECOND}", [(f"99001@{FIRST}", "whole", "whole")])],
                day=SECOND,
                kind="retype",
            ),
        )
    )


def ids(found: list[Candidate]) -> list[str]:
    return [each.unit for each in found]


def names(lookup: Lookup, query: str, on: dt.date = TODAY) -> list[str]:
    return [lookup.registry.units[each.unit].full_name for each in lookup.find(query, on)]


@pytest.mark.parametrize(
    "query",
    [
        "Bính Xá",
        "BÍNH XÁ",
        "bính xá",
        "binh xa",
        "xã Bính Xá",
        "xa binh xa, dinh lap, lang son",
        "xa binh xa dinh lap lang son",
        "X. Bính Xá, H. Đình Lập, T. Lạng Sơn",
        "x.Binh Xa,H.Dinh Lap",
        "xã Bính Xá - huyện Đình Lập - tỉnh Lạng Sơn",
        "Bính Xá (Đình Lập)",
        "thôn 3, xã Bính Xá, huyện Đình Lập, tỉnh Lạng Sơn, Việt Nam",
        "Bi\u0301nh Xa\u0301",
    ],
)
def test_a_unit_is_found_in_any_spelling(real: Lookup, query: str) -> None:
    (found,) = real.find(query, TODAY)
    assert found.unit == "06622@"
    assert found.now == ("06613@2025-07-01", "06625@2025-07-01")


@pytest.mark.parametrize(
    ("query", "unit_id"),
    [
        ("P.Phú Thượng, TP Huế", "19930@"),
        ("phường Phú Thượng, tỉnh Thừa Thiên Huế", "19930@"),
        ("thị trấn Đình Lập", "06613@"),
        ("TT Đình Lập, Lạng Sơn", "06613@"),
        ("xã Mỹ Thượng, Huế", None),
        ("phường Mĩ Thượng, Huế", "19930@2025-07-01"),
        ("P. Đông Kinh, TP Lạng Sơn", "05980@"),
        ("12 Lê Lợi, phường Vĩnh Ninh, quận Thuận Hóa, TP. Huế", "19783@"),
    ],
)
def test_type_district_and_province_tell_units_apart(
    real: Lookup, query: str, unit_id: str | None
) -> None:
    sound = [each.unit for each in real.find(query, TODAY) if each.match.sound]
    assert sound == ([unit_id] if unit_id else [])


def test_the_former_and_the_present_unit_of_one_name_are_two_candidates(real: Lookup) -> None:
    present, former = real.find("xã Kiên Mộc", TODAY)
    assert (present.unit, former.unit) == ("06625@2025-07-01", "06625@")
    assert present.after.state == "stands"
    assert [(each.unit, each.area) for each in former.after.passages] == [
        ("06637@2025-07-01", "part"),
        ("06625@2025-07-01", "rest"),
    ]


def test_the_district_says_that_the_former_unit_is_meant(real: Lookup) -> None:
    assert ids(real.find("xã Kiên Mộc, huyện Đình Lập", TODAY)) == ["06625@"]


def test_without_a_type_units_of_every_type_are_candidates(real: Lookup) -> None:
    assert names(real, "Đình Lập") == ["Xã Đình Lập", "Thị trấn Đình Lập", "Xã Đình Lập"]


def test_a_district_is_a_candidate_only_where_it_is_named_as_one(real: Lookup) -> None:
    (found,) = real.find("huyện Đình Lập", TODAY)
    assert found.unit == "189@"
    assert found.now == ()


def test_what_speaks_against_a_candidate_is_said(real: Lookup) -> None:
    (found,) = real.find("xã Bính Xá, huyện Cao Lộc", TODAY)
    assert found.match.district == "other"
    assert not found.match.sound
    (typed_only,) = real.find("xã Bính Xá, Cao Lộc", TODAY)
    assert (typed_only.unit, typed_only.match.district) == ("06622@", "other")
    (elsewhere,) = real.find("Bính Xá, TP Huế", TODAY)
    assert elsewhere.match.province == "other"
    (typed,) = real.find("phường Bính Xá", TODAY)
    assert typed.match.type == "other"


def test_the_match_says_what_was_not_used(real: Lookup) -> None:
    (found,) = real.find("Số 5 ngõ 2, xã Bính Xá, huyện Đình Lập", TODAY)
    assert found.match.ignored == "Số 5 ngõ 2"
    assert found.match.explain() == "name as written, type, district; not used: Số 5 ngõ 2"


def test_the_place_of_the_tone_and_y_or_i_do_not_matter_but_other_marks_do(made: Lookup) -> None:
    assert ids(made.find("xã Hoà Mĩ, TX Mẫu", TODAY)) == ["99002@"]
    assert ids(made.find("xã Hóa My, thị xã Mẫu", TODAY)) == ["99003@"]
    assert ids(made.find("xa hoa my, thi xa mau", TODAY)) == ["99002@", "99003@"]


def test_a_name_with_other_marks_is_found_where_it_is_the_only_one_and_said_to_be_so(
    made: Lookup,
) -> None:
    (found,) = made.find("xã Hỏa Mỹ, huyện Mẫu", TODAY)
    assert (found.unit, found.match.name) == ("99001@", "other_marks")


def test_the_type_of_the_district_tells_two_of_one_name_apart(made: Lookup) -> None:
    assert ids(made.find("Hòa Mỹ, huyện Mẫu", TODAY)) == ["99001@"]
    assert ids(made.find("Hòa Mỹ, TX. Mẫu", TODAY)) == ["99002@"]


@pytest.mark.parametrize("query", ["Phường 1, Quận 3", "P.01, Q.03", "P1 Q3", "phuong 01 quan 3"])
def test_numerals_match_with_and_without_zero(made: Lookup, query: str) -> None:
    assert ids(made.find(query, TODAY)) == ["99004@"]


def test_a_bare_number_is_no_ward(made: Lookup) -> None:
    assert made.find("1, quận 3", TODAY)[0].unit == "993@"


@pytest.mark.parametrize("query", ["TT Nông trường Ví Dụ", "thị trấn NT Ví Dụ", "tt n.t. vi du"])
def test_a_farm_is_found_by_its_word_and_by_its_abbreviation(made: Lookup, query: str) -> None:
    assert ids(made.find(query, TODAY)) == ["99005@"]


def test_apostrophes_hyphens_and_spaces_do_not_matter(made: Lookup) -> None:
    for query in ("Ea H’Mẫu", "Ea HMẫu", "EaH'Mẫu", "ea h mau"):
        assert ids(made.find(query, TODAY)) == ["99006@"]
    for query in ("An Phong-Bến Tre", "An Phong Bến Tre", "an phong – ben tre"):
        assert ids(made.find(query, TODAY)) == ["99008@"]


def test_a_name_that_begins_with_a_type_is_found(made: Lookup) -> None:
    for query in ("phường Phường Mới", "Phường Mới, quận 3"):
        assert ids(made.find(query, TODAY)) == ["99007@"]


def test_a_former_district_still_helps_to_find_a_new_unit() -> None:
    end = FIRST - DAY
    rows = [
        unit("99", "Ví Dụ", "tỉnh"),
        unit("991", "Mẫu", "huyện", parent="99", valid_to=end),
        unit("992", "Khác", "huyện", parent="99", valid_to=end),
        unit("99001", "An Bình", parent="991", valid_to=end),
        unit("99002", "Bình Minh", parent="992", valid_to=end),
        unit("99001", "Thống Nhất", parent="99", valid_from=FIRST),
        unit("99002", "Thống Nhất", parent="99", valid_from=FIRST),
    ]
    lookup = Lookup(
        registry(
            rows,
            wave(
                [
                    (f"{code}@{FIRST}", [(f"{code}@", "whole", "whole")])
                    for code in ("99001", "99002")
                ]
            ),
        )
    )
    (found,) = lookup.find("xã Thống Nhất, huyện Mẫu", TODAY)
    assert (found.unit, found.match.district) == (f"99001@{FIRST}", "former")


def test_a_lookup_crosses_two_waves(made: Lookup) -> None:
    for day, now in (
        (FIRST - DAY, "99001@"),
        (FIRST, f"99001@{FIRST}"),
        (SECOND, f"99001@{SECOND}"),
    ):
        (found,) = [each for each in made.find("Hòa Mỹ, huyện Mẫu", day) if each.unit == "99001@"]
        assert found.now == (now,)
    ward = next(each for each in made.find("phường Hòa Mỹ", SECOND))
    assert [each.unit for each in ward.before.passages] == [f"99001@{FIRST}", "99001@", "99005@"]


def test_before_a_unit_exists_its_predecessors_of_that_day_are_given(real: Lookup) -> None:
    _, present = real.find("xã Kiên Mộc", FIRST - DAY)
    assert present.after.state == "not_yet"
    assert {each.unit for each in present.before.passages} >= {"06622@", "06625@"}


def test_the_json_has_the_agreed_shape(real: Lookup) -> None:
    answer = real.as_json("Bính Xá", TODAY, real.find("Bính Xá", TODAY))
    (candidate,) = answer["candidates"]
    assert candidate["unit"] == {
        "id": "06622@",
        "code": "06622",
        "type": "xã",
        "name": "Bính Xá",
        "district": "Huyện Đình Lập",
        "province": "Tỉnh Lạng Sơn",
        "valid_from": None,
        "valid_to": "2025-06-30",
    }
    part, rest = candidate["successors"]
    assert (part["unit"]["name"], part["area"], part["population"]) == ("Đình Lập", "part", "part")
    assert (rest["unit"]["name"], rest["area"], rest["population"]) == ("Kiên Mộc", "rest", "rest")
    assert rest["path"] == [
        {
            "resolution": "1672/NQ-UBTVQH15",
            "clause": 43,
            "adopted": "2025-06-16",
            "operational_from": "2025-07-01",
        }
    ]
    assert candidate["predecessors"] == []


@pytest.mark.parametrize("query", ["", " ,;. ", "xã", "🙂", "\x00", "không có nơi nào như thế"])
def test_what_names_nothing_gives_no_candidate(real: Lookup, query: str) -> None:
    assert real.find(query, TODAY) == []


@given(st.text(max_size=300))
def test_no_text_breaks_a_lookup(made: Lookup, query: str) -> None:
    made.find(query, TODAY)


def test_a_huge_text_is_cut(made: Lookup) -> None:
    assert made.find("Hòa Mỹ " * 100_000, TODAY)


def test_every_unit_is_found_by_its_own_full_address(real: Lookup) -> None:
    units = [each for each in real.registry.units.values() if each.level == "commune"]
    for each in units:
        above = (real.registry.district(each), real.registry.province(each))
        address = ", ".join([each.full_name, *(one.full_name for one in above if one)])
        assert each.id in ids(real.find(address, TODAY)), address
