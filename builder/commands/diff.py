"""``registry diff``: what changed in the language of the field, and what follows from it."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from builder.commands.common import day_of, fail, progress, root_of
from builder.commands.options import AsJson, OnDay

if TYPE_CHECKING:
    from builder.history.repository import Repository


class Format(StrEnum):
    """How a difference is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    app.command("diff")(diff_command)


Base = Annotated[
    str,
    typer.Argument(
        metavar="BASE",
        help="Commit, branch, tag or day to compare with; BASE...HEAD compares HEAD with "
        "the last commit that both have in common.",
    ),
]
Head = Annotated[
    str | None,
    typer.Argument(metavar="HEAD", help="Commit, branch, tag or day (default: the files here)."),
]


def diff_command(
    ctx: typer.Context,
    base: Base,
    head: Head = None,
    output: Annotated[
        Format, typer.Option("--format", help="text, json, or markdown for a comment.")
    ] = Format.TEXT,
    on: OnDay = None,
    as_json: AsJson = False,
) -> None:
    """Say what changed between two states of the registry, and what follows from it.

    Fields, clauses and provisions by name; renamed files and mere formatting as such; then
    which units have other documents applying, which requirements changed their state, which
    links broke.

    Example: `registry diff origin/main --format markdown`
    """
    from builder.history import render
    from builder.history.compare import compare
    from builder.history.consequences import consequences
    from builder.history.repository import Repository
    from builder.history.snapshot import snapshot_at, working_tree

    day = day_of(on)
    repository = Repository(root_of(ctx))
    first, second = _revisions(repository, base, head)
    with progress() as say:
        say("reading the records")
        new = snapshot_at(repository, second) if second else working_tree(repository)
        old = snapshot_at(repository, first, new.registry)
        say("comparing")
        changed = compare(old, new)
        say("working out what follows")
        follows = consequences(old.registry, new.registry, changed, day)
    if as_json or output is Format.JSON:
        typer.echo(render.as_json(changed, follows, first, second))
    elif output is Format.MARKDOWN:
        typer.echo(render.as_markdown(changed, follows, first[:10], second[:10] or "files here"))
    else:
        typer.echo(render.as_text(changed, follows))


def _revisions(repository: "Repository", base: str, head: str | None) -> tuple[str, str]:
    """Ids of both commits; empty for the files as they are."""
    if "..." not in base:
        return repository.commit_at(base), repository.commit_at(head) if head else ""
    if head is not None:
        fail("BASE...HEAD already names both", "give 'registry diff BASE...HEAD' alone")
    one, _, other = base.partition("...")
    first, second = repository.commit_at(one or "HEAD"), repository.commit_at(other or "HEAD")
    common = repository.common_ancestor(first, second)
    if common is None:
        fail(f"{one} and {other} have no commit in common", "give two revisions: BASE HEAD")
    return common, second
