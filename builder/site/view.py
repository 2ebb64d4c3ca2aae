"""What pages look things up in: the public registry on one day, with cards kept.

Lookups and their caches only; what a page says is in ``builder.site.pages``.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from builder.derive.addresses import person_address
from builder.derive.completeness import Cell, completeness
from builder.derive.followups import Followup, followups
from builder.derive.force import states_of
from builder.derive.progress import Courses, month_ends, progress
from builder.derive.verdicts import state_in
from builder.fold import fold
from builder.history.past import NO_PAST, Past
from builder.models import Body, Instrument, Meeting
from builder.models.base import Date
from builder.models.bodies import OfficeHolder
from builder.models.meetings import Chair
from builder.registry import Link, Registry, Unit
from builder.site import cards, i18n
from builder.site.cards import HIDDEN, Card
from builder.site.collate import collation_key
from builder.site.labels import LABELS, STATE_LABELS
from builder.site.memory import Memory
from builder.site.moment import TWO_LEVELS_SINCE
from builder.site.timeline import TONE

T = TypeVar("T")
DAY_BEFORE = TWO_LEVELS_SINCE - dt.timedelta(days=1)
MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Role:
    """A person in a role: where a record says so."""

    record: str
    name: str
    holder: OfficeHolder | Chair


class View:
    """The registry of a site (``SiteContext.registry``) as it is shown on ``day``, and its past.

    ``memory`` holds what an earlier build worked out, and what this one does.
    """

    def __init__(
        self, registry: Registry, day: Date, past: Past = NO_PAST, memory: Memory | None = None
    ) -> None:
        self.registry = registry
        self.day = day
        self.past = past
        self.memory = memory or Memory()
        self._last: dict[str, Any] = {}
        self._cards: dict[tuple[str, str], Card] = {}  # by language and id

    # Cards

    def card(self, record_id: str) -> Card:
        """The card of a record or a unit; without address if there is no page to lead to."""
        key = (i18n.language(), record_id)
        found = self._cards.get(key)
        if found is None:
            found = self._cards[key] = self._make_card(record_id)
        return found

    def _make_card(self, target: str) -> Card:
        unit = self.registry.units.get(target)
        if unit is not None:
            return cards.unit_card(self.registry, unit, self.day)
        entry = self.registry.entries.get(target)
        if entry is None:
            return HIDDEN.card
        card = cards.record_card(self.registry, target, entry.record)
        if entry.record.withdrawn is not None:
            return replace(card, chip=LABELS["stage"]["withdrawn"], tone="off")
        if isinstance(entry.record, Instrument):
            states = states_of(self.registry, target)
            state = state_in(states, self.day)
            return Card(
                card.address, card.title, card.note, STATE_LABELS[state], TONE[state], states
            )
        return card

    def once(self, what: str, key: object, make: Callable[[], T]) -> T:
        """What was made for a page, kept for the same page in the next language.

        Languages of a page are stamped one after another: only the last ``key`` is kept.
        """
        known: tuple[object, T] | None = self._last.get(what)
        if known is None or known[0] != key:
            known = self._last[what] = (key, make())
        return known[1]

    def cards(self, targets: Iterable[str]) -> list[Card]:
        """Cards in the order given."""
        return [self.card(target) for target in targets]

    def sorted_cards(self, targets: Iterable[str]) -> list[Card]:
        """Cards by the Vietnamese alphabet, each once."""
        found = {card.address or card.title: card for card in map(self.card, targets)}
        return sorted(found.values(), key=lambda card: collation_key(card.title))

    def unit(self, unit_id: str) -> Unit | None:
        return self.registry.units.get(unit_id)

    def unit_title(self, unit_id: str) -> str:
        """The name of a unit within a sentence: ``xã Bính Xá (huyện Đình Lập cũ)``."""
        title = self.card(unit_id).title
        return title[:1].lower() + title[1:]

    # People

    @cached_property
    def roles(self) -> dict[str, list[Role]]:
        """Roles by the key of the person, in order of record."""
        found: dict[str, list[Role]] = defaultdict(list)
        for body_id, body in self.registry.of(Body):
            for holder in body.office_holders:
                found[holder.person].append(Role(body_id, holder.name, holder))
        for meeting_id, meeting in self.registry.of(Meeting):
            for chair in meeting.chairs:
                if chair.person:
                    found[chair.person].append(Role(meeting_id, chair.name or chair.person, chair))
        return dict(found)

    def person(self, person: str | None, name: str | None = None) -> Card:
        """A link to a person's page, if there is one."""
        known = self.roles.get(person or "")
        if not known:
            return Card("", name or person or "")
        return Card(person_address(person or ""), known[0].name)

    # What follows from the records

    @cached_property
    def units_by_folded_name(self) -> dict[str, list[str]]:
        """Ids of units by their name without marks and case."""
        found: dict[str, list[str]] = defaultdict(list)
        for unit in self.registry.units.values():
            found[fold(unit.name)].append(unit.id)
        return dict(found)

    @cached_property
    def cells(self) -> list[Cell]:
        return completeness(self.registry, self.day)

    @cached_property
    def cells_of_unit(self) -> dict[str, list[Cell]]:
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            found[cell.unit].append(cell)
        return dict(found)

    @cached_property
    def progress(self) -> Courses:
        """Completeness on the day before the new authorities began, and at the ends of the last
        months up to the day; on the day alone, if they have not begun."""
        first, *later = month_ends(DAY_BEFORE, self.day)
        return progress(self.registry, [first, *later[-MONTHS_SHOWN:]])

    @cached_property
    def followups(self) -> list[Followup]:
        return followups(self.registry, self.day)

    @cached_property
    def followups_of_body(self) -> dict[str, list[Followup]]:
        found: dict[str, list[Followup]] = defaultdict(list)
        for item in self.followups:
            for body in item.responsible:
                found[body].append(item)
        return dict(found)

    @cached_property
    def followups_of_source(self) -> dict[str, list[Followup]]:
        found: dict[str, list[Followup]] = defaultdict(list)
        for item in self.followups:
            found[item.source].append(item)
        return dict(found)

    @cached_property
    def parts_of(self) -> dict[str, list[str]]:
        """Bodies by the body they belong to."""
        found: dict[str, list[str]] = defaultdict(list)
        for body_id, body in self.registry.of(Body):
            if body.parent is not None:
                found[body.parent].append(body_id)
        return dict(found)

    @cached_property
    def issued_by(self) -> dict[str, list[str]]:
        """Instruments by issuer, joint issuers included."""
        found: dict[str, list[str]] = defaultdict(list)
        for record_id, instrument in self.registry.of(Instrument):
            for issuer in (instrument.issuer, *instrument.co_issuers):
                if issuer is not None:
                    found[issuer].append(record_id)
        return dict(found)

    @cached_property
    def meetings_of_body(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for meeting_id, meeting in self.registry.of(Meeting):
            for body in meeting.bodies:
                found[body].append(meeting_id)
        return dict(found)

    def links_to(self, target: str) -> list[Link]:
        """References to a record or unit from other public records."""
        return [link for link in self.registry.links_to.get(target, ()) if link.source != target]
