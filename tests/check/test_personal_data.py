"""Personal data that a registry must not hold: found by form, allowed for an office, unquoted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from builder.cli import app
from builder.derive.personal_data import may_hold, personal_in
from tests.registries import DOCUMENT, write

ID = "documents/vi-du/an-binh/ke-hoach-thu"
PERSONAL = [
    ("Gọi 0912 345 678", "a telephone number"),
    ("Gọi 0912345678.", "a telephone number"),
    ("ĐT: (0205) 3812.345", "a telephone number"),
    ("+84 912345678", "a telephone number"),
    ("CMND số 012345678", "the number of a citizen"),
    ("CCCD: 020085001234", "the number of a citizen"),
    ("020 085 001 234", "the number of a citizen"),
    ("0200-8500-1234", "the number of a citizen"),
    ("tài khoản số 1020 1234 5678", "a bank account"),
    ("STK 123456789012", "a bank account"),
    ("nguyen.van.a@thu.example", "a private mail address"),
]
HARMLESS = [
    "kinh phí 150.000.000 đồng", "diện tích 0,123 km2, dân số 12.345 người", "ngày 01/07/2025",
    "từ 2025-07-01 đến 2026-07-01", "1672/NQ-UBTVQH15", "06625@2025-07-01", "đường dây 1900 1234",
    "Khoản 12 Điều 1", "vanphong@langson.gov.vn", "001.234.567 đồng",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), PERSONAL)
def test_a_value_of_a_person_is_known_by_its_form(text: str, kind: str) -> None:
    assert [one.kind for one in personal_in(text)] == [kind]


@pytest.mark.parametrize("text", HARMLESS)
def test_amounts_dates_numbers_and_codes_are_nobodys(text: str) -> None:
    assert personal_in(text) == []


@given(st.text(max_size=30), st.sampled_from(PERSONAL), st.text(max_size=30))
def test_a_text_that_holds_a_value_is_never_passed_over(
    before: str, case: tuple[str, str], after: str
) -> None:
    assert may_hold(f"{before} {case[0]} {after}")


@given(st.text(alphabet="0123456789 +-.()@aktàiốsđ\n", max_size=200))
def test_values_do_not_overlap_and_stand_in_order(text: str) -> None:
    starts = [one.start for one in personal_in(text)]
    assert starts == sorted(set(starts))


def checked(root: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--root", str(root), "check"])
    return result.exit_code, result.stdout


@pytest.mark.parametrize("text", [text for text, _ in PERSONAL])
@pytest.mark.parametrize("access", ["public", "internal"])
def test_a_record_that_holds_one_is_refused_at_its_line_without_the_value(
    tmp_path: Path, text: str, access: str
) -> None:
    head = DOCUMENT.replace("access: public", f"access: {access}")
    write(tmp_path, {ID: f'{head}summary: "{text}"\n'})
    code, said = checked(tmp_path)
    assert code == 1
    assert f"{ID}.yaml:12:1: error [personal-data]" in said
    assert text not in said


def test_a_text_beside_a_record_is_looked_at_too(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "registry" / f"{ID}.txt").write_text("Điều 1.\nGọi 0912 345 678\n", "utf-8")
    for _ in range(2):  # what was seen is kept
        code, said = checked(tmp_path)
        assert code == 1
        assert f"{ID}.txt:2:5: error [personal-data]" in said
        assert "0912" not in said


@pytest.mark.parametrize("written", ["0205 3812345", "(0205) 3812.345", "+84 205 3812 345"])
def test_what_an_office_publishes_is_allowed_in_any_spelling(tmp_path: Path, written: str) -> None:
    text = f'{DOCUMENT}summary: "Gọi {written}"\noffice_contacts: ["0205.3812.345"]\n'
    write(tmp_path, {ID: text})
    (tmp_path / "registry" / f"{ID}.txt").write_text(f"Điều 1. Gọi {written}\n", "utf-8")
    assert checked(tmp_path)[0] == 0


def test_a_number_that_is_allowed_does_not_allow_another(tmp_path: Path) -> None:
    text = f'{DOCUMENT}summary: "Gọi 0912 345 678"\noffice_contacts: ["0205.3812.345"]\n'
    write(tmp_path, {ID: text})
    assert checked(tmp_path)[0] == 1


def test_the_address_of_a_source_is_no_persons_number(tmp_path: Path) -> None:
    source = "kind: dataset, url: 'https://bao.example/tin-020085001234.html',"
    write(tmp_path, {ID: DOCUMENT.replace("kind: dataset,", source)})
    assert checked(tmp_path)[0] == 0
