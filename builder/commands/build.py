"""``registry build``: the whole site."""

import gc
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from builder.commands.common import errors, out, progress, root_of
from builder.findings import counted


class Audience(StrEnum):
    """Who reads a site."""

    public = "public"
    internal = "internal"


Folder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        help="Where to (default: site/ in the root of the registry; site-internal/ for "
        "internal use).",
    ),
]
ForWhom = Annotated[
    Audience, typer.Option(help="Who is to read it: 'public' holds nothing of internal records.")
]


def register(app: typer.Typer) -> None:
    app.command("build")(build_command)


def build_command(
    ctx: typer.Context,
    folder: Folder = None,
    audience: ForWhom = Audience.public,
    search: Annotated[
        bool,
        typer.Option("--search/--no-search", help="Make the index of the texts; takes longest."),
    ] = True,
    force: Annotated[
        bool, typer.Option("--force", help="Render every page, changed or not.")
    ] = False,
) -> None:
    """Build the site: every record's page, lists, search, guide.

    Only what has changed is rendered. The new site takes the place of the old one in one
    step; if the build fails or is stopped, the old one stays as it was. Exit codes: 0 built,
    1 records that do not load, 2 anything else.

    Example: `registry build --out site --no-search`
    """
    from builder.check.report import as_text
    from builder.registry import locate_all
    from builder.site.build import NotLoadable, build

    gc.disable()  # until pages are stamped, next to nothing that is made is garbage
    root = root_of(ctx)
    target = folder or root / ("site" if audience is Audience.public else "site-internal")
    try:
        with progress() as say:
            report = build(
                root, target, full_text=search, force=force, audience=audience.value, say=say
            )
    except NotLoadable as fault:
        for finding in locate_all(root, fault.findings):
            typer.echo(as_text(finding))
        errors.print(f"{counted(len(fault.findings), 'error')}; nothing was built")
        raise typer.Exit(1) from None
    out.print(
        f"{report.out}: {counted(report.pages, 'page')} ({report.rendered:,} rendered), "
        f"{counted(report.files, 'file')}, {report.size / 1e6:,.1f} MB, {report.seconds:.1f} s\n"
        f"open {report.out / 'index.html'} in a browser, or run 'registry serve'"
    )
