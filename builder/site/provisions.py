"""The provisions of a text as HTML: headings, paragraphs, tables, and what acts upon them.

Every second byte of a record page stands here, so it is put together without a template. It is
Vietnamese throughout, so that the pages of all languages share it; only what other documents do
to a provision is told in the language of the page. What stands around it (versions, how to
cite) is in ``_text.html``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from builder.derive.provisions import PROVISIONS, Kind, Node
from builder.derive.provisions.cite import provision_names
from builder.site import i18n
from builder.site.html import as_html, escaped
from builder.site.i18n import N_
from builder.site.page import Links

HEADINGS: frozenset[Kind] = frozenset(
    {"attachment", "appendix", "part", "chapter", "section", "subsection", "article"}
)
_FIRST_LEVEL, _LAST_LEVEL = 3, 6  # of headings in the text; the page's section has level 2
_WITH_LINES: frozenset[Kind] = frozenset({"quotation", "attachment", "appendix", "signature"})
_TOC_WORDS = 160
_TABLE = N_("Bảng trong văn bản")

Effects = Mapping[str, Sequence[Mapping[str, Any]]]


class Provisions:
    """A text that was read, as templates show it."""

    def __init__(self, tree: Node) -> None:
        names = provision_names(tree)
        found = [one for one in _levels(tree, _FIRST_LEVEL) if one[0].text.strip()]
        headings = [(node, level) for node, level in found if node.kind in HEADINGS]
        self.headings = len(headings)
        self.contents = _safe(
            f'<li class="rg-contents__{level}"><a href="#{escaped(node.anchor)}">'
            f"{escaped(_short(node))}</a></li>\n"
            for node, level in headings
        )
        self._parts = [(node.anchor, _part(node, level, names)) for node, level in found]

    def body(self, effects: Effects, href: Links) -> Markup:
        """All provisions in order, each with what others do to it; ``href`` is the page's."""
        if not effects:
            return _safe(part for _, part in self._parts)
        lang = i18n.language()
        parts: list[str] = []
        for anchor, part in self._parts:
            parts.append(part)
            for effect in effects.get(anchor, ()):
                card = effect["card"]
                title: str = i18n.html(card.title)
                if card.address:
                    title = f'<a href="{escaped(href(card.address))}">{title}</a>'
                parts.append(
                    f'<p class="rg-effect" lang="{lang}">{as_html(effect["label"])}: {title}</p>\n'
                )
        return _safe(parts)


def _safe(parts: Iterable[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704  (escaped where it is put together)


def _part(node: Node, level: int, names: Mapping[str, str]) -> str:
    """One provision; what people cite has a link to itself, by the name that they cite."""
    if node.kind == "table" and (rows := _rows(node)):
        return _table(escaped(node.anchor), rows)
    tag = f"h{level}" if node.kind in HEADINGS else "p"
    marker = node.text[: node.head].strip("*#_>\\ \t\xa0\r\n").replace("\\", "")
    words = escaped(_with_lines(node) if node.kind in _WITH_LINES else node.content)
    anchor = escaped(node.anchor)
    place = f' id="{anchor}"' if anchor else ""
    bold = f"<b>{escaped(marker)}</b> " if marker else ""
    cite = names.get(node.anchor, "") if node.kind in PROVISIONS else ""
    if not cite:
        return f'<{tag} class="rg-{node.kind}"{place}>{bold}{words}</{tag}>\n'
    said = escaped(cite)
    return (
        f'<{tag} class="rg-{node.kind}"{place} data-cite="{said}">{bold}{words} '
        f'<a class="rg-permalink" href="#{anchor}" aria-label="{said}">¶</a></{tag}>\n'
    )


def _table(anchor: str, rows: list[list[str]]) -> str:
    cells = "".join(
        f"<tr>{''.join(f'<td>{escaped(cell)}</td>' for cell in row)}</tr>\n" for row in rows
    )
    return (
        f'<div class="rg-scroll" role="region" tabindex="0" aria-label="{_TABLE}">'
        f'<table id="{anchor}">\n{cells}</table></div>\n'
    )


def _levels(node: Node, level: int) -> Iterator[tuple[Node, int]]:
    """Every node in order, with the level that a heading has at its place."""
    yield node, level
    below = min(level + (node.kind in HEADINGS), _LAST_LEVEL)
    for child in node.children:
        yield from _levels(child, below)


def _with_lines(node: Node) -> str:
    return "\n".join(line.strip() for line in node.text[node.head :].strip().splitlines())


def _rows(node: Node) -> list[list[str]]:
    """Cells of a table between pipes; the line under its head, which holds no words, is left."""
    rows = []
    for line in node.text.strip().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if any(cell.strip("+-=: ") for cell in cells):
            rows.append(cells)
    return rows


def _short(node: Node) -> str:
    """A heading as the table of contents names it."""
    words = f"{node.name}. {node.content}" if node.label else node.content or node.name
    words = words.rstrip(". ")
    if len(words) <= _TOC_WORDS:
        return words
    return f"{words[:_TOC_WORDS].rsplit(' ', 1)[0]} …"
