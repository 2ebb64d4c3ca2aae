"""From dates, stage, effects and continuity to one state at one place: the rules of force.

One small function per rule, in the order in which they weigh. Putting places together
and the timelines are in ``builder.derive.force``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.derive.continuity import (
    Answer,
    Fate,
    fate_after_steps,
    fate_in_cases,
    rule_days,
)
from builder.derive.effects import Effect, EffectKind, Stretch
from builder.derive.places import Place
from builder.derive.verdicts import Reason, State, Verdict, next_day
from builder.derive.words import N_, Said, provision_words
from builder.models import Body, Instrument, Meeting
from builder.models.base import Date
from builder.models.rules import RuleCase
from builder.registry import Registry

# Law 64/2025/QH15 on normative documents, in force from 1 April 2025.
LAW_64_FROM = Date(2025, 4, 1)
LAW_64_END = "Luật 64/2025/QH15, Điều 57"

_SAYS: dict[EffectKind, str] = {
    "amends": N_("%(what)s được sửa đổi, bổ sung bởi %(by)s"),
    "continues": N_("%(what)s được tiếp tục áp dụng theo %(by)s"),
    "corrects": N_("%(what)s được đính chính bởi %(by)s"),
    "replaces": N_("%(what)s bị thay thế bởi %(by)s"),
    "repeals": N_("%(what)s bị bãi bỏ bởi %(by)s"),
    "suspends": N_("%(what)s bị ngưng hiệu lực bởi %(by)s"),
}  # fmt: skip


_UNCONFIRMED = Said(
    "Các bản ghi công khai không đủ để xác nhận văn bản này còn hiệu lực hay không."
)
_NO_EVENT = Said("Chưa có bản ghi sắp xếp cho biết đơn vị này chuyển về đâu.")
_STATES: dict[Fate, State] = {
    "continues": "in_force", "ends": "expired", "undetermined": "unknown",
}  # fmt: skip
_TAKES_OUT: frozenset[EffectKind] = frozenset(("amends", "replaces", "repeals", "suspends"))


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a document's issuer, the record that says so, and the case it makes."""

    last: Date
    record: str
    cases: frozenset[RuleCase]


@dataclass(frozen=True, slots=True)
class Subject:
    """A document with all that bears on its force."""

    id: str
    record: Instrument
    unit: str | None
    effects: tuple[Effect, ...]
    trial_only: bool
    unconfirmed: bool  # what bears on its force is not all public
    earliest: Date | None  # the first day on which it is known to have stood
    ends: tuple[End, ...]  # of its issuer, the earliest first


@dataclass(frozen=True, slots=True)
class _Acting:
    effect: Effect
    stretch: Stretch
    reason: Reason


def verdict(
    registry: Registry, subject: Subject, place: Place, anchor: str | None, day: Date
) -> Verdict:
    """The state of a document, or of a provision of it, at a place on a day."""
    always = _whatever_the_day(subject)
    if always is not None:
        return always
    acting = _acting(subject, place, day)
    whole = [a for a in acting if _acts_on_all(a.effect, anchor)]
    ends = _ends(subject, whole, day)
    if ends is not None:
        return ends
    early = _not_yet(subject, day)
    if early is not None:
        return early
    suspended = [a.reason for a in whole if a.effect.kind == "suspends" and a.stretch.certain]
    doubtful = _doubtful(subject, whole, suspended=bool(suspended))
    after = _after_rearrangement(registry, subject, place, day, _taken_over_by(whole, place))
    if after is not None and after.state != "in_force":
        told = (*doubtful, *after.reasons) if after.state == "unknown" else after.reasons
        return Verdict(after.state, (*told, *suspended))
    if doubtful:
        return Verdict("unknown", (*suspended, *doubtful))
    if suspended:
        return Verdict("suspended", tuple(suspended))
    reasons = (*_in_force_since(subject), *(after.reasons if after else ()))
    return _whole_or_partly(acting, anchor, reasons)


def own_days(registry: Registry, subject: Subject) -> Iterator[Date | None]:
    """The days on which the verdict may change for reasons of the document itself."""
    dates = subject.record.dates
    yield dates.effective
    yield subject.earliest
    if dates.expires is not None:
        yield next_day(dates.expires)
    for end in subject.ends:
        yield next_day(end.last)
    if subject.unit is not None:
        yield from rule_days(registry)


def first_day_after(registry: Registry, place: Place) -> Date | None:
    """The day after the last unit of a place ended, if it did."""
    last = registry.units.get(place.path[-1]) if place.path else None
    return next_day(last.row.valid_to) if last is not None and last.row.valid_to else None


def adopted_by_trial_only(registry: Registry, record: Instrument) -> bool:
    """Whether every meeting that a document names as adopting it was a trial."""
    meetings = [
        registry.get(relation.target or "", Meeting)
        for relation in record.relations
        if relation.type == "adopted_at"
    ]
    modes = [each.mode for each in meetings if each is not None and each.withdrawn is None]
    return bool(modes) and all(mode == "trial" for mode in modes)


