"""The day that a site is computed for: that of the commit, never today's."""

import datetime as dt
import os
import subprocess
from pathlib import Path

from builder.days import VIETNAM, in_vietnam
from builder.findings import RegistryError
from builder.registry import Registry

TWO_LEVELS_SINCE = dt.date(2025, 7, 1)


def as_of(root: Path, registry: Registry) -> dt.date:
    """The day in Vietnam of ``SOURCE_DATE_EPOCH``, else of the commit, else of the newest record.

    RegistryError if ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        try:
            return dt.datetime.fromtimestamp(int(given), VIETNAM).date()
        except (ValueError, OverflowError, OSError):
            raise RegistryError(
                f"SOURCE_DATE_EPOCH is {given!r}", "give seconds since 1970, or unset it"
            ) from None
    seconds = _commit_time(root)
    if seconds is not None:
        return in_vietnam(seconds).date()
    records = (entry.record for entry in registry.entries.values())
    days = (record.as_of for record in records if record.access == "public")
    return max(days, default=TWO_LEVELS_SINCE)


def _commit_time(root: Path) -> int | None:
    """Commit time of HEAD in seconds; None outside of git or before the first commit."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "log", "-1", "--format=%ct", "HEAD", "--"],
            capture_output=True, text=True, check=True, timeout=30,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return int(done.stdout) if done.stdout.strip().isdigit() else None
