"""The settings of a registry: one file beside the records, absent while the defaults will do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.registry import load
from tests.registries import write


def with_settings(root: Path, text: str) -> Path:
    write(root)
    (root / "registry" / "settings.yaml").write_text(text, encoding="utf-8")
    return root


def test_a_registry_without_settings_has_the_defaults(tmp_path: Path) -> None:
    settings = load(write(tmp_path)).settings
    assert settings.languages == ("vi", "en")
    assert settings.forge is None


def test_settings_are_read_from_the_file_beside_the_folders(tmp_path: Path) -> None:
    root = with_settings(
        tmp_path, "languages: [vi]\nforge: {kind: github, url: https://forge.example/a/b}\n"
    )
    registry = load(root)
    assert registry.findings == ()
    assert registry.settings.languages == ("vi",)
    assert registry.settings.forge is not None
    assert registry.settings.forge.branch == "main"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("language: vi\n", "schema"),
        ("languages: [fr]\n", "schema"),
        ("forge: {kind: github, url: 'javascript:alert(1)'}\n", "schema"),
        (
            "forge: {kind: github, url: https://forge.example/a, branch: --upload-pack=x}\n",
            "schema",
        ),
        ("contact: a@b\n", "schema"),
        ("a: 1\na: 2\n", "yaml"),
    ],
)
def test_wrong_settings_are_a_finding_with_its_place(tmp_path: Path, text: str, rule: str) -> None:
    root = with_settings(tmp_path, text)
    result = CliRunner().invoke(app, ["--root", str(root), "check"])
    assert result.exit_code == 1
    assert f"[{rule}]" in result.stdout
    assert "registry/settings.yaml:" in result.stdout


def test_settings_behind_a_link_are_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text("languages: [en]\n", encoding="utf-8")
    root = write(tmp_path / "root")
    (root / "registry" / "settings.yaml").symlink_to(elsewhere)
    registry = load(root)
    assert registry.settings.languages == ("vi", "en")
    assert registry.findings
