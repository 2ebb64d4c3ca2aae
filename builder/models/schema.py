"""JSON Schemas of the records, for editors and other programs. Pure: no files."""

from typing import Any

from builder.models import MODELS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, dict[str, Any]]:
    """Schema by file name, e.g. ``regulations.schema.json``."""
    return {f"{kind}.schema.json": _schema(kind) for kind in MODELS}


def _schema(kind: str) -> dict[str, Any]:
    schema = MODELS[kind].model_json_schema()
    return {"$schema": _DIALECT, "$id": f"{kind}.schema.json", **schema}


def vscode_settings() -> dict[str, Any]:
    """Settings that tie each folder of records to its schema in VS Code's YAML extension."""
    return {
        "yaml.schemas": {
            f"./schemas/{kind}.schema.json": f"registry/{kind}/**/*.yaml" for kind in MODELS
        },
        "yaml.yamlVersion": "1.2",
        "yaml.customTags": [],
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
    }
