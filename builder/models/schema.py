"""JSON Schemas of the records, for editors and other programs. Pure: no files."""

from typing import Any

from pydantic import BaseModel

from builder.models import MODELS
from builder.models.settings import Settings

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, dict[str, Any]]:
    """Schema by file name, e.g. ``regulations.schema.json``."""
    models: dict[str, type[BaseModel]] = {**MODELS, "settings": Settings}
    return {f"{name}.schema.json": _schema(name, model) for name, model in models.items()}


def _schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    return {"$schema": _DIALECT, "$id": f"{name}.schema.json", **schema}


def vscode_settings() -> dict[str, Any]:
    """Settings that tie each folder of records to its schema in VS Code's YAML extension."""
    return {
        "yaml.schemas": {
            f"./schemas/{kind}.schema.json": f"registry/{kind}/**/*.yaml" for kind in MODELS
        }
        | {"./schemas/settings.schema.json": "registry/settings.yaml"},
        "yaml.yamlVersion": "1.2",
        "yaml.customTags": [],
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
    }
