"""A large registry's history: every commit corrects a few records; by ``git fast-import``."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FIRST = 1_750_000_000
PER_COMMIT = 4


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
