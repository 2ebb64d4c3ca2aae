"""Writing the search files of a site: the catalogue, and the texts if they are wanted."""

from pathlib import Path
from typing import Protocol

import orjson

from builder.registry import Registry
from builder.search.catalogue import Catalogue, Shard, digest
from builder.search.documents import Documents, SearchDoc
from builder.search.fulltext import write_texts
from builder.store.files import write_atomically

FOLDER = "search"
_TEXTS = "text-rows.json"  # ties the rows of the catalogue to Pagefind


class Site(Protocol):
    """What of a site's context is needed: where it stands, and its records."""

    @property
    def root(self) -> Path: ...
    @property
    def registry(self) -> Registry: ...


def write_search(site: Site, out: Path, full_text: bool) -> list[Path]:
    """Writes ``out/search/`` from the records of a site; the paths of all files, in order.

    Without ``full_text`` only the catalogue is written, and pages say so by themselves.
    """
    documents = Documents(site.registry, texts=full_text)
    catalogue = Catalogue(documents)
    docs: list[SearchDoc] = []
    for doc in documents:
        catalogue.add(doc)
        docs.append(doc)
    folder = out / FOLDER
    texts = ""
    if full_text:
        blocks, ids = write_texts(site.root, docs, folder)
        shards = {name: _row_ids(shard, ids) for name, shard in sorted(catalogue.shards.items())}
        rows = orjson.dumps({"blocks": blocks, "rows": shards})
        write_atomically(folder / _TEXTS, rows)
        texts = f"{_TEXTS}?{digest(rows)}"
    for name, data in catalogue.files(texts).items():
        write_atomically(folder / name, data)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _row_ids(shard: Shard, ids: dict[str, str]) -> list[str]:
    """Pagefind's id for each row of a shard; '' for a row without a text."""
    return [ids.get(key, "") for key in shard.keys]
