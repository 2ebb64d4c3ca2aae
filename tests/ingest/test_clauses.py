"""Clauses of a resolution: shares, references, kinds, numbers, and what stands around them."""

import datetime as dt

import pytest

from builder.ingest.resolution.grammar import Shares, shares_of
from builder.ingest.resolution.text import key
from tests.ingest.province import ALL, FOOT, HEAD, SOME, read, resolution, taken, whole


@pytest.mark.parametrize(
    ("formula", "area", "population"),
    [
        ("toàn bộ diện tích tự nhiên, quy mô dân số của", "whole", "whole"),
        ("toàn bộ diện tích tự nhiên và quy mô dân số của", "whole", "whole"),
        ("toàn bộ diện tích tự nhiên, toàn bộ quy mô dân số của", "whole", "whole"),
        ("một phần diện tích tự nhiên, quy mô dân số của", "part", "part"),
        ("một phần diện tích tự nhiên, toàn bộ quy mô dân số của", "part", "whole"),
        ("toàn bộ diện tích tự nhiên và một phần quy mô dân số của", "whole", "part"),
        ("một phần diện tích tự nhiên của", "part", "none"),
        ("toàn bộ diện tích tự nhiên của", "whole", "none"),
        ("một phần quy mô dân số của", "none", "part"),
        ("toàn bộ quy mô dân số của", "none", "whole"),
        ("phần quy mô dân số còn lại của", "none", "rest"),
        ("phần diện tích tự nhiên còn lại của", "rest", "none"),
        ("phần diện tích tự nhiên, quy mô dân số còn lại của", "rest", "rest"),
        ("diện tích tự nhiên, quy mô dân số còn lại của", "rest", "rest"),
        ("toàn bộ diện tích tự nhiên và phần quy mô dân số còn lại của", "whole", "rest"),
        ("một phần diện tích tự nhiên, quy mô dân số còn lại của", "part", "rest"),
        ("toàn bộ diện tích tự nhiên, quy mô dân số còn lại của", "rest", "rest"),
        ("phần còn lại của", "rest", "rest"),
        ("toàn bộ phần còn lại của", "rest", "rest"),
        ("phần còn lại diện tích tự nhiên, quy mô dân số của", "rest", "rest"),
    ],
)
def test_a_formula_gives_area_and_population_apart(
    formula: str, area: str, population: str
) -> None:
    assert shares_of(key(formula.removesuffix(" của"))) == Shares(area, population)
    text = resolution(
        f"Sắp xếp {ALL} xã An Bình, {formula} xã Bình Minh thành xã mới có tên gọi là xã An Bình."
    )
    assert taken(text)[1][:3] == ("99002", area, population)


def test_a_remainder_refers_to_the_clauses_that_took_the_parts() -> None:
    for words, numbers in (
        ("khoản 2 Điều này", (2,)),
        ("khoản2 Điều này", (2,)),
        ("khoản 2, khoản 3 Điều này", (2, 3)),
        ("khoản 2 và khoản 3 Điều này", (2, 3)),
        ("các khoản 2, 3, 4 Điều này", (2, 3, 4)),
        ("các khoản 2, 3 và 4 của Điều này", (2, 3, 4)),
        ("các khoản từ 2 đến 4 Điều này", (2, 3, 4)),
        ("các khoản 2, 3", (2, 3)),
    ):
        text = resolution(
            f"Sắp xếp {ALL} xã An Bình, phần còn lại của xã Bình Minh sau khi sắp xếp theo quy "
            f"định tại {words} và phần còn lại của xã Gò Đá sau khi sắp xếp theo quy định tại "
            "khoản 5 Điều này thành xã mới có tên gọi là xã An Bình."
        )
        assert taken(text) == [
            ("99001", "whole", "whole", ()),
            ("99002", "rest", "rest", numbers),
            ("99018", "rest", "rest", (5,)),
        ], words


