"""``python -m benchmarks``: its result, its tables, and the guide page it writes."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import measures, report, synthetic
from builder.check.run import check
from builder.registry import load

RECORDS = 1_000  # the one that is changed is among them


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that makes a site of one file in place of the registry's command."""
    program = tmp_path / "program.py"
    program.write_text(
        "import pathlib, sys\n"
        "if 'build' in sys.argv:\n"
        "    site = pathlib.Path(sys.argv[sys.argv.index('--out') + 1]) / 'search'\n"
        "    site.mkdir(parents=True, exist_ok=True)\n"
        "    (site / 'catalogue.js').write_text('x' * 1000)\n"
    )
    monkeypatch.setattr(measures, "REGISTRY", [sys.executable, str(program)])
    monkeypatch.setattr(measures, "pace", lambda: 0.5)
    pages = [tmp_path / page.name for page in report.PAGES]
    for page, real in zip(pages, report.PAGES, strict=True):
        page.write_bytes(real.read_bytes())
    monkeypatch.setattr(report.write_page, "__defaults__", (pages,))


@pytest.mark.usefixtures("_quick")
def test_a_run_ends_with_a_table_a_result_and_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    size = ["--records", str(RECORDS), "--commits", "20"]
    command.main([*size, "--json", str(first)])
    command.main([*size, "--json", str(second), "--against", str(first), "--write"])
    said = capsys.readouterr().out
    assert "| check-again | " in said
    assert "catalogue: 1,000" in said
    assert "wall × | CPU ×" in said
    found = json.loads(second.read_bytes())
    assert set(found["measures"]) == set(report.NAMES)
    page = (tmp_path / "toc-do.md").read_text(encoding="utf-8")
    english = (tmp_path / "toc-do.en.md").read_text(encoding="utf-8")
    assert "1.000 văn bản giả lập" in page
    assert "Lịch sử để đọc và kiểm toán có 20 lần ghi." in page
    assert "1,000 made-up documents" in english
    assert all(name in page for name, _ in report.NAMES.values())
    assert all(name in english for _, name in report.NAMES.values())
    report.write_page(found, [tmp_path / "toc-do.md"])
    assert (tmp_path / "toc-do.md").read_text(encoding="utf-8") == page


@pytest.mark.usefixtures("_quick")
def test_a_command_that_fails_ends_the_run_with_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fails.py").write_text("import sys\nsys.exit('no room')")
    monkeypatch.setattr(measures, "REGISTRY", [sys.executable, str(tmp_path / "fails.py")])
    with pytest.raises(SystemExit, match="no room"):
        command.main(["--records", "1"])


@pytest.mark.parametrize("garbage", [b"", b"[]", b'{"measures": {"check-cold": {}}}'])
def test_an_earlier_result_that_is_none_is_said_before_anything_runs(
    tmp_path: Path, garbage: bytes
) -> None:
    (tmp_path / "old.json").write_bytes(garbage)
    with pytest.raises(SystemExit, match="holds no result"):
        command.main(["--against", str(tmp_path / "old.json")])


def test_a_page_without_marks_is_left_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "toc-do.md"
    page.write_text("# Tốc độ\n", encoding="utf-8")
    with pytest.raises(report.NoResult, match="marks"):
        report.write_page({}, [page])
    assert page.read_text(encoding="utf-8") == "# Tốc độ\n"


@pytest.mark.parametrize("page", report.PAGES, ids=lambda page: page.name)
def test_the_guide_page_has_a_place_for_the_table(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert report.BEGIN in text
    assert report.END in text


def test_one_seed_gives_one_registry_and_it_has_no_fault(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for root in (one, two):
        synthetic.write(root, 300)
    found = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert [path for path in found if (one / path).read_bytes() != (two / path).read_bytes()] == []
    assert check(load(one, cache=False)) == []
