"""``registry serve``: the site on this machine, rebuilt on changes."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

import builder
from builder.commands.common import fail, out, root_of


def register(app: typer.Typer) -> None:
    app.command("serve")(serve_command)


def serve_command(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 takes a free one.")] = 8000,
    folder: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to build (default: site/ in the root)."),
    ] = None,
    search: Annotated[
        bool, typer.Option("--search/--no-search", help="Make the index of the texts each time.")
    ] = False,
) -> None:
    """Build the site, show it on this machine alone, and rebuild it when a file changes.

    Pages that are open in a browser reload by themselves. A change that does not build
    leaves the last good site in place.

    Example: `registry serve --port 8080`
    """
    from builder.site.serve import serve

    root = root_of(ctx)
    target = (folder or root / "site").absolute()
    _refuse_taken(port)
    # Of this program, not of a folder builder/ where one happens to stand.
    ours = str(Path(builder.__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join(
        part for part in (ours, os.environ.get("PYTHONPATH")) if part
    )
    build = [
        sys.executable, "-P", "-m", "builder", "--root", str(root), "build",
        "--out", str(target), "--search" if search else "--no-search",
    ]  # fmt: skip
    first = subprocess.run(build, check=False).returncode
    if first != 0 and not (target / "index.html").is_file():
        raise typer.Exit(first)
    try:
        serve(root, target, port, build, out.print)
    except OSError as error:
        _cannot_serve(port, error)


def _refuse_taken(port: int) -> None:
    """Says that a port is taken before the site is built, not after."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        _cannot_serve(port, error)


def _cannot_serve(port: int, error: OSError) -> NoReturn:
    fail(f"cannot serve on port {port}: {error.strerror}", "choose another with --port")
