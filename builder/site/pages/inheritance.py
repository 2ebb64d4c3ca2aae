"""The inheritance ledger: what each new unit took over from former ones, and who has to act.

A page for each unit that took something over, an overview by province. What follows from the
records is in ``builder.derive.ledger``.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from builder.derive.addresses import unit_address
from builder.derive.ledger import Entry, Inheritance, Line, course, ledgers
from builder.models.base import Date
from builder.registry import Unit
from builder.site import format as vi
from builder.site.cards import Card, is_former
from builder.site.collate import collation_key
from builder.site.i18n import _, ngettext
from builder.site.labels import INHERITANCE
from builder.site.neighbours import standing_digest
from builder.site.page import Late, Page
from builder.site.pages.applies import scope_words
from builder.site.pages.common import Context, crumbs, reasons, unit_crumbs
from builder.site.terms import term
from builder.site.view import View

OVERVIEW = "tinh-trang/tiep-nhan/"
SECTION = "tiep-nhan"
STATES: tuple[Inheritance, ...] = get_args(Inheritance)
OPEN: tuple[Inheritance, ...] = ("continuing", "undetermined")
TONE: dict[Inheritance, str] = {
    "continuing": "good", "adopted": "good", "replaced": "off", "abolished": "off",
    "expired": "off", "undetermined": "warn",
}  # fmt: skip


def _overview_title() -> str:
    return _("Văn bản tiếp nhận từ đơn vị cũ")


def _titled(name: str) -> str:
    return _("Văn bản tiếp nhận từ đơn vị cũ: %(unit)s", unit=name)


def _status() -> Card:
    return Card("tinh-trang/", _("Tình trạng"))


def all_ledgers(view: View) -> dict[str, list[Entry]]:
    """Ledgers of units formed of others, on the day of the site."""
    name = f"ledgers {view.day}"
    found: dict[str, list[Entry]] | None = view.registry.derived.get(name)
    if found is None:
        found = view.registry.derived[name] = ledgers(view.registry, view.day)
    return found


def ledger_address(unit: Unit) -> str:
    return f"{unit_address(unit)}{SECTION}/"


def inherited_part(view: View, unit: Unit) -> Context | None:
    """What the page of a new unit says of its ledger; None for a unit not formed of others."""
    entries = all_ledgers(view).get(unit.id)
    if entries is None:
        return None
    return {
        "states": _figures(Counter(entry.state for entry in entries)),
        "total": len(entries),
        "as_of": vi.date(view.day),
        "page": ledger_address(unit) if entries else "",
    }


def ledger_page(view: View, unit: Unit) -> Page | None:
    """The ledger of a unit that took something over; None for others."""
    entries = all_ledgers(view).get(unit.id)
    if not entries:
        return None
    title = _titled(vi.lower_first(view.card(unit.id).title))
    known = [standing_digest(view, each) for each in sorted({entry.id for entry in entries})]
    known += [repr(view.cards(entry.actors)) for entry in entries]
    digest = hashlib.sha256("\0".join(known).encode()).hexdigest()
    return Page(
        ledger_address(unit), title, "ledger.html",
        lambda: {
            "crumbs": crumbs(*unit_crumbs(view, unit.id)),
            "title": title,
            "as_of": vi.date(view.day),
            "count": vi.number(len(entries)),
            "overview": _province_card(view, unit),
            "rows": Late(lambda: digest, lambda: _rows(view, unit)),
        },
        tab="don-vi/",
    )  # fmt: skip


def _province_card(view: View, unit: Unit) -> Card | None:
    province = view.registry.province(unit)
    if province is None:
        return None
    return Card(f"{OVERVIEW}{_slug(province)}/", vi.lower_first(province.full_name))


def _rows(view: View, unit: Unit) -> list[Context]:
    """By former territory, then what is open first, then by title."""
    lines = sorted(course(view.registry, unit.id), key=lambda line: _order(view, line.entry))
    return [_row(view, line) for line in lines]


def _order(view: View, entry: Entry) -> tuple[object, ...]:
    former = view.card(view.registry.unit_of(entry.id) or "").title
    title = view.card(entry.id).title
    return collation_key(former), collation_key(title), entry.id, entry.scope.unit


def _row(view: View, line: Line) -> Context:
    entry = line.entry
    card = view.card(entry.id)
    return {
        "first": line.first.isoformat() if line.first else "",
        "last": line.last.isoformat() if line.last else "",
        "hidden": not _holds(line, view.day),
        "card": card,
        "former": view.card(view.registry.unit_of(entry.id) or ""),
        "scope": scope_words(view, entry.scope),
        "state": INHERITANCE[entry.state],
        "tone": TONE[entry.state],
        "open": entry.state in OPEN,
        "actors": view.cards(entry.actors),
        "reasons": reasons(view, entry.id, entry.reasons),
        **_due(entry.due, view.day),
        "due_if": entry.due_if,
    }


def _holds(line: Line, day: Date) -> bool:
    return (line.first is None or line.first <= day) and (line.last is None or day <= line.last)


def _due(due: Date | None, day: Date) -> Context:
    """The last day to act, and how far it is; the script counts anew from the reader's day."""
    if due is None:
        return {"due": "", "due_words": "", "left": ""}
    return {"due": due.isoformat(), "due_words": vi.date(due), "left": left_words((due - day).days)}


