"""Internal records are in no byte of a site for the public, and in one for internal use."""

import os
import shutil
import subprocess
from pathlib import Path

import orjson
import pytest

from builder.findings import RegistryError
from builder.models import MODELS
from builder.site.build import build
from tests.confidential.canaries import FILE, FOLDED, ID, WORD, canary_records, seen_in
from tests.site.builds import files, run, vi_du


def plant(root: Path) -> Path:
    """Tỉnh Ví Dụ with an internal record of each kind, texts and a file beside, in git."""
    vi_du(root)
    _git(root, "init", "-q", "-b", "main")
    _commit(root, "Add public records")
    for record_id, value in canary_records().items():
        path = root / "registry" / f"{record_id}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))
    beside = root / "registry" / f"documents/{ID}"
    beside.with_suffix(".txt").write_text(f"Điều 1. {WORD}\n", "utf-8")
    beside.with_suffix(".1931-03-13.txt").write_text(f"Điều 1. {WORD} mới\n", "utf-8")
    beside.with_name(f"{FOLDED}.scan.pdf").write_bytes(FILE)
    _commit(root, f"Add {WORD}")
    (root / "registry" / f"rules/{ID}.yaml").touch()
    beside.with_suffix(".txt").write_text(f"Điều 1. {WORD} sửa\n", "utf-8")
    _commit(root, f"Change {WORD}")
    return root


def _commit(root: Path, message: str) -> None:
    _git(root, "add", "-A")
    _git(root, "-c", "user.name=Biên tập", "-c", "user.email=bt@example.vn",
         "commit", "-q", "-m", message)  # fmt: skip


def _git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), *words], check=True, capture_output=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
    )  # fmt: skip


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant(tmp_path_factory.mktemp("planted"))


@pytest.mark.parametrize("kind", MODELS)
def test_each_kind_of_record_is_planted_in_every_field(kind: str) -> None:
    value = canary_records()[f"{kind}/{ID}"]
    empty = {name for name in MODELS[kind].model_fields if value.get(name) in (None, [], {})}
    assert empty <= {"withdrawn", "place", "parent"}
    MODELS[kind].model_validate_json(orjson.dumps(value), strict=True)


def test_a_site_for_the_public_holds_no_canary(planted: Path, tmp_path: Path) -> None:
    build(planted, tmp_path / "site")
    assert list(seen_in(tmp_path / "site")) == []


def test_the_same_search_finds_the_canaries_in_a_site_for_internal_use(
    planted: Path, tmp_path: Path
) -> None:
    build(planted, tmp_path / "site", audience="internal")
    seen = set(seen_in(tmp_path / "site"))
    for kind in set(MODELS) - {"units"}:
        assert f"{kind}/{ID}/index.html" in seen
    assert any(path.startswith("search/pagefind/") for path in seen)
    assert any(path.startswith("search/catalogue") for path in seen)


def test_what_the_build_says_names_no_internal_record(planted: Path, tmp_path: Path) -> None:
    done = run(planted, "--out", str(tmp_path / "site"))
    assert done.returncode == 0
    assert FOLDED not in (done.stdout + done.stderr)


def test_a_public_site_is_the_same_with_and_without_the_internal_records(
    planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even counts, series of numbers or the weight of words tell that something is there."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767243600")
    without = vi_du(tmp_path / "without")
    with_internal = tmp_path / "with"
    shutil.copytree(planted, with_internal, ignore=shutil.ignore_patterns(".git"))
    build(without, tmp_path / "one")
    build(with_internal, tmp_path / "two")
    one, two = files(tmp_path / "one"), files(tmp_path / "two")
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []


def test_every_page_of_a_site_for_internal_use_says_so_and_asks_not_to_be_indexed(
    planted: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    build(planted, site, audience="internal", full_text=False)
    for path in (site / "documents").rglob("index.html"):
        html = path.read_text("utf-8")
        assert "Bản nội bộ" in html
        assert '<meta name="robots" content="noindex">' in html
    assert (site / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(("first", "second"), [("public", "internal"), ("internal", "public")])
def test_one_audience_never_takes_the_place_of_the_other(
    planted: Path, tmp_path: Path, first: str, second: str
) -> None:
    site = tmp_path / "site"
    build(planted, site, audience=first, full_text=False)  # type: ignore[arg-type]
    before = files(site)
    with pytest.raises(RegistryError, match="was built for the audience"):
        build(planted, site, audience=second, full_text=False)  # type: ignore[arg-type]
    assert files(site) == before


def test_the_command_builds_for_internal_use_into_a_folder_of_its_own(planted: Path) -> None:
    done = run(planted, "--audience", "internal", "--no-search")
    assert done.returncode == 0
    assert (planted / "site-internal" / f"documents/{ID}/index.html").is_file()
    assert not (planted / "site").exists()
