"""Pages of units that went through two waves."""

import datetime as dt

import pytest

from builder.registry import Registry
from builder.site.pages.units import commune_context
from builder.site.view import View
from tests.derive.waves import SECOND, chain

A, B = "99001@", "99002@"
A25, A26 = "99001@2025-07-01", "99001@2026-04-30"


@pytest.fixture
def twice() -> Registry:
    """A and a part of B became A25, which was retyped with the same code."""
    return chain(
        [
            (A25, [(A, "whole", "whole"), (B, "part", "part")]),
            ("99002@2025-07-01", [(B, "rest", "rest")]),
        ],
        [(A26, [(A25, "whole", "whole")])],
    )


def context(registry: Registry, unit: str, day: dt.date) -> dict[str, object]:
    return commune_context(View(registry, day), registry.units[unit])


def test_a_former_unit_says_where_it_is_after_both_waves(twice: Registry) -> None:
    later = context(twice, B, SECOND)["later"]
    assert [
        (row["unit"].address, row["share"], [step["words"] for step in row["steps"]])
        for row in later  # type: ignore[attr-defined]
    ] == [
        (
            f"units/vi-du/{A26}/",
            "một phần diện tích tự nhiên và quy mô dân số",
            ["khoản 1, từ ngày 01/7/2025", "khoản 1, từ ngày 30/4/2026"],
        ),
        (
            "units/vi-du/99002@2025-07-01/",
            "phần còn lại diện tích tự nhiên và quy mô dân số",
            ["khoản 2, từ ngày 01/7/2025"],
        ),
    ]


def test_a_present_unit_names_the_units_before_its_predecessors(twice: Registry) -> None:
    earlier = context(twice, A26, SECOND)["earlier"]
    assert [row["unit"].address for row in earlier] == [  # type: ignore[attr-defined]
        f"units/vi-du/{A}/",
        f"units/vi-du/{B}/",
    ]


def test_after_one_wave_nothing_is_said_twice(twice: Registry) -> None:
    day = SECOND - dt.timedelta(days=1)
    assert context(twice, A, day)["later"] == []
    assert context(twice, A25, day)["earlier"] == []