def test_one_reference_closes_all_names_under_its_formula() -> None:
    text = resolution(
        "Sắp xếp phần còn lại của xã An Bình và phường Phường Cũ sau khi sắp xếp theo quy định "
        "tại khoản 2 Điều này, phần còn lại của các xã Bình Minh, Gò Đá sau khi sắp xếp theo quy "
        "định tại khoản 3 Điều này thành xã mới có tên gọi là xã An Bình."
    )
    assert [(code, after) for code, _, _, after in taken(text)] == [
        ("99001", (2,)), ("99011", (2,)), ("99002", (3,)), ("99018", (3,)),
    ]  # fmt: skip


def test_a_name_after_a_closed_reference_stands_under_the_first_formula() -> None:
    text = resolution(
        f"Sắp xếp {ALL} xã An Bình, phần còn lại của xã Bình Minh sau khi sắp xếp theo quy định "
        "tại khoản 2 Điều này và Phường 2 thành xã mới có tên gọi là xã An Bình."
    )
    assert taken(text)[2] == ("99009", "whole", "whole", ())


def test_a_second_name_under_a_part_that_no_clause_divides_goes_over_whole_and_is_told() -> None:
    text = resolution(
        f"Sắp xếp {ALL} xã An Bình và {SOME} xã Bình Minh và xã Gò Đá thành xã mới có tên gọi là "
        "xã An Bình.",
        f"Sắp xếp {ALL} xã Suối Lạnh và phần còn lại của xã Bình Minh sau khi sắp xếp theo quy "
        "định tại khoản 1 Điều này thành xã mới có tên gọi là xã Suối Lạnh 1.",
    )
    assert taken(text)[1:] == [("99002", "part", "part", ()), ("99018", "whole", "whole", ())]
    assert any("xã Gò Đá read as whole" in entry for entry in read(text).report.inferred)


def test_a_part_of_several_names_in_one_list_stays_a_part() -> None:
    text = resolution(
        f"Sắp xếp {ALL} xã An Bình và {SOME} các xã Bình Minh, Gò Đá thành xã mới có tên gọi là "
        "xã An Bình."
    )
    assert taken(text)[1:] == [("99002", "part", "part", ()), ("99018", "part", "part", ())]
    assert not read(text).report.fine


def test_a_unit_whose_area_and_people_go_apart_is_a_stated_exception() -> None:
    text = resolution(
        f"Sắp xếp {ALL} xã An Bình và toàn bộ diện tích tự nhiên của xã Bình Minh thành xã mới có "
        "tên gọi là xã An Bình.",
        f"Sắp xếp {ALL} xã Gò Đá và một phần quy mô dân số của xã Bình Minh thành xã mới có tên "
        "gọi là xã Gò Đá.",
        f"Sắp xếp {ALL} xã Suối Lạnh và phần quy mô dân số còn lại của xã Bình Minh sau khi sắp "
        "xếp theo quy định tại khoản 2 Điều này thành xã mới có tên gọi là xã Suối Lạnh 1.",
    )
    exceptions = read(text).record.split_exceptions
    assert [(each.unit, each.clauses) for each in exceptions] == [("99002@", (1, 2, 3))]


