"""Paged lists: rows sorted by the Vietnamese alphabet, parted by facets.

What stands in the rows of each kind of record is in ``builder.site.pages.lists``, where a
list is cut into pages in ``builder.site.pages.leaves``. One document stands in half a dozen
lists, so that its row is written once and known by its digest in all of them; and only the
first page of a list tells what a change anywhere in it would change (how many rows there
are, where the other pages begin).
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape

from builder.models.base import Date
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.collate import Key, collation_key
from builder.site.i18n import _, html
from builder.site.page import Late, Page
from builder.site.pages.common import Context, crumbs
from builder.site.pages.leaves import cut

PER_PAGE = 200  # of lists that are cut by count
_BASE = "\x00"  # in the HTML of a row, where the way to the site's root stands


@dataclass(frozen=True)
class Row:
    """A line of a list: a link with a chip, and plain cells beside it."""

    card: Card
    cells: tuple[str, ...] = ()

    @property
    def digest(self) -> bytes:
        known: bytes | None = self.__dict__.get("_digest")
        if known is None:
            said = hashlib.sha256(repr((self.card, self.cells)).encode())
            known = self.__dict__["_digest"] = said.digest()
        return known

    def html(self, headers: tuple[str, ...]) -> str:
        """The row under those headers; kept, for the other lists that it stands in."""
        known: dict[tuple[str, ...], str] = self.__dict__.setdefault("_html", {})
        if headers not in known:
            known[headers] = self._written(headers)
        return known[headers]

    def _written(self, headers: tuple[str, ...]) -> str:
        card = self.card
        link = f'<a href="{_BASE}{escape(card.address)}">{html(card.title)}</a>'
        parts = [f'<tr><th scope="row" data-label="{escape(headers[0])}">{link}</th>']
        parts += [
            f'<td data-label="{escape(header)}">{html(cell)}</td>'
            for header, cell in zip(headers[1:], self.cells, strict=False)
        ]
        if len(headers) > 1 + len(self.cells):
            states = f' data-states="{escape(card.states)}"' if card.states else ""
            chip = f'<span class="rg-chip rg-chip--{card.tone}"{states}>{html(card.chip)}</span>'
            parts.append(f'<td data-label="{escape(headers[-1])}">{chip if card.chip else ""}</td>')
        return "".join([*parts, "</tr>\n"])


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
    """The pages of a list; the first has the bare address.

    ``day``: the one that states in the rows were worked out for.
    """
    starts = cut([row.card.address for row in listing.rows])
    for number in range(1, len(starts) + 1):
        yield Page(
            _address(listing, number),
            listing.title
            if number == 1
            else _("%(title)s (trang %(number)s)", title=listing.title, number=number),
            "list.html",
            _context_of(listing, number, starts, day),
            tab=listing.tab or listing.address,
        )


def _address(listing: Listing, number: int) -> str:
    return listing.address if number == 1 else f"{listing.address}trang-{number}/"


def _context_of(
    listing: Listing, number: int, starts: list[int], day: Date
) -> Callable[[], Context]:
    def context() -> Context:
        first, last = number == 1, number == len(starts)
        rows = listing.rows[starts[number - 1] : None if last else starts[number]]
        dated = any(row.card.states for row in rows)
        headers = listing.headers
        if any(row.card.chip for row in rows):
            headers = (*headers, _("Tình trạng"))
        return {
            "crumbs": crumbs(*listing.above),
            "title": listing.title,
            "intro": listing.intro,
            "total": vi.number(len(listing.rows)) if first else "",
            "headers": headers,
            "as_of": vi.date(day) if dated else "",
            "rows": _late(rows, headers) if rows else None,
            "narrower": listing.narrower if first else (),
            "beside": listing.beside,
            "leaf": number,
            "leaves": _leaves(listing, starts) if first else (),
            "whole": "" if first else listing.address,
            "before": "" if first else _address(listing, number - 1),
            "after": "" if last else _address(listing, number + 1),
        }

    return context


def _late(rows: Sequence[Row], headers: tuple[str, ...]) -> Late:
    return Late(partial(_digest, rows, headers), partial(_rows, rows, headers))


def _digest(rows: Sequence[Row], headers: tuple[str, ...]) -> str:
    digest = hashlib.sha256(repr(headers).encode())
    for row in rows:
        digest.update(row.digest)
    return digest.hexdigest()


def _rows(rows: Sequence[Row], headers: tuple[str, ...], base: str) -> Markup:
    """The rows on a page from which ``base`` leads to the site's root."""
    return Markup("".join([row.html(headers) for row in rows]).replace(_BASE, base))  # noqa: S704


def _leaves(listing: Listing, starts: list[int]) -> list[Context]:
    """Links to all pages of a list of several, each with the words at which it begins."""
    if len(starts) == 1:
        return []
    return [
        {
            "number": number,
            "address": _address(listing, number),
            # The word at which a page of the list begins, to leaf by.
            "first": " ".join(listing.rows[start].card.title.split()[:4]),
        }
        for number, start in enumerate(starts, 1)
    ]
