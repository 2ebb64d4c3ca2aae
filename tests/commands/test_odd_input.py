"""What nobody means to type: one line that says what is wrong, never a traceback."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder import cli
from tests.registries import write

PLAN = "documents/vi-du/an-binh/ke-hoach-thu"
NEW = (
    "new", "document", "--title", "Quyết định về việc phân công", "--body", "vi-du/an-binh/ubnd",
    "--type", "QĐ", "--stage", "adopted", "--access", "public", "--source", "press=Báo Ví Dụ",
)  # fmt: skip


def apart(text: str) -> str:
    """The text as keyboards set to “Unicode tổ hợp” write it."""
    return unicodedata.normalize("NFD", text)


def run(root: Path, *arguments: str):
    return CliRunner().invoke(cli.app, ["--root", str(root), *arguments])


@pytest.mark.parametrize(
    "arguments",
    [
        ("edit", PLAN, "--set", "title=a\udcffb"),
        ("edit", PLAN, "--set", "title=Kế hoạch", "--correction", "a|b|\udcff"),
        (*NEW, "--set", "summary=\ud800"),
        ("show", PLAN, "--at", "\udcff"),
    ],
)
def test_bytes_that_are_no_text_are_wrong_usage(
    tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(sys, "argv", ["registry", "--root", str(write(tmp_path)), *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert "is no text in UTF-8\n  set the terminal to UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("sign", ["\x01", "\x7f", "\u2028", "\u202e", "\ufeff"])
def test_a_hidden_character_is_named_with_its_field_and_nothing_is_written(
    tmp_path: Path, sign: str
) -> None:
    root = write(tmp_path)
    before = (root / f"registry/{PLAN}.yaml").read_bytes()
    result = run(root, "edit", PLAN, "--set", f"title=Kế{sign}hoạch")
    assert result.exit_code != 0
    assert str(result.exception) == (
        f"title: the character U+{ord(sign):04X} is invisible or reorders text"
    )
    assert (root / f"registry/{PLAN}.yaml").read_bytes() == before


def test_letters_and_marks_that_were_typed_apart_are_written_together(tmp_path: Path) -> None:
    root = write(tmp_path)
    assert run(root, *map(apart, NEW)).exit_code == 0
    assert run(root, "edit", PLAN, "--set", apart("title=Kế hoạch số hai")).exit_code == 0
    for path in (root / "registry" / "documents").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path


def test_a_file_with_letters_apart_is_read_as_meant_and_named_until_it_is_formatted(
    tmp_path: Path,
) -> None:
    root = write(tmp_path)
    file = root / f"registry/{PLAN}.yaml"
    composed = file.read_text(encoding="utf-8").replace("type: KH", "type: QĐ")
    file.write_text(apart(composed.replace("01/KH", "01/QĐ")), encoding="utf-8")
    for _ in range(2):  # a cached reading says it again
        result = run(root, "check")
        assert result.exit_code == 0, result.output
        assert f"registry/{PLAN}.yaml:2:1: warning [normal-form]" in result.stdout
        assert f"run 'registry fmt registry/{PLAN}.yaml'" in result.stdout
    assert f"registry/{PLAN}.yaml:2:1: error [format]" in run(root, "fmt", "--check").stdout
    assert run(root, "fmt").exit_code == 0
    assert file.read_text(encoding="utf-8") == composed.replace("01/KH", "01/QĐ")
    assert "0 warnings" in run(root, "check").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("lookup", "--batch", "/dev/zero"),
        ("lookup", "--batch", "."),
        ("ingest", "units", "--before", "/dev/zero", "--after", "/dev/zero"),
        ("ingest", "resolution", "/dev/zero"),
        ("ingest", "docx", "/dev/zero"),
        ("audit", "--checkpoint", "/dev/zero"),
    ],
)
def test_a_file_without_end_is_refused_and_not_read_for_ever(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run(write(tmp_path), *arguments)
    assert result.exit_code != 0
    said = f"{result.output}{result.exception}"
    assert "larger than" in said or "is no plain file" in said


@pytest.mark.parametrize("kind", ["docx", "pdf", "edxml", "resolution"])
def test_a_pipe_among_the_files_is_refused_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    os.mkfifo(tmp_path / "a")
    result = run(write(tmp_path), "ingest", kind, str(tmp_path / "a"))
    assert result.exit_code == 1
    assert "is no plain file" in result.stdout


def test_control_characters_of_a_file_never_reach_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    (tmp_path / "a.csv").write_text("a\x1b[31m,b\n", encoding="utf-8")
    arguments = ["lookup", "--batch", str(tmp_path / "a.csv")]
    monkeypatch.setattr(sys, "argv", ["registry", "--root", str(write(tmp_path)), *arguments])
    with pytest.raises(SystemExit):
        cli.main()
    assert "one of a [31m, b" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named_once(tmp_path: Path) -> None:
    for kind, file in (("docx", "a.docx"), ("resolution", "a.md")):
        result = run(write(tmp_path), "ingest", kind, file)
        assert result.exit_code == 1
        assert result.stdout.splitlines()[0].count(file) == 1, result.stdout


def test_a_number_typed_loosely_is_written_as_it_is_stored(tmp_path: Path) -> None:
    result = run(write(tmp_path), *NEW, "--number", "số 7 / qd – ubnd", "--dry-run")
    assert 'number: "07/QĐ-UBND"' in result.stdout


def test_a_type_is_known_by_its_name_and_a_day_as_documents_write_it(tmp_path: Path) -> None:
    arguments = ["quyet dinh" if word == "QĐ" else word for word in NEW]
    text = run(write(tmp_path), *arguments, "--date", "3/7/2025", "--dry-run").stdout
    assert "type: QĐ\n" in text
    assert "signed: 2025-07-03\n" in text


def test_a_day_that_is_none_is_refused_in_either_form(tmp_path: Path) -> None:
    for said in ("31/6/2025", "2025-06-31", "7-3-2025"):
        result = run(write(tmp_path), *NEW, "--date", said)
        assert result.exit_code == 2
        assert f"--date: '{said}' is no day: write YYYY-MM-DD or D/M/YYYY" in result.output


@pytest.mark.parametrize("folder", ["../../x", "/etc", "Đông Kinh", ""])
@pytest.mark.parametrize("kind", ["docx", "edxml"])
def test_a_folder_of_drafts_that_is_none_is_wrong_usage(
    tmp_path: Path, kind: str, folder: str
) -> None:
    result = run(write(tmp_path), "ingest", kind, "x", "--into", folder)
    assert result.exit_code == 2
    assert "is no folder of records\n  write PROVINCE/UNIT" in result.output


def test_output_that_finds_no_room_ends_with_one_line(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "builder", "--root", str(write(tmp_path)), "show", PLAN],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "error: No space left on device\n  make room or permission for it\n"


def test_a_linked_folder_of_records_is_named_with_where_it_leads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "here")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "registry").symlink_to(root / "registry")
    monkeypatch.chdir(tmp_path / "there")
    error = CliRunner().invoke(cli.app, ["check"]).exception
    assert "is a link, and links are not followed" in str(error)
    assert error.hint == f"give --root {root}"


def test_the_folder_of_records_given_for_the_root_is_answered_with_the_root(tmp_path: Path) -> None:
    root = write(tmp_path)
    assert run(root / "registry", "check").exception.hint == f"give --root {root}"
