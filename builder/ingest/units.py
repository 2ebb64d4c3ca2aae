"""Unit lists of the statistics office (two CSV tables, before and after) into unit files.

Reads, groups and gives back records; writing them is in ``builder.ingest.writing``.
"""

import csv
import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from builder.findings import Finding, RegistryError
from builder.models import UnitFile
from builder.models.base import Source
from builder.models.codes import UnitType
from builder.models.units import UnitRow
from builder.registry.problems import schema_findings
from builder.store.given import given_text

CHANGEOVER = dt.date(2025, 7, 1)
_BEFORE = ("code", "type", "name", "district_code", "district", "province_code", "province")
_AFTER = ("code", "type", "name", "province_code", "province")
_DISTRICT_ROW = "district:"  # an island district without communes, listed among the communes
_TYPES = sorted(get_args(UnitType), key=len, reverse=True)
_MAX_BYTES = 20_000_000
_PUBLISHER = "Cục Thống kê"


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a table with the line it stands on."""

    number: int
    cells: dict[str, str]


@dataclass
class UnitLists:
    """Both tables, grouped by the provinces of the second; and what was wrong with them."""

    files: dict[str, UnitFile] = field(default_factory=dict)  # slug -> file
    findings: list[Finding] = field(default_factory=list)


def read_unit_lists(
    before: Path, after: Path, provinces: Sequence[str] = (), changeover: dt.date = CHANGEOVER
) -> UnitLists:
    """Unit files by slug, from the units before and from ``changeover`` on.

    A file holds one present province with all units that stood in its territory
    before. Which former provinces those are follows from the codes: a merged
    commune carries the code of one of its predecessors. ``provinces`` limits the
    files to those with these codes, present or former; empty means all.
    """
    lists = UnitLists()
    old = _read(before, _BEFORE, lists.findings)
    new = _read(after, _AFTER, lists.findings)
    if lists.findings:
        return lists
    former_of = {line.cells["code"]: line.cells["province_code"] for line in old}
    feeders: dict[str, set[str]] = defaultdict(set)
    for line in new:
        if line.cells["code"] in former_of:
            feeders[line.cells["province_code"]].add(former_of[line.cells["code"]])
    known = set(feeders).union(*feeders.values())
    if unknown := [code for code in provinces if code not in known]:
        raise RegistryError(
            f"no province has the code {', '.join(unknown)}",
            f"the codes in the lists are {', '.join(sorted(known))}",
        )
    for code, former in sorted(feeders.items()):
        if not provinces or {code, *former} & set(provinces):
            _add_file(
                lists,
                [line for line in old if line.cells["province_code"] in former],
                [line for line in new if line.cells["province_code"] == code],
                (before, after),
                changeover,
            )
    return lists


def province_slug(name: str) -> str:
    """File name of a province: without its type, marks and spaces.

    >>> province_slug("Thành phố Hồ Chí Minh"), province_slug("Tỉnh Bà Rịa - Vũng Tàu")
    ('ho-chi-minh', 'ba-ria-vung-tau')
    """
    _, bare = split_type(name)
    plain = unicodedata.normalize("NFD", bare.lower().replace("đ", "d"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def split_type(full_name: str) -> tuple[str, str]:
    """Type and name of a unit as the lists write it; "" where no type stands in front.

    >>> split_type("Thị trấn NT Thái Bình"), split_type("Phường Phường Đúc")
    (('thị trấn', 'NT Thái Bình'), ('phường', 'Phường Đúc'))
    """
    lower = full_name.lower()
    for kind in _TYPES:
        if lower.startswith(kind + " "):
            return kind, full_name[len(kind) + 1 :].strip()
    return "", full_name


def _read(path: Path, columns: tuple[str, ...], findings: list[Finding]) -> list[_Line]:
    def wrong(line: int, message: str, hint: str) -> None:
        findings.append(Finding("unit-list", "error", str(path), message, hint, (), line, 1))

    text = given_text(path, _MAX_BYTES, "give the path of a CSV file")
    reader = csv.DictReader(unicodedata.normalize("NFC", text).splitlines())
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        wrong(1, f"no column {', '.join(missing)}", f"the columns are {','.join(columns)}")
        return []
    lines: list[_Line] = []
    seen: dict[str, int] = {}
    for cells in reader:
        cells = {key: " ".join((cells.get(key) or "").split()) for key in columns}
        line, code = _Line(reader.line_num, cells), cells["code"]
        if empty := [key for key in columns if not cells[key]]:
            wrong(line.number, f"nothing under {', '.join(empty)}", "fill the cell")
        elif code in seen:
            wrong(line.number, f"the code {code} stands on line {seen[code]} too", "delete one")
        else:
            seen[code] = line.number
            lines.append(line)
    return lines


def _add_file(
    lists: UnitLists,
    old: list[_Line],
    new: list[_Line],
    paths: tuple[Path, Path],
    changeover: dt.date,
) -> None:
    province, code = new[0].cells["province"], new[0].cells["province_code"]
    last = changeover - dt.timedelta(days=1)
    former = {(line.cells["province_code"], line.cells["province"]) for line in old}
    same = former == {(code, province)}
    rows: dict[str, UnitRow] = {}

    def add(path: Path, number: int, full_name: str, **fields: object) -> None:
        row = _row(lists, path, number, full_name, fields)
        if row is not None:
            rows.setdefault(row.id, row)

    for former_code, name in sorted(former):
        add(paths[0], 0, code=former_code, full_name=name, valid_to=None if same else last)
    if not same:
        add(paths[1], 0, code=code, full_name=province, valid_from=changeover)
    for line in sorted(old, key=lambda each: each.cells["district_code"]):
        cells = line.cells
        add(paths[0], line.number, code=cells["district_code"], full_name=cells["district"],
            parent=cells["province_code"], valid_to=last)  # fmt: skip
    for line in sorted(old, key=lambda each: each.cells["code"]):
        cells = line.cells
        if not cells["code"].startswith(_DISTRICT_ROW):
            add(paths[0], line.number, code=cells["code"], full_name=cells["name"],
                parent=cells["district_code"], valid_to=last)  # fmt: skip
    for line in sorted(new, key=lambda each: each.cells["code"]):
        cells = line.cells
        add(paths[1], line.number, code=cells["code"], full_name=cells["name"],
            parent=cells["province_code"], valid_from=changeover)  # fmt: skip
    lists.files[province_slug(province)] = UnitFile(
        access="public",
        sources=_sources(changeover),
        verified=False,
        as_of=changeover,
        province=province,
        units=tuple(rows.values()),
    )


def _row(
    lists: UnitLists, path: Path, number: int, full_name: str, fields: dict[str, object]
) -> UnitRow | None:
    """A row of a unit file; a finding at the line of the list where it is none."""
    kind, name = split_type(full_name)
    if kind == "thành phố" and len(str(fields["code"])) == 2:
        kind = "thành phố trực thuộc trung ương"
    try:
        return UnitRow.model_validate({**fields, "type": kind, "name": name})
    except ValidationError as error:
        found = schema_findings(str(path), UnitRow, error)[0]
        hint = "begin the name with its type, e.g. xã" if "type" in found.at else found.hint
        lists.findings.append(
            replace(found, rule="unit-list", hint=hint, line=number or 1, column=1)
        )
        return None


def _sources(changeover: dt.date) -> tuple[Source, ...]:
    day = f"{changeover.day:02}/{changeover.month}/{changeover.year}"
    return tuple(
        Source(kind="dataset", title=title, publisher=_PUBLISHER, supports=("units",))
        for title in (
            f"Danh mục đơn vị hành chính Việt Nam trước ngày {day}",
            f"Danh mục đơn vị hành chính Việt Nam từ ngày {day}",
        )
    )
