"""Former states of records in Vietnamese: their fields as rows, and what changed between two.

What differs is found in ``builder.history.values``. Nothing that leads to a record which is not
public now is shown, whatever a former state said of it.
"""

import datetime as dt
import hashlib
import re
from typing import Any, NamedTuple

from builder.derive.provisions.cite import anchor_name
from builder.history.values import Change, Value, changes, item_key, moved_alike
from builder.history.words import around_the_difference
from builder.models import MODELS
from builder.site import format as vi
from builder.site import labels
from builder.site.i18n import N_, Table, _
from builder.site.labels import DOCUMENT_TYPES, LABELS
from builder.site.view import View

MAX_CHANGES = 30  # of one state that a page names
MAX_SHOWN = 160  # characters of a value within a sentence
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_RECORD = re.compile(rf"({'|'.join(MODELS)})(/[a-z0-9]+(-[a-z0-9]+)*)+\Z")
_UNIT = re.compile(r"[0-9]{2}([0-9]|[0-9]{3})?@([0-9]{4}-[0-9]{2}-[0-9]{2})?\Z")
_NOT_SHOWN = frozenset(("access",))  # public in every state that is shown
# By the last fields of a path: the code list that gives the words of a value.
_CODES = {
    "stage": "stage", "regime": "regime", "regimes": "regime", "block": "block",
    "certainty": "certainty", "sources.kind": "source_kind", "relations.type": "relation",
    "events.kind": "event_kind", "events.sources.area": "share",
    "events.sources.population": "share", "form": "meeting_form", "outputs.kind": "output_kind",
    "outputs.state": "output_state", "due.kind": "due_kind", "units.type": "unit_type",
    "document_type": "document_type", "body_type": "body_type",
}  # fmt: skip
_OWN_WORDS = {
    "mode": Table({"trial": N_("Vận hành thử"), "official": N_("Chính thức")}),
    "effect": Table({
        "continues": N_("Tiếp tục áp dụng"), "ends": N_("Hết hiệu lực"),
        "act_by": N_("Phải xử lý"),
    }),
    "cases": Table({
        "merged": N_("nhập toàn bộ"), "divided": N_("bị chia"),
        "part_transferred": N_("chuyển một phần"),
        "unchanged": N_("giữ nguyên"), "district": N_("cấp huyện"), "body": N_("cơ quan kết thúc"),
    }),
}  # fmt: skip
# What an item of a list is best known by, most telling first.
_NAMED_BY = (
    "name", "title", "text", "target", "cites", "unit", "place", "field", "role", "valid_from",
    "on", "publisher", "system", "key",
)  # fmt: skip


class Row(NamedTuple):
    """A field of a state: what makes it the same field in another state, its name, its value."""

    key: str
    label: str
    text: str


def public_fields(view: View, value: Value) -> Value:
    """The fields without references to what is not public, and without items that make them."""
    kept = _public(view, value)
    return kept if isinstance(kept, dict) else {}


def _public(view: View, value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _public(view, part) for name, part in value.items() if not _hidden(view, part)
        }
    if isinstance(value, list):
        return [_public(view, item) for item in value if not _leads_to_hidden(view, item)]
    return value


def _hidden(view: View, value: Any) -> bool:
    return isinstance(value, str) and _is_reference(value) and not _known(view, value)


def _is_reference(value: str) -> bool:
    return bool(_RECORD.match(value) or _UNIT.match(value))


def _leads_to_hidden(view: View, item: Any) -> bool:
    if isinstance(item, dict):
        return any(_hidden(view, part) for part in item.values())
    return _hidden(view, item)


def rows(view: View, kind: str, fields: Value) -> list[Row]:
    """The fields that say something, in the order of the model; an item of a list is one row."""
    found: list[Row] = []
    for name, value in fields.items():
        label = labels.field(kind, name)
        if name in _NOT_SHOWN or value in (None, [], "", {}):
            continue
        if name == "verified" and not value:
            found.append(Row(name, _("Kiểm chứng"), _("Chưa kiểm chứng")))
        elif isinstance(value, dict):
            found += [
                Row(f"{name}.{part}", labels.field(kind, f"{name}.{part}"), text)
                for part, one in value.items()
                if (text := words(view, kind, f"{name}.{part}", one))
            ]
        elif isinstance(value, list):
            found += _items(view, kind, name, label, value)
        elif text := words(view, kind, name, value):
            found.append(Row(name, label, text))
    return found


def _items(view: View, kind: str, name: str, label: str, items: list[Any]) -> list[Row]:
    if not any(isinstance(item, dict) for item in items):
        return [Row(name, label, words(view, kind, name, items))]
    seen: dict[str, int] = {}
    found = []
    for number, item in enumerate(items, 1):
        key = item_key(name, item)
        seen[key] = seen.get(key, 0) + 1
        text = words(view, kind, name, item)
        short = hashlib.sha256(key.encode()).hexdigest()[:8]
        found.append(Row(f"{name}-{short}-{seen[key]}", f"{label} {number}", text))
    return found


def words(view: View, kind: str, path: str, value: Any) -> str:
    """A value as the page says it; empty for what says nothing."""
    if value in (None, [], "", {}) or value is False:
        return ""
    if value is True:
        return _("Có")
    if isinstance(value, list):
        separator = "; " if any(isinstance(one, dict) for one in value) else ", "
        return separator.join(filter(None, (words(view, kind, path, one) for one in value)))
    if isinstance(value, dict):
        return ". ".join(
            f"{labels.field(kind, f'{path}.{name}')}: {text.removesuffix('.')}"
            for name, part in value.items()
            if part != "stated" and (text := words(view, kind, f"{path}.{name}", part))
        )
    return _scalar(view, kind, path, str(value))


