"""``registry search``: the same answers as the site's search page, on the command line."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from builder.commands.common import errors, fail, out, root_of

if TYPE_CHECKING:
    from builder.search.whoosh_index import Answer, Hit


def register(app: typer.Typer) -> None:
    app.command("search")(search_command)


def _several(words: str) -> Any:
    return typer.Option(help=f"{words} May be repeated.")


def search_command(
    ctx: typer.Context,
    query: Annotated[
        str, typer.Argument(help="Words, a number in any spelling, or a former name.")
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
    limit: Annotated[int, typer.Option(min=0, help="Show at most so many; 0 shows all.")] = 20,
    text: Annotated[
        bool, typer.Option("--text/--no-text", help="Search the texts, too, or the catalogue only.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Search records, units and people: marks and case do not matter, nor how numbers are written.

    Finds what the site's search page finds, in the same order. Former names lead to what
    concerns the units that followed.

    Example: `registry search "quy chế ủy ban kiểm tra" --block party --json`
    """
    from builder.registry import load
    from builder.search.whoosh_index import search

    filters = {
        "kind": _known("kind", kind), "type": tuple(type_ or ()), "block": _known("block", block),
        "unit": tuple(unit or ()), "year": tuple(year or ()), "stage": _known("stage", stage),
    }  # fmt: skip
    root = root_of(ctx)
    answer = search(root, query, filters, lambda: load(root), full_text=text)
    shown = answer.hits[: limit or None]
    if as_json:
        typer.echo(_json(query, answer, shown))
        return
    for place, hit in enumerate(shown, 1):
        out.print(_lines(place, hit))
    for short, meaning in answer.query.opened:
        errors.print(f"{short}: also “{meaning}”")
    left = len(answer.hits) - len(shown)
    errors.print(f"{len(answer.hits)} found" + (f", {left} more with --limit 0" if left else ""))


def _known(facet: str, values: list[str] | None) -> tuple[str, ...]:
    """The values of a facet with a closed list; ends the command for one outside it."""
    from builder.models.codes import LABELS
    from builder.search.catalogue import KIND_LABELS, STAGE_LABELS
    from builder.search.whoosh_index import filter_key

    labels = {"kind": KIND_LABELS, "block": LABELS["block"], "stage": STAGE_LABELS}[facet]
    known = {filter_key(name) for pair in labels.items() for name in pair}
    for value in values or ():
        if filter_key(value) not in known:
            fail(f"--{facet} {value}: no such {facet}", f"one of {', '.join(labels)}")
    return tuple(values or ())


def _lines(place: int, hit: "Hit") -> str:
    from builder.search.catalogue import STAGE_LABELS

    doc = hit.doc
    stage = f" [{STAGE_LABELS[doc.stage]}]" if doc.stage in ("draft", "trial", "withdrawn") else ""
    details = (
        f"{doc.type} {doc.number}".strip(),
        doc.note or doc.issuer.replace("|", ", "),
        doc.date,
    )
    return "\n    ".join(
        (
            f"{place:>2}. {doc.title}{stage}",
            " · ".join(part for part in details if part) or doc.kind,
            doc.key,
        )
    )


def _json(query: str, answer: "Answer", shown: "tuple[Hit, ...]") -> str:
    import orjson

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
            "stage": hit.doc.stage or None, "note": hit.doc.note or None,
            "score": hit.score, "in_text": hit.in_text,
        }
        for hit in shown
    ]  # fmt: skip
    value = {
        "query": query,
        "words": answer.query.words,
        "opened": dict(answer.query.opened),
        "count": len(answer.hits),
        "results": results,
    }
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
