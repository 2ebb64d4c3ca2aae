"""Flows from former to new units, drawn as SVG when the site is built.

Draws only: which units and shares a picture shows is in ``builder.site.pages.flows``.
Colours come from style sheets, so a picture follows both schemes; a share that is not the
whole stands in words, and its band is thinner and dashed: colour alone says nothing.
"""

from dataclasses import dataclass

from markupsafe import Markup

from builder.models.codes import Share
from builder.site.html import escaped
from builder.site.i18n import attribute, lang_of

WIDTH = 360  # as wide as a small phone: one unit of the picture is one pixel there
_COLUMN = {"left": (1, 152), "right": (207, 152)}  # x and width
_LINE = 15
_PADDING = 7
_GAP = 8
_LETTER = {"name": 8.3, "note": 6.9}  # average width of a letter, of wide fonts
_BAND: dict[Share, int] = {"whole": 9, "part": 5, "rest": 5, "none": 2}


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in a picture: its name, lines of notes, and whether it was divided."""

    name: str
    notes: tuple[str, ...] = ()
    divided: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """What goes from the former unit at ``source`` to the new one at ``target``.

    ``area`` is its share of the former unit's area; ``none`` where only people go.
    """

    source: int
    target: int
    area: Share


@dataclass(frozen=True, slots=True)
class Flow:
    """A picture: former units on the left, new ones on the right.

    ``key`` is unique on its page; ``title`` and ``says`` tell the same in words.
    """

    key: str
    title: str
    says: str
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class _Box:
    node: Node
    x: int
    width: int
    y: float
    height: int
    lines: tuple[tuple[str, str], ...]  # (kind, words)


def flow_svg(flow: Flow) -> Markup:
    """The picture, with a title and a description for those who do not see it."""
    left = _column(flow.left, "left", [band.source for band in flow.bands])
    right = _column(flow.right, "right", [band.target for band in flow.bands])
    height = max(_height(left), _height(right))
    left, right = _centred(left, height), _centred(right, height)
    key = escaped(flow.key)
    parts = [
        (
            f'<svg class="rg-flow" viewBox="0 0 {WIDTH} {_number(height)}" width="{WIDTH}" '
            f'role="img" aria-labelledby="{key}-t {key}-d" xmlns="http://www.w3.org/2000/svg">'
            f'<title id="{key}-t">{attribute(flow.title)}</title>'
            f'<desc id="{key}-d">{attribute(flow.says)}</desc>'
        ),
        *_bands(flow, left, right),
        *map(_box, left + right),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704  (escaped)


def _column(nodes: tuple[Node, ...], side: str, ends: list[int]) -> list[_Box]:
    """Boxes from the top down, high enough for the bands that end at them."""
    x, width = _COLUMN[side]
    boxes: list[_Box] = []
    y = 1.0
    for index, node in enumerate(nodes):
        lines = tuple(
            (kind, words)
            for kind, text in (("name", node.name), *(("note", note) for note in node.notes))
            for words in wrapped(text, int((width - 2 * _PADDING) / _LETTER[kind]))
        )
        bands = (_BAND["whole"] + 1) * (ends.count(index) + 1)
        height = max(2 * _PADDING + _LINE * len(lines), bands)
        boxes.append(_Box(node, x, width, y, height, lines))
        y += height + _GAP
    return boxes


def wrapped(text: str, limit: int) -> list[str]:
    """Lines of whole words, none longer than ``limit`` unless a word is."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _height(boxes: list[_Box]) -> float:
    return boxes[-1].y + boxes[-1].height + 1 if boxes else 0


def _centred(boxes: list[_Box], height: float) -> list[_Box]:
    down = (height - _height(boxes)) / 2
    return [_Box(box.node, box.x, box.width, box.y + down, box.height, box.lines) for box in boxes]


def _bands(flow: Flow, left: list[_Box], right: list[_Box]) -> list[str]:
    """Curves; those that leave or enter one box lie beside each other."""
    leaving: dict[int, list[Band]] = {}
    entering: dict[int, list[Band]] = {}
    for band in flow.bands:
        leaving.setdefault(band.source, []).append(band)
        entering.setdefault(band.target, []).append(band)
    found = []
    for band in flow.bands:
        box, other = left[band.source], right[band.target]
        x1, x2 = box.x + box.width, other.x
        y1 = _port(box, leaving[band.source].index(band), len(leaving[band.source]))
        y2 = _port(other, entering[band.target].index(band), len(entering[band.target]))
        middle = (x1 + x2) / 2
        places = " ".join(map(_number, (middle, y1, middle, y2, x2, y2)))
        found.append(
            f'<path class="rg-flow__band rg-flow__band--{band.area}" fill="none" '
            f'stroke-width="{_BAND[band.area]}" d="M{_number(x1)} {_number(y1)}C{places}"/>'
        )
    return found


def _port(box: _Box, index: int, count: int) -> float:
    """Where the band at an index meets its box."""
    return box.y + box.height * (index + 1) / (count + 1)


def _box(box: _Box) -> str:
    split = " rg-flow__box--divided" if box.node.divided else ""
    parts = [
        (
            f'<rect class="rg-flow__box{split}" x="{box.x}" y="{_number(box.y)}" '
            f'width="{box.width}" height="{box.height}" rx="3"/>'
        )
    ]
    for index, (kind, words) in enumerate(box.lines):
        y = box.y + _PADDING + _LINE * (index + 0.75)
        parts.append(
            f'<text class="rg-flow__{kind}"{lang_of(words)} x="{box.x + _PADDING}" '
            f'y="{_number(y)}">{attribute(words)}</text>'
        )
    return "".join(parts)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
