"""Pages of the past of records: every published state to read, any two to compare.

Only records with more than one state have them: the only state of another is its page.
"""

from collections.abc import Iterator
from functools import partial

from builder.derive.addresses import record_address
from builder.history.past import Version
from builder.registry import Entry
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.changes import rows
from builder.site.i18n import _
from builder.site.neighbours import past_key
from builder.site.page import Page
from builder.site.past import LACKS, SLUG, Reader, states
from builder.site.view import View

Context = dict[str, object]
PER_PAGE = 50  # states on one page; older ones stand on pages that do not change any more


def history_pages(view: View, entry: Entry, page: Page | None) -> Iterator[Page]:
    """The pages of one record's past; the newest states stand at the bare address."""
    versions = view.past.of(entry.id)
    if len(versions) < 2:
        return
    title = page.title if page else view.card(entry.id).title
    blocks = -(-len(versions) // PER_PAGE)
    for number in range(1, blocks + 1):
        yield Page(
            _address(entry.id, number, blocks),
            _("Lịch sử – %(title)s", title=title),
            "history.html",
            partial(_context, view, entry.id, title, number, blocks),
            partial(_key, view, entry.id, title, number, blocks),
            tab=page.tab if page else "don-vi/",
            noindex=True,
        )


def _address(record_id: str, number: int, blocks: int) -> str:
    base = f"{record_address(record_id)}{SLUG}"
    return base if number == blocks else f"{base}{number}/"


def _block(versions: tuple[Version, ...], number: int) -> tuple[Version, ...]:
    return versions[(number - 1) * PER_PAGE : number * PER_PAGE]


def _key(view: View, record_id: str, title: str, number: int, blocks: int) -> str:
    return f"{past_key(view, record_id)} {title} {number} {blocks}"


def _context(view: View, record_id: str, title: str, number: int, blocks: int) -> Context:
    versions = view.past.of(record_id)
    shown = _block(versions, number)
    before = versions[shown[0].number - 2] if shown[0].number > 1 else None
    read = Reader(view, record_id, shown)
    told = states(view, record_id, before, shown)
    first_with: dict[str, int] = {}
    for state, version in zip(told, shown, strict=True):
        state["rows"] = rows(view, read.kind, read.fields(version))
        state["texts"] = [
            _text(read, date, blob, first_with.setdefault(blob, version.number), version.number)
            for date, blob in version.texts
        ]
        state["last"] = version is versions[-1]
    return {
        "title": title,
        "record": _record_card(view, record_id, title),
        "id": record_id,
        "count": vi.number(len(versions)),
        "changed": record_id in view.past.changed,
        "lack": LACKS.get(view.past.lack, ""),
        "states": told[::-1],
        "blocks": [
            {
                "first": _block(versions, one)[0].number, "last": _block(versions, one)[-1].number,
                "address": _address(record_id, one, blocks), "here": one == number,
            }
            for one in range(blocks, 0, -1)
            if blocks > 1
        ],
    }  # fmt: skip


def _text(read: Reader, date: str, blob: str, first: int, number: int) -> Context:
    """A text of a state; its words stand with the first state on the page that has them."""
    return {
        "name": _("Lời văn từ %(date)s", date=vi.date(vi.day(date))) if date else _("Lời văn"),
        "date": date,
        "blob": blob,
        "same_as": first if first != number else 0,
        "words": read.text(blob) if first == number else "",
    }


def _record_card(view: View, record_id: str, title: str) -> Card:
    """The page of the record; a file of units has none of its own, but the list of units."""
    return Card(view.card(record_id).address, title)
