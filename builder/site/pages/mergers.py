"""Pages of merger records: every clause with its anchor, totals, divided units."""

from builder.derive.provisions.cite import instrument_name
from builder.models import Instrument, MergerRecord
from builder.models.mergers import MergerEvent, MergerSource
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.i18n import _
from builder.site.labels import LABELS
from builder.site.pages.common import (
    Context,
    crumbs,
    kind_card,
    mentions,
    row,
    sources,
    tools,
    unit_crumbs,
    withdrawal,
)
from builder.site.pages.flows import event_flow
from builder.site.pages.units import remainder_of, share
from builder.site.view import View


def merger_context(view: View, merger_id: str, merger: MergerRecord) -> Context:
    """What one resolution decided, clause by clause."""
    resolution = view.registry.get(merger.resolution, Instrument)
    return {
        "crumbs": crumbs(*unit_crumbs(view, merger.province), kind_card("mergers")),
        "title": merger.title,
        "tools": tools(view, merger_id, instrument_name(resolution) if resolution else ""),
        "number": (resolution.number or "") if resolution else "",
        "withdrawal": withdrawal(merger),
        "rows": [
            row(_("Nghị quyết"), cards=[view.card(merger.resolution)]),
            row(_("Tỉnh, thành phố"), cards=[view.card(merger.province)]),
            row(_("Ngày thông qua"), vi.date(merger.adopted)),
            row(_("Chính quyền mới chính thức hoạt động từ"), vi.date(merger.operational_from)),
            row(_("Điều chứa các khoản"), _("Điều %(article)s", article=merger.article)),
        ],
        "adopted": vi.date(merger.adopted),
        "operational": vi.date(merger.operational_from),
        "totals": _totals(merger),
        "divided": _divided(view, merger),
        "events": [_event(view, event) for event in merger.events],
        "mentions": mentions(view, merger_id),
        "source": sources(view, merger_id),
    }


def _totals(merger: MergerRecord) -> Context | None:
    totals = merger.totals
    if totals is None:
        return None
    counts = {_("xã"): totals.xa, _("phường"): totals.phuong, _("đặc khu"): totals.dac_khu}
    parts = [f"{vi.number(count)} {name}" for name, count in counts.items() if count]
    former = {source.unit or source.place for event in merger.events for source in event.sources}
    pairs = sum(len(event.sources) for event in merger.events)
    return {
        "clause": totals.clause,
        # A closing clause can also be an event: that of a unit it keeps as it was.
        "anchor": ""
        if any(event.clause == totals.clause for event in merger.events)
        else f"khoan-{totals.clause}",
        "words": _(
            "%(units)s đơn vị hành chính cấp xã, gồm %(parts)s",
            units=vi.number(totals.units),
            parts=vi.joined(parts),
        ),
        "unchanged": vi.number(totals.unchanged) if totals.unchanged else "",
        "former": vi.number(len(former)),
        "pairs": vi.number(pairs),
    }


def _divided(view: View, merger: MergerRecord) -> list[Context]:
    """Units that several clauses name, with the clauses, and the stated exception if any."""
    clauses: dict[str, list[int]] = {}
    for event in merger.events:
        for source in event.sources:
            if source.unit is not None:
                clauses.setdefault(source.unit, []).append(event.clause)
    why = {exception.unit: exception.why for exception in merger.split_exceptions}
    return [
        {"unit": view.card(unit), "clauses": found, "why": why.get(unit, "")}
        for unit, found in clauses.items()
        if len(found) > 1
    ]


def _event(view: View, event: MergerEvent) -> Context:
    return {
        "clause": event.clause,
        "kind": LABELS["event_kind"][event.kind],
        "flow": event_flow(view, event),
        "target": view.card(event.target),
        "sources": [
            {
                "unit": view.card(source.unit)
                if source.unit
                else Card("", source.place or "", _("không phải đơn vị hành chính")),
                "share": _shares(source),
            }
            for source in event.sources
        ],
    }


def _shares(source: MergerSource) -> str:
    if source.area != source.population:
        area, population = share(source, "area"), share(source, "population")
        return _(
            "diện tích tự nhiên: %(area)s; quy mô dân số: %(population)s",
            area=area,
            population=population,
        )
    words = _("%(area)s diện tích tự nhiên và quy mô dân số", area=LABELS["share"][source.area])
    return words + (remainder_of(source) if source.area == "rest" else "")
