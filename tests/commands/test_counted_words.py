"""One of a thing is said without a plural."""

from pathlib import Path

from typer.testing import CliRunner

from builder import cli
from tests.registries import DOCUMENT, HEAD, write

PLAN = "documents/vi-du/an-binh/ke-hoach-thu"


def run(root: Path, *arguments: str):
    return CliRunner().invoke(cli.app, ["--root", str(root), *arguments])


def test_one_error_and_one_warning_are_counted_in_the_singular(tmp_path: Path) -> None:
    late = DOCUMENT.replace("signed: 2025-07-02", "signed: 2025-07-02, issued: 2025-07-01")
    root = write(tmp_path, {PLAN: late, "documents/vi-du/x": "- a\n"})
    assert "3 records, 5 units: 1 error, 1 warning\n" in run(root, "check").stderr


def test_one_unit_and_one_record_are_counted_in_the_singular(tmp_path: Path) -> None:
    units = HEAD + 'province: Tỉnh Ví Dụ\nunits: [{code: "99", type: tỉnh, name: Ví Dụ}]\n'
    others = dict.fromkeys(("bodies/vi-du/an-binh/ubnd", PLAN))
    root = write(tmp_path, {"units/vi-du": units, **others})
    assert "1 record, 1 unit: 0 errors, 0 warnings\n" in run(root, "check").stdout


def test_one_file_and_one_fault_are_counted_in_the_singular(tmp_path: Path) -> None:
    root = write(tmp_path)
    assert "1 file, 0 formatted" in run(root, "fmt", PLAN).stdout
    (root / f"registry/{PLAN}.yaml").write_text("- a\n", encoding="utf-8")
    assert "1 error; nothing was built" in run(root, "build").stderr
