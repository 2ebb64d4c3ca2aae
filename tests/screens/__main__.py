"""Makes the pictures: those that tests compare, and those of the README and the guide."""

import os
import shutil
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from builder.site.build import build
from tests.conftest import ARGUMENTS, ROOT, chromium
from tests.kinds import build_kinds
from tests.screens import KEPT, keep, take
from tests.site.builds import NOON

# Real records, for people: README and guide. Compared with nothing, since records change.
SHOWN = ROOT / "site_src/pages/images"
REAL = {
    "trang-chu": "",
    "tim-kiem": "tim-kiem/?q=quy+che",
    "don-vi-cu": "units/lang-son/06622@/",
    "van-ban": "regulations/lang-son/dong-kinh/quy-che-lam-viec-uy-ban-kiem-tra/",
    "day-du": "tinh-trang/day-du/lang-son/",
}
USED = {"trang-chu-desktop-light", "tim-kiem-phone-light", "don-vi-cu-phone-light",
        "van-ban-desktop-light", "van-ban-phone-dark", "day-du-desktop-light"}  # fmt: skip


def main() -> None:
    os.environ["SOURCE_DATE_EPOCH"] = NOON
    shutil.rmtree(KEPT, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        place = Path(name)
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        _shoot(browser, build_kinds(place / "kinds"), None, KEPT, None)
        build(ROOT, place / "real")
        _shoot(browser, place / "real", REAL, SHOWN, USED)
        browser.close()


def _shoot(
    browser: Browser, site: Path, paths: dict[str, str] | None, folder: Path, used: set[str] | None
) -> None:
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    count = 0
    for name, picture in take(browser, address, *([paths] if paths else [])):
        if used is None or name in used:
            keep(picture, folder / f"{name}.png")
            count += 1
    server.shutdown()
    print(f"{folder.relative_to(ROOT)}: {count} pictures")


if __name__ == "__main__":
    main()
