"""Where units went to and came from, over one wave and over several."""

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.derive.succession import (
    Passage,
    pending,
    predecessors,
    successors,
    then,
    together,
)
from builder.models.base import Withdrawal
from builder.models.codes import Share
from builder.registry import Registry, load
from tests.derive.papers import with_records
from tests.derive.waves import DAY, FIRST, SECOND, chain, registry, unit, wave

LATER = dt.date(2026, 12, 31)
BEFORE = FIRST - DAY
SHARES: tuple[Share, ...] = ("whole", "part", "rest", "none")
A, B, C, D = (f"9900{n}@" for n in range(1, 5))
A25, B25, C25 = (f"9900{n}@2025-07-01" for n in range(1, 4))
A26, B26 = (f"9900{n}@2026-04-30" for n in range(1, 3))


def shares(passages: tuple[Passage, ...]) -> dict[str, tuple[str, str, bool]]:
    return {each.unit: (each.area, each.population, each.certain) for each in passages}


@pytest.fixture
def divided() -> Registry:
    """A was divided over two new units; B went whole into one of them."""
    return chain(
        [
            (A25, [(A, "part", "part")]),
            (B25, [(A, "rest", "rest"), (B, "whole", "whole")]),
        ]
    )


# One wave


def test_a_divided_unit_has_all_its_successors_with_their_shares(divided: Registry) -> None:
    answer = successors(divided, A, FIRST)
    assert answer.state == "followed"
    assert answer.divided
    assert shares(answer.passages) == {
        A25: ("part", "part", True),
        B25: ("rest", "rest", True),
    }


def test_every_successor_shows_the_clause_that_took_it_there(divided: Registry) -> None:
    (step,) = successors(divided, B, FIRST).passages[0].path
    assert (step.source, step.target, step.clause) == (B, B25, 2)
    assert (step.adopted, step.operational_from) == (FIRST - 15 * DAY, FIRST)


def test_the_day_before_operation_the_former_unit_still_stands(divided: Registry) -> None:
    answer = successors(divided, A, BEFORE)
    assert (answer.state, answer.passages) == ("stands", ())
    assert [step.clause for step in pending(divided, A, BEFORE)] == [1, 2]


def test_a_clause_is_pending_from_adoption_until_the_new_units_operate(
    divided: Registry,
) -> None:
    assert pending(divided, A, FIRST - 16 * DAY) == ()
    for day in (FIRST - 15 * DAY, BEFORE):
        assert [step.target for step in pending(divided, A, day)] == [A25, B25]
    assert pending(divided, A, FIRST) == ()


def test_a_new_unit_does_not_exist_before_it_operates(divided: Registry) -> None:
    assert successors(divided, B25, BEFORE).state == "not_yet"


def test_a_unit_that_ended_without_a_record_of_what_followed_is_unknown() -> None:
    alone = registry([unit("99001", "An Bình", valid_to=BEFORE)])
    answer = successors(alone, A, FIRST)
    assert (answer.state, answer.gaps) == ("unknown", (A,))


def test_a_merger_record_that_was_withdrawn_moves_nothing() -> None:
    mistaken = wave([(B25, [(A, "whole", "whole")])]).model_copy(
        update={"withdrawn": Withdrawal(on=FIRST, reason="nhập nhầm")}
    )
    right = chain([(A25, [(A, "whole", "whole")]), (B25, [(B, "whole", "whole")])])
    both = with_records(right, {"mergers/2025/nham": mistaken})
    assert shares(successors(both, A, FIRST).passages) == {A25: ("whole", "whole", True)}


def test_predecessors_are_shares_of_the_former_units(divided: Registry) -> None:
    answer = predecessors(divided, B25)
    assert shares(answer.passages) == {A: ("rest", "rest", True), B: ("whole", "whole", True)}


def test_a_place_that_is_no_unit_has_no_succession() -> None:
    with_place = chain([(A25, [(A, "whole", "whole"), (None, "whole", "none")])])
    assert shares(predecessors(with_place, A25).passages) == {A: ("whole", "whole", True)}


