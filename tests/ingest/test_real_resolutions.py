"""The eight real resolutions: known truths, and the same events from damaged texts."""

import csv
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.ingest.resolution import Origin, Reading, read_resolution
from builder.ingest.resolution.text import Text
from builder.ingest.units import read_unit_lists
from builder.models.units import UnitRow
from tests.ingest import drafting

pytestmark = pytest.mark.shared

PROVINCES = {
    "1656": "ha-noi", "1658": "bac-ninh", "1663": "dong-thap", "1665": "ha-tinh",
    "1671": "lam-dong", "1672": "lang-son", "1675": "hue", "1681": "son-la",
}  # fmt: skip


@pytest.fixture(scope="module")
def units(shared: Path) -> dict[str, tuple[UnitRow, ...]]:
    data = shared / "data"
    lists = read_unit_lists(data / "units_before.csv", data / "units_after.csv")
    assert lists.findings == []
    return {slug: file.units for slug, file in lists.files.items()}


@pytest.fixture(scope="module")
def readings(shared: Path, units: dict[str, tuple[UnitRow, ...]]) -> dict[str, Reading]:
    return {number: _read(_text(shared, number), units, number) for number in PROVINCES}


def _text(shared: Path, number: str) -> str:
    return (shared / "data" / "resolutions" / f"{number}_NQ-UBTVQH15.md").read_text("utf-8")


def _read(text: str, units: dict[str, tuple[UnitRow, ...]], number: str) -> Reading:
    return read_resolution(Text(text), units[PROVINCES[number]], Origin(f"{number}_NQ-UBTVQH15.md"))


def _rows(reading: Reading, name: str) -> list[tuple[int, str, str]]:
    """(clause, area, population) of every event that takes of the unit of that full name."""
    ids = {unit for unit, full in reading.names.items() if full == name}
    return [
        (event.clause, source.area, source.population)
        for event in reading.record.events
        for source in event.sources
        if source.unit in ids
    ]


def _totals(reading: Reading) -> tuple[int, int, int, int]:
    """Former units, new units, pairs, divided units."""
    counts = Counter(s.unit for e in reading.record.events for s in e.sources if s.unit)
    divided = sum(count > 1 for count in counts.values())
    return len(counts), len(reading.record.events), counts.total(), divided


def test_all_is_resolved_and_every_invariant_holds_in_all_eight(
    readings: dict[str, Reading],
) -> None:
    for number, reading in readings.items():
        assert reading.report.fine, (number, list(reading.report.lines()))
        assert all(each.holds for each in reading.report.invariants), number
        assert reading.report.inferred == ()


def test_1672_gives_194_to_65_with_196_pairs_and_two_divided(readings: dict[str, Reading]) -> None:
    assert _totals(readings["1672"]) == (194, 65, 196, 2)


def test_1675_gives_133_to_40_with_133_pairs_and_none_divided(readings: dict[str, Reading]) -> None:
    assert _totals(readings["1675"]) == (133, 40, 133, 0)
    kept = [e for e in readings["1675"].record.events if e.kind == "unchanged"]
    assert [(event.clause, readings["1675"].names[event.target]) for event in kept] == [
        (40, "phường Dương Nỗ")
    ]


def test_binh_xa_and_kien_moc_are_divided_as_clauses_40_to_43_say(
    readings: dict[str, Reading],
) -> None:
    parts = [(40, "part", "part"), (43, "rest", "rest")]
    assert _rows(readings["1672"], "xã Bính Xá, huyện Đình Lập") == parts
    parts = [(42, "part", "part"), (43, "rest", "rest")]
    assert _rows(readings["1672"], "xã Kiên Mộc, huyện Đình Lập") == parts
    event = next(e for e in readings["1672"].record.events if e.clause == 43)
    assert [source.after for source in event.sources] == [(), (40,), (42,)]


def test_ky_loi_gives_its_area_to_one_unit_and_its_people_to_two_others(
    readings: dict[str, Reading],
) -> None:
    assert _rows(readings["1665"], "xã Kỳ Lợi, thị xã Kỳ Anh") == [
        (62, "whole", "none"), (63, "none", "part"), (64, "none", "rest"),
    ]  # fmt: skip
    exceptions = readings["1665"].record.split_exceptions
    assert [each.clauses for each in exceptions] == [(62, 63, 64)]
    others = [r.record.split_exceptions for n, r in readings.items() if n != "1665"]
    assert not any(others)


