"""Reading a pasted Vietnamese legal text into a tree of provisions.

One pass over the lines, each of which goes into exactly one node, so that nothing is lost;
what a line looks like is in ``marks``, what the whole text looks like in ``lines``.
"""

import re
from dataclasses import dataclass, field

from builder.derive.provisions import lines as whole
from builder.derive.provisions import marks
from builder.derive.provisions.marks import Mark
from builder.derive.provisions.tree import NAMES, POINT_LETTERS, Kind, Node, label_slug

# What may stand in what: a node is opened under the nearest open one of a lower rank.
_RANK: dict[Kind, int] = {
    "document": 0, "attachment": 1, "appendix": 2, "preamble": 3, "closing": 3, "part": 3,
    "chapter": 4, "section": 5, "subsection": 6, "article": 7, "clause": 8, "subclause": 9,
    "point": 11, "recipients": 12, "signature": 12, "basis": 13, "paragraph": 13,
    "quotation": 13, "table": 13,
}  # fmt: skip
_LEAF = 13
_TITLED: frozenset[Kind] = frozenset(
    {"part", "chapter", "section", "subsection", "appendix", "attachment"}
)
_LETTERS = [letter for letter in POINT_LETTERS if letter not in "ăâêôơưfjwz"]
_WORD = re.compile(r"[^*_ \r\n\t\xa0]")
_NEAR = 6  # lines after a title in which "(Ban hành kèm theo …)" is looked for


def parse(text: str) -> Node:
    """The tree of a text; ``to_text`` of it gives back the same text.

    Any text is read, in time proportional to its length; what has no mark becomes
    paragraphs. Depth is bounded by the ranks of provisions.

    >>> tree = parse("Chương I\\nQUY ĐỊNH CHUNG\\nĐiều 1. Phạm vi\\n1. Một.\\n")
    >>> [(node.anchor, node.content) for node in tree.walk() if node.label]
    [('chuong-i', 'QUY ĐỊNH CHUNG'), ('dieu-1', 'Phạm vi'), ('dieu-1.khoan-1', 'Một.')]
    """
    lines = whole.split(text)
    reader = _Reader(lines)
    for number in range(len(lines)):
        reader.read(number)
    return reader.root.close()