@pytest.mark.parametrize(
    ("clause", "kind", "source", "target"),
    [
        ("Đổi tên xã Suối Lạnh thành xã Suối Lạnh 1.", "rename", "99022", "99022"),
        (
            f"Sắp xếp {ALL} xã Suối Lạnh thành xã có tên gọi là xã Suối Lạnh 1.",
            "rename", "99022", "99022",
        ),
        (
            f"Thành lập đặc khu Hòn Xa trên cơ sở {ALL} huyện Hòn Xa.",
            "retype", "994", "99030",
        ),
        ("Thành lập đặc khu Hòn Xa trên cơ sở huyện Hòn Xa.", "retype", "994", "99030"),
        ("Chuyển huyện Hòn Xa thành đặc khu Hòn Xa.", "retype", "994", "99030"),
        (
            "Sắp xếp toàn bộ diện tích tự nhiên của huyện Hòn Xa thành đặc khu Hòn Xa.",
            "retype", "994", "99030",
        ),
        ("Tổ chức lại huyện Hòn Xa thành đặc khu Hòn Xa.", "retype", "994", "99030"),
        (whole("xã Gò Đá", "xã Gò Đá"), "unchanged", "99018", "99018"),
    ],
)  # fmt: skip
def test_a_clause_can_rename_retype_or_keep_a_unit(
    clause: str, kind: str, source: str, target: str
) -> None:
    event = read(resolution(clause)).record.events[0]
    assert event.kind == kind
    assert [s.unit for s in event.sources] == [f"{source}@"]
    assert event.target == f"{target}@2025-07-01"


@pytest.mark.parametrize(
    "words",
    [
        "thành xã mới có tên gọi là xã An Bình.",
        "thành xã mới có tên gọi là**xã An Bình**.",
        "thành xã mới có tên gọi **là xã An Bình**.",
        "thành xã mới có tên gọi là xã** **An\nBình.",
        "thànhxã mớicó têngọi làxã AnBình",
        "thành xã mới, lấy tên gọi là xã An Bình.",
        "thành xã có tên là xã An Bình.",
        "thành xã An Bình.",
    ],
)
def test_the_new_unit_is_found_behind_any_form_of_the_formula(words: str) -> None:
    record = read(resolution(f"Sắp xếp {ALL} xã Bình Minh và xã An Bình {words}")).record
    assert [event.target for event in record.events] == ["99001@2025-07-01"]


CLAUSES = (
    whole("xã An Bình và xã Bình Minh", "xã An Bình"),
    whole("xã Tân Lập 1 và xã Tân Lập 2", "xã Tân Lập"),
    whole("xã Suối Lạnh và xã K'Lang", "xã Suối Lạnh 1"),
    whole("xã Gò Đá và xã Đại Thành", "xã Gò Đá"),
)


@pytest.mark.parametrize(
    "join",
    [
        lambda parts: "\n\n".join(rf"{n}\. {each}" for n, each in parts),
        lambda parts: "\n\n".join(f"**{n}.** {each}" for n, each in parts),
        lambda parts: "\n\n".join(f"        {n}.{each}" for n, each in parts),
        lambda parts: "\n".join(f"{n}. {each}" for n, each in parts),
        lambda parts: " ".join(f"{n}. {each}" for n, each in parts),
        lambda parts: "\n\n".join(f"{n}) {each}" for n, each in parts),
        lambda parts: "\n\n".join(f"| {n}. {each} |" for n, each in parts),
        lambda parts: "\n\n".join(f"{n}. {each[:40]}\n\n{each[40:]}" for n, each in parts),
    ],
    ids=["escaped", "bold", "indented", "lines", "one paragraph", "bracket", "table", "broken"],
)
def test_clauses_are_found_by_their_numbers_however_they_are_set(join) -> None:
    text = HEAD + join(list(enumerate(CLAUSES, 1))) + "\n" + FOOT
    events = read(text).record.events
    assert [event.clause for event in events] == [1, 2, 3, 4]
    assert [len(event.sources) for event in events] == [2, 2, 2, 2]


def test_a_clause_that_lost_its_number_takes_the_one_that_is_due_and_is_told() -> None:
    parts = [f"{n}. {each}" if n != 3 else each for n, each in enumerate(CLAUSES, 1)]
    reading = read(HEAD + "\n\n".join(parts) + "\n" + FOOT)
    assert [event.clause for event in reading.record.events] == [1, 2, 3, 4]
    assert any("clause 3: its number was lost" in entry for entry in reading.report.inferred)


