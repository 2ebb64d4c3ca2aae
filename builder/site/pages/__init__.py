"""Which pages the site has: one for every record and unit, the lists, the pages of state.

Each page is cheap to name; its context is built only where it is needed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from builder.derive.addresses import person_address, record_address, unit_address
from builder.models import (
    Body,
    ContinuityRule,
    Instrument,
    Meeting,
    MergerRecord,
    Requirement,
)
from builder.registry import Entry, Unit
from builder.site import i18n
from builder.site.cards import unit_name
from builder.site.labels import DOCUMENT_TYPES
from builder.site.logbook import feed_path
from builder.site.neighbours import instrument_key
from builder.site.page import Page
from builder.site.pages.applies import applies_page
from builder.site.pages.areas import district_context, province_context
from builder.site.pages.bodies import body_context, person_context
from builder.site.pages.common import Context
from builder.site.pages.history import history_pages
from builder.site.pages.inheritance import ledger_page
from builder.site.pages.instruments import instrument_context
from builder.site.pages.lists import list_pages_of
from builder.site.pages.log import log_pages
from builder.site.pages.meetings import meeting_context
from builder.site.pages.mergers import merger_context
from builder.site.pages.requirements import requirement_context, rule_context
from builder.site.pages.search import search_pages
from builder.site.pages.start import start_pages
from builder.site.pages.status import status_pages
from builder.site.pages.texts import text_pages
from builder.site.pages.trust import trust_page
from builder.site.pages.units import commune_context
from builder.site.view import Role, View

_UNIT_CONTEXTS: dict[str, Callable[[View, Unit], Context]] = {
    "province": province_context, "district": district_context, "commune": commune_context,
}  # fmt: skip


def pages(view: View, languages: Sequence[str] = ()) -> Iterator[Page]:
    """All stamped pages of a site in these languages, or in its default one alone.

    Addresses are unique within a language.
    """
    default = view.registry.settings.languages[0]
    for language in languages or (default,):
        tree = "" if language == default else f"{language}/"
        with i18n.speaking(language):
            found = list(_pages(view))
        for page in found:
            # Most sites and most pages: those in Vietnamese at the root, as pages are by default.
            same = page.language == language and page.tree == tree
            yield page if same else replace(page, language=language, tree=tree)


def _pages(view: View) -> Iterator[Page]:
    """All pages in the active language."""
    yield from start_pages(view)
    yield from search_pages()
    yield from status_pages(view)
    yield from list_pages_of(view)
    yield from log_pages(view)
    yield trust_page(view)
    for entry in view.registry.entries.values():
        page = record_page(view, entry)
        if page is not None:
            yield page
        if isinstance(entry.record, Instrument):
            yield from text_pages(view, entry, entry.record)
        yield from history_pages(view, entry, page)
    for unit in view.registry.units.values():
        yield _unit_page(view, unit)
        yield from filter(None, (applies_page(view, unit), ledger_page(view, unit)))
    for person, roles in view.roles.items():
        yield _person_page(view, person, roles)


def _unit_page(view: View, unit: Unit) -> Page:
    name = unit_name(view.registry, unit, view.day)
    context = _UNIT_CONTEXTS[unit.level]
    return Page(
        unit_address(unit), name, f"{unit.level}.html", lambda: context(view, unit), tab="don-vi/",
        feed=feed_path(view, unit.id),
    )  # fmt: skip


def _person_page(view: View, person: str, roles: list[Role]) -> Page:
    return Page(
        person_address(person), roles[0].name, "person.html",
        lambda: person_context(view, person, roles), tab="to-chuc/",
    )  # fmt: skip


def record_page(view: View, entry: Entry) -> Page | None:
    """The page of one record; None for a file of units, whose units have pages of their own."""
    record, record_id = entry.record, entry.id
    address = record_address(record_id)
    if isinstance(record, Instrument):
        number = f"{DOCUMENT_TYPES[record.type]} {record.number} – " if record.number else ""
        return Page(
            address, f"{number}{record.title}", "instrument.html",
            lambda: instrument_context(view, entry, record), partial(instrument_key, view, entry),
            tab="van-ban/",
        )  # fmt: skip
    if isinstance(record, Meeting):
        return Page(
            address, record.title, "meeting.html",
            lambda: meeting_context(view, record_id, record), tab="cuoc-hop/",
        )  # fmt: skip
    if isinstance(record, Body):
        return Page(
            address, record.name, "body.html",
            lambda: body_context(view, record_id, record), tab="to-chuc/",
        )  # fmt: skip
    if isinstance(record, MergerRecord):
        return Page(
            address, record.title, "merger.html",
            lambda: merger_context(view, record_id, record), tab="don-vi/",
        )  # fmt: skip
    if isinstance(record, Requirement):
        return Page(
            address, record.title, "requirement.html",
            lambda: requirement_context(view, record_id, record), tab="tinh-trang/",
        )  # fmt: skip
    if isinstance(record, ContinuityRule):
        return Page(
            address, record.title, "rule.html",
            lambda: rule_context(view, record_id, record), tab="van-ban/",
        )  # fmt: skip
    return None
