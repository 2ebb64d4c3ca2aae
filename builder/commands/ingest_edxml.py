"""``registry ingest edxml``: packets of document systems into drafts."""

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.common import fail, progress, root_of, today
from builder.commands.ingest import ingest_app
from builder.commands.ingest_documents import Into, show
from builder.commands.options import AsJson, DryRun
from builder.findings import RegistryError, counted


@ingest_app.command()
def edxml(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Packets (.edxml).")],
    into: Into = None,
    system: Annotated[
        str, typer.Option(help="The system they come from, e.g. VNPT-iOffice.")
    ] = "edXML",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Read packets of document exchange (QCVN 102:2016) into drafts with their files.

    What a packet does to a record that stands is never done silently: a recall is reported for
    a person to carry out, an update or a replacement becomes a draft that names its target.
    Receipts, classified and hostile packets are refused, with nothing written; personal data
    is dropped; a packet taken before is known again. Exit codes: 0 written or known, 1
    something was refused (nothing is written) or is left for a person to do, 2 wrong usage.

    Example: `registry ingest edxml den/*.edxml --system VNPT-iOffice --dry-run`
    """
    from builder.ingest.documents import Options
    from builder.ingest.packets import ingest_packets
    from builder.registry import load

    if not system.strip() or not system.isprintable() or len(system) > 100:
        fail("--system is no name", "write the name of a document system, e.g. VNPT-iOffice")
    options = Options(today(), into, False, dry_run)
    try:
        with progress() as say:
            say(f"reading {counted(len(files), 'packet')}")
            registry = load(root_of(ctx), say=say)
            outcomes = ingest_packets(registry, files, system.strip(), options)
    except RegistryError as error:
        fail(str(error), error.hint)
    show(outcomes, as_json)
