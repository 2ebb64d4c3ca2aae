"""Packages of npm that tests need: installed by ``make test`` from the lock file beside."""

import os
import shutil
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent


def package(name: str) -> Path:
    """The folder of an installed package; where it is missing, CI fails and others skip."""
    found = FOLDER / "node_modules" / name
    if not found.is_dir():
        _missing(f"the npm package {name} is not installed: run 'make test' or 'make node'")
    return found


def admin_packages() -> Path:
    """The packages of the editing page, as ``make admin`` installs them."""
    found = FOLDER.parents[1] / ".cache" / "admin" / "node_modules"
    if not found.is_dir():
        _missing("the packages of the editing page are not installed: run 'make admin'")
    return found


def node() -> str:
    """The path of Node.js: of the virtual environment, or the first one on the path."""
    own = Path(sys.executable).parent / "node"
    found = str(own) if own.exists() else shutil.which("node")
    if found is None:
        _missing("Node.js is not installed: run 'make test'")
    return str(found)


def _missing(message: str) -> None:
    (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
