"""What the shell offers while somebody types: ids folder by folder, without reading records."""

import os
from pathlib import Path

import typer

from builder.commands.common import root_of
from builder.findings import RegistryError


def records(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids that begin so, down to the folder where they part."""
    try:
        base = root_of(ctx) / "registry"
    except RegistryError:
        return []
    said = incomplete.removeprefix("registry/")
    found = _inside(base, said)
    while len(found) == 1 and found[0].endswith("/"):
        found = _inside(base, found[0])
    before = "registry/" if said != incomplete else ""
    return [before + one for one in found]


def _inside(base: Path, said: str) -> list[str]:
    """Folders (with a slash) and ids of one folder that begin as was said."""
    folder, slash, start = said.rpartition("/")
    if ".." in folder.split("/"):
        return []
    try:
        entries = [*os.scandir(base / folder)]
    except OSError:
        return []
    found = []
    for entry in entries:
        if entry.name.startswith(start) and not entry.name.startswith("."):
            if entry.is_dir(follow_symlinks=False):
                found.append(f"{folder}{slash}{entry.name}/")
            elif entry.name.endswith(".yaml") and folder:
                found.append(f"{folder}{slash}{entry.name.removesuffix('.yaml')}")
    return sorted(found)
