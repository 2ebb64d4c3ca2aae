"""What applies in a unit, and why: on the page of the unit, for any day that a reader asks for.

The spans stand in the page; assets/records.js shows those of the day. What applies at all is
in ``builder.derive.applicability``.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from builder.derive.addresses import unit_address
from builder.derive.applicability import Scope, Stretch, covering, over_time
from builder.derive.force import same_everywhere
from builder.models import Body, Instrument
from builder.registry import Unit
from builder.site import format as vi
from builder.site.cards import Card, is_former
from builder.site.collate import collation_key
from builder.site.i18n import _
from builder.site.labels import DOCUMENT_TYPES, LABELS, STATE_LABELS
from builder.site.neighbours import standing_digest
from builder.site.page import Late, Page
from builder.site.pages.common import Context, crumbs, reasons, unit_crumbs
from builder.site.timeline import TONE
from builder.site.view import View

INLINE = 100  # documents on the page of the unit itself; more have a page of their own
NEARBY = 20  # more documents than this of another unit stand on the page of that unit
SECTION = "ap-dung"
_BLOCKS = {"party": 0, "government": 1, "front": 2}


@dataclass(frozen=True, slots=True)
class Reach:
    """The documents of a unit: those to show there, and how many stand at which other unit.

    ``elsewhere`` has the id of the unit, empty for the centre.
    """

    shown: tuple[str, ...]
    elsewhere: tuple[tuple[str, int], ...]


def applies_part(view: View, unit: Unit) -> Late:
    """The section of a unit's page, built when the page is rendered."""
    return Late(partial(_digest, view, unit), lambda: _section(view, unit))


def applies_page(view: View, unit: Unit) -> Page | None:
    """The page of its own of a unit with many documents; None for others."""
    if is_inline(view, unit.id):
        return None
    title = _("Văn bản áp dụng tại đây: %(unit)s", unit=vi.lower_first(view.card(unit.id).title))
    return Page(
        applies_address(unit), title, "applies.html",
        lambda: {
            "crumbs": crumbs(*unit_crumbs(view, unit.id)),
            "title": title,
            "found": Late(partial(_digest, view, unit), lambda: _whole(view, unit)),
        },
        tab="don-vi/",
    )  # fmt: skip


def applies_address(unit: Unit) -> str:
    return f"{unit_address(unit)}{SECTION}/"


def is_inline(view: View, unit_id: str) -> bool:
    """Whether what applies in a unit stands on the page of the unit itself."""
    return len(reach(view, unit_id).shown) <= INLINE


def reach(view: View, unit_id: str) -> Reach:
    """What to show at a unit; documents of others that stand whole and are many, not."""
    known: dict[str, Reach] = view.registry.derived.setdefault("reach", {})
    if unit_id not in known:
        known[unit_id] = _reach(view, unit_id)
    return known[unit_id]


def _reach(view: View, unit_id: str) -> Reach:
    registry = view.registry
    by_owner: dict[str, list[str]] = defaultdict(list)
    for record_id in covering(registry, unit_id):
        by_owner[registry.unit_of(record_id) or ""].append(record_id)
    shown: list[str] = []
    elsewhere: list[tuple[str, int]] = []
    for owner, ids in by_owner.items():
        there = registry.units.get(owner)
        ended = there is not None and there.row.valid_to is not None
        if owner == unit_id or ended or len(ids) <= NEARBY:
            shown += ids
            continue
        alike = [each for each in ids if same_everywhere(registry, each)]
        shown += set(ids).difference(alike)
        elsewhere += [(owner, len(alike))] if alike else []
    return Reach(tuple(sorted(shown)), tuple(sorted(elsewhere)))


def _digest(view: View, unit: Unit) -> str:
    found = reach(view, unit.id)
    parts = [str(view.day), repr(found.elsewhere)]
    parts += [f"{each} {standing_digest(view, each)}" for each in found.shown]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _section(view: View, unit: Unit) -> Context:
    """All of it, or numbers and a link where it is long."""
    found = _whole(view, unit)
    if is_inline(view, unit.id):
        return found
    figures = [
        {"label": group["title"], "count": group["count"]}
        for part in found["parts"]
        for group in part["groups"]
        if group["count"] != "0"
    ]
    return {**found, "parts": [], "figures": figures, "page": applies_address(unit)}


def _whole(view: View, unit: Unit) -> Context:
    """Every span of every document, in parts and groups, those of the day shown."""
    reached = reach(view, unit.id)
    left_out = set(covering(view.registry, unit.id)).difference(reached.shown)
    stretches = view.once("stretches", unit.id, lambda: over_time(view.registry, unit.id, left_out))
    former = [one for one in stretches if _of_former(view, unit, one)]
    others = [one for one in stretches if not _of_former(view, unit, one)]
    own = _("Của đơn vị này, đơn vị nay tiếp nhận địa bàn và cấp trên")
    if not is_former(unit, view.day):
        own = _("Của đơn vị này và cấp trên")
    parts = [
        _part(view, own, others, _by_block(view)),
        _part(view, _("Của đơn vị cũ"), former, _by_former(view)),
    ]
    return {
        "as_of": vi.date(view.day),
        "count": vi.number(sum(_holds(view, one) for one in stretches)),
        "parts": [part for part in parts if part["groups"]],
        "page": "",
        "elsewhere": [_other(view, unit, owner, count) for owner, count in reached.elsewhere],
    }


