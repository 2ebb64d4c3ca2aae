"""What is remembered of documents is what would be worked out afresh, whatever has changed."""

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.derive.force import states_known, states_of
from builder.findings import RegistryError
from builder.models import Instrument
from builder.registry import load
from builder.site.memory import Memory
from builder.site.neighbours import everywhere, instrument_key, standing_digest
from builder.site.page import SiteContext
from builder.site.view import View
from tests.history.conftest import MERGER, MERGER_ID, RESOLUTION, RESOLUTION_ID
from tests.registries import DOCUMENT, HEAD, UNITS, write
from tests.site.test_neighbours import CHANGES, RECORDS, VI_DU

DAY = dt.date(2026, 1, 31)
Told = dict[str, tuple[str, str, str]]  # by document: its states, key and standing


def look(root: Path, *, remembered: Path | None = None) -> tuple[View, Told]:
    """What the site of a registry tells of its documents, with or without a memory."""
    registry = SiteContext(root, load(root), DAY).registry
    view = View(registry, DAY)
    if remembered is not None:
        view.memory = Memory(remembered, everywhere(view))
        view.memory.recall(registry)
    told = {
        record_id: (
            states_of(registry, record_id),
            instrument_key(view, registry.entries[record_id]),
            standing_digest(view, record_id),
        )
        for record_id, _ in registry.of(Instrument)
    }
    return view, told


def remember(root: Path, path: Path) -> None:
    """Writes down what is worked out afresh, as a build does at its end."""
    registry = SiteContext(root, load(root), DAY).registry
    view = View(registry, DAY)
    view.memory = Memory(path, everywhere(view))
    view.memory.recall(registry)
    for record_id, _ in registry.of(Instrument):
        states_of(registry, record_id)
        instrument_key(view, registry.entries[record_id])
        standing_digest(view, record_id)
    view.memory.keep(registry)


def recalled(root: Path, path: Path) -> tuple[set[str], set[str]]:
    """Documents whose states, and whose pages, are remembered."""
    registry = SiteContext(root, load(root), DAY).registry
    memory = Memory(path, everywhere(View(registry, DAY)))
    memory.recall(registry)
    return set(states_known(registry)), set(memory.known)


def change(root: Path, record: str, kind: str) -> None:
    path = root / record
    if path.exists():
        text = CHANGES[kind](path.read_text(encoding="utf-8"))
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The fictional province, and what is remembered of it."""
    root = tmp_path_factory.mktemp("province")
    shutil.copytree(VI_DU / "registry", root / "registry")
    remember(root, root / "kept.json")
    return root, root / "kept.json"


def compare(province: tuple[Path, Path], changes: Iterable[tuple[str, str]]) -> int:
    """Changes records, compares, and takes it back; how many pages were remembered."""
    root, kept = province
    before = {record: (root / record).read_bytes() for record, _ in changes}
    try:
        for record, kind in changes:
            change(root, record, kind)
        try:
            fresh = look(root)[1]
        except RegistryError:  # a text whose versions no longer fit
            return 0
        view, told = look(root, remembered=kept)
        assert told == fresh
        return len(view.memory.known)
    finally:
        for record, data in before.items():
            (root / record).write_bytes(data)


@pytest.mark.parametrize("kind", CHANGES)
def test_one_changed_record_is_told_as_if_nothing_were_remembered(
    province: tuple[Path, Path], kind: str
) -> None:
    assert sum(compare(province, [(record, kind)]) for record in RECORDS) > 0


@given(st.lists(st.tuples(st.sampled_from(RECORDS), st.sampled_from(sorted(CHANGES))), max_size=4))
@settings(max_examples=40)
def test_several_changed_records_are_told_as_if_nothing_were_remembered(
    province: tuple[Path, Path], changes: list[tuple[str, str]]
) -> None:
    compare(province, changes)


def test_without_a_change_all_is_remembered(province: tuple[Path, Path]) -> None:
    root, kept = province
    states, pages = recalled(root, kept)
    assert states == pages == set(look(root)[1])


RULE = (
    HEAD
    + """\
