"""Keys that are known without a context miss nothing: every record is changed in turn."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from builder.findings import RegistryError
from tests.conftest import ROOT
from tests.site.rendered import Site, site_on

VI_DU = ROOT / "tests/fixtures/vi-du"
RECORDS = sorted(
    path.relative_to(VI_DU).as_posix() for path in (VI_DU / "registry").rglob("*.yaml")
)
CHANGES = {
    "words": lambda text: re.sub(r"^(title|name|says): ", r"\1: Khác ", text, flags=re.MULTILINE),
    "years": lambda text: re.sub(r"\b20(2[0-9])-", lambda m: f"20{int(m[1]) + 1}-", text),
    "stage": lambda text: re.sub(r"^stage: \w+", "stage: draft", text, flags=re.MULTILINE),
    "gone": lambda _: None,
}


def _fingerprints(site: Site) -> dict[str, tuple[str, str]]:
    """Of every page with a key of its own: that key, and the digest of its context."""
    return {
        address: (
            site.stamper.key(page, {}),
            site.stamper.key(replace(page, key=None), page.context()),
        )
        for address, page in site.pages.items()
        if page.key is not None
    }


@pytest.mark.parametrize("change", CHANGES)
def test_a_context_never_changes_without_its_key(tmp_path: Path, change: str) -> None:
    shutil.copytree(VI_DU, tmp_path, dirs_exist_ok=True)
    before = _fingerprints(site_on(tmp_path))
    assert len(before) > 10
    missed, changed = [], 0
    for record in RECORDS:
        path = tmp_path / record
        original = path.read_text(encoding="utf-8")
        text = CHANGES[change](original)
        if text == original:
            continue
        if text is None:
            path.rename(path.with_suffix(".gone"))
        else:
            path.write_text(text, encoding="utf-8")
        try:
            after = _fingerprints(site_on(tmp_path))
        except RegistryError:  # a text whose versions no longer fit
            after = {}
        finally:
            if text is None:
                path.with_suffix(".gone").rename(path)
            path.write_text(original, encoding="utf-8")
        for address in before.keys() & after.keys():
            (key, context), (new_key, new_context) = before[address], after[address]
            changed += context != new_context
            if context != new_context and key == new_key:
                missed.append((record, address))
    assert missed == []
    assert changed > 0


def test_a_change_elsewhere_keeps_the_keys(tmp_path: Path) -> None:
    shutil.copytree(VI_DU, tmp_path, dirs_exist_ok=True)
    before = _fingerprints(site_on(tmp_path))
    path = tmp_path / "registry/regulations/vi-du/an-binh/quy-che-lam-viec-ubnd.yaml"
    path.write_text(CHANGES["words"](path.read_text(encoding="utf-8")), encoding="utf-8")
    after = _fingerprints(site_on(tmp_path))
    kept = [address for address in before if before[address][0] == after[address][0]]
    assert len(kept) > len(before) / 2
