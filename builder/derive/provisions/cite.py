"""Citing instruments and their provisions in the form of Decree 30/2020/NĐ-CP, Annex I.

The first citation gives type, number and symbol, date, issuer and abstract; of laws and
ordinances only type and name. Provisions go before, the smallest first.
"""

import datetime as dt
import re

from builder.derive.provisions.tree import NAMES, Kind, Node, unslug_letters
from builder.models import Instrument
from builder.models.codes import DOCUMENT_TYPES

# Kinds that a citation of something within them leaves out, since articles are numbered through.
_ABOVE_ARTICLES: frozenset[Kind] = frozenset({"part", "chapter", "section", "subsection"})
_NAMED_BY_TITLE = frozenset({"HP", "L", "PL"})
# Words with which an abstract (trích yếu) begins; a title that begins otherwise is a name.
_ABSTRACT = ("về ", "ban hành ", "quy định ", "phê duyệt ", "sửa đổi", "bãi bỏ ", "công bố ")


def cite(instrument: Instrument, path: tuple[Node, ...] = (), issuer: str | None = None) -> str:
    """A provision of an instrument as one cites it: ``điểm a khoản 2 Điều 3 Quy chế số …``.

    ``path`` is what ``path_to`` gives, empty for the whole instrument; ``issuer`` is the name
    of the issuing body. What is not known (number, date, issuer) is left out.
    """
    return f"{provision_name(path)} {instrument_name(instrument, issuer)}".strip()


def provision_name(path: tuple[Node, ...]) -> str:
    """The provision alone, smallest first, down to where the path ends.

    >>> from builder.derive.provisions import parse, path_to
    >>> tree = parse("Chương I\\nCHUNG\\nĐiều 3. Phạm vi\\n2. Gồm:\\nđ) Năm.\\n")
    >>> provision_name(path_to(tree, "dieu-3.khoan-2.diem-dd"))
    'điểm đ khoản 2 Điều 3'
    >>> provision_name(path_to(tree, "chuong-i"))
    'Chương I'
    """
    inside_article = any(node.kind == "article" for node in path)
    parts: list[str] = []
    below: Node | None = None
    for node in reversed(path):
        if below is not None and below.kind == "subclause" and node.kind in ("clause", "subclause"):
            continue  # khoản 1.2 says by itself that it stands in khoản 1
        if inside_article and node.kind in _ABOVE_ARTICLES:
            continue
        parts.append(_part_of_name(node))
        below = node
    return " ".join(parts)


def provision_names(root: Node) -> dict[str, str]:
    """The name of every provision of a text by its anchor, as ``provision_name`` gives it."""
    names: dict[str, str] = {}

    def name(node: Node, above: _Above, inside: bool) -> None:
        """``above``: the nodes above, nearest first; ``inside``: an article is among them."""
        inside = inside or node.kind == "article"
        part = _part_of_name(node)
        while node.kind == "subclause" and above and above[0] in ("clause", "subclause"):
            above = above[3]
        _, within, without, _ = above or _TOP
        # As it is named within an article, and as where there is none around.
        here = _joined("" if node.kind in _ABOVE_ARTICLES else part, within)
        beside = _joined(part, without)
        names[node.anchor] = here if inside else beside
        for child in node.children:
            name(child, (node.kind, here, beside, above), inside)

    for child in root.children:
        name(child, None, False)
    return names


# A node above: its kind, its name in both forms, and what stands above it.
_Above = tuple[Kind, str, str, "_Above"] | None
_TOP = ("document", "", "", None)


def _joined(first: str, rest: str) -> str:
    return f"{first} {rest}" if first and rest else first or rest


def _part_of_name(node: Node) -> str:
    if node.kind == "attachment":
        return f"{_attached_type(node)} kèm theo"
    return node.name if node.label else _unnumbered(node)


def anchor_name(anchor: str) -> str:
    """The name of a provision from its anchor alone, where its text is not at hand.

    >>> [anchor_name(a) for a in ("dieu-5a.khoan-2.diem-dd", "chuong-ii.muc-1", "phan-thu-nhat")]
    ['điểm đ khoản 2 Điều 5a', 'Mục 1 Chương II', 'Phần thứ nhất']
    """
    parts: list[str] = []
    for part in reversed(anchor.split(".")):
        start = next((name for name in _BY_ANCHOR if f"{part}-".startswith(f"{name}-")), "")
        if start == "khoan" and parts and parts[-1].startswith(_BY_ANCHOR[start]):
            continue  # as in provision_name
        label = _AGAIN.sub("", part[len(start) + 1 :] if start else part)
        parts.append(f"{_BY_ANCHOR.get(start, '')} {_label(start, label)}".strip())
    return " ".join(parts)


_AGAIN = re.compile(r"-lan-\d+$")
_BY_ANCHOR = {
    name: words
    for name, words in sorted(NAMES.values(), key=lambda pair: len(pair[0]), reverse=True)
    if name
}
_ORDINALS = {
    "thu": "thứ", "nhat": "nhất", "tu": "tư", "nam": "năm", "sau": "sáu", "bay": "bảy",
    "tam": "tám", "chin": "chín", "muoi": "mười",
}  # fmt: skip


def _label(kind: str, slug: str) -> str:
    if kind in ("dieu", "khoan", "diem"):
        return unslug_letters(slug).replace("-", ".")
    if "-" in slug:
        return " ".join(_ORDINALS.get(word, word) for word in slug.split("-"))
    return slug.upper()


def _unnumbered(node: Node) -> str:
    name = NAMES[node.kind][1]
    number = node.anchor.rpartition("-")[2]
    return f"{name} {number}" if number.isdigit() else name


def _attached_type(node: Node) -> str:
    """``Quy chế`` from the title of an attached document in capitals."""
    capitals = node.content
    for name in sorted(DOCUMENT_TYPES.values(), key=len, reverse=True):
        if capitals.startswith(name.upper()):
            return name
    return "Văn bản"


def instrument_name(instrument: Instrument, issuer: str | None = None) -> str:
    """Type, number, date, issuer and abstract, as far as they are known."""
    kind = DOCUMENT_TYPES[instrument.type]
    title = " ".join(instrument.title.split())
    rest = title[len(kind) :].strip() if title.lower().startswith(kind.lower()) else title
    if instrument.type in _NAMED_BY_TITLE:
        return f"{kind} {rest}"
    abstract = f"{rest[:1].lower()}{rest[1:]}"
    is_abstract = abstract.startswith(_ABSTRACT)
    parts = [kind if is_abstract or not rest else f"{kind} {rest}"]
    if instrument.number:
        parts.append(f"số {instrument.number}")
    day = instrument.dates.signed or instrument.dates.issued or instrument.dates.adopted
    if day:
        parts.append(f"ngày {long_date(day)}")
    if issuer and issuer.lower() not in parts[0].lower():
        parts.append(f"của {issuer}")
    if is_abstract:
        parts.append(abstract)
    return " ".join(parts)


def long_date(day: dt.date) -> str:
    """A date in words; days below 10 and the months 1 and 2 take a zero (Decree 30, Annex I).

    >>> long_date(dt.date(2026, 2, 5)), long_date(dt.date(2025, 6, 16))
    ('05 tháng 02 năm 2026', '16 tháng 6 năm 2025')
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02} tháng {month} năm {day.year}"
