"""Fixtures for all tests."""

import fcntl
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# A busy machine is no fault; what is drawn is the same in each run where CI is set.
settings.register_profile("registry", settings.default, deadline=None)
settings.load_profile("registry")


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


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> "Once":
    """``once(name, make)``: a folder that ``make`` fills once for all workers; only read it."""
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        path = place / f"once-{name}"
        with (place / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                making = place / f"making-{name}"
                shutil.rmtree(making, ignore_errors=True)
                making.mkdir()
                make(making)
                making.rename(path)
        return path

    return folder


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(autouse=True, scope="session")
def _own_cache(once: Once) -> None:
    """Keeps the caches of the tests out of the home of whoever runs them; workers share them."""
    os.environ["REGISTRY_CACHE"] = str(once("cache", lambda _: None))


@pytest.fixture(scope="session")
def real_site(root: Path, once: Once) -> Path:
    """The whole site of the real records, texts included; only read it."""
    from builder.site.build import build

    return once("real", lambda folder: build(root, folder / "site")) / "site"


# The browser


ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves this machine
]  # fmt: skip


def chromium() -> str | None:
    """Path of the Chromium to drive: ``$CHROMIUM``, or the first one on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for all tests of a worker; where it is missing, CI fails and others skip."""
    from playwright.sync_api import sync_playwright

    executable = chromium()
    if executable is None:
        message = "no Chromium: install it ('make browser') or set CHROMIUM=/path/to/it"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page with a profile of its own, watched."""
    with watched(browser) as page:
        yield page


@contextmanager
def watched(browser: "Browser") -> Iterator["Page"]:
    """A page that fails the test by a request to another host than this one, and by whatever
    it does against its own Content-Security-Policy."""
    context = browser.new_context(locale="vi-VN")
    context.set_default_timeout(15_000)
    foreign: list[str] = []
    against: list[str] = []
    context.on(
        "console",
        lambda told: against.append(told.text) if "Content Security Policy" in told.text else None,
    )

    def look(request: "Request") -> None:
        """Only looks on: requests that are led through Python are slow, and are never cached."""
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            foreign.append(request.url)

    context.on("request", look)
    yield context.new_page()
    context.close()
    assert foreign == [], f"requests to other hosts: {foreign}"
    assert against == [], f"against the policy of the page: {against}"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        try:
            super().do_GET()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """``served(folder)``: its address on loopback, under a sub-path, ending in a slash."""
    top = tmp_path_factory.mktemp("served")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(top)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    numbers = count()

    def serve(folder: Path) -> str:
        name = f"so-dang-ky-{next(numbers)}"
        (top / name).symlink_to(folder.resolve(), target_is_directory=True)
        return f"http://127.0.0.1:{server.server_port}/{name}/"

    yield serve
    server.shutdown()
    server.server_close()
