"""What acts upon a document: relations of other documents as effects bounded in time.

An effect starts only while the acting document is itself adopted and in force, and it
reaches no further than the territory of its body. The resulting state of the document
acted upon is in ``builder.derive.force``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, cast, get_args

from builder.derive.places import Place
from builder.derive.provisions.tree import GROUPS, NAMES
from builder.derive.verdicts import ACTIVE, Timeline, Verdict, next_day
from builder.derive.words import document_words, unit_words
from builder.models import Instrument
from builder.models.base import Date
from builder.models.instruments import Relation
from builder.registry import Registry

EffectKind = Literal["amends", "continues", "corrects", "replaces", "repeals", "suspends"]
EFFECT_KINDS: frozenset[str] = frozenset(get_args(EffectKind))
_GROUPS = tuple(f"{NAMES[kind][0]}-" for kind in GROUPS)
_RANK = {"province": 1, "district": 2, "commune": 3}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which an effect holds; not certain where the acting document's force is not."""

    first: Date
    last: Date
    certain: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """One relation acting upon a document; without ``source`` where its record is not public."""

    kind: EffectKind
    source: str
    name: str  # of the acting document, within a sentence
    provisions: tuple[str, ...]
    area: frozenset[str] | None  # units it reaches; None: everywhere
    where: str  # the units, where it reaches only a part of the places asked about
    stretches: tuple[Stretch, ...]
    inferred: bool

    def stretch_on(self, day: Date) -> Stretch | None:
        """The stretch that a day falls into, a certain one first."""
        holding = [s for s in self.stretches if s.first <= day <= s.last]
        return max(holding, key=lambda stretch: stretch.certain, default=None)

    def reaches(self, place: Place) -> bool:
        return self.area is None or bool(self.area & place.units)

    def covers(self, anchor: str) -> bool:
        """Whether it acts on the whole of a provision (all of the document: no provisions)."""
        return not self.provisions or any(
            anchor == named or anchor.startswith(f"{named}.") for named in self.provisions
        )

    def may_cover(self, anchor: str) -> bool:
        """Whether it acts on a part, chapter or section: anchors do not tell what lies in one."""
        return anchor.startswith("dieu-") and any(
            part.startswith(_GROUPS) and part != NAMES["closing"][0]
            for named in self.provisions
            for part in named.split(".")
        )

    def touches_part_of(self, anchor: str) -> bool:
        """Whether it acts on something within a provision, but not on the whole of it."""
        return any(named.startswith(f"{anchor}.") for named in self.provisions)


def acting_on(registry: Registry, record_id: str) -> Iterator[tuple[str, Instrument, Relation]]:
    """Adopted documents with a relation that can change the force of a document."""
    for source, relation in registry.relations_to.get(record_id, ()):
        if relation.type not in EFFECT_KINDS or source == record_id:
            continue
        acting = registry.get(source, Instrument)
        if acting is not None and acting.is_adopted:
            yield source, acting, relation


def acted_upon(registry: Registry, record_id: str) -> bool:
    """Whether anything may act upon a document; most are only cited, if at all."""
    return record_id in registry.nameless or any(
        relation.type in EFFECT_KINDS for _, relation in registry.relations_to.get(record_id, ())
    )


def effects_on(
    registry: Registry,
    record_id: str,
    places: list[Place],
    timeline_of: Callable[[str], Timeline],
) -> list[Effect]:
    """The effects on a document whose territory falls into ``places``."""
    named = [
        effect_of(registry, record_id, source, relation, places, timeline_of(source))
        for source, _, relation in acting_on(registry, record_id)
    ]
    return [*named, *registry.nameless.get(record_id, ())]


def effect_of(
    registry: Registry, record_id: str, source: str, relation: Relation, places: list[Place],
    timeline: Timeline,
) -> Effect:  # fmt: skip
    """What one relation of an acting document, with its states over time, does to a document."""
    acting = registry.get(source, Instrument)
    area = _area(registry, record_id, source, relation, places)
    return Effect(
        cast("EffectKind", relation.type), source, document_words(acting) if acting else "",
        relation.provisions, area, _where(registry, area, places),
        tuple(_stretches(relation, timeline)), relation.certainty == "inferred",
    )  # fmt: skip


def _where(registry: Registry, area: frozenset[str] | None, places: list[Place]) -> str:
    if area is None or all(area & place.units for place in places):
        return ""
    return ", ".join(unit_words(registry, unit) for unit in sorted(area))


def _stretches(relation: Relation, timeline: Timeline) -> Iterator[Stretch]:
    lower = relation.valid_from or Date.min
    upper = relation.valid_to or Date.max
    for first, last, certain in _held(relation, timeline, lower):
        first, last = max(first, lower), min(last, upper)
        if first <= last:
            yield Stretch(first, last, certain and relation.certainty == "stated")


def _held(relation: Relation, timeline: Timeline, lower: Date) -> Iterator[tuple[Date, Date, bool]]:
    """Days of an effect by the force of the acting document, before the relation's own bounds.

    A day stated by the relation counts even where the acting document's own day is not
    known, if nothing else of it is in doubt. What is suspended or taken over ("continues") is
    so as long as the act that says so holds; what was amended, replaced or repealed stays so
    when the acting document ends.
    """
    relevant = [span for span in timeline if span.last is None or span.last >= lower]
    for span in relevant:
        first, last = span.first or Date.min, span.last or Date.max
        dated = relation.valid_from is not None and first <= relation.valid_from
        stated = dated and _only_undated(span.verdict)
        active = span.verdict.state in ACTIVE
        if not active and span.verdict.state != "unknown":
            continue
        if relation.type in ("suspends", "continues"):
            yield first, last, active or stated
        elif active or stated:
            yield first, Date.max, True
            return
        else:
            yield first, Date.max, False


def _only_undated(verdict: Verdict) -> bool:
    """Whether all that is not known of a document's force is the day of its beginning."""
    return all(reason.rule == "no-effective-date" for reason in verdict.reasons)


def _area(
    registry: Registry, record_id: str, source: str, relation: Relation, places: list[Place]
) -> frozenset[str] | None:
    """The units an effect reaches: those named, else the territory of the acting body.

    The body of a new unit thus ends a document of a divided former unit only in its own
    share. A body of the same or a higher level without known succession is taken at its
    word: it acts on the whole.
    """
    if relation.territory:
        return frozenset(relation.territory)
    acting = registry.get(source, Instrument)
    own = registry.unit_of(source)
    area = frozenset(acting.territory if acting and acting.territory else ((own,) if own else ()))
    if not area:
        return None
    if any(area & place.units for place in places):
        return area
    return None if _rank(registry, own) <= _rank(registry, registry.unit_of(record_id)) else area


def _rank(registry: Registry, unit: str | None) -> int:
    """0 for the centre, then province, district, commune."""
    found = registry.units.get(unit or "")
    return _RANK[found.level] if found else 0


def effect_days(effects: list[Effect]) -> Iterator[Date | None]:
    """The days on which some effect begins or has ended."""
    for effect in effects:
        for stretch in effect.stretches:
            yield stretch.first
            yield next_day(stretch.last)
