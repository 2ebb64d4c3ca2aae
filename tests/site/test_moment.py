"""The day a site is computed for, and what search engines are told."""

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from builder.findings import RegistryError
from builder.history.checkpoint import read_line, statement
from builder.history.repository import Repository
from builder.registry import load
from builder.site.moment import as_of
from builder.site.sitemap import sitemaps
from tests.registries import write


def _commit(root: Path, when: str) -> None:
    git = ["git", "-C", str(root), "-c", "user.name=thử", "-c", "user.email=thu@vi-du.example"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    dates = {**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    subprocess.run([*git, "commit", "-q", "-m", "thử"], check=True, env=dates)


def test_the_day_is_that_of_the_commit_in_vietnam(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    _commit(write(tmp_path), "2025-06-30T18:30:00Z")
    assert as_of(tmp_path, load(tmp_path)) == dt.date(2025, 7, 1)


def test_a_commit_of_a_year_that_no_date_can_name_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    _commit(write(tmp_path), "@999999999999 +0000")
    registry = load(tmp_path)
    assert as_of(tmp_path, registry).year == 9987
    repository = Repository(tmp_path)
    said = statement(repository, read_line(repository, registry), 0)
    assert said["committed"].startswith("9987-")


def test_outside_of_git_it_is_that_of_the_newest_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert as_of(tmp_path, load(write(tmp_path))) == dt.date(2025, 7, 1)


def test_source_date_epoch_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767200399")
    assert as_of(tmp_path, load(write(tmp_path))) == dt.date(2025, 12, 31)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767200400")
    assert as_of(tmp_path, load(tmp_path)) == dt.date(2026, 1, 1)


def test_a_source_date_epoch_that_is_no_number_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(RegistryError, match="yesterday"):
        as_of(tmp_path, load(write(tmp_path)))


def test_more_addresses_than_a_sitemap_takes_are_parted_under_an_index() -> None:
    found = sitemaps("https://vi-du.example", ["a/", "b&c/", "d/"], limit=2)
    assert set(found) == {"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"}
    assert b"<loc>https://vi-du.example/b&amp;c/</loc>" in found["sitemap-1.xml"]
    assert b"<sitemapindex" in found["sitemap.xml"]
    assert b"<loc>https://vi-du.example/sitemap-2.xml</loc>" in found["sitemap.xml"]
