"""Findings of an audit: what, where, since when; and what was looked at."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from builder.days import in_vietnam
from builder.history.policy import POLICY
from builder.history.stream import Commit
from builder.models.settings import Accepted

Severity = Literal["error", "notice"]

# The rules by id, each in one sentence; the policy's are added below.
RULES: dict[str, str] = {
    "history-rewritten": "The history descends from every checkpoint that somebody kept.",
    "history-cut": "No commit at the top of the history was taken away again.",
    "checkpoint-edited": "A checkpoint says what git has of its commit.",
    "checkpoint-stale": "A site shows no older state than a checkpoint that was kept.",
    "second-root": "The history has one beginning.",
    "back-dated": "No commit bears an earlier time than the commits that it follows.",
    "damaged": "Git's objects are whole.",
    "reused-number": "A number stands for one published document, also after it is gone.",
    "attachment-changed": "A file attached to a published record has the digest that it names.",
    "once-public": "What was ever public is known: git keeps it.",
    "policy-loosened": "What the registry asks of its history is never asked less strictly.",
    "unsigned": "Commits are signed from the day on which the registry asks for it.",
    "bad-signature": "A signature fits the commit that bears it.",
    "unknown-signer": "Who signs stands in registry/allowed_signers before the commit.",
    "forged-author": "Author and committer of a signed commit are those whose key signed it.",
    "site-file-changed": "Every file of a site is as its manifest says.",
    "site-not-fresh": "A site equals a fresh build of its commit.",
    "site-behind": "A site shows the last commit.",
    "site-other-program": "A site can be built again by the same program.",
}
RULES |= POLICY


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing that does not hold.

    ``where`` is the id of a record, a path, or empty; ``commit`` the one in which it came to
    be, at ``since`` (ISO, Vietnam's time), both empty where nobody can know. ``accepted`` is
    the reason for which the settings accept it. A notice asks for attention, and is no fault.
    """

    rule: str
    severity: Severity
    what: str
    where: str = ""
    commit: str = ""
    since: str = ""
    hint: str = ""
    accepted: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule, "severity": self.severity, "what": self.what,
            "where": self.where or None, "commit": self.commit or None,
            "since": self.since or None, "hint": self.hint or None,
            "accepted": self.accepted or None,
        }  # fmt: skip


def at(
    commit: Commit, rule: str, what: str, where: str = "", hint: str = "",
    severity: Severity = "error",
) -> AuditFinding:  # fmt: skip
    """A finding that came to be with a commit."""
    return AuditFinding(rule, severity, what, where, commit.id, iso(commit.committed), hint)


def iso(seconds: int) -> str:
    """Seconds of a commit as ISO in Vietnam's time."""
    return in_vietnam(seconds).isoformat()


@dataclass(frozen=True)
class Report:
    """What an audit looked at, and what it found."""

    examined: dict[str, Any]
    findings: tuple[AuditFinding, ...] = ()
    not_examined: tuple[str, ...] = field(default=())

    @property
    def faults(self) -> list[AuditFinding]:
        return [one for one in self.findings if one.severity == "error" and not one.accepted]

    def as_json(self) -> dict[str, Any]:
        return {
            "examined": self.examined,
            "not_examined": list(self.not_examined),
            "findings": [one.as_json() for one in self.findings],
        }


def accept(findings: Iterable[AuditFinding], accepted: Iterable[Accepted]) -> list[AuditFinding]:
    """The findings, those marked that the settings accept by rule, commit and record."""
    known = {(one.rule, one.commit, one.record or ""): one.why for one in accepted}
    return [
        replace(
            one,
            accepted=known.get((one.rule, one.commit, one.where))
            or known.get((one.rule, one.commit, ""), ""),
        )
        for one in findings
    ]
