"""Damage by conversion never changes what is read: any plan, any mix of glitches."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.findings import RegistryError
from builder.ingest.resolution import Origin, Reading, read_resolution
from builder.ingest.resolution.text import Text
from tests.ingest import drafting
from tests.ingest.province import ROWS

DAMAGE = {
    "spaces": drafting.drop_spaces,
    "bold": drafting.mark_bold,
    "spelling": drafting.respell,
    "lines": drafting.wrap,
    "table": lambda text, _: drafting.table_head(text),
}
ORDER = ("spelling", "spaces", "bold", "lines", "table")


def _read(text: str) -> Reading:
    return read_resolution(Text(text), ROWS, Origin("9999_NQ-UBTVQH15.md"))


def _pairs(reading: Reading) -> set[tuple[object, ...]]:
    assert reading.record is not None
    return {
        (event.clause, source.unit, event.target, source.area, source.population, source.after)
        for event in reading.record.events
        for source in event.sources
    }


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9), splits=st.sampled_from([0.0, 0.1, 0.4]))
def test_a_drafted_resolution_reads_back_as_planned(seed: int, splits: float) -> None:
    chance = drafting.chance_of(seed)
    plan = drafting.plan(ROWS, chance, splits)
    reading = _read(drafting.draft(plan, chance))
    assert _pairs(reading) == plan.pairs()
    assert reading.report.fine


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10**9),
    kinds=st.sets(st.sampled_from(sorted(DAMAGE)), min_size=1),
)
def test_damage_changes_no_pair_and_no_share(seed: int, kinds: set[str]) -> None:
    chance = drafting.chance_of(seed)
    plan = drafting.plan(ROWS, chance, 0.2)
    text = drafting.draft(plan, chance)
    for kind in ORDER:
        if kind in kinds:
            text = DAMAGE[kind](text, chance)
    assert _pairs(_read(text)) == plan.pairs()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9))
def test_damage_without_respelling_changes_no_digest(seed: int) -> None:
    chance = drafting.chance_of(seed)
    text = drafting.draft(drafting.plan(ROWS, chance, 0.2), chance)
    damaged = drafting.wrap(drafting.mark_bold(drafting.drop_spaces(text, chance), chance), chance)
    one, other = _read(text).record, _read(damaged).record
    assert one is not None
    assert other is not None
    assert one.events == other.events


@settings(max_examples=40, deadline=None, derandomize=True)
@given(text=st.text(max_size=400), cut=st.floats(0, 1))
def test_any_text_at_all_is_read_without_failing(text: str, cut: float) -> None:
    chance = drafting.chance_of(len(text))
    whole = drafting.draft(drafting.plan(ROWS, chance, 0.2), chance)
    at = int(len(whole) * cut)
    with suppress(RegistryError):
        assert _read(f"{whole[:at]}{text}{whole[at:]}").report.clauses >= 0
