"""Findings as lines for people, as JSON for programs, as annotations of a forge."""

import orjson

from builder.findings import Finding


def as_text(finding: Finding) -> str:
    """``file:line:column: error [rule] message`` and how to mend it below."""
    place = f"{finding.path}:{finding.line}:{finding.column}"
    line = f"{place}: {finding.severity} [{finding.rule}] {_one_line(finding.message)}"
    return f"{line}\n    {_one_line(finding.hint)}" if finding.hint else line


def as_github(finding: Finding) -> str:
    """A workflow command of GitHub Actions; its data are escaped as the runner asks."""
    message = finding.message + (f" ({finding.hint})" if finding.hint else "")
    data = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    path = (
        finding.path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        .replace(":", "%3A").replace(",", "%2C")
    )  # fmt: skip
    return (
        f"::{finding.severity} file={path},line={finding.line},col={finding.column},"
        f"title={finding.rule}::{data}"
    )


def as_json(findings: list[Finding], records: int) -> str:
    """One object: how many records were read, and all findings."""
    return orjson.dumps(
        {
            "records": records,
            "errors": sum(f.severity == "error" for f in findings),
            "warnings": sum(f.severity == "warning" for f in findings),
            "findings": [as_data(finding) for finding in findings],
        },
        option=orjson.OPT_INDENT_2,
    ).decode()


def as_data(finding: Finding) -> dict[str, object]:
    """A finding as programs read it."""
    return {
        "rule": finding.rule, "severity": finding.severity,
        "path": finding.path, "line": finding.line, "column": finding.column,
        "at": list(finding.at), "message": finding.message, "hint": finding.hint,
    }  # fmt: skip


def _one_line(text: str) -> str:
    """Control characters of a hostile value never reach the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
