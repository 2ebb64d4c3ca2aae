"""Two readers of one YAML subset: libyaml's for speed, ruamel's for positions.

Records are YAML 1.2 without aliases, tags, merge keys or several documents.
Both readers share the scalar rules below, so they give the same values. Dates
and times stay strings: the models parse them.
"""

import re
from collections.abc import Iterator
from typing import Any, Protocol

import yaml
from yaml._yaml import CParser

from builder.findings import Location

MAX_BYTES = 4_000_000
MAX_DEPTH = 32

_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_MAYBE_NUMBER = frozenset("+-.0123456789")
# Controls, and the marks that reorder text on the screen (Unicode TR9): a record
# that shows something else than it says is refused.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)


class YamlError(Exception):
    """A file that is no record: what is wrong, and where (line and column from 1)."""

    def __init__(self, message: str, line: int = 1, column: int = 1, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.hint = message, line, column, hint


def scalar(value: str) -> Any:
    """The value of a plain scalar by the core schema of YAML 1.2 (section 10.3.2).

    Two departures: infinities, NaN and numbers of over 18 characters stay
    strings, since no field of a record takes them.

    >>> [scalar(s) for s in ("no", "12:30", "0o17", "1_000", "~", "2025-07-01")]
    ['no', '12:30', 15, '1_000', None, '2025-07-01']
    """
    if value in _NULLS:
        return None
    if value in _BOOLS:
        return _BOOLS[value]
    if value[0] not in _MAYBE_NUMBER or len(value) > 18:
        return value
    if _INT.match(value):
        return int(value)
    if _FLOAT.match(value):
        return float(value)
    if _OCTAL.match(value):
        return int(value, 0)
    if _HEX.match(value):
        return int(value, 0)
    return value


class _Parser(Protocol):
    def get_event(self) -> Any: ...


def decode(data: bytes) -> str:
    """Text of a file; refuses what is too large, no UTF-8, or holds invisible controls."""
    if len(data) > MAX_BYTES:
        raise YamlError(
            f"the file has {len(data):,} bytes; a record has at most {MAX_BYTES:,}",
            hint="split the record, or keep long texts in a .txt file beside it",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        raise YamlError("the file is not valid UTF-8", line, column, "save it as UTF-8") from None
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise YamlError(
            f"the character U+{ord(found[0]):04X} is invisible or reorders text",
            line, column, "delete it",
        )  # fmt: skip
    return text


def read(text: str) -> Any:
    """The value of one YAML document, by libyaml. Raises YamlError."""
    parser = CParser(text)
    try:
        return _Composer(parser).document()
    except yaml.YAMLError as error:
        raise _syntax_error(error) from None
    finally:
        parser.dispose()


def read_with_positions(text: str) -> tuple[Any, dict[Location, tuple[int, int]]]:
    """The same by ruamel.yaml, and line and column (from 1) of every key and item."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError as RuamelError

    reader = YAML(typ="rt", pure=True)
    reader.version = "1.2"
    positions: dict[Location, tuple[int, int]] = {}
    try:
        parser = _RuamelEvents(iter(reader.parse(text)))
        return _Composer(parser, positions).document(), positions
    except RuamelError as error:
        raise _syntax_error(error) from None


class _RuamelEvents:
    def __init__(self, stream: Iterator[Any]) -> None:
        self.get_event = stream.__next__


def _syntax_error(error: Exception) -> YamlError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return YamlError(f"no valid YAML: {problem}", line, column, "check indentation and quotes")


class _Composer:
    """Builds values from the events of either parser, refusing what records may not hold."""

    def __init__(
        self, parser: _Parser, positions: dict[Location, tuple[int, int]] | None = None
    ) -> None:
        self.next = parser.get_event
        self.positions = positions

    def document(self) -> Any:
        self.next()  # stream start
        event = self.next()
        if type(event).__name__ == "StreamEndEvent":
            raise YamlError("the file is empty", hint="write a record, or delete the file")
        value = self._value(self.next(), (), 0)
        self.next()  # document end
        event = self.next()
        if type(event).__name__ != "StreamEndEvent":
            raise self._error(event, "a file holds one document", "remove what follows '---'")
        return value

    def _error(self, event: Any, message: str, hint: str = "") -> YamlError:
        mark = event.start_mark
        return YamlError(message, mark.line + 1, mark.column + 1, hint)

    def _value(self, event: Any, at: Location, depth: int) -> Any:
        kind = type(event)
        name = kind.__name__
        if name == "AliasEvent" or event.anchor is not None:
            raise self._error(event, "anchors and aliases are not allowed", "write the value out")
        if name == "ScalarEvent":
            return self._scalar(event)
        if event.tag is not None:
            raise self._error(event, "tags are not allowed", "remove the tag")
        if depth >= MAX_DEPTH:
            raise self._error(event, f"nested deeper than {MAX_DEPTH} levels")
        if name == "MappingStartEvent":
            return self._mapping(at, depth)
        return self._sequence(at, depth)

    def _scalar(self, event: Any) -> Any:
        if event.tag is not None:
            raise self._error(event, "tags are not allowed", "remove the tag")
        return scalar(event.value) if not event.style else event.value

    def _mapping(self, at: Location, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        next_event, positions = self.next, self.positions
        while True:
            event = next_event()
            name = type(event).__name__
            if name == "MappingEndEvent":
                return result
            if name != "ScalarEvent" or event.anchor is not None or event.tag is not None:
                raise self._error(event, "a key is a plain word", "write 'key: value'")
            key = event.value
            if key == "<<" and not event.style:
                raise self._error(event, "merge keys are not allowed", "write the fields out")
            if key in result:
                raise self._error(event, f"the key {key!r} stands twice", "keep one of them")
            here = (*at, key)
            if positions is not None:
                positions[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            result[key] = self._value(next_event(), here, depth + 1)

    def _sequence(self, at: Location, depth: int) -> list[Any]:
        result: list[Any] = []
        next_event, positions = self.next, self.positions
        while True:
            event = next_event()
            if type(event).__name__ == "SequenceEndEvent":
                return result
            here = (*at, len(result))
            if positions is not None:
                positions[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            result.append(self._value(event, here, depth + 1))
