"""Pictures of each kind of page: phone and desktop, light and dark.

``python -m tests.screens`` makes them anew (``make screens``); test_screens.py compares.
Letters are those of Roboto, which ``make browser`` installs, so that pictures of one machine
can be compared with those of another.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.kinds import KINDS, SCHEMES, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KEPT = Path(__file__).resolve().parent / "kept"
WIDTHS = {"phone": (390, 780), "desktop": (1280, 800)}
_COLOURS = 64  # enough for pages of text, and a quarter of the bytes
_FONT = "body, input, button { --md-text-font: 'Roboto'; font-family: Roboto !important }"
# Frames of an animation, or a caret that blinks, would differ from run to run.
_STILL = "*, ::before, ::after { transition: none !important; animation: none !important;"
_STILL += " caret-color: transparent !important }"


def names() -> list[str]:
    return [f"{kind}-{size}-{scheme}" for kind in KINDS for size in WIDTHS for scheme in SCHEMES]


def take(
    browser: "Browser", address: str, paths: dict[str, str] = KINDS
) -> Iterator[tuple[str, Image.Image]]:
    """Each page of a served site as a picture, by name."""
    context = browser.new_context(
        bypass_csp=True, reduced_motion="reduce", locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.clock.set_fixed_time("2026-01-01T05:00:00Z")
    page = context.new_page()
    for size, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:  # which a page takes up when it is loaded
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for kind, path in paths.items():
                page.goto(address + path)
                page.add_style_tag(content=_FONT + _STILL)
                settle(page)
                yield f"{kind}-{size}-{scheme}", Image.open(io.BytesIO(page.screenshot()))
    context.close()


def keep(picture: Image.Image, path: Path) -> None:
    """As a small file: pages of text need few colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(_COLOURS).save(path, optimize=True)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of places (0 to 1) that differ by more than a shade, edges of letters aside."""
    if one.size != other.size:
        return 1.0
    small = [
        picture.convert("L").resize((one.width // 4, one.height // 4), Image.Resampling.BOX)
        for picture in (one, other)
    ]
    places = zip(small[0].tobytes(), small[1].tobytes(), strict=True)
    return sum(abs(a - b) > 24 for a, b in places) / (small[0].width * small[0].height)
