"""The relation diagram (lược đồ) of a document, drawn as SVG when the site is built.

Draws only: which relations there are is in ``builder.site.pages.relations``, and the list
beside the picture has them all. Arrows go from the acting document to the one it acts upon,
so that what came before stands above and what came after below, whatever the words are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from builder.site import i18n
from builder.site.flow import wrapped
from builder.site.html import escaped
from builder.site.i18n import _

WIDTH = 288  # what the smallest phone leaves: one unit of the picture is one pixel there
SHOWN = 3  # documents of a group in the picture
_LINES = 3  # of a title
_LEFT, _RAIL = 26, 12
_LINE, _PADDING, _GAP = 16, 8, 10
_LETTERS = 36  # of a line in a box, at 12 px


@dataclass(frozen=True, slots=True)
class Group:
    """Documents in one relation: its words, ``count`` of all, the first few to name.

    ``documents`` are titles with their addresses from the site's root, empty without a page;
    ``anchor`` is where the list on the page has them all.
    """

    label: str
    anchor: str
    count: int
    documents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A document, the groups that it acts upon, and those that act upon it."""

    title: str
    above: tuple[Group, ...]
    below: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    kind: str
    address: str = ""


def diagram_svg(diagram: Diagram, base: str) -> Markup:
    """The picture; ``base`` leads from its page to the start page (``../../``)."""
    y = 1.0
    drawn: list[str] = []
    stubs: list[float] = []
    for group in diagram.above:
        box, height = _box(_group_lines(group), _LEFT, y, base)
        stubs.append(y + _PADDING + _LINE / 2)
        drawn += [_arrow(_RAIL, stubs[-1], _LEFT), box]
        y += height + _GAP
    centre, height = _box(_own_lines(diagram.title), 1, y, base, "centre")
    if stubs:
        drawn.append(_rail(stubs[0], y))
    drawn.append(centre)
    y += height
    bottom = y
    for group in diagram.below:
        y += _GAP
        box, height = _box(_group_lines(group), _LEFT, y, base)
        stub = y + _PADDING + _LINE / 2
        drawn += [_stub(stub), box]
        y += height
    if diagram.below:
        drawn += [_rail(bottom + 6, stub), _head(_RAIL, bottom + 1, "up")]
    return Markup("".join([_opening(diagram, y + 1), *drawn, "</svg>"]))  # noqa: S704  (escaped)


def _opening(diagram: Diagram, height: float) -> str:
    says = "; ".join(f"{group.label}: {group.count}" for group in diagram.above + diagram.below)
    title = i18n.attribute(_("Lược đồ: %(title)s", title=diagram.title))
    return (
        f'<svg class="rg-relate" viewBox="0 0 {WIDTH} {_number(height)}" width="{WIDTH}" '
        'role="group" aria-labelledby="luoc-do-t" aria-describedby="luoc-do-d" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="luoc-do-t">{title}</title>'
        f'<desc id="luoc-do-d">{i18n.attribute(says)}</desc>'
    )


def _group_lines(group: Group) -> Iterator[_Line]:
    yield from (
        _Line(words, "label") for words in _cut(f"{group.label} ({group.count})", _LETTERS - 3)
    )
    for title, address in group.documents:
        yield from (_Line(words, "document", address) for words in _cut(title, _LETTERS))
    more = group.count - len(group.documents)
    if more > 0:
        words = _("và %(count)s văn bản khác", count=more)
        yield _Line(str(words), "document", f"#{group.anchor}")


def _own_lines(title: str) -> Iterator[_Line]:
    yield from (_Line(words, "label") for words in _cut(title, _LETTERS - 1))


def _cut(text: str, limit: int) -> list[str]:
    """A few lines of whole words; what is left out shows as an ellipsis."""
    lines = wrapped(text, limit)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"]
    return [line if len(line) <= limit + 2 else f"{line[:limit]}…" for line in lines]


def _box(
    lines: Iterator[_Line], x: int, y: float, base: str, kind: str = "group"
) -> tuple[str, float]:
    """The box with its lines, and its height; lines of one document are one link."""
    found = list(lines)
    height = 2 * _PADDING + _LINE * len(found)
    parts = [
        (
            f'<rect class="rg-relate__{kind}" x="{x}" y="{_number(y)}" width="{WIDTH - 1 - x}" '
            f'height="{height}" rx="3"/>'
        )
    ]
    opened = ""
    for index, line in enumerate(found):
        if line.address != opened or line.kind == "label":
            if opened:
                parts.append("</a>")
            if line.address:
                away = line.address if line.address.startswith("#") else base + line.address
                parts.append(f'<a href="{escaped(away)}">')
            opened = line.address
        parts.append(
            f'<text class="rg-relate__{line.kind}"{i18n.lang_of(line.words)} x="{x + _PADDING}" '
            f'y="{_number(y + _PADDING + _LINE * (index + 0.75))}">{escaped(line.words)}</text>'
        )
    if opened:
        parts.append("</a>")
    return "".join(parts), height


def _rail(top: float, bottom: float) -> str:
    return f'<path class="rg-relate__line" d="M{_RAIL} {_number(top)}V{_number(bottom)}"/>'


def _stub(y: float) -> str:
    return f'<path class="rg-relate__line" d="M{_RAIL} {_number(y)}H{_LEFT}"/>'


def _arrow(x: float, y: float, to: float) -> str:
    line = f'<path class="rg-relate__line" d="M{x} {_number(y)}H{_number(to - 5)}"/>'
    return line + _head(to, y, "right")


def _head(x: float, y: float, way: str) -> str:
    shape = "l-7 -4v8z" if way == "right" else "l-4 7h8z"
    return f'<path class="rg-relate__head" d="M{x} {_number(y)}{shape}"/>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