def test_the_firing_range_is_a_place_and_the_only_one(readings: dict[str, Reading]) -> None:
    places = [
        (number, event.clause, source.place, source.area, source.population)
        for number, reading in readings.items()
        for event in reading.record.events
        for source in event.sources
        if source.place
    ]
    assert places == [("1658", 34, "Trường bắn TB1", "whole", "none")]


def test_lam_dong_renames_one_and_forms_a_special_zone(readings: dict[str, Reading]) -> None:
    record, names = readings["1671"].record, readings["1671"].names
    renamed = [e for e in record.events if e.kind == "rename"]
    assert [(e.clause, names[e.target]) for e in renamed] == [(120, "xã Đạ Huoai 3")]
    zone = next(e for e in record.events if e.clause == 119)
    assert names[zone.target] == "đặc khu Phú Quý"
    assert len(zone.sources) == 3
    assert (record.totals.units, record.totals.xa, record.totals.phuong, record.totals.dac_khu) == (
        124, 103, 20, 1,
    )  # fmt: skip


def test_dai_kim_gives_all_its_people_to_one_unit(readings: dict[str, Reading]) -> None:
    assert _rows(readings["1656"], "phường Đại Kim, quận Hoàng Mai") == [
        (19, "part", "whole"), (20, "part", "none"), (23, "part", "none"), (48, "rest", "rest"),
    ]  # fmt: skip


_CRUDE = (
    (r"một phần diện tích tự nhiên, toàn bộ quy mô dân số", "part", "whole"),
    (r"toàn bộ diện tích tự nhiên, quy mô dân số", "whole", "whole"),
    (r"một phần diện tích tự nhiên, quy mô dân số", "part", "part"),
    (r"toàn bộ diện tích tự nhiên", "whole", "none"),
    (r"một phần diện tích tự nhiên", "part", "none"),
    (r"một phần quy mô dân số", "none", "part"),
    (r"phần quy mô dân số còn lại", "none", "rest"),
    (r"phần còn lại", "rest", "rest"),
    (r"Đổi tên", "whole", "whole"),
)


def _crude(text: str) -> dict[int, list[tuple[str, str]]]:
    """Shares by clause in order, counted by commas alone: another way to the same figures."""
    body = unicodedata.normalize("NFC", text.split("như sau:")[1].split("**Điều 2")[0])
    body = re.sub(r"\s+", " ", re.sub(r"[*\\]", "", body))
    found: dict[int, list[tuple[str, str]]] = {}
    for clause in re.split(r" (?=\d+\. (?:Sắp|Đổi|Sau))", body)[1:]:
        number, _, words = clause.partition(". ")
        if words.startswith("Sau khi"):
            continue
        words = re.split(r"thành (?:xã|phường|đặc khu)(?: mới)? có|thành xã Đạ Huoai", words)[0]
        words = re.sub(r"\([^)]*\)", "", words)
        numbers = r"(?:các )?(?:(?:, | và )?(?:khoản ?)?\d+)+(?: Điều này)?"
        words = re.sub(rf"sau khi sắp xếp theo quy định tại {numbers}", "", words)
        pieces = re.split("(" + "|".join(formula for formula, *_ in _CRUDE) + ")(?: của)?", words)
        shares = {re.sub(r"\W", "", formula): (area, people) for formula, area, people in _CRUDE}
        taken: list[tuple[str, str]] = []
        for formula, names in zip(pieces[1::2], pieces[2::2], strict=True):
            listed = re.split(r",|(?<=[\w)])và |và(?= |xã|An|thị|các)|(?<=n)xã |Cầm xã", names)
            count = sum(bool(re.sub(r"\W|các|xã|thị trấn", "", name)) for name in listed)
            taken += [shares[re.sub(r"\W", "", formula)]] * count
        found[int(number)] = taken
    return found


