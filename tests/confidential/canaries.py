"""Records full of canaries: every field that can hold words holds one that must not be seen.

They are made from the models, so that a field added tomorrow is planted, too.
"""

import gzip
import hashlib
import types
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from builder.fold import fold
from builder.models import MODELS
from builder.models.base import Ref, Sha256, Slug, Url

WORD = "Đỗquyênkhelạnh"
FOLDED = "doquyenkhelanh"
YEAR = "1931"
ID = "vi-du/" + FOLDED
FILE = f"%PDF {WORD}".encode()  # beside the record, which names it by digest
UNIT = "99991@1931-03-13"
OVERRIDES: dict[str, Any] = {
    "access": "internal", "verified": False, "code": "99991", "parent": None,
    "document_type": "KH", "confirmed": True, "as_of": f"{YEAR}-01-02", "place": None,
    "withdrawn": None, "clauses": [2, 3], "file": f"{FOLDED}.scan.pdf",
    "sha256": hashlib.sha256(FILE).hexdigest(),
}  # fmt: skip
_PATTERNED = {"type": "KH", "media_type": "application/pdf"}


def canary_records() -> dict[str, Any]:
    """One internal record of each kind by id."""
    found = {}
    for kind, model in MODELS.items():
        value = _filled(model)
        found[f"{kind}/{ID}"] = {k: v for k, v in value.items() if v is not None}
    return found


def _filled(model: type[BaseModel]) -> dict[str, Any]:
    return {
        name: OVERRIDES[name] if name in OVERRIDES else _value(name, info.annotation, info)
        for name, info in model.model_fields.items()
    }


def _value(name: str, annotation: Any, info: FieldInfo | None = None) -> Any:
    marks = (*(info.metadata if info else ()), *getattr(annotation, "__metadata__", ()))
    for mark in marks:
        if isinstance(mark, Ref):
            return f"documents/{ID}" if mark.to == "record" else UNIT
    if annotation == Url or (marks and "https?" in str(marks)):
        return f"https://{FOLDED}.example/"
    if annotation == Slug or "^[a-z0-9]+(-" in str(marks):
        return FOLDED
    if annotation == Sha256 or "[0-9a-f]{64}" in str(marks):
        return "ca" * 32
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return arguments[-1] if name == "access" else arguments[0]
    if origin in (Union, types.UnionType):
        inner = [one for one in arguments if one is not type(None)]
        return _value(name, inner[0])
    if origin is tuple:
        return [_value(name, arguments[0])]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {k: v for k, v in _filled(annotation).items() if v is not None}
    return _plain(name, annotation, str(marks))


def _plain(name: str, annotation: Any, marks: str) -> Any:
    base = getattr(annotation, "__origin__", annotation)
    if base is bool:
        return True
    if base is int:
        return 2
    if base is str:
        if name in _PATTERNED and "pattern=" in marks:
            return _PATTERNED[name]
        if "dieu" in marks or "\\." in marks:
            return f"dieu-{FOLDED}"
        return f"{WORD} {name}"
    return {"date": f"{YEAR}-03-13", "time": "08:31"}[base.__name__]


def seen_in(site: Path) -> Iterator[str]:
    """Paths of the files of a site in which a canary can be read, packed or not."""
    for path in sorted(site.rglob("*")):
        relative = path.relative_to(site).as_posix()
        if FOLDED in fold(relative):
            yield f"{relative} (its name)"
        if path.is_file():
            for data in _unpacked(path.read_bytes()):
                text = data.decode("utf-8", "ignore")
                if FOLDED in fold(text) or f"{YEAR}-03" in text or f"/{YEAR}" in text:
                    yield relative
                    break


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    elif data[:1] == b"\x78":
        try:
            yield zlib.decompress(data)
        except zlib.error:
            return
