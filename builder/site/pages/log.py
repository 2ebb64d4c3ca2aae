"""Pages of the publication log: of the whole registry, of each province, of each unit."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from builder.days import in_vietnam
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.i18n import _, language
from builder.site.logbook import (
    LogEntry,
    blocks,
    entries_digest,
    feed_path,
    log_address,
    logbook,
)
from builder.site.page import Late, Page
from builder.site.past import EVENTS, LACKS, TONES, moment
from builder.site.view import View

Context = dict[str, object]


def log_pages(view: View) -> Iterator[Page]:
    """The log of all, which says so where there is none, and those of units that have one."""
    book = logbook(view)
    yield from _pages(view, None, book.entries)
    for unit, entries in book.by_unit.items():
        yield from _pages(view, unit, entries)


def _pages(view: View, unit: str | None, entries: Sequence[LogEntry]) -> Iterator[Page]:
    cut = blocks(len(entries))
    title = _title(view, unit)
    for number, (start, end) in enumerate(cut, 1):
        yield Page(
            _address(view, unit, number, len(cut)), title, "log.html",
            partial(_context, view, unit, title, entries[start:end], number, len(cut)),
            tab="don-vi/" if unit else "", noindex=number < len(cut), feed=feed_path(view, unit),
        )  # fmt: skip


def _title(view: View, unit: str | None) -> str:
    if unit is None:
        return _("Nhật ký công bố")
    return _("Nhật ký công bố: %(unit)s", unit=view.unit_title(unit))


def _address(view: View, unit: str | None, number: int, count: int) -> str:
    base = log_address(view, unit) or "nhat-ky/"
    return base if number == count else f"{base}{number}/"


def _context(
    view: View, unit: str | None, title: str, entries: Sequence[LogEntry], number: int, count: int
) -> Context:
    return {
        "title": title,
        "unit": view.card(unit) if unit else None,
        "lack": LACKS[view.past.lack] if view.past.lack else "",
        "feed": feed_path(view, unit),
        "rows": Late(partial(entries_digest, view, entries), partial(_rows, view, entries))
        if entries
        else None,
        "narrower": _narrower(view, unit) if number == count else [],
        "blocks": [
            {"number": one, "address": _address(view, unit, one, count), "here": one == number}
            for one in range(count, 0, -1)
            if count > 1
        ],
    }


def _rows(view: View, entries: Sequence[LogEntry]) -> list[Context]:
    return [_row(view, entry) for entry in reversed(entries)]


def _row(view: View, entry: LogEntry) -> Context:
    """An entry as it stands in the logs of all, of its province and of its unit."""
    rows: dict[LogEntry, Context] = view.registry.derived.setdefault(f"log rows {language()}", {})
    known = rows.get(entry)
    if known is None:
        known = rows[entry] = {
            "when": moment(entry.time),
            "iso": in_vietnam(entry.time).isoformat(),
            "event": EVENTS[entry.event],
            "tone": TONES.get(entry.event, "plain"),
            "card": view.card(entry.record),
            "who": vi.joined(entry.authors),
        }
    return known


def _narrower(view: View, unit: str | None) -> list[Card]:
    """Logs of the provinces, or of the units of one; with how much each tells."""
    found = []
    for other in _below(view).get(unit, ()):
        count = vi.number(len(logbook(view).of(other)))
        found.append(Card(log_address(view, other), view.card(other).title, count))
    return sorted(found, key=lambda card: card.title)


def _below(view: View) -> dict[str | None, list[str]]:
    """Units that have a log, by the province above them; provinces by None."""
    known: dict[str | None, list[str]] | None = view.registry.derived.get("logs below")
    if known is None:
        known = view.registry.derived["logs below"] = defaultdict(list)
        for other in logbook(view).by_unit:
            unit = view.unit(other)
            if unit is not None:
                province = view.registry.province(unit)
                above = None if province is None or province is unit else province.id
                known[above].append(other)
    return known