@pytest.mark.parametrize("number", PROVINCES)
def test_a_crude_count_of_commas_gives_the_same_shares_clause_by_clause(
    number: str, shared: Path, readings: dict[str, Reading]
) -> None:
    read = {
        event.clause: [(source.area, source.population) for source in event.sources]
        for event in readings[number].record.events
        if event.kind != "unchanged"
    }
    assert read == _crude(_text(shared, number))


@pytest.mark.parametrize("number", PROVINCES)
def test_mutants_of_a_text_give_the_same_events(
    number: str, shared: Path, units: dict[str, tuple[UnitRow, ...]], readings: dict[str, Reading]
) -> None:
    original = _text(shared, number)
    for seed in range(2):
        chance = drafting.chance_of(f"{number}-{seed}")
        flat = re.sub(r"(?<=\S)\n(?=\S)", " ", original)
        for mutant in (
            drafting.drop_spaces(original, chance, 0.3),
            drafting.wrap(drafting.drop_spaces(flat, chance, 0.1), chance),
            drafting.mark_bold(original.replace("**", ""), chance),
            re.sub(r"[*\\]", "", original),
            unicodedata.normalize("NFD", original),
        ):
            reading = _read(mutant, units, number)
            assert reading.record is not None
            assert reading.record.events == readings[number].record.events
            assert reading.report.fine


def test_plans_for_every_province_of_the_nation_read_back(
    units: dict[str, tuple[UnitRow, ...]],
) -> None:
    wrong = []
    for slug, rows in units.items():
        chance = drafting.chance_of(slug)
        plan = drafting.plan(list(rows), chance)
        text = drafting.respell(drafting.draft(plan, chance), chance)
        text = drafting.wrap(drafting.mark_bold(drafting.drop_spaces(text, chance), chance), chance)
        reading = read_resolution(Text(text), rows, Origin("9999_NQ-UBTVQH15.md"))
        pairs = {
            (e.clause, s.unit, e.target, s.area, s.population, s.after)
            for e in reading.record.events
            for s in e.sources
        }
        if pairs != plan.pairs() or not reading.report.fine:
            wrong.append((slug, pairs ^ plan.pairs()))
    assert wrong == []


def test_from_an_empty_registry_all_eight_are_read_and_exported(
    shared: Path, tmp_path: Path
) -> None:
    (tmp_path / "registry").mkdir()
    data = shared / "data"
    run = CliRunner()
    root = ["--root", str(tmp_path)]
    lists = ["--before", str(data / "units_before.csv"), "--after", str(data / "units_after.csv")]
    done = run.invoke(app, [*root, "ingest", "units", *lists])
    assert done.exit_code == 0, done.output
    files = sorted(str(path) for path in (data / "resolutions").glob("*.md"))
    begun = time.process_time()
    done = run.invoke(app, [*root, "ingest", "resolution", *files])
    assert time.process_time() - begun < 4, "reading has become many times slower"
    assert done.exit_code == 0, done.output
    assert run.invoke(app, [*root, "check"]).exit_code == 0
    table = tmp_path / "pairs.csv"
    done = run.invoke(app, [*root, "export", "mergers", "-o", str(table)])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    assert len([row for row in rows if row["old_code"]]) == 2488
    assert len({(row["resolution"], row["clause"], row["new_code"]) for row in rows}) == 700


def test_the_committed_records_are_what_the_texts_say(
    root: Path, shared: Path, tmp_path: Path
) -> None:
    (tmp_path / "registry").mkdir()
    data = shared / "data"
    run = CliRunner()
    for arguments in (
        ["ingest", "units", "--before", str(data / "units_before.csv"),
         "--after", str(data / "units_after.csv"), "--province", "20", "--province", "46"],
        ["ingest", "resolution", "--publisher", "github.com/dvhcvn/20250701 (MIT)",
         "--url", "https://github.com/dvhcvn/20250701",
         *(str(data / "resolutions" / f"{n}_NQ-UBTVQH15.md") for n in (1672, 1675))],
    ):  # fmt: skip
        assert run.invoke(app, ["--root", str(tmp_path), *arguments]).exit_code == 0
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.yaml"))
    made = [path for path in made if path.parts[1] in ("units", "mergers")]
    assert len(made) == 4
    for path in made:
        assert (root / path).read_text("utf-8") == (tmp_path / path).read_text("utf-8")
