"""``registry audit --site`` and ``--checkpoint URL``: what is served is what its commit gives."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import git
import pytest

from builder.findings import RegistryError
from builder.site import build as fresh_build
from builder.site.build import build
from tests.audit.conftest import audit, found, publish, the_only
from tests.conftest import ROOT
from tests.history.conftest import DOCUMENT_ID, Clone
from tests.registries import DOCUMENT
from tests.site.builds import MARKER, files

PAGE = f"{DOCUMENT_ID}/index.html"
DAY = "2025-07-{:02}T09:00:00+07:00".format


@pytest.fixture
def _guide_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An audit builds with an empty cache: MkDocs runs where that is looked at, not everywhere."""
    own, cache = fresh_build.guides, os.environ["REGISTRY_CACHE"]

    def kept(*arguments: Any) -> Any:
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("REGISTRY_CACHE", cache)
            return own(*arguments)

    monkeypatch.setattr(fresh_build, "guides", kept)


def grow(clone: Clone, number: int) -> None:
    text = DOCUMENT.replace("Kế hoạch thử", "Kế hoạch khác").replace("01/KH", f"{number}/KH")
    clone.put(f"documents/vi-du/an-binh/ke-hoach-{number}", text)
    clone.commit(f"Thêm {number}", date=DAY(number))


def test_a_site_as_it_was_built_raises_nothing(clone: Clone, tmp_path: Path) -> None:
    site = publish(clone, tmp_path / "site")
    before = files(clone.root)
    report = audit(clone, "--site", str(site))
    assert report["findings"] == []
    assert not any("site" in words for words in report["not_examined"])
    assert files(clone.root) == before, "the repository is only read"


def change(site: Path) -> str:
    (site / PAGE).write_bytes((site / PAGE).read_bytes().replace(b"01/KH-UBND", b"09/KH-UBND"))
    return PAGE


def add(site: Path) -> str:
    (site / "van-ban/them.html").write_text("thêm", encoding="utf-8")
    return "van-ban/them.html"


def take_away(site: Path) -> str:
    (site / PAGE).unlink()
    return PAGE


def link(site: Path) -> str:
    shutil.move(site / PAGE, site.parent / "elsewhere.html")
    (site / PAGE).symlink_to(site.parent / "elsewhere.html")
    return PAGE


@pytest.mark.usefixtures("_guide_once")
@pytest.mark.parametrize("attack", [change, add, take_away, link], ids=lambda one: one.__name__)
def test_a_file_that_was_touched_after_publication_is_named(
    clone: Clone, tmp_path: Path, attack: Callable[[Path], str]
) -> None:
    site = publish(clone, tmp_path / "site")
    path = attack(site)
    finding = the_only(clone, "--site", str(site))
    assert (finding["rule"], finding["where"]) == ("site-file-changed", path)


def seal(site: Path, path: str) -> None:
    """Makes manifest and checkpoint agree with a file that was changed, as a clever thief would."""
    manifest = json.loads((site / "manifest.json").read_bytes())
    manifest["files"][path] = hashlib.sha256((site / path).read_bytes()).hexdigest()
    (site / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    checkpoint = json.loads((site / "checkpoint.json").read_bytes())
    checkpoint["manifest"] = hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest()
    (site / "checkpoint.json").write_text(json.dumps(checkpoint), encoding="utf-8")


@pytest.mark.usefixtures("_guide_once")
def test_a_file_changed_with_its_manifest_is_not_what_the_commit_gives(
    clone: Clone, tmp_path: Path
) -> None:
    site = publish(clone, tmp_path / "site")
    seal(site, change(site))
    assert found(clone, "--site", str(site)) == [
        ("site-not-fresh", PAGE, None), ("site-not-fresh", "checkpoint.json", None),
    ]  # fmt: skip


@pytest.mark.usefixtures("_guide_once")
def test_an_older_site_that_is_served_again_is_found(clone: Clone, tmp_path: Path) -> None:
    site = publish(clone, tmp_path / "site")
    old = shutil.copytree(site, tmp_path / "old")
    grow(clone, 10)
    kept = publish(clone, site) / "checkpoint.json"
    findings = found(clone, "--site", str(old), "--checkpoint", str(kept))
    assert [rule for rule, _, _ in findings] == ["checkpoint-stale", "site-behind"]


@pytest.mark.usefixtures("_guide_once")
def test_a_site_behind_the_last_commit_is_said_to_be_so(clone: Clone, tmp_path: Path) -> None:
    site = publish(clone, tmp_path / "site")
    grow(clone, 10)
    finding = the_only(clone, "--site", str(site))
    assert (finding["rule"], finding["commit"]) == ("site-behind", clone.git.head.commit.hexsha)


@pytest.mark.usefixtures("_guide_once")
def test_a_site_of_files_that_were_not_committed_is_found(clone: Clone, tmp_path: Path) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("Kế hoạch thử", "Kế hoạch lạ"))
    site = publish(clone, tmp_path / "site")
    assert ("site-not-fresh", None, None) in found(clone, "--site", str(site))


