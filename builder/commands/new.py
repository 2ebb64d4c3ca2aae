"""``registry new``: a record from answers or options, in its place, fit to be checked."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from builder.commands import asking
from builder.commands.common import fail, out, print_json, progress, root_of
from builder.commands.naming import near
from builder.commands.options import AsJson, DryRun, ToAdd, ToSet
from builder.commands.writing import refuse_errors, write_record

if TYPE_CHECKING:
    from builder.commands.drafts.templates import Template
    from builder.registry import Registry

KINDS = ("documents", "resolutions", "regulations", "meetings", "bodies", "requirements")


def register(app: typer.Typer) -> None:
    app.command("new")(new_command)


Kind = Annotated[
    str | None,
    typer.Argument(
        metavar="KIND", help=f"One of: {', '.join(KINDS)}.",
        autocompletion=lambda incomplete: [k for k in KINDS if k.startswith(incomplete)],
    ),
]  # fmt: skip
FromTemplate = Annotated[
    str | None, typer.Option(metavar="NAME", help="Begin with a usual meeting.")
]
ListTemplates = Annotated[
    bool, typer.Option("--list-templates", help="List the templates and end.")
]
Title = Annotated[str | None, typer.Option(help="Title or trích yếu; name of a body.")]
OfBody = Annotated[str | None, typer.Option(help="Issuer, or body that met: lang-son/na-sam/hdnd.")]
Unit = Annotated[
    str | None, typer.Option(help="Unit, by name or id, where no body says it: 'xã Na Sầm'.")
]
Type = Annotated[str | None, typer.Option("--type", help="Type of document or body: QĐ, hdnd …")]
Form = Annotated[str | None, typer.Option(help="Form of a meeting: session, meeting …")]
Mode = Annotated[str | None, typer.Option(help="Meeting: trial or official.")]
Stage = Annotated[str | None, typer.Option(help="Document: draft, trial, adopted.")]
Number = Annotated[
    str | None, typer.Option(help="Number and symbol; 'next' takes the next that is free.")
]
Date = Annotated[str | None, typer.Option(help="Day it was signed or held.")]
Access = Annotated[str | None, typer.Option(help="public or internal; no default.")]
Source = Annotated[
    list[str] | None,
    typer.Option(metavar="KIND=TITLE|URL", help="A source: press=https://…"),
]
RecordId = Annotated[
    str | None, typer.Option("--id", help="Id of the record instead of the proposed one.")
]


def new_command(
    ctx: typer.Context,
    kind: Kind = None,
    from_template: FromTemplate = None,
    list_templates: ListTemplates = False,
    title: Title = None,
    body: OfBody = None,
    unit: Unit = None,
    type_: Type = None,
    form: Form = None,
    mode: Mode = None,
    stage: Stage = None,
    number: Number = None,
    date: Date = None,
    access: Access = None,
    source: Source = None,
    to_set: ToSet = None,
    to_add: ToAdd = None,
    record_id: RecordId = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write a new record: asks for what is needed, or takes options; proposes id and number.

    The record is held to the whole registry before it is written; what would bring an error
    is refused, and so is what seems to be there already, unless --id names another. No file
    is ever overwritten. What nobody knows is left out. Units and mergers are read by
    `registry ingest`. Exit codes: 0 written, 1 refused, 2 wrong usage.

    Example: `registry new meeting --from-template hdnd-first-session --body lang-son/na-sam/hdnd
    --date 2025-07-01 --access public --source press=https://baolangson.vn/…`
    """
    from builder.commands.drafts.drafting import Given, draft
    from builder.registry import load

    if list_templates:
        _list(as_json=as_json)
        return
    asks = asking.at_terminal() and not as_json
    template, wanted = _begun(kind, from_template, asks=asks)
    given = Given(
        title, body, unit, type_, form, mode, stage, number, date, access,
        tuple(source or ()), tuple(to_set or ()), tuple(to_add or ()), record_id,
    )  # fmt: skip
    with progress() as say:
        registry = load(root_of(ctx), say=say)
    new_id, value, notes = draft(registry, wanted, template, given, asks=asks)
    if record_id is None:
        _refuse_again(registry, wanted, value, asks=asks, as_json=as_json)
    _finish(registry, new_id, value, notes, dry_run=dry_run, as_json=as_json)


def _refuse_again(
    registry: "Registry", kind: str, value: Any, *, asks: bool, as_json: bool
) -> None:
    """Ends the command where a record seems to be there already, unless somebody wants another."""
    from builder.derive.alike import alike

    found = alike(registry, kind, value)
    if not found:
        return
    if asks and typer.confirm(f"Có lẽ đã có: {', '.join(found)}. Vẫn lập bản ghi mới"):
        return
    if as_json:
        print_json({"written": False, "alike": found})
        raise typer.Exit(1)
    fail(
        f"nothing was written: it may be {' or '.join(found)}",
        "'registry edit' changes that record; to write another, name it with --id",
        code=1,
    )


def _begun(
    kind: str | None, from_template: str | None, *, asks: bool
) -> "tuple[Template | None, str]":
    """The template that was named, and the kind of record that is wanted."""
    from builder.commands.drafts.templates import template_named

    template = template_named(from_template) if from_template else None
    wanted = _kind(kind or (template.kind if template else _asked_kind() if asks else ""))
    if template and template.kind != wanted:
        fail(f"the template {template.name} is for {template.kind}", "leave out KIND")
    return template, wanted


def _asked_kind() -> str:
    """The kind of record, chosen by whoever is there to answer."""
    from builder.search.catalogue import KIND_LABELS

    kinds = {kind: KIND_LABELS[kind] for kind in KINDS}
    return asking.Asker(True).choice(None, "KIND", "Loại bản ghi", kinds)


def _kind(said: str) -> str:
    found = [kind for kind in KINDS if said and said in (kind, kind.removesuffix("s"))]
    found += ["bodies"] if said == "body" else []
    if found:
        return found[0]
    kinds = f"the kinds are {', '.join(KINDS)}"
    hint = f"{near(said, (*KINDS, 'document', 'meeting', 'body'))} {kinds}".strip()
    if said in ("units", "unit", "mergers", "merger"):
        hint = "units and mergers are read by 'registry ingest'"
    return fail(f"there is no new {said!r}" if said else "which kind of record?", hint)


def _list(*, as_json: bool) -> None:
    from builder.commands.drafts.templates import templates

    found = templates()
    if as_json:
        shown = [{"name": t.name, "kind": t.kind, "vi": t.vi, "en": t.en} for t in found]
        print_json(shown)
        return
    width = max(len(template.name) for template in found)
    for template in found:
        typer.echo(f"{template.name:{width}}  {template.vi} / {template.en}")


def _finish(
    registry: "Registry", record_id: str, value: Any, notes: tuple[str, ...], *,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Writes the record if it holds; says where it is and what is left to do."""
    from builder.store.yaml_write import record_text

    path = f"registry/{record_id}.yaml"
    text = record_text(record_id, value)
    if (registry.root / path).exists():
        fail(f"{path} exists", "give another --id; 'registry edit' changes records")
    refuse_errors(registry, {record_id: text}, as_json=as_json)
    if not dry_run:
        write_record(registry.root, path, text)
    if as_json:
        shown = {"id": record_id, "path": path, "written": not dry_run, "record": value,
                 "todo": list(notes)}  # fmt: skip
        print_json(shown)
        return
    if dry_run:
        typer.echo(text, nl=False)
    out.print(f"{path}: {'would be' if dry_run else 'is'} written, and passes the check")
    for note in notes:
        typer.echo(f"  - {note}")
