"""``registry history`` and ``registry show``: what a record was, and who changed it when."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from builder.commands.common import errors, fail, print_json, printable, progress, root_of
from builder.commands.completing import records
from builder.commands.naming import known_record
from builder.commands.options import AsJson

if TYPE_CHECKING:
    from builder.history.timeline import State

_ID = typer.Argument(
    metavar="ID",
    help="Id of a record: units/lang-son; a file's path will do.",
    autocompletion=records,
)


def register(app: typer.Typer) -> None:
    app.command("history")(history_command)
    app.command("show")(show_command)


def history_command(
    ctx: typer.Context,
    record: Annotated[str, _ID],
    at: Annotated[
        str,
        typer.Option("--at", metavar="COMMIT|DATE", help="The history up to this commit or day."),
    ] = "HEAD",
    as_json: AsJson = False,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Reuse what earlier runs read from git.")
    ] = True,
) -> None:
    """Show who changed a record when, and what changed, newest first.

    Authors are named as `.mailmap` maps them. A change made on a branch stands with its
    author, and with the merge from which on the registry has said so.

    Example: `registry history mergers/2025/1672-nq-ubtvqh15`
    """
    from builder.history.log import read_history
    from builder.history.repository import Repository
    from builder.history.timeline import as_json as as_data
    from builder.history.timeline import timeline
    from builder.history.words import names_of, title_of
    from builder.registry import load

    root = root_of(ctx)
    repository = Repository(root)
    with progress() as say:
        history = read_history(repository, repository.commit_at(at), cache=cache, say=say)
        record_id = known_record(root, record, history.steps, " in the history")
        registry = load(root, say=say)
        states = timeline(repository, history, record_id, names_of(registry))
    if as_json:
        print_json(as_data(record_id, states))
        return
    typer.echo(printable(f"{record_id}  {title_of(registry, record_id)}"))
    for state in reversed(states):
        for line in _lines(state):
            typer.echo(printable(line))


def _lines(state: "State") -> list[str]:
    head = f"{state.authored:%Y-%m-%d %H:%M}  {state.commit[:10]}  {state.author}: {state.happened}"
    if state.landed_in != state.commit:
        head += f" (came in on {state.landed:%Y-%m-%d %H:%M} with {state.landed_in[:10]})"
    return [head, f"    “{state.subject}”", *(f"    {line}" for line in state.lines)]


def show_command(
    ctx: typer.Context,
    record: Annotated[str, _ID],
    at: Annotated[
        str | None,
        typer.Option(
            metavar="COMMIT|DATE",
            help="As it was at a commit, branch or tag, or by the end of a day.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a record as it stands, or as the registry had it at a commit or on a day.

    A day counts in Vietnam's time, and a change counts from its merge into the main line.

    Example: `registry show mergers/2025/1672-nq-ubtvqh15 --at 2025-08-01`
    """
    from builder.history.snapshot import fields_of

    commit, record_id, data = _content(ctx, record, at)
    if not as_json:
        for line in data.decode("utf-8", "replace").splitlines():
            typer.echo(printable(line))
        return
    fields = fields_of(record_id, data)
    if fields is None:
        fail(f"{record_id} is no readable record there", "leave out --json to see the file")
    shown = {"id": record_id, "commit": commit or None, "fields": fields}
    print_json(shown)


def _content(ctx: typer.Context, record: str, at: str | None) -> tuple[str, str, bytes]:
    """Commit (empty for the working tree), id and bytes of the record that is asked for."""
    from builder.history.blobs import blobs_of, files_at
    from builder.history.repository import Repository
    from builder.store.files import find_records, read_bytes
    from builder.store.yaml_read import MAX_BYTES

    root = root_of(ctx)
    if at is None:
        record_id = known_record(root, record, (file.id for file in find_records(root)[0]))
        return "", record_id, read_bytes(root, f"registry/{record_id}.yaml", MAX_BYTES)
    repository = Repository(root)
    commit = repository.commit_at(at)
    files, _ = files_at(repository, commit)
    record_id = known_record(root, record, _ids(files), f" at {commit[:10]}")
    with blobs_of(repository) as process:
        [(_, data)] = process.read_all([files[f"registry/{record_id}.yaml"]])
    errors.print(f"{record_id} at {commit[:10]}")
    return commit, record_id, data


def _ids(paths: Iterable[str]) -> list[str]:
    return [
        path.removeprefix("registry/").removesuffix(".yaml")
        for path in paths if path.endswith(".yaml")
    ]  # fmt: skip
