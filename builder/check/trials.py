"""Rules on trial runs: what a trial meeting adopts is never in force."""

from collections.abc import Iterator

from builder.check.base import Found, rule
from builder.derive.effects import EFFECT_KINDS
from builder.derive.force_rules import adopted_by_trial_only
from builder.findings import Finding
from builder.models import Instrument
from builder.registry import Registry


@rule("trial-adopted", "A trial meeting adopts nothing officially.")
def adopted_by_trial(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        if record.stage == "adopted" and adopted_by_trial_only(registry, record):
            yield found(
                record_id, "it is adopted, but every meeting that adopted it was a trial",
                ("stage",), "write 'stage: trial', or name the official meeting",
            )  # fmt: skip


@rule("trial-dates", "A draft or a trial text has no day of effect and no end.")
def trial_in_force(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        if record.stage not in ("draft", "trial"):
            continue
        for name in ("effective", "expires"):
            if getattr(record.dates, name) is not None:
                yield found(
                    record_id, f"its stage is {record.stage}, so {name!r} says too much",
                    ("dates", name),
                    "record the official document by itself, with 'formalises' to this one",
                )  # fmt: skip


@rule("trial-formalises", "An official document formalises a trial text or a draft.")
def formalises(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        for index, relation in enumerate(record.relations):
            target = registry.get(relation.target or "", Instrument)
            if relation.type != "formalises" or target is None:
                continue
            if record.stage in ("draft", "trial"):
                yield found(
                    record_id, f"its stage is {record.stage}, so it formalises nothing",
                    ("relations", index), "put the relation on the document officially adopted",
                )  # fmt: skip
            elif target.stage not in ("draft", "trial"):
                yield found(
                    record_id, f"{relation.target} is {target.stage}, neither trial nor draft",
                    ("relations", index), "use replaces or amends for a document in force",
                )  # fmt: skip


@rule("trial-acted-upon", "A draft or a trial text is formalised, not amended or replaced.")
def acts_on_trial(registry: Registry, found: Found) -> Iterator[Finding]:
    for record_id, record in registry.of(Instrument):
        for index, relation in enumerate(record.relations):
            target = registry.get(relation.target or "", Instrument)
            if relation.type not in EFFECT_KINDS or target is None or record.stage != "adopted":
                continue
            if target.stage in ("draft", "trial"):
                yield found(
                    record_id, f"{relation.type} {relation.target}, which was never in force",
                    ("relations", index), "use 'formalises' for the official form of a trial text",
                )  # fmt: skip
