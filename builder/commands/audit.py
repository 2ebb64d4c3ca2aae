"""``registry audit``: whether the history, checkpoints kept elsewhere and a site hold together."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder.commands.common import print_json, printable, progress, root_of
from builder.commands.options import AsJson
from builder.findings import counted

if TYPE_CHECKING:
    from builder.history.audit import AuditFinding, Report


Kept = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE|URL",
        help="A checkpoint.json that you or somebody else kept; may be given several times.",
    ),
]
Site = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="A built site, which is compared with a fresh build of its commit."
    ),
]


def register(app: typer.Typer) -> None:
    app.command("audit")(audit_command)


def audit_command(
    ctx: typer.Context,
    checkpoint: Kept = None,
    site: Site = None,
    as_json: AsJson = False,
) -> None:
    """Verify that nobody rewrote the history, the records or the site.

    The history goes on from each checkpoint, has one beginning and times in order; no published
    record vanished or changed without a correction; attached files have their digests; commits
    are signed from the day on which `registry/settings.yaml` asks for it. What was found is
    named with the record, the commit and since when. Exit codes: 0 nothing found, 1 faults,
    2 the audit could not be made.

    A build with `--site` runs the templates of the registry: audit one that you do not trust in
    a container.

    Example: `registry audit --checkpoint https://example.gov.vn/so-dang-ky/checkpoint.json`
    """
    from builder.history.audit import audit
    from builder.history.audit.kept import read_kept
    from builder.registry import load

    root = root_of(ctx)
    kept = {where: read_kept(where) for where in checkpoint or ()}
    served = read_kept(str(site)) if site is not None else None
    with progress() as say:
        report = audit(load(root, say=say), kept, served, say)
        if site is not None and served is not None:
            from builder.site.fresh import site_findings

            found = site_findings(root, site, served, say)
            report = replace(report, findings=(*report.findings, *found))
    report = replace(report, not_examined=tuple(_left_out(report, site)))
    if as_json:
        print_json(report.as_json())
    else:
        for line in _lines(report):
            typer.echo(printable(line))
    if report.faults:
        raise typer.Exit(1)


def _left_out(report: "Report", site: Path | None) -> Iterator[str]:
    """What nobody can conclude from this audit."""
    if not report.examined["checkpoints"]:
        yield (
            "whether the whole history was exchanged: that takes a checkpoint kept elsewhere "
            "(--checkpoint)"
        )
    if report.examined["signed_since"] is None:
        yield "who wrote the commits: the settings ask for no signatures"
    if site is None:
        yield "the site: give its folder (--site)"
    yield "whether records are true: that is what their sources are for"


def _lines(report: "Report") -> Iterator[str]:
    seen = report.examined
    yield (
        f"{counted(seen['commits'], 'commit')} from {_day(seen['first'])} to {_day(seen['last'])}, "
        f"up to {seen['commit'][:10]}; {counted(seen['published_records'], 'published record')}"
    )
    start = seen["policy_start"]
    yield (
        f"the policy holds after {start[:10]}, as {seen['policy_start_set_in'][:10]} says"
        if start
        else "the policy holds from the first commit on"
    )
    if seen["signed_since"]:
        yield f"commits are signed from {seen['signed_since'][:10]} on"
    for finding in report.findings:
        yield ""
        yield from _finding(finding)
    yield ""
    faults, others = len(report.faults), len(report.findings) - len(report.faults)
    yield counted(faults, "fault") + (f", {others} noticed or accepted" if others else "")
    for words in report.not_examined:
        yield f"not proven: {words}"


def _finding(one: "AuditFinding") -> Iterator[str]:
    kind = "accepted" if one.accepted else one.severity
    yield f"{kind}: {one.what} [{one.rule}]"
    if one.where:
        yield f"  in {one.where}"
    if one.since:
        yield f"  since {one.since} ({one.commit[:10]})"
    if one.accepted:
        yield f"  accepted: {one.accepted}"
    elif one.hint:
        yield f"  {one.hint}"


def _day(moment: str) -> str:
    return moment[:10]
