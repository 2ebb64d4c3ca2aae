"""``registry init``: from an empty folder to a registry that checks."""

from pathlib import Path

from typer.testing import CliRunner

from builder.cli import app
from builder.models import MODELS


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def test_a_new_registry_has_a_folder_and_a_schema_for_every_kind(tmp_path: Path) -> None:
    folder = tmp_path / "tinh-vi-du"
    assert run("init", str(folder)).exit_code == 0
    for kind in MODELS:
        assert (folder / "registry" / kind).is_dir()
        assert (folder / "schemas" / f"{kind}.schema.json").is_file()


def test_a_new_registry_passes_its_own_check(tmp_path: Path) -> None:
    run("init", str(tmp_path / "moi"))
    result = run("--root", str(tmp_path / "moi"), "check")
    assert result.exit_code == 0, result.output
    assert "0 records" in result.stdout


def test_an_existing_registry_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    result = run("init", str(tmp_path))
    assert result.exit_code == 2
    assert list(tmp_path.rglob("*")) == [tmp_path / "registry"]


def test_files_that_stand_in_the_way_are_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    result = run("init", str(tmp_path))
    assert result.exit_code == 2
    assert "README.md" in result.stderr
    assert (tmp_path / "README.md").read_text() == "mine"
