"""All parts of an audit of the history, one after the other."""

from collections.abc import Mapping

from builder.history.audit.asked import asked
from builder.history.audit.attachments import attachments
from builder.history.audit.descent import beginnings, damage, descent, shown, times
from builder.history.audit.records import broken_policy, once_public, reused_numbers
from builder.history.audit.report import AuditFinding, Report, accept, iso
from builder.history.audit.signatures import signatures
from builder.history.blobs import blobs_of
from builder.history.checkpoint import Checkpoint, read_line
from builder.history.repository import Repository
from builder.progress import Say, silent
from builder.registry import Registry

_SERVED = "the site's checkpoint"


def audit(
    registry: Registry, kept: Mapping[str, Checkpoint], served: Checkpoint | None = None,
    say: Say = silent,
) -> Report:  # fmt: skip
    """Looks at the whole history up to HEAD.

    ``kept`` are checkpoints by where they were found, ``served`` is the one of a site.
    RegistryError where there is no whole history to look at, or no ssh-keygen where signatures
    are asked for.
    """
    repository = Repository(registry.root)
    repository.commit("HEAD")
    repository.require_full()
    say("looking at git's objects")
    findings = list(damage(repository))
    line = read_line(repository, registry, say=say)
    history = line.history
    with blobs_of(repository) as blobs:
        rules = asked(line, blobs)
        findings += rules.findings
        for name, checkpoint in kept.items():
            findings += descent(repository, line, checkpoint, name)
        if served is not None:
            findings += descent(repository, line, served, _SERVED)
            findings += shown(line, served, kept)
        findings += (*beginnings(history), *times(history))
        findings += broken_policy(line, blobs, registry, rules.start, say)
        findings += once_public(line, rules.start)
        findings += reused_numbers(line, blobs, registry)
        say("reading attached files")
        findings += attachments(line, blobs)
        if rules.signed_from is not None:
            say("verifying signatures")
            findings += signatures(repository, history, blobs, rules.signed_from)
    main_line = history.main_line
    start = main_line[rules.start] if rules.start >= 0 else None
    examined = {
        "commit": history.tip,
        "commits": len(history.commits),
        "first": iso(main_line[0].committed),
        "last": iso(main_line[-1].committed),
        "published_records": len(line.at(len(main_line) - 1)),
        "policy_start": start.id if start else None,
        "policy_start_set_in": rules.start_set or None,
        "signed_since": None if rules.signed_from is None else main_line[rules.signed_from].id,
        "checkpoints": {name: one.commit for name, one in kept.items()},
    }
    return Report(examined, tuple(_once(accept(findings, registry.settings.trust.accepted))))


def _once(findings: list[AuditFinding]) -> list[AuditFinding]:
    """The same thing in the same record and commit, found in two ways, is told once."""
    seen: set[tuple[str, str, str]] = set()
    kept = []
    for one in findings:
        key = one.rule, one.where, one.commit
        if one.rule == "kept-record" and key in seen:
            continue
        seen.add(key)
        kept.append(one)
    return kept