def _whatever_the_day(subject: Subject) -> Verdict | None:
    record, of = subject.record, subject.id
    if subject.unconfirmed:
        return Verdict("unknown", (Reason("unconfirmed", of, None, _UNCONFIRMED),))
    if record.withdrawn is not None:
        says = Said("Bản ghi đã rút: %(why)s", why=record.withdrawn.reason)
        return Verdict("withdrawn", (Reason("withdrawn", of, record.withdrawn.on, says),))
    if record.stage == "withdrawn":
        return Verdict("withdrawn", (Reason("withdrawn", of, None, Said("Văn bản đã rút.")),))
    if record.stage == "draft":
        return Verdict("draft", (Reason("draft", of, None, Said("Mới là dự thảo.")),))
    if record.stage == "trial" or subject.trial_only:
        says = Said("Chỉ được thông qua khi vận hành thử nên không có hiệu lực.")
        return Verdict("trial", (Reason("trial", of, None, says),))
    return None


def _acting(subject: Subject, place: Place, day: Date) -> list[_Acting]:
    """The effects that reach a place on a day, the earliest first."""
    found = []
    for effect in subject.effects:
        stretch = effect.stretch_on(day) if effect.reaches(place) else None
        if stretch is not None:
            found.append(_Acting(effect, stretch, _effect_reason(subject, effect, stretch)))
    return sorted(found, key=lambda acting: (acting.stretch.first, acting.effect.source))


def _effect_reason(subject: Subject, effect: Effect, stretch: Stretch) -> Reason:
    since = None if stretch.first == Date.min else stretch.first
    parts = ", ".join(provision_words(anchor) for anchor in effect.provisions)
    what = f"{parts[0].upper()}{parts[1:]}" if parts else Said("Văn bản")
    says = Said(_SAYS[effect.kind], what=what, by=effect.name)
    if effect.where:
        says = Said("%(says)s trong địa bàn %(units)s", says=says, units=effect.where)
    if not stretch.certain:
        why = (
            Said("%(says)s; quan hệ chỉ là suy ra.", says=says)
            if effect.inferred
            else Said("%(says)s; chưa rõ văn bản đó có hiệu lực khi nào.", says=says)
        )
        return Reason(f"{effect.kind}-doubtful", effect.source or None, since, why)
    if since is None:
        says = Said("%(says)s.", says=says)
    else:
        says = Said("%(says)s từ %(day)s.", says=says, day=since)
    ends = effect.kind in ("amends", "replaces", "repeals")
    normative = subject.record.regime == "normative" and stretch.first >= LAW_64_FROM
    return Reason(
        effect.kind,
        effect.source or None,
        since,
        says,
        LAW_64_END if ends and normative else "",
    )


def _acts_on_all(effect: Effect, anchor: str | None) -> bool:
    return not effect.provisions if anchor is None else effect.covers(anchor)


def _ends(subject: Subject, whole: list[_Acting], day: Date) -> Verdict | None:
    """Replaced, repealed, or past its own term; of several ends the first counts."""
    ends: list[tuple[Date, State, Reason]] = [
        (a.stretch.first, "repealed" if a.effect.kind == "repeals" else "expired", a.reason)
        for a in whole
        if a.effect.kind in ("replaces", "repeals") and a.stretch.certain
    ]
    expires = subject.record.dates.expires
    after = next_day(expires) if expires is not None else None
    if after is not None and after <= day and expires is not None:
        says = Said("Hết hiệu lực sau ngày %(day)s theo chính văn bản.", day=expires)
        normative = subject.record.regime == "normative" and after >= LAW_64_FROM
        source = LAW_64_END if normative else ""
        ends.append((after, "expired", Reason("expires", subject.id, expires, says, source)))
    if not ends:
        return None
    ends.sort(key=lambda end: end[0])
    return Verdict(ends[0][1], tuple(reason for _, _, reason in ends))


def _not_yet(subject: Subject, day: Date) -> Verdict | None:
    effective = subject.record.dates.effective
    if effective is not None:
        if day >= effective:
            return None
        says = Said("Có hiệu lực từ %(day)s.", day=effective)
        return Verdict("not_yet", (Reason("not-yet", subject.id, effective, says),))
    earliest = subject.earliest
    if earliest is None or day >= earliest:
        return None
    says = Said("Chưa được ban hành trước %(day)s.", day=earliest)
    return Verdict("not_yet", (Reason("not-yet", subject.id, earliest, says),))


def _doubtful(subject: Subject, whole: list[_Acting], *, suspended: bool) -> list[Reason]:
    """Why nothing certain can be said: a possible end, or, unless suspended, its beginning."""
    kinds = ("replaces", "repeals") if suspended else ("replaces", "repeals", "suspends")
    found = [a.reason for a in whole if a.effect.kind in kinds and not a.stretch.certain]
    if subject.record.dates.effective is None and not suspended:
        says = Said("Chưa biết ngày có hiệu lực; nguồn không nêu.")
        found.append(Reason("no-effective-date", subject.id, None, says))
    return found


