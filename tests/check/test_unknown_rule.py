"""What is known is not said to be unknown, and `registry edit` takes the entry out by its name."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.registries import DOCUMENT, write

PLAN = "documents/vi-du/an-binh/ke-hoach-thu"


def run(root: Path, *arguments: str):
    return CliRunner().invoke(app, ["--root", str(root), *arguments])


def with_unknown(field: str) -> str:
    return DOCUMENT + f"unknown:\n  - field: {field}\n    why: Nguồn không nêu.\n"


@pytest.mark.parametrize("field", ["dates.effective", "number"])
def test_a_given_number_or_date_that_is_listed_as_unknown_is_warned_of_with_the_way_out(
    tmp_path: Path, field: str
) -> None:
    root = write(tmp_path, {PLAN: with_unknown(field)})
    said = run(root, "check").stdout
    assert f"warning [unknown-given] {field} is given, and listed as unknown" in said
    assert f"run 'registry edit {PLAN} --unset unknown.{field}'" in said
    assert run(root, "edit", PLAN, "--unset", f"unknown.{field}").exit_code == 0
    assert "0 warnings" in run(root, "check").stdout


@pytest.mark.parametrize("field", ["dates.issued", "signers", "title", "dates"])
def test_what_is_not_given_or_known_in_part_may_be_listed(tmp_path: Path, field: str) -> None:
    root = write(tmp_path, {PLAN: with_unknown(field)})
    assert "unknown-given" not in run(root, "check").stdout


def test_an_item_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    root = write(tmp_path, {PLAN: with_unknown("dates.issued")})
    error = run(root, "edit", PLAN, "--unset", "unknown.dates.signed").exception
    assert str(error) == "unknown.dates.signed: there is no item dates.signed"
    assert error.hint == "there is dates.issued"


def test_of_a_field_that_is_a_word_or_a_record_only_what_was_meant_is_told(
    tmp_path: Path,
) -> None:
    result = run(
        write(tmp_path), "edit", PLAN, "--set", "verified={by: A, on: 2025-08-01}"
    )  # fmt: skip
    assert result.stderr.count("[schema]") == 1
    assert "the field 'against' is missing" in result.stderr
