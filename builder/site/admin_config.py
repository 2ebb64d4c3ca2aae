"""The configuration of the editing page, made from the models: a form for each kind.

Labels and hints are the descriptions of the fields, choices the code lists; pure.
"""

import re
from collections.abc import Iterator
from typing import Any

from builder.models import MODELS
from builder.models.base import Record
from builder.models.codes import DOCUMENT_TYPES, LABELS
from builder.models.settings import Editing
from builder.registry import Registry

Schema = dict[str, Any]
Field = dict[str, Any]

KINDS = {
    "documents": "Văn bản", "resolutions": "Nghị quyết", "regulations": "Quy chế, quy định",
    "meetings": "Cuộc họp", "bodies": "Cơ quan, tổ chức", "requirements": "Yêu cầu",
    "units": "Đơn vị hành chính", "mergers": "Sắp xếp đơn vị", "rules": "Quy tắc kế thừa",
}  # fmt: skip
_NAMED = {"bodies": "name", "units": "province"}
_READ_FROM_LISTS = frozenset(("units", "mergers"))  # written by ``registry ingest``
# Fields that hold the id of one kind of record: chosen from those records.
_PICKED = {
    "issuer": "bodies", "co_issuers": "bodies", "parent": "bodies", "bodies": "bodies",
    "responsible": "bodies", "addressed_to": "bodies", "related": "meetings",
    "resolution": "resolutions",
}  # fmt: skip
# Fields that hold the id of a record of one of several kinds. The CMS's own relation knows one
# collection only, so they are chosen from a list of what is published.
_INSTRUMENTS = ("documents", "resolutions", "regulations")
_CHOSEN = {
    "target": (*_INSTRUMENTS, "meetings", "requirements"), "document": _INSTRUMENTS,
    "changed_by": _INSTRUMENTS, "closed_by": (*_INSTRUMENTS, "meetings"),
    "basis": (*_INSTRUMENTS, "meetings"),
}  # fmt: skip
# Where the first words of a description are no good label.
_LABELS = {
    "regime": "Nhóm văn bản", "shortened_procedure": "Trình tự, thủ tục rút gọn",
    "access": "Ai được xem", "mode": "Vận hành thử hay chính thức",
}  # fmt: skip
_SLUG_WORDS = "Chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ quy-che-lam-viec"
_PATTERNS = (
    ("^[a-z]+(/", "Viết mã bản ghi, ví dụ bodies/lang-son/na-sam/ubnd"),
    ("^[a-z]+(-[a-z0-9]+)*(\\.", "Viết điều khoản như dieu-5.khoan-2.diem-a"),
    ("^[0-9]{2}([0-9]", "Viết mã đơn vị kèm ngày, ví dụ 06625@2025-07-01"),
    ("^[a-z0-9]+(-", _SLUG_WORDS),
    ("^https?:", "Viết địa chỉ đầy đủ, bắt đầu bằng https://"),
    ("^[^\\r\\n\\t]", "Viết trên một dòng"),
    ("^[0-9a-f]{64}", "Viết 64 chữ số thập lục phân của mã SHA-256"),
)
_UNIT = "^[0-9]{2}([0-9]"
_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"


def admin_config(registry: Registry, editing: Editing) -> dict[str, Any]:
    """What the CMS is started with; ``{"choices": […]}`` in ``options`` is filled in the browser.

    ``choices`` holds what can be chosen, by kind of record: said once, however many fields ask.
    """
    return {
        "config": {
            "load_config_file": False,
            "backend": backend_of(editing),
            "publish_mode": "editorial_workflow",
            "media_folder": "registry",
            "app_title": "Sổ đăng ký văn bản",
            "output": {"omit_empty_optional_fields": True},
            "slug": {"encoding": "ascii", "clean_accents": True},
            "editor": {"preview": False},
            "collections": [_collection(kind) for kind in KINDS],
        },
        "choices": {
            "units": [
                {"label": f"{unit.full_name} ({unit.id})", "value": unit.id}
                for unit in registry.units.values()
            ],
            **{kind: list(_records(registry, kind)) for kind in _CHOSEN["target"]},
        },
    }


def _records(registry: Registry, kind: str) -> Iterator[dict[str, str]]:
    """The records of a kind by title, number and id: as people know them."""
    for record_id, record in registry.of(MODELS[kind]):
        title, number = getattr(record, "title", ""), getattr(record, "number", None)
        known = f"{title}, số {number}" if isinstance(number, str) else title
        yield {"label": f"{known} ({record_id})", "value": record_id}


def backend_of(editing: Editing) -> dict[str, Any]:
    """Where the CMS reads and writes: the forge's interface, and how editors sign in."""
    backend: dict[str, Any] = {
        "name": editing.backend, "repo": editing.repo, "branch": editing.branch,
        "squash_merges": True,
    }  # fmt: skip
    if editing.backend == "github" and editing.from_forks:
        backend["open_authoring"] = True
    if editing.url:
        version = "v3" if editing.backend == "github" else "v4"
        backend["api_root"] = f"{editing.url.rstrip('/')}/api/{version}"
    if editing.sign_in:
        backend["base_url"] = editing.sign_in.rstrip("/")
    else:
        backend["auth_methods"] = ["token"]
    return backend


