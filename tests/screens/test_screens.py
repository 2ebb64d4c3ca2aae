"""Each kind of page looks as it was kept, within a tolerance: a look before a change is kept.

Where a change is meant: ``make screens``, open the pictures, commit them.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from tests.conftest import Once
from tests.kinds import build_kinds
from tests.screens import KEPT, names, take, unlike

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
TOLERANCE = 0.03


def _has_roboto() -> bool:
    if shutil.which("fc-list") is None:
        return False
    done = subprocess.run(["fc-list", ":family=Roboto"], check=False, capture_output=True)
    return bool(done.stdout.strip())


def test_there_is_a_kept_picture_of_each_kind_of_page_and_no_other() -> None:
    assert {path.stem for path in KEPT.glob("*.png")} == set(names())


@pytest.mark.skipif(not _has_roboto(), reason="no Roboto here: 'make browser' installs it")
def test_every_page_looks_as_it_was_kept(
    browser: "Browser", once: Once, served: Callable[[Path], str]
) -> None:
    site = once("kinds", build_kinds) / "site"
    changed = {
        name: round(share, 3)
        for name, picture in take(browser, served(site))
        if (share := unlike(picture, Image.open(KEPT / f"{name}.png"))) > TOLERANCE
    }
    assert changed == {}, "run 'make screens' and look at what changed"


def test_a_page_with_a_part_that_moved_is_unlike() -> None:
    one = Image.new("RGB", (400, 400), "white")
    other = one.copy()
    ImageDraw.Draw(other).rectangle((50, 50, 250, 150), fill="black")
    assert unlike(one, other) > TOLERANCE
    assert unlike(one, one.copy()) == 0
