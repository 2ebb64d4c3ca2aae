"""``registry lookup`` at the command line: one name, and tables of addresses."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from builder.cli import app
from tests.registries import HEAD, write

ADDED = ["matched_id", "match", "new_codes", "new_units", "ambiguous", "note"]


def lookup(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), "lookup", *arguments])


def table(root: Path, data: str | bytes, *more: str, name: str = "rows.csv") -> list[list[str]]:
    """Looks a table up into a file and gives its rows back, header included."""
    source, target = root / name, root / f"out-{name}"
    source.write_bytes(data if isinstance(data, bytes) else data.encode())
    result = lookup(root, "--batch", str(source), "-o", str(target), *more)
    assert result.exit_code == 0, result.output
    text = target.read_bytes().decode("utf-8-sig")
    delimiter = "\t" if name.endswith(".tsv") else ";" if name.startswith("semi") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A province of the fictional kind, without mergers."""
    return write(tmp_path)


# One name


def test_all_successors_of_a_divided_unit_are_shown_with_clause_and_dates(root: Path) -> None:
    result = lookup(root, "Bính Xá", "--on", "2025-07-01")
    assert result.exit_code == 0
    assert "divided, on 2025-07-01 in 2 units" in result.output
    for words in (
        "Xã Đình Lập, Tỉnh Lạng Sơn  06613@2025-07-01  area: part, population: part",
        "clause 40 of 1672/NQ-UBTVQH15, adopted 2025-06-16, operating from 2025-07-01",
        "Xã Kiên Mộc, Tỉnh Lạng Sơn  06625@2025-07-01  area: rest, population: rest",
    ):
        assert words in result.output


def test_on_the_last_day_of_the_former_unit_it_stands_and_the_resolution_is_only_adopted(
    root: Path,
) -> None:
    result = lookup(root, "Bính Xá", "--on", "30/6/2025")
    assert "stands on 2025-06-30, as far as known: no record of its beginning" in result.output
    assert "adopted, not yet operating: 1672/NQ-UBTVQH15 from 2025-07-01" in result.output
    assert "06613@2025-07-01" not in result.output


def test_json_gives_every_candidate_with_all_successors(root: Path) -> None:
    result = lookup(root, "Bính Xá", "--json", "--on", "2025-07-01")
    answer = json.loads(result.output)
    assert (answer["query"], answer["on"]) == ("Bính Xá", "2025-07-01")
    (candidate,) = answer["candidates"]
    assert [
        (each["unit"]["name"], each["area"], each["population"], each["path"][0]["clause"])
        for each in candidate["successors"]
    ] == [("Đình Lập", "part", "part", 40), ("Kiên Mộc", "rest", "rest", 43)]


def test_the_former_and_the_present_unit_stand_apart_those_of_the_day_first(root: Path) -> None:
    for day, first in (("2025-07-01", "06625@2025-07-01"), ("2025-06-30", "06625@")):
        answer = json.loads(lookup(root, "xã Kiên Mộc", "--json", "--on", day).output)
        ids = [each["unit"]["id"] for each in answer["candidates"]]
        assert ids[0] == first
        assert sorted(ids) == ["06625@", "06625@2025-07-01"]


