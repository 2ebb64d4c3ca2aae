"""The states of a document over time: as a picture, and as data for the script of the pages.

Pictures are drawn when the site is built; assets/records.js marks in them the day that the
reader asks for. Working out states is in ``builder.derive.force``.
"""

from collections.abc import Mapping

import orjson
from markupsafe import Markup

from builder.derive.verdicts import State, Timeline
from builder.models.base import Date
from builder.site import format as vi
from builder.site.i18n import _
from builder.site.labels import STATE_LABELS

TONE: Mapping[State, str] = {
    "draft": "plain", "trial": "trial", "not_yet": "plain", "in_force": "good", "partly": "warn",
    "suspended": "warn", "expired": "off", "repealed": "off", "withdrawn": "off",
    "unknown": "plain",
}  # fmt: skip


def states_for_script() -> str:
    """What assets/records.js needs to turn the names of states into words and tones."""
    return orjson.dumps(
        {state: [STATE_LABELS[state], tone] for state, tone in TONE.items()}
    ).decode()


_NARROW = 270  # px: the width that a picture has on the narrowest phone
_DATE = 66  # px: the width of a date below the picture
_TOP, _BAR, _ROW = 16, 30, 15


def timeline_svg(timeline: Timeline, day: Date) -> Markup:
    """The spans side by side, numbered as in the table beside them, the one of ``day`` marked.

    Places are in percent and letters in pixels, so that words stay as large as they are on
    any screen. Spans are as wide as one another: their lengths say nothing.
    """
    count = len(timeline)
    rows = -(-_DATE * count // _NARROW)
    height = _TOP + _BAR + _ROW * (min(rows, count - 1) if count > 1 else 0) + 4
    says = "; ".join(
        f"{number}. {vi.span(span.first, span.last) or _('mọi thời điểm')}: "
        f"{STATE_LABELS[span.verdict.state]}"
        for number, span in enumerate(timeline, 1)
    )
    return Markup("").join(
        [
            Markup(
                '<svg class="rg-time" width="100%" height="{}" role="img" '
                'aria-labelledby="truc-t truc-d" xmlns="http://www.w3.org/2000/svg">'
                '<title id="truc-t">{}</title><desc id="truc-d">{}</desc>'
            ).format(
                height,
                _("Tình trạng theo thời gian"),
                _("%(states)s. Độ dài các đoạn không theo tỷ lệ thời gian.", states=says),
            ),
            *(_bar(timeline, index, day) for index in range(count)),
            *(_boundary(timeline, index, rows) for index in range(1, count)),
            Markup("</svg>"),
        ]
    )


def _bar(timeline: Timeline, index: int, day: Date) -> Markup:
    span, width = timeline[index], 100 / len(timeline)
    middle = _percent(width * (index + 0.5))
    return Markup(
        '<g class="rg-time__span{}" data-span="mark" data-first="{}" data-last="{}">'
        '<text class="rg-time__mark" x="{}" y="12">▼</text>'
        '<rect class="rg-time__bar rg-time__bar--{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{}" y="{}">{}</text></g>'
    ).format(
        " is-on" if span.holds_on(day) else "",
        span.first or "",
        span.last or "",
        middle,
        TONE[span.verdict.state],
        _percent(width * index),
        _TOP,
        _percent(width),
        _BAR,
        middle,
        _TOP + _BAR // 2 + 4,
        index + 1,
    )


def _boundary(timeline: Timeline, index: int, rows: int) -> Markup:
    """The first day of a span below its beginning; neighbours stand in rows of their own."""
    first = timeline[index].first
    return Markup('<text class="rg-time__day" x="{}" y="{}">{}</text>').format(
        _percent(100 / len(timeline) * index),
        _TOP + _BAR + _ROW * ((index - 1) % rows + 1) - 2,
        vi.date(first) if first else "",
    )


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
