"""Two readers of one YAML subset: libyaml's for speed, ruamel's beside it for positions.

Records are YAML 1.2 without aliases, tags, merge keys or several documents.
Both readers share the scalar rules below, so they give the same values. Dates
and times stay strings: the models parse them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import yaml
from yaml._yaml import CParser

from builder.findings import Location
from builder.fold import composed

MAX_BYTES = 4_000_000
MAX_DEPTH = 32
MAX_EXACT = 100_000  # characters; ruamel takes a second for these, libyaml four milliseconds

_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
Positions = dict[Location, tuple[int, int]]
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_MAYBE_NUMBER = frozenset("+-.0123456789")
# Controls, and the marks that reorder text on the screen (Unicode TR9): a record
# that shows something else than it says is refused.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


# What a parser complains of, and what people most often did.
_MISTAKES = (
    ("mapping values", "put words that hold ': ' in quotes; or mend the indentation"),
    ("cannot start any token", "indent with spaces; put words that begin with a sign in quotes"),
    ("expected ',' or", "close the bracket; put words that hold brackets in quotes"),
    ("find expected ':'", "write 'field: value'; indent what goes on from the line above"),
    ("sequence entries", "begin the list on the next line"),
    ("expected key", "mend the indentation; put all words of a value within its quotes"),
    ("node content", "write a value here, and close what is open"),
    ("unknown escape", "write two backslashes for one within double quotes"),
)  # fmt: skip
_MISTAKE = "check indentation and quotes"


class YamlError(Exception):
    """A file that is no record: what is wrong, and where (line and column from 1).

    ``unquoted`` says the same without a word of the file, for files that may be secret.
    """

    def __init__(
        self, message: str, line: int = 1, column: int = 1, hint: str = "", unquoted: str = ""
    ) -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.hint = message, line, column, hint
        self.unquoted = unquoted or message


def scalar(value: str) -> Any:
    """The value of a plain scalar by the core schema of YAML 1.2 (section 10.3.2).

    Two departures: infinities, NaN and numbers of over 18 characters stay
    strings, since no field of a record takes them.

    >>> [scalar(s) for s in ("no", "12:30", "0o17", "1_000", "~", "2025-07-01")]
    ['no', '12:30', 15, '1_000', None, '2025-07-01']
    """
    if value in _WORDS:
        return _WORDS[value]
    if value[0] not in _MAYBE_NUMBER or len(value) > 18:
        return value
    if _INT.match(value):
        return int(value)
    if _FLOAT.match(value):
        number = float(value)
        return number if isfinite(number) else value
    if _OCTAL.match(value):
        return int(value, 0)
    if _HEX.match(value):
        return int(value, 0)
    return value


def refuse_hidden(text: str) -> None:
    """Raises YamlError where a character is invisible or reorders text."""
    found = _FORBIDDEN.search(text)
    if found and text.startswith("\ufeff"):
        raise YamlError(
            "the file begins with a byte order mark (BOM)",
            hint="'registry fmt' takes it off; or save the file as UTF-8 without BOM",
        )
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise YamlError(
            f"the character U+{ord(found[0]):04X} is invisible or reorders text",
            line, column, "delete it",
        )  # fmt: skip


def decode(data: bytes) -> str:
    """Text of a file in NFC; refuses what is too large, no UTF-8, or holds invisible controls."""
    if len(data) > MAX_BYTES:
        raise YamlError(
            f"the file is larger than {MAX_BYTES:,} bytes, the most that a record has",
            hint="split the record, or keep long texts in a .txt file beside it",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        raise YamlError("the file is not valid UTF-8", line, column, "save it as UTF-8") from None
    refuse_hidden(text)
    return composed(text)


def read(text: str) -> Any:
    """The value of one YAML document, by libyaml. Raises YamlError."""
    return _by_libyaml(text, None)


def read_with_positions(text: str) -> tuple[Any, Positions]:
    """The same, and line and column (from 1) of every key and item.

    By ruamel.yaml, which people's editors of records lean on, too; by libyaml where the text
    is so long that ruamel would take seconds, or writes something that only libyaml takes
    (a tab after a colon).
    """
    if len(text) <= MAX_EXACT:
        try:
            return by_ruamel(text)
        except YamlError:
            pass
    positions: Positions = {}
    return _by_libyaml(text, positions), positions


def _by_libyaml(text: str, positions: Positions | None) -> Any:
    parser = CParser(text)
    try:
        return _Composer(parser.get_event, _LIBYAML, positions).document()
    except yaml.YAMLError as error:
        raise _syntax_error(error) from None
    finally:
        parser.dispose()


def by_ruamel(text: str) -> tuple[Any, Positions]:
    """Value and positions by ruamel.yaml alone. Raises YamlError."""
    from ruamel.yaml import YAML
    from ruamel.yaml import events as ruamel
    from ruamel.yaml.error import YAMLError as RuamelError

    classes = _Events(
        ruamel.ScalarEvent, ruamel.AliasEvent, ruamel.MappingStartEvent, ruamel.MappingEndEvent,
        ruamel.SequenceEndEvent, ruamel.StreamEndEvent,
    )  # fmt: skip
    reader = YAML(typ="safe", pure=True)  # the round-trip scanner marks folds within values
    reader.version = "1.2"
    positions: Positions = {}
    try:
        next_event = iter(reader.parse(text)).__next__
        return _Composer(next_event, classes, positions).document(), positions
    except (RuamelError, AssertionError, ValueError) as error:  # odd versions, odd escapes
        raise _syntax_error(error) from None


def _syntax_error(error: Exception) -> YamlError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or (str(error).splitlines() or ["unreadable"])[0]
    hint = next((words for said, words in _MISTAKES if said in problem), _MISTAKE)
    if "quoted scalar" in (getattr(error, "context", None) or "") and "end of stream" in problem:
        mark, hint = getattr(error, "context_mark", None), "close the quote that opens here"
    if "find expected ':'" in problem:  # found out below the line that has none
        mark = getattr(error, "context_mark", None) or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return YamlError(f"no valid YAML: {problem}", line, column, hint, "no valid YAML")


@dataclass(frozen=True, slots=True)
class _Events:
    """The classes of events of one parser; comparing them is faster than comparing names."""

    scalar: Any
    alias: Any
    mapping_start: Any
    mapping_end: Any
    sequence_end: Any
    stream_end: Any


_LIBYAML = _Events(
    yaml.ScalarEvent, yaml.AliasEvent, yaml.MappingStartEvent, yaml.MappingEndEvent,
    yaml.SequenceEndEvent, yaml.StreamEndEvent,
)  # fmt: skip


class _Composer:
    """Builds values from the events of either parser, refusing what records may not hold."""

    def __init__(
        self,
        next_event: Callable[[], Any],
        events: _Events,
        positions: Positions | None = None,
    ) -> None:
        self.next = next_event
        self.events = events
        self.positions = positions

    def document(self) -> Any:
        self.next()  # stream start
        event = self.next()
        if type(event) is self.events.stream_end:
            raise YamlError("the file is empty", hint="write a record, or delete the file")
        if event.explicit and (event.version or event.tags):
            raise self._error(event, "directives are not allowed", "remove the lines with '%'")
        event = self.next()
        value = self._scalar(event) if self._is_scalar(event) else self._collection(event, (), 0)
        self.next()  # document end
        event = self.next()
        if type(event) is not self.events.stream_end:
            raise self._error(event, "a file holds one document", "remove what follows '---'")
        return value

    def _error(self, event: Any, message: str, hint: str = "") -> YamlError:
        mark = event.start_mark
        return YamlError(message, mark.line + 1, mark.column + 1, hint)

    def _is_scalar(self, event: Any) -> bool:
        return type(event) is self.events.scalar

    def _scalar(self, event: Any) -> Any:
        if event.anchor is not None or event.tag is not None:
            raise self._refusal(event)
        if not event.style:
            return scalar(event.value)
        if event.style == '"':
            self._refuse_escaped(event)
        return event.value

    def _refuse_escaped(self, event: Any) -> None:
        """An escape in double quotes must not bring in what ``decode`` keeps out."""
        if found := _FORBIDDEN.search(event.value):
            raise self._error(
                event, f"the escaped character U+{ord(found[0]):04X} is invisible or reorders text",
                "delete it",
            )  # fmt: skip

    def _refusal(self, event: Any) -> YamlError:
        if type(event) is self.events.alias or event.anchor is not None:
            return self._error(event, "anchors and aliases are not allowed", "write the value out")
        return self._error(event, "tags are not allowed", "remove the tag")

    def _collection(self, event: Any, at: Location, depth: int) -> Any:
        kind = type(event)
        if kind is self.events.alias or event.anchor is not None or event.tag is not None:
            raise self._refusal(event)
        if depth >= MAX_DEPTH:
            raise self._error(
                event, f"nested deeper than {MAX_DEPTH} levels", "no record is; see schemas/"
            )
        if kind is self.events.mapping_start:
            return self._mapping(at, depth + 1)
        return self._sequence(at, depth + 1)

    def _mapping(self, at: Location, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        next_event, positions, is_scalar = self.next, self.positions, self.events.scalar
        end = self.events.mapping_end
        while True:
            event = next_event()
            if type(event) is not is_scalar or event.anchor is not None or event.tag is not None:
                if type(event) is end:
                    return result
                raise self._error(event, "a key is a plain word", "write 'key: value'")
            key = event.value
            if key in result:
                error = self._error(event, f"the key {key!r} stands twice", "keep one of them")
                error.unquoted = "a key stands twice"
                raise error
            if event.style:
                self._refuse_escaped(event)
            elif key == "<<":
                raise self._error(event, "merge keys are not allowed", "write the fields out")
            here = at
            if positions is not None:
                here = (*at, key)
                positions[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            event = next_event()
            if type(event) is is_scalar:
                result[key] = self._scalar(event)
            else:
                result[key] = self._collection(event, here, depth)

    def _sequence(self, at: Location, depth: int) -> list[Any]:
        result: list[Any] = []
        next_event, positions, is_scalar = self.next, self.positions, self.events.scalar
        end = self.events.sequence_end
        while True:
            event = next_event()
            if type(event) is end:
                return result
            here = at
            if positions is not None:
                here = (*at, len(result))
                positions[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            if type(event) is is_scalar:
                result.append(self._scalar(event))
            else:
                result.append(self._collection(event, here, depth))
