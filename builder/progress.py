"""What long work tells of itself while it runs: a function that is given a line.

How the line is shown, if at all, is said in ``builder.commands.common``.
"""

import time
from collections.abc import Callable

Say = Callable[[str], None]
QUIET = 5.0  # seconds


def silent(_: str) -> None:
    """For work that nobody waits for."""


def now_and_then(tell: Say, clock: Callable[[], float] = time.monotonic) -> Say:
    """Passes on a line at most every ``QUIET`` seconds, so that short work says nothing at all.

    ``clock`` gives seconds from any beginning.
    """
    told = clock()

    def say(line: str) -> None:
        nonlocal told
        if (now := clock()) - told >= QUIET:
            told = now
            tell(line)

    return say
