"""The texts' index: made by Pagefind, the same for the same records, reused when it can be."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from builder.findings import RegistryError
from builder.registry import load
from builder.search import fulltext
from builder.search.documents import Documents
from builder.search.site import write_search
from builder.site.page import SiteContext


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(root: Path, out: Path, full_text: bool = True) -> list[Path]:
    return write_search(SiteContext(root, load(root), dt.date(2026, 1, 1)), out, full_text)


def test_two_runs_write_the_same_bytes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / f"cache-{name}"))
        write(root, tmp_path / name)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_every_file_written_is_named(with_texts: Path, tmp_path: Path) -> None:
    written = write(with_texts, tmp_path / "out")
    assert {path.relative_to(tmp_path / "out").as_posix() for path in written} == set(
        digests(tmp_path / "out")
    )


def test_only_what_the_page_needs_of_pagefind_is_served(with_texts: Path, tmp_path: Path) -> None:
    write(with_texts, tmp_path)
    scripts = {path.name for path in (tmp_path / "search" / "pagefind").rglob("*.js")}
    assert scripts == {"pagefind.js", "pagefind-worker.js"}


def test_texts_that_have_not_changed_are_not_indexed_again(
    with_texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(with_texts, tmp_path / "one")
    monkeypatch.setattr(fulltext, "_make", lambda *_: pytest.fail("indexed again"))
    write(with_texts, tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_without_texts_only_the_catalogue_is_written(with_texts: Path, tmp_path: Path) -> None:
    names = {path.name for path in write(with_texts, tmp_path, full_text=False)}
    assert names == {"catalogue.js", "catalogue.vi-du.js"}


def test_internal_records_are_in_no_file_of_the_site(with_texts: Path, tmp_path: Path) -> None:
    record = with_texts / "registry/regulations/vi-du/an-binh/ve-sinh.yaml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("access: public", "access: internal"), encoding="utf-8")
    for path in write(with_texts, tmp_path):
        assert "vệ sinh".encode() not in path.read_bytes()
        assert b"ve-sinh" not in path.read_bytes()


def test_a_missing_pagefind_is_told_with_the_way_out(
    with_texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "cache"))
    with pytest.raises(RegistryError, match="Pagefind could not index") as caught:
        write(with_texts, tmp_path / "out")
    assert "pagefind[bin]" in caught.value.hint


def test_a_large_registry_is_indexed_in_blocks_of_which_one_is_made_again(
    fictional: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "BLOCK", 3)
    write(fictional, tmp_path / "one")
    blocks = list((tmp_path / "one/search/pagefind").iterdir())
    assert len(blocks) > 1
    text = fictional / "registry/regulations/vi-du/an-binh/quy-che-lam-viec-ubnd.txt"
    text.write_text("Điều 1. Nước sạch", encoding="utf-8")
    made = []
    make = fulltext._make

    def count(pairs: list[tuple[str, str]], folder: Path, salt: int) -> None:
        made.append(pairs)
        make(pairs, folder, salt)

    monkeypatch.setattr(fulltext, "_make", count)
    write(fictional, tmp_path / "two")
    assert len(made) == 1


def test_blocks_share_no_id_even_if_pagefind_gives_the_same(
    fictional: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "BLOCK", 3)
    index = fulltext._index
    asked: list[int] = []

    def collide(
        pairs: list[tuple[str, str]], salt: int, kept: Path, folder: Path
    ) -> dict[str, str]:
        asked.append(salt)
        found = index(pairs, salt, kept, folder)
        if salt == 0:
            found["vi_same"] = found.pop(next(iter(found)))
        return found

    monkeypatch.setattr(fulltext, "_index", collide)
    docs = list(Documents(load(fictional)))
    _, ids = fulltext.write_texts(fictional, docs, tmp_path / "out")
    assert 1 in asked
    assert set(ids) == {doc.key for doc in docs if doc.text}
