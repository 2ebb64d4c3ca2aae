"""Rules on merger records: each wrong record is found, on its line, by its rule."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from builder.cli import app
from tests.ingest import drafting
from tests.ingest.province import FIRST, ROWS
from tests.ingest.test_ingest_command import lists, text_file
from tests.ingest.test_ingest_command import run as ingest

MERGER = "registry/mergers/2025/9999-nq-ubtvqh15.yaml"
RESOLUTION = "registry/resolutions/trung-uong/2025/9999-nq-ubtvqh15.yaml"
UNITS = "registry/units/vi-du.yaml"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The whole province merged by one resolution: xã Suối Lạnh divided, the others whole."""
    (tmp_path / "registry").mkdir()
    ingest(tmp_path, "units", *lists(tmp_path))
    plan = drafting.plan(ROWS, drafting.chance_of(1), 0.0)
    [taking] = (t for _, takings in plan.clauses for t in takings if t.unit.code == "99022")
    plan.clauses[0][1].append(drafting.Taking(taking.unit, "part", "part"))
    taking.area = taking.population = "rest"
    taking.after = (1,)
    done = ingest(
        tmp_path, "resolution", text_file(tmp_path, drafting.draft(plan, drafting.chance_of(1)))
    )
    assert done.exit_code == 0, done.output
    return tmp_path


def check(root: Path) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), "check", "--format", "json"])


def merger_findings(root: Path) -> dict[str, list[str]]:
    """Messages by rule, of the rules on mergers only."""
    found: dict[str, list[str]] = {}
    for finding in json.loads(check(root).stdout)["findings"]:
        if finding["rule"].startswith("merger-"):
            found.setdefault(finding["rule"], []).append(finding["message"])
    return found


def change(root: Path, old: str, new: str, path: str = MERGER) -> None:
    file = root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def source(code: str, area: str = "whole", population: str = "whole") -> str:
    return f'{{unit: "{code}@", area: {area}, population: {population}'


def test_a_record_as_read_keeps_every_rule(place: Path) -> None:
    assert merger_findings(place) == {}


def test_a_second_remainder_is_found(place: Path) -> None:
    change(place, source("99022", "part", "part"), source("99022", "rest", "rest"))
    found = merger_findings(place)
    assert "Xã Suối Lạnh (99022@) has not one remainder" in found["merger-remainder"][0]


def test_a_record_that_was_withdrawn_may_be_as_wrong_as_it_was(place: Path) -> None:
    change(place, source("99022", "part", "part"), source("99022", "rest", "rest"))
    change(
        place, "verified: false\n", "verified: false\nwithdrawn: {on: 2025-09-01, reason: sai}\n"
    )
    assert merger_findings(place) == {}


def test_a_part_without_a_remainder_is_found(place: Path) -> None:
    change(place, source("99001"), source("99001", "part", "part"))
    assert "and no clause the rest" in merger_findings(place)["merger-remainder"][0]


def test_a_unit_taken_whole_twice_is_found(place: Path) -> None:
    change(place, source("99002"), source("99001"))
    found = merger_findings(place)
    assert "Xã An Bình (99001@) has not one remainder" in found["merger-remainder"][0]


def test_area_and_people_apart_need_the_stated_exception(place: Path) -> None:
    change(place, source("99022", "part", "part"), source("99022", "whole", "none"))
    change(place, source("99022", "rest", "rest"), source("99022", "none", "rest"))
    assert "apart" in merger_findings(place)["merger-remainder"][0]
    text = (place / MERGER).read_text("utf-8")
    blocks = text.split("- clause: ")[1:]
    clauses = [block.split("\n", 1)[0] for block in blocks if '"99022@"' in block]
    stated = (
        f'split_exceptions:\n  - unit: "99022@"\n    clauses: [{", ".join(clauses)}]\n'
        "    why: chia dân số\nevents:"
    )
    change(place, "events:\n", stated + "\n")
    assert "merger-remainder" not in merger_findings(place)


def test_a_remainder_after_another_clause_is_a_warning(place: Path) -> None:
    change(place, "after: [", "after: [7, ")
    [finding] = [
        finding
        for finding in json.loads(check(place).stdout)["findings"]
        if finding["rule"] == "merger-reference"
    ]
    assert finding["severity"] == "warning"


@pytest.mark.parametrize(
    ("first", "then", "sound"),
    [
        ("whole", "rest", True),
        ("none", "rest", True),
        ("none", "whole", True),
        ("none", "none", False),
        ("whole", "whole", False),
        ("part", "whole", False),
        ("part", "part", False),
        ("part", "none", False),
    ],
)
def test_people_are_taken_whole_once_or_in_parts_with_one_remainder(
    place: Path, first: str, then: str, sound: bool
) -> None:
    change(place, source("99022", "part", "part"), source("99022", "part", first))
    change(place, source("99022", "rest", "rest"), source("99022", "rest", then))
    assert ("merger-remainder" in merger_findings(place)) is not sound


