"""``registry fmt``: the files of records in one form, their words untouched."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder.commands.common import errors, fail, out, progress, root_of
from builder.commands.naming import near, record_id
from builder.commands.writing import write_record
from builder.findings import counted

if TYPE_CHECKING:
    from builder.store.cache import RecordCache


_BOM = b"\xef\xbb\xbf"  # some editors put it at the beginning; no record has one


def register(app: typer.Typer) -> None:
    app.command("fmt")(fmt_command)


def fmt_command(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Files, ids or folders (default: all of registry/)."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if a file is not formatted.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="With --check, show what would change.")
    ] = False,
) -> None:
    """Format record files: indentation, spaces, line ends; comments, order and quoting stay.

    A file changes only where it must, its values never; formatting twice changes nothing.
    What is no YAML of records is named and left to 'registry check'.

    Example: `registry fmt --check registry/regulations`
    """
    from builder.store.cache import RecordCache, cache_dir

    root = root_of(ctx)
    known = RecordCache(cache_dir(root) / "formatted.json")
    files = _files(root, paths)
    counts = {"": 0, "changed": 0, "unread": 0}
    with progress() as say:
        for count, path in enumerate(files, 1):
            say(f"formatting: {count:,} of {len(files):,}")
            counts[_one(root, path, known, check=check, diff=diff)] += 1
    if not paths:
        known.save()
    _end(len(files), counts["changed"], counts["unread"], check=check)


def _one(root: Path, path: str, known: "RecordCache", *, check: bool, diff: bool) -> str:
    """Formats a file or says that it is not: "changed", "unread", or nothing where it is."""
    from builder.store.yaml_format import formatted
    from builder.store.yaml_read import YamlError, decode

    digest, data = _content(root, path)
    if known.get(digest):
        return ""
    try:
        new = formatted(decode(data.removeprefix(_BOM)))
    except YamlError as error:
        place = f"{path}:{error.line}:{error.column}"
        errors.print(
            f"{place}: error [yaml] {error.message}" + (f"\n    {error.hint}" if error.hint else "")
        )
        return "unread"
    if new.encode() == data:
        known.put(digest, "1")
        return ""
    text = data.decode()
    if not check:
        write_record(root, path, new)
        typer.echo(f"{path}: formatted")
    else:
        typer.echo(f"{path}:{_first_line(text, new)}:1: error [format] is not formatted")
        if diff:
            typer.echo(_difference(path, text, new), nl=False)
    return "changed"


def _end(files: int, changed: int, unread: int, *, check: bool) -> None:
    if check and changed:
        errors.print("run 'registry fmt' and commit what it writes")
    failed = bool(unread or (check and changed))
    (errors if failed else out).print(
        f"{counted(files, 'file')}, {changed} {'to be formatted' if check else 'formatted'}"
        + (f", {unread} not read: see 'registry check'" if unread else "")
    )
    raise typer.Exit(1 if failed else 0)


def _files(root: Path, paths: list[Path] | None) -> list[str]:
    """Record files under the root in order of path; no link is followed."""
    from builder.store.files import find_records

    found = [file.path for file in find_records(root)[0]]
    if not paths:
        return found
    chosen: list[str] = []
    for path in paths:
        chosen += _chosen(root, path, found)
    return sorted(set(chosen))


def _chosen(root: Path, path: Path, found: list[str]) -> list[str]:
    """The files that a path or an id means; ends the command where it means none."""
    hint = "give files or folders of registry/"
    named = f"registry/{record_id(root, str(path))}.yaml"
    if named in found:
        return [named]
    if not path.exists():
        fail(f"there is no {path}", near(named, found) or hint)
    inside = path.resolve()
    if not inside.is_relative_to(root.resolve()):
        fail(f"{path} is not in the registry at {root}", hint)
    relative = inside.relative_to(root.resolve()).as_posix()
    return found if relative == "." else [one for one in found if one.startswith(f"{relative}/")]


def _content(root: Path, path: str) -> tuple[str, bytes]:
    import hashlib

    from builder.store.files import read_bytes
    from builder.store.yaml_read import MAX_BYTES

    try:
        data = read_bytes(root, path, MAX_BYTES)
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}", "see who may read it")
    return hashlib.sha256(data).hexdigest(), data


def _first_line(old: str, new: str) -> int:
    pairs = zip(old.splitlines(), new.splitlines(), strict=False)
    return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), len(new.splitlines()))


def _difference(path: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), path, path, n=1
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)
