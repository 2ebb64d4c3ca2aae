"""The editing page as files: made from the models, served by the site, off unless asked for."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from builder.findings import RegistryError
from builder.models import MODELS
from builder.models.codes import LABELS
from builder.models.settings import Editing
from builder.registry import load
from builder.site.admin import admin_files
from builder.site.admin_config import admin_config, backend_of
from builder.site.build import build
from builder.site.page import SiteContext
from tests.node import admin_packages
from tests.registries import write

PLAN_ID = "documents/vi-du/an-binh/ke-hoach-thu"
EDITING = Editing(backend="github", repo="vi-du/kho")


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return admin_config(load(write(tmp_path_factory.mktemp("records"))), EDITING)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    registry = load(write(tmp_path_factory.mktemp("records")))
    return admin_files(registry, EDITING, admin_packages())


def fields(part: Any) -> list[dict[str, Any]]:
    """Every field of a form, those within others too."""
    inner = [*part.get("fields", ()), *([part["field"]] if "field" in part else [])]
    return inner + [deeper for one in inner for deeper in fields(one)]


def test_every_kind_of_record_has_a_form_with_every_field_of_its_model(config) -> None:
    forms = {form["name"]: form for form in config["config"]["collections"]}
    assert forms.keys() == MODELS.keys()
    for kind, model in MODELS.items():
        shown = {field["name"] for field in forms[kind]["fields"]} - {"source_text"}
        assert shown == set(model.model_fields)


def test_the_cms_itself_accepts_the_configuration(config) -> None:
    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            given = {name: filled(part) for name, part in value.items()}
            if isinstance(given.get("options"), dict):
                kinds = given["options"]["choices"]
                given["options"] = [one for kind in kinds for one in config["choices"][kind]]
            return given
        return [filled(part) for part in value] if isinstance(value, list) else value

    path = admin_packages() / "@sveltia" / "cms" / "schema" / "sveltia-cms.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(filled(config["config"]))


def test_every_pattern_says_in_vietnamese_what_is_wanted(config) -> None:
    for form in config["config"]["collections"]:
        for field in fields(form):
            if "pattern" in field:
                pattern, message = field["pattern"]
                re.compile(pattern)
                assert not message.startswith("Không đúng dạng"), field


def test_codes_are_chosen_by_their_vietnamese_labels(config) -> None:
    (form,) = [one for one in config["config"]["collections"] if one["name"] == "documents"]
    (stage,) = [field for field in form["fields"] if field["name"] == "stage"]
    assert {one["value"] for one in stage["options"]} == set(LABELS["stage"])
    assert {"label": "Vận hành thử (trial)", "value": "trial"} in stage["options"]


def test_a_change_becomes_a_pull_request_and_nothing_is_deleted(config) -> None:
    assert config["config"]["publish_mode"] == "editorial_workflow"
    assert not any(form["delete"] for form in config["config"]["collections"])


def test_every_field_that_names_a_record_or_unit_is_chosen_from_a_list(config) -> None:
    for form in config["config"]["collections"]:
        for field in fields(form):
            if field.get("pattern", [""])[0].startswith("^[a-z]+(/"):
                assert field["widget"] == "select", field["name"]
                assert set(field["options"]["choices"]) <= config["choices"].keys()


def test_a_record_is_chosen_by_its_title_and_number(config) -> None:
    assert config["choices"]["documents"] == [
        {
            "label": f"Kế hoạch thử, số 01/KH-UBND ({PLAN_ID})",
            "value": PLAN_ID,
        }
    ]


@pytest.mark.parametrize(("record_id", "kind"), [("units/vi-du", "units"), (PLAN_ID, "documents")])
def test_what_is_internal_is_no_choice_of_the_page(
    tmp_path: Path, record_id: str, kind: str
) -> None:
    root = write(tmp_path)
    path = root / f"registry/{record_id}.yaml"
    path.write_text(path.read_text().replace("access: public", "access: internal"))
    site = SiteContext(root, load(root), load(root).entries["units/vi-du"].record.as_of)
    assert admin_config(site.registry, EDITING)["choices"][kind] == []


def test_the_page_asks_no_other_host_but_the_forge(files) -> None:
    script = files["admin/sveltia-cms.js"].decode()
    for foreign in (
        "unpkg.com/@sveltia/cms",
        "cdn.jsdelivr.net/fontsource",
        "githubstatus.com/api",
    ):
        assert foreign not in script
    policy = re.search(r'content="([^"]*default-src[^"]*)"', files["admin/index.html"].decode())
    assert policy is not None
    hosts = set(re.findall(r"https://[^ ;]+", policy[1]))
    assert hosts == {"https://api.github.com", "https://avatars.githubusercontent.com"}
    assert "unsafe-eval" not in policy[1]


def test_the_script_is_named_by_its_digest(files) -> None:
    digest = base64.b64encode(hashlib.sha384(files["admin/sveltia-cms.js"]).digest()).decode()
    assert f'integrity="sha384-{digest}"' in files["admin/index.html"].decode()


def test_licences_go_with_what_is_served(files) -> None:
    text = files["admin/LICENSES.txt"].decode()
    for word in ("MIT", "Permission to use, copy, modify", "SIL Open Font"):
        assert word in text


def test_an_own_server_and_forks_are_said_to_the_cms() -> None:
    own = Editing(backend="gitlab", repo="a/b/c", url="https://git.vi-du.example/")
    assert backend_of(own)["api_root"] == "https://git.vi-du.example/api/v4"
    assert backend_of(own)["auth_methods"] == ["token"]
    forks = Editing(
        backend="github", repo="a/b", from_forks=True, sign_in="https://dang-nhap.example"
    )
    assert backend_of(forks)["open_authoring"] is True
    assert backend_of(forks)["base_url"] == "https://dang-nhap.example"


def test_a_site_has_no_editing_page_unless_it_is_asked_for(real_site: Path) -> None:
    assert not (real_site / "admin").exists()


def test_without_its_packages_the_build_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(RegistryError) as refused:
        admin_files(load(write(tmp_path)), EDITING)
    assert "make admin" in refused.value.hint


def test_a_build_with_editing_serves_the_page_and_its_manifest_names_it(tmp_path: Path) -> None:
    root = write(tmp_path / "kho")
    (root / "registry" / "settings.yaml").write_text(
        "editing: {backend: github, repo: vi-du/kho}\n", encoding="utf-8"
    )
    (root / ".cache" / "admin").mkdir(parents=True)
    (root / ".cache" / "admin" / "node_modules").symlink_to(admin_packages())
    build(root, tmp_path / "site", full_text=False)
    manifest = json.loads((tmp_path / "site" / "manifest.json").read_bytes())
    assert "admin/index.html" in manifest["files"]
    assert (tmp_path / "site" / "admin" / "sveltia-cms.js").is_file()
