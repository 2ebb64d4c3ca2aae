"""Pages of state: completeness by province, what is due, sources and what is unknown."""

from collections import Counter
from collections.abc import Callable, Iterator

from builder.derive.completeness import STATES, Cell
from builder.derive.followups import STATUSES, Followup, with_status
from builder.models import Requirement
from builder.models.codes import LABELS
from builder.registry import Unit
from builder.site import format as vi
from builder.site import labels
from builder.site.cards import Card, is_former
from builder.site.collate import collation_key
from builder.site.page import Page
from builder.site.pages.common import Context, crumbs
from builder.site.pages.followups import followup_rows
from builder.site.pages.listing import PER_PAGE
from builder.site.pages.units import cell_state, due_words
from builder.site.view import View

STATUS = Card("tinh-trang/", "Tình trạng")
COMPLETE = Card("tinh-trang/day-du/", "Tình trạng đầy đủ")
TAB = "tinh-trang/"


def status_pages(view: View) -> Iterator[Page]:
    """The overview, completeness of each province, deadlines, sources."""
    provinces = list(provinces_of(view))
    yield Page(TAB, "Tình trạng", "status.html", lambda: _overview(view), tab=TAB)
    yield Page(
        COMPLETE.address, COMPLETE.title, "completeness_index.html",
        lambda: _completeness_index(view, provinces), tab=TAB,
    )  # fmt: skip
    for slug, unit in provinces:
        yield Page(
            f"{COMPLETE.address}{slug}/", f"Tình trạng đầy đủ: {unit.full_name}",
            "completeness.html", _of_province(view, unit), tab=TAB,
        )  # fmt: skip
    yield from _due_pages(view)
    yield Page("nguon/", "Nguồn và điều chưa biết", "sources.html", lambda: _sources(view), tab=TAB)


def provinces_of(view: View) -> Iterator[tuple[str, Unit]]:
    """Slug and unit of each province, present before former, by name."""
    found = [unit for unit in view.registry.units.values() if unit.level == "province"]
    found.sort(key=lambda unit: (is_former(unit, view.day), collation_key(unit.name), unit.id))
    seen: set[str] = set()
    for unit in found:
        slug = unit.file.removeprefix("units/")
        if slug not in seen:
            seen.add(slug)
            yield slug, unit


def _overview(view: View) -> Context:
    due = Counter(item.status for item in view.followups)
    states = Counter(cell.state for cell in view.cells)
    return {
        "crumbs": crumbs(),
        "title": STATUS.title,
        "as_of": vi.date(view.day),
        "due": [
            {"label": labels.FOLLOWUP[status], "count": vi.number(due[status])}
            for status in STATUSES
            if due[status]
        ],
        "states": [
            {"label": labels.COMPLETENESS[state], "count": vi.number(states[state])}
            for state in STATES
            if states[state]
        ],
    }


# Completeness


def _completeness_index(view: View, provinces: list[tuple[str, Unit]]) -> Context:
    rows = []
    for slug, unit in provinces:
        cells = _cells_in(view, unit)
        states = Counter(cell.state for cell in cells)
        rows.append(
            {
                "card": Card(f"{COMPLETE.address}{slug}/", unit.full_name),
                "units": vi.number(len({cell.unit for cell in cells})),
                "all_units": vi.number(len(_present_communes(view, unit))),
                "counts": [vi.number(states[state]) for state in STATES],
                "overdue": vi.number(sum(cell.overdue for cell in cells)),
            }
        )
    return {
        "crumbs": crumbs(STATUS),
        "title": COMPLETE.title,
        "as_of": vi.date(view.day),
        "states": [labels.COMPLETENESS[state] for state in STATES],
        "rows": rows,
    }


def _cells_in(view: View, province: Unit) -> list[Cell]:
    found = []
    for cell in view.cells:
        unit = view.unit(cell.unit)
        if unit is not None and view.registry.province(unit) is province:
            found.append(cell)
    return found


def _present_communes(view: View, province: Unit) -> list[Unit]:
    return [
        unit
        for unit in view.registry.children.get(province.id, ())
        if unit.level == "commune" and not is_former(unit, view.day)
    ]


def _of_province(view: View, province: Unit) -> Callable[[], Context]:
    def context() -> Context:
        cells = _cells_in(view, province)
        asked = {cell.unit for cell in cells}
        rest = [unit.id for unit in _present_communes(view, province) if unit.id not in asked]
        return {
            "crumbs": crumbs(STATUS, COMPLETE),
            "title": f"Tình trạng đầy đủ: {vi.lower_first(province.full_name)}",
            "province": view.card(province.id),
            "as_of": vi.date(view.day),
            "tables": [
                _table(view, number, scope) for number, scope in enumerate(_scopes(cells), 1)
            ],
            "without": view.sorted_cards(rest),
        }

    return context


