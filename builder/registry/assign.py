"""Changing the value of a record by the paths of its fields: ``dates.effective=2025-07-10``.

Pure: a value in, a changed value out. Writing it into the file is in ``store.yaml_edit``.
"""

import copy
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from builder.days import day_from
from builder.findings import Location, RegistryError
from builder.fold import composed, fold
from builder.models.codes import LABELS
from builder.store.yaml_read import YamlError, read, refuse_hidden

_KEYS = ("key", "person", "field", "code")  # what an item of a list may be called by


def assigned(model: type[BaseModel], value: Any, path: str, text: str, *, add: bool = False) -> Any:
    """``value`` with the field at ``path`` set to what ``text`` says, or given one more item.

    The text is read as YAML, as plain words where only those fit the field, and a field of
    days takes 10/7/2025, one of codes the words that they stand for. Raises
    RegistryError for a path that leads nowhere and for hidden characters; whether the result
    is a record is not asked.
    """
    try:
        refuse_hidden(text)
    except YamlError as error:
        raise RegistryError(f"{path}: {error.message}", error.hint) from None
    text = composed(text)
    day = day_from(text)
    readings = [_read(text), text, *([day.isoformat()] if day else [])]
    at = location(value, path)
    as_written = None
    for reading in readings:
        result = _put(model, value, path, reading, add=add)
        if not _wrong_at(model, result, at):
            return result
        as_written = as_written or result
    meant = [_put(model, value, path, code, add=add) for code in _codes(text)]
    fitting = [result for result in meant if not _wrong_at(model, result, at)]
    return fitting[0] if len(fitting) == 1 else as_written


def _codes(text: str) -> list[str]:
    """Codes that the words may stand for: Quyết định is QĐ, ADOPTED is adopted.

    >>> _codes("quyết định"), _codes("HD")
    (['QĐ'], ['HD', 'HĐ'])
    """
    wanted = fold(text)
    return [
        code
        for codes in LABELS.values() for code, label in codes.items()
        if wanted in (fold(label), fold(code))
    ]  # fmt: skip


def removed(value: Any, path: str) -> Any:
    """``value`` without the field or item at ``path``."""
    new = copy.deepcopy(value)
    *way, last = location(new, path)
    holder = _at(new, way, path)
    try:
        del holder[last]
    except (KeyError, IndexError, TypeError):
        raise RegistryError(f"there is no {path} to take out", _has(holder)) from None
    return new


def location(value: Any, path: str) -> Location:
    """Keys and indices of a path; an item of a list is named by its place or by its key.

    >>> location({"outputs": [{"key": "a"}, {"key": "b"}]}, "outputs.b.state")
    ('outputs', 1, 'state')
    >>> location({"unknown": [{"field": "dates.signed"}]}, "unknown.dates.signed")
    ('unknown', 0)
    """
    found: list[str | int] = []
    here = value
    parts = path.split(".")
    if not all(parts):
        raise RegistryError(f"{path!r} is no path of fields", "write dates.effective")
    while parts:
        step: str | int = parts[0]
        used = 1
        if isinstance(here, list):
            step, used = _index(here, parts, path)
            here = here[step] if step < len(here) else None
        else:
            here = here.get(step) if isinstance(here, dict) else None
        found.append(step)
        parts = parts[used:]
    return tuple(found)


def _index(items: list[Any], parts: list[str], path: str) -> tuple[int, int]:
    """The place of the item that is named, and how many parts its name has: keys hold dots, too."""
    if parts[0].isdecimal() and int(parts[0]) <= len(items):
        return int(parts[0]), 1
    for used in range(len(parts), 0, -1):
        name = ".".join(parts[:used])
        for index, item in enumerate(items):
            if item == name or (isinstance(item, dict) and name in map(item.get, _KEYS)):
                return index, used
    called = [str(key) for item in items if (key := _called(item))]
    raise RegistryError(
        f"{path}: there is no item {'.'.join(parts)}",
        f"there is {', '.join(called)}" if called
        else f"items are counted from 0; there are {len(items)}",
    )  # fmt: skip


def _called(item: Any) -> Any:
    """What an item of a list may be called by, if it is by anything."""
    return next(filter(None, map(item.get, _KEYS)), None) if isinstance(item, dict) else None


def _put(model: type[BaseModel], value: Any, path: str, part: Any, *, add: bool) -> Any:
    new = copy.deepcopy(value)
    *way, last = location(new, path)
    holder = new
    for index, step in enumerate(way):
        if isinstance(holder, dict) and step not in holder:
            _insert(holder, str(step), {}, model, tuple(way[:index]))
        holder = _at(holder, [step], path)
    if not isinstance(holder, dict | list):
        raise RegistryError(f"{path}: what is above it has no fields of its own", "set that first")
    if add:
        _add(holder, last, part, path, model, tuple(way))
    elif isinstance(holder, list):
        if last == len(holder):
            holder.append(part)
        else:
            holder[int(last)] = part
    elif last in holder:
        holder[last] = part
    else:
        _insert(holder, str(last), part, model, tuple(way))
    return new


def _add(
    holder: Any, last: str | int, part: Any, path: str, model: type[BaseModel], way: Location
) -> None:
    if isinstance(holder, dict) and last not in holder:
        _insert(holder, str(last), [], model, way)
    items = holder[last]
    if not isinstance(items, list):
        raise RegistryError(f"{path} is no list", f"give it a value with --set {path}=…")
    items.append(part)


def _insert(
    holder: dict[str, Any], name: str, part: Any, model: type[BaseModel], way: Location
) -> None:
    """Puts a field where the model has it: behind the nearest of those before it."""
    order = field_names(model, way)
    before = order[: order.index(name)] if name in order else order
    behind = next((known for known in reversed(before) if known in holder), None)
    items = list(holder.items())
    at = len(items) if behind is None else list(holder).index(behind) + 1
    holder.clear()
    holder.update([*items[:at], (name, part), *items[at:]])


def field_names(model: type[BaseModel], way: Location) -> list[str]:
    """Names of the fields at a place of a record, in the order of the model."""
    schema = model.model_json_schema()
    parts = [schema]
    for step in way:
        inside = [inner for part in parts for inner in _inside(part, schema)]
        key = "items" if isinstance(step, int) else "properties"
        held = [inner[key] for inner in inside if key in inner]
        parts = held if isinstance(step, int) else [one[step] for one in held if step in one]
    found = [inner for part in parts for inner in _inside(part, schema)]
    return [name for inner in found for name in inner.get("properties", ())]


def _inside(part: dict[str, Any], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A part of a schema with its reference followed, or each of its alternatives."""
    if "$ref" in part:
        yield from _inside(schema["$defs"][part["$ref"].rpartition("/")[2]], schema)
    elif "anyOf" in part:
        for one in part["anyOf"]:
            yield from _inside(one, schema)
    else:
        yield part


def _at(value: Any, way: list[str | int], path: str) -> Any:
    for step in way:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            raise RegistryError(f"{path}: there is no {step}", _has(value)) from None
    return value


def _has(holder: Any) -> str:
    return f"there is {', '.join(map(str, holder))}" if isinstance(holder, dict) and holder else ""


def _read(text: str) -> Any:
    try:
        return read(text)
    except YamlError:
        return text


def _wrong_at(model: type[BaseModel], value: Any, at: Location) -> bool:
    """Whether the model refuses what stands at a place, whatever it says of the rest."""
    import orjson

    try:
        model.model_validate_json(orjson.dumps(value), strict=True)
    except ValidationError as error:
        return any(detail["loc"][: len(at)] == at for detail in error.errors())
    return False
