"""What a rule is, and the list of all rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from builder.findings import Finding, Location, Severity
from builder.registry import Registry

RuleFunction = Callable[[Registry], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the registry: ``says`` is one sentence for people, ``source`` its origin."""

    id: str
    severity: Severity
    says: str
    source: str
    run: RuleFunction


RULES: dict[str, Rule] = {}
Found = Callable[..., Finding]


def rule(
    rule_id: str, says: str, *, severity: Severity = "error", source: str = ""
) -> Callable[[Callable[[Registry, Found], Iterator[Finding]]], RuleFunction]:
    """Registers a rule. The function takes the registry and ``found``, which makes its findings.

    ``found(record_id, message, at=(), hint="")`` places a finding in a record's file.
    """

    def register(function: Callable[[Registry, Found], Iterator[Finding]]) -> RuleFunction:
        if rule_id in RULES:
            raise ValueError(f"two rules have the id {rule_id}")

        def run(registry: Registry) -> Iterator[Finding]:
            def found(record_id: str, message: str, at: Location = (), hint: str = "") -> Finding:
                path = registry.entries[record_id].path
                return Finding(rule_id, severity, path, message, hint, at)

            return function(registry, found)

        RULES[rule_id] = Rule(rule_id, severity, says, source, run)
        return run

    return register
