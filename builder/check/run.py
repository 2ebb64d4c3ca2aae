"""Running all rules over a registry, and the findings in a stable order."""

from collections.abc import Callable

import builder.check.rules  # noqa: F401  (registers every rule)
from builder.check.base import RULES
from builder.findings import Finding
from builder.registry import Registry, locate_all

Progress = Callable[[str], None]


def check(registry: Registry, progress: Progress = lambda _: None) -> list[Finding]:
    """Every finding with line and column, in order of file, line and rule."""
    findings = list(registry.findings)
    for rule in RULES.values():
        progress(rule.id)
        findings.extend(rule.run(registry))
    located = set(locate_all(registry.root, findings))
    return sorted(located, key=lambda f: (f.path, f.line, f.column, f.rule, f.message))


def has_errors(findings: list[Finding]) -> bool:
    """Warnings alone leave a registry fit to be published."""
    return any(finding.severity == "error" for finding in findings)
