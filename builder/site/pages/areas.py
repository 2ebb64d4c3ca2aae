"""Pages of former districts and of provinces: the units within, and what became of them."""

from collections.abc import Iterable
from dataclasses import replace

from builder.models import MergerRecord
from builder.registry import Unit
from builder.site import format as vi
from builder.site.cards import Card, is_former
from builder.site.collate import collation_key
from builder.site.i18n import _, ngettext
from builder.site.labels import COUNTED
from builder.site.pages.common import Context
from builder.site.pages.totals import totals
from builder.site.pages.units import unit_context
from builder.site.view import View


def district_context(view: View, unit: Unit) -> Context:
    """A district with its communes and the units that took them over."""
    communes = view.registry.children.get(unit.id, [])
    targets = dict.fromkeys(
        reference.event.target
        for commune in communes
        for reference, _ in view.registry.events_from.get(commune.id, ())
    )
    heirs = [heir for target in targets if (heir := view.unit(target)) is not None]
    return {
        **unit_context(view, unit),
        "communes": commune_rows(view, communes),
        "heirs": view.sorted_cards(targets),
        "totals": totals(view, communes, heirs, unit.code),
    }


def province_context(view: View, unit: Unit) -> Context:
    """A province with its present units, its former districts, and the mergers that decided."""
    below = view.registry.children.get(unit.id, [])
    communes = [child for child in below if child.level == "commune"]
    districts = _sorted([child for child in below if child.level == "district"])
    present = _sorted([child for child in communes if not is_former(child, view.day)])
    former = [
        commune
        for district in districts
        for commune in view.registry.children.get(district.id, [])
        if is_former(commune, view.day)
    ]
    slug = unit.file.removeprefix("units/")
    return {
        **unit_context(view, unit),
        "present": [view.card(child.id) for child in present],
        "counts": _counts(present),
        "totals": totals(view, former, present, ""),
        "former_count": vi.number(len(former)),
        "districts": [
            {
                "unit": view.card(district.id),
                "count": vi.number(len(view.registry.children.get(district.id, []))),
            }
            for district in districts
        ],
        "mergers": [
            view.card(merger_id)
            for merger_id, merger in view.registry.of(MergerRecord)
            if merger.province == unit.id
        ],
        "lists": [
            Card(f"don-vi/{slug}/cu/", _("Các đơn vị cũ, xếp theo huyện cũ, và nơi nay thuộc về")),
            Card(
                f"van-ban/tinh/{slug}/", _("Văn bản của tỉnh, thành phố này và các đơn vị của nó")
            ),
            Card(f"tinh-trang/day-du/{slug}/", _("Mức độ đầy đủ của hồ sơ ở các đơn vị")),
        ],
    }


def commune_rows(view: View, communes: Iterable[Unit]) -> list[Context]:
    """Former communes by name, without the district that they stand under, and their heirs."""
    return [
        {
            "unit": replace(view.card(commune.id), title=commune.full_name),
            "targets": _targets(view, commune),
        }
        for commune in _sorted(communes)
    ]


def _sorted(units: Iterable[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (collation_key(unit.name), unit.id))


def _targets(view: View, commune: Unit) -> list[Card]:
    """Each new unit once, in order of clause."""
    found = view.registry.events_from.get(commune.id, ())
    return view.cards(dict.fromkeys(reference.event.target for reference, _ in found))


def _counts(units: list[Unit]) -> str:
    """``65 đơn vị: 61 xã và 4 phường``."""
    types: dict[str, int] = {}
    for unit in units:
        types[unit.row.type] = types.get(unit.row.type, 0) + 1
    parts = [COUNTED[name](count) for name, count in sorted(types.items(), reverse=True)]
    return (
        ngettext(
            "%(num)s đơn vị: %(parts)s", "%(num)s đơn vị: %(parts)s", len(units),
            parts=vi.joined(parts),
        )
        if parts
        else ""
    )  # fmt: skip
