"""The second tier of the browser: the words of the texts, indexed by Pagefind.

Pagefind's program is spoken to over its pipes (base64 of JSON, ended by commas). It is fed
with records, never with pages, and its output is the same for the same records. It folds
marks but not đ and knows no abbreviations, so it gets each text as its folded words; the
texts themselves stand beside the index, one file each, for the passages that are shown.
"""

import base64
import gzip
import hashlib
import os
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import IO, Any

import orjson

from builder.findings import RegistryError
from builder.search.documents import SearchDoc
from builder.search.fields import text_words
from builder.store.cache import cache_dir

BLOCK = 4_000
FORMAT = 2  # raise when what is kept of a block changes
_MAX_SALT = 8
_LANGUAGE = "vi"
# What of Pagefind's output the search page loads; its ready-made interfaces are left out.
# Fragments hold what is shown of a page; here the catalogue and the texts have that.
_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pf_meta", "wasm.*",
           "index/*")  # fmt: skip
_FRAGMENT_HEAD = b"pagefind_dcd"


def write_texts(root: Path, docs: Iterable[SearchDoc], folder: Path) -> tuple[int, dict[str, str]]:
    """Writes ``folder/pagefind/<block>/`` and ``folder/texts/``.

    Gives the number of blocks, and Pagefind's id for each key with a text. The blocks of an
    earlier run whose words have not changed are used again. Raises RegistryError.
    """
    pairs = []
    for doc in docs:
        if doc.text:
            pairs.append((doc.key, " ".join(text_words(doc))))
            path = folder / "texts" / f"{doc.key}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(doc.text, encoding="utf-8", newline="\n")
    cache = cache_dir(root) / "pagefind"
    blocks = _blocks(pairs)
    used: set[str] = set()
    ids: dict[str, str] = {}
    for place, block in enumerate(blocks):
        to = folder / "pagefind" / str(place)
        # Ids are short digests: unique in a block, and here made so among all of them.
        for salt in range(_MAX_SALT):
            name = _digest(block, salt)
            found = _index(block, salt, cache / name, to)
            if ids.keys().isdisjoint(found):
                break
            shutil.rmtree(to)
        used.add(name)
        ids.update(found)
    _forget(cache, used)
    return len(blocks), {key: id_ for id_, key in ids.items()}


def _blocks(pairs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Parts of at most about BLOCK texts, in which a text stays as long as their number does.

    Pagefind needs memory and time for an answer that grow faster than its index; and of a
    registry in parts only those that have changed are indexed again.
    """
    count = max(1, -(-len(pairs) // BLOCK))
    blocks: list[list[tuple[str, str]]] = [[] for _ in range(count)]
    for pair in pairs:
        blocks[zlib.crc32(pair[0].encode()) % count].append(pair)
    return blocks


def _index(pairs: list[tuple[str, str]], salt: int, kept: Path, folder: Path) -> dict[str, str]:
    """The index of one block, from the cache or made: the key for each of Pagefind's ids."""
    if kept.is_dir():
        return _copy(kept, folder)
    with tempfile.TemporaryDirectory(prefix="registry-texts-") as name:
        made = Path(name) / "made"
        _make(pairs, made, salt)
        _keep(made, kept)
        return _copy(made, folder)


def _copy(made: Path, folder: Path) -> dict[str, str]:
    shutil.copytree(made / "index", folder, dirs_exist_ok=True)
    ids: dict[str, str] = orjson.loads((made / "ids.json").read_bytes())
    return ids


def _keep(made: Path, kept: Path) -> None:
    """Keeps a block's index for later runs; a cache that cannot be written is no error."""
    beside = kept.with_name(f".{kept.name}.{os.getpid()}")
    try:
        shutil.copytree(made, beside)
        beside.rename(kept)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)


def _forget(cache: Path, names: set[str]) -> None:
    """Deletes what this run did not use."""
    for path in cache.glob("*"):
        if path.name not in names:
            shutil.rmtree(path, ignore_errors=True)


def _digest(pairs: list[tuple[str, str]], salt: int) -> str:
    made = hashlib.sha256(f"{FORMAT} {salt} pagefind {version('pagefind')}".encode())
    for key, content in pairs:
        made.update(f"\0{key}\0{content}".encode())
    return made.hexdigest()


def _make(pairs: list[tuple[str, str]], made: Path, salt: int = 0) -> None:
    """Indexes into ``made``: the files to serve in ``index/``, and ``ids.json``.

    Files are asked for and written here: Pagefind answers before what it writes itself
    has reached the disk.
    """
    with _pagefind() as service:
        index = service.ask(type="NewIndex", config={})["index_id"]
        for record_key, content in pairs:
            service.ask(
                type="AddRecord", index_id=index, url=f"{salt}/{record_key}", content=content,
                language=_LANGUAGE,
            )  # fmt: skip
        files = service.ask(type="GetFiles", index_id=index)["files"]
    ids: dict[str, str] = {}
    for file in files:
        path = PurePosixPath(file["path"])
        if path.parent.name == "fragment":
            ids[path.stem] = _key_of(base64.b64decode(file["content"]))
        elif any(path.match(pattern) for pattern in _NEEDED):
            target = made / "index" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(base64.b64decode(file["content"]))
    (made / "ids.json").write_bytes(orjson.dumps(dict(sorted(ids.items()))))


def _key_of(fragment: bytes) -> str:
    """The key of the record that a fragment was made of."""
    content = gzip.decompress(fragment).removeprefix(_FRAGMENT_HEAD)
    url: str = orjson.loads(content)["url"]
    return url.split("/", 1)[1]


class _Service:
    """A running Pagefind: one question, one answer."""

    def __init__(self, to: IO[bytes], out_of: IO[bytes]) -> None:
        self._in, self._out = to, out_of
        self._asked = 0

    def ask(self, **payload: Any) -> dict[str, Any]:
        self._asked += 1
        message = orjson.dumps({"message_id": self._asked, "payload": payload})
        self._in.write(base64.b64encode(message) + b",")
        self._in.flush()
        answer = orjson.loads(base64.b64decode(self._receive()))["payload"]
        if answer["type"] == "Error":
            raise _failed(answer.get("message", "no reason given"))
        found: dict[str, Any] = answer
        return found

    def _receive(self) -> bytes:
        received = bytearray()
        while not received.endswith(b","):
            part: bytes = self._out.read1(65_536)  # type: ignore[attr-defined]
            if not part:
                raise _failed("the program ended")
            received += part
        return bytes(received[:-1])


@contextmanager
def _pagefind() -> Iterator[_Service]:
    from pagefind.service import get_executable

    program = get_executable()
    if program is None:
        raise _failed("its program is not installed")
    process = subprocess.Popen(
        [str(program), "--service"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        if process.stdin is not None and process.stdout is not None:
            yield _Service(process.stdin, process.stdout)
    except BrokenPipeError:
        raise _failed("the program ended") from None
    finally:
        process.kill()
        process.communicate()


def _failed(why: str) -> RegistryError:
    return RegistryError(
        f"Pagefind could not index the texts: {why}",
        "install 'pagefind[bin]', or build without the search index",
    )
