"""The references a record makes, found from the types of its fields."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, get_args

from pydantic.fields import FieldInfo

from builder.findings import Location
from builder.models.base import Model, Ref

Reference = tuple[Location, Ref, str]
_Finder = Callable[[Any, Location], Iterator[Reference]]


def references(record: Model) -> Iterator[Reference]:
    """Every reference of a record: where it stands, what it points at, the id."""
    finder = _finder(type(record))
    if finder is not None:
        yield from finder(record, ())


@cache
def _finder(model: type[Model]) -> _Finder | None:
    """A function that walks only those fields in which a reference can stand."""
    parts: list[tuple[str, _Finder]] = []
    for name, info in model.model_fields.items():
        finder = _of_field(info)
        if finder is not None:
            parts.append((name, finder))
    if not parts:
        return None

    def walk(value: Any, at: Location) -> Iterator[Reference]:
        for name, finder in parts:
            part = getattr(value, name)
            if part is not None:
                yield from finder(part, (*at, name))

    return walk


def _of_field(info: FieldInfo) -> _Finder | None:
    for mark in info.metadata:
        if isinstance(mark, Ref):
            return _leaf(mark)
    return _of_type(info.annotation)


def _of_type(annotation: Any) -> _Finder | None:
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, Ref):
            return _leaf(mark)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _finder(annotation)
    found = [f for f in map(_of_type, get_args(annotation)) if f is not None]
    if not found:
        return None
    inner = found[0]
    return _each(inner) if getattr(annotation, "__origin__", None) is tuple else inner


def _leaf(mark: Ref) -> _Finder:
    def leaf(value: Any, at: Location) -> Iterator[Reference]:
        yield at, mark, value

    return leaf


def _each(inner: _Finder) -> _Finder:
    def each(values: Any, at: Location) -> Iterator[Reference]:
        for index, value in enumerate(values):
            yield from inner(value, (*at, index))

    return each
