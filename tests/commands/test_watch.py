"""``registry check --watch``: the check again whenever a file changes."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from builder.cli import app
from builder.commands import watch
from tests.registries import write

PATH = "registry/documents/vi-du/an-binh/ke-hoach-thu.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path)


def watched(root: Path, monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]):
    """Runs the command; at each look the next step happens, after the last comes Ctrl-C."""
    todo = iter(steps)

    def wait(_: float) -> None:
        step = next(todo, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr(watch.time, "sleep", wait)
    return CliRunner().invoke(app, ["--root", str(root), "check", "--watch"])


def test_it_checks_at_once_and_ends_quietly_with_ctrl_c(root, monkeypatch) -> None:
    result = watched(root, monkeypatch)
    assert result.exit_code == 0
    assert result.stdout.count("3 records") == 1
    assert "Ctrl-C ends" in result.stderr


def test_a_changed_file_is_checked_and_what_did_not_change_is_not(root, monkeypatch) -> None:
    path = root / PATH
    sound = path.read_text(encoding="utf-8")
    result = watched(
        root, monkeypatch,
        lambda: None,
        lambda: path.write_text(sound.replace("stage: adopted", "stage: x"), encoding="utf-8"),
        lambda: None,
        lambda: path.write_text(sound, encoding="utf-8"),
    )  # fmt: skip
    assert result.stdout.count("3 records") == 2
    assert "none of the values allowed" in result.stdout
    assert result.output.count("2 records") == 1


def test_a_file_that_came_or_went_counts_as_a_change(root: Path) -> None:
    states = watch.states(root / "registry", lambda: None)
    assert next(states) == 0
    (root / PATH).unlink()
    assert next(states) == 1
    (root / PATH).touch()
    assert next(states) == 2


def test_the_hooks_of_pre_commit_run_commands_that_exist(root: Path) -> None:
    hooks = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
    assert {hook["id"] for hook in hooks} == {"registry-check", "registry-fmt"}
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "registry"
        result = CliRunner().invoke(app, ["--root", str(root), *arguments])
        assert result.exit_code == 0, result.output
