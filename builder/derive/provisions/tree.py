"""The tree of provisions of one text: nodes, their names, anchors and printing back.

Reading a text into a tree is in ``parse``; nothing here knows how lines look.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from builder.fold import fold

Kind = Literal[
    "document", "preamble", "basis", "part", "chapter", "section", "subsection", "article",
    "clause", "subclause", "point", "paragraph", "quotation", "table", "closing", "recipients",
    "signature", "appendix", "attachment",
]  # fmt: skip

# Kind -> (part of an anchor, name in a citation).
NAMES: dict[Kind, tuple[str, str]] = {
    "document": ("", ""),
    "preamble": ("mo-dau", "Phần mở đầu"),
    "basis": ("can-cu", "căn cứ"),
    "part": ("phan", "Phần"),
    "chapter": ("chuong", "Chương"),
    "section": ("muc", "Mục"),
    "subsection": ("tieu-muc", "Tiểu mục"),
    "article": ("dieu", "Điều"),
    "clause": ("khoan", "khoản"),
    "subclause": ("khoan", "khoản"),
    "point": ("diem", "điểm"),
    "paragraph": ("doan", "đoạn"),
    "quotation": ("trich-dan", "đoạn trích"),
    "table": ("bang", "bảng"),
    "closing": ("phan-cuoi", "Phần cuối"),
    "recipients": ("noi-nhan", "Nơi nhận"),
    "signature": ("chu-ky", "Chữ ký"),
    "appendix": ("phu-luc", "Phụ lục"),
    "attachment": ("kem-theo", "văn bản kèm theo"),
}
# Kinds that people cite by a label of their own.
PROVISIONS: frozenset[Kind] = frozenset(
    {
        "part", "chapter", "section", "subsection", "article", "clause", "subclause", "point",
        "appendix", "attachment",
    }
)  # fmt: skip

# Those that hold articles, whose numbers run on through them.
GROUPS: tuple[Kind, ...] = ("part", "chapter", "section", "subsection")

# The letters of points, in order; those with marks spelt as one types them (Telex), so that
# d and đ, which are two different points, keep two different anchors.
POINT_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
_LETTERS_TYPED = {
    "đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw",
}  # fmt: skip
_TELEX = str.maketrans(_LETTERS_TYPED)
_NO_SLUG = re.compile(r"[^a-z0-9]+")


class Node(NamedTuple):
    """One provision, paragraph or table.

    ``text`` is exactly its own lines, line ends and trailing blank lines included, without
    those of its children; ``head`` is how much of it the marker takes (``Điều 3.``, ``a)``).
    ``label`` is the number as cited (``5a``, ``II``, ``đ``), empty where there is none.
    """

    kind: Kind
    label: str
    anchor: str
    line: int
    text: str
    head: int = 0
    children: tuple["Node", ...] = ()

    @property
    def name(self) -> str:
        """How a citation names it: ``Điều 5a``, ``khoản 2``, ``điểm đ``, ``Phụ lục I``."""
        name = NAMES[self.kind][1]
        return f"{name} {self.label}" if self.label else name

    @property
    def content(self) -> str:
        """Its own words after the marker, on one line."""
        return " ".join(self.text[self.head :].split()).strip("*_ ")

    def walk(self) -> Iterator["Node"]:
        """The node and everything below it, in order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def to_text(root: Node) -> str:
    """The text that was read, to the character."""
    return "".join(node.text for node in root.walk())


def path_to(root: Node, anchor: str) -> tuple[Node, ...]:
    """Nodes from below the root down to that anchor; empty if there is none.

    >>> from builder.derive.provisions.parse import parse
    >>> tree = parse("Điều 1. Phạm vi\\n1. Một.\\n2. Hai:\\na) Ba;\\n")
    >>> [node.name for node in path_to(tree, "dieu-1.khoan-2.diem-a")]
    ['Điều 1', 'khoản 2', 'điểm a']
    """
    for child in root.children:
        if child.anchor == anchor:
            return (child,)
        if below := path_to(child, anchor):
            return (child, *below)
    return ()


@lru_cache(maxsize=1024)
def label_slug(label: str) -> str:
    """A label as part of an anchor: ``5đ`` gives ``5dd``, ``II`` ``ii``, ``1.2`` ``1-2``.

    >>> [label_slug(label) for label in ("d", "đ", "5A", "thứ nhất", "1.2")]
    ['d', 'dd', '5a', 'thu-nhat', '1-2']
    """
    lowered = label.lower()
    if " " not in lowered:
        lowered = lowered.translate(_TELEX)
    return _NO_SLUG.sub("-", fold(lowered)).strip("-")


def unslug_letters(slug: str) -> str:
    """The letters of a label back from its anchor: ``dd`` gives ``đ``, ``5dd`` ``5đ``."""
    for letter, typed in _LETTERS_TYPED.items():
        slug = slug.replace(typed, letter)
    return slug
