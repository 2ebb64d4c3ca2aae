"""``registry schema``: what editors are offered is what the models hold."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from builder.cli import app
from builder.models import MODELS
from builder.store.yaml_read import read
from tests.registries import write


def run(root: Path, *arguments: str):
    return CliRunner().invoke(app, ["--root", str(root), "schema", *arguments])


def test_the_schemas_checked_in_are_those_of_the_models(root: Path) -> None:
    result = run(root, "--check")
    assert result.exit_code == 0, result.output


def test_a_drifted_schema_is_named_and_ends_with_1(tmp_path: Path) -> None:
    write(tmp_path)
    run(tmp_path)
    (tmp_path / "schemas/bodies.schema.json").write_text("{}")
    result = run(tmp_path, "--check")
    assert result.exit_code == 1
    assert "schemas/bodies.schema.json:1:1: error [schema-drift]" in result.stdout


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    run(tmp_path)
    assert "0 of them changed" in run(tmp_path).stdout


def test_a_schema_of_a_kind_that_no_longer_exists_is_deleted(tmp_path: Path) -> None:
    write(tmp_path)
    run(tmp_path)
    old = tmp_path / "schemas/former.schema.json"
    old.write_text("{}")
    run(tmp_path)
    assert not old.exists()


@pytest.mark.parametrize("kind", MODELS)
def test_every_real_record_is_valid_by_the_schema_of_its_kind(kind: str, root: Path) -> None:
    schema = json.loads((root / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    for path in (root / "registry" / kind).rglob("*.yaml"):
        errors = list(validator.iter_errors(read(path.read_text(encoding="utf-8"))))
        assert errors == [], f"{path}: {errors[0].message}"


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_is_described_in_vietnamese_and_english(kind: str) -> None:
    for name, field in MODELS[kind].model_fields.items():
        vietnamese, _, english = (field.description or "").partition("\n\n")
        assert all((vietnamese, english)), f"{kind}.{name}"
