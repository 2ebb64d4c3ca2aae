"""``registry edit``: one field changes, what would break the registry is refused."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.registries import write

DOCUMENT = "documents/vi-du/an-binh/ke-hoach-thu"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path)


def edit(root: Path, *arguments: str):
    return CliRunner().invoke(app, ["--root", str(root), "edit", *arguments])


def text(root: Path) -> str:
    return (root / "registry" / f"{DOCUMENT}.yaml").read_text(encoding="utf-8")


def test_a_date_is_set_and_nothing_else_of_the_file_changes(root: Path) -> None:
    before = text(root)
    result = edit(root, DOCUMENT, "--set", "dates.effective=2025-07-10")
    assert result.exit_code == 0, result.output
    assert text(root) == before.replace("effective: 2025-07-02", "effective: 2025-07-10")
    assert "effective from 10/7/2025 instead of 02/7/2025" in result.stdout


def test_the_record_may_be_named_by_its_file(root: Path) -> None:
    assert edit(root, f"registry/{DOCUMENT}.yaml", "--set", "title=Kế hoạch B").exit_code == 0
    assert "title: Kế hoạch B\n" in text(root)


def test_a_new_field_stands_where_the_schema_has_it(root: Path) -> None:
    edit(root, DOCUMENT, "--set", "summary=Nói về việc thử.")
    edit(root, DOCUMENT, "--add", "signers={name: Nguyễn Văn A, competence: TM.}")
    lines = [line.split(":")[0] for line in text(root).splitlines()]
    assert lines.index("dates") < lines.index("signers") < lines.index("summary")


def test_words_that_look_like_a_number_stay_words_where_the_field_is_text(root: Path) -> None:
    assert edit(root, DOCUMENT, "--set", "title=2025").exit_code == 0
    assert 'title: "2025"' in text(root)


def test_an_item_is_added_and_taken_out_by_its_key(root: Path) -> None:
    before = text(root)
    edit(root, DOCUMENT, "--add", "unknown={field: signers, why: Nguồn không nêu.}")
    assert "unknown:\n  - field: signers\n" in text(root)
    assert edit(root, DOCUMENT, "--unset", "unknown").exit_code == 0
    assert text(root) == before


def test_a_correction_is_entered_with_what_why_and_source(root: Path) -> None:
    result = edit(
        root, DOCUMENT, "--set", "dates.effective=2025-07-10", "--by", "Văn phòng",
        "--correction", "Ngày có hiệu lực|Ghi nhầm|Điều 5",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "  - on: 20" in text(root)
    assert "    what: Ngày có hiệu lực\n    why: Ghi nhầm\n    by: Văn phòng\n" in text(root)


def test_what_a_correction_lacks_is_said(root: Path) -> None:
    result = edit(root, DOCUMENT, "--set", "title=A", "--correction", "chỉ một phần")
    assert result.exit_code == 2
    assert "what|why|source" in result.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--set", "dates.effective=mai", "is no date"),
        ("--set", "stage=done", "none of the values allowed"),
        ("--set", "titel=A", "did you mean 'title'"),
        ("--set", "issuer=bodies/vi-du/khong-co/ubnd", "khong-co"),
        ("--unset", "access", "access"),
    ],
)
def test_what_would_be_wrong_is_refused_and_the_file_left(
    root: Path, option: str, value: str, said: str
) -> None:
    before = text(root)
    result = edit(root, DOCUMENT, option, value)
    assert result.exit_code == 1
    assert said in result.stderr
    assert text(root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("documents/vi-du/an-binh/ke-hoach-thy", "--set", "title=A"), "did you mean"),
        ((DOCUMENT, "--set", "title"), "FIELD=VALUE"),
        ((DOCUMENT,), "nothing is to be changed"),
        ((DOCUMENT, "--set", "title=Kế hoạch thử"), "nothing is to be changed"),
        ((DOCUMENT, "--unset", "summary"), "no summary"),
        ((DOCUMENT, "--set", "sources.7.title=A"), "counted from 0"),
        ((DOCUMENT, "--set", "title.x=A"), "no fields of its own"),
        ((DOCUMENT, "--add", "title=A"), "is no list"),
    ],
)
def test_wrong_usage_is_one_line_with_a_way_out(
    root: Path, arguments: tuple[str, ...], said: str
) -> None:
    from builder.findings import RegistryError

    result = edit(root, *arguments)
    error = result.exception
    shown = f"{error} {error.hint}" if isinstance(error, RegistryError) else result.stderr
    assert said in shown
    assert isinstance(error, RegistryError | SystemExit)


def test_a_program_reads_what_changed(root: Path) -> None:
    result = edit(root, DOCUMENT, "--set", "title=Kế hoạch B", "--json")
    said = json.loads(result.stdout)
    assert said["written"] is True
    assert said["changes"] == [
        {"kind": "changed", "at": ["title"], "old": "Kế hoạch thử", "new": "Kế hoạch B"}
    ]


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = text(root)
    assert edit(root, DOCUMENT, "--set", "title=B", "--dry-run").exit_code == 0
    assert text(root) == before


@pytest.mark.parametrize(
    ("field", "said", "code"),
    [
        ("type", "quyết định", "QĐ"), ("type", "qyđ", "QyĐ"), ("stage", "Dự thảo", "draft"),
        ("stage", "DRAFT", "draft"), ("access", "nội bộ", "internal"),
    ],
)  # fmt: skip
def test_a_code_may_be_named_by_what_it_stands_for(
    root: Path, field: str, said: str, code: str
) -> None:
    freed = ("--unset", "number", "--unset", "dates", "--json", "--dry-run")
    result = edit(root, DOCUMENT, "--set", f"{field}={said}", *freed)
    assert f'"new": "{code}"' in result.stdout, result.output


def test_a_code_that_may_be_two_is_refused(root: Path) -> None:
    result = edit(root, DOCUMENT, "--unset", "number", "--set", "type=hd")
    assert result.exit_code == 1
    assert "type: 'hd' does not have the form expected" in result.stderr


def test_words_of_a_title_are_never_taken_for_a_code(root: Path) -> None:
    edit(root, DOCUMENT, "--set", "title=Kế hoạch")
    assert "title: Kế hoạch\n" in text(root)
