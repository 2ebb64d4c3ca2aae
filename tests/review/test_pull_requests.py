"""From a change to the published branch: workflows of forges and the hook of a plain server.

The commands are those of the workflow files; they run here in a clone of a bare repository.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from builder.cli import app
from tests.conftest import ROOT
from tests.history.conftest import DOCUMENT_ID, MERGER_ID, TEXT, Clone
from tests.registries import DOCUMENT

GITHUB = ROOT / ".github/workflows/check.yml"
GITLAB = ROOT / ".gitlab-ci.yml"
CORRECTION = (
    "corrections:\n  - {on: 2025-08-01, what: Sửa tên, why: Ghi nhầm, by: Biên tập, "
    "source: Bản chính}\n"
)
Change = Callable[[Clone], None]
NEW = "documents/vi-du/an-binh/ke-hoach-hai"


def _append(clone: Clone, text: str) -> None:
    path = clone.path(DOCUMENT_ID)
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def _rename(clone: Clone) -> None:
    clone.path(DOCUMENT_ID).rename(clone.path(NEW))
    clone.path(DOCUMENT_ID).with_suffix(".txt").rename(clone.path(NEW).with_suffix(".txt"))


def _link(clone: Clone) -> None:
    clone.path(NEW).symlink_to("/etc/passwd")


BAD: dict[str, tuple[Change, str]] = {
    "a deleted record": (lambda c: c.path(DOCUMENT_ID).unlink(), "kept-record"),
    "a renamed record": (_rename, "kept-record"),
    "another number": (
        lambda c: c.change(DOCUMENT_ID, "01/KH-UBND", "02/KH-UBND"), "kept-identity",
    ),
    "a title changed without a word": (
        lambda c: c.change(DOCUMENT_ID, "Kế hoạch thử", "Kế hoạch khác"), "uncorrected",
    ),
    "a date of a merger moved": (
        lambda c: c.change(MERGER_ID, "adopted: 2025-06-16", "adopted: 2025-06-17"), "uncorrected",
    ),
    "a rewritten text": (
        lambda c: c.put(f"registry/{DOCUMENT_ID}.txt", TEXT.replace("phạm vi", "vi phạm")),
        "kept-text",
    ),
    "a record that is hidden again": (
        lambda c: c.change(DOCUMENT_ID, "access: public", "access: internal"), "kept-public",
    ),
    "no YAML": (lambda c: c.put(NEW, "a: [1"), "yaml"),
    "a field that there is not": (lambda c: c.put(NEW, f"{DOCUMENT}colour: red\n"), "schema"),
    "a marking of secrecy": (lambda c: c.put(NEW, f"{DOCUMENT}summary: MẬT\n"), "classified"),
    "somebody's telephone": (
        lambda c: c.put(NEW, f'{DOCUMENT}summary: "Gọi 0912 345 678"\n'), "personal-data",
    ),
    "a link": (_link, "file-name"),
}  # fmt: skip


def _good(clone: Clone) -> None:
    clone.put(NEW, DOCUMENT.replace("01/KH-UBND", "02/KH-UBND").replace("thử", "hai"))
    clone.change(DOCUMENT_ID, "Kế hoạch thử", "Kế hoạch đã sửa")
    _append(clone, CORRECTION)


@pytest.fixture
def bare(clone: Clone) -> Path:
    """A server's repository with the hook of this project; the clone pushes to it."""
    path = clone.root.parent / "server.git"
    git("init", "-q", "--bare", "-b", "main", str(path))
    clone.git.create_remote("origin", str(path))
    clone.git.git.push("-q", "origin", "main")
    clone.git.git.fetch("-q", "origin")
    hook = path / "hooks" / "pre-receive"
    hook.write_text((ROOT / "hooks/pre-receive").read_text("utf-8"), "utf-8")
    hook.chmod(0o755)
    command(path.parent / "bin")
    return path


