"""Completeness as pictures: columns over time, and a strip for a day.

The numbers come from ``builder.derive.progress``; the table beside a picture has them all.

Written as SVG by hand. Looked at in November 2026, on seven columns of three states: pygal 3.1
gives 25 kB with a style sheet, style attributes and scripts inside (its issue 489 on a
Content-Security-Policy is open since 2020; LGPL); matplotlib 3.11 gives 27 kB with 52 style
attributes and letters as outlines, which no screen reader reads, and installs 95 MB; Altair
needs a converter of 33 MB. Our policy allows no inline styles, words must keep their size on a
phone, and colours must follow the scheme of the page: what is left for drawsvg or svgwrite
(unmaintained since 2022) to do is to write ``<rect>``. Ours are 3 kB, of classes alone.
"""

from markupsafe import Markup

from builder.derive.completeness import STATES
from builder.derive.progress import Point
from builder.site import format as vi
from builder.site import labels
from builder.site.i18n import _

_TOP, _PLOT, _FOOT = 18, 120, 34  # px: numbers above, columns, numbers and days below
_LETTER = 14  # px: the least height of a part that has its letter in it
_SIGNED = 8  # percent: the least width of a part of a strip that has its letter in it
_DAYS = 6  # days named below the columns: more would run into one another on a phone


def progress_svg(points: list[Point]) -> Markup:
    """A column for each day, parts by state with their letters; beside it, what is late.

    Places along the days are in percent and letters in pixels, as in other pictures of the
    site, so that words stay as large as they are on any screen.
    """
    most = max(1, *(point.total for point in points))
    width = 100 / len(points)
    step = -(-len(points) // _DAYS)
    drawn: list[Markup] = []
    for index, point in enumerate(points):
        drawn.extend(_column(point, index * width, width, most))
        drawn.append(_late(point, index * width, width, most))
        middle = _percent((index + 0.5) * width)
        if index == 0 or point.total != points[index - 1].total:
            top = _TOP + _PLOT - _height(point.total, most) - 4
            drawn.append(_text(middle, top, vi.number(point.total)))
        if (len(points) - 1 - index) % step == 0:
            drawn.append(_text(middle, _TOP + _PLOT + 14, _month(point)))
    says = _(
        "%(first)s; %(last)s. Số liệu đầy đủ ở bảng bên dưới.",
        first=_says(points[0]),
        last=_says(points[-1]),
    )
    return Markup("").join(
        [
            Markup(
                '<svg class="rg-chart" width="100%" height="{}" role="img" '
                'aria-labelledby="bieu-do-t bieu-do-d" xmlns="http://www.w3.org/2000/svg">'
                '<title id="bieu-do-t">{}</title>'
                '<desc id="bieu-do-d">{}</desc>'
                '<pattern id="gach-cheo" width="5" height="5" patternUnits="userSpaceOnUse" '
                'patternTransform="rotate(45)"><path d="M0 0V5"/></pattern>'
            ).format(_TOP + _PLOT + _FOOT, _("Số ô theo tình trạng qua các tháng"), says),
            *drawn,
            Markup('<line x1="0" x2="100%" y1="{0}" y2="{0}"/></svg>').format(_TOP + _PLOT),
        ]
    )


def strip_svg(point: Point, most: int) -> Markup:
    """The parts of a day in a row, as wide as their share of ``most``; a cell of the table,
    whose other cells say the same in numbers."""
    drawn = [Markup('<svg class="rg-chart" width="100%" height="18" aria-hidden="true">')]
    left = 0.0
    for state in STATES:
        width = 100 * point.states.get(state, 0) / most
        if not width:
            continue
        drawn.append(
            Markup('<rect class="rg-chart__{}" x="{}" y="1" width="{}" height="16"/>').format(
                state, _percent(left), _percent(width)
            )
        )
        if width >= _SIGNED:
            drawn.append(_text(_percent(left + width / 2), 13, labels.SIGN[state]))
        left += width
    return Markup("").join([*drawn, Markup("</svg>")])


def _column(point: Point, left: float, width: float, most: int) -> list[Markup]:
    """Parts by state from below, in the order of the legend."""
    parts = []
    below = _TOP + _PLOT
    for state in STATES:
        height = _height(point.states.get(state, 0), most)
        if not height:
            continue
        below -= height
        parts.append(
            Markup('<rect class="rg-chart__{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                state, _percent(left + width * 0.08), below, _percent(width * 0.56), height
            )
        )
        if height >= _LETTER:
            middle = _percent(left + width * 0.36)
            parts.append(_text(middle, below + height // 2 + 4, labels.SIGN[state]))
    return parts


def _late(point: Point, left: float, width: float, most: int) -> Markup:
    height = _height(point.overdue, most)
    if not height:
        return Markup("")
    top = _TOP + _PLOT - height
    return Markup('<rect fill="url(#gach-cheo)" x="{}" y="{}" width="{}" height="{}"/>').format(
        _percent(left + width * 0.68), top, _percent(width * 0.24), height
    ) + _text(_percent(left + width * 0.8), top - 4, labels.SIGN["late"])


def _height(count: int, most: int) -> int:
    """Pixels of a part; whatever there is can be seen."""
    return max(2, round(count * _PLOT / most)) if count else 0


def _text(x: str, y: int, words: str) -> Markup:
    return Markup('<text x="{}" y="{}">{}</text>').format(x, y, words)


def _month(point: Point) -> str:
    """``6/2025``; months 1 and 2 are written 01 and 02, as in dates."""
    return (
        f"{point.day.month:02}/{point.day.year}"
        if point.day.month < 3
        else f"{point.day.month}/{point.day.year}"
    )


def _says(point: Point) -> str:
    states = [
        f"{vi.lower_first(labels.COMPLETENESS[state])} {vi.number(point.states[state])}"
        for state in STATES
        if point.states.get(state)
    ]
    late = (
        _(", trong đó đã qua thời hạn %(overdue)s", overdue=vi.number(point.overdue))
        if point.overdue
        else ""
    )
    return _(
        "Ngày %(day)s: %(states)s%(late)s",
        day=vi.date(point.day),
        states=vi.joined(states),
        late=late,
    )


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
