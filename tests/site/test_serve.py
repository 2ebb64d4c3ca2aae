"""Serving: on loopback, with the reloading script, and never the folder's neighbours."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.site.serve import EVENTS, Rebuilds, server
from tests.site.builds import ROOT, python, small


@pytest.fixture
def served_folder(tmp_path: Path) -> Iterator[tuple[http.client.HTTPConnection, Rebuilds]]:
    site = tmp_path / "site"
    (site / "don-vi").mkdir(parents=True)
    (site / "don-vi/index.html").write_text("<body>Đơn vị</body>", encoding="utf-8")
    (site / "404.html").write_text("<body>Không tìm thấy</body>", encoding="utf-8")
    (site / "robots.txt").write_text("User-agent: *\n")
    (tmp_path / "secret.html").write_text("<body>secret</body>")
    rebuilds = Rebuilds()
    with server(site, 0, rebuilds) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        connection = http.client.HTTPConnection("127.0.0.1", running.server_port, timeout=20)
        yield connection, rebuilds
        connection.close()
        running.shutdown()


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_it_listens_on_loopback_alone(tmp_path: Path) -> None:
    with server(tmp_path, 0, Rebuilds()) as running:
        assert running.server_address[0] == "127.0.0.1"


def test_pages_carry_the_script_that_reloads_them_and_files_do_not(served_folder) -> None:
    connection, _ = served_folder
    status, page = _get(connection, "/don-vi/")
    assert status == 200
    assert "Đơn vị<script>" in page
    assert EVENTS in page
    assert _get(connection, "/robots.txt") == (200, "User-agent: *\n")


def test_an_address_without_page_shows_the_404_page(served_folder) -> None:
    connection, _ = served_folder
    for path in ("/khong-co/", "/../secret.html", "/%2e%2e/secret.html"):
        status, page = _get(connection, path)
        assert status == 404
        assert "Không tìm thấy" in page


def test_a_rebuild_is_told_to_open_pages(served_folder) -> None:
    connection, rebuilds = served_folder
    connection.request("GET", EVENTS)
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    rebuilds.done()
    assert answer.readline() == b"data: rebuilt\n"


def test_a_registry_that_does_not_build_and_never_did_is_not_served(tmp_path: Path) -> None:
    small(tmp_path, {"bodies/vi-du/an-binh/ubnd": "no: record\n"})
    done = python("-m", "builder", "--root", str(tmp_path), "serve", "--port", "0")
    assert done.returncode == 1
    assert "bodies/vi-du/an-binh/ubnd.yaml" in done.stdout


def test_a_port_that_is_taken_is_said_before_anything_is_built(tmp_path: Path) -> None:
    root = small(tmp_path)
    with server(tmp_path, 0, Rebuilds()) as running:
        port = str(running.server_port)
        done = python("-m", "builder", "--root", str(root), "serve", "--port", port)
    assert done.returncode == 2
    assert f"cannot serve on port {port}" in done.stderr
    assert not (root / "site").exists()


def test_a_folder_of_the_same_name_as_the_program_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small(tmp_path)
    (root / "registry" / "units" / "hong.yaml").write_text("- a\n")  # so that serving ends
    (root / "builder").mkdir()
    (root / "builder" / "__init__.py").touch()
    (root / "builder" / "__main__.py").write_text("open('run', 'w')\n")
    monkeypatch.chdir(root)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    result = CliRunner().invoke(app, ["--root", str(root), "serve", "--port", "0"])
    assert result.exit_code == 1
    assert not (root / "run").exists()
