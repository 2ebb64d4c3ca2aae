"""Writing records from commands: held to the whole registry first, then whole or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from builder.commands.common import fail, print_json

if TYPE_CHECKING:
    from builder.registry import Registry


def refuse_errors(registry: "Registry", texts: dict[str, str], *, as_json: bool) -> None:
    """Ends the command if texts, by id of record, would bring errors into the registry."""
    from builder.check.proposed import proposed
    from builder.check.report import as_data, as_text

    found = proposed(registry, texts)
    if found and as_json:
        print_json({"written": False, "findings": [as_data(finding) for finding in found]})
        raise typer.Exit(1)
    if found:
        for finding in found:
            typer.echo(as_text(finding), err=True)
        fail("nothing was written: the registry would have errors", code=1)


def write_record(root: Path, path: str, text: str) -> None:
    """Writes a record whole or not at all; ends the command where that cannot be."""
    from builder.store.files import write_atomically

    if any((root / folder).is_symlink() for folder in Path(path).parents):
        fail(f"{path} stands in a linked folder", "use a folder of its own")
    try:
        write_atomically(root / path, text.encode())
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}", "see who may write there")


def read_text(root: Path, path: str) -> str:
    """The text of a record's file; ends the command where it cannot be read."""
    from builder.store.files import read_bytes
    from builder.store.yaml_read import MAX_BYTES, YamlError, decode

    try:
        return decode(read_bytes(root, path, MAX_BYTES))
    except OSError as error:
        return fail(f"cannot read {path}: {error.strerror}", "see who may read it")
    except YamlError as error:
        return fail(f"{path}:{error.line}:{error.column}: {error.message}", error.hint)
