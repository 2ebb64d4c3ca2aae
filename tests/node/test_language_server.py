"""Editors with the YAML language server (VS Code and others) explain and check records."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.commands.schema import write_schemas
from builder.models import MODELS
from builder.store.yaml_write import record_text
from tests.node.language_server import LanguageServer
from tests.registries import BODY, DOCUMENT

PATH = "registry/documents/vi-du/an-binh/ke-hoach-thu.yaml"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    root = tmp_path_factory.mktemp("workspace")
    (root / "registry").mkdir()
    write_schemas(root)
    server = LanguageServer(root)
    yield server
    server.close()


def place(text: str, word: str) -> tuple[int, int]:
    line = next(n for n, one in enumerate(text.splitlines()) if word in one)
    return line, text.splitlines()[line].index(word) + 1


def test_a_good_record_has_nothing_wrong(server: LanguageServer) -> None:
    assert server.open(PATH, DOCUMENT) == []
    assert server.open("registry/bodies/vi-du/an-binh/ubnd.yaml", BODY) == []


def test_a_bad_record_has_its_faults_marked_on_their_lines(server: LanguageServer) -> None:
    text = DOCUMENT.replace("stage: adopted", "stage: done").replace("type: KH", "type: XX")
    text += "titel: A\n"
    found = server.open(PATH.replace("thu", "sai"), text)
    marked = {text.splitlines()[one["range"]["start"]["line"]].split(":")[0] for one in found}
    assert marked == {"stage", "type", "titel"}


def test_a_missing_field_is_said(server: LanguageServer) -> None:
    text = DOCUMENT.replace("access: public\n", "")
    found = server.open(PATH.replace("thu", "thieu"), text)
    assert any("access" in one["message"] for one in found)


def test_hovering_over_a_field_explains_it_in_vietnamese_and_english(
    server: LanguageServer,
) -> None:
    server.open(PATH, DOCUMENT)
    shown = server.hover(PATH, *place(DOCUMENT, "number"))
    assert "Số và ký hiệu đầy đủ" in shown
    assert "Full number and symbol" in shown


def test_a_field_within_another_is_explained_too(server: LanguageServer) -> None:
    server.open(PATH, DOCUMENT)
    assert "Ngày có hiệu lực" in server.hover(PATH, *place(DOCUMENT, "effective"))


def test_fields_complete_while_one_types(server: LanguageServer) -> None:
    text = DOCUMENT + "s\n"
    path = PATH.replace("thu", "go")
    server.open(path, text)
    assert {"summary", "signers", "shortened_procedure"} <= set(
        server.completion(path, len(text.splitlines()) - 1, 1)
    )


def test_codes_complete_behind_their_field(server: LanguageServer) -> None:
    text = DOCUMENT.replace("stage: adopted", "stage: ")
    path = PATH.replace("thu", "ma")
    server.open(path, text)
    line, _ = place(text, "stage")
    assert {"draft", "trial", "adopted", "withdrawn"} <= set(server.completion(path, line, 7))


def test_a_file_that_names_its_schema_needs_no_settings(server: LanguageServer) -> None:
    value = {"title": "A"}
    found = server.open("elsewhere/a/b.yaml", record_text("documents/b", value))
    assert any("access" in one["message"] for one in found)


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_of_every_kind_is_described_in_both_languages(kind: str) -> None:
    schema = MODELS[kind].model_json_schema()
    parts = {kind: schema, **schema.get("$defs", {})}
    bare = [
        f"{name}.{field}"
        for name, part in parts.items()
        for field, said in part.get("properties", {}).items()
        if "\n\n" not in said.get("description", "")
    ]
    assert bare == []


def test_the_schemas_stand_where_the_settings_say(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    write_schemas(tmp_path)
    for kind in MODELS:
        assert (tmp_path / "schemas" / f"{kind}.schema.json").is_file()
