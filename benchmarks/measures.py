"""What is measured: whole processes of ``registry`` on a synthetic registry, one after another."""

import gzip
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import history, synthetic

REPOSITORY = Path(__file__).resolve().parent.parent
REGISTRY = [sys.executable, "-m", "builder"]
# What is asked of 20,000 records on two cores: seconds by the clock.
WANTED = {"check-cold": 15.0, "check-again": 3.0, "build-cold": 30.0, "build-changed": 5.0}
WANTED_MEMORY = {"build-cold": 1000.0}  # MB
SEARCHED = "site-search"  # the site with its index of texts


@dataclass(frozen=True)
class Measure:
    """One process, its children included: seconds by the clock and of the processors.

    ``memory`` is that of its largest process, in MB.
    """

    key: str
    wall: float
    cpu: float
    memory: float


def prepare(root: Path, records: int) -> None:
    """A registry of ``records`` instruments, in git as a real one is."""
    synthetic.write(root, records)
    _speak(root, "vi")
    shutil.copy(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(REPOSITORY / "site_src", root / "site_src")
    git = ["git", "-C", str(root), "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "registry"], check=True)
    date = {**os.environ, "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"}
    subprocess.run([*git, "commit", "-q", "-m", "synthetic"], check=True, env=date)


def _speak(root: Path, languages: str) -> None:
    (root / "registry/settings.yaml").write_text(f"languages: [{languages}]\n", encoding="utf-8")


def measures(root: Path) -> list[Measure]:
    """All measures, in an order in which each finds what it needs.

    Each whole site has a folder of its own: file systems make files slowly where thousands
    have just been deleted.
    """
    site = str(root / "site")
    plain = ("build", "--out", site, "--no-search")
    found = [
        _measure("check-cold", root, "check"),
        _measure("check-again", root, "check"),
        _measure("build-cold", root, *plain),
    ]
    for key, words in (("build-changed", "mới về"), ("build-changed-again", "mới nhất về")):
        _change(root / "registry/documents/vi-du/xa-007/2025/quyet-dinh-5.yaml", words)
        found.append(_measure(key, root, *plain))
    found.append(_measure("build-unchanged", root, *plain))
    found += [
        _measure("build-search", root, "build", "--out", str(root / SEARCHED)),
        _measure("search-first", root, "search", "rác thải"),
        _measure("search-again", root, "search", "rác thải xã"),
    ]
    _speak(root, "vi, en")
    both = ("build", "--out", str(root / "site-both"), "--no-search")
    return [*found, _measure("build-both", root, *both)]


def past(root: Path, records: int, commits: int) -> list[Measure]:
    """What reads a history of so many commits, from nothing and again; ``root`` is empty."""
    synthetic.write(root, records)
    history.import_history(root, commits)
    some = min((root / "registry/documents").rglob("*.yaml"))
    record = some.relative_to(root / "registry").with_suffix("").as_posix()
    return [
        _measure("history-first", root, "history", record),
        _measure("history-again", root, "history", record),
        _measure("audit-first", root, "audit"),
        _measure("audit-again", root, "audit"),
    ]


def sizes(root: Path) -> dict[str, int]:
    """Of the site with its index of texts: files, bytes, and what a reader loads to search."""
    files = [path for path in (root / SEARCHED).rglob("*") if path.is_file()]
    catalogue = [path for path in files if path.match("search/catalogue*.js")]
    return {
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
        "catalogue": sum(path.stat().st_size for path in catalogue),
        "catalogue-gzip": sum(len(gzip.compress(path.read_bytes())) for path in catalogue),
    }


def pace() -> float:
    """Seconds that this machine takes for ten million additions: to compare machines by."""
    return min(_additions() for _ in range(3))


def _additions() -> float:
    started, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - started


def _change(record: Path, words: str) -> None:
    lines: Iterable[str] = record.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [
        f"title: Quyết định {words} một việc khác\n" if line.startswith("title:") else line
        for line in lines
    ]
    record.write_text("".join(lines), encoding="utf-8")


def _measure(key: str, root: Path, *arguments: str) -> Measure:
    """Runs ``registry`` once to its end; the machine's own accounting gives the figures."""
    print(f"... {key}", file=sys.stderr, flush=True)
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
    return Measure(key, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