def _of_former(view: View, unit: Unit, one: Stretch) -> bool:
    """Whether it is of a unit that has ended, other than the one asked about."""
    owner = view.unit(view.registry.unit_of(one.item.id) or "")
    return owner is not None and owner.id != unit.id and is_former(owner, view.day)


def _other(view: View, unit: Unit, owner: str, count: int) -> Context:
    """The many documents of another unit, which are listed there."""
    if not owner:
        return {
            "card": Card("van-ban/", _("cơ quan trung ương")),
            "total": count,
            "in": "",
        }
    card = view.card(owner)
    there = f"{card.address}#{SECTION}"
    targets = {ref.event.target for ref, _ in view.registry.events_from.get(unit.id, ())}
    divided = owner in targets and len(targets) > 1
    return {
        "card": Card(there, vi.lower_first(card.title)),
        "total": count,
        "in": _("chỉ ở phần địa bàn thuộc đơn vị đó") if divided else "",
    }


# Groups

_Key = tuple[object, ...]
_Grouping = Callable[[Stretch], tuple[_Key, str]]


def _by_block(view: View) -> _Grouping:
    def group(one: Stretch) -> tuple[_Key, str]:
        block = _block(view, one.item.id)
        label = _block_label(block)
        return (_BLOCKS.get(block, 3),), label

    return group


def _block_label(block: str) -> str:
    if not block:
        return _("Cơ quan khác")
    return _("Khối %(block)s", block=LABELS["block"][block])


def _by_former(view: View) -> _Grouping:
    def group(one: Stretch) -> tuple[_Key, str]:
        title = view.card(view.registry.unit_of(one.item.id) or "").title
        return (collation_key(title),), title

    return group


def _block(view: View, record_id: str) -> str:
    record = view.registry.get(record_id, Instrument)
    body = view.registry.get((record.issuer if record else None) or "", Body)
    return (body.block if body else None) or ""


def _part(view: View, title: str, found: Iterable[Stretch], grouping: _Grouping) -> Context:
    """A part with its groups, each parted by type; groups and rows in order."""
    groups: dict[tuple[_Key, str], list[Stretch]] = defaultdict(list)
    for one in found:
        groups[grouping(one)].append(one)
    made = [
        {
            "title": label,
            "count": vi.number(sum(_holds(view, one) for one in members)),
            "types": _by_type(view, members),
        }
        for (_, label), members in sorted(groups.items())
    ]
    count = sum(_holds(view, one) for members in groups.values() for one in members)
    return {"title": title, "count": vi.number(count), "groups": made}


def _by_type(view: View, members: list[Stretch]) -> list[Context]:
    types: dict[str, list[Stretch]] = defaultdict(list)
    for one in members:
        record = view.registry.get(one.item.id, Instrument)
        types[DOCUMENT_TYPES[record.type] if record else ""].append(one)
    return [
        {
            "title": kind,
            "hidden": not any(_holds(view, one) for one in found),
            "rows": [_row(view, one) for one in sorted(found, key=_order(view))],
        }
        for kind, found in sorted(types.items(), key=lambda item: collation_key(item[0]))
    ]


def _order(view: View) -> Callable[[Stretch], _Key]:
    return lambda one: (
        collation_key(view.card(one.item.id).title), one.item.id, one.item.scope.unit,
        str(one.first or ""),
    )  # fmt: skip


def _holds(view: View, one: Stretch) -> bool:
    return (one.first is None or one.first <= view.day) and (
        one.last is None or view.day <= one.last
    )


def _row(view: View, one: Stretch) -> Context:
    item = one.item
    card = view.card(item.id)
    return {
        "first": one.first.isoformat() if one.first else "",
        "last": one.last.isoformat() if one.last else "",
        "hidden": not _holds(view, one),
        "address": card.address,
        "title": card.title,
        "note": card.note,
        "chip": STATE_LABELS[item.state],
        "tone": TONE[item.state],
        "scope": scope_words(view, item.scope),
        "reasons": reasons(view, item.id, item.reasons),
    }


def scope_words(view: View, scope: Scope) -> str:
    """Where in the unit a document applies; empty where that is all of it."""
    if scope.kind == "whole":
        return ""
    unit = view.unit_title(scope.unit)
    if scope.kind == "former":
        return _("Chỉ trong địa bàn %(unit)s", unit=unit)
    if scope.kind == "part":
        return _("Chỉ trong phần địa bàn thuộc %(unit)s", unit=unit)
    return _("Chưa xác định được phần địa bàn thuộc %(unit)s", unit=unit)
