"""What pydantic says about a record, in words for editors."""

import difflib
from typing import Any

from pydantic import BaseModel, ValidationError

from builder.findings import Finding, Location

MAX_PER_FILE = 20


def schema_findings(
    path: str, model: type[BaseModel], error: ValidationError, *, quote: bool = True
) -> list[Finding]:
    """One finding for each thing that is wrong with the fields of one file.

    Without ``quote`` nothing of the file's content enters a message.
    """
    details = error.errors(include_url=False, include_context=True, include_input=True)
    findings = [_finding(path, model, detail, quote) for detail in details[:MAX_PER_FILE]]
    if len(details) > MAX_PER_FILE:
        more = len(details) - MAX_PER_FILE
        findings.append(
            Finding("schema", "error", path, f"and {more} more of this kind", line=1, column=1)
        )
    return findings


def _finding(path: str, model: type[BaseModel], detail: Any, quote: bool) -> Finding:
    # Pydantic names the branch of a union in the location; a file has no such key.
    at = tuple(
        part for part in detail["loc"]
        if isinstance(part, int) or not (part[:1].isupper() or "[" in part or "(" in part)
    )  # fmt: skip
    name = str(at[-1]) if at else "the record"
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(path, model, at, name, quote)
    given = _shown(detail.get("input")) if quote else "the value"
    message, hint = f"{name}: {detail['msg'] if kind != 'value_error' else 'does not hold'}", ""
    if kind == "missing":
        message, hint = f"the field {name!r} is missing", "add it"
        if name == "access":
            hint = "add 'access: public' or 'access: internal'; there is no default"
    elif kind in ("literal_error", "enum"):
        message = f"{name}: {given} is none of the values allowed"
        hint = f"use one of {context.get('expected', '')}"
    elif kind in ("model_type", "dict_type", "model_attributes_type"):
        message, hint = f"{name} is no list of fields", "write 'field: value' lines"
    elif kind == "string_pattern_mismatch":
        message = f"{name}: {given} does not have the form expected"
        hint = f"the pattern is {context.get('pattern')}"
    elif kind == "string_type":
        message = f"{name}: {given} is no text"
        hint = "put it in quotes, so that a code keeps its zeros"
    elif kind.startswith("date"):
        message, hint = f"{name}: {given} is no date", "write YYYY-MM-DD, e.g. 2025-07-01"
    elif kind.startswith("time"):
        message, hint = f"{name}: {given} is no time", 'write "HH:MM", e.g. "08:00"'
    elif kind == "too_short":
        message, hint = (
            f"{name}: at least {context.get('min_length')} needed",
            "add what is missing",
        )
    elif kind == "value_error" and quote:
        message = f"{name}: {context.get('error', detail['msg'])}"
    return Finding("schema", "error", path, message, hint, at)


def _unknown_field(
    path: str, model: type[BaseModel], at: Location, name: str, quote: bool
) -> Finding:
    if not quote:
        return Finding("schema", "error", path, "an unknown field", "delete it", at[:-1])
    close = difflib.get_close_matches(name, _field_names(model), n=1)
    hint = f"did you mean {close[0]!r}?" if close else "delete it, or see the schema"
    return Finding("schema", "error", path, f"unknown field {name!r}", hint, at)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _field_names(model: type[BaseModel]) -> list[str]:
    names = set(model.model_fields)
    for definition in model.model_json_schema().get("$defs", {}).values():
        names.update(definition.get("properties", ()))
    return sorted(names)
