"""Completeness on pages: the overview of provinces, and a heat map for each of them.

The states are worked out in ``builder.derive.completeness``, their course over time is told in
``builder.site.pages.course``; assets/map.js filters a map in the browser.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from builder.derive.completeness import STATES, Cell
from builder.derive.progress import summed
from builder.models import Body, Requirement
from builder.registry import Unit
from builder.site import format as vi
from builder.site import i18n, labels
from builder.site.cards import Card, Section, is_former
from builder.site.collate import collation_key
from builder.site.i18n import N_, _
from builder.site.labels import LABELS
from builder.site.page import Page
from builder.site.pages.common import Context, crumbs
from builder.site.pages.course import course, legend
from builder.site.pages.units import due_words
from builder.site.view import View

STATUS = Section("tinh-trang/", N_("Tình trạng"))
COMPLETE = Section("tinh-trang/day-du/", N_("Mức độ đầy đủ của hồ sơ"))
NO_BLOCK = "khong-ro"


def completeness_pages(view: View, provinces: list[tuple[str, Unit]]) -> Iterator[Page]:
    """The overview, and the map of each province, given by slug and unit."""
    yield Page(
        COMPLETE.address, COMPLETE.title, "completeness_index.html",
        lambda: _index(view, provinces), tab=STATUS.address,
    )  # fmt: skip
    for name, unit in provinces:
        yield Page(
            f"{COMPLETE.address}{name}/",
            _("%(list)s: %(value)s", list=COMPLETE.title, value=unit.full_name),
            "completeness.html",
            _of_province(view, unit),
            tab=STATUS.address,
        )


def _index(view: View, provinces: list[tuple[str, Unit]]) -> Context:
    rows = []
    for name, unit in provinces:
        cells = _cells_in(view, unit)
        states = Counter(cell.state for cell in cells)
        rows.append(
            {
                "card": Card(f"{COMPLETE.address}{name}/", unit.full_name),
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
        "legend": legend(),
        "rows": rows,
        "progress": course(view, summed(view.progress.provinces.values()), view.cells),
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


# The map of a province


def _of_province(view: View, province: Unit) -> Callable[[], Context]:
    def context() -> Context:
        cells = _cells_in(view, province)
        asked = {cell.unit for cell in cells}
        rest = [unit.id for unit in _present_communes(view, province) if unit.id not in asked]
        return {
            "crumbs": crumbs(STATUS, COMPLETE),
            "title": _(
                "%(list)s: %(value)s",
                list=COMPLETE.title,
                value=vi.lower_first(province.full_name),
            ),
            "province": view.card(province.id),
            "as_of": vi.date(view.day),
            "language": i18n.language(),
            "legend": legend(),
            "filters": _filters(view, cells),
            "total": len(cells),
            "tables": [
                _table(view, number, scope) for number, scope in enumerate(_scopes(cells), 1)
            ],
            "progress": course(view, view.progress.provinces.get(province.id, []), cells),
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
    askers = view.cards(_askers(view, requirements))
    return {
        "anchor": f"bang-{number}",
        "title": askers[0].title if askers else _("Yêu cầu chung"),
        "askers": askers,
        "requirements": [_head(view, requirement) for requirement in requirements],
        "rows": [
            {
                "unit": view.card(unit),
                "districts": " ".join(other.code for other in _districts(view, unit)),
                "district_names": vi.joined(
                    [
                        _("%(full_name)s cũ", full_name=vi.lower_first(other.full_name))
                        for other in _districts(view, unit)
                    ]
                ),
                "groups": " ".join(_group_key(group) for group in _groups(view, unit)),
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
    card = view.card(requirement_id)
    return {
        "card": card,
        "lang": i18n.lang_of(card.title),  # of the cells, which bear it as an attribute
        "due": due_words(requirement) if requirement else "",
        "block": _block(requirement),
    }


def _block(requirement: Requirement | None) -> str:
    return labels.BLOCK_SLUG[requirement.block] if requirement and requirement.block else NO_BLOCK


def _cell(view: View, cell: Cell) -> Context:
    """A cell leads to the record that gives its state; to the list of them, if not just one."""
    (only,) = cell.evidence if len(cell.evidence) == 1 else ("",)
    address = view.card(only).address if only else ""
    return {
        "state": cell.state,
        "sign": labels.SIGN[cell.state],
        "label": labels.COMPLETENESS[cell.state],
        "late": cell.overdue,
        "address": address or f"{view.card(cell.requirement).address}#{unit_anchor(cell.unit)}",
    }


def unit_anchor(unit_id: str) -> str:
    """Where a requirement's page tells how it stands in a unit."""
    return f"don-vi-{unit_id.replace('@', '-').rstrip('-')}"


# Filters


def _districts(view: View, unit_id: str) -> list[Unit]:
    """Former districts of the territory that made up the unit, by name."""
    found: dict[str, Unit] = {}
    for reference in view.registry.events_into.get(unit_id, ()):
        for source in reference.event.sources:
            before = view.unit(source.unit or "")
            district = view.registry.district(before) if before is not None else None
            if district is not None:
                found[district.id] = district
    return sorted(found.values(), key=lambda unit: (collation_key(unit.name), unit.id))


def _groups(view: View, unit_id: str) -> list[str]:
    """Working groups that cover the unit, themselves or by one of their delegations."""
    return list(
        dict.fromkeys(
            link.source
            for link in view.links_to(unit_id)
            if link.at and link.at[0] in ("covers", "delegations")
        )
    )


def _group_key(group: str) -> str:
    return group.rsplit("/", 1)[-1]


def _filters(view: View, cells: list[Cell]) -> list[Context]:
    """What a map can be filtered by: name in the address, label, and choices that occur."""
    units = dict.fromkeys(cell.unit for cell in cells)
    districts = {other.code: other for unit in units for other in _districts(view, unit)}
    groups = {group for unit in units for group in _groups(view, unit)}
    blocks = {_block(view.registry.get(cell.requirement, Requirement)) for cell in cells}
    states = {cell.state for cell in cells} | {"late" for cell in cells if cell.overdue}
    block_names = {labels.BLOCK_SLUG[code]: name for code, name in LABELS["block"].items()}
    found = (
        (
            "huyen-cu",
            _("Cấp huyện cũ"),
            sorted(
                (
                    (unit.code, _("%(full_name)s (cũ)", full_name=unit.full_name))
                    for unit in districts.values()
                ),
                key=lambda choice: collation_key(choice[1]),
            ),
        ),
        (
            "khoi",
            _("Khối"),
            [
                (code, name)
                for code, name in {**block_names, NO_BLOCK: _("Nguồn không nêu khối")}.items()
                if code in blocks
            ],
        ),
        (
            "to",
            _("Tổ công tác"),
            [(_group_key(group), view.card(group).title) for group in _by_number(view, groups)],
        ),
        (
            "tinh-trang",
            _("Tình trạng"),
            [(one["state"], one["label"]) for one in legend() if one["state"] in states],
        ),
    )
    return [
        {"name": name, "label": label, "choices": choices}
        for name, label, choices in found
        if len(choices) > 1
    ]


def _by_number(view: View, groups: Iterable[str]) -> list[str]:
    """Working groups by number, those without a known one last."""

    def key(group: str) -> tuple[float, str]:
        body = view.registry.get(group, Body)
        return (body.number if body and body.number else float("inf"), group)

    return sorted(groups, key=key)
