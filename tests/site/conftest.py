"""What several files of tests look at, made once for a worker."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builder.site.build import build
from builder.site.guide import run_mkdocs
from builder.site.shell import Guide
from tests.site.builds import vi_du


@pytest.fixture(scope="session")
def plain_guides(tmp_path_factory: pytest.TempPathFactory) -> list[Guide]:
    """What MkDocs makes for every registry without pages of its own."""
    plain = tmp_path_factory.mktemp("plain")
    return [run_mkdocs(plain, ("vi", "en"), language) for language in ("vi", "en")]


@pytest.fixture(scope="session")
def vi_du_address(tmp_path_factory: pytest.TempPathFactory, served: Callable[[Path], str]) -> str:
    """The site of tỉnh Ví Dụ, served."""
    root = vi_du(tmp_path_factory.mktemp("registry"))
    out = tmp_path_factory.mktemp("out") / "site"
    build(root, out, full_text=False)
    return served(out)