def _collection(kind: str) -> dict[str, Any]:
    schema = MODELS[kind].model_json_schema()
    named = _NAMED.get(kind, "title")
    own = [name for name in schema["properties"] if name not in Record.model_fields]
    first = [*dict.fromkeys([named, *own, *schema["properties"]])]
    fields = _fields({**schema, "properties": {n: schema["properties"][n] for n in first}}, schema)
    return {
        "name": kind, "label": KINDS[kind], "folder": f"registry/{kind}", "extension": "yaml",
        "format": "record", "identifier_field": named, "summary": f"{{{{{named}}}}}",
        "create": kind not in _READ_FROM_LISTS, "delete": False, "duplicate": False,
        "nested": {"depth": 9, "subfolders": False}, "meta": {"path": {"widget": "string"}},
        "slug": {
            "template": f"{{{{{named}}}}}", "editable": ["create"],
            "pattern": ["^[a-z0-9]+(-[a-z0-9]+)*$", _SLUG_WORDS],
        },
        "fields": [{"name": "source_text", "widget": "hidden"}, *fields],
    }  # fmt: skip


def _fields(part: Schema, whole: Schema) -> list[Field]:
    required = set(part.get("required", ()))
    return [
        _field(name, said, whole, required=name in required)
        for name, said in part.get("properties", {}).items()
    ]


def _field(name: str, said: Schema, whole: Schema, *, required: bool) -> Field:
    if name == "verified":
        return {"name": name, "widget": "hidden", "default": False}
    hint = said.get("description", "").split("\n\n")[0]
    optional = not required or (said.get("type") == "array" and not said.get("minItems"))
    label = _LABELS.get(name) or _label(hint) or name
    base: Field = {"name": name, "label": label, "required": not optional}
    if hint != f"{label}.":
        base["hint"] = hint
    return {**base, **_widget(name, _inner(said, whole), whole)}


def _label(hint: str) -> str:
    """The first words of a description, as a label."""
    return re.split(r"[;:,.(]", hint, maxsplit=1)[0].strip()


def _inner(said: Schema, whole: Schema) -> Schema:
    """A field's schema without reference and without the alternative of absence."""
    if "$ref" in said:
        return _inner(whole["$defs"][said["$ref"].rpartition("/")[2]], whole)
    options = [one for one in said.get("anyOf", ()) if one.get("type") != "null"]
    return _inner(options[0], whole) if options else said


def _widget(name: str, said: Schema, whole: Schema) -> Field:
    if said.get("type") == "array":
        return _list(name, said, whole)
    if said.get("type") == "object":
        return {"widget": "object", "collapsed": False, "fields": _fields(said, whole)}
    if said.get("type") == "boolean":
        return {"widget": "boolean"}
    if said.get("type") in ("integer", "number"):
        least = {"min": said["minimum"]} if "minimum" in said else {}
        return {"widget": "number", "value_type": "int", **least}
    return _scalar(name, said)


def _list(name: str, said: Schema, whole: Schema) -> Field:
    item = _inner(said["items"], whole)
    least = {"min": said["minItems"]} if said.get("minItems") else {}
    if item.get("type") == "object":
        shown = _summary(item)
        return {
            "widget": "list", "collapsed": True, "fields": _fields(item, whole), **shown, **least,
        }  # fmt: skip
    one = _scalar(name, item)
    if one["widget"] in ("select", "relation"):
        return {**one, "multiple": True, **least}
    return {"widget": "list", "field": {"name": "item", "label": "Mục", **one}, **least}


def _summary(item: Schema) -> Field:
    """What a folded item shows: the first of its fields that people know it by."""
    known = ("title", "name", "full_name", "text", "field", "what", "type", "kind", "clause")
    shown = next((name for name in known if name in item.get("properties", {})), None)
    return {"summary": f"{{{{{shown}}}}}"} if shown else {}


def _scalar(name: str, said: Schema) -> Field:
    pattern = said.get("pattern", "")
    if "enum" in said or "const" in said:
        return {
            "widget": "select",
            "options": list(_options(said.get("enum", [said.get("const")]))),
        }
    if pattern == "^(" + "|".join(DOCUMENT_TYPES) + ")$":
        return {"widget": "select", "options": list(_options(DOCUMENT_TYPES))}
    if pattern.startswith(_UNIT):
        return {"widget": "select", "options": {"choices": ["units"]}, **_pattern(pattern)}
    if pattern.startswith("^[a-z]+(/") and name in _PICKED:
        kind = _PICKED[name]
        title = _NAMED.get(kind, "title")
        return {
            "widget": "relation", "collection": kind, "value_field": f"{kind}/{{{{slug}}}}",
            "display_fields": [title], "search_fields": [title],
        }  # fmt: skip
    if pattern.startswith("^[a-z]+(/") and name in _CHOSEN:
        return {"widget": "select", "options": {"choices": [*_CHOSEN[name]]}, **_pattern(pattern)}
    if said.get("format") == "date":
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    if said.get("format") == "time":
        return {"widget": "string", "pattern": [_TIME, "Viết giờ như 08:00"]}
    if pattern:
        return {"widget": "string", **_pattern(pattern)}
    return {"widget": "text" if said.get("maxLength", 0) > 1_000 else "string"}


def _pattern(pattern: str) -> Field:
    message = next((words for start, words in _PATTERNS if pattern.startswith(start)), None)
    return {"pattern": [pattern, message or f"Không đúng dạng: {pattern}"]}


def _options(codes: Any) -> Iterator[dict[str, str]]:
    """Codes with their Vietnamese labels, from the list that holds them all."""
    labels = next((found for found in LABELS.values() if set(codes) <= set(found)), {})
    for code in codes:
        label = labels.get(code, code)
        yield {"label": label if label == code else f"{label} ({code})", "value": code}
