"""Showing a built site on this machine: loopback only, rebuilt and reloaded on changes.

Each rebuild is a process of its own, so that it also sees changed templates and code.
What is served differs from the files in one thing: the script that reloads the page.
"""

import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from builder.progress import Say

EVENTS = "/__events"
_SCRIPT = (
    f'<script>new EventSource("{EVENTS}").onmessage=function(){{location.reload()}}</script>'
).encode()
_QUIET = 0.3  # seconds without a change before a rebuild: editors write in several steps
_BEAT = 15.0  # seconds of silence after which a page is asked whether it is still there
_READS = {"opened", "closed_no_write"}


class Rebuilds:
    """Counts finished rebuilds, and wakes those who wait for the next."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = threading.Condition()

    def done(self) -> None:
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """The count, as soon as it is another than ``seen``, or after that time."""
        with self._changed:
            self._changed.wait_for(lambda: self.count != seen, seconds)
            return self.count


class Handler(SimpleHTTPRequestHandler):
    """Files of the site; pages with the reloading script, nothing cached, 404.html where needed."""

    def __init__(self, *args: Any, rebuilds: Rebuilds, **options: Any) -> None:
        self.rebuilds = rebuilds
        super().__init__(*args, **options)

    def log_message(self, *_: object) -> None:
        """Requests are no news."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_GET(self) -> None:
        try:
            if self.path == EVENTS:
                self._events()
            elif not self._page():
                super().do_GET()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _page(self) -> bool:
        """Answers with a page, if the address is one; else leaves it to the file server."""
        path = Path(self.translate_path(self.path))
        status = 200
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path = path / "index.html"
        if not path.exists():
            path, status = Path(self.directory) / "404.html", 404
        if path.suffix != ".html" or not path.is_file():
            return False
        data = path.read_bytes().replace(b"</body>", _SCRIPT + b"</body>")
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        return True

    def _events(self) -> None:
        """Server-sent events (HTML standard, section 9.2): one for each rebuild."""
        seen = self.rebuilds.count
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        while True:
            now = self.rebuilds.wait(seen, _BEAT)
            self.wfile.write(b": still here\n\n" if now == seen else b"data: rebuilt\n\n")
            self.wfile.flush()
            seen = now


class _Changes(FileSystemEventHandler):
    def __init__(self) -> None:
        self.seen = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        name = Path(str(event.src_path)).name
        if event.event_type not in _READS and not name.startswith(".") and not name.endswith("~"):
            self.seen.set()


def server(out: Path, port: int, rebuilds: Rebuilds) -> ThreadingHTTPServer:
    """A server of the folder on loopback; port 0 takes a free one. OSError if it is taken."""
    handler = partial(Handler, directory=str(out), rebuilds=rebuilds)
    made = ThreadingHTTPServer(("127.0.0.1", port), handler)
    made.daemon_threads = True
    return made


def watch(root: Path, changes: _Changes) -> Any:
    """Starts watching what a site is made from."""
    observer = Observer()
    for name in ("registry", "site_src"):
        if (root / name).is_dir():
            observer.schedule(changes, str(root / name), recursive=True)
    observer.start()
    return observer


def serve(root: Path, out: Path, port: int, build: list[str], say: Say) -> None:
    """Serves ``out`` and runs the command ``build`` after each change, until interrupted."""
    rebuilds, changes = Rebuilds(), _Changes()
    with server(out, port, rebuilds) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        observer = watch(root, changes)
        say(f"http://127.0.0.1:{running.server_port}/ shows {out}; end with Ctrl-C")
        try:
            while True:
                changes.seen.wait()
                while changes.seen.is_set():
                    changes.seen.clear()
                    changes.seen.wait(_QUIET)
                if subprocess.run(build, check=False).returncode == 0:
                    rebuilds.done()
                sys.stdout.flush()
        except KeyboardInterrupt:
            say("ended")
        finally:
            observer.stop()
            running.shutdown()