def command(folder: Path) -> None:
    """The command of this tree under its name, as an installation puts it there."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "registry"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m builder "$@"\n')
    program.chmod(0o755)


def git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


def push(clone: Clone, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", str(clone.root), "push", *(options or ("origin", "main"))],
        check=False, capture_output=True, text=True,
        env={**os.environ, "PATH": f"{clone.root.parent / 'bin'}:{os.environ['PATH']}"},
    )  # fmt: skip


def head(bare: Path) -> str:
    done = subprocess.run(
        ["git", "-C", str(bare), "rev-parse", "main"], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def steps(forge: str) -> list[str]:
    """The lines that call the command, in order, in the job that looks at records."""
    if forge == "github":
        job = load(GITHUB)["jobs"]["records"]
        lines = [step["run"] for step in job["steps"] if "run" in step]
    else:
        lines = load(GITLAB)["records"]["script"]
    return [line for line in lines if ".venv/bin/registry" in line]


def load(path: Path) -> Any:
    return YAML(typ="safe").load(path)


def run(clone: Clone, line: str, base: str) -> subprocess.CompletedProcess[str]:
    """One line of a workflow, as the shell of its runner takes it."""
    command(clone.root / ".venv/bin")
    return subprocess.run(
        ["bash", "-e", "-c", line], cwd=clone.root, check=False, capture_output=True, text=True,
        env={
            **os.environ, "BASE": base, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
            "GITHUB_STEP_SUMMARY": str(clone.root.parent / "summary.md"),
        },
    )  # fmt: skip


# The hook


def test_a_good_change_lands_on_a_plain_server(clone: Clone, bare: Path) -> None:
    _good(clone)
    commit = clone.commit()
    done = push(clone)
    assert done.returncode == 0, done.stderr
    assert head(bare) == commit


@pytest.mark.parametrize("name", BAD)
def test_a_bad_change_is_refused_by_the_server_with_its_reason(
    clone: Clone,
    bare: Path,
    name: str,
) -> None:
    before = head(bare)
    change, rule = BAD[name]
    change(clone)
    clone.commit()
    done = push(clone)
    assert done.returncode != 0
    assert f"[{rule}]" in done.stderr
    assert "refused: " in done.stderr
    assert "Traceback" not in done.stderr
    assert head(bare) == before


def test_published_commits_are_not_dropped_from_a_server(clone: Clone, bare: Path) -> None:
    before = head(bare)
    clone.git.git.commit("--amend", "-q", "-m", "Mở sổ lại")
    done = push(clone, "--force", "origin", "main")
    assert done.returncode != 0
    assert "would lose published commits" in done.stderr
    assert head(bare) == before


def test_the_published_branch_is_not_deleted(clone: Clone, bare: Path) -> None:
    git("-C", str(bare), "config", "receive.denyDeleteCurrent", "ignore")
    done = push(clone, "origin", ":main")
    assert done.returncode != 0
    assert "is published and is not deleted" in done.stderr


def test_a_branch_for_review_may_hold_what_is_not_ready(clone: Clone, bare: Path) -> None:  # noqa: ARG001
    BAD["no YAML"][0](clone)
    clone.commit()
    assert push(clone, "origin", "main:nhap").returncode == 0


def test_a_first_push_is_checked_too(clone: Clone, bare: Path) -> None:
    git("-C", str(bare), "update-ref", "-d", "refs/heads/main")
    BAD["no YAML"][0](clone)
    clone.commit()
    assert push(clone).returncode != 0


@pytest.mark.usefixtures("bare")
def test_the_hook_leaves_nothing_behind(
    clone: Clone,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    _good(clone)
    clone.commit()
    assert push(clone).returncode == 0
    assert list(place.iterdir()) == []


def test_called_by_hand_the_hook_says_what_it_is(clone: Clone) -> None:
    result = clone.run("receive")
    assert result.exit_code == 2


@pytest.mark.parametrize("line", ["x", "0 1 refs/heads/main", f"{'0' * 40} --help refs/heads/main"])
def test_what_git_would_never_say_to_a_hook_is_refused_unread(clone: Clone, line: str) -> None:
    place = {"GIT_DIR": str(clone.root / ".git")}
    result = CliRunner().invoke(app, ["receive"], input=f"{line}\n", env=place)
    assert result.exit_code == 2
    assert "is not what git gives to a hook" in result.output


# The workflows


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_a_good_change_passes_every_step(clone: Clone, bare: Path, forge: str) -> None:
    base = head(bare)
    _good(clone)
    clone.commit()
    found = steps(forge)
    assert len(found) == 3
    for line in found:
        done = run(clone, line, base)
        assert done.returncode == 0, done.stdout + done.stderr
    told = clone.root.parent / "summary.md" if forge == "github" else clone.root / "difference.md"
    assert "Kế hoạch đã sửa" in told.read_text("utf-8")
    assert (clone.root / f"site/{NEW}/index.html").is_file()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_change_fails_the_check_of_a_pull_request(
    clone: Clone,
    bare: Path,
    name: str,
) -> None:
    base = head(bare)
    change, rule = BAD[name]
    change(clone)
    clone.commit()
    done = run(clone, steps("github")[0], base)
    assert done.returncode == 1
    assert f"title={rule}" in done.stdout or f"[{rule}]" in done.stdout
    assert re.search(r"::error file=registry/", done.stdout)


# The files


@pytest.mark.parametrize(
    ("schema", "path", "more"),
    [
        ("vendor.github-workflows", ".github/workflows/check.yml", []),
        ("vendor.github-workflows", ".github/workflows/publish.yml", []),
        ("vendor.gitlab-ci", ".gitlab-ci.yml", ["--data-transform", "gitlab-ci"]),
    ],
)
def test_a_workflow_has_the_form_that_its_forge_takes(
    schema: str, path: str, more: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *more,
         str(ROOT / path)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_workflows_are_pinned_and_have_no_more_rights_than_they_need() -> None:
    """By zizmor: unpinned actions, wide permissions, injection, kept credentials."""
    program = Path(sys.executable).parent / "zizmor"
    done = subprocess.run(
        [str(program), "--offline", "--no-progress", "--pedantic", str(ROOT / ".github/workflows")],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_workflow_of_a_pull_request_may_write_or_sees_a_secret() -> None:
    text = GITHUB.read_text("utf-8")
    assert "write" not in str(load(GITHUB)["jobs"])
    assert "secrets." not in text
    assert "pull_request_target" not in text
