"""``registry init``: a new, empty registry with everything needed to start."""

from pathlib import Path
from typing import Annotated

import typer

from builder.commands.common import fail, out


def register(app: typer.Typer) -> None:
    app.command("init")(init_command)


def init_command(
    given: Annotated[str, typer.Argument(metavar="DIR", help="The folder to make or fill.")],
) -> None:
    """Make a new, empty registry: folders, settings, schemas, pages, and a note on what comes next.

    Writes into an empty or missing folder only, or beside files that it does not touch.

    Example: `registry init my-province`
    """
    from builder.models import MODELS

    if not given.strip():
        fail("no folder is named", "give the name of a folder; '.' is the one you are in")
    folder = Path(given)
    if (folder / "registry").exists():
        fail(f"{folder} is a registry already", "run 'registry check' in it")
    if folder.exists() and not folder.is_dir():
        fail(f"{folder} is a file", "give the name of a folder")
    files = _files(list(MODELS))
    taken = [path for path in files if (folder / path).exists()]
    if taken:
        fail(f"{folder} already holds {', '.join(taken)}", "give the name of an empty folder")
    try:
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    except OSError as error:
        fail(f"cannot write {error.filename}: {error.strerror}", "choose another folder")
    out.print(
        f"{folder} is a registry of {len(MODELS)} kinds of record, still empty. Next:\n"
        f"  cd {folder}\n"
        "  git init\n"
        "  registry ingest units --before CSV --after CSV\n"
        "  registry check && registry build\n"
        "Copy what your province says of itself into site_src/pages/."
    )


def _files(kinds: list[str]) -> dict[str, bytes]:
    """Contents by relative path. The theme stays with the program, so that it can be renewed."""
    from builder.assets import asset_root
    from builder.commands.schema import schema_files

    source = asset_root()
    files = {
        f"registry/{kind}/README.md": _kind_readme(kind).encode() for kind in kinds
    }  # a folder without a file would not enter git
    files[".gitignore"] = b"site/\n"
    files["README.md"] = _README.encode()
    files["mkdocs.yml"] = (source / "mkdocs.yml").read_bytes()
    pages = source / "site_src" / "pages"
    for path in sorted(pages.rglob("*")):
        if path.is_file() and path.suffix in {".md", ".png", ".yml"}:
            files[f"site_src/pages/{path.relative_to(pages).as_posix()}"] = path.read_bytes()
    return files | schema_files()


def _kind_readme(kind: str) -> str:
    return f"# {kind}\n\nRecords of this kind; fields: `schemas/{kind}.schema.json`.\n"


_README = """\
# Registry

Records stand in `registry/`, one YAML file each; their path is their identity.

- `registry check` says what is wrong, where, and how to mend it.
- `registry build` builds the site into `site/`; `registry serve` shows it.
- `registry ingest units` and `registry ingest resolution` read unit lists and merger resolutions.
"""
