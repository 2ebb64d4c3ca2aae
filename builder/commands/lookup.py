"""``registry lookup``: where a unit or an address is now, one or a whole table of them."""

import datetime as dt
import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder.commands.common import day_of, errors, fail, out, print_json, progress, root_of
from builder.commands.naming import units_near
from builder.commands.options import AsJson, OnDay
from builder.findings import counted

if TYPE_CHECKING:
    from builder.derive.lookup import Candidate, Lookup
    from builder.derive.succession import Passage

_EVERY = 10_000  # rows between two lines of progress
_SHOWN = 20


def register(app: typer.Typer) -> None:
    app.command("lookup")(lookup_command)


def lookup_command(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A name or an address, in any spelling.")
    ] = None,
    on: OnDay = None,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Look up every row of a table.")
    ] = None,
    column: Annotated[
        str | None, typer.Option(help="With --batch: the column of the addresses.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="With --batch: file to write, else standard output."),
    ] = None,
) -> None:
    """Find the units that a name or an address can mean, and where they are on a day.

    Shows every candidate with all its successors and predecessors, their shares, clauses
    and dates; a divided unit is never given one successor silently. Former and present
    names, with or without diacritics, district and province; abbreviations (P., X., TT.,
    Q., H., TX., TP., T.). With --batch the columns matched_id, match, new_codes, new_units,
    ambiguous and note are added to a table; every row is kept. Exit code 1 if nothing is
    found.

    Example: `registry lookup "xa binh xa, dinh lap, lang son" --on 2025-07-01`
    """
    if (name is None) == (batch is None):
        fail("give either a name or --batch FILE.csv", "see 'registry lookup --help'")
    if batch is None and (column is not None or output is not None):
        fail("--column and --output go with --batch")
    if batch is not None and as_json:
        fail("--json goes with a name", "'registry lookup NAME --json' answers one name")
    day = day_of(on)
    lookup = _lookup(root_of(ctx))
    if batch is not None:
        _batch(lookup, day, batch, column, output)
        return
    found = lookup.find(name or "", day)
    if as_json:
        print_json(lookup.as_json(name or "", day, found))
    else:
        for line in _lines(lookup, day, found):
            out.print(line)
    if not found:
        close = units_near(lookup.registry, name or "")
        errors.print("no unit of this name" + (f"; {close}" if close else ""))
        raise typer.Exit(1)


def _lookup(root: Path) -> "Lookup":
    """Lookups in the registry; ends the command where units or mergers cannot be read."""
    from builder.derive.lookup import Lookup
    from builder.registry import load

    with progress() as say:
        registry = load(root, say=say)
    for finding in registry.unread:
        if finding.path.startswith(("registry/units/", "registry/mergers/")):
            fail(f"{finding.path}: {finding.message}", "run 'registry check' for all findings", 1)
    if not registry.units:
        fail(
            f"{root} has no units",
            "read them in with 'registry ingest units --before CSV --after CSV'",
        )
    return Lookup(registry)


# For people


def _lines(lookup: "Lookup", day: dt.date, found: "list[Candidate]") -> Iterator[str]:
    from builder.derive.lookup.rows import Rows

    rows = Rows(lookup, day)
    for place, each in enumerate(found[:_SHOWN], 1):
        yield f"{place}. {rows.full_name(each.unit)}  {each.unit}"
        yield f"   match: {each.match.explain()}"
        yield from _after(lookup, day, each)
        if each.before.passages:
            yield "   formed from"
            for passage in each.before.passages:
                yield from _passage(lookup, rows.full_name(passage.unit), passage)
    if len(found) > _SHOWN:
        yield f"and {len(found) - _SHOWN} more: add a district or a province, or use --json"


def _after(lookup: "Lookup", day: dt.date, each: "Candidate") -> Iterator[str]:
    after = each.after
    if after.state == "stands":
        start = lookup.unit_json(each.unit)["valid_from"]
        yield f"   stands on {day}" + (
            "" if start else ", as far as known: no record of its beginning"
        )
        for said in lookup.pending(each.unit, day):
            yield f"   adopted, not yet operating: {said}"
    elif after.state == "not_yet":
        yield f"   does not exist yet on {day}"
    elif after.state == "unknown":
        yield f"   ended before {day}; no record says what followed"
    else:
        count = len(after.passages)
        yield f"   divided, on {day} in {count} units" if count > 1 else f"   on {day} in"
        for passage in after.passages:
            unit = lookup.unit_json(passage.unit)
            name = f"{str(unit['type']).capitalize()} {unit['name']}, {unit['province']}"
            yield from _passage(lookup, name, passage)


def _passage(lookup: "Lookup", name: str, passage: "Passage") -> Iterator[str]:
    share = f"area: {passage.area}, population: {passage.population}"
    sure = "" if passage.certain else " (the clauses do not say how much)"
    yield f"     {name}  {passage.unit}  {share}{sure}"
    seen = dict.fromkeys(
        f"       clause {step.clause} of {lookup.resolution(step.resolution)}, "
        f"adopted {step.adopted}, operating from {step.operational_from}"
        for step in passage.path
    )
    yield from seen


# Tables


def _batch(
    lookup: "Lookup", day: dt.date, path: Path, column: str | None, output: Path | None
) -> None:
    from builder.derive.lookup.rows import Rows
    from builder.export.addresses import column_index, look_up_table, read_table

    table = read_table(path)
    index = column_index(table, column)
    lookup.warm(day)
    gc.collect()
    gc.freeze()  # the records are kept to the end: looking through them again is idle
    started = time.monotonic()
    with _progress(table.rows) as advance:
        summary = look_up_table(table, index, Rows(lookup, day), output or sys.stdout, advance)
    seconds = time.monotonic() - started
    rate = f", {summary.rows / seconds:,.0f} rows a second" if seconds > 0.05 else ""
    errors.print(
        f"{counted(summary.rows, 'row')}: {summary.found:,} matched, "
        f"{summary.ambiguous:,} ambiguous, {summary.rows - summary.found:,} not matched{rate}"
    )


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, plain lines elsewhere; both on standard error."""
    if not errors.is_terminal:

        def line(done: int, rows: int) -> None:
            if done % _EVERY == 0:
                errors.print(f"{done:,} of {rows:,} rows")

        yield line
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=errors, transient=True
    ) as bar:
        task = bar.add_task("", total=total)

        def advance(done: int, _: int) -> None:
            if done % 500 == 0 or done == total:
                bar.update(task, completed=done)

        yield advance
