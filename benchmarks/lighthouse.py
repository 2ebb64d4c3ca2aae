"""Lighthouse on each kind of page: ``make lighthouse``, in Debian's Chromium, on loopback.

On lines that Lighthouse works out from one quick visit (``simulated``), and on lines that
Chromium itself slows down (``slowed``), always with a processor four times slower. Files are
sent compressed, as any file server for readers sends them. A page of two lines without styles
and scripts shows what a line alone costs.

Example: python -m benchmarks.lighthouse --site site --site before=/tmp/before --runs 3
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
from statistics import median
from typing import Any, NamedTuple

from builder.site.build import build

ROOT = Path(__file__).resolve().parent.parent
BARE = "chi-co-loi/"
PAGES = {
    "chỉ có lời": BARE,
    "trang chủ": "",
    "văn bản": "regulations/lang-son/dong-kinh/quy-che-lam-viec-uy-ban-kiem-tra/",
    "đơn vị": "units/lang-son/06613@2025-07-01/",
    "danh sách": "van-ban/",
    "đầy đủ": "tinh-trang/day-du/lang-son/",
}
_BARE_PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Lời</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="Lời">
<link rel="icon" href="data:,"></head><body><h1>Một trang chỉ có lời</h1>
<p>Không kiểu chữ, không script, không hình.</p></body></html>"""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking"
    " --disable-component-update --disable-sync"
)


class Line(NamedTuple):
    """A line: milliseconds to and fro, kbit/s down, and who slows it down."""

    rtt: int
    kbit: int
    slowed: bool

    def options(self) -> list[str]:
        given = {"cpuSlowdownMultiplier": 4, "rttMs": self.rtt, "throughputKbps": self.kbit}
        if self.slowed:
            given |= {
                "requestLatencyMs": self.rtt,
                "downloadThroughputKbps": self.kbit,
                "uploadThroughputKbps": self.kbit,
            }
        method = "devtools" if self.slowed else "simulate"
        return [
            f"--throttling-method={method}",
            *(f"--throttling.{name}={value}" for name, value in given.items()),
        ]


LINES = {
    "usual": Line(150, 1638, False),  # Lighthouse's own: slow 4G
    "3G": Line(400, 400, False),
    "slowed 4G": Line(150, 1638, True),
    "slowed 3G": Line(300, 1600, True),  # WebPageTest's 3G
    "slowed slow 3G": Line(400, 400, True),  # Chromium's slow 3G
}


class _Compressing(SimpleHTTPRequestHandler):
    """A file server with gzip, as readers meet it."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if self.path.endswith(BARE):
            data, path = _BARE_PAGE.encode(), Path("index.html")
        elif path.is_file():
            data = path.read_bytes()
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=31536000")
        if path.suffix in {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml"}:
            data = gzip.compress(data, 9)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.copyfile(io.BytesIO(data), self.wfile)


def measure(address: str, line: Line) -> dict[str, Any]:
    """Scores (0 to 100), first and largest paint in ms, bytes and requests of a first visit."""
    program = ROOT / "benchmarks/node/node_modules/lighthouse/cli/index.js"
    if not program.is_file():
        sys.exit("lighthouse is not installed: run 'make lighthouse'")
    own = Path(sys.executable).parent / "node"
    done = subprocess.run(
        [str(own) if own.exists() else "node", str(program), address, "--output=json", "--quiet",
         f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={_FLAGS}",
         *line.options()],
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
        "first_paint_ms": round(audits["first-contentful-paint"]["numericValue"]),
        "largest_paint_ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "layout_shift": round(audits["cumulative-layout-shift"]["numericValue"], 3),
        "kilobytes": round(sum(one.get("transferSize", 0) for one in requests) / 1000, 1),
        "requests": len(requests),
        "missed": sorted(
            name for name, audit in audits.items()
            if audit.get("score") is not None and audit["score"] < 0.9
        ),
    }  # fmt: skip


def middle(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Of several visits the middle of each number, and whatever one of them missed."""
    missed = sorted({name for run in runs for name in run["missed"]})
    numbers = (name for name in runs[0] if name != "missed")
    return {name: median(run[name] for run in runs) for name in numbers} | {"missed": missed}


def _published_at(base: str, root: Path) -> Path:
    """The registry as it is published: it knows its address."""
    for folder in ("registry", "site_src"):
        shutil.copytree(ROOT / folder, root / folder)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}\nsite_url: {base}\n", "utf-8")
    return root


def _sites(given: list[str]) -> dict[str, Path]:
    named = (one.rpartition("=") for one in given)
    return {name or Path(path).name: Path(path) for name, _, path in named}


def _measure_all(
    sites: dict[str, Path], pages: list[str], lines: list[str], runs: int
) -> dict[str, Any]:
    """Page by page, line by line, the sites one after another, so that they have the same
    conditions."""
    with tempfile.TemporaryDirectory() as name:
        sites = sites or {"site": Path(name) / "site"}
        servers = {
            site: ThreadingHTTPServer(
                ("127.0.0.1", 0), functools.partial(_Compressing, directory=str(folder))
            )
            for site, folder in sites.items()
        }
        base = {site: f"http://127.0.0.1:{one.server_port}/" for site, one in servers.items()}
        for site, folder in sites.items():
            if folder == Path(name) / "site":
                build(_published_at(base[site], Path(name) / "root"), folder)
            threading.Thread(target=servers[site].serve_forever, daemon=True).start()
        found: dict[str, Any] = {}
        for page in pages:
            for line in lines:
                seen: dict[str, list[dict[str, Any]]] = {site: [] for site in sites}
                for _ in range(runs):
                    for site in sites:
                        seen[site].append(measure(base[site] + PAGES[page], LINES[line]))
                for site, told in seen.items():
                    found.setdefault(page, {}).setdefault(line, {})[site] = middle(told)
                print(f"... {page}, {line}", file=sys.stderr, flush=True)
        for server in servers.values():
            server.shutdown()
        return found


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.lighthouse", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "--site", action="append", default=[], metavar="[NAME=]DIR",
        help="a built site; several are measured turn by turn (default: build the real one)",
    )  # fmt: skip
    parser.add_argument("--page", action="append", choices=list(PAGES), help="only this one")
    parser.add_argument("--line", action="append", choices=list(LINES), help="only this one")
    parser.add_argument("--runs", type=int, default=1, help="how often; the middle is told")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args()
    found = _measure_all(
        _sites(options.site), options.page or list(PAGES), options.line or list(LINES), options.runs
    )
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    print("| Page | Line | Site | Performance | Accessibility | Practices | SEO"
          " | First paint | Largest paint | Shift | kB |")  # fmt: skip
    print("|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for page, lines in found.items():
        for line, sites in lines.items():
            for site, one in sites.items():
                scores = " | ".join(f"{one[name]:.0f}" for name in CATEGORIES)
                print(f"| {page} | {line} | {site} | {scores} | {one['first_paint_ms']:.0f} ms"
                      f" | {one['largest_paint_ms']:.0f} ms | {one['layout_shift']:.3f}"
                      f" | {one['kilobytes']} in {one['requests']:.0f} |")  # fmt: skip


if __name__ == "__main__":
    main()
