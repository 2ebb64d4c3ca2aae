"""The first tier of the browser: the catalogue as columns, one file for each province.

Files are small rather than handsome: lists stand for dictionaries, and rows refer to
them by place. ``site_src/theme/assets/search/catalogue.js`` reads them.
"""

import hashlib
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import orjson

from builder.derive.verdicts import STATE_LABELS
from builder.models.codes import LABELS
from builder.search.documents import BLOCKS, KINDS, STAGES, Documents, Place, SearchDoc
from builder.search.fold import PARTS, abbreviation_data

VERSION = 2  # raise when the browser's script would misread the files
KIND_LABELS = {
    "units": "Đơn vị hành chính",
    "mergers": "Sắp xếp đơn vị hành chính",
    "resolutions": "Nghị quyết",
    "regulations": "Quy chế, quy định",
    "documents": "Văn bản khác",
    "meetings": "Cuộc họp, kiểm tra",
    "requirements": "Yêu cầu phải có",
    "bodies": "Cơ quan, tổ chức",
    "people": "Người",
    "rules": "Quy tắc tiếp tục áp dụng",
}
STAGE_LABELS = {**LABELS["stage"], "official": "Chính thức"}

V = TypeVar("V", bound=Hashable)


@dataclass
class _Numbering(Generic[V]):
    """Values in order of appearance, each with its number."""

    numbers: dict[V, int] = field(default_factory=dict)

    def __call__(self, value: V) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


@dataclass
class Shard:
    """The catalogue of one province, row by row."""

    name: str
    keys: list[str] = field(default_factory=list)
    _columns: dict[str, list[Any]] = field(default_factory=dict)
    _types: _Numbering[tuple[str, str]] = field(default_factory=_Numbering)
    _states: _Numbering[str] = field(default_factory=_Numbering)
    _issuers: _Numbering[str] = field(default_factory=_Numbering)
    _places: _Numbering[Place] = field(default_factory=_Numbering)

    def add(self, doc: SearchDoc, places: Iterable[Place]) -> None:
        """A row for a document; ``places`` are its units."""
        self.keys.append(doc.key)
        row = {
            "kind": KINDS.index(doc.kind),
            "title": doc.title,
            "name": doc.name,
            "number": doc.number,
            "type": self._types((doc.type, doc.type_code)),
            "block": sum(1 << BLOCKS.index(block) for block in doc.blocks),
            "units": [self._places(place) for place in places],
            "issuer": self._issuers(doc.issuer),
            "date": doc.date,
            "stage": (STAGES.index(doc.stage) + 1) if doc.stage else 0,
            "states": self._states(doc.states),
            "also": PARTS.join(doc.also),
            "note": doc.note,
        }
        for name, value in row.items():
            self._columns.setdefault(name, []).append(value)

    def to_json(self) -> bytes:
        """The file's content."""
        return orjson.dumps(
            {
                "version": VERSION,
                "shard": self.name,
                "kinds": KINDS,
                "stages": ("", *STAGES),
                "types": list(self._types.numbers),
                "issuers": list(self._issuers.numbers),
                "timelines": list(self._states.numbers),
                "places": [
                    [place.id, place.name, place.former, place.province]
                    for place in self._places.numbers
                ],
                "key": self.keys,
                **self._columns,
            }
        )


@dataclass
class Catalogue:
    """All shards; documents are added in the order in which they are to be listed."""

    documents: Documents
    shards: dict[str, Shard] = field(default_factory=dict)

    def add(self, doc: SearchDoc) -> None:
        """Puts the document into the shard of its province."""
        shard = self.shards.setdefault(doc.shard, Shard(doc.shard))
        shard.add(doc, map(self.documents.place, doc.units))

    def files(self, texts: str = "") -> dict[str, bytes]:
        """Contents by name; ``texts`` is the file that ties rows to texts, if there is one."""
        found = {
            f"catalogue.{name}.js": shard.to_json() for name, shard in sorted(self.shards.items())
        }
        found = {name: as_script(name, data) for name, data in found.items()}
        index = {
            "version": VERSION,
            "shards": [
                {"name": name.split(".")[1], "file": name, "digest": digest(data)}
                for name, data in found.items()
            ],
            "labels": {
                "kind": KIND_LABELS,
                "block": {block: LABELS["block"][block] for block in BLOCKS},
                "stage": STAGE_LABELS,
                "state": STATE_LABELS,
            },
            "abbreviations": abbreviation_data(),
            "texts": texts,
        }
        return {"catalogue.js": as_script("catalogue.js", orjson.dumps(index)), **found}


def as_script(name: str, data: bytes) -> bytes:
    """A file of data as a script that hands it over: a page opened from a disk loads nothing else.

    JSON is JavaScript; ``</script>`` in it ends nothing, since the file stands for itself.
    """
    return b"registrySearchData(%s,%s);" % (orjson.dumps(name), data)


def digest(data: bytes) -> str:
    """Enough of a digest to ask a cache for the right version of a file."""
    return hashlib.sha256(data).hexdigest()[:12]