def test_a_name_that_is_not_found_ends_with_1_and_no_candidates(root: Path) -> None:
    result = lookup(root, "xã Không Có Ở Đâu", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["candidates"] == []
    assert "no unit of this name" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("Bính Xá", "--batch", "x.csv"),
        ("Bính Xá", "--column", "a"),
        ("Bính Xá", "--on", "2025-02-30"),
        ("Bính Xá", "--on", "hôm nay"),
        ("--batch", "không-có.csv"),
    ],
)
def test_wrong_usage_ends_with_2_and_one_clean_message(
    root: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder import cli

    monkeypatch.setattr("sys.argv", ["registry", "--root", str(root), "lookup", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2


def test_merger_records_that_cannot_be_read_stop_a_lookup_instead_of_being_left_out(
    small: Path,
) -> None:
    (small / "registry/mergers").mkdir()
    (small / "registry/mergers/x.yaml").write_text("events: [", encoding="utf-8")
    result = lookup(small, "An Bình")
    assert result.exit_code == 1
    assert "registry/mergers/x.yaml" in result.output


# Tables


def test_every_row_keeps_its_cells_and_order_and_gets_six_more(root: Path, tmp_path: Path) -> None:
    write(tmp_path)
    rows = table(
        tmp_path,
        'id,địa chỉ,ghi chú\n1,"xã An Bình, huyện Mẫu",a\n\n2,"không có",\n3\n',
        "--column",
        "địa chỉ",
    )
    assert rows[0] == ["id", "địa chỉ", "ghi chú", *ADDED]
    assert [row[:3] for row in rows[1:]] == [
        ["1", "xã An Bình, huyện Mẫu", "a"],
        ["", "", ""],
        ["2", "không có", ""],
        ["3", "", ""],
    ]
    assert {len(row) for row in rows} == {9}
    assert root.is_dir()


def test_a_divided_unit_is_ambiguous_and_names_all_its_successors(
    root: Path, tmp_path: Path
) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text(
        "name\nBính Xá\nthị trấn Na Sầm, Văn Lãng\nkhông có\nxã Bính Xá; huyện Cao Lộc\nĐình Lập\n",
        encoding="utf-8",
    )
    result = lookup(root, "--batch", str(source), "-o", str(target), "--on", "2025-07-01")
    assert result.exit_code == 0, result.output
    divided, whole, none, doubtful, several = list(
        csv.DictReader(target.read_text(encoding="utf-8").splitlines())
    )
    assert divided["matched_id"] == "06622@"
    assert divided["new_codes"] == "06613;06625"
    assert divided["new_units"] == "Xã Đình Lập; Xã Kiên Mộc"
    assert divided["ambiguous"] == "yes"
    assert "clause 43 of 1672/NQ-UBTVQH15" in divided["note"]
    assert (whole["ambiguous"], len(whole["new_codes"])) == ("no", 5)
    assert (none["matched_id"], none["match"], none["ambiguous"]) == ("", "none", "no")
    assert (doubtful["matched_id"], doubtful["match"]) == ("", "doubtful")
    assert "another district is stated" in doubtful["note"]
    assert several["matched_id"] == "06613@2025-07-01;06613@;06628@"
    assert (several["new_codes"], several["ambiguous"]) == ("06613", "no")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("utf8.csv", "a,b\n1,Xã Bình Minh\n".encode()),
        ("bom.csv", "a,b\r\n1,Xã Bình Minh\r\n".encode("utf-8-sig")),
        ("utf16.csv", "a,b\n1,Xã Bình Minh\n".encode("utf-16")),
        ("old.csv", "a,b\n1,Xa\u0303 Bi\u0300nh Minh\n".encode("cp1258")),
        ("semi.csv", "a;b\n1;Xã Bình Minh\n".encode()),
        ("tabs.tsv", "a\tb\n1\tXã Bình Minh\n".encode()),
    ],
)
def test_encodings_and_delimiters_are_recognised_and_kept(
    small: Path, name: str, data: bytes
) -> None:
    source, target = small / name, small / f"out-{name}"
    source.write_bytes(data)
    result = lookup(small, "--batch", str(source), "-o", str(target), "--column", "B")
    assert result.exit_code == 0, result.output
    written = target.read_bytes()
    encoding = "utf-16" if name == "utf16.csv" else "utf-8-sig"
    text = written.decode(encoding)
    assert "99002@" in text
    assert written.startswith(b"\xef\xbb\xbf") == (name in ("bom.csv", "old.csv"))
    assert ("\r\n" in text) == (name == "bom.csv")


def test_the_only_column_needs_no_name_and_one_of_several_does(small: Path) -> None:
    assert table(small, "x\nAn Bình\n")[1][0] == "An Bình"
    (small / "two.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    result = lookup(small, "--batch", str(small / "two.csv"))
    assert result.exit_code != 0
    assert "one of a, b" in getattr(result.exception, "hint", "")


def test_columns_that_the_table_has_already_are_not_written_over(small: Path) -> None:
    rows = table(small, "name,note,match\nBình Minh,mine,m\n", "--column", "name")
    assert rows[0][:3] == ["name", "note", "match"]
    assert rows[0][3:] == [
        "matched_id", "match_2", "new_codes", "new_units", "ambiguous", "note_2",
    ]  # fmt: skip
    assert rows[1][1] == "mine"


def test_no_cell_that_is_added_is_a_formula(tmp_path: Path) -> None:
    units = HEAD + (
        'province: Tỉnh Ví Dụ\nunits:\n  - {code: "99", type: tỉnh, name: Ví Dụ}\n'
        '  - {code: "99001", type: xã, name: "=An Bình", parent: "99"}\n'
    )
    write(tmp_path, {"units/vi-du": units, "bodies/vi-du/an-binh/ubnd": None,
                     "documents/vi-du/an-binh/ke-hoach-thu": None})  # fmt: skip
    rows = table(tmp_path, "x\n=An Bình\n@SUM(1) không có\n")
    assert [row[0] for row in rows[1:]] == ["=An Bình", "@SUM(1) không có"]
    assert not [cell for row in rows[1:] for cell in row[1:] if cell[:1] in ("=", "+", "-", "@")]


def test_a_table_that_breaks_off_leaves_the_old_output_as_it_was(small: Path) -> None:
    source, target = small / "a.csv", small / "b.csv"
    target.write_text("old", encoding="utf-8")
    source.write_text('x\nAn Bình\n"' + "a" * 1_100_000 + '"\n', encoding="utf-8")
    result = lookup(small, "--batch", str(source), "-o", str(target))
    assert result.exit_code != 0
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in small.glob("*.csv*")) == ["a.csv", "b.csv"]
    assert list(small.glob(".*tmp")) == []


def test_progress_goes_to_standard_error_and_the_rows_to_standard_output(small: Path) -> None:
    source = small / "a.csv"
    source.write_text("x\n" + "Bình Minh\n" * 10_000, encoding="utf-8")
    result = lookup(small, "--batch", str(source))
    assert len(result.stdout.splitlines()) == 10_001
    assert "10,000 of 10,000 rows" in result.stderr
    assert "10,000 rows: 10,000 matched" in result.stderr


def test_the_table_may_be_written_over_itself(small: Path) -> None:
    source = small / "a.csv"
    source.write_text("x\nBình Minh\n", encoding="utf-8")
    assert lookup(small, "--batch", str(source), "-o", str(source)).exit_code == 0
    assert source.read_text(encoding="utf-8").splitlines()[1].startswith("Bình Minh,99002@")
