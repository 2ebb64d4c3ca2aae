"""``registry check`` at its edge: what people and programs read, and the exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.check.base import RULES
from builder.check.run import check
from builder.cli import app
from builder.registry import load
from tests.registries import BODY, DOCUMENT, HEAD, UNITS, write

DOCUMENT_PATH = "registry/documents/vi-du/an-binh/ke-hoach-thu.yaml"
DOCUMENT_ID = "documents/vi-du/an-binh/ke-hoach-thu"


def run(root: Path, *arguments: str):
    return CliRunner().invoke(app, ["--root", str(root), "check", *arguments])


def findings(root: Path) -> list[dict]:
    return json.loads(run(root, "--format", "json").stdout)["findings"]


def rules(root: Path) -> set[str]:
    return {finding["rule"] for finding in findings(root)}


def test_a_sound_registry_has_no_findings_and_ends_with_0(tmp_path: Path) -> None:
    result = run(write(tmp_path))
    assert result.exit_code == 0, result.output
    assert "3 records, 5 units: 0 errors, 0 warnings" in result.stdout


def test_a_finding_names_file_line_column_rule_and_how_to_mend_it(tmp_path: Path) -> None:
    write(tmp_path, {DOCUMENT_ID: DOCUMENT.replace("stage: adopted", "stag: adopted")})
    result = run(tmp_path)
    assert result.exit_code == 1
    assert f"{DOCUMENT_PATH}:10:1: error [schema] unknown field 'stag'" in result.stdout
    assert "did you mean 'stage'?" in result.stdout


def test_json_counts_errors_and_gives_each_finding_with_its_place(tmp_path: Path) -> None:
    write(tmp_path, {DOCUMENT_ID: DOCUMENT.replace("2025-07-02", "2/7/2025")})
    report = json.loads(run(tmp_path, "--format", "json").stdout)
    assert report["errors"] == len(report["findings"]) == 2
    assert report["findings"][0]["path"] == DOCUMENT_PATH
    assert report["findings"][0]["at"] == ["dates", "signed"]
    assert report["findings"][0]["line"] == 11


def test_github_annotations_stand_on_the_lines(tmp_path: Path) -> None:
    write(tmp_path, {DOCUMENT_ID: DOCUMENT.replace("an-binh/ubnd", "an-binh/ubn")})
    line = run(tmp_path, "--format", "github").stdout.splitlines()[0]
    assert line.startswith(f"::error file={DOCUMENT_PATH},line=9,col=1,title=reference::")
    assert "did you mean bodies/vi-du/an-binh/ubnd?" in line


def test_a_folder_without_a_registry_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--root", str(tmp_path), "check"])
    assert result.exit_code != 0
    assert "holds no folder registry/" in str(result.exception)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("a: [1, 2", "no valid YAML"),
        ("- 1\n- 2\n", "no list of fields"),
        ("a: &x 1\nb: *x\n", "anchors and aliases"),
        ("access: public\na: 1\na: 2\n", "key 'a' stands twice"),
        ("a: !!python/object:os.system x\n", "tags are not allowed"),
        ("<<: {a: 1}\n", "merge keys"),
        ("a: 1\n---\nb: 2\n", "one document"),
        ("a: \u202eabc\n", "U+202E"),
    ],
)
def test_a_file_that_is_no_record_is_one_clear_finding(
    tmp_path: Path, text: str, says: str
) -> None:
    write(tmp_path, {DOCUMENT_ID: text})
    found = findings(tmp_path)
    assert any(says in finding["message"] for finding in found), found
    assert {finding["path"] for finding in found} == {DOCUMENT_PATH}


@pytest.mark.parametrize("field", ["access", "sources", "verified", "as_of"])
def test_a_record_without_a_required_field_is_refused(tmp_path: Path, field: str) -> None:
    lines = [line for line in DOCUMENT.splitlines() if not line.startswith(field)]
    write(tmp_path, {DOCUMENT_ID: "\n".join(lines) + "\n"})
    assert [f["message"] for f in findings(tmp_path)] == [f"the field '{field}' is missing"]


def test_a_code_without_quotes_is_explained(tmp_path: Path) -> None:
    write(tmp_path, {"units/vi-du": UNITS.replace('"99002"', "99002")})
    finding = next(f for f in findings(tmp_path) if f["rule"] == "schema")
    assert "99002 is no text" in finding["message"]
    assert "quotes" in finding["hint"]


def test_a_reference_to_nothing_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"bodies/vi-du/an-binh/ubnd": None})
    assert rules(tmp_path) == {"reference"}


def test_a_unit_of_another_time_is_found_and_the_known_ones_named(tmp_path: Path) -> None:
    write(tmp_path, {"bodies/vi-du/an-binh/ubnd": BODY.replace("@2025-07-01", "@2024-01-01")})
    finding = findings(tmp_path)[0]
    assert finding["rule"] == "reference"
    assert finding["hint"] == "units of this code are 99001@, 99001@2025-07-01"


def test_an_issuer_that_is_no_body_is_found(tmp_path: Path) -> None:
    issuer = "issuer: bodies/vi-du/an-binh/ubnd"
    second = DOCUMENT.replace(issuer, f"issuer: {DOCUMENT_ID}").replace("01/", "02/")
    write(tmp_path, {"documents/vi-du/an-binh/khac": second})
    assert "reference-kind" in rules(tmp_path)


@pytest.mark.parametrize("last", ["2025-07-01", "2025-08-30"])
def test_two_units_of_one_code_at_one_time_are_found(tmp_path: Path, last: str) -> None:
    overlapping = UNITS.replace(
        'name: An Bình, parent: "991", valid_to: 2025-06-30',
        f'name: An Bình, parent: "991", valid_to: {last}',
    )
    write(tmp_path, {"units/vi-du": overlapping})
    assert "unit-unique" in rules(tmp_path)


def test_a_unit_that_ends_before_it_begins_is_found(tmp_path: Path) -> None:
    span = "valid_from: 2025-07-02, valid_to: 2025-07-01"
    row = f'  - {{code: "99003", type: xã, name: C, parent: "99", {span}}}\n'
    write(tmp_path, {"units/vi-du": UNITS + row})
    assert "unit-span" in rules(tmp_path)


def test_a_unit_below_nothing_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"units/vi-du": UNITS.replace('Minh, parent: "991"', 'Minh, parent: "555"')})
    assert rules(tmp_path) == {"unit-parent"}


HELD = HEAD + "title: Họp\nform: meeting\nmode: official\n"
SPAN = "{kind: during, date: 2025-08-02, end_date: 2025-08-01, words: tháng 8}"


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ("bodies/vi-du/an-binh/ban", BODY + "established: 2025-08-02\nended: 2025-08-01\n"),
        (
            "bodies/vi-du/an-binh/ban",
            BODY + "office_holders: [{person: a, name: A, role: Chủ tịch, valid_from: 2025-08-02, "
            "valid_to: 2025-08-01}]\n",
        ),
        ("meetings/vi-du/hop", HELD + "when: {date: 2025-08-02, end_date: 2025-08-01}\n"),
        (
            "meetings/vi-du/hop",
            f"{HELD}outputs: [{{key: viec, kind: request, text: Làm, due: {SPAN}}}]\n",
        ),
        (
            "requirements/vi-du/van-ban",
            f'{HEAD}title: Văn bản\nunits: ["99001@2025-07-01"]\ndue: {SPAN}\n',
        ),
    ],
)
def test_what_ends_before_it_begins_is_found_and_one_day_is_a_span(
    tmp_path: Path, record: str, text: str
) -> None:
    write(tmp_path, {record: text})
    assert rules(tmp_path) == {"date-span"}
    write(tmp_path, {record: text.replace("2025-08-02", "2025-08-01")})
    assert rules(tmp_path) == set()


BODY_ID = "bodies/vi-du/an-binh/ubnd"
OFFICE = HEAD + f"name: Văn phòng\ntype: co_quan_chuyen_mon\nparent: {BODY_ID}\n"


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (BODY_ID, BODY.replace('unit: "99001@2025-07-01"\n', "")),
        ("bodies/vi-du/an-binh/van-phong", OFFICE),
    ],
)
def test_a_local_body_without_a_unit_is_found(tmp_path: Path, record: str, text: str) -> None:
    write(tmp_path, {record: text})
    assert rules(tmp_path) == {"body-unit"}


def test_a_body_below_one_of_another_unit_is_found(tmp_path: Path) -> None:
    elsewhere, above = f'{OFFICE}unit: "99002@"\n', BODY.replace("99001@2025-07-01", "99@")
    write(tmp_path, {"bodies/vi-du/an-binh/van-phong": elsewhere})
    assert rules(tmp_path) == {"body-parent"}
    write(tmp_path, {BODY_ID: above, "bodies/vi-du/an-binh/van-phong": elsewhere})
    assert "body-parent" not in rules(tmp_path)


@pytest.mark.parametrize("number", ["...", ".../KH-UBND", "xx/KH-UBND", "N/A", "không rõ", "00/KH"])
def test_a_placeholder_for_an_unknown_number_is_refused(tmp_path: Path, number: str) -> None:
    write(tmp_path, {DOCUMENT_ID: DOCUMENT.replace("01/KH-UBND", f'"{number}"')})
    assert "placeholder" in rules(tmp_path)


def test_a_person_with_two_names_is_found_where_the_rarer_name_stands(tmp_path: Path) -> None:
    holder = "office_holders: [{{person: a, name: {}, role: Chủ tịch}}]\n"
    write(
        tmp_path,
        {
            "bodies/vi-du/an-binh/ubnd": BODY + holder.format("Nguyễn A"),
            "bodies/vi-du/an-binh/hdnd": BODY + holder.format("Nguyễn A"),
            "bodies/vi-du/an-binh/khac": BODY + holder.format("Nguyễn B"),
        },
    )
    found = [f for f in findings(tmp_path) if f["rule"] == "person-name"]
    assert [f["path"] for f in found] == ["registry/bodies/vi-du/an-binh/khac.yaml"]


def test_two_outputs_of_one_key_are_found(tmp_path: Path) -> None:
    meeting = (
        HEAD + "title: Họp\nform: meeting\nmode: official\noutputs:\n"
        "  - {key: a, kind: request, text: Một}\n  - {key: a, kind: request, text: Hai}\n"
    )
    write(tmp_path, {"meetings/vi-du/an-binh/hop": meeting})
    assert "output-key" in rules(tmp_path)


def test_a_closed_output_that_nothing_shows_closed_is_a_warning(tmp_path: Path) -> None:
    output = "outputs: [{key: viec, kind: request, text: Làm, state: closed}]\n"
    write(tmp_path, {"meetings/vi-du/hop": HELD + output})
    assert [(f["rule"], f["severity"]) for f in findings(tmp_path)] == [
        ("output-closed", "warning")
    ]
    shown = output.replace("closed}", f"closed, closed_by: {DOCUMENT_ID}}}")
    write(tmp_path, {"meetings/vi-du/hop": HELD + shown})
    assert findings(tmp_path) == []


def test_a_link_in_the_tree_is_refused_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "registry/documents/vi-du/an-binh/khac.yaml").symlink_to("/etc/hostname")
    finding = findings(tmp_path)[0]
    assert finding["rule"] == "file-name"
    assert "link" in finding["message"]


def test_a_folder_that_is_no_kind_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"khac/vi-du": HEAD})
    assert rules(tmp_path) == {"kind"}


def test_a_hostile_value_never_sends_control_characters_to_the_terminal(tmp_path: Path) -> None:
    write(tmp_path, {DOCUMENT_ID: DOCUMENT + '"\\e[31mred": 1\n'})
    assert "\x1b" not in run(tmp_path).stdout


def test_a_large_registry_is_checked_in_two_processes_with_the_same_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titled = DOCUMENT.replace("stage: adopted", "stage: trial").replace(
        "issuer: bodies/", "issuer: bodies/vi-du/"
    )
    contact = DOCUMENT.replace("Kế hoạch thử", "Gọi số 0912 345 678")
    root = write(
        tmp_path, {"documents/vi-du/an-binh/a": titled, "documents/vi-du/an-binh/b": contact}
    )
    registry = load(root)
    alone = check(registry)
    assert {"reference", "personal-data"} & {finding.rule for finding in alone}
    assert len(alone) > 1
    monkeypatch.setattr("builder.check.run.LARGE", 1)
    assert check(load(root)) == alone
    assert check(load(root, cache=False)) == alone


def test_an_unreadable_record_is_one_finding_and_not_one_more_for_each_that_names_it(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"bodies/vi-du/an-binh/ubnd": BODY.replace("name:", "nam:")})
    assert rules(tmp_path) == {"schema"}


def test_a_fault_in_a_list_of_units_is_not_a_fault_of_all_that_names_its_units(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"units/vi-du": UNITS.replace("type: huyện", "type: huyn")})
    assert rules(tmp_path) == {"schema"}


@pytest.mark.parametrize(
    ("wrong", "message", "hint"),
    [
        ("issuer: Ủy ban", "issuer: 'Ủy ban' does not have", "write the id of a record, e.g."),
        ("type: QQ", "type: 'QQ' does not have", "use one of NQ, QĐ, CT"),
        ("unit: 99001", "unknown field 'unit'", "delete it, or see the schema"),
        ("dates: {sign: 2025-07-02}", "unknown field 'sign'", "did you mean 'signed'?"),
        ("dates: {on: 2025-07-02}", "unknown field 'on'", "the fields here are signed, adopted,"),
        ("relations: [amends]", "relations.0 is no list of fields", "write 'field: value' lines"),
        ('title: "Hai\\ndòng"', "does not have the form expected", "write it on one line"),
    ],
)
def test_what_a_field_must_be_is_said_in_words(
    tmp_path: Path, wrong: str, message: str, hint: str
) -> None:
    field = wrong.partition(":")[0]
    kept = [line for line in DOCUMENT.splitlines() if not line.startswith(f"{field}:")]
    write(tmp_path, {DOCUMENT_ID: "\n".join([*kept, wrong, ""])})
    (found,) = findings(tmp_path)
    assert message in found["message"]
    assert hint in found["hint"]


def test_no_pattern_of_a_model_is_shown_to_an_editor_as_it_stands() -> None:
    from builder.models.schema import json_schemas
    from builder.registry.problems import form_of

    def patterns(part: object):
        if isinstance(part, dict):
            if isinstance(part.get("pattern"), str):
                yield part["pattern"]
            part = list(part.values())
        if isinstance(part, list):
            for inner in part:
                yield from patterns(inner)

    for name, schema in json_schemas().items():
        for pattern in patterns(schema):
            assert pattern not in form_of(pattern), name


def test_a_refused_item_does_not_make_its_list_too_short(tmp_path: Path) -> None:
    write(tmp_path, {DOCUMENT_ID: DOCUMENT.replace("kind: dataset", "kind: datase")})
    (found,) = findings(tmp_path)
    assert found["at"] == ["sources", 0, "kind"]


def test_json_is_asked_for_as_everywhere(tmp_path: Path) -> None:
    root = write(tmp_path, {DOCUMENT_ID: "- a\n"})
    result = run(root, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == json.loads(run(root, "--format", "json").stdout)


def test_every_rule_has_a_test_that_names_it() -> None:
    tests = Path(__file__).resolve().parent.parent
    words = "\n".join(file.read_text("utf-8") for file in tests.rglob("test_*.py"))
    assert [rule for rule in RULES if f'"{rule}"' not in words] == []
