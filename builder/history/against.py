"""``registry check --against BASE``: the working tree held to the append-only policy.

What the policy asks is in ``policy``; here the two states are found and compared.
"""

from builder.findings import Finding, RegistryError
from builder.history.compare import RecordChange, compare
from builder.history.log import read_history
from builder.history.policy import policy_findings
from builder.history.repository import Repository
from builder.history.snapshot import snapshot_at, working_tree
from builder.progress import Say, silent
from builder.registry import Registry, locate_all


def check_against(registry: Registry, base: str, say: Say = silent) -> tuple[list[Finding], str]:
    """Findings with line and column, and the commit that was compared with.

    That is ``base``, or where it gained commits that HEAD has not, the last commit that both
    have: what others published meanwhile is no change of this branch. RegistryError if there
    is no such revision, or if the two histories have nothing in common.
    """
    repository = Repository(registry.root)
    wanted, head = repository.commit(base), repository.commit("HEAD")
    commit = repository.common_ancestor(wanted, head)
    if commit is None:
        if repository.is_shallow:
            repository.require_full()
        raise RegistryError(
            f"{base} and HEAD have no commit in common: this is another history",
            "clone the published registry again, and bring your changes onto it",
        )
    say(f"reading the records of {commit[:10]}")
    now = working_tree(repository, registry)
    before = snapshot_at(repository, commit, registry)
    say("comparing")
    changed = compare(before, now)
    findings = policy_findings(before, now, changed)
    findings += _reused(repository, commit, changed, say)
    return sorted(locate_all(registry.root, findings), key=_order), commit


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.path, finding.line, finding.column, finding.rule, finding.message


def _reused(
    repository: Repository, commit: str, changed: list[RecordChange], say: Say
) -> list[Finding]:
    """New records under an id that an earlier record had; a shallow clone cannot tell."""
    fresh = [change for change in changed if change.status in ("added", "renamed")]
    if not fresh or repository.is_shallow:
        return []
    steps = read_history(repository, commit, say=say).steps
    return [
        Finding(
            "reused-id", "error", f"registry/{change.id}.yaml",
            f"the id {change.id} belonged to an earlier record, deleted in "
            f"{steps[change.id][-1].commit.id[:10]}",
            "give the new record a name of its own: an id is never used again",
            line=1, column=1,
        )
        for change in fresh if change.id in steps
    ]  # fmt: skip