@dataclass(slots=True)
class _Open:
    """A node while its lines and children are still being gathered."""

    kind: Kind
    label: str
    anchor: str
    line: int
    head: int = 0
    closed_by: str = ""
    lines: list[str] = field(default_factory=list)
    children: list["_Open"] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)  # unnumbered children by kind
    rank: int = field(init=False)

    def __post_init__(self) -> None:
        self.rank = _RANK[self.kind]
        if self.kind == "subclause":
            self.rank += self.label.count(".") - 1

    def close(self) -> Node:
        return Node(
            self.kind, self.label, self.anchor, self.line, "".join(self.lines), self.head,
            tuple(child.close() for child in self.children),
        )  # fmt: skip


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.wrap = whole.wrapping(lines)
        self.quoted = whole.quotations(lines)
        self.quoted_until = -1
        self.root = _Open("document", "", "", 1)
        self.stack = [self.root]
        self.leaf = self.root  # takes the next line that begins nothing
        self.used: dict[str, int] = {}
        self.titling = False  # the heading just opened still lacks its title
        self.before = ""  # the line above

    def read(self, number: int) -> None:
        """Puts one line into the tree."""
        line = self.lines[number]
        start = marks.lead(line)
        if number <= self.quoted_until or start >= len(line):
            self.leaf.lines.append(line)
        elif marks.is_table(line):
            self._table(number, line)
        elif self.wrap.goes_on(self.before, line) and self.leaf is not self.root:
            self.leaf.lines.append(line)
        elif number in self.quoted:
            self.quoted_until = self.quoted[number]
            self._unnumbered("quotation", number)
        elif mark := self._mark(number, line, start):
            self._open(mark, number)
        elif self.titling and self._is_title(line):
            self.leaf.lines.append(line)
            self.titling = self.leaf.kind != "article"
        else:
            self.titling = False
            self._paragraph(number, line, start)
        self.before = line if start < len(line) else ""

    # Marks, in their context

    def _inside(self, *kinds: Kind) -> _Open | None:
        for node in reversed(self.stack):
            if node.kind in kinds:
                return node
        return None

    def _mark(self, number: int, line: str, start: int) -> Mark | None:
        if self._begins_attachment(number, line, start):
            return Mark("attachment", "", start)
        if found := marks.heading_mark(line, start):
            return found
        if self._inside("closing"):
            return None
        article = self._inside("article")
        if article is None:
            if found := marks.part_mark(line, start):
                part = self._inside("part")
                if found.label == "A" or (part and ord(found.label) == _ordinal(part.label) + 1):
                    return found
            if (found := marks.section_mark(line, start)) and self._is_next_section(found, line):
                return found
        return self._numbered(line, start)

    def _is_next_section(self, found: Mark, line: str) -> bool:
        """Single letters are initials, too; a numeral counts if it is due or has a title."""
        value = marks.roman(found.label)
        section = self._inside("section")
        due = marks.roman(section.label) + 1 if section else 1
        return value == due or marks.is_upper(line[found.head : found.head + 300])

    def _numbered(self, line: str, start: int) -> Mark | None:
        if not line[start].isdecimal():
            found = marks.point_mark(line, start)
            return found if found and self._can_be_point(found) else None
        clause = self._inside("clause")
        if (found := marks.subclause_mark(line, start)) and clause is not None:
            if found.label.split(".")[0] == clause.label:
                return found
        elif found := marks.clause_mark(line, start):
            if found.closed_by == ")" and clause is not None and clause.closed_by == ".":
                return Mark("point", found.label, found.head, ")")
            return found if found.closed_by != "-" or self._is_next_clause(found) else None
        return None

    def _is_next_clause(self, found: Mark) -> bool:
        clause = self._inside("clause")
        before = int(clause.label) if clause and clause.label.isdecimal() else 0
        return found.label in ("1", str(before + 1))

    def _can_be_point(self, found: Mark) -> bool:
        if len(self.stack) == 1 or self._inside("preamble"):
            return False
        return found.closed_by == ")" or self._is_next_point(found)

    def _is_next_point(self, found: Mark) -> bool:
        point = self._inside("point")
        if point is None:
            return found.label == "a" and self._inside("clause") is not None
        if point.label not in _LETTERS or found.label not in _LETTERS:
            return False
        return _LETTERS.index(found.label) == _LETTERS.index(point.label) + 1

    def _begins_attachment(self, number: int, line: str, start: int) -> bool:
        """A title in capitals after the body began, with "(Ban hành kèm theo …)" below it."""
        if not self.used or self.titling or self._inside("preamble"):
            return False
        if not marks.is_attached_title(line, start):
            return False
        return any(map(marks.says_attached, self.lines[number + 1 : number + 1 + _NEAR]))

    # Opening nodes

    def _open(self, mark: Mark, number: int) -> None:
        """A numbered provision ends the preamble, and comes after an ending if there was one."""
        while self._inside("preamble", "closing"):
            self.stack.pop()
        node = _Open(mark.kind, mark.label, "", number + 1, mark.head, mark.closed_by)
        self._push(node, number)
        self.titling = node.kind in _TITLED or not self._has_title()

    def _push(self, node: _Open, number: int) -> None:
        while self.stack[-1].rank >= node.rank:
            self.stack.pop()
        parent = self.stack[-1]
        node.anchor = self._anchor(parent, node)
        node.lines.append(self.lines[number])
        parent.children.append(node)
        self.leaf = node
        self.titling = False
        if node.rank < _LEAF:
            self.stack.append(node)

    def _anchor(self, parent: _Open, node: _Open) -> str:
        name = NAMES[node.kind][0]
        if node.label:
            name = f"{name}-{label_slug(node.label)}"
        elif node.rank == _LEAF or node.kind == "attachment":
            count = parent.counts[node.kind] = parent.counts.get(node.kind, 0) + 1
            name = f"{name}-{count}"
        above = self._scope(node.kind)
        wanted = f"{above}.{name}" if above else name
        times = self.used[wanted] = self.used.get(wanted, 0) + 1
        if times == 1:
            return wanted
        again = f"{wanted}-lan-{times}"
        self.used[again] = 1
        return again

    def _scope(self, kind: Kind) -> str:
        """The anchor that stands before: articles are numbered through, across chapters."""
        if kind != "article":
            return self.stack[-1].anchor
        containers = [node for node in self.stack if node.kind in ("attachment", "appendix")]
        return containers[-1].anchor if containers else ""

    # Lines without a number

    def _has_title(self) -> bool:
        first, *others = self.leaf.lines
        return bool(_WORD.search(first, self.leaf.head)) or any(map(_WORD.search, others))

    def _is_title(self, line: str) -> bool:
        """Whether a line without a mark belongs to the title of the heading just opened."""
        if self.leaf.kind == "article":
            return len(line) < 200 and line.rstrip()[-1:] not in (".", ";", ":", ",")
        if self.leaf.kind == "attachment":
            return len(self.leaf.lines) <= _NEAR and not any(
                map(marks.says_attached, self.leaf.lines)
            )
        return not self._has_title() or marks.says_attached(line) or self._goes_on_in_capitals(line)

    def _goes_on_in_capitals(self, line: str) -> bool:
        return bool(self.before) and marks.is_upper(line) and marks.is_upper(self.before)

    def _paragraph(self, number: int, line: str, start: int) -> None:
        if self.stack == [self.root] and not self.used:
            self._push(_Open("preamble", "", "", number + 1), number)
            self._split_first(number)
            return
        end = marks.ending(line, start)
        if end is not None and not self._inside("preamble", "appendix", "signature"):
            self._begin_end("paragraph" if end == "closing" else end, number)
            return
        if self._inside("preamble") and marks.is_basis(line, start):
            self._unnumbered("basis", number)
            return
        self._unnumbered("paragraph", number)

    def _split_first(self, number: int) -> None:
        """The preamble itself holds no line; its first one is a paragraph of it."""
        preamble = self.leaf
        preamble.lines.clear()
        line = self.lines[number]
        basis = marks.is_basis(line, marks.lead(line))
        self._unnumbered("basis" if basis else "paragraph", number)

    def _begin_end(self, end: Kind, number: int) -> None:
        if self._inside("closing") is None:
            while self.stack[-1].kind not in ("document", "attachment"):
                self.stack.pop()
            self._push(_Open("closing", "", "", number + 1), number)
            self.leaf.lines.clear()
        self._push(_Open(end, "", "", number + 1), number)

    def _unnumbered(self, kind: Kind, number: int) -> None:
        self._push(_Open(kind, "", "", number + 1), number)

    def _table(self, number: int, line: str) -> None:
        if self.leaf.kind == "table" and self.before:
            self.leaf.lines.append(line)
            return
        if self.stack == [self.root] and not self.used:
            self._push(_Open("preamble", "", "", number + 1), number)
            self.leaf.lines.clear()
        elif not self._inside("appendix", "preamble"):
            following = number
            while following < len(self.lines) and marks.is_table(self.lines[following]):
                if marks.table_ending(self.lines[following]):
                    self._begin_end("table", number)
                    return
                following += 1
        self._unnumbered("table", number)


def _ordinal(label: str) -> int:
    return ord(label) if len(label) == 1 else 0
