"""What a command tells of long work, away from a terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from builder import progress
from builder.cli import app
from builder.progress import now_and_then
from tests.conftest import ROOT

VI_DU = ROOT / "tests/fixtures/vi-du"


class Clock:
    """Seconds, as the test sets them."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_work_of_less_than_five_seconds_says_nothing() -> None:
    told: list[str] = []
    clock = Clock()
    say = now_and_then(told.append, clock)
    say("begins")
    clock.now += 4.9
    say("ends")
    assert told == []


def test_long_work_says_a_line_at_most_every_five_seconds() -> None:
    told: list[str] = []
    clock = Clock()
    say = now_and_then(told.append, clock)
    for _ in range(24):
        clock.now += 0.5
        say(f"{clock.now:.1f}")
    assert told == ["105.0", "110.0"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["--root", str(VI_DU), *arguments])


@pytest.mark.parametrize(
    ("arguments", "tells"),
    [
        (["check", "--no-cache"], "reading records: 0 of "),
        (["check", "--no-cache"], "checking: "),
        (["search", "quy chế", "--json"], "making the search index: 0 of "),
        (["lookup", "An Bình", "--json"], "reading records: 0 of "),
        (["applicable", "90101@2025-07-01", "--json"], "reading records: 0 of "),
        (["export", "mergers"], "reading records: 0 of "),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else value.split()[0],
)
def test_a_command_tells_on_standard_error_how_far_it_is(
    arguments: list[str], tells: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(progress, "QUIET", 0.0)
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path))
    result = run(*arguments)
    assert tells in result.stderr
    assert tells not in result.stdout


def test_progress_leaves_the_json_of_a_command_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "QUIET", 0.0)
    result = run("check", "--format", "json")
    assert json.loads(result.stdout)["records"] > 0


def test_a_build_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(progress, "QUIET", 0.0)
    result = run("build", "--no-search", "--out", str(tmp_path / "site"))
    assert result.exit_code == 0
    assert "reading records: 0 of " in result.stderr
    assert "stamping pages: 0 of " in result.stderr
