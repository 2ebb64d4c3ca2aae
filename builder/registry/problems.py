"""What pydantic says about a record, in words for editors."""

import difflib
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from builder.findings import Finding, Location
from builder.registry.assign import field_names

MAX_PER_FILE = 20
MAX_NAMED = 15  # fields that a hint lists
# How patterns of the models begin, and what they ask for.
_FORMS = (
    ("^[^\\r\\n\\t]", "write it on one line, without tabs"),
    ("^[a-z]+(/", "write the id of a record, e.g. bodies/lang-son/na-sam/ubnd"),
    ("^[a-z]+(-[a-z0-9]+)*(\\.", "name provisions as dieu-5.khoan-2.diem-a"),
    (
        "^[0-9]{2}([0-9]|[0-9]{3})?@",
        "write the id of a unit: code@first-day, e.g. 06625@2025-07-01",
    ),
    ("^[0-9]{2}([0-9]|[0-9]{3})?$", 'write a code of 2, 3 or 5 digits, in quotes: "06625"'),
    ("^https?:", "write the whole address, beginning with https://"),
    ("^[a-z0-9]+(-[a-z0-9]+)*\\.", "write the name of a file beside the record: 05-qd.ban-goc.pdf"),
    ("^[a-z0-9]+(-", "use lowercase letters without marks, digits and hyphens"),
    ("^[0-9a-f]{64}$", "write the 64 digits that 'sha256sum FILE' prints"),
    ("^([0-9a-f]{40}", "write the whole id of a commit: 'git rev-parse HEAD' prints one"),
    ("^[a-z]+(-[a-z]+)*$", "write the id of a rule: 'registry rules' lists them"),
    ("^[A-Za-z0-9_][A-Za-z0-9._/-]*$", "write the name of a branch, e.g. main"),
    ("^[A-Za-z0-9_][A-Za-z0-9_.-]*(/", "write OWNER/NAME, as in the address of the repository"),
    ("^[A-Za-z0-9][A-Za-z0-9._+-]*@", "write a mail address, e.g. vanthu@example.gov.vn"),
)


# What pydantic finds, by the beginning of its name, in words; the first that fits.
_TOLD = {
    "missing": ("the field '{name}' is missing", "add it"),
    "literal_error": ("{name}: {given} is none of the values allowed", "use one of {expected}"),
    "enum": ("{name}: {given} is none of the values allowed", "use one of {expected}"),
    "model_": ("{name} is no list of fields", "write 'field: value' lines"),
    "dict_type": ("{name} is no list of fields", "write 'field: value' lines"),
    "string_pattern_mismatch": ("{name}: {given} does not have the form expected", ""),
    "string_type": (
        "{name}: {given} is no text", "put it in quotes, so that a code keeps its zeros",
    ),
    "empty": ("{name}: nothing stands there", "write a value, or take the field out"),
    "string_too_short": ("{name}: nothing stands there", "write a value, or take the field out"),
    "string_too_long": ("{name}: longer than {max_length} characters", "shorten it"),
    "date": ("{name}: {given} is no date", "write YYYY-MM-DD, e.g. 2025-07-01"),
    "time": ("{name}: {given} is no time", 'write "HH:MM", e.g. "08:00"'),
    "int": ("{name}: {given} is no whole number", "write digits, without quotes"),
    "greater_than_equal": ("{name}: {given} is too small", "{ge} is the least"),
    "bool": ("{name}: {given} is neither true nor false", "write true or false"),
    "tuple_type": ("{name} is no list", "write each item on a line of its own, after '- '"),
    "too_short": ("{name}: at least {min_length} needed", "add what is missing"),
    "too_long": ("{name}: more than {max_length} items", "split the record"),
}  # fmt: skip


