"""Whether the documents of a rearranged unit go on: only what confirmed rules say.

The rules are records (``registry/rules/``). Where no confirmed rule covers a case the
answer is ``undetermined``, and the reasons say which rule is wanting.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from builder.derive.places import cases_of
from builder.derive.succession import Step
from builder.derive.verdicts import Reason, next_day
from builder.derive.words import N_, Said, unit_words
from builder.models import ContinuityRule, Instrument, MergerRecord
from builder.models.base import Date
from builder.models.codes import Regime, Share
from builder.models.rules import RuleCase
from builder.registry import Registry

Fate = Literal["continues", "ends", "undetermined"]

CASE_LABELS: dict[RuleCase, str] = {
    "merged": N_("đơn vị nhập toàn bộ vào đơn vị mới"),
    "divided": N_("đơn vị bị chia vào nhiều đơn vị mới"),
    "part_transferred": N_("một phần đơn vị chuyển sang đơn vị khác"),
    "unchanged": N_("đơn vị giữ nguyên hoặc chỉ đổi tên, đổi loại"),
    "district": N_("đơn vị cấp huyện kết thúc hoạt động"),
    "body": N_("cơ quan ban hành kết thúc hoạt động"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a document, and why."""

    fate: Fate
    reasons: tuple[Reason, ...]


def fate_after_steps(
    registry: Registry, regime: Regime | None, steps: Iterable[Step], day: Date
) -> Answer:
    """What becomes of a document on ``day`` after all steps taken by then; each must let it go on.

    Steps after ``day`` do not count; with none taken the document simply goes on.
    """
    reasons: list[Reason] = []
    fate: Fate = "continues"
    for step in steps:
        if step.operational_from > day:
            continue
        answer = fate_in_cases(
            registry, regime, cases_of(registry, step), day, step_reason(registry, step)
        )
        reasons.extend(answer.reasons)
        if answer.fate != "continues":
            fate = answer.fate
            break
    return Answer(fate, tuple(reasons))


def fate_in_cases(
    registry: Registry,
    regime: Regime | None,
    cases: frozenset[RuleCase],
    day: Date,
    event: Reason,
) -> Answer:
    """What confirmed rules say where all of ``cases`` may be meant; they have to agree."""
    fates: set[Fate] = set()
    reasons = [event]
    for case in sorted(cases):
        answer = _fate_in_case(registry, regime, case, day)
        fates.add(answer.fate)
        reasons.extend(answer.reasons)
    if len(fates) == 1:
        return Answer(fates.pop(), tuple(reasons))
    return Answer("undetermined", tuple(reasons))


def rule_days(registry: Registry) -> Iterator[Date | None]:
    """The days on which the answer of some rule may change."""
    for _, rule in registry.of(ContinuityRule):
        yield rule.valid_from
        if rule.until is not None:
            yield next_day(rule.until)


# What of a unit a clause takes.
_PARTS: dict[Share, str] = {
    "whole": N_("%(unit)s"),
    "part": N_("một phần %(unit)s"),
    "rest": N_("phần còn lại của %(unit)s"),
    "none": N_("dân cư của %(unit)s"),
}


def rule_reason(rule_id: str, rule: ContinuityRule) -> Reason:
    """The rule as a reason, with its legal basis."""
    source = "; ".join(basis.cites for basis in rule.legal_basis)
    if rule.confirmed:
        return Reason("continuity", rule_id, rule.until, rule.says, source)
    why = rule.unknown[0].why if rule.unknown else Said("Quy tắc chưa được xác nhận.")
    says = Said("%(rule)s: %(why)s", rule=rule.title, why=why)
    return Reason("continuity-unconfirmed", rule_id, None, says, source)


def applicable_rules(
    registry: Registry, regime: Regime | None, case: RuleCase, day: Date
) -> list[tuple[str, ContinuityRule]]:
    """Rules, confirmed or not, on documents of a regime in a case, that hold on a day.

    A document of unknown regime is covered only by rules for all regimes.
    """
    return [
        (rule_id, rule)
        for rule_id, rule in registry.of(ContinuityRule)
        if rule.withdrawn is None
        and rule.effect != "act_by"
        and case in rule.cases
        and (not rule.regimes or regime in rule.regimes)
        and (rule.valid_from is None or rule.valid_from <= day)
        and (rule.until is None or day <= rule.until)
    ]


def _fate_in_case(registry: Registry, regime: Regime | None, case: RuleCase, day: Date) -> Answer:
    rules = applicable_rules(registry, regime, case, day)
    # Whether a document meets a condition is for people to say.
    confirmed = [one for one in rules if one[1].confirmed and one[1].condition is None]
    reasons = tuple(rule_reason(*found) for found in confirmed or rules)
    effects = {rule.effect for _, rule in confirmed}
    if effects == {"continues"}:
        return Answer("continues", reasons)
    if effects == {"ends"}:
        return Answer("ends", reasons)
    which = Said(CASE_LABELS[case])
    if effects:
        says = Said("Các quy tắc mâu thuẫn nhau về trường hợp %(case)s.", case=which)
    elif any(rule.confirmed for _, rule in rules):
        says = Said(
            "Quy tắc đã xác nhận cho trường hợp %(case)s có điều kiện; sổ đăng ký không tự "
            "kết luận văn bản này có đáp ứng hay không.",
            case=which,
        )
    elif regime is None:
        says = Said(
            "Chưa có quy tắc đã xác nhận cho trường hợp %(case)s; chưa rõ văn bản là hành chính, "
            "quy phạm pháp luật hay của Đảng.",
            case=which,
        )
    else:
        says = Said("Chưa có quy tắc đã xác nhận cho trường hợp %(case)s.", case=which)
    return Answer("undetermined", (Reason("no-rule", None, None, says), *reasons))


def step_reason(registry: Registry, step: Step) -> Reason:
    """What a clause did, with the clause as its source."""
    says = Said(
        "Từ %(day)s, %(what)s thuộc %(unit)s.",
        day=step.operational_from,
        what=Said(_PARTS[step.area], unit=unit_words(registry, step.source)),
        unit=unit_words(registry, step.target),
    )
    merger = registry.get(step.merger, MergerRecord)
    resolution = registry.get(step.resolution, Instrument)
    number = (resolution.number if resolution else None) or step.resolution
    given = {"clause": str(step.clause), "number": str(number)}
    source = (
        Said(
            "khoản %(clause)s Điều %(article)s Nghị quyết %(number)s",
            article=str(merger.article), **given,
        )
        if merger
        else Said("khoản %(clause)s Nghị quyết %(number)s", **given)
    )  # fmt: skip
    return Reason("event", step.merger, step.operational_from, says, source)
