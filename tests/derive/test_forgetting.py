"""Who knows less says less: taking certainty out of records makes no state of force surer."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.derive.force import timeline
from builder.derive.verdicts import ENDED, at
from builder.models.base import Record
from builder.registry import Registry
from tests.derive.forced import A25, B25, A, B, X, Y, Z
from tests.derive.papers import body, day, paper, rule, with_records
from tests.derive.waves import chain

UNITS = chain([(A25, [(A, "part", "part"), (B, "whole", "whole")]), (B25, [(A, "rest", "rest")])])
BODIES: dict[str, Record] = {
    f"bodies/vi-du/{name}": body(unit)
    for name, unit in {"a": A, "b": B, "a25": A25, "b25": B25, "tinh": "99@"}.items()
}
DAYS = st.sampled_from([day("2025-01-10") + dt.timedelta(days=40 * step) for step in range(10)])
CASES = ("merged", "divided", "part_transferred")
KINDS = ("amends", "replaces", "repeals", "suspends", "continues", "corrects")


@st.composite
def papers(draw: st.DrawFn) -> dict[str, dict]:
    """Documents x, y, z of five bodies; each may act upon those before it."""
    found: dict[str, dict] = {}
    for record_id in (X, Y, Z):
        relations = [
            {"type": draw(st.sampled_from(KINDS)), "target": target,
             "provisions": draw(st.sampled_from([[], [], ["dieu-1"]])),
             "territory": draw(st.sampled_from([[], [], [A25], [B25]]))}
            for target in found if draw(st.booleans())
        ]  # fmt: skip
        dates = {"adopted": day("2025-01-01"), "effective": draw(DAYS)}
        found[record_id] = {
            "issuer": draw(st.sampled_from(sorted(BODIES))), "dates": dates,
            "relations": relations, "regime": draw(st.sampled_from(["normative", "party"])),
        }  # fmt: skip
    return found


def world(found: dict[str, dict], confirmed: frozenset[str]) -> Registry:
    records = dict(BODIES)
    for record_id, fields in found.items():
        rest = {name: value for name, value in fields.items() if name != "issuer"}
        records[record_id] = paper(fields["issuer"], **rest)
    for case in CASES:
        name = f"rules/{case.replace('_', '-')}"
        records[name] = rule(case, "continues" if case in confirmed else None)
    return with_records(UNITS, records)


def _less(fields: dict, of: str, guessed: set[tuple[str, int]], undated: bool) -> dict:
    relations = [
        {**relation, "certainty": "inferred"} if (of, place) in guessed else relation
        for place, relation in enumerate(fields["relations"])
    ]
    dates = {**fields["dates"], "effective": None} if undated else fields["dates"]
    return {**fields, "dates": dates, "relations": relations}


@settings(max_examples=150, deadline=None)
@given(papers(), st.frozensets(st.sampled_from(CASES)), st.data())
def test_inferred_relations_undated_acts_and_unconfirmed_rules_only_ever_add_doubt(
    found: dict[str, dict], confirmed: frozenset[str], data: st.DataObject
) -> None:
    relations = [(of, i) for of, fields in found.items() for i in range(len(fields["relations"]))]
    guessed = data.draw(st.sets(st.sampled_from(relations)) if relations else st.just(set()))
    undated = data.draw(st.frozensets(st.sampled_from([X, Y, Z])))
    less = {of: _less(fields, of, guessed, of in undated) for of, fields in found.items()}
    known = world(found, confirmed)
    doubted = world(less, data.draw(st.frozensets(st.sampled_from(CASES))) & confirmed)
    for record_id, fields in found.items():
        if record_id in undated:
            continue  # of its own beginning less is told, and otherwise
        sure, unsure = timeline(known, record_id), timeline(doubted, record_id)
        for span in (*sure, *unsure):
            on = span.first or dt.date.min
            before, after = at(sure, on), at(unsure, on)
            if after.state in (before.state, "unknown"):
                continue
            rules = {reason.rule for reason in after.reasons}
            # It is no longer told that it ended before it began, or that a part of it ended.
            not_begun = before.state in ENDED and after.state == "not_yet"
            part = before.state == "partly" and after.state == "in_force"
            assert (not_begun and on < fields["dates"]["effective"]) or (
                part and any(one.endswith("-doubtful") for one in rules)
            ), (record_id, on, before.state, after.state)