def _scopes(cells: list[Cell]) -> list[list[Cell]]:
    """Cells of requirements that ask the same units: each makes a table without holes."""
    units: dict[str, list[str]] = {}
    for cell in cells:
        units.setdefault(cell.requirement, []).append(cell.unit)
    scopes: dict[tuple[str, ...], list[Cell]] = {}
    for cell in cells:
        scopes.setdefault(tuple(sorted(units[cell.requirement])), []).append(cell)
    return list(scopes.values())


def _table(view: View, number: int, cells: list[Cell]) -> Context:
    """Units in rows, requirements in columns."""
    requirements = list(dict.fromkeys(cell.requirement for cell in cells))
    by_place = {(cell.unit, cell.requirement): cell for cell in cells}
    units = sorted(
        dict.fromkeys(cell.unit for cell in cells),
        key=lambda unit: collation_key(view.card(unit).title),
    )
    return {
        "anchor": f"bang-{number}",
        "askers": view.cards(_askers(view, requirements)),
        "requirements": [_head(view, requirement) for requirement in requirements],
        "rows": [
            {
                "unit": view.card(unit),
                "cells": [_cell(view, by_place[unit, requirement]) for requirement in requirements],
            }
            for unit in units
        ],
    }


def _askers(view: View, requirements: list[str]) -> list[str]:
    """The records that ask: the inspections, for those found so far."""
    found: dict[str, None] = {}
    for requirement_id in requirements:
        requirement = view.registry.get(requirement_id, Requirement)
        found.update(dict.fromkeys(requirement.basis if requirement else ()))
    return list(found)


def _head(view: View, requirement_id: str) -> Context:
    requirement = view.registry.get(requirement_id, Requirement)
    return {
        "card": view.card(requirement_id),
        "due": due_words(requirement) if requirement else "",
    }


def _cell(view: View, cell: Cell) -> Context:
    return {
        **cell_state(cell.state, cell.overdue),
        "evidence": view.card(cell.evidence[0]) if cell.evidence else None,
    }


# Deadlines


def _due_pages(view: View) -> Iterator[Page]:
    items = view.followups
    count = max(1, -(-len(items) // PER_PAGE))
    for number in range(1, count + 1):
        address = _due_address(number)
        shown = items[(number - 1) * PER_PAGE : number * PER_PAGE]
        title = "Việc đến hạn" if number == 1 else f"Việc đến hạn (trang {number})"
        yield Page(address, title, "due.html", _due(view, shown, number, count), tab=TAB)


def _due_address(number: int) -> str:
    return "tinh-trang/den-han/" if number == 1 else f"tinh-trang/den-han/trang-{number}/"


def _due(view: View, items: list[Followup], number: int, count: int) -> Callable[[], Context]:
    def context() -> Context:
        return {
            "crumbs": crumbs(STATUS),
            "title": "Việc đến hạn",
            "as_of": vi.date(view.day),
            "total": vi.number(len(view.followups)),
            "groups": [
                {"status": status, "label": labels.FOLLOWUP[status], "rows": rows}
                for status in STATUSES
                if (rows := followup_rows(view, with_status(items, status)))
            ],
            "leaf": number,
            "leaves": [
                {"number": other, "address": _due_address(other), "first": ""}
                for other in range(1, count + 1)
            ]
            if count > 1
            else [],
        }

    return context


# Sources


def _sources(view: View) -> Context:
    """What the records rest on, how far they were verified, and what is not known."""
    used: dict[tuple[str, str, str, str], set[str]] = {}
    unknown: Counter[tuple[str, str]] = Counter()
    verified = 0
    for entry in view.registry.entries.values():
        verified += bool(entry.record.verified)
        for source in entry.record.sources:
            key = (source.kind, source.title or "", source.publisher or "", source.url or "")
            used.setdefault(key, set()).add(entry.id)
        for item in entry.record.unknown:
            unknown[entry.record.kind, item.field] += 1
    total = len(view.registry.entries)
    return {
        "crumbs": crumbs(),
        "title": "Nguồn và điều chưa biết",
        "total": vi.number(total),
        "verified": vi.number(verified),
        "unverified": vi.number(total - verified),
        "sources": [
            {
                "kind": LABELS["source_kind"][kind],
                "title": title,
                "publisher": publisher,
                "url": url,
                "count": vi.number(len(records)),
            }
            for (kind, title, publisher, url), records in sorted(
                used.items(), key=lambda item: (-len(item[1]), item[0])
            )
        ],
        "unknown": [
            {
                "kind": labels.KIND[kind],
                "field": labels.field(kind, name),
                "count": vi.number(count),
            }
            for (kind, name), count in sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
        ],
    }