def test_area_and_population_can_go_different_ways() -> None:
    apart = chain(
        [
            (A25, [(A, "whole", "none")]),
            (B25, [(A, "none", "part"), (B, "whole", "whole")]),
            (C25, [(A, "none", "rest"), (C, "whole", "whole")]),
        ]
    )
    assert shares(successors(apart, A, FIRST).passages) == {
        A25: ("whole", "none", True),
        B25: ("none", "part", True),
        C25: ("none", "rest", True),
    }


# Choosing


def test_no_unit_is_chosen_where_the_people_were_divided(divided: Registry) -> None:
    answer = successors(divided, A, FIRST, choose="main")
    assert (answer.passages, answer.reason) == ((), "divided")


def test_no_unit_is_chosen_where_no_clause_tells_of_the_rest_of_the_people() -> None:
    only_a_part = chain([(A25, [(A, "part", "part")])])
    answer = successors(only_a_part, A, FIRST, choose="main")
    assert (answer.passages, answer.reason) == ((), "not_certain")


def test_the_unit_that_took_all_the_people_may_be_chosen_and_the_answer_says_why() -> None:
    land_apart = chain([(A25, [(A, "part", "none")]), (B25, [(A, "rest", "whole")])])
    answer = successors(land_apart, A, FIRST, choose="main")
    assert (list(shares(answer.passages)), answer.reason) == ([B25], "whole_population")
    assert successors(land_apart, A, FIRST).divided


def test_what_remains_after_all_the_people_went_elsewhere_has_area_only() -> None:
    as_in_1656 = chain([(A25, [(A, "part", "whole")]), (B25, [(A, "rest", "rest")])])
    assert shares(successors(as_in_1656, A, FIRST).passages) == {
        A25: ("part", "whole", True),
        B25: ("rest", "none", True),
    }
    answer = successors(as_in_1656, A, FIRST, choose="main")
    assert (list(shares(answer.passages)), answer.reason) == ([A25], "whole_population")


def test_no_unit_is_chosen_where_the_chain_breaks_off(divided: Registry) -> None:
    assert successors(divided, A, LATER, choose="main").reason == "divided"
    broken = registry(
        [
            unit("99001", "An Bình", valid_to=BEFORE),
            unit("99001", "An Bình", valid_from=FIRST),
            unit("99002", "Bình Minh", valid_from=FIRST, valid_to=SECOND - DAY),
        ],
        wave([(A25, [(A, "part", "whole")]), (B25, [(A, "rest", "none")])]),
    )
    answer = successors(broken, A, SECOND, choose="main")
    assert (answer.gaps, answer.passages, answer.reason) == ((B25,), (), "unknown")


# Two waves


def test_a_change_of_type_keeps_the_shares_of_the_first_wave() -> None:
    retyped = chain(
        [(A25, [(A, "whole", "whole"), (B, "part", "part")]), (B25, [(B, "rest", "rest")])],
        [(A26, [(A25, "whole", "whole")])],
    )
    assert shares(successors(retyped, B, LATER).passages) == {
        A26: ("part", "part", True),
        B25: ("rest", "rest", True),
    }
    path = successors(retyped, A, LATER).passages[0].path
    assert [step.operational_from for step in path] == [FIRST, SECOND]


def test_between_the_waves_the_answer_is_that_of_the_first() -> None:
    retyped = chain([(A25, [(A, "whole", "whole")])], [(A26, [(A25, "whole", "whole")])])
    assert list(shares(successors(retyped, A, SECOND - DAY).passages)) == [A25]
    assert list(shares(successors(retyped, A, SECOND).passages)) == [A26]