def left_words(days: int) -> str:
    """As assets/records.js words it: ``còn 30 ngày``, ``đã quá 2 ngày``."""
    if days > 0:
        return ngettext("còn %(num)s ngày", "còn %(num)s ngày", days)
    if days == 0:
        return _("hết hạn trong ngày")
    return ngettext("đã quá %(num)s ngày", "đã quá %(num)s ngày", -days)


def _figures(counts: Counter[Inheritance]) -> list[Context]:
    return [
        {
            "label": INHERITANCE[state],
            "term": term("inheritance", state),
            "count": vi.number(counts[state]),
        }
        for state in STATES
        if counts[state]
    ]


# Overview


def inheritance_pages(view: View, provinces: Iterable[tuple[str, Unit]]) -> Iterator[Page]:
    """The overview, and a page for each province that stands."""
    present = [(slug, unit) for slug, unit in provinces if not is_former(unit, view.day)]
    yield Page(
        OVERVIEW, _overview_title(), "ledgers.html", _overview(view, present), tab="tinh-trang/",
    )  # fmt: skip
    for slug, province in present:
        title = _titled(vi.lower_first(province.full_name))
        yield Page(
            f"{OVERVIEW}{slug}/", title, "ledgers.html",
            _of_province(view, province, title), tab="tinh-trang/",
        )  # fmt: skip


def _slug(province: Unit) -> str:
    return province.file.removeprefix("units/")


def _overview(view: View, provinces: list[tuple[str, Unit]]) -> Callable[[], Context]:
    def context() -> Context:
        rows = [
            _sum(
                Card(f"{OVERVIEW}{slug}/", province.full_name),
                _units_of(view, province).values(), view.day,
            )
            for slug, province in provinces
        ]  # fmt: skip
        return {
            **_table(view, _overview_title(), rows, crumbs(_status())),
            "head": _("Tỉnh, thành phố"),
        }

    return context


def _of_province(view: View, province: Unit, title: str) -> Callable[[], Context]:
    def context() -> Context:
        units = _units_of(view, province)
        rows = [
            _sum(Card(_address(view, unit_id), view.card(unit_id).title), [entries], view.day)
            for unit_id, entries in units.items()
            if entries
        ]
        rows.sort(key=lambda row: collation_key(row["card"].title))
        without = view.sorted_cards(unit_id for unit_id, entries in units.items() if not entries)
        return {
            **_table(view, title, rows, crumbs(_status(), Card(OVERVIEW, _overview_title()))),
            "head": _("Đơn vị mới"),
            "without": without,
        }

    return context


def _address(view: View, unit_id: str) -> str:
    return ledger_address(view.registry.units[unit_id])


def _units_of(view: View, province: Unit) -> dict[str, list[Entry]]:
    return {
        unit_id: entries
        for unit_id, entries in all_ledgers(view).items()
        if view.registry.province(view.registry.units[unit_id]) is province
    }


def _table(view: View, title: str, rows: list[Context], way: list[Card]) -> Context:
    return {
        "crumbs": way,
        "title": title,
        "as_of": vi.date(view.day),
        "states": [INHERITANCE[state] for state in STATES],
        "rows": rows,
        "any": any(row["total"] != "0" for row in rows),
        "without": [],
    }


def _sum(card: Card, ledgers_of: Iterable[list[Entry]], day: Date) -> Context:
    """A row of a table: entries by state, how many are open, and the next last day."""
    lists = list(ledgers_of)
    entries = [entry for one in lists for entry in one]
    counts = Counter(entry.state for entry in entries)
    return {
        "card": card,
        "units": vi.number(len(lists)),
        "total": vi.number(len(entries)),
        "counts": [vi.number(counts[state]) for state in STATES],
        **_due(min((entry.due for entry in entries if entry.due), default=None), day),
    }
