"""Records as YAML text, made to be read and compared line by line; written all or not at all.

Only what ``ingest`` writes from nothing; editing existing records is elsewhere.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.findings import RegistryError
from builder.models import MergerRecord, Resolution, UnitFile
from builder.models.base import Record, Source, Unknown
from builder.models.codes import LABELS
from builder.models.mergers import MergerEvent, MergerSource
from builder.models.units import UnitRow
from builder.store.files import read_bytes, write_atomically
from builder.store.yaml_read import MAX_BYTES, YamlError, decode, read

# A plain scalar that every YAML reader takes as a string, in flow context too.
_PLAIN = re.compile(r"[^\W\d_](?:[\w' ()/.-]*[\w')])?\Z")
_RESERVED = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def scalar(value: object) -> str:
    """A value as a YAML scalar: plain where that is safe, quoted where it is not.

    >>> [scalar(v) for v in ("Bính Xá", "1", "06622", False, 3, "N: 1")]
    ['Bính Xá', '"1"', '"06622"', 'false', '3', '"N: 1"']
    """
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    if _PLAIN.match(value) and value.lower() not in _RESERVED:
        return value
    return '"' + "".join(_ESCAPES.get(char, char) for char in value) + '"'


def write(root: Path, relative: str, text: str) -> bool:
    """Writes a record under the root if its text changed; says whether it did.

    Raises RegistryError, and leaves the file as it is, if somebody verified, corrected or
    withdrew the record: what people did to it would be lost.
    """
    path = root / relative
    if any(folder.is_symlink() for folder in path.parents if folder.is_relative_to(root)):
        raise RegistryError(f"{relative} stands in a linked folder", "use a folder of its own")
    try:
        data = read_bytes(root, relative, MAX_BYTES)
    except OSError:
        data = b""
    if data == text.encode():
        return False
    if data and (touched := _touched(data)):
        raise RegistryError(
            f"{relative} has {touched} and would be overwritten",
            "move the file away, read again, and carry over what people did to it",
        )
    write_atomically(path, text.encode())
    return True


def write_new(root: Path, files: Mapping[str, bytes]) -> None:
    """Writes files that are not there yet, all of them or none; the records come last.

    Raises RegistryError, and leaves nothing behind, if one of them stands already, a folder
    is a link, or the disk refuses.
    """
    paths = sorted(files, key=lambda path: (path.endswith(".yaml"), path))
    for relative in paths:
        path = root / relative
        if any(folder.is_symlink() for folder in path.parents if folder.is_relative_to(root)):
            raise RegistryError(f"{relative} stands in a linked folder", "use a folder of its own")
        if path.exists() or path.is_symlink():
            raise RegistryError(f"{relative} stands already", "nothing was written")
    done: list[Path] = []
    made: list[Path] = []
    try:
        for relative in paths:
            path = root / relative
            made += [folder for folder in path.parents if not folder.exists()]
            done.append(path)
            write_atomically(path, files[relative])
    except BaseException as error:
        for path in done:
            path.unlink(missing_ok=True)
        for folder in sorted(made, key=lambda each: len(each.parts), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        if isinstance(error, OSError):
            raise RegistryError(
                f"cannot write: {error.strerror}", "nothing was written; see the disk and rights"
            ) from None
        raise


def record_yaml(record_id: str, record: Record) -> str:
    """A whole record, one field a line, fields that hold their default left out."""
    kind, *folders = record_id.split("/")
    values = record.model_dump(exclude_defaults=True)
    lines = [*_schema(kind, len(folders))]
    for name, value in values.items():
        lines += _field(name, value, "")
    return "\n".join(lines) + "\n"


def _field(name: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{name}:"
        for key, part in value.items():
            yield from _field(key, part, indent + "  ")
    elif isinstance(value, tuple | list):
        yield f"{indent}{name}:"
        for item in value:
            yield from _item(item, indent + "  ")
    elif isinstance(value, str) and "\n" in value:
        yield f"{indent}{name}: |-"
        yield from (f"{indent}  {line}".rstrip() for line in value.splitlines())
    else:
        yield f"{indent}{name}: {_date_or(value)}"


def _item(item: object, indent: str) -> Iterator[str]:
    if not isinstance(item, dict):
        yield f"{indent}- {_date_or(item)}"
        return
    mark = f"{indent}- "
    for key, part in item.items():
        first, *rest = _field(key, part, indent + "  ")
        yield mark + first.removeprefix(indent + "  ")
        yield from rest
        mark = f"{indent}  "


def _touched(data: bytes) -> str:
    """What people did to a record: one of the fields that no reading fills, or nothing."""
    try:
        value = read(decode(data))
    except YamlError:
        return "faults"
    if not isinstance(value, dict):
        return ""
    fields = ("verified", "corrections", "withdrawn", "external_refs")
    return next((field for field in fields if value.get(field)), "")


def unit_file_yaml(file: UnitFile) -> str:
    """A unit file: one unit a line, under a heading for each level and time."""
    lines = [*_schema("units", 1), *_common(file), f"province: {scalar(file.province)}", "units:"]
    heading = ""
    for row in file.units:
        time = f"đến hết {row.valid_to}" if row.valid_to else f"từ {row.valid_from}"
        standing = row.valid_from is None and row.valid_to is None
        level = LABELS["level"][row.level]
        wanted = level if standing else f"{level}, {time}"
        if wanted != heading:
            heading = wanted
            lines.append(f"  # {heading}")
        lines.append(f"  - {_row(row)}")
    return "\n".join(lines) + "\n"


def _row(row: UnitRow) -> str:
    fields = {name: value for name, value in row if value is not None}
    return "{" + ", ".join(f"{key}: {_date_or(value)}" for key, value in fields.items()) + "}"


def _date_or(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else scalar(value)


def resolution_yaml(record: Resolution) -> str:
    """A resolution's own record with the fields that a reading gives."""
    dates = {name: day for name, day in record.dates if day is not None}
    lines = [
        *_schema("resolutions", 3),
        f"title: {scalar(record.title)}",
        f"type: {record.type}",
        f"number: {scalar(record.number)}",
        f"regime: {record.regime}",
        *([f"issuer: {record.issuer}"] if record.issuer else []),
        f"stage: {record.stage}",
        "dates: {" + ", ".join(f"{name}: {day}" for name, day in dates.items()) + "}",
        f"territory: [{', '.join(scalar(unit) for unit in record.territory)}]",
        *_common(record),
    ]
    return "\n".join(lines) + "\n"


