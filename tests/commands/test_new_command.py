"""``registry new``: a record in its place that passes the check, with nothing invented."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.commands import asking
from builder.commands.drafts.templates import templates
from builder.store.yaml_format import formatted
from builder.store.yaml_read import read
from tests.registries import BODY, write

HDND = (
    BODY.replace("Ủy ban nhân dân", "Hội đồng nhân dân").replace("type: ubnd", "type: hdnd")
)  # fmt: skip
COMMON = ("--access", "public", "--source", "press=https://vi-du.example/bai-1")
PLAN = (
    "document", "--body", "vi-du/an-binh/ubnd", "--type", "KH", "--title", "Kế hoạch số hai",
    "--stage", "adopted", "--date", "2025-07-09", *COMMON,
)  # fmt: skip
SESSION = (
    "--from-template", "hdnd-first-session", "--body", "vi-du/an-binh/hdnd",
    "--date", "2025-07-01", *COMMON,
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, {"bodies/vi-du/an-binh/hdnd": HDND})


def new(root: Path, *arguments: str, said: str | None = None):
    return CliRunner().invoke(app, ["--root", str(root), "new", *arguments], input=said)


def the_new_file(root: Path, before: set[Path]) -> Path:
    (path,) = set(root.rglob("*.yaml")) - before
    return path


def test_a_document_is_written_by_unit_and_year_and_passes_the_check(root: Path) -> None:
    result = new(root, *PLAN)
    assert result.exit_code == 0, result.output
    path = root / "registry/documents/vi-du/an-binh/2025/ke-hoach-so-hai.yaml"
    value = read(path.read_text(encoding="utf-8"))
    assert value["issuer"] == "bodies/vi-du/an-binh/ubnd"
    assert value["dates"] == {"signed": "2025-07-09"}
    assert value["regime"] == "administrative"
    assert CliRunner().invoke(app, ["--root", str(root), "check", "--strict"]).exit_code == 0


def test_what_is_written_is_formatted_and_tied_to_its_schema(root: Path) -> None:
    new(root, *PLAN)
    text = (root / "registry/documents/vi-du/an-binh/2025/ke-hoach-so-hai.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../../../../../schemas/documents.")
    assert formatted(text) == text


def test_the_next_number_is_proposed_and_taken_only_when_asked_for(root: Path) -> None:
    result = new(root, *PLAN, "--dry-run")
    assert "Số tiếp theo mà kho biết: 02/KH-UBND" in result.stdout
    assert "number:" not in result.stdout
    assert 'number: "02/KH-UBND"' in new(root, *PLAN, "--number", "next", "--dry-run").stdout


def test_a_source_supports_the_fields_that_were_given(root: Path) -> None:
    value = json.loads(new(root, *PLAN, "--dry-run", "--json").stdout)["record"]
    assert value["sources"] == [
        {
            "kind": "press",
            "url": "https://vi-du.example/bai-1",
            "supports": ["title", "type", "regime", "issuer", "stage", "dates"],
        }
    ]


def test_any_other_field_is_set_beside_the_options(root: Path) -> None:
    result = new(root, *PLAN, "--set", "summary=Nói gọn.", "--add", "signers={name: An}", "--json")
    value = json.loads(result.stdout)["record"]
    assert (value["summary"], value["signers"]) == ("Nói gọn.", [{"name": "An"}])


def test_a_first_session_knows_its_body_and_number_and_claims_no_agenda(root: Path) -> None:
    result = new(root, *SESSION, "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["id"] == "meetings/vi-du/an-binh/ky-hop-thu-nhat-hdnd"
    assert said["record"]["title"] == "Kỳ họp thứ nhất Hội đồng nhân dân xã An Bình"
    assert said["record"]["number"] == 1
    assert said["record"]["units"] == ["99001@2025-07-01"]
    assert "agenda" not in said["record"]
    assert any("Ban Kinh tế - Ngân sách" in note for note in said["todo"])


def test_at_a_terminal_each_point_is_asked_for_and_written_only_if_a_source_says_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    before = set(root.rglob("*.yaml"))
    result = new(root, *SESSION, said="n\ny\n")
    assert result.exit_code == 0, result.output
    value = read(the_new_file(root, before).read_text(encoding="utf-8"))
    assert [item["title"][:13] for item in value["agenda"]] == ["Thành lập Ban"]


def test_at_a_terminal_everything_needed_is_asked_in_vietnamese(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    answers = [
        "vi-du/an-binh/ubnf", "vi-du/an-binh/ubnd",  # a slip is said, and asked again
        "KH", "Kế hoạch số ba", "adopted", "9-7-2025", "9/7/2025", "", "1", "press",
        "https://vi-du.example/bai-1",
    ]  # fmt: skip
    before = set(root.rglob("*.yaml"))
    result = new(root, "document", said="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "Cơ quan ban hành" in result.output
    assert "did you mean bodies/vi-du/an-binh/ubnd" in result.output
    assert "write YYYY-MM-DD" in result.output
    value = read(the_new_file(root, before).read_text(encoding="utf-8"))
    assert value["title"] == "Kế hoạch số ba"
    assert "number" not in value


def test_without_a_terminal_all_that_is_missing_is_named_at_once(root: Path) -> None:
    result = new(root, "document")
    assert result.exit_code == 2
    for option in ("--body", "--type", "--title", "--stage", "--access", "--source"):
        assert option in result.stderr


def test_what_would_break_the_registry_is_refused_and_nothing_written(root: Path) -> None:
    before = set(root.rglob("*"))
    result = new(root, *PLAN, "--number", "01/KH-UBND")
    assert result.exit_code == 1
    assert "01/KH-UBND" in result.stderr
    assert set(root.rglob("*")) == before


def test_no_file_is_ever_overwritten(root: Path) -> None:
    new(root, *PLAN)
    again = new(root, *PLAN, "--date", "2025-07-10", "--json")
    assert json.loads(again.stdout)["id"].endswith("/2025/ke-hoach-so-hai-2025-07-10")
    taken = new(root, *PLAN, "--id", "documents/vi-du/an-binh/2025/ke-hoach-so-hai")
    assert taken.exit_code == 2
    assert "exists" in taken.stderr


@pytest.mark.parametrize("record_id", ["../../x", "documents/../x", "documents/A b", "/etc/x"])
def test_an_id_cannot_lead_out_of_its_folder(root: Path, record_id: str) -> None:
    result = new(root, *PLAN, "--id", record_id)
    assert result.exit_code == 2
    assert "is no id" in result.stderr


def test_a_linked_folder_is_not_written_into(root: Path, tmp_path_factory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "registry/documents/vi-du/an-binh/2025").symlink_to(outside)
    assert new(root, *PLAN).exit_code != 0
    assert list(outside.iterdir()) == []


def test_a_body_finds_its_unit_by_name_and_its_block_by_its_type(root: Path) -> None:
    result = new(
        root, "body", "--unit", "xa an binh", "--type", "ubnd", "--title", "Ủy ban X", *COMMON,
        "--json",
    )  # fmt: skip
    said = json.loads(result.stdout)
    assert said["id"] == "bodies/vi-du/an-binh/ubnd-x" or said["id"].startswith(
        "bodies/vi-du/an-binh/"
    )
    assert (said["record"]["unit"], said["record"]["block"]) == ("99001@2025-07-01", "government")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("unit",), "registry ingest"),
        (("nothing",), "the kinds are"),
        ((), "the kinds are"),
        ((*PLAN, "--type", "XX"), "is none of"),
        ((*PLAN, "--source", "hearsay=x"), "the kinds: gazette"),
        (("meeting", "--from-template", "x"), "hdnd-first-session"),
        (("body", "--from-template", "hdnd-first-session"), "leave out KIND"),
        (("meeting", *SESSION[:2], "--body", "vi-du/an-binh/ubnd", *COMMON), "give another --body"),
    ],
)
def test_wrong_usage_says_what_is_right(root: Path, arguments, hint: str) -> None:
    result = new(root, *arguments)
    shown = result.stderr + getattr(result.exception, "hint", "")
    assert result.exit_code != 0
    assert hint in shown


def test_the_templates_are_listed_in_vietnamese_and_english(root: Path) -> None:
    listed = new(root, "--list-templates").stdout
    for template in templates():
        assert template.name in listed
        assert template.vi in listed
        assert template.en in listed


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)
def test_every_template_makes_a_record_that_passes_the_check(template, tmp_path: Path) -> None:
    body = BODY.replace("type: ubnd", f"type: {template.body_types[0]}")
    root = write(tmp_path, {"bodies/vi-du/an-binh/hop": body})
    result = new(
        root, "--from-template", template.name, "--body", "vi-du/an-binh/hop",
        "--date", "2025-07-02", *COMMON,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert CliRunner().invoke(app, ["--root", str(root), "check"]).exit_code == 0


def test_a_session_that_is_there_already_is_not_written_twice(root: Path) -> None:
    assert new(root, *SESSION).exit_code == 0
    before = set(root.rglob("*.yaml"))
    for day in ("2025-07-01", "2025-07-02"):  # there is one first session
        result = new(root, *SESSION, "--date", day)
        assert result.exit_code == 1
        assert "it may be meetings/vi-du/an-binh/ky-hop-thu-nhat-hdnd\n" in result.stderr
        assert "--id" in result.stderr
    assert set(root.rglob("*.yaml")) == before


@pytest.mark.parametrize(
    "other",
    [
        ("--date", "2026-03-20"), ("--number", "2", "--date", "2025-09-01"), ("--mode", "trial"),
        ("--set", "term=khóa II"), ("--id", "vi-du/an-binh/ky-hop-khac"),
    ],
)  # fmt: skip
def test_another_session_is_written(root: Path, other: tuple[str, ...]) -> None:
    new(root, *SESSION, "--set", "term=khóa I")
    assert new(root, *SESSION, *other).exit_code == 0


def test_what_is_there_already_is_written_again_only_if_somebody_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    terminal = (*PLAN, "--number", "03/KH-UBND")
    assert new(root, *terminal).exit_code == 0
    again = ("--date", "2025-07-09", "--number", "03/KH-UBND")
    assert new(root, *PLAN, *again, said="n\n").exit_code == 1
    assert "Có lẽ đã có" in new(root, *PLAN, *again, said="n\n").stdout


def test_a_document_a_body_and_a_requirement_are_not_written_twice(root: Path) -> None:
    committee = ("body", "--title", "Đảng ủy xã An Bình", "--type", "dang_uy", "--unit",
                 "99001@2025-07-01", *COMMON)  # fmt: skip
    wanted = ("requirement", "--title", "Quy chế làm việc", "--unit", "99001@2025-07-01", *COMMON)
    for arguments in (PLAN, committee, wanted):
        assert new(root, *arguments).exit_code == 0
        result = new(root, *arguments)
        assert result.exit_code == 1, arguments
        assert "it may be" in result.stderr
    assert new(root, *PLAN, "--date", "2025-08-01").exit_code == 0


def test_programs_are_told_in_json_why_nothing_was_written(root: Path) -> None:
    wrong = json.loads(new(root, *PLAN, "--set", "dates.signed=2025-02-30", "--json").stdout)
    assert wrong["written"] is False
    assert wrong["findings"][0]["rule"] == "schema"
    changed = CliRunner().invoke(
        app, ["--root", str(root), "edit", "documents/vi-du/an-binh/ke-hoach-thu",
              "--set", "stage=trial", "--json"],
    )  # fmt: skip
    assert changed.exit_code == 1
    assert json.loads(changed.stdout)["findings"]
    new(root, *PLAN)
    again = json.loads(new(root, *PLAN, "--json").stdout)
    assert again == {
        "written": False, "alike": ["documents/vi-du/an-binh/2025/ke-hoach-so-hai"],
    }  # fmt: skip


def test_the_kind_of_record_is_asked_for_at_a_terminal(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    result = new(root, *PLAN[1:], "--number", "7/KH-UBND", "--dry-run", said="1\n")
    assert result.exit_code == 0, result.output
    assert 'number: "07/KH-UBND"' in result.stdout