title: Quy tắc thử
says: Tiếp tục áp dụng.
effect: continues
cases: [merged]
regimes: [administrative]
legal_basis: [{cites: "Luật Ví Dụ, Điều 4"}]
confirmed: false
"""
)
A, B, C, D = (f"documents/vi-du/an-binh/{name}" for name in ("mot", "hai", "ba", "bon"))


def chain(root: Path) -> Path:
    """Four documents: the second repeals the first, the third the second; many others."""
    acts = {A: "", B: f"relations: [{{type: repeals, target: {A}}}]\n",
            C: f"relations: [{{type: repeals, target: {B}}}]\n",
            D: f"relations: [{{type: cites, target: {C}}}]\n"}  # fmt: skip
    documents = {
        one: DOCUMENT.replace("01/KH-UBND", f"{number:02}/KH-UBND") + relations
        for number, (one, relations) in enumerate(acts.items(), 2)
    }
    others = {
        f"documents/vi-du/an-binh/khac-{number}": DOCUMENT.replace("01/KH", f"{number}/KH")
        for number in range(10, 30)
    }
    return write(root, {**documents, **others})


def test_a_change_reaches_what_a_document_acts_upon_and_the_pages_around(tmp_path: Path) -> None:
    chain(tmp_path)
    remember(tmp_path, tmp_path / "kept.json")
    path = tmp_path / f"registry/{C}.yaml"
    path.write_text(path.read_text().replace("stage: adopted", "stage: draft"))
    states, pages = recalled(tmp_path, tmp_path / "kept.json")
    documents = set(look(tmp_path)[1])
    assert documents - states == {A, B, C}
    assert documents - pages == {A, B, C, D}


def test_a_document_that_no_longer_acts_is_forgotten_with_what_it_acted_upon(
    tmp_path: Path,
) -> None:
    chain(tmp_path)
    remember(tmp_path, tmp_path / "kept.json")
    path = tmp_path / f"registry/{C}.yaml"
    path.write_text(path.read_text().partition("relations:")[0])
    states, _ = recalled(tmp_path, tmp_path / "kept.json")
    assert set(look(tmp_path)[1]) - states == {A, B, C}


@pytest.mark.parametrize(
    ("record", "text"), [("units/vi-du", UNITS + "# một dòng\n"), ("rules/moi", RULE)]
)
def test_where_a_change_reaches_everywhere_nothing_is_remembered(
    tmp_path: Path, record: str, text: str
) -> None:
    chain(tmp_path)
    remember(tmp_path, tmp_path / "kept.json")
    write(tmp_path, {record: text})
    assert recalled(tmp_path, tmp_path / "kept.json") == (set(), set())


def test_a_document_that_a_merger_names_reaches_everywhere(tmp_path: Path) -> None:
    chain(tmp_path)
    write(tmp_path, {MERGER_ID: MERGER, RESOLUTION_ID: RESOLUTION})
    remember(tmp_path, tmp_path / "kept.json")
    assert recalled(tmp_path, tmp_path / "kept.json") != (set(), set())
    write(tmp_path, {RESOLUTION_ID: RESOLUTION.replace("title: ", "title: Khác ")})
    assert recalled(tmp_path, tmp_path / "kept.json") == (set(), set())


def test_where_much_has_changed_nothing_is_remembered(tmp_path: Path) -> None:
    chain(tmp_path)
    remember(tmp_path, tmp_path / "kept.json")
    for number in range(10, 20):
        write(tmp_path, {f"documents/vi-du/an-binh/khac-{number}": DOCUMENT})
    assert recalled(tmp_path, tmp_path / "kept.json") == (set(), set())


def test_a_memory_that_is_damaged_is_none(tmp_path: Path) -> None:
    chain(tmp_path)
    kept = tmp_path / "kept.json"
    remember(tmp_path, kept)
    kept.write_bytes(kept.read_bytes()[:-10])
    assert recalled(tmp_path, kept) == (set(), set())
