"""Pages of state: the overview, sources and what is unknown.

Completeness and deadlines have modules of their own.
"""

from collections import Counter
from collections.abc import Iterator

from builder.derive.completeness import STATES
from builder.derive.followups import STATUSES
from builder.registry import Unit
from builder.site import format as vi
from builder.site import labels
from builder.site.cards import is_former
from builder.site.collate import collation_key
from builder.site.i18n import _
from builder.site.labels import LABELS
from builder.site.page import Page
from builder.site.pages.common import Context, crumbs
from builder.site.pages.completeness import STATUS, completeness_pages
from builder.site.pages.due import due_pages
from builder.site.pages.inheritance import inheritance_pages
from builder.site.pages.turn import turn_page
from builder.site.view import View

TAB = STATUS.address
RECORDS_SHOWN = 20  # behind a source or a field that is not known
SOURCES_LISTED = 200  # sources that show their records; the most used come first


def status_pages(view: View) -> Iterator[Page]:
    """The overview, completeness of each province, deadlines, sources."""
    provinces = list(provinces_of(view))
    yield Page(TAB, _("Tình trạng"), "status.html", lambda: _overview(view), tab=TAB)
    yield from completeness_pages(view, provinces)
    yield from inheritance_pages(view, provinces)
    yield from due_pages(view)
    yield turn_page(view, provinces)
    yield Page(
        "nguon/", _("Nguồn và điều chưa biết"), "sources.html", lambda: _sources(view), tab=TAB
    )


def provinces_of(view: View) -> Iterator[tuple[str, Unit]]:
    """Slug and unit of each province, present before former, by name."""
    found = [unit for unit in view.registry.units.values() if unit.level == "province"]
    found.sort(key=lambda unit: (is_former(unit, view.day), collation_key(unit.name), unit.id))
    seen: set[str] = set()
    for unit in found:
        slug = unit.file.removeprefix("units/")
        if slug not in seen:
            seen.add(slug)
            yield slug, unit


def _overview(view: View) -> Context:
    due = Counter(item.status for item in view.followups)
    states = Counter(cell.state for cell in view.cells)
    return {
        "crumbs": crumbs(),
        "title": STATUS.title,
        "as_of": vi.date(view.day),
        "due": [
            {"label": labels.FOLLOWUP[status], "count": vi.number(due[status])}
            for status in STATUSES
            if due[status]
        ],
        "states": [
            {"label": labels.COMPLETENESS[state], "count": vi.number(states[state])}
            for state in STATES
            if states[state]
        ],
    }


# Sources


def _sources(view: View) -> Context:
    """What the records rest on, how far they were verified, and what is not known."""
    used: dict[tuple[str, str, str, str], dict[str, None]] = {}
    unknown: dict[tuple[str, str], dict[str, None]] = {}
    verified = 0
    for entry in view.registry.entries.values():
        verified += bool(entry.record.verified)
        for source in entry.record.sources:
            key = (source.kind, source.title or "", source.publisher or "", source.url or "")
            used.setdefault(key, {})[entry.id] = None
        for item in entry.record.unknown:
            unknown.setdefault((entry.record.kind, item.field), {})[entry.id] = None
    total = len(view.registry.entries)
    return {
        "crumbs": crumbs(STATUS),
        "title": _("Nguồn và điều chưa biết"),
        "total": vi.number(total),
        "verified": vi.number(verified),
        "unverified": vi.number(total - verified),
        "sources": [
            {
                "kind": LABELS["source_kind"][kind],
                "title": title or url or publisher,
                "publisher": publisher,
                "url": url,
                **_behind(view, list(records), listed=number < SOURCES_LISTED),
            }
            for number, ((kind, title, publisher, url), records) in enumerate(
                sorted(used.items(), key=_most_first)
            )
        ],
        "unknown": [
            {
                "kind": labels.KIND[kind],
                "field": labels.field(kind, name),
                **_behind(view, list(records)),
            }
            for (kind, name), records in sorted(unknown.items(), key=_most_first)
        ],
    }


def _most_first(item: tuple[tuple[str, ...], dict[str, None]]) -> tuple[int, tuple[str, ...]]:
    return -len(item[1]), item[0]


def _behind(view: View, records: list[str], *, listed: bool = True) -> Context:
    """How many records there are, and links to the first of them."""
    shown = records[:RECORDS_SHOWN] if listed else []
    return {
        "count": vi.number(len(records)),
        "records": view.sorted_cards(shown),
        "more": vi.number(len(records) - len(shown)) if len(records) > len(shown) else "",
    }
