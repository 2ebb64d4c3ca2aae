"""``registry ingest`` at the command line: files in, records out, and what it says."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from builder.cli import app
from builder.registry import load
from tests.ingest import drafting
from tests.ingest.province import DISTRICTS, FORMER, PRESENT, ROWS, SOME, resolution, whole

TEXT = resolution(
    whole("xã An Bình và xã Bình Minh", "xã An Bình"),
    whole("xã Tân Lập 1 và xã Tân Lập 2", "xã Tân Lập"),
)


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), "ingest", *arguments])


def lists(folder: Path, **changes: str) -> list[str]:
    """Both unit lists as files; ``changes`` replaces text in the list of that name."""

    def listed(kind: str, name: str) -> str:
        return f"{kind.capitalize()} {name}"

    before = ["code,type,name,district_code,district,province_code,province"]
    for code, (kind, name, district) in FORMER.items():
        above = listed(*DISTRICTS[district])
        before.append(
            f"{code},{kind.capitalize()},{listed(kind, name)},{district},{above},99,Tỉnh Ví Dụ"
        )
    before.append("district:994,Huyện,Huyện Hòn Xa,994,Huyện Hòn Xa,99,Tỉnh Ví Dụ")
    after = ["code,type,name,province_code,province"]
    for code, (kind, name) in PRESENT.items():
        after.append(f"{code},{kind.capitalize()},{listed(kind, name)},99,Tỉnh Ví Dụ")
    paths = []
    for option, lines in (("before", before), ("after", after)):
        path = folder / f"{option}.csv"
        text = "\r\n".join(lines) + "\r\n"
        old, new = changes.get(option, "=").split("=", 1)
        path.write_bytes((text.replace(old, new, 1) if old else text).encode("utf-8-sig"))
        paths += [f"--{option}", str(path)]
    return paths


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty registry with the units of the fictional province."""
    (tmp_path / "registry").mkdir()
    assert run(tmp_path, "units", *lists(tmp_path)).exit_code == 0
    return tmp_path


def text_file(folder: Path, text: str, name: str = "9999_NQ-UBTVQH15.md") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_units_of_a_province_are_written_one_a_line_and_load(place: Path) -> None:
    path = place / "registry" / "units" / "vi-du.yaml"
    line = '  - {code: "99006", type: xã, name: Mường Và, parent: "992", valid_to: 2025-06-30}'
    assert line in path.read_text("utf-8").splitlines()
    registry = load(place, cache=False)
    assert registry.findings == ()
    assert registry.units["99008@"].row.name == "1"
    assert registry.units["99012@2025-07-01"].full_name == "Xã Gió Mới"
    assert registry.units["994@"].level == "district"


def test_a_province_that_goes_on_is_one_unit(place: Path) -> None:
    units = load(place, cache=False).units
    assert [unit for unit in units if unit.startswith("99@")] == ["99@"]
    assert units["99@"].row.valid_to is None


def test_a_province_that_another_joins_is_a_new_unit_under_its_old_code(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    moved = "993,Thành phố Ví Dụ,99,Tỉnh Ví Dụ=993,Thành phố Ví Dụ,98,Tỉnh Ví Dụ Nhỏ"
    assert run(tmp_path, "units", *lists(tmp_path, before=moved)).exit_code == 0
    units = load(tmp_path, cache=False).units
    ends = {unit: str(units[unit].row.valid_to) for unit in units if len(unit.split("@")[0]) == 2}
    assert ends == {"98@": "2025-06-30", "99@": "2025-06-30", "99@2025-07-01": "None"}


def test_a_second_run_changes_nothing(place: Path) -> None:
    path = place / "registry" / "units" / "vi-du.yaml"
    before = path.read_bytes(), path.stat().st_mtime_ns
    done = run(place, "units", *lists(place))
    assert "unchanged" in done.output
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        ({"before": "99002,Xã=99001,Xã"}, 3, "stands on line 2"),
        ({"before": ",Xã Bình Minh,=,,"}, 3, "nothing under name"),
        ({"before": "district_code=quan"}, 1, "no column district_code"),
        ({"after": "99001,Xã,Xã An Bình=9A001,Xã,Xã An Bình"}, 2,
         "code: '9A001' does not have the form expected\n    write a code of 2, 3 or 5 digits"),
        ({"after": "99001,Xã,Xã An Bình=99001,Xã,An Bình"}, 2,
         "type: '' is none of the values allowed\n    begin the name with its type, e.g. xã"),
    ],
)  # fmt: skip
def test_a_fault_in_a_list_is_told_with_its_line_and_nothing_is_written(
    tmp_path: Path, change: dict[str, str], line: int, says: str
) -> None:
    (tmp_path / "registry").mkdir()
    done = run(tmp_path, "units", *lists(tmp_path, **change))
    assert done.exit_code == 1
    assert f".csv:{line}:1: error [unit-list] " in done.output
    assert says in done.output
    assert not (tmp_path / "registry" / "units").exists()