def schema_findings(
    path: str, model: type[BaseModel], error: ValidationError, *, quote: bool = True
) -> list[Finding]:
    """One finding for each thing that is wrong with the fields of one file.

    Without ``quote`` nothing of the file's content enters a message.
    """
    details = list(_telling(error.errors(include_url=False, include_context=True)))
    findings = [_finding(path, model, detail, quote) for detail in details[:MAX_PER_FILE]]
    if len(details) > MAX_PER_FILE:
        more = len(details) - MAX_PER_FILE
        findings.append(
            Finding("schema", "error", path, f"and {more} more of this kind", line=1, column=1)
        )
    return findings


def _telling(details: list[Any]) -> Iterator[Any]:
    """Without lists that are too short only because an item of theirs is refused, and without
    the other branch of a union where what is wrong within the meant one is told."""
    places = [_at(detail) for detail in details]
    for detail, at in zip(details, places, strict=True):
        inside = any(len(one) > len(at) and one[: len(at)] == at for one in places)
        if detail["type"] not in ("too_short", "literal_error") or not inside:
            yield detail


def _at(detail: Any) -> Location:
    """The place in the file: pydantic names the branch of a union, too, and a file has no such."""
    return tuple(
        part for part in detail["loc"]
        if isinstance(part, int) or not (part[:1].isupper() or "[" in part or "(" in part)
    )  # fmt: skip


def _finding(path: str, model: type[BaseModel], detail: Any, quote: bool) -> Finding:
    at = _at(detail)
    name = _name(at)
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(path, model, at, name, quote)
    given = _shown(detail.get("input")) if quote else "the value"
    message, hint = _said(name, given, detail, context)
    if kind == "missing" and name == "access":
        hint = "add 'access: public' or 'access: internal'; there is no default"
    elif kind == "string_pattern_mismatch":
        hint = form_of(str(context.get("pattern")))
    elif kind == "value_error":
        message = f"{name}: {context.get('error', detail['msg']) if quote else 'does not hold'}"
    return Finding("schema", "error", path, message, hint, at)


def _said(name: str, given: str, detail: Any, context: dict[str, Any]) -> tuple[str, str]:
    """Message and hint for one kind of error."""
    kind = "empty" if (detail["type"], given) == ("string_type", "null") else detail["type"]
    told = next((words for start, words in _TOLD.items() if kind.startswith(start)), None)
    if told is None:
        return f"{name}: {detail['msg']}", ""
    limits = {key: context.get(key) for key in ("expected", "ge", "min_length", "max_length")}
    message, hint = (part.format(name=name, given=given, **limits) for part in told)
    return message, hint


def _unknown_field(
    path: str, model: type[BaseModel], at: Location, name: str, quote: bool
) -> Finding:
    if not quote:
        return Finding("schema", "error", path, "an unknown field", "delete it", at[:-1])
    known = field_names(model, at[:-1])
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else _instead(known)
    return Finding("schema", "error", path, f"unknown field {name!r}", hint, at)


def _instead(known: list[str]) -> str:
    if not known or len(known) > MAX_NAMED:
        return "delete it, or see the schema"
    return f"delete it; the fields here are {', '.join(known)}"


def _shown(value: Any) -> str:
    text = _CONSTANTS.get(value) if value is None or isinstance(value, bool) else None
    text = text or repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


_CONSTANTS = {None: "null", True: "true", False: "false"}


def _name(at: Location) -> str:
    """A field by its name; an item of a list by that of the list and its place from 0.

    >>> _name(("dates", "signed")), _name(("relations", 0)), _name(())
    ('signed', 'relations.0', 'the record')
    """
    named = next((n for n, part in enumerate(reversed(at)) if isinstance(part, str)), None)
    if named is None:
        return "the record"
    return ".".join(str(part) for part in at[len(at) - named - 1 :])


def form_of(pattern: str) -> str:
    """What is to be written where a pattern asks for a form, in words."""
    if pattern.startswith("^(") and pattern.endswith(")$") and "[" not in pattern:
        return f"use one of {pattern[2:-2].replace('|', ', ')}"
    return next(
        (words for start, words in _FORMS if pattern.startswith(start)),
        f"the pattern is {pattern}",
    )
