"""``registry ingest docx`` and ``registry ingest pdf``: documents into drafts."""

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.common import fail, print_json, progress, root_of, today
from builder.commands.ingest import ingest_app
from builder.commands.options import AsJson, DryRun
from builder.findings import RegistryError, counted

Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="Files to read.")]
Into = Annotated[
    str | None,
    typer.Option(
        metavar="PROVINCE/UNIT",
        help="Folder of the drafts (default: that of the issuer, e.g. vi-du/an-binh).",
    ),
]
_STATES = {
    "written": "draft written", "planned": "would be written", "known": "known already",
    "refused": "refused", "to-do": "left for you to do",
}  # fmt: skip


@ingest_app.command()
def docx(
    ctx: typer.Context,
    files: Files,
    into: Into = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Read Word documents into drafts, each with its text and the file attached.

    Reads the form of Decree 30/2020/NĐ-CP and of the Party; TCVN3 and VNI become Unicode.
    A draft is internal and unverified: compare it with the document before you open it.
    All files are written or none. Exit codes: 0 written or known, 1 something was refused
    (nothing is written), 2 wrong usage.

    Example: `registry ingest docx quyet-dinh-12.docx --dry-run`
    """
    _ingest(ctx, "docx", files, into, False, dry_run, as_json)


@ingest_app.command()
def pdf(
    ctx: typer.Context,
    files: Files,
    into: Into = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise scans (needs tesseract with 'vie').")
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Read PDF documents into drafts, each with its text and the file attached.

    As `registry ingest docx`. A scan has no text and is refused, unless --ocr reads it with
    Tesseract. Exit codes: 0 written or known, 1 something was refused (nothing is written),
    2 wrong usage.

    Example: `registry ingest pdf cong-bao/*.pdf --into vi-du/an-binh --json`
    """
    _ingest(ctx, "pdf", files, into, ocr, dry_run, as_json)


def _ingest(
    ctx: typer.Context,
    kind: str,
    files: list[Path],
    into: str | None,
    ocr: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    from builder.ingest.documents import Options, ingest_documents
    from builder.registry import load

    options = Options(today(), into, ocr, dry_run)
    try:
        with progress() as say:
            say(f"reading {counted(len(files), 'file')}")
            registry = load(root_of(ctx), say=say)
            outcomes = ingest_documents(registry, kind, files, options)
    except RegistryError as error:
        fail(str(error), error.hint)
    show(outcomes, as_json)


def show(outcomes: list, as_json: bool) -> None:  # type: ignore[type-arg]
    """Prints what became of each file, and ends the command with 1 if one was refused."""
    refused = any(outcome.state == "refused" for outcome in outcomes)
    fine = not refused and all(outcome.state != "to-do" for outcome in outcomes)
    if as_json:
        body = {"fine": fine, "files": [outcome.json() for outcome in outcomes]}
        print_json(body)
    for outcome in () if as_json else outcomes:
        if outcome.state == "refused":
            why = outcome.error.partition(f"{outcome.file}: ")[2] or outcome.error
            typer.echo(f"{outcome.file}: refused: {why}\n  {outcome.hint}")
        else:
            typer.echo(f"{outcome.file}: {_STATES[outcome.state]}: {outcome.record}")
        if outcome.effect:
            typer.echo(f"  {outcome.effect}")
        for each in outcome.fields:
            typer.echo(f"  {each['field']}: {each['value']} ({each['where']}, {each['sure']})")
        for each in outcome.missing:
            typer.echo(f"  {each['field']}: unknown: {each['why']}")
        for line in outcome.review:
            typer.echo(f"  to review: {line}")
    if refused:
        typer.echo("nothing was written", err=True)
    if not fine:
        raise typer.Exit(1)
