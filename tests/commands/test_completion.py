"""What the shell offers for an id: folder by folder, whole ids where only one is left."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.registries import write


def offered(root: Path, words: str) -> list[str]:
    line = f"registry --root {root} {words}"
    result = CliRunner().invoke(
        app, prog_name="registry",
        env={
            "_REGISTRY_COMPLETE": "complete_bash", "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        },
    )  # fmt: skip
    return result.stdout.split()


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("show doc", ["documents/vi-du/an-binh/ke-hoach-thu"]),
        ("history documents/vi-du/", ["documents/vi-du/an-binh/", "documents/vi-du/tinh/"]),
        ("edit registry/units/", ["registry/units/vi-du"]),
        ("show ", ["bodies/", "documents/", "units/"]),
        ("show nosuch/", []),
        ("show ../", []),
        ("new req", ["requirements"]),
    ],
)
def test_an_id_is_completed_as_far_as_it_is_the_only_one(
    tmp_path: Path, words: str, ids: list[str]
) -> None:
    root = write(tmp_path)
    if "history" in words:
        (root / "registry/documents/vi-du/tinh").mkdir()
    assert offered(root, words) == ids