def test_a_source_that_gives_nothing_is_refused(place: Path) -> None:
    change(place, source("99022", "part", "part"), source("99022", "none", "none"))
    [message] = [f["message"] for f in json.loads(check(place).stdout)["findings"]][:1]
    assert "a source gives area or people" in message


def test_a_remainder_that_names_no_clauses_is_no_fault(place: Path) -> None:
    change(place, ", after: [1]", "")
    assert merger_findings(place) == {}


def test_a_missing_unit_is_found(place: Path) -> None:
    file = place / MERGER
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if source("99002") not in line), "utf-8")
    assert merger_findings(place) == {
        "merger-complete": ["no clause takes Xã Bình Minh (99002@)"],
    }


def test_a_unit_that_no_clause_forms_is_found(place: Path) -> None:
    line = '  - {code: "99025", type: xã, name: Thừa Ra, parent: "99", valid_from: 2025-07-01}\n'
    file = place / UNITS
    file.write_text(file.read_text("utf-8") + line, "utf-8")
    found = merger_findings(place)["merger-complete"]
    assert found == ["0 clauses form Xã Thừa Ra (99025@2025-07-01)"]


@pytest.mark.parametrize("field", ["units", "xa", "phuong", "dac_khu", "unchanged"])
def test_a_total_that_does_not_match_is_found(place: Path, field: str) -> None:
    text = (place / MERGER).read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith(f"  {field}: "))
    change(place, line, f"  {field}: 77")
    assert f"says 77 {field}" in merger_findings(place)["merger-totals"][0]


def test_a_gap_in_the_clauses_is_found(place: Path) -> None:
    change(place, "  - clause: 2\n", "  - clause: 1\n")
    assert merger_findings(place)["merger-clauses"] == [
        "clause 1 has 2 events", "clause 2 has 0 events",
    ]  # fmt: skip


def test_a_target_code_from_nowhere_is_found(place: Path) -> None:
    change(place, source("99001"), source("99002"))
    found = merger_findings(place)["merger-code"]
    assert found == ["Xã An Bình: no source has its code 99001"]


def test_a_new_code_of_an_island_district_is_no_fault(place: Path) -> None:
    assert 'target: "99030@2025-07-01"' in (place / MERGER).read_text("utf-8")
    assert "merger-code" not in merger_findings(place)


def test_an_event_before_its_source_exists_is_found(place: Path) -> None:
    change(place, 'unit: "99002@"', 'unit: "99004@2025-07-01"')
    found = merger_findings(place)["merger-dates"]
    assert found == ["Xã Hòa Bình (99004@2025-07-01) does not stand on 2025-06-30"]


def test_a_target_that_ended_before_is_found(place: Path) -> None:
    change(place, 'target: "99001@2025-07-01"', 'target: "99001@"')
    found = merger_findings(place)["merger-dates"]
    assert found == [f"Xã An Bình (99001@) does not stand on {FIRST}"]


def test_operation_before_adoption_is_found(place: Path) -> None:
    change(place, "adopted: 2025-06-16", "adopted: 2025-07-16")
    assert "operation begins before adoption" in merger_findings(place)["merger-dates"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("stage: adopted", "stage: draft", "is no adopted resolution"),
        (
            "verified: false",
            "verified: false\nwithdrawn: {on: 2025-09-01, reason: sai}",
            "moves nothing",
        ),
        ("adopted: 2025-06-16", "adopted: 2025-06-15", "on 2025-06-15"),
    ],
)
def test_a_resolution_that_was_not_adopted_on_that_day_is_found(
    place: Path, old: str, new: str, message: str
) -> None:
    change(place, old, new, RESOLUTION)
    [found] = merger_findings(place)["merger-resolution"]
    assert message in found


def test_a_cycle_is_found(place: Path) -> None:
    change(place, 'unit: "99002@"', 'unit: "99001@2025-07-01"')
    found = merger_findings(place)["merger-cycle"]
    assert found == ["Xã An Bình (99001@2025-07-01) is a predecessor of itself"]


@pytest.mark.parametrize("kind", ["rename", "retype", "unchanged"])
def test_a_kind_that_the_sources_belie_is_found(place: Path, kind: str) -> None:
    change(place, "kind: merge", f"kind: {kind}")
    assert f"{kind} takes one unit as a whole" in merger_findings(place)["merger-kind"][0]


def test_a_retyping_that_keeps_the_type_is_found(place: Path) -> None:
    change(place, "kind: retype", "kind: rename")
    assert "rename, but" in merger_findings(place)["merger-kind"][0]
