"""``registry fmt``: files in one form, their words untouched."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.registries import DOCUMENT, write

LOOSE = DOCUMENT.replace("title: K", "title:   K").replace("2025-07-02, eff", "2025-07-02,eff")
PATH = "documents/vi-du/an-binh/ke-hoach-thu"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, {PATH: LOOSE})


def fmt(root: Path, *arguments: str):
    return CliRunner().invoke(app, ["--root", str(root), "fmt", *arguments])


def text(root: Path) -> str:
    return (root / "registry" / f"{PATH}.yaml").read_text(encoding="utf-8")


def test_only_the_file_that_is_not_formatted_is_written(root: Path) -> None:
    others = {p: p.stat().st_mtime_ns for p in root.rglob("*.yaml") if p.stem != "ke-hoach-thu"}
    result = fmt(root)
    assert result.exit_code == 0, result.output
    assert text(root) == DOCUMENT
    assert {p: p.stat().st_mtime_ns for p in others} == others


def test_check_names_file_and_line_and_writes_nothing(root: Path) -> None:
    result = fmt(root, "--check", "--diff")
    assert result.exit_code == 1
    assert f"registry/{PATH}.yaml:5:1: error [format]" in result.stdout
    assert "+title: Kế hoạch thử" in result.stdout
    assert text(root) == LOOSE


def test_after_formatting_check_is_content(root: Path) -> None:
    fmt(root)
    assert fmt(root, "--check").exit_code == 0


def test_only_the_paths_given_are_formatted(root: Path) -> None:
    assert fmt(root, str(root / "registry" / "bodies")).exit_code == 0
    assert text(root) == LOOSE
    assert fmt(root, str(root / "registry" / f"{PATH}.yaml")).exit_code == 0
    assert text(root) == DOCUMENT


def test_a_file_that_is_no_yaml_is_named_and_left(root: Path) -> None:
    path = root / "registry" / f"{PATH}.yaml"
    path.write_text("title: [a\n", encoding="utf-8")
    result = fmt(root)
    assert result.exit_code == 1
    assert f"registry/{PATH}.yaml:" in result.stderr
    assert path.read_text(encoding="utf-8") == "title: [a\n"


def test_a_path_outside_the_registry_is_refused(root: Path, tmp_path_factory) -> None:
    result = fmt(root, str(tmp_path_factory.mktemp("other")))
    assert result.exit_code == 2
    assert "not in the registry" in result.stderr


def test_a_byte_order_mark_is_taken_off(root: Path) -> None:
    fmt(root)
    path = root / "registry" / f"{PATH}.yaml"
    clean = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + clean)
    assert f"{PATH}.yaml:1:1: error [format]" in fmt(root, "--check").stdout
    assert fmt(root).exit_code == 0
    assert path.read_bytes() == clean
