"""The shape of the code: layers, file sizes, and commands that explain themselves."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from builder.cli import app


def _commands(command, path=()):
    for name, sub in getattr(command, "commands", {}).items():
        if hasattr(sub, "commands"):
            yield from _commands(sub, (*path, name))
        else:
            yield (*path, name), sub


COMMANDS = list(_commands(get_command(app)))


def test_data_flows_one_way_through_the_layers(root: Path) -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=" ".join)
def test_every_command_has_help_with_an_example(path: tuple[str, ...]) -> None:
    command = dict(COMMANDS)[path]
    assert command.help, f"{path} has no help"
    text = f"{command.help}\n{command.epilog or ''}".replace("`", "")
    assert f"Example: registry {' '.join(path)}" in text


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=" ".join)
def test_every_command_stands_in_the_readme_or_the_guide(path: tuple[str, ...], root: Path) -> None:
    pages = [root / "README.md", *(root / "site_src" / "pages").rglob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert f"registry {' '.join(path)}" in text


def test_no_module_is_longer_than_400_lines(root: Path) -> None:
    long = {
        path.relative_to(root).as_posix(): count
        for path in (root / "builder").rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_function_is_longer_than_50_lines(root: Path) -> None:
    long = {
        f"{path.relative_to(root).as_posix()}: {node.name}": count
        for path in (root / "builder").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (count := (node.end_lineno or 0) - node.lineno + 1) > 50
    }
    assert long == {}


def test_no_script_of_the_editing_page_is_longer_than_400_lines(root: Path) -> None:
    for path in (root / "site_src" / "admin").glob("*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


def test_a_command_starts_without_reading_what_only_another_one_needs(root: Path) -> None:
    names = "pydantic", "ruamel.yaml", "git", "mkdocs", "whoosh", "builder.registry"
    code = f"import builder.cli, sys; print([n for n in {names} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