def test_predecessors_cross_both_waves_or_stop_on_the_day_asked_for() -> None:
    retyped = chain(
        [(A25, [(A, "whole", "whole"), (B, "whole", "whole")])],
        [(A26, [(A25, "whole", "whole")])],
    )
    assert list(shares(predecessors(retyped, A26).passages)) == [A25, A, B]
    assert list(shares(predecessors(retyped, A26, SECOND - DAY).passages)) == [A25]
    assert list(shares(predecessors(retyped, A26, BEFORE).passages)) == [A, B]


def test_how_much_of_a_merged_unit_lies_in_a_part_of_its_successor_is_not_certain() -> None:
    again = chain(
        [(A25, [(A, "whole", "whole"), (B, "whole", "whole")])],
        [(A26, [(A25, "part", "part")]), (B26, [(A25, "rest", "rest")])],
    )
    assert shares(successors(again, A, LATER).passages) == {
        A26: ("part", "part", False),
        B26: ("part", "part", False),
    }
    assert successors(again, A, LATER, choose="main").reason == "divided"


def test_a_unit_renamed_and_then_divided_is_divided_as_the_clauses_say() -> None:
    renamed = chain(
        [(A25, [(A, "whole", "whole")])],
        [(A26, [(A25, "part", "part")]), (B26, [(A25, "rest", "rest")])],
    )
    assert shares(successors(renamed, A, LATER).passages) == {
        A26: ("part", "part", True),
        B26: ("rest", "rest", True),
    }


def test_pieces_that_come_together_again_are_the_whole() -> None:
    reunited = chain(
        [(A25, [(A, "part", "part")]), (B25, [(A, "rest", "rest"), (B, "whole", "whole")])],
        [(A26, [(A25, "whole", "whole"), (B25, "whole", "whole")])],
    )
    (passage,) = successors(reunited, A, LATER).passages
    assert (passage.area, passage.population, passage.certain) == ("whole", "whole", True)
    assert [(step.operational_from, step.source) for step in passage.path] == [
        (FIRST, A),
        (FIRST, A),
        (SECOND, A25),
        (SECOND, B25),
    ]


def test_ten_communes_that_became_wards_with_the_same_codes_keep_both_identities() -> None:
    """As in Đồng Nai on 30/4/2026; names and codes are made up."""
    codes = [f"991{n:02}" for n in range(10)]
    units = [unit("99", "Ví Dụ", "tỉnh")]
    for code in codes:
        units += [
            unit(code, f"Tân {code}", parent="99", valid_to=BEFORE),
            unit(code, f"Tân {code}", parent="99", valid_from=FIRST, valid_to=SECOND - DAY),
            unit(code, f"Tân {code}", "phường", parent="99", valid_from=SECOND),
        ]
    both = registry(
        units,
        wave([(f"{code}@{FIRST}", [(f"{code}@", "whole", "whole")]) for code in codes]),
        wave(
            [(f"{code}@{SECOND}", [(f"{code}@{FIRST}", "whole", "whole")]) for code in codes],
            day=SECOND,
            kind="retype",
        ),
    )
    for code in codes:
        (passage,) = successors(both, f"{code}@", SECOND).passages
        assert both.units[passage.unit].full_name == f"Phường Tân {code}"
        assert [step.kind for step in passage.path] == ["merge", "retype"]
        (earlier,) = successors(both, f"{code}@", SECOND - DAY).passages
        assert both.units[earlier.unit].full_name == f"Xã Tân {code}"
        assert [each.unit for each in predecessors(both, passage.unit).passages] == [
            f"{code}@{FIRST}",
            f"{code}@",
        ]


# Wrong records


def test_a_cycle_is_named_and_never_walked_for_ever() -> None:
    units = [
        unit("99001", "An Bình", valid_to=BEFORE),
        unit("99001", "An Bình", valid_from=FIRST, valid_to=FIRST),
        unit("99002", "Bình Minh", valid_from=FIRST, valid_to=FIRST),
    ]
    ring = registry(
        units,
        wave(
            [
                (A25, [(A, "whole", "whole"), (B25, "whole", "whole")]),
                (B25, [(A25, "whole", "whole")]),
            ]
        ),
    )
    answer = successors(ring, A, LATER)
    assert answer.state == "unknown"
    assert answer.cycles == (A25,)
    assert {each.unit for each in predecessors(ring, A25).passages} == {A, B25}


