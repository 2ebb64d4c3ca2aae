"""Findings: what is wrong, where, by which rule, and how to mend it.

Every layer reports with this one type; turning findings into text, JSON or
annotations is in ``builder.check.report``.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    ``path`` is relative to the registry's root, with ``/``; ``at`` is the path of
    keys and indices inside the file; ``line`` and ``column`` count from 1, and 0
    means that they are still to be looked up from ``at``.
    """

    rule: str
    severity: Severity
    path: str
    message: str
    hint: str = ""
    at: Location = ()
    line: int = 0
    column: int = 0


class RegistryError(Exception):
    """An expected failure; the command line prints its message as one clean line."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its word, in the singular for one.

    >>> counted(1, "error"), counted(1200, "error"), counted(2, "body", "bodies")
    ('1 error', '1,200 errors', '2 bodies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
