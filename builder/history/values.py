"""What differs between two states of one record: changes of fields, items matched by their key.

Pure: two values in, changes out. Saying them in words is in ``words``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from builder.findings import Location

Kind = Literal["added", "removed", "changed", "reordered"]
Value = dict[str, Any]

# Lists of the models whose items keep an identity of their own: path of fields -> its fields.
KEYS: dict[str, tuple[str, ...]] = {
    "agenda": ("title",),
    "chairs": ("person", "name", "role"),
    "corrections": ("on", "by", "what"),
    "delegations": ("name",),
    "events": ("clause",),
    "events.sources": ("unit", "place"),
    "external_refs": ("system", "id"),
    "legal_basis": ("cites",),
    "office_holders": ("person", "role"),
    "outputs": ("key",),
    "relations": ("type", "target", "cites"),
    "signers": ("name",),
    "sources": ("kind", "title", "url"),
    "split_exceptions": ("unit",),
    "text_versions": ("valid_from",),
    "units": ("code", "valid_from"),
    "unknown": ("field",),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field, or one item of a list, that differs.

    ``fields`` names the fields on the way without places in lists; ``items`` are the items of
    lists passed on the way, as the newer state has them; ``at`` is the place in the newer
    state, or in the older one for what was removed. Absent is None.
    """

    kind: Kind
    fields: tuple[str, ...]
    items: tuple[Value, ...]
    at: Location
    old: Any
    new: Any

    @property
    def path(self) -> str:
        return ".".join(self.fields)


def changes(old: Value, new: Value) -> list[Change]:
    """Everything that differs, in order of the newer state; what was removed comes after.

    The order of keys means nothing; that of items is one change of the list.

    >>> before = {"title": "A", "dates": {"effective": "2025-07-01", "signed": None}}
    >>> after = {"dates": {"effective": "2025-07-10"}, "title": "A"}
    >>> [(c.kind, c.path, c.old, c.new) for c in changes(before, after)]
    [('changed', 'dates.effective', '2025-07-01', '2025-07-10')]
    """
    return list(_mapping(old, new, Change("changed", (), (), (), None, None)))


def _mapping(old: Value, new: Value, here: Change) -> Iterator[Change]:
    for name in (*new, *(key for key in old if key not in new)):
        before, after = _known(old.get(name)), _known(new.get(name))
        if before == after:
            continue
        there = replace(here, fields=(*here.fields, name), at=(*here.at, name))
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _mapping(before, after, there)
        elif _is_list(before) and _is_list(after):
            yield from _list(before or [], after or [], there)
        else:
            yield _change(there, before, after)


def _known(value: Any) -> Any:
    """Empty lists and fields are absent; so is a group in which nothing is known."""
    if isinstance(value, dict):
        return value if any(_known(one) is not None for one in value.values()) else None
    return None if value in ([], "") else value


def _is_list(value: Any) -> bool:
    return value is None or isinstance(value, list)


def _change(here: Change, old: Any, new: Any) -> Change:
    kind: Kind = "added" if old is None else "removed" if new is None else "changed"
    return replace(here, kind=kind, old=old, new=new)


def _list(old: list[Any], new: list[Any], here: Change) -> Iterator[Change]:
    before, after = _keyed(old, here), _keyed(new, here)
    for key, (index, item) in after.items():
        there = replace(here, at=(*here.at, index))
        if key not in before:
            yield _change(there, None, item)
        elif isinstance(item, dict):
            yield from _mapping(before[key][1], item, replace(there, items=(*here.items, item)))
    for key, (index, item) in before.items():
        if key not in after:
            yield _change(replace(here, at=(*here.at, index)), item, None)
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield replace(here, kind="reordered", old=old, new=new)


def _keyed(items: list[Any], here: Change) -> dict[Any, tuple[int, Any]]:
    """Items with their place, by what tells them apart; twins are counted."""
    names = KEYS.get(here.path)
    seen: Counter[Any] = Counter()
    found: dict[Any, tuple[int, Any]] = {}
    for index, item in enumerate(items):
        key = _key(item, names)
        seen[key] += 1
        found[key, seen[key]] = (index, item)
    return found


def _key(item: Any, names: tuple[str, ...] | None) -> str:
    if isinstance(item, dict) and names is not None:
        return repr([item.get(name) for name in names])
    return repr(item)


def item_key(path: str, item: Any) -> str:
    """What tells an item of the list at ``path`` from the others, in any state of the record."""
    return _key(item, KEYS.get(path))


def moved_alike(change_list: list[Change]) -> list[Change]:
    """Changes of area and population of one source taken together where they are the same.

    Clauses nearly always move both alike; then one line says it, with the field ``share``.
    """
    by_source: dict[Location, list[Change]] = defaultdict(list)
    for change in change_list:
        if change.path in ("events.sources.area", "events.sources.population"):
            by_source[change.at[:-1]].append(change)
    alike = {
        place for place, both in by_source.items()
        if len(both) == 2 and (both[0].old, both[0].new) == (both[1].old, both[1].new)
    }  # fmt: skip
    kept: list[Change] = []
    for change in change_list:
        if change.fields[-1] not in ("area", "population") or change.at[:-1] not in alike:
            kept.append(change)
        elif change.fields[-1] == "area":
            kept.append(replace(change, fields=(*change.fields[:-1], "share")))
    return kept
