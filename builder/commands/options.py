"""Options that several commands have, declared once: the same word means the same everywhere."""

from typing import Annotated

import typer

from builder.commands.common import fail

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say or print what would be written; write nothing.")
]
ToSet = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="Set a field: dates.effective=2025-07-10."),
]
ToAdd = Annotated[
    list[str] | None,
    typer.Option("--add", metavar="FIELD=VALUE", help="Add an item to a list: agenda={title: …}."),
]
OnDay = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="A day, YYYY-MM-DD or D/M/YYYY (default: today)."),
]


def field_and_words(said: str) -> tuple[str, str]:
    """Both halves of FIELD=VALUE; ends the command where there is no value.

    >>> field_and_words("dates.effective=2025-07-10")
    ('dates.effective', '2025-07-10')
    """
    field, equals, words = said.partition("=")
    if not equals:
        fail(f"{said!r} has no value", "write FIELD=VALUE")
    return field.strip().removesuffix("+"), words
