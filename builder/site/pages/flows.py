"""Which flows the pages show: one clause, or all that became of a divided unit.

Drawing them is in ``builder.site.flow``; the tables beside them say the same.
"""

from markupsafe import Markup

from builder.models.codes import Share
from builder.models.mergers import MergerEvent, MergerSource
from builder.registry import EventRef
from builder.site import format as vi
from builder.site.flow import Band, Flow, Node, flow_svg
from builder.site.i18n import _
from builder.site.labels import LABELS
from builder.site.view import View


def event_flow(view: View, event: MergerEvent) -> Markup:
    """From all sources of a clause to the unit that it forms."""
    target = _short(view, event.target)
    return flow_svg(
        Flow(
            f"so-do-khoan-{event.clause}",
            _("%(target)s: hình thành theo khoản %(clause)s", target=target, clause=event.clause),
            f"{vi.joined([_words(view, source) for source in event.sources])}.",
            tuple(_source(view, source) for source in event.sources),
            (Node(target, (_("khoản %(clause)s", clause=event.clause),)),),
            tuple(Band(index, 0, source.area) for index, source in enumerate(event.sources)),
        )
    )


def division_flow(view: View, unit_id: str) -> Markup | None:
    """From a divided unit to every unit that took a share; None if it was not divided."""
    found = view.registry.events_from.get(unit_id, [])
    if len({reference.event.target for reference, _ in found}) < 2:
        return None
    name = _short(view, unit_id)
    says = [
        _(
            "%(source)s vào %(view)s theo khoản %(clause)s",
            source=shares(source),
            view=vi.lower_first(_short(view, reference.event.target)),
            clause=reference.event.clause,
        )
        for reference, source in found
    ]
    return flow_svg(
        Flow(
            "so-do-chia",
            _("%(name)s được chia vào %(found)s đơn vị", name=name, found=len(found)),
            f"{vi.joined(says)}.",
            (Node(name, (_("được chia"),), divided=True),),
            tuple(_taker(view, reference, source) for reference, source in found),
            tuple(Band(0, index, source.area) for index, (_, source) in enumerate(found)),
        )
    )


def shares(source: MergerSource) -> str:
    """``một phần``; where area and population differ: ``toàn bộ diện tích, không dân số``."""
    if source.area == source.population:
        return _label(source.area)
    return _(
        "%(area)s diện tích, %(population)s dân số",
        area=_label(source.area),
        population=_label(source.population),
    )


def _label(share: Share) -> str:
    return LABELS["share"][share]


def _source(view: View, source: MergerSource) -> Node:
    if source.unit is None:
        return Node(source.place or "", (shares(source), _("không phải đơn vị hành chính")))
    divided = len(view.registry.events_from.get(source.unit, ())) > 1
    notes = [_district(view, source.unit)]
    if divided:
        notes.append(_("%(source)s (đơn vị được chia)", source=shares(source)))
    elif (source.area, source.population) != ("whole", "whole"):
        notes.append(shares(source))
    return Node(_short(view, source.unit), tuple(note for note in notes if note), divided)


def _taker(view: View, reference: EventRef, source: MergerSource) -> Node:
    target = _short(view, reference.event.target)
    return Node(target, (shares(source), _("khoản %(clause)s", clause=reference.event.clause)))


def _words(view: View, source: MergerSource) -> str:
    name = source.place or vi.lower_first(_short(view, source.unit or ""))
    return (
        _("%(share)s %(name)s", share=shares(source), name=name)
        if source.area == source.population
        else (f"{name} ({shares(source)})")
    )


def _short(view: View, unit_id: str) -> str:
    """Type and name; the district stands apart."""
    unit = view.unit(unit_id)
    return unit.full_name if unit else unit_id


def _district(view: View, unit_id: str) -> str:
    unit = view.unit(unit_id)
    district = view.registry.district(unit) if unit else None
    return vi.lower_first(district.full_name) if district else ""
