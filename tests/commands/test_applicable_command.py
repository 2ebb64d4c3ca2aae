"""``registry applicable`` and ``registry next-number`` as people and programs use them."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from builder.cli import app
from builder.findings import RegistryError
from tests.registries import UNITS, write

MARKET = "resolutions/vi-du/an-binh-cu/2023/01-2023-nq-hdnd"


@pytest.fixture
def province(root: Path) -> Path:
    return root / "tests" / "fixtures" / "vi-du"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), *arguments])


def test_a_name_without_marks_gives_the_documents_as_json(province: Path) -> None:
    result = run(province, "applicable", "binh minh", "--on", "2025-08-15", "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert (answer["unit"], answer["on"]) == ("99002@", "2025-08-15")
    inherited = [item["id"] for item in answer["items"] if item["inherited"]]
    assert inherited == [
        "resolutions/vi-du/binh-minh-cu/2023/02-2023-nq-hdnd",
        "documents/vi-du/huyen-mau/2023/30-2023-qd-ubnd",
    ]


def test_the_text_names_state_scope_and_every_reason(province: Path) -> None:
    result = run(province, "applicable", "99001@2025-07-01", "--on", "2025-08-15")
    part = result.stdout.split(MARKET)[1].split("\n\n")[0]
    assert "Còn hiệu lực; inherited; only xã An Bình (cũ)" in part
    assert "(khoản 1 Điều 1 Nghị quyết 9999/NQ-UBTVQH15). [event]" in part
    assert "(Luật Ví Dụ, Điều 1). [continuity]" in part


def test_an_ambiguous_name_lists_the_candidates_and_answers_nothing(province: Path) -> None:
    result = run(province, "applicable", "An Bình")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "99001@2025-07-01  xã An Bình (Tỉnh Ví Dụ)" in result.stderr
    assert "99001@  xã An Bình (Huyện Mẫu, Tỉnh Ví Dụ)" in result.stderr


def test_a_code_alone_is_no_identity_and_its_candidates_are_json_on_request(
    province: Path,
) -> None:
    result = run(province, "applicable", "99001", "--json")
    assert result.exit_code == 2
    answer = json.loads(result.stdout)
    assert [each["id"] for each in answer["candidates"]] == ["99001@", "99001@2025-07-01"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Không Có"], "no unit is known as 'Không Có'"),
        (["binh minh", "--on", "31/6/2025"], "'31/6/2025' is no day"),
    ],
)
def test_what_cannot_be_answered_is_one_clean_line(
    province: Path, arguments: list[str], message: str
) -> None:
    result = run(province, "applicable", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {message}")


def test_the_registry_of_lang_son_leaves_undetermined_what_no_source_dates(root: Path) -> None:
    result = run(root, "applicable", "xã Bính Xá", "--on", "2025-08-15", "--json")
    states = {item["number"]: item["state"] for item in json.loads(result.stdout)["items"]}
    assert states["1672/NQ-UBTVQH15"] == "in_force"
    assert states["245-KH/TU"] == "unknown"


# next-number


def test_the_next_number_is_a_proposal_for_each_series_the_body_may_use(province: Path) -> None:
    result = run(province, "next-number", "vi-du/an-binh/hdnd", "nq", "--year", "2025")
    administrative, normative = result.stdout.splitlines()
    made = "resolutions/vi-du/an-binh/2025"
    assert administrative == f"08/NQ-HĐND  proposal (administrative, 2025; after {made}/07-nq-hdnd)"
    assert normative == f"03/2025/NQ-HĐND  proposal (normative, 2025; after {made}/02-2025-nq-hdnd)"


def test_a_party_series_takes_the_term_of_the_body(province: Path) -> None:
    result = run(province, "next-number", "bodies/vi-du/an-binh/dang-uy", "QĐ", "--json")
    answer = json.loads(result.stdout)
    assert answer["proposal"] is True
    assert [n["number"] for n in answer["numbers"]] == ["02-QĐ/ĐU"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["vi-du/an-binh/hdn", "NQ"], "there is no body 'vi-du/an-binh/hdn'"),
        (["vi-du/an-binh/hdnd", "XYZ"], "there is no type 'XYZ'"),
        (["vi-du/an-binh/hdnd", "NQ", "--term", "2025-2030"], "a series of this body runs by year"),
        (["vi-du/an-binh/dang-uy", "QĐ", "--year", "2025"], "a series of the Party runs by term"),
        (["trung-uong/ubtvqh", "NQ", "--term", "x"], "a series of this body runs by year"),
    ],
)
def test_a_number_that_cannot_be_proposed_says_why(
    province: Path, arguments: list[str], message: str
) -> None:
    result = run(province, "next-number", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {message}")


def test_a_registry_with_a_broken_file_gives_no_answer_that_may_be_wrong(tmp_path: Path) -> None:
    write(tmp_path, {"documents/vi-du/an-binh/ke-hoach-thu": "access: [\n"})
    result = run(tmp_path, "applicable", "99002@")
    assert isinstance(result.exception, RegistryError)
    assert "ke-hoach-thu.yaml:" in str(result.exception)


def test_a_bare_name_that_a_town_shares_with_its_province_is_asked_about(tmp_path: Path) -> None:
    town = '  - {code: "992", type: thành phố, name: Ví Dụ, parent: "99", valid_to: 2025-06-30}\n'
    root = write(tmp_path, {"units/vi-du": UNITS + town})
    result = CliRunner().invoke(app, ["--root", str(root), "applicable", "ví dụ"])
    assert result.exit_code == 2
    assert "'ví dụ' may be 2 units" in result.stderr
    assert "992@" in result.stderr
    assert "99@" in result.stderr
