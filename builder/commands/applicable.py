"""``registry applicable``: what applies in a unit on a day, and why."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from builder.commands.common import day_of, errors, fail, print_json, progress, root_of, today
from builder.commands.naming import units_near
from builder.commands.options import AsJson, OnDay
from builder.findings import counted

if TYPE_CHECKING:
    from builder.models.base import Date
    from builder.registry import Registry


def register(app: typer.Typer) -> None:
    app.command("applicable")(applicable_command)


def applicable_command(
    ctx: typer.Context,
    unit: Annotated[
        str, typer.Argument(metavar="UNIT", help="Name of a unit, old or new, its code or its id.")
    ],
    on: OnDay = None,
    known_on: Annotated[
        str | None,
        typer.Option(
            "--as-known-on",
            metavar="DATE|COMMIT",
            help="Answer from the records as the registry had them by the end of that day.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List every document whose territory covers a unit, with its state on a day and the reasons.

    Own documents, those of levels above, and those inherited from former units, with their
    scope. Where no confirmed rule tells whether a document goes on, the state is unknown.

    Two clocks: `--on` is the day that the law is asked about, `--as-known-on` the day on which
    the registry is asked. What it learnt later plays no part in the answer.

    Example: `registry applicable "xã Bính Xá" --on 2025-08-15 --as-known-on 2025-09-01`
    """
    from builder.derive.applicability import as_json as as_data

    day = day_of(on)
    registry, known = _registry(ctx, known_on)
    found = _units(registry, unit, day)
    if not found:
        hint = units_near(registry, unit) or "look it up with 'registry lookup NAME'"
        fail(f"no unit is known as {unit!r}", hint)
    if len(found) > 1:
        if as_json:
            print_json({"query": unit, "candidates": found})
        errors.print(f"error: {unit!r} may be {len(found)} units; give the id of one:")
        for candidate in found:
            errors.print(f"  {_line(candidate)}")
        raise typer.Exit(2)
    answer = {**as_data(registry, str(found[0]["id"]), day, today()), "as_known_on": known}
    if as_json:
        print_json(answer)
        return
    as_known = f" (as the registry stood at {known['commit'][:10]})" if known else ""
    documents = counted(len(answer["items"]), "document")
    typer.echo(f"{_line(found[0])}, on {day}: {documents}{as_known}")
    for item in answer["items"]:
        _print(registry, item)


def _registry(ctx: typer.Context, known_on: str | None) -> tuple["Registry", dict[str, str] | None]:
    """The records to answer from; where old ones are asked for, the commit that held them, too.

    Records of old that today's program cannot read are left out, and counted on standard error.
    """
    from builder.registry import load_strict

    root = root_of(ctx)
    if known_on is None:
        with progress() as say:
            return load_strict(root, say=say), None

    from builder.history.repository import Repository
    from builder.history.snapshot import snapshot_at

    repository = Repository(root)
    commit = repository.commit_at(known_on)
    registry = snapshot_at(repository, commit).registry
    if registry.unread:
        unread = len({finding.path for finding in registry.unread})
        files = counted(unread, "file")
        errors.print(f"warning: {files} of {commit[:10]} cannot be read as records; left out")
    return registry, {"asked": known_on, "commit": commit}


def _units(registry: "Registry", unit: str, day: "Date") -> list[dict[str, Any]]:
    """The units that an id, a code or a name may mean; a code alone is no identity."""
    from builder.derive.lookup import Lookup
    from builder.fold import fold

    lookup = Lookup(registry)
    if unit in registry.units:
        found = [unit]
    elif unit in registry.units_by_code:
        found = [each.id for each in registry.units_by_code[unit]]
    else:
        found = [candidate.unit for candidate in lookup.find(unit, day)]
        # The nearest unit of a bare name may be a town that gave its name to the province.
        found += [
            each.id
            for each in registry.units.values()
            if each.level == "province" and each.id not in found and fold(each.name) == fold(unit)
        ]
    return [lookup.unit_json(each) for each in found]


def _line(unit: dict[str, Any]) -> str:
    above = ", ".join(unit[key] for key in ("district", "province") if unit[key])
    return f"{unit['id']}  {unit['type']} {unit['name']} ({above})"


def _print(registry: "Registry", item: dict[str, Any]) -> None:
    from builder.derive.verdicts import STATE_LABELS
    from builder.derive.words import unit_words

    scope = item["scope"]
    where = {
        "whole": "",
        "former": f"; only {unit_words(registry, scope['unit'])}",
        "part": f"; only the part in {unit_words(registry, scope['unit'])}",
        "undetermined": f"; an undetermined part of {unit_words(registry, scope['unit'])}",
    }[scope["kind"]]
    inherited = "; inherited" if item["inherited"] else ""
    number = f"{item['number']} " if item["number"] else ""
    typer.echo(f"\n{number}{item['title']}\n  {item['id']}")
    typer.echo(f"  {STATE_LABELS[item['state']]}{inherited}{where}")
    for reason in item["reasons"]:
        typer.echo(f"    {reason['says']} [{reason['rule']}]")