def merger_yaml(record: MergerRecord, names: Mapping[str, str]) -> str:
    """A merger record; ``names`` gives the readable name of a unit id for the comments."""
    lines = [
        *_schema("mergers", 2),
        f"title: {scalar(record.title)}",
        f"resolution: {record.resolution}",
        f"article: {record.article}",
        f'province: "{record.province}"  # {names[record.province]}',
        f"adopted: {record.adopted}",
        f"operational_from: {record.operational_from}",
        *_common(record),
    ]
    if record.totals is not None:
        lines.append("totals:")
        lines += [f"  {key}: {value}" for key, value in record.totals if key != "digest"]
        lines.append(f'  digest: "{record.totals.digest}"')
    if record.split_exceptions:
        lines.append("split_exceptions:")
        for split in record.split_exceptions:
            lines.append(f'  - unit: "{split.unit}"  # {names[split.unit]}')
            lines.append(f"    clauses: {list(split.clauses)}")
            lines.append(f"    why: {scalar(split.why)}")
    lines.append("events:")
    for event in record.events:
        lines += _event(event, names)
    return "\n".join(lines) + "\n"


def _event(event: MergerEvent, names: Mapping[str, str]) -> Iterator[str]:
    yield f"  - clause: {event.clause}"
    yield f"    kind: {event.kind}"
    yield f'    target: "{event.target}"  # {names[event.target]}'
    yield "    sources:"
    for source in event.sources:
        yield f"      - {_source(source)}" + (f"  # {names[source.unit]}" if source.unit else "")
    yield f'    digest: "{event.digest}"'


def _source(source: MergerSource) -> str:
    what = f'unit: "{source.unit}"' if source.unit else f"place: {scalar(source.place)}"
    after = f", after: {list(source.after)}" if source.after else ""
    return f"{{{what}, area: {source.area}, population: {source.population}{after}}}"


def _schema(kind: str, folders: int) -> list[str]:
    # Editors that know the YAML language server check the record while one types.
    up = "../" * (folders + 1)
    return [f"# yaml-language-server: $schema={up}schemas/{kind}.schema.json"]


def _common(record: Record) -> Iterator[str]:
    yield f"access: {record.access}"
    yield "sources:"
    for source in record.sources:
        yield from _block(source)
    yield f"verified: {scalar(record.verified)}"
    yield f"as_of: {record.as_of}"
    if record.notes:
        yield f"notes: {scalar(record.notes)}"
    if record.unknown:
        yield "unknown:"
        for unknown in record.unknown:
            yield from _block(unknown)


def _block(part: Source | Unknown) -> Iterator[str]:
    mark = "  - "
    for key, value in part:
        if value is None or value == () or (key, value) == ("certainty", "stated"):
            continue
        if isinstance(value, tuple):
            shown = "[" + ", ".join(scalar(item) for item in value) + "]"
        else:
            shown = _date_or(value)
        yield f"{mark}{key}: {shown}"
        mark = "    "
