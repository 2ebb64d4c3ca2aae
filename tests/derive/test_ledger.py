"""The ledger of what a new unit inherited, on small worlds: what is left out, days, scopes."""

import pytest

from builder.derive.applicability import applicable
from builder.derive.ledger import ledger
from builder.models.base import Record
from builder.registry import Registry
from tests.derive.papers import acting, body, day, paper, rule, with_records
from tests.derive.waves import chain, unit, wave
from tests.derive.waves import registry as units_with

AN_BINH, NEW = "99001@", "99001@2025-07-01"
CU = "documents/vi-du/cu"
AUGUST = day("2025-08-01")


def merged(**fields: object) -> Registry:
    """A commune merged whole, with a document of its own, changed by fields."""
    units = chain([(NEW, [(AN_BINH, "whole", "whole")])])
    world: dict[str, Record] = {
        "bodies/vi-du/cu": body(AN_BINH),
        "bodies/vi-du/moi": body(NEW),
        CU: paper("bodies/vi-du/cu", **fields),
        "rules/tiep-tuc": rule("merged"),
    }
    return with_records(units, world)


def test_what_was_repealed_before_the_unit_began_is_not_inherited() -> None:
    repeal = paper("bodies/vi-du/cu", **acting("repeals", CU, start="2025-06-30"))
    found = ledger(with_records(merged(), {"documents/vi-du/bo": repeal}), NEW, AUGUST)
    assert CU not in [entry.id for entry in found]


def test_what_ran_out_before_it_was_replaced_is_expired_not_replaced() -> None:
    registry = merged(dates={"effective": day("2024-01-01"), "expires": day("2025-07-31")})
    for start, expected in (("2025-07-15", "replaced"), ("2025-08-15", "expired")):
        replacing = paper("bodies/vi-du/moi", **acting("replaces", CU, start=start))
        world = with_records(registry, {"documents/vi-du/thay": replacing})
        assert [entry.state for entry in ledger(world, NEW, day("2025-08-20"))] == [expected]


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, "2027-03-01"),
        ({"confirmed": False}, None),
        ({"cases": ["divided"]}, None),
        ({"cases": ["district"]}, None),
        ({"regimes": ["normative"]}, None),
        ({"withdrawn": {"on": day("2025-08-01"), "reason": "sai"}}, None),
    ],
)
def test_only_a_confirmed_rule_for_its_case_and_regime_sets_a_day(
    changes: dict[str, object], due: str | None
) -> None:
    deadline = rule("merged", "act_by", until=day("2027-03-01"), **changes)
    (entry,) = ledger(with_records(merged(), {"rules/han": deadline}), NEW, AUGUST)
    assert entry.due == (day(due) if due else None)


def test_of_several_deadlines_the_first_counts_with_its_own_condition() -> None:
    rules = {
        "rules/han-mot": rule("merged", "act_by", title="A", until=day("2027-03-01")),
        "rules/han-hai": rule(
            "merged", "act_by", title="B", until=day("2026-03-01"), condition="có thu phí"
        ),
    }
    (entry,) = ledger(with_records(merged(), rules), NEW, AUGUST)
    assert (entry.due, entry.due_if) == (day("2026-03-01"), "có thu phí")


@pytest.mark.parametrize(("case", "due"), [("merged", None), ("district", "2027-03-01")])
def test_the_deadline_of_a_district_s_document_is_that_of_districts(
    case: str, due: str | None
) -> None:
    units = [
        unit("99", "Ví Dụ", "tỉnh"),
        unit("991", "Mẫu", "huyện", parent="99", valid_to=day("2025-06-30")),
        unit("99001", "An Bình", parent="991", valid_to=day("2025-06-30")),
        unit("99001", "An Bình", parent="99", valid_from=day("2025-07-01")),
    ]
    world: dict[str, Record] = {
        "bodies/vi-du/huyen": body("991@"),
        "documents/vi-du/huyen": paper("bodies/vi-du/huyen"),
        "rules/han": rule(case, "act_by", until=day("2027-03-01")),
    }
    graph = units_with(units, wave([(NEW, [(AN_BINH, "whole", "whole")])]))
    (entry,) = ledger(with_records(graph, world), NEW, AUGUST)
    assert (entry.state, entry.due) == ("undetermined", day(due) if due else None)


def test_ground_that_was_no_unit_is_not_reached_by_documents_of_the_former_units() -> None:
    with_shore = [(NEW, [(AN_BINH, "whole", "whole"), (None, "whole", "none")])]
    for clauses, kind in (
        ([(NEW, [(AN_BINH, "whole", "whole")])], "whole"),
        (with_shore, "former"),
    ):
        world: dict[str, Record] = {
            "bodies/vi-du/cu": body(AN_BINH),
            CU: paper("bodies/vi-du/cu"),
            "rules/tiep-tuc": rule("merged"),
        }
        (item,) = applicable(with_records(chain(clauses), world), NEW, AUGUST)
        assert item.scope.kind == kind
