"""A small world for tests of force: one standing body, documents x, y, z, two waves of units."""

import datetime as dt
from itertools import pairwise

from builder.derive.force import state_on
from builder.derive.verdicts import Span
from builder.models.base import Record
from builder.registry import Registry
from tests.derive.papers import HDND, body, day, paper, rule, with_records
from tests.derive.waves import chain

X, Y, Z = (f"documents/vi-du/{name}" for name in "xyz")
A, B, C = (f"9900{n}@" for n in (1, 2, 3))
A25, B25 = (f"9900{n}@2025-07-01" for n in (1, 2))
SINCE = {"adopted": day("2025-01-01"), "effective": day("2025-01-10")}


def of(**records: Record) -> Registry:
    """A registry with one standing body, HDND, and documents x, y, z."""
    world = {HDND: body("99@")}
    world.update({f"documents/vi-du/{name}": record for name, record in records.items()})
    return with_records(chain([(A25, [(A, "whole", "whole")])]), world)


def state(registry: Registry, on: str, record_id: str = X) -> str:
    return state_on(registry, record_id, day(on)).state


def rules(registry: Registry, on: str, record_id: str = X) -> list[str]:
    return [reason.rule for reason in state_on(registry, record_id, day(on)).reasons]


def inheriting(*rules: tuple[str, str | None], regime: str = "normative") -> Registry:
    """A divided over two new units, B merged whole; x is of A, y of B."""
    world: dict[str, Record] = {
        "bodies/vi-du/a": body(A),
        "bodies/vi-du/b": body(B),
        "bodies/vi-du/a25": body(A25),
        X: paper("bodies/vi-du/a", regime=regime),
        Y: paper("bodies/vi-du/b", regime=regime),
    }
    for case, effect in rules:
        world[f"rules/{case}"] = rule(case.replace("-", "_"), effect, regimes=["normative"])
    units = [
        (A25, [(A, "part", "part"), (B, "whole", "whole")]),
        (B25, [(A, "rest", "rest")]),
    ]
    return with_records(chain(units), world)


def covers_all_time(spans: tuple[Span, ...]) -> bool:
    ends = spans[0].first is None and spans[-1].last is None
    return ends and all(
        before.last is not None and after.first == before.last + dt.timedelta(days=1)
        for before, after in pairwise(spans)
    )
