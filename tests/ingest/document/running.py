"""Running ``registry ingest`` on papers, and looking at what it left."""

import json
from pathlib import Path
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from builder.cli import app
from tests.ingest.document.papers import pdf, word

ID = "documents/vi-du/an-binh/2025/12-qd-ubnd"


def made(kind: str, paper: dict[str, Any], **how: Any) -> bytes:
    return word(paper, **how) if kind == "docx" else pdf(paper, **how)


def ingest(root: Path, kind: str, *data: bytes, options: tuple[str, ...] = ()) -> Result:
    files = []
    for index, each in enumerate(data):
        file = root.parent / f"tep-{index}.{kind}"
        file.write_bytes(each)
        files.append(str(file))
    return CliRunner().invoke(app, ["--root", str(root), "ingest", kind, *files, *options])


def report(root: Path, kind: str, data: bytes, *options: str) -> dict[str, Any]:
    return json.loads(ingest(root, kind, data, options=("--json", *options)).stdout)["files"][0]


def tree(root: Path) -> dict[str, bytes]:
    found = (root / "registry").rglob("*")
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found if p.is_file()}


def changed(paper: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {**paper, **parts}
