"""``make bench``: times the commands as whole processes, and prints the table of the docs."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import synthetic

REPOSITORY = Path(__file__).resolve().parent.parent
REGISTRY = [sys.executable, "-m", "builder"]


@dataclass(frozen=True)
class Measure:
    """One process: seconds by the clock and of the processors, and its largest memory in MB."""

    name: str
    wall: float
    cpu: float
    memory: float


def measure(name: str, root: Path, *arguments: str) -> Measure:
    """Runs ``registry`` once to its end; the machine's own accounting gives the figures."""
    print(f"... {name}", file=sys.stderr, flush=True)
    environment = {**os.environ, "REGISTRY_CACHE": str(root / ".bench-cache")}
    started = time.perf_counter()
    process = subprocess.Popen(
        [*REGISTRY, "--root", str(root), *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    assert process.stderr is not None
    message = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        sys.exit(f"registry {' '.join(arguments)} ended with {process.returncode}:\n{message}")
    return Measure(name, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def prepare(root: Path, records: int) -> None:
    """A registry of ``records`` instruments, in git as a real one is."""
    synthetic.write(root, records)
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(REPOSITORY / "site_src", root / "site_src")
    git = ["git", "-C", str(root), "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "registry"], check=True)
    date = {**os.environ, "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"}
    subprocess.run([*git, "commit", "-q", "-m", "synthetic"], check=True, env=date)


def run(root: Path) -> list[Measure]:
    """All measures, in an order in which each finds what it needs."""
    site = str(root / "site")
    measures = [
        measure("check, cold", root, "check"),
        measure("check, again", root, "check"),
        measure("build without search index, cold", root, "build", "--out", site, "--no-search"),
    ]
    changed = root / "registry/documents/vi-du/xa-007/2025/quyet-dinh-5.yaml"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("Quyết định về", "Quyết định mới về"), encoding="utf-8")
    measures.append(
        measure("build after one changed record", root, "build", "--out", site, "--no-search")
    )
    shutil.rmtree(site)
    measures += [
        measure("build with search index, cold", root, "build", "--out", site),
        measure("first command-line search (makes the index)", root, "search", "rác thải"),
        measure("one command-line search", root, "search", "rác thải xã"),
    ]
    return measures


def main() -> None:
    """Prints a Markdown table; ``--records`` and ``--keep`` are for trying things out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="write the registry there and keep it")
    options = parser.parse_args()
    root = options.keep or Path(tempfile.mkdtemp(prefix="registry-bench-"))
    try:
        print(f"... writing {options.records:,} records", file=sys.stderr, flush=True)
        prepare(root, options.records)
        measures = run(root)
    finally:
        if options.keep is None:
            shutil.rmtree(root, ignore_errors=True)
    print(f"{options.records:,} records; {os.cpu_count()} cores, {platform.machine()}, "
          f"Python {platform.python_version()}\n")  # fmt: skip
    print("| | wall s | CPU s | memory MB |\n|---|---:|---:|---:|")
    for m in measures:
        print(f"| {m.name} | {m.wall:.1f} | {m.cpu:.1f} | {m.memory:.0f} |")


if __name__ == "__main__":
    main()
