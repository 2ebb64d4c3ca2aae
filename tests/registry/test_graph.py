"""The graph: what is linked to what, on records written as files."""

import datetime as dt
from pathlib import Path

from builder.registry import load
from tests.registries import write


def test_a_unit_stands_on_both_ends_of_its_span_and_not_beyond(tmp_path: Path) -> None:
    units = load(write(tmp_path)).units
    former, present = units["99001@"], units["99001@2025-07-01"]
    assert former.exists_on(dt.date(2025, 6, 30))
    assert not former.exists_on(dt.date(2025, 7, 1))
    assert present.exists_on(dt.date(2025, 7, 1))
    assert not present.exists_on(dt.date(2025, 6, 30))


def test_a_former_commune_has_its_district_and_its_province(tmp_path: Path) -> None:
    registry = load(write(tmp_path))
    former = registry.units["99001@"]
    assert [registry.district(former).id, registry.province(former).id] == ["991@", "99@"]


def test_a_present_commune_has_a_province_and_no_district(tmp_path: Path) -> None:
    registry = load(write(tmp_path))
    present = registry.units["99001@2025-07-01"]
    assert registry.district(present) is None
    assert registry.province(present).id == "99@"


def test_a_record_knows_who_refers_to_it(tmp_path: Path) -> None:
    registry = load(write(tmp_path))
    links = registry.links_to["bodies/vi-du/an-binh/ubnd"]
    assert [(link.source, link.at) for link in links] == [
        ("documents/vi-du/an-binh/ke-hoach-thu", ("issuer",))
    ]


def test_an_instrument_belongs_to_the_unit_of_its_issuer(tmp_path: Path) -> None:
    registry = load(write(tmp_path))
    assert registry.unit_of("documents/vi-du/an-binh/ke-hoach-thu") == "99001@2025-07-01"
    assert [i for i, _ in registry.instruments_of["99001@2025-07-01"]] == [
        "documents/vi-du/an-binh/ke-hoach-thu"
    ]


def test_loading_twice_with_the_cache_gives_equal_records(tmp_path: Path) -> None:
    first, again = load(write(tmp_path)), load(tmp_path)
    assert first.entries == again.entries
    assert load(tmp_path, cache=False).entries == first.entries
