"""Running all rules over a registry, and the findings in a stable order."""

from collections.abc import Sequence
from typing import Any

import builder.check.rules  # noqa: F401  (registers every rule)
from builder.check.base import RULES, Rule
from builder.findings import Finding
from builder.processes import aside
from builder.progress import Say, silent
from builder.registry import Registry, locate_all

LARGE = 2_000  # records, from which on a second process is worth its start


def check(registry: Registry, say: Say = silent) -> list[Finding]:
    """Every finding with line and column, in order of file, line and rule."""
    findings = list(registry.findings)
    rules = list(RULES.values())
    if len(registry.entries) < LARGE:
        findings += _run(registry, rules, say)
    else:
        findings += _run_in_two(registry, rules, say)
    located = set(locate_all(registry.root, findings))
    return sorted(located, key=lambda f: (f.path, f.line, f.column, f.rule, f.message))


def _run(registry: Registry, rules: Sequence[Rule], say: Say) -> list[Finding]:
    findings: list[Finding] = []
    for rule in rules:
        say(f"checking: {rule.says}")
        findings.extend(rule.run(registry))
    return findings


def _run_in_two(registry: Registry, rules: list[Rule], say: Say) -> list[Finding]:
    """One half of the rules in a process of its own; those of a module stay together."""
    _ = registry.units, registry.references  # what most rules ask for is there before
    half = len(rules) // 2

    def second_half() -> list[Any]:
        return list(_run(registry, rules[half:], silent))

    with aside(second_half, "checking records") as result:
        findings = _run(registry, rules[:half], say)
        findings += (Finding(**{**one, "at": tuple(one["at"])}) for one in result())
    return findings


def has_errors(findings: list[Finding]) -> bool:
    """Warnings alone leave a registry fit to be published."""
    return any(finding.severity == "error" for finding in findings)
