"""``registry schema``: the JSON Schemas, generated from the models."""

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.common import errors, out, root_of
from builder.findings import counted


def register(app: typer.Typer) -> None:
    app.command("schema")(schema_command)


def schema_command(
    ctx: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if files have drifted.")
    ] = False,
) -> None:
    """Write schemas/ and the settings of VS Code from the models.

    Example: `registry schema --check`
    """
    root = root_of(ctx)
    wanted = schema_files()
    stale = [path for path, data in wanted.items() if _read(root / path) != data]
    extra = [
        f"schemas/{path.name}"
        for path in sorted((root / "schemas").glob("*.schema.json"))
        if f"schemas/{path.name}" not in wanted
    ]
    if check:
        for path in stale + extra:
            typer.echo(f"{path}:1:1: error [schema-drift] differs from the models")
        if stale or extra:
            errors.print("run 'registry schema' and commit what it writes")
            raise typer.Exit(1)
        out.print(f"{len(wanted)} files are as the models say")
        return
    write_schemas(root, stale)
    for path in extra:
        (root / path).unlink()
    out.print(f"{counted(len(wanted), 'file')}, {len(stale) + len(extra)} of them changed")


def schema_files() -> dict[str, bytes]:
    """Contents by path relative to the root."""
    import orjson

    from builder.models.schema import json_schemas, vscode_settings

    values: dict[str, object] = {f"schemas/{n}": v for n, v in json_schemas().items()}
    values[".vscode/settings.json"] = vscode_settings()
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return {path: orjson.dumps(value, option=option) for path, value in values.items()}


def write_schemas(root: Path, paths: list[str] | None = None) -> None:
    """Writes the files named, or all."""
    from builder.store.files import write_atomically

    for path, data in schema_files().items():
        if paths is None or path in paths:
            write_atomically(root / path, data)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
