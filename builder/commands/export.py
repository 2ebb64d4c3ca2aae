"""``registry export``: records as data for others."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from builder.commands.common import errors, fail, progress, root_of
from builder.findings import counted

export_app = typer.Typer(no_args_is_help=True, help="Give records out as data.")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.add_typer(export_app, name="export")


class TableFormat(StrEnum):
    """How a table is written."""

    CSV = "csv"
    JSON = "json"


@export_app.command()
def mergers(
    ctx: typer.Context,
    output: Annotated[TableFormat, typer.Option("--format", help="csv or json.")] = TableFormat.CSV,
    target: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; else standard output.")
    ] = None,
) -> None:
    """One row per pair of a former and a new unit, with shares, clause and dates.

    Example: `registry export mergers --format csv -o mergers.csv`
    """
    from builder.export.mergers import as_csv, as_json, merger_rows
    from builder.registry import load
    from builder.store.given import written_whole

    with progress() as say:
        registry = load(root_of(ctx), say=say)
    for found in registry.unread:
        if found.path.startswith(("registry/mergers/", "registry/units/")):
            fail(f"{found.path}: {found.message}", "run 'registry check' for all findings", 1)
    rows = list(merger_rows(registry))
    text = as_csv(rows) if output is TableFormat.CSV else as_json(rows)
    if target is None:
        typer.echo(text, nl=False)
        return
    with written_whole(target) as stream:
        stream.write(text)
    errors.print(f"{target}: {counted(len(rows), 'pair')}")