def test_a_province_that_the_lists_do_not_have_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    done = run(tmp_path, "units", *lists(tmp_path), "--province", "77")
    assert done.exit_code == 2
    assert "no province has the code 77" in done.output


def test_a_resolution_becomes_a_record_that_loads(place: Path) -> None:
    run(place, "resolution", text_file(place, TEXT))
    registry = load(place, cache=False)
    assert registry.findings == ()
    merger = registry.entries["mergers/2025/9999-nq-ubtvqh15"].record
    assert [event.target for event in merger.events] == ["99001@2025-07-01", "99015@2025-07-01"]
    assert merger.access == "public"
    assert merger.verified is False


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--url", "foo", "--url: 'foo' does not have the form expected\n  write the whole address"),
        ("--publisher", "", "--publisher: nothing stands there"),
    ],
)
def test_what_no_source_can_be_is_wrong_usage(
    place: Path, option: str, value: str, says: str
) -> None:
    done = run(place, "resolution", text_file(place, TEXT), option, value)
    assert done.exit_code == 2
    assert says in done.output


def test_a_text_that_is_no_resolution_is_told_so_with_its_name_once(place: Path) -> None:
    path = text_file(place, "Kính gửi: Ủy ban nhân dân xã An Bình.\n", "thu.md")
    done = run(place, "resolution", path)
    assert done.exit_code == 1
    assert done.output.startswith(f"{path}: it names no province as merger resolutions do\n")


def test_a_registry_made_by_ingest_alone_passes_check(place: Path) -> None:
    plan = drafting.plan(ROWS, drafting.chance_of(2), 0.1)
    text = drafting.draft(plan, drafting.chance_of(2))
    assert run(place, "resolution", text_file(place, text)).exit_code == 0
    done = CliRunner().invoke(app, ["--root", str(place), "check"])
    assert done.exit_code == 0, done.output


def test_the_resolution_gets_a_record_of_its_own_once(place: Path) -> None:
    run(place, "resolution", text_file(place, TEXT))
    path = place / "registry" / "resolutions" / "trung-uong" / "2025" / "9999-nq-ubtvqh15.yaml"
    record = load(place, cache=False).entries["resolutions/trung-uong/2025/9999-nq-ubtvqh15"].record
    assert (record.number, str(record.dates.adopted)) == ("9999/NQ-UBTVQH15", "2025-06-16")
    assert record.territory == ("99@",)
    path.write_text(path.read_text("utf-8") + "notes: Của người biên tập\n", "utf-8")
    run(place, "resolution", text_file(place, TEXT))
    assert "Của người biên tập" in path.read_text("utf-8")


def test_invisible_and_reordering_signs_reach_no_record(place: Path) -> None:
    text = TEXT.replace("xã Bình Minh", "xã Bình\u202e Minh và khu đất\x07 \u2066trống")
    run(place, "resolution", text_file(place, text))
    assert load(place, cache=False).findings == ()


def test_comments_of_the_record_name_the_units(place: Path) -> None:
    run(place, "resolution", text_file(place, TEXT))
    text = (place / "registry" / "mergers" / "2025" / "9999-nq-ubtvqh15.yaml").read_text("utf-8")
    assert 'target: "99001@2025-07-01"  # xã An Bình' in text
    line = '- {unit: "99002@", area: whole, population: whole}  # xã Bình Minh, huyện Sông Mẫu'
    assert line in text


def test_the_report_counts_and_names_what_was_not_read_and_the_exit_code_is_one(
    place: Path,
) -> None:
    text = resolution(whole("xã An Bình và xã Trời Cao", "xã An Bình"))
    done = run(place, "resolution", text_file(place, text), "--json")
    assert done.exit_code == 1
    [report] = json.loads(done.output)["files"]
    assert report["resolved"] == {"exact": 2, "equivalent": 0, "loose": 0, "unresolved": 1}
    assert report["unresolved"] == ["clause 1: xã Trời Cao (no unit of this name)"]
    held = {each["id"]: each["holds"] for each in report["invariants"]}
    assert held["clauses-contiguous"] is True
    assert held["former-used-up"] is False


def test_what_was_not_resolved_stands_in_the_record_as_unknown(place: Path) -> None:
    text = resolution(whole("xã An Bình và xã Trời Cao", "xã An Bình"))
    run(place, "resolution", text_file(place, text))
    merger = load(place, cache=False).entries["mergers/2025/9999-nq-ubtvqh15"].record
    assert [each.why for each in merger.unknown] == ["chưa xác định được “xã Trời Cao”"]


