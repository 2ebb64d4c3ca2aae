"""The cache of parsed records can only save time: whatever happens to it, results stay right."""

import hashlib
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from builder.models import Document
from builder.registry import load
from builder.store.cache import VERSION, RecordCache, cache_dir
from tests.registries import DOCUMENT, write

RECORD = "documents/vi-du/an-binh/ke-hoach-thu"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry whose records are in the cache already."""
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "cache"))
    write(tmp_path / "main")
    assert title(tmp_path / "main") == "Kế hoạch thử"
    assert cache_file(tmp_path / "main").is_file()
    return tmp_path / "main"


def cache_file(root: Path) -> Path:
    return cache_dir(root) / "records.json"


def title(root: Path) -> str:
    registry = load(root)
    assert registry.findings == ()
    record = registry.get(RECORD, Document)
    assert record is not None
    return record.title


def signed(content: Any) -> bytes:
    """A cache file with a digest that fits, as only its owner can write it."""
    body = orjson.dumps(content)
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def test_what_was_parsed_is_not_parsed_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(sys.modules["builder.registry.load"], "read", fail)
    assert title(root) == "Kế hoạch thử"


def test_a_changed_file_is_read_anew(root: Path) -> None:
    write(root, {RECORD: DOCUMENT.replace("Kế hoạch thử", "Kế hoạch mới")})
    assert title(root) == "Kế hoạch mới"


@pytest.mark.parametrize("length", [0, 1, 64, 65, 66, 200, -1])
def test_a_cache_cut_anywhere_changes_nothing(root: Path, length: int) -> None:
    whole = cache_file(root).read_bytes()
    cache_file(root).write_bytes(whole[:length])
    assert title(root) == "Kế hoạch thử"
    assert cache_file(root).read_bytes() == whole, "and is mended"


def test_a_cache_that_was_edited_is_thrown_away(root: Path) -> None:
    data = cache_file(root).read_bytes().replace("Kế hoạch thử".encode(), "Kế hoạch giả".encode())
    cache_file(root).write_bytes(data)
    assert title(root) == "Kế hoạch thử"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"garbage", b"\x00" * 100, b"[]\n[]", signed(None), signed([]), signed({}),
        signed({"version": VERSION}), signed({"version": VERSION, "value": []}),
        signed({"version": VERSION, "value": {"x": 1}}),
    ],
)  # fmt: skip
def test_garbage_in_place_of_the_cache_changes_nothing(root: Path, data: bytes) -> None:
    cache_file(root).write_bytes(data)
    assert title(root) == "Kế hoạch thử"


def test_values_of_another_version_of_the_program_are_not_taken(root: Path) -> None:
    body = orjson.loads(cache_file(root).read_bytes().partition(b"\n")[2])
    wrong = dict.fromkeys(body["value"], '{"title": "x"}')
    cache_file(root).write_bytes(signed({"version": VERSION - 1, "value": wrong}))
    assert title(root) == "Kế hoạch thử"


def test_values_that_are_no_text_are_not_taken(root: Path) -> None:
    body = orjson.loads(cache_file(root).read_bytes().partition(b"\n")[2])
    wrong = dict.fromkeys(body["value"], 5)
    cache_file(root).write_bytes(signed({"version": VERSION, "value": wrong}))
    assert title(root) == "Kế hoạch thử"


def test_a_deleted_cache_is_made_again(root: Path) -> None:
    cache_file(root).unlink()
    assert title(root) == "Kế hoạch thử"
    assert cache_file(root).is_file()


def test_a_cache_that_cannot_be_written_is_no_error(root: Path) -> None:
    cache_file(root).unlink()
    cache_file(root).mkdir()
    assert title(root) == "Kế hoạch thử"


def test_the_cache_forgets_files_that_are_gone(root: Path) -> None:
    before = cache_file(root).stat().st_size
    write(root, {"documents/vi-du/an-binh/them": DOCUMENT.replace("01/KH-UBND", "02/KH-UBND")})
    load(root)
    assert cache_file(root).stat().st_size > before
    (root / "registry/documents/vi-du/an-binh/them.yaml").unlink()
    load(root)
    assert cache_file(root).stat().st_size == before


def test_two_registries_share_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path))
    assert cache_dir(tmp_path / "a") != cache_dir(tmp_path / "b")


def test_a_value_is_kept_by_the_digest_of_its_file(tmp_path: Path) -> None:
    cache = RecordCache(tmp_path / "records.json")
    cache.put("digest", "{}")
    cache.save()
    again = RecordCache(tmp_path / "records.json")
    assert (again.get("digest"), again.get("other")) == ("{}", None)
