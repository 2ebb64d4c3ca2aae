"""``python -m benchmarks.history``: reading the past of a large registry, from nothing and again.

A registry of the fictional tỉnh Ví Dụ with a history of its own, made by ``git fast-import``:
every commit corrects a few records. Nothing of it is written into the tree.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import synthetic

FIRST = 1_750_000_000
PER_COMMIT = 4
REGISTRY = [sys.executable, "-m", "builder"]


def import_history(root: Path, commits: int, seed: int = 7) -> None:
    """A repository at ``root`` whose first commit has all files, and ``commits`` more on top."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    with subprocess.Popen(
        ["git", "-C", str(root), "fast-import", "--quiet"], stdin=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        for piece in _stream(root, commits, random.Random(seed)):
            process.stdin.write(piece)
        process.stdin.close()
        if process.wait() != 0:
            sys.exit("git fast-import failed")
    subprocess.run(["git", "-C", str(root), "reset", "-q", "--hard", "main"], check=True)
    subprocess.run(["git", "-C", str(root), "commit-graph", "write", "--reachable"], check=True)


def _stream(root: Path, commits: int, rng: random.Random) -> Iterator[bytes]:
    paths = sorted(path for path in (root / "registry").rglob("*") if path.is_file())
    yield _commit(0, "Mở sổ")
    for path in paths:
        yield _file(path.relative_to(root).as_posix(), path.read_bytes())
    records = [path for path in paths if "documents" in path.parts and path.suffix == ".yaml"]
    texts = {path: path.read_text(encoding="utf-8") for path in records}
    for number in range(1, commits + 1):
        yield _commit(number, f"Đính chính {number}")
        for path in rng.sample(records, PER_COMMIT):
            texts[path] = _corrected(texts[path], number)
            yield _file(path.relative_to(root).as_posix(), texts[path].encode())


def _corrected(text: str, number: int) -> str:
    """One more correction, and other notes."""
    entry = (
        f"  - {{on: 2026-01-01, what: Lần {number}, why: Thử, by: Biên tập, source: Bản chính}}\n"
    )
    head, mark, rest = text.partition("corrections:\n")
    return f"{head}{mark}{rest}{entry}" if mark else f"{text}corrections:\n{entry}"


def _commit(number: int, message: str) -> bytes:
    who = (
        f"Biên Tập {number % 20} <bien.tap.{number % 20}@example.org> {FIRST + 600 * number} +0700"
    )
    data = message.encode()
    return f"commit refs/heads/main\ncommitter {who}\ndata {len(data)}\n".encode() + data + b"\n"


def _file(path: str, data: bytes) -> bytes:
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def timed(name: str, root: Path, *arguments: str) -> str:
    """A row of the table: seconds by the clock, of the processors, and memory in MB."""
    environment = {**os.environ, "REGISTRY_CACHE": str(root / ".bench-cache")}
    started = time.perf_counter()
    process = subprocess.Popen(
        [*REGISTRY, "--root", str(root), *arguments], stdout=subprocess.DEVNULL, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"registry {' '.join(arguments)} ended with {process.returncode}")
    wall, cpu = time.perf_counter() - started, usage.ru_utime + usage.ru_stime
    return f"| {name} | {wall:.1f} | {cpu:.1f} | {usage.ru_maxrss / 1024:.0f} |"


def main() -> None:
    """Prints a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history", description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--commits", type=int, default=5_000)
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="registry-history-"))
    try:
        synthetic.write(root, options.records)
        import_history(root, options.commits)
        some = min((root / "registry/documents").rglob("*.yaml"))
        record = some.relative_to(root / "registry").with_suffix("").as_posix()
        rows = [
            timed("history of a record, nothing cached", root, "history", record),
            timed("the same again", root, "history", record),
            timed("the same, all of git read again", root, "history", record, "--no-cache"),
            timed("audit of the whole history, first", root, "audit"),
            timed("audit again", root, "audit"),
        ]
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(f"{options.records:,} records, {options.commits:,} commits of {PER_COMMIT} changes\n")
    print("| | wall s | CPU s | memory MB |\n|---|---:|---:|---:|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
