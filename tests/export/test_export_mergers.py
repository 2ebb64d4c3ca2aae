"""``registry export mergers``: the table of pairs."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from builder.cli import app
from tests.ingest.province import ALL, resolution, whole
from tests.ingest.test_ingest_command import lists, text_file
from tests.ingest.test_ingest_command import run as ingest

COLUMNS = (
    "old_code,old_unit,new_code,new_unit,area,population,event,resolution,clause,adopted,"
    "operational_from"
)


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--root", str(root), "export", "mergers", *arguments])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "registry").mkdir()
    ingest(tmp_path, "units", *lists(tmp_path))
    text = resolution(
        whole("xã An Bình và xã Bình Minh", "xã An Bình"),
        f"Sắp xếp {ALL} xã Gò Đá, xã Đại Thành và toàn bộ diện tích tự nhiên của Trường bắn số 5 "
        "thành xã mới có tên gọi là xã Gò Đá.",
    )
    ingest(tmp_path, "resolution", text_file(tmp_path, text))
    return tmp_path


def test_one_row_per_pair_with_the_agreed_columns(place: Path) -> None:
    lines = run(place).output.splitlines()
    assert lines[0] == COLUMNS
    assert lines[1] == (
        "99001,Xã An Bình,99001,Xã An Bình,whole,whole,merge,9999/NQ-UBTVQH15,1,2025-06-16,"
        "2025-07-01"
    )
    assert len(lines) == 1 + 5


def test_a_source_that_is_no_unit_has_a_name_and_no_code(place: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(place).output)))
    [row] = [row for row in rows if not row["old_code"]]
    assert (row["old_unit"], row["area"], row["population"]) == (
        "Trường bắn số 5", "whole", "none",
    )  # fmt: skip


def test_json_has_the_same_rows(place: Path) -> None:
    rows = json.loads(run(place, "--format", "json").output)
    table = list(csv.DictReader(io.StringIO(run(place).output)))
    assert [{key: str(value) for key, value in row.items()} for row in rows] == table


def test_a_file_is_written_whole_and_its_rows_counted(place: Path) -> None:
    target = place / "pairs.csv"
    done = run(place, "-o", str(target))
    assert done.exit_code == 0
    assert target.read_text("utf-8") == run(place).stdout


def test_records_that_do_not_load_end_the_export(place: Path) -> None:
    path = place / "registry" / "mergers" / "2025" / "9999-nq-ubtvqh15.yaml"
    path.write_text(path.read_text("utf-8").replace("area: whole", "area: all"), "utf-8")
    done = run(place)
    assert done.exit_code == 1
    assert "run 'registry check'" in done.output
