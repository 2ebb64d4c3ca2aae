"""Nearly right is understood, or answered with what may be meant."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder import cli
from tests.registries import write

PLAN = "documents/vi-du/an-binh/ke-hoach-thu"
NEW = (
    "new", "document", "--title", "Quyết định về việc phân công", "--type", "QĐ",
    "--stage", "adopted", "--access", "public", "--source", "press=Báo Ví Dụ", "--dry-run",
)  # fmt: skip


def run(root: Path, *arguments: str):
    return CliRunner().invoke(cli.app, ["--root", str(root), *arguments])


@pytest.mark.parametrize("command", ["show", "edit", "fmt"])
def test_a_record_is_known_by_its_file_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    root = write(tmp_path)
    options = ("--set", "title=Kế hoạch", "--dry-run") if command == "edit" else ()
    monkeypatch.chdir(root / "registry" / "documents" / "vi-du")
    for said in (
        PLAN,
        "an-binh/ke-hoach-thu.yaml",
        str(root / f"registry/{PLAN}.yaml"),
        f"{PLAN}/",
    ):
        assert run(root, command, said, *options).exit_code == 0, said


@pytest.mark.parametrize(
    "arguments",
    [("show", f"{PLAN}x"), ("edit", f"{PLAN}x", "--set", "title=a"), ("fmt", f"{PLAN}x")],
)
def test_a_record_that_is_spelt_nearly_so_is_named(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run(write(tmp_path), *arguments)
    assert result.exit_code == 2
    assert f"{PLAN}" in result.stderr.partition("did you mean ")[2]


@pytest.mark.parametrize("body", ["UBND xã An Bình", "uy ban nhan dan xa an binh"])
def test_a_body_is_known_by_its_name(tmp_path: Path, body: str) -> None:
    root = write(tmp_path)
    assert "issuer: bodies/vi-du/an-binh/ubnd" in run(root, *NEW, "--body", body).stdout
    assert "01/QĐ-UBND" in run(root, "next-number", body, "QĐ").stdout


def test_a_body_that_is_none_is_refused_with_what_may_be_meant(tmp_path: Path) -> None:
    root = write(tmp_path)
    for arguments in ((*NEW, "--body", "vi-du/an-binh/ubn"), ("next-number", "vi-du/ubnd", "QĐ")):
        result = run(root, *arguments)
        assert result.exit_code == 2
        assert "did you mean bodies/vi-du/an-binh/ubnd?" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("lookup", "xã An Bìnhh"),
        ("applicable", "xã An Bìnhh"),
        ("new", "body", "--title", "A", "--type", "ubnd", "--unit", "xã An Bìnhh",
         "--access", "public", "--source", "press=a"),
    ],
)  # fmt: skip
def test_a_unit_that_is_spelt_nearly_so_is_named(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run(write(tmp_path), *arguments)
    assert result.exit_code in (1, 2)
    assert "An Bình" in result.stderr.partition("did you mean ")[2]


@pytest.mark.parametrize(
    ("facet", "value"), [("type", "QDD"), ("unit", "xã An Bin"), ("year", "20x")]
)
def test_a_filter_that_no_record_has_is_said_to_be_so(
    tmp_path: Path, facet: str, value: str
) -> None:
    root = write(tmp_path)
    assert f"no record has the {facet} '{value}'" in run(
        root, "search", "a", f"--{facet}", value
    ).stderr  # fmt: skip
    assert "no record has" not in run(root, "search", "a", "--type", "kế hoạch").stderr


def test_a_kind_that_is_spelt_nearly_so_is_named(tmp_path: Path) -> None:
    result = run(write(tmp_path), "search", "a", "--kind", "document")
    assert result.exit_code == 2
    assert "did you mean documents?" in result.stderr


def test_an_id_of_another_kind_is_refused(tmp_path: Path) -> None:
    result = run(write(tmp_path), *NEW, "--body", "vi-du/an-binh/ubnd", "--id", "meetings/vi-du/x")
    assert result.exit_code == 2
    assert "begin it with documents/" in result.stderr


def test_no_name_of_a_folder_makes_no_registry_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli.app, ["init", ""]).exit_code == 2
    assert not list(tmp_path.iterdir())
