"""Markings of secrecy on a paper from outside: refused, and its content is never echoed."""

from collections.abc import Iterable

from builder.ingest.archives import RefusedError
from builder.ingest.document.paper import Paper
from builder.models.secrecy import is_marking


def refuse_if_marked(paper: Paper, name: str) -> None:
    """Raises RefusedError if any line, cell, header, footer, box or stamp is such a marking."""
    refuse_marks(name, (part for line in paper.lines for part in _parts(line.text)))
    refuse_marks(name, (part for text in paper.apart for part in _parts(text)))


def refuse_marks(name: str, texts: Iterable[str]) -> None:
    """Raises RefusedError if one of the texts is a marking of secrecy."""
    if any(is_marking(text) for text in texts):
        raise RefusedError(
            f"{name} bears a marking of secrecy and is refused",
            "classified documents do not belong in a registry; nothing was read or written",
        )


def _parts(text: str) -> list[str]:
    return [text, *text.splitlines(), *text.strip("| ").split(" | ")]
