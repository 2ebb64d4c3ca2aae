"""Changing values in a YAML text, and nothing else of it.

Only the characters of a changed value are replaced; comments, order, quoting and line
breaks of all others stay, byte by byte. Formatting a whole text is in ``yaml_format``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

import orjson
import yaml

from builder.store.yaml_read import YamlError, read
from builder.store.yaml_write import after_key, block, flow, key_text, scalar

Value = Any
Node = Any  # yaml.nodes: the stubs know nothing of them


class EditError(YamlError):
    """A text whose values cannot be changed without losing something else in it."""


def revised(text: str, value: Value) -> str:
    """The text changed so that it says ``value``; what says so already is left as it stands.

    ``value`` is what ``read`` would give: mappings, lists, strings, numbers, truth values and
    None. Raises YamlError if the text is no YAML of records, EditError if the change cannot be
    made without touching more.
    """
    old = read(text)
    if _same(old, value):
        return text
    changes = _Changes(text)
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    changes.node(root, old, value, changes.at_document(root))
    new = changes.applied()
    try:
        done = _same(read(new), value)
    except YamlError:
        done = False
    if not done:
        raise EditError(
            "the change cannot be made without touching more of the file",
            hint="change the file by hand",
        )
    return new


def _same(one: Value, other: Value) -> bool:
    """Equal in type, order of keys left aside: ``1``, ``1.0`` and ``true`` differ."""
    return _key(one) == _key(other)


def _key(value: Value) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


Replace = Callable[[Value], None]


@dataclass
class _Changes:
    """Spans of a text to be replaced, found by comparing values along its nodes."""

    text: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    def applied(self) -> str:
        new = self.text
        for _, (start, end, put) in sorted(
            enumerate(self.spans), key=lambda one: (one[1][0], one[0]), reverse=True
        ):
            new = new[:start] + put + new[end:]
        return new.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in self.text else new

    def put(self, start: int, end: int, text: str) -> None:
        self.spans.append((start, end, text))

    def node(self, node: Node, old: Value, new: Value, replace: Replace) -> None:
        """Changes a node; ``replace`` puts a whole new value in its place."""
        if _same(old, new):
            return
        parts = isinstance(new, type(old)) and bool(new) and bool(old)
        if parts and isinstance(old, dict):
            self._mapping(node, old, new, replace)
        elif parts and isinstance(old, list):
            self._sequence(node, old, new, replace)
        else:
            replace(new)

    def at_document(self, root: Node) -> Replace:
        def replace(new: Value) -> None:
            if not isinstance(new, dict) or not new:
                hint = "write 'field: value' lines"
                raise EditError("a record is a list of fields", hint=hint)
            self.put(root.start_mark.index, self._end(root), "\n".join(block(new)))

        return replace

    # Mappings

    def _mapping(self, node: Node, old: Value, new: Value, replace: Replace) -> None:
        if node.flow_style:
            self._within_flow(node, old, new)
            return
        pairs = [(key.value, key, value) for key, value in node.value]
        kept = [name for name, _, _ in pairs if name in new]
        if not kept:
            replace(new)
            return
        column = node.start_mark.column
        starts = [key.start_mark.index for _, key, _ in pairs]
        ends = [self._end(value) for _, _, value in pairs]
        self._delete([name in new for name, _, _ in pairs], starts, ends)
        nodes = {name: (key, value) for name, key, value in pairs}
        at, end = starts[pairs.index((kept[0], *nodes[kept[0]]))], None
        for name, part in new.items():
            if name in nodes:
                key, value = nodes[name]
                self.node(value, old[name], part, self._after(key, value, column))
                end = self._end(value)
            else:
                self._insert(block({name: part}, column), at, end, column)

    def _after(self, key: Node, value: Node, column: int) -> Replace:
        """Puts a value behind ``key:``; a value of one line takes the place of one."""

        def replace(new: Value) -> None:
            start, end = _span(value)
            lines = after_key(new, column, key.value)
            commented = self.text[end : self._line_end(end)].strip() != ""
            if commented and not isinstance(new, dict | list):
                lines = [f" {scalar(new)}"]
            colon = self.text.index(":", key.end_mark.index)
            empty = start == end
            if isinstance(value, yaml.ScalarNode) and len(lines) == 1 and not empty:
                self.put(start, self._end(value), _in_quotes_of(value, new, lines[0].strip()))
            else:
                stop = colon + 1 if empty else self._end(value)
                self.put(colon + 1, stop, "\n".join(lines))

        return replace

    def _within_flow(self, node: Node, old: Value, new: Value) -> None:
        """Changes parts in brackets or braces in their places; all of it if parts come or go."""
        if isinstance(old, dict):
            parts = [(value, old[key.value], new.get(key.value)) for key, value in node.value]
            stays = old.keys() == new.keys()
        else:
            stays = len(old) == len(new) and all(a == b for a, b in _aligned(old, new))
            parts = list(zip(node.value, old, new, strict=False))
        if not stays or any(_span(part)[0] == _span(part)[1] for part, _, _ in parts):
            self.put(*_span(node), self._flow(node, old, new))
            return
        for part, before, after in parts:
            self.node(part, before, after, self._in_flow(part))

    def _in_flow(self, part: Node) -> Replace:
        return lambda new: self.put(*_span(part), _in_quotes_of(part, new, flow(new)))

    def _flow(self, node: Node, old: Value, new: Value) -> str:
        """A value in brackets or braces; parts that stay keep their own writing."""
        if _same(old, new):
            return self.text[slice(*_span(node))]
        if isinstance(node, yaml.MappingNode) and isinstance(new, dict) and new:
            known = {key.value: (key, value) for key, value in node.value}
            parts = []
            for name, part in new.items():
                if name in known:
                    key, value = known[name]
                    said = self._flow(value, old[name], part)
                    parts.append(f"{self.text[slice(*_span(key))]}: {said}")
                else:
                    parts.append(f"{key_text(name)}: {flow(part)}")
            return "{" + ", ".join(parts) + "}"
        if isinstance(node, yaml.SequenceNode) and isinstance(new, list):
            parts = []
            for before, after in _aligned(old, new):
                if after is not None and before is not None:
                    parts.append(self._flow(node.value[before], old[before], new[after]))
                elif after is not None:
                    parts.append(flow(new[after]))
            return "[" + ", ".join(parts) + "]"
        return _in_quotes_of(node, new, flow(new))

    # Sequences

    def _sequence(self, node: Node, old: Value, new: Value, replace: Replace) -> None:
        if node.flow_style:
            self._within_flow(node, old, new)
            return
        column = node.start_mark.column
        dashes, ends = list(self._dashes(node, column)), [self._end(item) for item in node.value]
        pairs = list(_aligned(old, new))
        kept = [before for before, now in pairs if before is not None and now is not None]
        if not kept:
            replace(new)
            return
        self._delete([index in kept for index in range(len(dashes))], dashes, ends)
        at, end = dashes[kept[0]], None
        for before, now in pairs:
            if before is None and now is not None:
                self._insert(block([new[now]], column), at, end, column)
            elif before is not None and now is not None:
                item = node.value[before]
                put = self._at_dash(dashes[before], item, column)
                self.node(item, old[before], new[now], put)
                end = ends[before]

    def _at_dash(self, dash: int, item: Node, column: int) -> Replace:
        def replace(new: Value) -> None:
            start, end = _span(item)
            lines = block([new], column)
            commented = self.text[end : self._line_end(end)].strip() != ""
            if commented and not isinstance(new, dict | list):
                lines = [f"- {scalar(new)}"]
            if isinstance(item, yaml.ScalarNode) and len(lines) == 1 and start != end:
                self.put(start, self._end(item), _in_quotes_of(item, new, lines[0].lstrip(" ")[2:]))
            else:
                stop = dash + 1 if start == end else self._end(item)
                self.put(dash, stop, "\n".join(lines).lstrip(" "))

        return replace

    def _dashes(self, node: Node, column: int) -> Iterator[int]:
        """Where the dash of each item stands."""
        at = node.start_mark.index
        for item in node.value:
            while self.text[at] != "-" or at - self._line_start(at) != column:
                at = self._line_end(at) + 1 + column
            yield at
            at = max(at, self._line_end(self._end(item)) + 1 + column)

    # Places

    def _insert(self, lines: list[str], at: int, end: int | None, column: int) -> None:
        """Puts lines behind the part that ends at ``end``; without one before what is at ``at``."""
        if end is None:
            self.put(at, at, "\n".join(lines).lstrip(" ") + "\n" + " " * column)
        else:
            line_end = self._line_end(end)
            self.put(line_end, line_end, "\n" + "\n".join(lines))

    def _delete(self, kept: list[bool], starts: list[int], ends: list[int]) -> None:
        """Takes runs of parts out with their lines; one behind a dash makes room for the next."""
        index = 0
        while index < len(kept):
            if kept[index]:
                index += 1
                continue
            first = index
            while index < len(kept) and not kept[index]:
                index += 1
            line, stop = self._line_start(starts[first]), self._line_end(ends[index - 1])
            if self.text[line : starts[first]].strip():
                self.put(starts[first], starts[index] if index < len(kept) else stop, "")
            elif stop == len(self.text):
                self.put(max(line - 1, 0), stop, "")
            else:
                self.put(line, stop + 1, "")

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def _end(self, node: Node) -> int:
        """Where the content of a node ends: trailing comments and blank lines are none of it."""
        if isinstance(node, yaml.ScalarNode):
            start, end = _span(node)
            if node.style not in ("|", ">"):
                return end
            said = self.text[start:end]
            keeps = "+" in said.split("\n", 1)[0].split("#", 1)[0]
            return start + len(said.removesuffix("\n") if keeps else said.rstrip())
        if node.flow_style or not node.value:
            return _span(node)[1]
        last = node.value[-1]
        if isinstance(last, tuple):
            key, value = last
            empty = isinstance(value, yaml.ScalarNode) and not value.value and not value.style
            return self.text.index(":", key.end_mark.index) + 1 if empty else self._end(value)
        empty = isinstance(last, yaml.ScalarNode) and not last.value and not last.style
        if empty:
            return list(self._dashes(node, node.start_mark.column))[-1] + 1
        return self._end(last)


def _span(node: Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _in_quotes_of(node: Node, new: Value, said: str) -> str:
    """The new words in the quotes of the old ones."""
    style = getattr(node, "style", None)
    if isinstance(new, str) and style in ("'", '"') and not said.startswith('"'):
        if style == "'":
            return "'" + new.replace("'", "''") + "'"
        return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return said


def _aligned(old: list[Value], new: list[Value]) -> Iterator[tuple[int | None, int | None]]:
    """Items of two lists side by side: kept or changed (both), removed, added."""
    a, b = [_key(item) for item in old], [_key(item) for item in new]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        both = i2 - i1 if kind == "equal" else min(i2 - i1, j2 - j1)
        yield from ((i1 + n, j1 + n) for n in range(both))
        yield from ((i, None) for i in range(i1 + both, i2))
        yield from ((None, j) for j in range(j1 + both, j2))
