"""``registry next-number``: the next free number of a series, as a proposal."""

from typing import TYPE_CHECKING, Annotated

import typer

from builder.commands.common import fail, print_json, progress, root_of, today
from builder.commands.naming import body_named
from builder.commands.options import AsJson

if TYPE_CHECKING:
    from builder.derive.series import Proposal
    from builder.models import Body
    from builder.models.codes import Regime
    from builder.registry import Registry


def register(app: typer.Typer) -> None:
    app.command("next-number")(next_number_command)


def next_number_command(
    ctx: typer.Context,
    body: Annotated[
        str, typer.Argument(metavar="BODY", help="Id or name of the body: lang-son/dong-kinh/ubnd.")
    ],
    document_type: Annotated[
        str, typer.Argument(metavar="TYPE", help="Code of the type: QĐ, KH, NQ …")
    ],
    year: Annotated[
        int | None, typer.Option(min=1945, max=9999, help="Year of the series (default: this).")
    ] = None,
    term: Annotated[
        str | None, typer.Option(help="Term of a Party committee's series, e.g. 2025-2030.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Propose the next number of a series: the highest that the registry knows, plus one.

    Only a proposal: the registry does not hold every document, and secret ones take numbers,
    too. A body that may issue normative documents of the type gets a proposal for each series.

    Example: `registry next-number lang-son/dong-kinh/ubnd QĐ --year 2026`
    """
    from builder.derive.series import regimes_of
    from builder.registry import load_strict

    with progress() as say:
        registry = load_strict(root_of(ctx), say=say)
    code = _type_code(document_type)
    body_id, record = _body(registry, body)
    proposals = [
        _proposal(registry, body_id, record, code, regime, year, term)
        for regime in regimes_of(record, code)
    ]
    if as_json:
        print_json({"body": body_id, "type": code, "proposal": True, "numbers": proposals})
        return
    for proposal in proposals:
        after = f"after {proposal.highest}" if proposal.highest else "no document of it known"
        typer.echo(f"{proposal.number}  proposal ({proposal.regime}, {proposal.period}; {after})")
        for other in proposal.unplaced:
            typer.echo(f"  {other} may belong to this series: its term is not known")


def _body(registry: "Registry", said: str) -> "tuple[str, Body]":
    """Id and record of a body."""
    from builder.models import Body

    try:
        body_id = body_named(registry, said)
    except ValueError as error:
        what, _, hint = str(error).partition("; ")
        fail(what, hint)
    return body_id, dict(registry.of(Body))[body_id]


def _proposal(
    registry: "Registry", body_id: str, body: "Body", code: str, regime: "Regime",
    year: int | None, term: str | None,
) -> "Proposal":  # fmt: skip
    from builder.derive.series import next_number, term_of

    if regime == "party" and year is not None:
        fail("a series of the Party runs by term, not by year", "give --term 2025-2030")
    if regime != "party" and term is not None:
        fail("a series of this body runs by year, not by term", "give --year 2026")
    period = term_of(term or body.term) if regime == "party" else str(year or today().year)
    if period is None:
        fail(f"the term of {body_id} is not known", "give --term 2025-2030")
    proposal = next_number(registry, body_id, code, period, regime)
    if proposal is None:
        fail(
            f"the registry does not know how {body.name} is abbreviated in numbers",
            "add 'abbreviations' to its record, or a document with its number",
        )
    return proposal


def _type_code(text: str) -> str:
    """The code of a document type, compared without case, then without marks."""
    from builder.fold import fold
    from builder.models.codes import DOCUMENT_TYPES

    found = [code for code in DOCUMENT_TYPES if code.casefold() == text.casefold()]
    found = found or [code for code in DOCUMENT_TYPES if fold(code) == fold(text)]
    if not found:
        fail(f"there is no type {text!r}", f"the types are {', '.join(DOCUMENT_TYPES)}")
    if len(found) > 1:
        fail(f"{text!r} may be {' or '.join(found)}", "write it with its marks")
    return found[0]