def test_a_chain_of_thousands_of_waves_is_walked() -> None:
    start = dt.date(2000, 1, 1)
    days = tuple(start + n * DAY for n in range(1, 3000))
    ids = ["99001@", *(f"99001@{day}" for day in days)]
    long = chain(
        *([(new, [(old, "whole", "whole")])] for old, new in pairwise(ids)),
        days=days,
    )
    (passage,) = successors(long, "99001@", LATER).passages
    assert (passage.unit, len(passage.path)) == (ids[-1], len(days))


def test_a_unit_that_does_not_exist_is_an_error_of_the_caller(divided: Registry) -> None:
    with pytest.raises(KeyError):
        successors(divided, "99999@", FIRST)


# The algebra

share = st.sampled_from(SHARES)


@given(share, share, st.booleans())
def test_what_is_combined_is_never_more_than_either(
    first: Share, second: Share, alone: bool
) -> None:
    combined, _ = then(first, second, alone=alone)
    if combined == "whole":
        assert first == second == "whole"
    if "none" in (first, second):
        assert combined == "none"


@given(share, st.booleans())
def test_going_on_as_a_whole_changes_no_share(given_share: Share, alone: bool) -> None:
    assert then(given_share, "whole", alone=alone) == (given_share, True)
    assert then("whole", given_share, alone=True) == (given_share, True)


@given(st.lists(st.tuples(share, share, st.booleans(), st.booleans()), max_size=5))
def test_the_order_of_clauses_does_not_matter(
    ways: list[tuple[Share, Share, bool, bool]],
) -> None:
    pieces = [first for first, _, _, _ in ways]
    assert together(pieces, ways) == together(pieces[::-1], ways[::-1])


taken = st.tuples(st.integers(1, 6), st.integers(1, 6), share, share).filter(
    lambda row: row[2:] != ("none", "none")
)


@given(st.lists(taken, min_size=1, max_size=12))
def test_successors_and_predecessors_agree(rows: list[tuple[int, int, Share, Share]]) -> None:
    clauses = [
        (f"9900{target}@{FIRST}", [(f"9900{source}@", area, people)])
        for source, target, area, people in rows
    ]
    made = chain(clauses)
    for unit_id in [each for each in made.units if each.endswith("@") and each != "99@"]:
        for passage in successors(made, unit_id, FIRST).passages:
            back = predecessors(made, passage.unit).passages
            (same,) = [each for each in back if each.unit == unit_id]
            assert (same.area, same.population) == (passage.area, passage.population)


# The real records


@pytest.fixture(scope="module")
def real(root: Path) -> Registry:
    return load(root)


def test_binh_xa_was_divided_by_clauses_40_and_43_of_resolution_1672(real: Registry) -> None:
    answer = successors(real, "06622@", FIRST)
    assert shares(answer.passages) == {
        "06613@2025-07-01": ("part", "part", True),
        "06625@2025-07-01": ("rest", "rest", True),
    }
    assert [each.path[0].clause for each in answer.passages] == [40, 43]
    assert [real.units[each.unit].full_name for each in answer.passages] == [
        "Xã Đình Lập",
        "Xã Kiên Mộc",
    ]


def test_every_former_unit_of_both_provinces_leads_to_a_present_one(real: Registry) -> None:
    former = [
        each.id
        for each in real.units.values()
        if each.level == "commune" and each.row.valid_to == BEFORE
    ]
    answers = [successors(real, each, FIRST) for each in former]
    assert len(former) == 194 + 133
    assert {answer.state for answer in answers} == {"followed"}
    assert sum(answer.divided for answer in answers) == 2
    assert sum(len(answer.passages) for answer in answers) == 196 + 133