@pytest.mark.usefixtures("_guide_once")
def test_a_site_of_another_version_of_the_program_is_not_said_to_be_right(
    clone: Clone, tmp_path: Path
) -> None:
    site = publish(clone, tmp_path / "site")
    checkpoint = json.loads((site / "checkpoint.json").read_bytes())
    (site / "checkpoint.json").write_text(
        json.dumps(checkpoint | {"program": "0" * 64}), encoding="utf-8"
    )
    assert the_only(clone, "--site", str(site))["rule"] == "site-other-program"


def test_a_folder_that_is_no_site_is_wrong_usage(clone: Clone, tmp_path: Path) -> None:
    result = clone.run("audit", "--site", str(tmp_path))
    assert isinstance(result.exception, RegistryError)


def test_a_site_for_the_inside_publishes_no_checkpoint(clone: Clone, tmp_path: Path) -> None:
    result = clone.run(
        "build", "--out", str(tmp_path / "site"), "--no-search", "--audience", "internal"
    )
    assert result.exit_code == 0, result.output
    assert not (tmp_path / "site/checkpoint.json").exists()


def test_a_shallow_clone_builds_without_a_checkpoint(clone: Clone, tmp_path: Path) -> None:
    grow(clone, 10)
    git.Repo.clone_from(f"file://{clone.root}", tmp_path / "can", depth=1)
    build(tmp_path / "can", tmp_path / "site", full_text=False)
    assert not (tmp_path / "site/checkpoint.json").exists()
    assert (tmp_path / "site/manifest.json").exists()


# Checkpoints from the web


class _Hostile(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/away" else 200)
        if self.path == "/away":
            self.send_header("Location", "file:///etc/hostname")
        self.end_headers()
        if self.path == "/page":
            self.wfile.write(b"<html>")
        if self.path == "/large":
            self.wfile.write(b" " * 5_000)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served_by() -> Iterator[Callable[[object], str]]:
    servers: list[ThreadingHTTPServer] = []

    def serve(handler: object) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_a_checkpoint_is_read_from_an_address(
    clone: Clone, tmp_path: Path, served_by: Callable[[object], str]
) -> None:
    site = publish(clone, tmp_path / "site")
    address = served_by(partial(_Files, directory=str(site)))
    grow(clone, 10)
    report = audit(clone, "--checkpoint", f"{address}/checkpoint.json")
    assert report["findings"] == []
    assert len(report["examined"]["checkpoints"]) == 1


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/away", "is not allowed"), ("/page", "is no checkpoint"),
        ("/large", "larger than"),
    ],
)  # fmt: skip
def test_an_address_that_gives_something_else_is_refused(
    clone: Clone, served_by: Callable[[object], str], monkeypatch: pytest.MonkeyPatch,
    path: str, says: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("builder.history.audit.kept.MAX_BYTES", 4_000)
    result = clone.run("audit", "--checkpoint", served_by(_Hostile) + path)
    assert isinstance(result.exception, RegistryError)
    assert says in str(result.exception)


@pytest.mark.parametrize("where", ["file:///etc/hostname", "ftp://127.0.0.1/x", "khong-co.json"])
def test_only_files_and_the_web_give_checkpoints(clone: Clone, where: str) -> None:
    result = clone.run("audit", "--checkpoint", where)
    assert isinstance(result.exception, RegistryError)
    assert where in str(result.exception)


# Building the same again


def test_clones_at_other_places_under_other_circumstances_give_the_same_bytes(
    clone: Clone, tmp_path: Path
) -> None:
    grow(clone, 10)
    elsewhere = tmp_path / "nơi khác" / "bản sao"
    clone.git.clone(str(elsewhere))
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(f"[mailmap]\n file = {home / 'map'}\n", encoding="utf-8")
    (home / "map").write_text("Ai Khác <bien.tap@example.org>\n", encoding="utf-8")
    circumstances = (
        (clone.root, "077", {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        (
            elsewhere, "022",
            {
                "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2",
                "HOME": str(home), "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
            },
        ),
    )  # fmt: skip
    built = []
    for number, (root, umask, environment) in enumerate(circumstances):
        out = tmp_path / f"site-{number}"
        known = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        known |= {"PYTHONPATH": str(ROOT), "REGISTRY_CACHE": str(tmp_path / f"cache-{number}")}
        subprocess.run(
            [
                "sh", "-c", 'umask "$1"; shift; exec "$@"', "sh", umask, sys.executable, "-m",
                "builder", "--root", str(root), "build", "--out", str(out), "--no-search",
            ],
            check=True, capture_output=True, env={**known, **environment},
        )  # fmt: skip
        built.append({name: data for name, data in files(out).items() if name != MARKER})
    assert built[0].keys() == built[1].keys()
    assert [name for name in built[0] if built[0][name] != built[1][name]] == []
    assert "checkpoint.json" in built[0]


def test_a_folder_that_is_no_site_is_named_as_such(clone: Clone, tmp_path: Path) -> None:
    result = clone.run("audit", "--site", str(tmp_path))
    assert "there is no checkpoint.json in this folder" in str(result.exception)
