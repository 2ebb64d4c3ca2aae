"""What the editing page writes is what ``builder.store.yaml_edit`` writes, byte for byte."""

import json
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from builder.store.yaml_edit import revised
from builder.store.yaml_write import block
from tests.node import admin_packages, node
from tests.store.test_yaml_edit import TEXT, records

SOURCE = Path(__file__).parents[2] / "site_src" / "admin"
RUN = """
import { cleaned, revised, written } from "./record-edit.js";
import { filled } from "./choices.js";
import fs from "node:fs";
const [what, cases] = JSON.parse(fs.readFileSync(0));
const tool = { revised, cleaned, written, filled }[what];
console.log(JSON.stringify(cases.map((one) => {
  try { return tool(...one); } catch (error) { return { error: error.message }; }
})));
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("record-edit")
    yaml = admin_packages() / "yaml" / "browser" / "index.js"
    for path in SOURCE.glob("*.js"):
        script = path.read_text(encoding="utf-8").replace("./yaml/index.js", yaml.as_uri())
        (folder / path.name).write_text(script, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "run.mjs").write_text(RUN, encoding="utf-8")
    return folder


def ask(folder: Path, what: str, cases: list[list[Any]]) -> list[Any]:
    done = subprocess.run(
        [node(), str(folder / "run.mjs")], input=json.dumps([what, cases]).encode(),
        capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def cases() -> list[list[Any]]:
    """Texts with the values that they are to say; hypothesis chooses."""
    found: list[list[Any]] = []

    @settings(max_examples=120, deadline=None, database=None, phases=[Phase.generate])
    @given(records, records)
    def collect(old: Any, new: Any) -> None:
        text = "\n".join(block(old)) + "\n"
        found.append([text, {**old, **new}])
        rest = {name: part for name, part in {**old, **new}.items() if name != next(iter(old))}
        if rest:
            found.append([text, rest])

    collect()
    return found


def test_the_page_and_the_command_line_write_the_same_bytes(folder: Path) -> None:
    given_cases = cases()
    assert ask(folder, "revised", given_cases) == [revised(*case) for case in given_cases]


def test_a_text_that_people_wrote_changes_in_the_same_places(folder: Path) -> None:
    from builder.store.yaml_read import read

    changed = []
    for name, part in (
        ("title", "Quy định"), ("dates", {"signed": "2025-07-02"}), ("units", ["06625@2025-07-01"]),
        ("sources", []), ("verified", {"by": "A"}), ("summary", "một hai " * 30 + "ba"),
    ):  # fmt: skip
        changed.append([TEXT, {**read(TEXT), name: part}])
    assert ask(folder, "revised", changed) == [revised(*case) for case in changed]


def test_words_with_quotes_are_written_into_quotes_alike(folder: Path) -> None:
    changed = [
        [f"title: {mark}Cũ{mark}\n", {"title": words}]
        for mark in ('"', "'") for words in ('A "B"', "A 'B'", "a\\b")
    ]  # fmt: skip
    assert ask(folder, "revised", changed) == [revised(*case) for case in changed]


def test_what_a_form_left_empty_is_left_out_unless_the_record_said_so(folder: Path) -> None:
    form = {
        "title": "A", "summary": "", "signers": [], "dates": {"signed": None, "issued": ""},
        "disclose": False, "verified": False, "notes": "",
    }  # fmt: skip
    before = {"notes": "", "title": "B"}
    assert ask(folder, "cleaned", [[form, before]]) == [
        {"notes": "", "title": "A", "verified": False}
    ]


def test_what_is_no_record_is_refused(folder: Path) -> None:
    (answer,) = ask(folder, "revised", [["- a\n", {"a": 1}]])
    assert "list of fields" in answer["error"]


def test_what_is_typed_with_letters_and_marks_apart_is_written_together(folder: Path) -> None:
    typed = unicodedata.normalize("NFD", "Quy chế làm việc")
    kept = unicodedata.normalize("NFD", "Đã có từ trước")
    old, new = {"title": "A", "notes": kept}, {"title": typed, "notes": kept, "lines": [typed]}
    (value,) = ask(folder, "cleaned", [[new, old]])
    assert value == {"title": "Quy chế làm việc", "notes": kept, "lines": ["Quy chế làm việc"]}


def choices(count: int) -> list[dict[str, str]]:
    return [{"label": f"Văn bản {n}", "value": f"documents/x/{n}"} for n in range(count)]


PATTERN = ["^[a-z]+$", "Viết mã bản ghi, ví dụ bodies/lang-son/na-sam/ubnd"]
TARGET = {
    "name": "target", "label": "Bản ghi", "widget": "select", "required": True,
    "options": {"choices": ["documents", "meetings"]}, "pattern": PATTERN,
}  # fmt: skip


def test_a_list_is_chosen_from_as_long_as_it_can_be_searched(folder: Path) -> None:
    kinds = {"documents": choices(2999), "meetings": choices(1)}
    relations = {"name": "relations", "widget": "list", "fields": [TARGET]}
    (field,) = ask(folder, "filled", [[relations, kinds]])
    (target,) = field["fields"]
    assert (target["widget"], len(target["options"])) == ("select", 3000)


@pytest.mark.parametrize("multiple", [False, True])
def test_with_more_choices_the_id_is_typed_and_held_to_its_form(
    folder: Path, multiple: bool
) -> None:
    kinds = {"documents": choices(3000), "meetings": choices(1)}
    field = {**TARGET, "hint": "Bản ghi kia.", **({"multiple": True} if multiple else {})}
    (typed,) = ask(folder, "filled", [[field, kinds]])
    inner = typed["field"] if multiple else typed
    assert (inner["widget"], inner["pattern"]) == ("string", PATTERN)
    assert typed["widget"] == ("list" if multiple else "string")
    assert not {"options", "multiple"} & {*typed}
    assert typed["hint"] == (
        "Bản ghi kia. Danh sách quá dài để chọn ở đây. "
        "Viết mã bản ghi, ví dụ bodies/lang-son/na-sam/ubnd."
    )
