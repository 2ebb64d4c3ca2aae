"""Paged lists: rows sorted by the Vietnamese alphabet, parted by facets.

What stands in the rows of each kind of record is in ``builder.site.pages.lists``.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from builder.fold import fold
from builder.models.base import Date
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.collate import Key, collation_key
from builder.site.page import Page
from builder.site.pages.common import Context, crumbs
from builder.site.timeline import STATES_FOR_SCRIPT

PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: a link with a chip, and plain cells beside it."""

    card: Card
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list at an address: the way to it, links to narrower lists and to pages beside it."""

    address: str
    title: str
    intro: str
    headers: tuple[str, ...]
    rows: Sequence[Row]
    above: tuple[Card, ...] = ()
    narrower: tuple[Context, ...] = ()
    beside: tuple[Card, ...] = ()
    tab: str = ""


def slug(text: str) -> str:
    """``Quyết định`` → ``quyet-dinh``."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def row_key(row: Row) -> tuple[Key, str]:
    """By the Vietnamese alphabet, and by address where titles are the same."""
    return collation_key(row.card.title), row.card.address


def by_alphabet(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=row_key)


def facet(label: str, cards: Sequence[tuple[Card, int]]) -> Context:
    """A group of links to narrower lists, each with its count."""
    return {
        "label": label,
        "cards": [{"card": card, "count": vi.number(count)} for card, count in cards],
    }


def list_pages(listing: Listing, day: Date) -> Iterator[Page]:
    """The pages of a list, at most PER_PAGE rows each; the first has the bare address.

    ``day``: the one that states in the rows were worked out for.
    """
    count = max(1, -(-len(listing.rows) // PER_PAGE))
    for number in range(1, count + 1):
        yield Page(
            _address(listing, number),
            listing.title if number == 1 else f"{listing.title} (trang {number})",
            "list.html",
            _context_of(listing, number, count, day),
            tab=listing.tab or listing.address,
        )


def _address(listing: Listing, number: int) -> str:
    return listing.address if number == 1 else f"{listing.address}trang-{number}/"


def _context_of(listing: Listing, number: int, count: int, day: Date) -> Callable[[], Context]:
    def context() -> Context:
        rows = listing.rows[(number - 1) * PER_PAGE : number * PER_PAGE]
        dated = any(row.card.states for row in rows)
        return {
            "crumbs": crumbs(*listing.above),
            "title": listing.title,
            "intro": listing.intro,
            "total": vi.number(len(listing.rows)),
            "headers": listing.headers,
            "chips": any(row.card.chip for row in rows),
            "states": STATES_FOR_SCRIPT if dated else "",
            "as_of": vi.date(day) if dated else "",
            "rows": rows,
            "narrower": listing.narrower if number == 1 else (),
            "beside": listing.beside,
            "leaf": number,
            "leaves": _leaves(listing, count),
        }

    return context


def _leaves(listing: Listing, count: int) -> list[Context]:
    """Links to all pages of a list of several, each with the words at which it begins."""
    return [
        {
            "number": number,
            "address": _address(listing, number),
            "first": _first(listing, number),
        }
        for number in range(1, count + 1)
        if count > 1
    ]


def _first(listing: Listing, number: int) -> str:
    """The word at which a page of the list begins, to leaf by."""
    title = listing.rows[(number - 1) * PER_PAGE].card.title
    return " ".join(title.split()[:4])
