"""What the units of a province or of a former district add up to: units, divisions, states.

Sums only; the states themselves are in ``builder.derive``.
"""

from collections import Counter
from collections.abc import Iterable

from builder.derive.completeness import STATES as CELLS
from builder.derive.followups import STATUSES
from builder.registry import Unit
from builder.site import format as vi
from builder.site import labels
from builder.site.i18n import _, ngettext
from builder.site.labels import INHERITANCE
from builder.site.pages.common import Context
from builder.site.pages.inheritance import OVERVIEW, STATES, all_ledgers
from builder.site.view import View


def totals(view: View, former: Iterable[Unit], present: Iterable[Unit], district: str) -> Context:
    """Figures of former units and of those that stand; rows without anything are left out.

    ``district``: the code by which the map of completeness is filtered, empty for all of it.
    """
    before, now = list(former), list(present)
    slug = (before or now)[0].file.removeprefix("units/") if before or now else ""
    ids = {unit.id for unit in now}
    query = f"?huyen-cu={district}" if district else ""
    rows = [
        _row(_("Đơn vị cấp xã cũ"), _types(before), ""),
        _row(_("Trong đó được chia vào nhiều đơn vị"), _divided(view, before), ""),
        _row(_("Đơn vị cấp xã nay có địa bàn ở đây"), _types(now), ""),
        _row(_("Văn bản của các đơn vị này"), _documents(view, now), ""),
        _row(_("Mức độ đầy đủ của hồ sơ"), _cells(view, ids), f"tinh-trang/day-du/{slug}/{query}"),
        _row(_("Việc đến hạn"), _followups(view, ids), "tinh-trang/den-han/"),
        _row(_("Văn bản tiếp nhận từ đơn vị cũ"), _inherited(view, ids), f"{OVERVIEW}{slug}/"),
    ]
    return {"as_of": vi.date(view.day), "rows": [row for row in rows if row["figures"]]}


def _row(label: str, figures: list[Context], address: str) -> Context:
    return {"label": label, "figures": figures, "address": address}


def _figure(label: str, count: int) -> Context:
    """A number with what it counts, which stands behind it as in a sentence."""
    return {"label": vi.lower_first(label), "count": vi.number(count)}


def _counted(words: str, count: int) -> Context:
    """A figure whose label is the rest of the words behind the number."""
    return _figure(words.removeprefix(vi.number(count)).lstrip(), count)


def _types(units: list[Unit]) -> list[Context]:
    """``21 xã``, ``1 thị trấn``; the most frequent first."""
    counts = Counter(unit.row.type for unit in units)
    return [_counted(labels.COUNTED[kind](count), count) for kind, count in counts.most_common()]


def _divided(view: View, units: list[Unit]) -> list[Context]:
    count = sum(
        len({reference.event.target for reference, _ in view.registry.events_from.get(unit.id, ())})
        > 1
        for unit in units
    )
    words = ngettext("%(num)s đơn vị", "%(num)s đơn vị", count)
    return [_counted(words, count)] if count else []


def _documents(view: View, units: list[Unit]) -> list[Context]:
    kinds = Counter(
        record.kind
        for unit in units
        for _id, record in view.registry.instruments_of.get(unit.id, ())
    )
    return [_figure(labels.KIND[kind], kinds[kind]) for kind in labels.KIND if kinds[kind]]


def _cells(view: View, ids: set[str]) -> list[Context]:
    cells = [cell for unit in ids for cell in view.cells_of_unit.get(unit, ())]
    states = Counter(cell.state for cell in cells)
    found = [_figure(labels.COMPLETENESS[state], states[state]) for state in CELLS if states[state]]
    late = sum(cell.overdue for cell in cells)
    return [*found, _figure(_("Đã qua thời hạn"), late)] if late else found


def _followups(view: View, ids: set[str]) -> list[Context]:
    """Things to do that name one of the units, or one of their bodies as responsible."""
    counts = Counter(
        item.status
        for item in view.followups
        if ids.intersection(item.units)
        or any(view.registry.unit_of(body) in ids for body in item.responsible)
    )
    return [_figure(labels.FOLLOWUP[one], counts[one]) for one in STATUSES if counts[one]]


def _inherited(view: View, ids: set[str]) -> list[Context]:
    ledgers = all_ledgers(view)
    counts = Counter(entry.state for unit in ids for entry in ledgers.get(unit, ()))
    return [_figure(INHERITANCE[state], counts[state]) for state in STATES if counts[state]]
