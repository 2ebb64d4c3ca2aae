"""``registry search``: the same answers as the site's search page, on the command line."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from builder.commands.common import (
    day_of,
    errors,
    fail,
    out,
    print_json,
    printable,
    progress,
    root_of,
)
from builder.commands.naming import near
from builder.commands.options import AsJson, OnDay

if TYPE_CHECKING:
    from builder.derive.verdicts import State
    from builder.models.base import Date
    from builder.search.whoosh_index import Answer, Hit


def register(app: typer.Typer) -> None:
    app.command("search")(search_command)


def _several(words: str) -> Any:
    return typer.Option(help=f"{words} May be repeated.")


def search_command(
    ctx: typer.Context,
    query: Annotated[
        str,
        typer.Argument(metavar="WORDS", help="Words, a number in any spelling, or a former name."),
    ],
    kind: Annotated[list[str] | None, _several("Only this kind: units, resolutions, …")] = None,
    type_: Annotated[
        list[str] | None, typer.Option("--type", help="Only this type: QC, 'quy chế', xã, …")
    ] = None,
    block: Annotated[list[str] | None, _several("Only party, government or front.")] = None,
    unit: Annotated[list[str] | None, _several("Only this unit: id, code or name.")] = None,
    year: Annotated[list[str] | None, _several("Only this year.")] = None,
    stage: Annotated[
        list[str] | None, _several("Only draft, trial, adopted, official or withdrawn.")
    ] = None,
    on: OnDay = None,
    state: Annotated[
        list[str] | None, _several("Only documents in this state on that day: in_force, …")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Show at most so many; 0 shows all.")] = 20,
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="Search the texts, too, or the catalogue only.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Search records, units and people: marks and case do not matter, nor how numbers are written.

    Finds what the site's search page finds, in the same order: where marks are typed, what
    has the same marks comes first. Former names lead to what concerns the units that followed.

    Example: `registry search "quy chế" --block party --on 2025-08-15 --state in_force --json`
    """
    from builder.registry import load
    from builder.search.whoosh_index import search

    filters = _filters(kind=kind, type=type_, block=block, unit=unit, year=year, stage=stage)
    day = day_of(on)
    in_state = (day, _states(state)) if state else None
    root = root_of(ctx)
    with progress() as say:
        answer = search(
            root, query, filters, lambda: load(root, say=say), full_text=text, in_state=in_state,
            say=say,
        )  # fmt: skip
    shown = answer.hits[: limit or None]
    if as_json:
        print_json(_data(query, answer, shown, day))
        return
    _print(answer, shown, day)


def _print(answer: "Answer", shown: "tuple[Hit, ...]", day: "Date") -> None:
    same = sum(hit.same_marks for hit in answer.hits)
    for place, hit in enumerate(shown, 1):
        if place == same + 1:
            out.print("\nOther marks:\n")
        out.print(_lines(place, hit, day))
    for short, meaning in answer.query.opened:
        errors.print(f"{short}: also “{meaning}”")
    for facet, value in answer.unheard:
        errors.print(printable(f"no record has the {facet} {value!r}"))
    if answer.near:
        errors.print(f"did you mean {', '.join(answer.near)}?")
    left = len(answer.hits) - len(shown)
    errors.print(f"{len(answer.hits)} found" + (f", {left} more with --limit 0" if left else ""))


def _filters(**given: list[str] | None) -> dict[str, tuple[str, ...]]:
    return {facet: _known(facet, values) for facet, values in given.items()}


def _known(facet: str, values: list[str] | None) -> tuple[str, ...]:
    """The values of a facet; ends the command for one outside the list of a closed one."""
    from builder.models.codes import LABELS
    from builder.search.catalogue import KIND_LABELS, STAGE_LABELS
    from builder.search.whoosh_index import filter_key

    closed = {"kind": KIND_LABELS, "block": LABELS["block"], "stage": STAGE_LABELS}
    labels = closed.get(facet, {})
    known = {filter_key(name) for pair in labels.items() for name in pair}
    for value in values or ():
        if labels and filter_key(value) not in known:
            hint = f"{near(value.casefold(), labels)} one of {', '.join(labels)}".strip()
            fail(f"--{facet} {value}: no such {facet}", hint)
    return tuple(values or ())


def _states(given: list[str]) -> "frozenset[State]":
    """States by code or label; ends the command for what is none."""
    from builder.derive.verdicts import STATE_LABELS
    from builder.search.whoosh_index import filter_key

    known = {
        filter_key(name): code for code, label in STATE_LABELS.items() for name in (code, label)
    }
    for value in given:
        if filter_key(value) not in known:
            hint = (
                f"{near(value.casefold(), STATE_LABELS)} one of {', '.join(STATE_LABELS)}".strip()
            )
            fail(f"--state {value}: no such state", hint)
    return frozenset(known[filter_key(value)] for value in given)


def _lines(place: int, hit: "Hit", day: "Date") -> str:
    from builder.derive.verdicts import STATE_LABELS
    from builder.search.catalogue import STAGE_LABELS

    doc = hit.doc
    state = doc.state(day)
    chip = STATE_LABELS[state] if state else ""
    if not chip and doc.stage in ("draft", "trial", "withdrawn"):
        chip = STAGE_LABELS[doc.stage]
    details = (
        f"{doc.type} {doc.number}".strip(),
        doc.note or doc.issuer.replace("|", ", "),
        doc.date,
    )
    return "\n    ".join(
        (
            f"{place:>2}. {doc.title}" + (f" [{chip}]" if chip else ""),
            " · ".join(part for part in details if part) or doc.kind,
            doc.key,
        )
    )


def _data(query: str, answer: "Answer", shown: "tuple[Hit, ...]", day: "Date") -> dict[str, Any]:
    results = [
        {
            "id": hit.doc.key, "address": hit.doc.address, "kind": hit.doc.kind,
            "title": hit.doc.title, "number": hit.doc.number or None,
            "type": hit.doc.type or None, "blocks": hit.doc.blocks,
            "units": [
                {"id": unit, "name": name}
                for unit, name in zip(hit.doc.units, hit.unit_names, strict=True)
            ],
            "issuer": hit.doc.issuer or None, "date": hit.doc.date or None,
            "stage": hit.doc.stage or None, "state": hit.doc.state(day),
            "note": hit.doc.note or None,
            "score": hit.score, "in_text": hit.in_text, "same_marks": hit.same_marks,
        }
        for hit in shown
    ]  # fmt: skip
    return {
        "query": query,
        "on": day.isoformat(),
        "words": answer.query.words,
        "opened": dict(answer.query.opened),
        "unheard": [{"facet": facet, "value": value} for facet, value in answer.unheard],
        "near": list(answer.near),
        "count": len(answer.hits),
        "same_marks": sum(hit.same_marks for hit in answer.hits),
        "results": results,
    }
