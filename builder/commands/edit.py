"""``registry edit``: fields of one record changed in its file, and nothing else of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from builder.commands import asking
from builder.commands.common import errors, fail, out, print_json, progress, root_of, today
from builder.commands.completing import records
from builder.commands.naming import known_record, record_id
from builder.commands.options import AsJson, DryRun, ToAdd, ToSet, field_and_words
from builder.commands.writing import read_text, refuse_errors, write_record

if TYPE_CHECKING:
    from builder.history.values import Change
    from builder.registry import Entry, Registry


def register(app: typer.Typer) -> None:
    app.command("edit")(edit_command)


Correction = Annotated[
    str | None,
    typer.Option(
        metavar="WHAT|WHY|SOURCE",
        help="Enter the change in 'corrections', as published "
        "records need; without it you are asked on a terminal.",
    ),
]


def edit_command(
    ctx: typer.Context,
    record: Annotated[
        str,
        typer.Argument(metavar="ID", help="Id of the record, or its file.", autocompletion=records),
    ],
    to_set: ToSet = None,
    to_add: ToAdd = None,
    to_unset: Annotated[
        list[str] | None,
        typer.Option("--unset", metavar="FIELD", help="Take a field or item out: unknown.number."),
    ] = None,
    correction: Correction = None,
    by: Annotated[str | None, typer.Option(help="Who corrects (default: git's user.name).")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Change fields of a record; comments, order and quoting of its file stay.

    Values are read as YAML and held to the model; what would bring an error into the registry
    is refused, and nothing is written. Items of lists are named by place or key:
    outputs.0.state, outputs.ban-hanh-quy-che.state.

    Example: `registry edit documents/lang-son/a/b --set dates.effective=2025-07-10
    --correction "Ngày có hiệu lực|Ghi nhầm|Điều 5 của văn bản"`
    """
    from builder.history.values import changes
    from builder.registry import load
    from builder.store.yaml_read import read

    root = root_of(ctx)
    with progress() as say:
        registry = load(root, say=say)
    entry = _entry(registry, record)
    text = read_text(root, entry.path)
    old = read(text)
    value = _changed(entry.id, old, to_set or [], to_add or [], to_unset or [])
    found = changes(old, value)
    if not found:
        fail("nothing is to be changed", "give --set, --add or --unset another value")
    entered = None
    if correction:
        entered = _correction(correction, by, root)
    elif asking.at_terminal() and not as_json and not dry_run:
        entered = _asked(by, root)
    new = _revised(entry, text, value, entered)
    refuse_errors(registry, {entry.id: new}, as_json=as_json)
    if not dry_run:
        write_record(root, entry.path, new)
    _report(registry, entry, found, corrected=bool(entered), dry_run=dry_run, as_json=as_json)


def _revised(entry: "Entry", text: str, value: Any, entered: dict[str, str] | None) -> str:
    """The text of the record with the value, and with the correction that is entered."""
    from builder.registry.assign import assigned
    from builder.store.yaml_edit import revised
    from builder.store.yaml_read import YamlError
    from builder.store.yaml_write import flow

    if entered:
        value = assigned(type(entry.record), value, "corrections", flow(entered), add=True)
    try:
        return revised(text, value)
    except YamlError as error:
        return fail(f"{entry.path}: {error.message}", error.hint)


def _changed(of: str, value: Any, to_set: list[str], to_add: list[str], to_unset: list[str]) -> Any:
    """The value with what the options ask for; what is taken out goes first."""
    from builder.models import MODELS
    from builder.registry.assign import assigned, removed

    model = MODELS[of.partition("/")[0]]
    for path in to_unset:
        value = removed(value, path)
    for given, add in [*((one, False) for one in to_set), *((one, True) for one in to_add)]:
        path, said = field_and_words(given)
        value = assigned(model, value, path, said, add=add)
    return value


def _entry(registry: "Registry", said: str) -> "Entry":
    wanted = record_id(registry.root, said)
    broken = next((f for f in registry.unread if f.path == f"registry/{wanted}.yaml"), None)
    if broken is not None:
        fail(f"{broken.path}: {broken.message}", "mend it by hand first; 'registry check' helps")
    return registry.entries[known_record(registry.root, said, registry.entries)]


def _correction(said: str, by: str | None, root: Path) -> dict[str, str]:
    parts = [part.strip() for part in said.split("|")]
    if len(parts) != 3 or not all(parts):
        fail(f"{said!r} is no correction", 'write --correction "what|why|source"')
    what, why, source = parts
    return _entered(what, why, source, by or _user(root))


def _entered(what: str, why: str, source: str, by: str) -> dict[str, str]:
    return {"on": today().isoformat(), "what": what, "why": why, "by": by, "source": source}


def _asked(by: str | None, root: Path) -> dict[str, str] | None:
    """Asks for the correction that a published record needs."""
    if not typer.confirm("Bản ghi đã công bố? Ghi lần sửa này vào mục đính chính", default=True):
        return None
    what = typer.prompt("Đã sửa gì")
    why = typer.prompt("Vì sao")
    source = typer.prompt("Căn cứ (văn bản, điều khoản, bài báo)")
    return _entered(what, why, source, by or typer.prompt("Người sửa", default=_user(root)))


def _user(root: Path) -> str:
    """Who commits here, as git knows it."""
    import subprocess

    try:
        done = subprocess.run(
            ["git", "-C", str(root), "config", "user.name"],
            capture_output=True, text=True, check=False, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError:
        done = None
    name = done.stdout.strip() if done else ""
    return name or fail("nobody is named as who corrects", "give --by NAME")


def _report(
    registry: "Registry", entry: "Entry", found: "list[Change]", *, corrected: bool,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    from builder.history.words import lines_of, names_of

    said = lines_of(found, names_of(registry))
    if as_json:
        shown = {
            "id": entry.id, "path": entry.path, "written": not dry_run, "corrected": corrected,
            "changes": [
                {"kind": one.kind, "at": list(one.at), "old": one.old, "new": one.new}
                for one in found
            ],
        }  # fmt: skip
        print_json(shown)
        return
    for line in said:
        typer.echo(line)
    out.print(f"{entry.path}: {'would be' if dry_run else 'is'} changed")
    if not corrected:
        errors.print('if the record was published: add --correction "what|why|source"')
