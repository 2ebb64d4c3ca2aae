"""The states of a document over time, as a picture.

It is drawn when the site is built; assets/records.js marks in it the day that the
reader asks for. Working out states is in ``builder.derive.force``.
"""

from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup

from builder.derive.verdicts import Span, State, Timeline, Verdict
from builder.models.base import Date
from builder.site import format as vi
from builder.site.html import as_html
from builder.site.i18n import _, language
from builder.site.labels import STATE_LABELS

TONE: Mapping[State, str] = {
    "draft": "plain", "trial": "trial", "not_yet": "plain", "in_force": "good", "partly": "warn",
    "suspended": "warn", "expired": "off", "repealed": "off", "withdrawn": "off",
    "unknown": "plain",
}  # fmt: skip


_NARROW = 270  # px: the width that a picture has on the narrowest phone
_DATE = 66  # px: the width of a date below the picture
_TOP, _BAR, _ROW = 16, 30, 15


def timeline_svg(timeline: Timeline, day: Date) -> Markup:
    """The spans side by side, numbered as in the table beside them, the one of ``day`` marked.

    Places are in percent and letters in pixels, so that words stay as large as they are on
    any screen. Spans are as wide as one another: their lengths say nothing.
    """
    shown = [Span(one.first, one.last, Verdict(one.verdict.state, ())) for one in timeline]
    return _picture(tuple(shown), day, language())


@lru_cache(maxsize=4096)
def _picture(timeline: Timeline, day: Date, _language: str) -> Markup:
    """The picture of states without reasons: many documents begin on the same day and have no
    end, and share one."""
    count = len(timeline)
    rows = -(-_DATE * count // _NARROW)
    height = _TOP + _BAR + _ROW * (min(rows, count - 1) if count > 1 else 0) + 4
    title, always = _("Tình trạng theo thời gian"), _("mọi thời điểm")
    says = "; ".join(
        f"{number}. {vi.span(span.first, span.last) or always}: {STATE_LABELS[span.verdict.state]}"
        for number, span in enumerate(timeline, 1)
    )
    told = _("%(states)s. Độ dài các đoạn không theo tỷ lệ thời gian.", states=says)
    parts = [
        (
            f'<svg class="rg-time" width="100%" height="{height}" role="img" '
            'aria-labelledby="truc-t truc-d" xmlns="http://www.w3.org/2000/svg">'
            f'<title id="truc-t">{as_html(title)}</title>'
            f'<desc id="truc-d">{as_html(told)}</desc>'
        ),
        *(_bar(timeline, index, day) for index in range(count)),
        *(_boundary(timeline, index, rows) for index in range(1, count)),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704  (escaped)


def _bar(timeline: Timeline, index: int, day: Date) -> str:
    span, width = timeline[index], 100 / len(timeline)
    middle = _percent(width * (index + 0.5))
    return (
        f'<g class="rg-time__span{" is-on" if span.holds_on(day) else ""}" data-span="mark" '
        f'data-first="{span.first or ""}" data-last="{span.last or ""}">'
        f'<text class="rg-time__mark" x="{middle}" y="12">▼</text>'
        f'<rect class="rg-time__bar rg-time__bar--{TONE[span.verdict.state]}" '
        f'x="{_percent(width * index)}" y="{_TOP}" width="{_percent(width)}" height="{_BAR}"/>'
        f'<text x="{middle}" y="{_TOP + _BAR // 2 + 4}">{index + 1}</text></g>'
    )


def _boundary(timeline: Timeline, index: int, rows: int) -> str:
    """The first day of a span below its beginning; neighbours stand in rows of their own."""
    first = timeline[index].first
    place = _percent(100 / len(timeline) * index)
    y = _TOP + _BAR + _ROW * ((index - 1) % rows + 1) - 2
    return (
        f'<text class="rg-time__day" x="{place}" y="{y}">{vi.date(first) if first else ""}</text>'
    )


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
