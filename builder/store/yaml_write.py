"""Values as YAML text, in the style of the records: what is made from nothing.

Changing what stands in a file is in ``yaml_edit``.
"""

import re
import textwrap
from typing import Any

from builder.store.yaml_read import scalar as resolved

WIDTH = 100
_RESERVED = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
# A plain scalar that every reader takes as a string: it begins with a letter, and holds
# nothing that begins a mapping, a comment or (in braces) another value.
_PLAIN = re.compile(r"[^\W\d_](?:[^:#\t\n]*[^:#\s])?\Z")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")  # in YAML 1.2 a string, ``on`` and ``no`` too
_ENDS_IN_FLOW = re.compile(r"[,\[\]{}]")


def scalar(value: object, *, flow: bool = False) -> str:
    """A value as one line of YAML: plain where every reader agrees, else in double quotes.

    >>> [scalar(v) for v in ("Bính Xá", "06622", "2025-07-01", False, None, 3, "a: b", "")]
    ['Bính Xá', '"06622"', '2025-07-01', 'false', 'null', '3', '"a: b"', '""']
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    if _DATE.match(value):
        return value
    if (
        _PLAIN.match(value)
        and value[0].isalpha()
        and value.lower() not in _RESERVED
        and resolved(value) == value
        and not (flow and _ENDS_IN_FLOW.search(value))
    ):
        return value
    return '"' + "".join(_ESCAPES.get(char, char) for char in value) + '"'


def key_text(name: str) -> str:
    """A key of a mapping; fields of records are never quoted."""
    plain = _KEY.match(name) and resolved(name) == name
    return name if plain else scalar(name, flow=True)


def flow(value: Any) -> str:
    """A value on one line, lists in brackets and mappings in braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_text(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, flow=True)


def block(value: Any, indent: int = 0) -> list[str]:
    """Lines of a mapping or list that is not empty, each begun with ``indent`` spaces."""
    pad = " " * indent
    lines: list[str] = []
    if isinstance(value, dict):
        for key, part in value.items():
            head, *rest = after_key(part, indent, key)
            lines += [f"{pad}{key_text(key)}:{head}", *rest]
        return lines
    for item in value:
        if isinstance(item, dict | list) and item:
            inner = block(item, indent + 2)
            lines += [f"{pad}- {inner[0].lstrip(' ')}", *inner[1:]]
        else:
            head, *rest = after_key(item, indent, "-")
            lines += [f"{pad}-{head}", *rest]
    return lines


def after_key(value: Any, indent: int, key: str = "") -> list[str]:
    """What follows ``key:`` that stands at ``indent``: the rest of its line, and more lines."""
    if isinstance(value, dict | list):
        return ["", *block(value, indent + 2)] if value else [f" {flow(value)}"]
    if isinstance(value, str):
        pad = " " * (indent + 2)
        if _is_literal(value):
            mark = " |" if value.endswith("\n") else " |-"
            return [mark, *(pad + line if line else "" for line in value.rstrip("\n").split("\n"))]
        if len(value) + indent + len(key) + 4 > WIDTH and _is_folding(value):
            return [" >-", *(pad + line for line in _wrapped(value, WIDTH - indent - 4))]
    return [f" {scalar(value)}"]


def _is_literal(text: str) -> bool:
    """Whether text of several lines keeps its bytes as a literal block."""
    body = text.removesuffix("\n")
    return (
        "\n" in body
        and "\t" not in text
        and not body.startswith((" ", "\n"))
        and not body.endswith("\n")
        and not any(line.endswith(" ") or line.isspace() for line in body.split("\n"))
    )


def _is_folding(text: str) -> bool:
    """Whether a long line keeps its characters when it is folded at single spaces."""
    return text.split(" ") == text.split() and "\n" not in text and "\t" not in text


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 40), break_long_words=False, break_on_hyphens=False)


def record_text(record_id: str, value: dict[str, Any]) -> str:
    """The file of a new record; its first line ties it to its schema in editors."""
    kind = record_id.partition("/")[0]
    up = "../" * (record_id.count("/") + 1)
    head = f"# yaml-language-server: $schema={up}schemas/{kind}.schema.json"
    return "\n".join([head, *block(value)]) + "\n"
