"""Rows of what is to be done by when, for the page of deadlines and the pages of bodies."""

from collections.abc import Iterable

from builder.derive.followups import Followup
from builder.site import format as vi
from builder.site import labels
from builder.site.i18n import _
from builder.site.labels import LABELS
from builder.site.pages.common import Context
from builder.site.view import View

TONE = {
    "overdue": "warn", "past": "warn", "running": "trial", "upcoming": "plain", "undated": "off",
    "closed": "good",
}  # fmt: skip
NAMED = 4  # bodies and units named in a row; where there are more, they are counted


def followup_rows(view: View, items: Iterable[Followup]) -> list[Context]:
    """The words of the source, who has to act, by when, and where it is written."""
    return [_row(view, item) for item in items]


def _row(view: View, item: Followup) -> Context:
    anchor = f"#{item.key}" if item.key else ""
    card = view.card(item.source)
    return {
        "text": item.text,
        "address": f"{card.address}{anchor}",
        "kind": LABELS["output_kind"].get(item.kind, _("Yêu cầu phải có")),
        "source": card,
        "chip": labels.FOLLOWUP[item.status],
        "tone": TONE[item.status],
        "due": vi.due(item.due) if item.due else "",
        "words": item.due.words if item.due else "",
        "who": [] if item.responsible_words else view.cards(item.responsible[:NAMED]),
        "who_words": item.responsible_words or "",
        "who_more": max(0, len(item.responsible) - NAMED) if not item.responsible_words else 0,
        "units": view.cards(item.units) if len(item.units) <= NAMED else [],
        "units_count": len(item.units),
        "lines": ", ".join(item.lines),
        "closed": vi.date(item.closed_on) if item.closed_on else "",
        "closed_by": view.card(item.closed_by) if item.closed_by else None,
        "requirements": view.cards(item.requirements),
    }
