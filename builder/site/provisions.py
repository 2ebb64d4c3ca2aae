"""The provisions of a text as HTML: headings, paragraphs, tables, and what acts upon them.

Every second byte of a record page stands here, so it is put together without a template. What
stands around it (versions, how to cite) is in ``_text.html``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from builder.derive.provisions import PROVISIONS, Kind, Node
from builder.derive.provisions.cite import provision_names
from builder.site import i18n
from builder.site.html import as_html, escaped
from builder.site.i18n import _
from builder.site.page import Links

HEADINGS: frozenset[Kind] = frozenset(
    {"attachment", "appendix", "part", "chapter", "section", "subsection", "article"}
)
_FIRST_LEVEL, _LAST_LEVEL = 3, 6  # of headings in the text; the page's section has level 2
_WITH_LINES: frozenset[Kind] = frozenset({"quotation", "attachment", "appendix", "signature"})
_TOC_WORDS = 160

ToHtml = Callable[[object], str]
Effects = Mapping[str, Sequence[Mapping[str, Any]]]


class Provisions:
    """A text that was read, as templates show it; made anew for each page."""

    def __init__(self, tree: Node, effects: Effects) -> None:
        self._names = provision_names(tree)
        self._nodes = [one for one in _levels(tree, _FIRST_LEVEL) if one[0].text.strip()]
        self._effects = effects

    @property
    def headings(self) -> list[tuple[Node, int]]:
        """What the table of contents of the text has, with its levels."""
        return [(node, level) for node, level in self._nodes if node.kind in HEADINGS]

    def contents(self) -> Markup:
        """The entries of the table of contents."""
        html = i18n.escaping()
        return _safe(
            f'<li class="rg-contents__{level}"><a href="#{escaped(node.anchor)}">'
            f"{html(_short(node))}</a></li>\n"
            for node, level in self.headings
        )

    def body(self, href: Links) -> Markup:
        """All provisions in order, each with what others do to it; ``href`` is the page's."""
        return _safe(self._parts(href))

    def _parts(self, href: Links) -> Iterator[str]:
        html = i18n.escaping()
        link = i18n.attribute(_("Liên kết đến %(cite)s", cite="\0")).split("\0")
        for node, level in self._nodes:
            if node.kind == "table" and (rows := _rows(node)):
                yield _table(node.anchor, rows, html)
            else:
                cite = self._names.get(node.anchor, "") if node.kind in PROVISIONS else ""
                tag = f"h{level}" if node.kind in HEADINGS else "p"
                yield _element(node, tag, cite, html, link)
            for effect in self._effects.get(node.anchor, ()):
                card = effect["card"]
                title = html(card.title)
                if card.address:
                    title = f'<a href="{escaped(href(card.address))}">{title}</a>'
                yield f'<p class="rg-effect">{as_html(effect["label"])}: {title}</p>\n'


def _safe(parts: Iterator[str]) -> Markup:
    return Markup("".join(parts))  # noqa: S704  (escaped where it is put together)


def _element(node: Node, tag: str, cite: str, html: ToHtml, link: Sequence[str]) -> str:
    marker = node.text[: node.head].strip("*#_>\\ \t\xa0\r\n").replace("\\", "")
    words = html(_with_lines(node) if node.kind in _WITH_LINES else node.content)
    anchor = escaped(node.anchor)
    place = f' id="{anchor}"' if anchor else ""
    bold = f"<b>{html(marker)}</b> " if marker else ""
    if not cite:
        return f'<{tag} class="rg-{node.kind}"{place}>{bold}{words}</{tag}>\n'
    said = escaped(cite)
    return (
        f'<{tag} class="rg-{node.kind}"{place} data-cite="{said}">{bold}{words} '
        f'<a class="rg-permalink" href="#{anchor}" aria-label="{link[0]}{said}{link[1]}">¶</a>'
        f"</{tag}>\n"
    )


def _table(anchor: str, rows: list[list[str]], html: ToHtml) -> str:
    cells = "".join(
        f"<tr>{''.join(f'<td>{html(cell)}</td>' for cell in row)}</tr>\n" for row in rows
    )
    label = i18n.attribute(_("Bảng trong văn bản"))
    return (
        f'<div class="rg-scroll" role="region" tabindex="0" aria-label="{label}">'
        f'<table id="{escaped(anchor)}">\n{cells}</table></div>\n'
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
