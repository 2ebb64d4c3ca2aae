"""``registry check``: all records against all rules."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder.commands.common import errors, fail, out, print_json, progress, root_of
from builder.commands.options import AsJson
from builder.findings import counted

if TYPE_CHECKING:
    from builder.findings import Finding
    from builder.registry import Registry


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def register(app: typer.Typer) -> None:
    app.command("check")(check_command)
    app.command("rules")(rules_command)


def check_command(
    ctx: typer.Context,
    output: Annotated[
        Format, typer.Option("--format", help="text for people, json for programs, github.")
    ] = Format.TEXT,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings, too, end with exit code 1.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="BASE",
            help="Also hold the records to what was published at this revision: origin/main.",
        ),
    ] = None,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Reuse what earlier runs parsed.")
    ] = True,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file changes; Ctrl-C ends.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check all records: schema, references, merger arithmetic, dates, numbers, trial and force.

    Prints every finding with file, line, column, rule and how to mend it. With --against,
    published records may only be added to, corrected with an entry in `corrections`, or
    withdrawn. Exit codes: 0 no errors, 1 errors, 2 wrong usage.

    Example: `registry check --against origin/main --format github`
    """
    root = root_of(ctx)
    output = Format.JSON if as_json else output
    if not watch:
        raise typer.Exit(1 if _once(root, output, against, strict=strict, cache=cache) else 0)
    if output is Format.JSON:
        fail("--watch is for people", "leave out --json")
    from builder.commands.watch import states

    try:
        for _ in states(root / "registry"):
            if sys.stdout.isatty():
                out.clear()
            _once(root, output, against, strict=strict, cache=cache)
            errors.print("watching registry/; Ctrl-C ends")
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _once(root: Path, output: Format, against: str | None, *, strict: bool, cache: bool) -> bool:
    """Checks once and prints; says whether there was something to refuse."""
    from builder.check.report import as_github, as_json, as_text
    from builder.check.run import check, has_errors
    from builder.registry import load

    with progress() as say:
        registry = load(root, cache=cache, say=say)
        findings = check(registry, say)
    if against is not None:
        findings += _policy(registry, against, quiet=output is not Format.TEXT)
    if output is Format.JSON:
        typer.echo(as_json(findings, len(registry.entries)))
    else:
        write = as_text if output is Format.TEXT else as_github
        for finding in findings:
            typer.echo(write(finding))
    failed = has_errors(findings) or (strict and bool(findings))
    if output is Format.TEXT:
        count = sum(f.severity == "error" for f in findings)
        (errors if failed else out).print(
            f"{counted(len(registry.entries), 'record')}, {counted(len(registry.units), 'unit')}: "
            f"{counted(count, 'error')}, {counted(len(findings) - count, 'warning')}"
        )
    return failed


def _policy(registry: "Registry", base: str, *, quiet: bool) -> "list[Finding]":
    """What the append-only policy refuses; says with which commit it compared."""
    from builder.history.against import check_against

    with progress() as say:
        findings, commit = check_against(registry, base, say)
    if not quiet:
        errors.print(f"compared with {commit[:10]}, what {base} and this branch have in common")
    return findings


def rules_command(as_json: AsJson = False) -> None:
    """List the rules that `registry check` applies, and those of `--against`.

    Example: `registry rules`
    """
    import builder.check.rules  # noqa: F401
    from builder.check.base import RULES
    from builder.history.policy import POLICY

    rules = sorted(RULES.values(), key=lambda rule: rule.id)
    if as_json:
        found = [{"id": r.id, "severity": r.severity, "says": r.says, "source": r.source or None}
                 for r in rules]  # fmt: skip
        policy = [{"id": rule_id, "severity": "error", "says": says}
                  for rule_id, says in POLICY.items()]  # fmt: skip
        print_json({"rules": found, "against": policy})
        return
    for rule in rules:
        source = f" ({rule.source})" if rule.source else ""
        typer.echo(f"{rule.id:22} {rule.severity:8} {rule.says}{source}")
    typer.echo("\nwith --against:")
    for rule_id, says in POLICY.items():
        typer.echo(f"{rule_id:22} {'error':8} {says}")