def _in_force_since(subject: Subject) -> tuple[Reason, ...]:
    effective = subject.record.dates.effective
    if effective is None:
        return ()
    says = Said("Có hiệu lực từ %(day)s.", day=effective)
    return (Reason("effective", subject.id, effective, says),)


def issuer_ends(
    registry: Registry, record: Instrument, body: Body | None, unit_id: str | None
) -> Iterator[End]:
    """The end of the issuing body, if it ended before its unit, and that of the unit."""
    unit = registry.units.get(unit_id or "")
    last = unit.row.valid_to if unit is not None else None
    if body is not None and body.ended is not None and body.ended < (last or Date.max):
        yield End(body.ended, record.issuer or "", frozenset(("body",)))
    if unit is not None and last is not None:
        district: frozenset[RuleCase] = frozenset(("district",))
        yield End(last, unit.file, district if unit.level == "district" else frozenset())


def _after_rearrangement(
    registry: Registry, subject: Subject, place: Place, day: Date, taken_over: str | None
) -> Verdict | None:
    """What the end of the issuer's unit or body means; in force if confirmed rules say so.

    A body that took the document over stands for the issuer.
    """
    steps = [s for s in place.steps_after(taken_over or subject.unit) if s.operational_from <= day]
    told: tuple[Reason, ...] = ()
    for end in subject.ends if taken_over is None else ():
        if day <= end.last:
            continue
        if subject.earliest is not None and subject.earliest > end.last:
            return Verdict("unknown", (_issued_after(end, subject.earliest),))
        if steps and not end.cases:
            continue  # the clauses tell what followed the unit
        answer = _fate_after_end(registry, subject, end, day)
        told = (*told, *answer.reasons)
        if answer.fate != "continues":
            return Verdict(_STATES[answer.fate], told)
    if not steps:
        return Verdict("in_force", told) if told else None
    answer = fate_after_steps(registry, subject.record.regime, steps, day)
    told = (*told, *answer.reasons)
    gap = _broken_off(registry, place, day)
    if answer.fate == "continues" and gap is not None:
        return Verdict("unknown", (*told, gap))
    return Verdict(_STATES[answer.fate], told)


def _issued_after(end: End, earliest: Date) -> Reason:
    """The old authorities act until the new ones do (Article 2 of the resolutions of 16/6/2025)."""
    says = Said(
        "Văn bản đề ngày %(day)s, sau khi cơ quan ban hành kết thúc hoạt động (hết ngày %(last)s).",
        day=earliest,
        last=end.last,
    )
    return Reason("issued-after-end", end.record, end.last, says)


def _fate_after_end(registry: Registry, subject: Subject, end: End, day: Date) -> Answer:
    """What becomes of a document whose issuer ended and no clause tells what followed."""
    says = Said("Cơ quan ban hành kết thúc hoạt động sau ngày %(day)s.", day=end.last)
    event = Reason("issuer-ended", end.record, end.last, says)
    if not end.cases:
        return Answer("undetermined", (event, Reason("no-event", end.record, None, _NO_EVENT)))
    return fate_in_cases(registry, subject.record.regime, end.cases, day, event)


def _broken_off(registry: Registry, place: Place, day: Date) -> Reason | None:
    """Why nothing is known of a place whose last unit ended without a record of what followed."""
    last = registry.units.get(place.path[-1])
    ended = last.row.valid_to if last is not None else None
    if last is None or ended is None or day <= ended:
        return None
    return Reason("no-event", last.file, ended, _NO_EVENT)


def _taken_over_by(whole: list[_Acting], place: Place) -> str | None:
    """The last unit of a place whose body decided that the document goes on there."""
    areas = [a.effect.area for a in whole if a.effect.kind == "continues" and a.stretch.certain]
    units = [unit for unit in place.path if any(area and unit in area for area in areas)]
    return units[-1] if units else None


def _whole_or_partly(
    acting: list[_Acting], anchor: str | None, reasons: tuple[Reason, ...]
) -> Verdict:
    """In force, with what was amended, corrected or taken out of it."""
    state: State = "in_force"
    for a in acting:
        kind, certain = a.effect.kind, a.stretch.certain
        if anchor is None:
            reasons = (*reasons, a.reason)
            if certain and kind in _TAKES_OUT:
                state = "partly"
        elif a.effect.touches_part_of(anchor):
            reasons = (*reasons, a.reason)
            if certain and kind in ("replaces", "repeals", "suspends"):
                state = "partly" if state == "in_force" else state
        elif a.effect.covers(anchor):
            reasons = (*reasons, a.reason)
            if kind == "amends" and not a.effect.provisions:
                says = Said("Văn bản đã được sửa đổi nhưng bản ghi không nêu điều khoản nào.")
                reasons = (*reasons, Reason("amends-unnamed", a.effect.source or None, None, says))
                state = "unknown"
        elif kind in _TAKES_OUT and a.effect.may_cover(anchor):
            says = Said(
                "Chưa rõ %(what)s có nằm trong phần đó hay không.", what=provision_words(anchor)
            )
            reasons = (*reasons, a.reason, Reason("grouped", a.effect.source or None, None, says))
            state = "unknown"
    return Verdict(state, reasons)
