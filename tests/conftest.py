"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository, whose registry/ holds the real records."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real resolutions and unit lists beside the repository."""
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    skip = pytest.mark.skip(reason="the folder of real resolutions is not beside the repository")
    for item in items:
        if "shared" in item.keywords and not SHARED.is_dir():
            item.add_marker(skip)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keeps the caches of the tests out of the home of whoever runs them."""
    os.environ["REGISTRY_CACHE"] = str(tmp_path_factory.mktemp("cache"))
