"""What several files of tests look at, made once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builder.site.build import build
from tests.conftest import Once
from tests.site.builds import vi_du


@pytest.fixture(scope="session")
def vi_du_address(once: Once, served: Callable[[Path], str]) -> str:
    """The site of tỉnh Ví Dụ, served."""

    def make(folder: Path) -> None:
        build(vi_du(folder / "registry"), folder / "site", full_text=False)

    return served(once("vi-du", make) / "site")