def test_a_second_remainder_is_reported(place: Path) -> None:
    rest = "phần còn lại của xã Gò Đá sau khi sắp xếp theo quy định tại khoản 1 Điều này"
    text = resolution(
        f"Sắp xếp {SOME} xã Gò Đá và xã An Bình thành xã mới có tên gọi là xã An Bình.",
        f"Sắp xếp xã Đại Thành, {rest} thành xã mới có tên gọi là xã Đại Thành.",
        f"Sắp xếp xã Tân Lập 1, {rest} thành xã mới có tên gọi là xã Tân Lập.",
    )
    done = run(place, "resolution", text_file(place, text))
    assert done.exit_code == 1
    assert "xã Gò Đá, thành phố Ví Dụ: not one remainder" in done.output


def test_a_total_that_does_not_match_is_reported(place: Path) -> None:
    closing = "Sau khi sắp xếp, tỉnh Ví Dụ có 05 đơn vị hành chính cấp xã, gồm 05 xã."
    text = TEXT.replace("\n\nĐiều 2", f"\n\n3. {closing}\n\nĐiều 2")
    done = run(place, "resolution", text_file(place, text))
    assert done.exit_code == 1
    assert "units: 5 said, 2 read" in done.output


def test_a_gap_in_the_numbers_is_reported(place: Path) -> None:
    done = run(place, "resolution", text_file(place, TEXT.replace("\n2. ", "\n3. ")))
    assert "clause 3 stands where clause 2 is due" in done.output


def test_the_number_comes_from_the_file_if_the_text_lost_it(place: Path) -> None:
    text = TEXT.replace("Số: 9999/NQ-UBTVQH15", "")
    run(place, "resolution", text_file(place, text, "1234_NQ-UBTVQH15.md"))
    assert (place / "registry" / "mergers" / "2025" / "1234-nq-ubtvqh15.yaml").is_file()


def test_output_is_the_same_on_every_run(place: Path) -> None:
    file = text_file(place, TEXT)
    first = run(place, "resolution", file, "--json")
    path = place / "registry" / "mergers" / "2025" / "9999-nq-ubtvqh15.yaml"
    data = path.read_bytes()
    path.unlink()
    assert run(place, "resolution", file, "--json").output == first.output
    assert path.read_bytes() == data


VERIFIED = "verified: {by: Văn thư, on: 2025-08-01, against: Công báo}"


def test_a_record_that_somebody_verified_is_not_overwritten(place: Path) -> None:
    run(place, "resolution", text_file(place, TEXT))
    path = place / "registry" / "mergers" / "2025" / "9999-nq-ubtvqh15.yaml"
    path.write_text(path.read_text("utf-8").replace("verified: false", VERIFIED), "utf-8")
    before = path.read_bytes()
    done = run(place, "resolution", text_file(place, TEXT))
    assert done.exit_code == 1
    assert "has verified and would be overwritten" in done.output
    assert path.read_bytes() == before


def test_units_that_somebody_verified_are_not_overwritten(place: Path) -> None:
    path = place / "registry" / "units" / "vi-du.yaml"
    path.write_text(path.read_text("utf-8").replace("verified: false", VERIFIED), "utf-8")
    before = path.read_bytes()
    done = run(place, "units", *lists(place))
    assert done.exit_code == 2
    assert path.read_bytes() == before


def test_nothing_is_written_through_a_linked_folder(place: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (place / "registry" / "mergers").symlink_to(tmp_path / "outside", target_is_directory=True)
    done = run(place, "resolution", text_file(place, TEXT))
    assert done.exit_code == 1
    assert "linked folder" in done.output
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"", "it names no province as merger resolutions do"),
        (
            "Sắp xếp các đơn vị hành chính cấp xã của tỉnh Khác năm 2025".encode(),
            "run 'registry ingest units' first",
        ),
    ],
)
def test_a_file_that_is_no_resolution_is_one_clean_line(
    place: Path, text: bytes, says: str
) -> None:
    path = place / "la.md"
    path.write_bytes(text)
    done = run(place, "resolution", str(path))
    assert done.exit_code == 1
    assert says in done.output
    assert not (place / "registry" / "mergers").exists()


def test_a_missing_file_does_not_keep_the_others_from_being_read(place: Path) -> None:
    done = run(place, "resolution", str(place / "none.md"), text_file(place, TEXT))
    assert done.exit_code == 1
    assert "none.md" in done.output
    assert (place / "registry" / "mergers" / "2025" / "9999-nq-ubtvqh15.yaml").is_file()
