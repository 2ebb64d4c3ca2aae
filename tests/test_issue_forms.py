"""The forms in which readers report on GitHub."""

from pathlib import Path

import pytest
import yaml

from builder.models.settings import Forge, Settings
from builder.site.links import record_links

FOLDER = Path(__file__).parents[1] / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(path for path in FOLDER.glob("*.yml") if path.stem != "config")


def form(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_a_source_and_warns_of_what_must_not_be_sent(path: Path) -> None:
    parts = form(path)["body"]
    asked = {part["id"]: part for part in parts if "id" in part}
    assert asked["nguon"]["validations"]["required"] is True
    assert "mật" in parts[0]["attributes"]["value"]
    assert all(part["type"] in {"markdown", "input", "textarea", "dropdown"} for part in parts)


def test_the_link_of_a_page_fills_in_the_record_of_its_form() -> None:
    forge = Forge(kind="github", url="https://git.vi-du.example/kho")
    link = record_links(Settings(forge=forge), "registry/a/b.yaml", "Tên").report
    template = link.split("template=")[1].split("&")[0]
    assert (FOLDER / template).is_file()
    assert "ban-ghi" in {part.get("id") for part in form(FOLDER / template)["body"]}
    assert "ban-ghi=registry%2Fa%2Fb.yaml" in link
