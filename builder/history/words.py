"""Changes of records said in the language of the field, in English with Vietnamese names.

What differs is found in ``values``; nothing here decides what counts as a change.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any

from builder.derive.words import document_words, provision_words, vietnamese_date
from builder.history.values import Change, Value, moved_alike
from builder.models import Instrument
from builder.registry import Registry

MAX_PROVISIONS = 12  # that one line names
MAX_SHOWN = 120  # characters of a value that a line quotes
Names = Callable[[str], str]  # id of a record or unit -> what people call it
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")

LABELS: dict[str, str] = {
    "access": "access", "as_of": "holds as of", "adopted": "adopted on",
    "operational_from": "operational from", "dates.signed": "signed on",
    "dates.adopted": "adopted on", "dates.issued": "issued on",
    "dates.published": "published on", "dates.effective": "effective from",
    "dates.expires": "in force until", "when.date": "held on", "when.end_date": "held until",
    "when.start": "begins at", "when.end": "ends at", "withdrawn.on": "withdrawn on",
    "withdrawn.reason": "reason of the withdrawal", "events.digest": "text of the clause",
    "events.sources.area": "area", "events.sources.population": "population",
}  # fmt: skip
# What one item of a list is called, where dropping the plural does not give it.
_ITEMS: dict[str, str] = {
    "events": "clause", "agenda": "agenda item", "legal_basis": "legal basis", "bodies": "body",
    "basis": "basis", "covers": "unit covered", "unknown": "unknown field", "lines": "line",
    "supports": "supported field", "units": "unit", "addressed_to": "addressee",
    "responsible": "responsible body", "territory": "territory", "related": "related meeting",
}  # fmt: skip


def names_of(*registries: Registry) -> Names:
    """Names of units and records, by the first of the registries that knows them."""

    def name(reference: str) -> str:
        for registry in registries:
            if reference in registry.units:
                return registry.units[reference].full_name
            if reference in registry.entries:
                return title_of(registry, reference)
        return reference

    return name


def title_of(registry: Registry, record_id: str) -> str:
    """What people call a record: its number, else its title or name, else its id."""
    entry = registry.entries.get(record_id)
    if entry is None:
        return record_id
    if isinstance(entry.record, Instrument):
        return document_words(entry.record)
    for field in ("title", "name", "province"):
        if value := getattr(entry.record, field, None):
            return str(value)
    return record_id


def lines_of(change_list: list[Change], names: Names) -> list[str]:
    """One line for each change, e.g. ``Kiên Mộc: source Bính Xá changed from rest to part``."""
    return [line_of(change, names) for change in moved_alike(change_list)]


def line_of(change: Change, names: Names) -> str:
    """The change in words, led by the items of lists in which it stands."""
    subjects = [_subject(change, index, names) for index in range(len(change.items))]
    what = _what(change, names)
    if change.path == "events.sources.share":
        return f"{': '.join(subjects)} {what}"
    return ": ".join((*subjects, what))


def _subject(change: Change, index: int, names: Names) -> str:
    """What an item on the way is called; ``index`` counts the lists passed."""
    depth = [place for place, part in enumerate(change.at) if isinstance(part, int)][index]
    fields = [part for part in change.at[:depth] if isinstance(part, str)]
    return _item(".".join(fields), change.items[index], names, change.items[:index])


def _item(path: str, item: Any, names: Names, around: tuple[Value, ...] = ()) -> str:
    """One item of a list by what tells it from others."""
    name = _ITEMS.get(path.rpartition(".")[2]) or _singular(path.rpartition(".")[2])
    if not isinstance(item, dict):
        return f"{name} {_shown(item, names)}"
    if path == "events":
        return _short(names(str(item.get("target"))))
    if path == "events.sources":
        return f"source {_source(item, names, around)}"
    if path == "units" and "code" in item:
        kind = str(item.get("type", ""))
        return f"{kind[:1].upper()}{kind[1:]} {item.get('name')} ({item['code']})"
    if path == "relations":
        target = names(item["target"]) if item.get("target") else item.get("cites")
        return f"relation {item.get('type')} {target}"
    if path == "corrections":
        return f"correction of {_shown(item.get('on'), names)}"
    for key in (
        "key",
        "name",
        "title",
        "role",
        "field",
        "cites",
        "valid_from",
        "unit",
        "id",
        "publisher",
        "kind",
    ):
        if item.get(key):
            return f"{name} {_shown(item[key], names)}"
    return name


def _source(item: Value, names: Names, around: tuple[Value, ...]) -> str:
    """A source of a clause by its bare name, or with its type where two share the name."""
    if item.get("unit") is None:
        return str(item.get("place"))
    full = names(item["unit"])
    others = [s.get("unit") for s in around[-1].get("sources", ())] if around else []
    alike = [u for u in others if u and _short(names(u)) == _short(full)]
    return full if len(alike) > 1 else _short(full)


def _short(full: str) -> str:
    """A unit's name without its type: ``Xã Bính Xá`` gives ``Bính Xá``, ``Phường 1`` stays.

    >>> _short("Thị trấn Đình Lập"), _short("Phường 1")
    ('Đình Lập', 'Phường 1')
    """
    bare = re.sub(r"\A(Xã|Phường|Thị trấn|Đặc khu|Thị xã|Thành phố|Huyện|Quận|Tỉnh) ", "", full)
    return full if bare.isdigit() else bare


def _what(change: Change, names: Names) -> str:
    if change.kind == "reordered":
        return f"{_words(change.fields[-1])} in another order"
    if isinstance(change.at[-1], int):
        return f"{_item(change.path, change.new or change.old, names, change.items)} {change.kind}"
    if change.path == "withdrawn" and isinstance(change.new, dict):
        return f"withdrawn on {_shown(change.new.get('on'), names)}: {change.new.get('reason')}"
    if change.path == "events.sources.share":
        return f"changed from {change.old} to {change.new}"
    label = LABELS.get(change.path) or _words(change.fields[-1])
    if change.path == "events.digest":
        return f"{label} changed"
    old, new = _shown(change.old, names), _shown(change.new, names)
    if change.kind == "added":
        return f"{label} {new} added"
    if change.kind == "removed":
        return f"{label} {old} removed"
    if _is_date(change.old) and _is_date(change.new):
        return f"{label} {new} instead of {old}"
    if isinstance(change.old, str) and isinstance(change.new, str) and _long(change):
        old, new = around_the_difference(change.old, change.new)
    return f"{label} changed from {old} to {new}"


def _long(change: Change) -> bool:
    return max(len(change.old), len(change.new)) > MAX_SHOWN // 2 and " " in change.new


def around_the_difference(old: str, new: str) -> tuple[str, str]:
    """Two long texts cut down to the words that differ, with one word around them.

    >>> around_the_difference("a b c d e f", "a b X d e f")
    ('“… b c d …”', '“… b X d …”')
    """
    before, after = old.split(), new.split()
    same = list(takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    start = max(0, len(same) - 1)
    back = zip(reversed(before[start + 1 :]), reversed(after[start + 1 :]), strict=False)
    end = max(0, len(list(takewhile(lambda pair: pair[0] == pair[1], back))) - 1)

    def quoted(words: list[str]) -> str:
        middle = " ".join(words[start : len(words) - end])
        if len(middle) > MAX_SHOWN:
            middle = f"{middle[: MAX_SHOWN - 1]}…"
        return f"“{'… ' if start else ''}{middle}{' …' if end else ''}”"

    return quoted(before), quoted(after)


def _shown(value: Any, names: Names) -> str:
    """A value as people write it: dates in the Vietnamese way, references by name."""
    if _is_date(value):
        return vietnamese_date(dt.date.fromisoformat(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        known = (f"{_words(key)} {_shown(one, names)}" for key, one in value.items() if one)
        return _cut(", ".join(known))
    if isinstance(value, list):
        return _cut(", ".join(_shown(one, names) for one in value))
    text = str(value)
    if ("/" in text or "@" in text) and (name := names(text)) != text:
        return name
    return _cut(f"“{text}”" if " " in text else text)


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not _DATE.match(value):
        return False
    try:
        return bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def _words(field: str) -> str:
    return field.replace("_", " ")


def _singular(field: str) -> str:
    return _words(field.removesuffix("s"))


def provisions_line(version: str, changed: Iterable[tuple[str, str]]) -> str:
    """Which provisions of a text differ, from pairs of status and anchor.

    >>> provisions_line("", [("changed", "dieu-5"), ("added", "dieu-6.khoan-2")])
    'provision Điều 5 changed, provision khoản 2 Điều 6 added'
    """
    said = [f"provision {provision_words(anchor)} {status}" for status, anchor in changed if anchor]
    if any(not anchor for _, anchor in changed):
        said.append("words outside the provisions changed")
    shown = ", ".join(said[:MAX_PROVISIONS]) or "text changed"
    more = f" and {len(said) - MAX_PROVISIONS} more" if len(said) > MAX_PROVISIONS else ""
    of = f"text of {vietnamese_date(dt.date.fromisoformat(version))}: " if version else ""
    return f"{of}{shown}{more}"
