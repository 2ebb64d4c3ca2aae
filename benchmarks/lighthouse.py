"""Lighthouse on each kind of page: ``make lighthouse``, in Debian's Chromium, on loopback.

The line is simulated: 400 ms to and fro and 400 kbit/s down, as on 3G, with a processor four
times slower. Files are sent compressed, as any file server for readers sends them.
"""

import argparse
import functools
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from builder.site.build import build

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "trang chủ": "",
    "văn bản": "regulations/lang-son/dong-kinh/quy-che-lam-viec-uy-ban-kiem-tra/",
    "đơn vị": "units/lang-son/06613@2025-07-01/",
    "danh sách": "van-ban/",
    "đầy đủ": "tinh-trang/day-du/lang-son/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SLOW = {"rttMs": 400, "throughputKbps": 400, "cpuSlowdownMultiplier": 4}
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking"
    " --disable-component-update --disable-sync"
)


class _Compressing(SimpleHTTPRequestHandler):
    """A file server with gzip, as readers meet it."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=31536000")
        if path.suffix in {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml"}:
            data = gzip.compress(data, 9)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.copyfile(io.BytesIO(data), self.wfile)


def measure(address: str, slow: bool) -> dict[str, Any]:
    """Scores (0 to 100), largest paint in ms, bytes and requests of a first visit."""
    program = ROOT / "benchmarks/node/node_modules/lighthouse/cli/index.js"
    if not program.is_file():
        sys.exit("lighthouse is not installed: run 'make lighthouse'")
    line = [f"--throttling.{name}={value}" for name, value in SLOW.items()] if slow else []
    own = Path(sys.executable).parent / "node"
    done = subprocess.run(
        [str(own) if own.exists() else "node", str(program), address, "--output=json", "--quiet",
         f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={_FLAGS}", *line],
        check=False, capture_output=True, text=True,
        env={**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")},
    )  # fmt: skip
    if done.returncode != 0:
        sys.exit(done.stderr)
    told = json.loads(done.stdout)
    audits = told["audits"]
    requests = audits["network-requests"]["details"]["items"]
    return {
        **{name: round(100 * (told["categories"][name]["score"] or 0)) for name in CATEGORIES},
        "largest_paint_ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "kilobytes": round(sum(one.get("transferSize", 0) for one in requests) / 1000, 1),
        "requests": len(requests),
        "missed": sorted(
            name for name, audit in audits.items()
            if audit.get("score") is not None and audit["score"] < 0.9
        ),
    }  # fmt: skip


def _published_at(base: str, root: Path) -> Path:
    """The registry as it is published: it knows its address."""
    for folder in ("registry", "site_src"):
        shutil.copytree(ROOT / folder, root / folder)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}\nsite_url: {base}\n", "utf-8")
    return root


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse", description=__doc__)
    parser.add_argument("--site", type=Path, help="a built site (default: build the real one)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        site = options.site or Path(name) / "site"
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(_Compressing, directory=str(site))
        )
        base = f"http://127.0.0.1:{server.server_port}/"
        if options.site is None:
            build(_published_at(base, Path(name) / "root"), site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = {
            page: {line: measure(base + path, line == "3G") for line in ("usual", "3G")}
            for page, path in PAGES.items()
        }
        server.shutdown()
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    print("| Page | Line | Performance | Accessibility | Practices | SEO | Largest paint | kB |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for page, lines in found.items():
        for line, one in lines.items():
            scores = " | ".join(str(one[name]) for name in CATEGORIES)
            print(f"| {page} | {line} | {scores} | {one['largest_paint_ms']} ms |"
                  f" {one['kilobytes']} in {one['requests']} |")  # fmt: skip


if __name__ == "__main__":
    main()