def test_a_number_at_the_end_of_a_name_is_no_number_of_a_clause() -> None:
    parts = [whole("xã Suối Lạnh và xã Gò Đá", "xã Suối Lạnh 1"), *CLAUSES[:2]]
    text = HEAD + " ".join([f"1. {parts[0]}", parts[1], f"3. {parts[2]}"]) + FOOT
    assert [event.clause for event in read(text).record.events] == [1, 2, 3]


CLOSING = "Sau khi sắp xếp, tỉnh Ví Dụ có 03 đơn vị hành chính cấp xã, gồm"


def test_the_closing_clause_gives_totals_and_units_that_stay() -> None:
    record = read(
        resolution(
            CLAUSES[0],
            CLAUSES[1],
            f"{CLOSING} 03 xã; trong đó có 02 xã hình thành sau sắp xếp quy định tại Điều này và "
            "01 xã không thực hiện sắp xếp là xã Gò Đá.",
        )
    ).record
    totals = record.totals
    assert (totals.clause, totals.units, totals.xa, totals.phuong, totals.unchanged) == (
        3, 3, 3, 0, 1,
    )  # fmt: skip
    kept = record.events[-1]
    assert (kept.clause, kept.kind, kept.target) == (3, "unchanged", "99018@2025-07-01")
    assert kept.digest == totals.digest


def test_units_that_stay_may_be_counted_without_their_types() -> None:
    reading = read(
        resolution(
            CLAUSES[0],
            f"{CLOSING} 03 xã; trong đó có 01 xã hình thành sau sắp xếp quy định tại Điều này và "
            "02 đơn vị hành chính cấp xã không thực hiện sắp xếp là xã Gò Đá, xã Đại Thành.",
        )
    )
    assert reading.record.totals.unchanged == 2
    kept = [event.target for event in reading.record.events if event.kind == "unchanged"]
    assert kept == ["99018@2025-07-01", "99007@2025-07-01"]


def test_a_clause_can_keep_units_on_its_own() -> None:
    record = read(resolution(CLAUSES[0], "Giữ nguyên các xã Gò Đá và Đại Thành.")).record
    assert [(event.clause, event.kind) for event in record.events] == [
        (1, "merge"), (2, "unchanged"), (2, "unchanged"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "xa", "phuong", "dac_khu"),
    [("02xã và 01phường", 2, 1, 0), ("01 xã, 01 phường, 01 đặc khu", 1, 1, 1), ("3 xã", 3, 0, 0)],
)
def test_totals_are_read_by_type(counts: str, xa: int, phuong: int, dac_khu: int) -> None:
    totals = read(resolution(CLAUSES[0], f"{CLOSING} {counts}.")).record.totals
    assert (totals.xa, totals.phuong, totals.dac_khu) == (xa, phuong, dac_khu)


def test_adoption_operation_and_number_come_from_the_text() -> None:
    reading = read(resolution(*CLAUSES))
    assert reading.path == "mergers/2025/9999-nq-ubtvqh15"
    assert reading.record.adopted == dt.date(2025, 6, 16)
    assert reading.record.operational_from == dt.date(2025, 7, 1)
    assert reading.record.resolution == "resolutions/trung-uong/2025/9999-nq-ubtvqh15"


def test_the_digest_is_the_same_for_two_conversions_of_one_clause() -> None:
    plain = read(resolution(*CLAUSES)).record
    damaged = read(
        resolution(*CLAUSES)
        .replace("xã An Bình", "**xã An\nBình**")
        .replace(" và ", "và ")
        .replace("1. S", "1\\. S")
    ).record
    assert [event.digest for event in plain.events] == [event.digest for event in damaged.events]


def test_the_digest_changes_with_a_word() -> None:
    one = read(resolution(whole("xã An Bình và xã Bình Minh", "xã An Bình"))).record
    other = read(resolution(whole("xã An Bình và xã Gò Đá", "xã An Bình"))).record
    assert one.events[0].digest != other.events[0].digest
