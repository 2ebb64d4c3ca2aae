"""``registry ingest``: unit lists and merger resolutions into records; documents are beside."""

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.common import fail, print_json, root_of
from builder.commands.options import AsJson
from builder.findings import RegistryError, counted

ingest_app = typer.Typer(
    no_args_is_help=True, help="Read unit lists, resolutions, documents and packets into records."
)


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.add_typer(ingest_app, name="ingest")


@ingest_app.command()
def units(
    ctx: typer.Context,
    before: Annotated[Path, typer.Option(help="CSV of the units before 01/7/2025.")],
    after: Annotated[Path, typer.Option(help="CSV of the units from 01/7/2025 on.")],
    province: Annotated[
        list[str] | None,
        typer.Option(help="Code of a province, present or former; may be repeated."),
    ] = None,
) -> None:
    """Write registry/units/PROVINCE.yaml from the statistics office's unit lists.

    A file holds a present province with all units that stood in its territory before.
    Exit codes: 0 written, 1 faults in the lists (nothing is written), 2 wrong usage.

    Example: `registry ingest units --before before.csv --after after.csv --province 20`
    """
    from builder.check.report import as_text
    from builder.ingest.units import read_unit_lists
    from builder.ingest.writing import unit_file_yaml, write

    root = root_of(ctx)
    total = 0
    try:
        lists = read_unit_lists(before, after, province or ())
        if lists.findings:
            for found in lists.findings:
                typer.echo(as_text(found))
            faults = counted(len(lists.findings), "fault")
            fail(f"{faults} in the lists; nothing was written", code=1)
        for slug, file in lists.files.items():
            path = f"registry/units/{slug}.yaml"
            changed = write(root, path, unit_file_yaml(file))
            total += len(file.units)
            state = "written" if changed else "unchanged"
            typer.echo(f"{path}: {counted(len(file.units), 'unit')}, {state}")
    except RegistryError as error:
        fail(str(error), error.hint)
    typer.echo(f"{counted(len(lists.files), 'file')}, {counted(total, 'unit')}")


@ingest_app.command()
def resolution(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Texts, Markdown or plain.")],
    publisher: Annotated[
        str | None, typer.Option(help="Who published the texts, for the record's source.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where they were published.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read merger resolutions into registry/mergers/, one event per clause.

    Needs the province's units ('registry ingest units'). A resolution without a record of
    its own gets one with title, number and dates. What could not be resolved is
    named in the report and in the record, never guessed. Exit codes: 0 all read and every
    invariant holds, 1 something is unresolved or an invariant fails (what was read is
    written, with the rest as unknown), 2 wrong usage.

    Example: `registry ingest resolution 1672_NQ-UBTVQH15.md --json`
    """
    from builder.ingest.resolution.files import ingest_file

    root = root_of(ctx)
    _refuse_source(publisher, url)
    reports: list[dict[str, object]] = []
    fine = True
    for file in files:
        try:
            done = ingest_file(root, file, publisher=publisher, url=url)
        except RegistryError as error:
            fine = False
            reports.append({"file": file.name, "error": str(error), "hint": error.hint})
            if not as_json:
                why = str(error).removeprefix(f"{file}: ").removeprefix(f"{file.name}: ")
                typer.echo(f"{file}: {why}\n  {error.hint}")
            continue
        fine = fine and done.report.fine
        reports.append({**done.report.json(), "record": done.path, "state": done.state})
        if not as_json:
            typer.echo(f"{file}: {done.path or 'no record'}, {done.state}")
            typer.echo("\n".join(f"  {line}" for line in done.report.lines()))
    if as_json:
        print_json({"fine": fine, "files": reports})
    if not fine:
        raise typer.Exit(1)


def _refuse_source(publisher: str | None, url: str | None) -> None:
    """Ends the command where a source cannot have what the options say of it."""
    from pydantic import ValidationError

    from builder.models.base import Source
    from builder.registry.problems import schema_findings

    try:
        Source(kind="dataset", publisher=publisher, url=url)
    except ValidationError as error:
        found = schema_findings("", Source, error)[0]
        fail(f"--{found.message}", found.hint)
