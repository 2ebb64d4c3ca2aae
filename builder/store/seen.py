"""Which files are as they were when they were last read, by what the file system says of them.

Git's index tells so, too: the same size, times and inode mean the same bytes. A file that was
touched while it was read, or so shortly before that a clock may not tell, counts as unknown.
"""

import os
import stat
import time
from pathlib import Path
from typing import Any

from builder.store.cache import keep, read_kept

_VERSION = 1
_LATE = 2_000_000_000  # ns: the coarsest clock of a file system that is in use
# Elsewhere the time of a change of the file's own data cannot be told from what anybody may set.
_TELLS = os.name == "posix"


class Seen:
    """SHA-256 of files by path relative to ``root``, kept in the file ``kept``.

    ``under`` names what else the answer hangs on, besides the bytes: where it was another one,
    nothing is known.
    """

    def __init__(self, root: Path, kept: Path, under: str) -> None:
        self._base, self._kept, self._under = f"{root}/", kept, under
        self._began = time.time_ns()
        found = read_kept(kept, _VERSION) if _TELLS else None
        same = isinstance(found, dict) and found.get("under") == under
        self._known: dict[str, list[Any]] = found["files"] if same and found else {}
        self._noted: dict[str, list[Any]] = {}
        self._new = False

    def look(self, relative: str) -> tuple[str, list[int]]:
        """The digest of a file, "" if it is not known, and how it stands, for ``note``.

        Raises OSError if there is no such file.
        """
        found = os.lstat(self._base + relative)
        looks = [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
        row = self._known.get(relative)
        if row is None or row[1] != looks or not stat.S_ISREG(found.st_mode):
            return "", looks
        self._noted[relative] = row
        return row[0], looks

    def note(self, relative: str, digest: str, looks: list[int]) -> None:
        """Keeps the digest of a file that was read after it was looked at."""
        if max(looks[1:3]) < self._began - _LATE:
            self._noted[relative] = [digest, looks]
            self._new = True

    def save(self) -> None:
        """Keeps what was known and noted of files that are there."""
        if _TELLS and (self._new or len(self._noted) != len(self._known)):
            keep(self._kept, _VERSION, {"under": self._under, "files": self._noted})
