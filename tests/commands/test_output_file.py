"""Where output goes: files that are named, devices, pipes, and nowhere at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder import cli
from tests.registries import write

TABLES = (("export", "mergers"), ("lookup", "--batch", "a.csv"))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("place\nAn Bình\n", encoding="utf-8")
    return write(tmp_path)


def run(root: Path, *arguments: str):
    return CliRunner().invoke(cli.app, ["--root", str(root), *arguments])


@pytest.mark.parametrize("command", TABLES)
def test_a_link_stays_and_what_it_leads_to_is_renewed(root: Path, command: tuple[str, ...]) -> None:
    Path("kept.csv").write_text("stale", encoding="utf-8")
    Path("link.csv").symlink_to("kept.csv")
    assert run(root, *command, "-o", "link.csv").exit_code == 0
    assert Path("link.csv").is_symlink()
    assert "stale" not in Path("kept.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", TABLES)
def test_a_pipe_is_written_into_and_stays_a_pipe(root: Path, command: tuple[str, ...]) -> None:
    os.mkfifo("pipe.csv")
    with subprocess.Popen(["cat", "pipe.csv"], stdout=subprocess.PIPE, text=True) as reader:
        assert run(root, *command, "-o", "pipe.csv").exit_code == 0
        assert reader.stdout is not None
        assert "," in reader.stdout.read()
    assert Path("pipe.csv").is_fifo()


@pytest.mark.parametrize("command", TABLES)
@pytest.mark.parametrize("name", ["", "registry", "nowhere/a.csv"])
def test_what_is_no_file_to_write_is_wrong_usage(
    root: Path, command: tuple[str, ...], name: str
) -> None:
    result = run(root, *command, "-o", name)
    assert "give the path of a file that can be written" in str(vars(result.exception))


def test_a_standard_output_that_is_closed_is_no_traceback(root: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" "$@" >&-', sys.executable, "-m", "builder", "rules"],
        stderr=subprocess.PIPE, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, cwd=root,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
