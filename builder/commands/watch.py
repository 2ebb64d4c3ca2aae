"""Waiting for files to change, for commands with ``--watch``.

By looking twice a second: that works on shared folders and in containers, too, where no
system tells of changes, and costs 50 ms a look at 20,000 records.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

INTERVAL = 0.5  # seconds


def states(folder: Path, wait: Callable[[], None] = lambda: time.sleep(INTERVAL)) -> Iterator[int]:
    """Counts up now, and again whenever a file below the folder came, went or was written."""
    count, before = 0, _state(folder)
    yield count
    while True:
        wait()
        now = _state(folder)
        if now != before:
            before = now
            count += 1
            yield count


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    todo = [str(folder)]
    while todo:
        try:
            with os.scandir(todo.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
                    elif not entry.name.startswith("."):
                        stat = entry.stat(follow_symlinks=False)
                        found[entry.path] = (stat.st_mtime_ns, stat.st_size)
        except OSError:  # gone while looking
            continue
    return found