def _scalar(view: View, kind: str, path: str, value: str) -> str:
    if _DATE.match(value):
        try:
            return vi.date(dt.date.fromisoformat(value))
        except ValueError:
            return value
    if path.endswith("provisions"):
        return anchor_name(value)
    if path in ("sources.supports", "unknown.field"):
        return vi.lower_first(labels.field(kind, value))
    if _is_reference(value) and _known(view, value):
        return view.card(value).title
    return _code(kind, path, value) or value


def _known(view: View, reference: str) -> bool:
    return reference in view.registry.entries or reference in view.registry.units


def _code(kind: str, path: str, value: str) -> str:
    """The Vietnamese words of a code; empty if the field holds none."""
    if path == "type":
        return (DOCUMENT_TYPES if kind != "bodies" else LABELS["body_type"]).get(value, "")
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        tail = ".".join(parts[-length:])
        if tail in _CODES:
            return LABELS[_CODES[tail]].get(value, "")
        if tail in _OWN_WORDS:
            return _OWN_WORDS[tail].get(value, "")
    return ""


# Differences


def said(view: View, kind: str, old: Value, new: Value) -> list[str]:
    """What the newer state says otherwise, one sentence a field; at most MAX_CHANGES of them."""
    found = [
        _sentence(view, kind, change)
        for change in moved_alike(changes(old, new))
        if change.fields[0] not in _NOT_SHOWN
    ]
    more = len(found) - MAX_CHANGES
    if more > 0:
        return [*found[:MAX_CHANGES], _("và %(more)s thay đổi khác", more=vi.number(more))]
    return found


def _sentence(view: View, kind: str, change: Change) -> str:
    """``Nguồn “Báo Lạng Sơn”: Ngày công bố: 27/6/2025 (trước là 26/6/2025)``."""
    return ": ".join((*_around(view, kind, change), _what(view, kind, change)))


def _around(view: View, kind: str, change: Change) -> list[str]:
    """The items of lists in which the change stands, by their names."""
    found: list[str] = []
    path: list[str] = []
    items = iter(change.items)
    for part in change.at:
        if isinstance(part, str):
            path.append(part)
        elif (item := next(items, None)) is not None:
            found.append(_item(view, kind, ".".join(path), item))
    return found


def _item(view: View, kind: str, path: str, item: Value) -> str:
    if path == "events" and item.get("clause"):
        return _("Khoản %(item)s", item=item["clause"])
    if path == "units" and item.get("code"):
        type_name = str(item.get("type") or "")
        return f"{vi.upper_first(type_name)} {item.get('name')} ({item['code']})".strip()
    label = labels.field(kind, path)
    for name in _NAMED_BY:
        if item.get(name):
            return f"{label} “{_cut(words(view, kind, f'{path}.{name}', item[name]))}”"
    return label


def _what(view: View, kind: str, change: Change) -> str:
    label = labels.field(kind, change.path)
    if change.fields[-1] == "share":  # area and population, which moved alike
        label = _("Diện tích và dân số")
    if change.kind == "reordered":
        return _("%(label)s: đổi thứ tự", label=label)
    path = change.path.replace(".share", ".area")
    old, new = words(view, kind, path, change.old), words(view, kind, path, change.new)
    if change.kind == "added":
        return (
            _("%(label)s: thêm “%(new)s”", label=label, new=_cut(new))
            if new
            else _("%(label)s: thêm", label=label)
        )
    if change.kind == "removed":
        return (
            _("%(label)s: bỏ “%(old)s”", label=label, old=_cut(old))
            if old
            else _("%(label)s: bỏ", label=label)
        )
    if max(len(old), len(new)) > MAX_SHOWN // 2 and " " in new:
        old, new = around_the_difference(old, new)
        return _("%(label)s: %(new)s thay cho %(old)s", label=label, new=new, old=old)
    return _(
        "%(label)s: %(new)s (trước là %(old)s)",
        label=label,
        new=new or _("không"),
        old=old or _("không"),
    )


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


PROVISION_STATUS = Table({
    "changed": N_("sửa đổi"), "added": N_("bổ sung"), "removed": N_("bỏ"),
    "renumbered": N_("đổi số thứ tự"),
})  # fmt: skip


def text_said(version: str, before: str | None, after: str | None) -> str:
    """What became of one text between two states; empty if nothing did. None: there was none."""
    from builder.history.compare import provisions

    of = (
        _("Lời văn từ %(version)s", version=vi.date(dt.date.fromisoformat(version)))
        if version
        else _("Lời văn")
    )
    if before is None or after is None:
        became = _("thêm") if before is None else _("bỏ")
        return f"{of}: {became}"
    if before == after:
        return ""
    try:
        touched = provisions(before, after)
    except ValueError:
        return _("%(of)s: thay đổi", of=of)
    found = [f"{anchor_name(a)} {PROVISION_STATUS[status]}" for status, a in touched if a]
    if len(found) < len(touched) or not found:
        found.append(_("phần ngoài các điều khoản thay đổi"))
    more = len(found) - MAX_CHANGES
    shown = ", ".join(found[:MAX_CHANGES])
    return f"{of}: {shown}" + (_(" và %(more)s chỗ khác", more=vi.number(more)) if more > 0 else "")
