"""Pages of communes and wards, former and present: where they went, what they came from.

Districts and provinces are in ``builder.site.pages.areas``.
"""

from collections.abc import Iterator

from markupsafe import Markup

from builder.fold import fold
from builder.models import Body, Instrument, Requirement
from builder.models.mergers import MergerSource
from builder.registry import EventRef, Unit
from builder.site import format as vi
from builder.site import labels
from builder.site.cards import Card, is_former
from builder.site.i18n import _
from builder.site.labels import DOCUMENT_TYPES, LABELS
from builder.site.logbook import log_address
from builder.site.pages.applies import applies_part, is_inline
from builder.site.pages.common import Context, by_name, crumbs, row, sources, unit_crumbs
from builder.site.pages.flows import division_flow, event_flow
from builder.site.pages.inheritance import inherited_part
from builder.site.pages.waves import earlier, later
from builder.site.terms import term
from builder.site.view import View

BLOCKS = ("party", "government", "front")
DOCUMENTS_SHOWN = 100


def commune_context(view: View, unit: Unit) -> Context:
    """Everything that the page of a commune or ward shows."""
    return {
        **unit_context(view, unit),
        "successors": successors(view, unit.id),
        "flow": division_flow(view, unit.id) or _flow_into_one(view, unit.id),
        "later": later(view, unit.id),
        "predecessors": predecessors(view, unit.id),
        "earlier": earlier(view, unit.id),
    }


def unit_context(view: View, unit: Unit) -> Context:
    """What the pages of units of all levels show."""
    former = is_former(unit, view.day)
    return {
        "crumbs": crumbs(*unit_crumbs(view, unit.id)[:-1]),
        "kind": _(unit.full_name.removesuffix(unit.name).strip()),
        "kind_term": term("unit_type", unit.row.type),
        "title": view.card(unit.id).title,
        "code": unit.code,
        "state": unit_state(view, unit),
        "tone": "off" if former else "good",
        "level": unit.level,
        "former": former,
        "blocks": blocks(view, unit.id),
        "applies": applies_part(view, unit),
        "inherited": inherited_part(view, unit),
        "documents": documents(view, unit.id),
        "meetings": view.cards(_meetings(view, unit.id)),
        "requirements": requirements(view, unit.id),
        "groups": working_groups(view, unit.id),
        "namesakes": namesakes(view, unit),
        "rows": attributes(view, unit),
        "source": {**sources(view, unit.file), "log": log_address(view, unit.id)},
    }


def unit_state(view: View, unit: Unit) -> str:
    if is_former(unit, view.day):
        return (
            _("Đơn vị cũ, đến hết %(valid_to)s", valid_to=vi.date(unit.row.valid_to))
            if unit.row.valid_to
            else ""
        )
    if unit.row.valid_from is not None and unit.row.valid_from > view.day:
        return _("Hoạt động từ %(valid_from)s", valid_from=vi.date(unit.row.valid_from))
    return _("Đơn vị hiện nay")


def _flow_into_one(view: View, unit_id: str) -> Markup | None:
    """Where a unit that was not divided went, with all that went there beside it."""
    found = view.registry.events_from.get(unit_id, ())
    return event_flow(view, found[0][0].event) if len(found) == 1 else None


def _event(view: View, reference: EventRef) -> Context:
    """The clause, its resolution and both clocks."""
    merger, clause = reference.merger, reference.event.clause
    return {
        "clause": _("khoản %(clause)s Điều %(article)s", clause=clause, article=merger.article),
        "clause_address": f"{reference.merger_id}/#khoan-{clause}",
        "resolution": _cited(view, merger.resolution),
        "adopted": vi.date(merger.adopted),
        "operational": vi.date(merger.operational_from),
        "kind": LABELS["event_kind"][reference.event.kind],
        "term": term("event_kind", reference.event.kind),
    }


def _cited(view: View, resolution: str) -> Card:
    """The resolution as one cites it, by number, where it has one."""
    card, record = view.card(resolution), view.registry.get(resolution, Instrument)
    if record is None or record.number is None:
        return card
    return Card(
        card.address,
        _("%(type)s số %(number)s", type=DOCUMENT_TYPES[record.type], number=record.number),
    )


def share(source: MergerSource, part: str) -> str:
    """``toàn bộ``, ``một phần``, ``phần còn lại (sau khi sắp xếp theo các khoản 56 và 57)``."""
    value = source.area if part == "area" else source.population
    return LABELS["share"][value] + (remainder_of(source) if value == "rest" else "")


def remainder_of(source: MergerSource) -> str:
    """What a remainder is left of, as the clause refers to it; empty if it names no clause."""
    if not source.after:
        return ""
    clauses = vi.joined([str(clause) for clause in source.after])
    if len(source.after) > 1:
        return _(" (sau khi sắp xếp theo các khoản %(clauses)s)", clauses=clauses)
    return _(" (sau khi sắp xếp theo khoản %(clauses)s)", clauses=clauses)


def successors(view: View, unit_id: str) -> Context | None:
    """All units that took a share, never one chosen; None if no clause names the unit."""
    found = view.registry.events_from.get(unit_id)
    if not found:
        return None
    targets = {reference.event.target for reference, _ in found}
    return {
        "divided": len(targets) if len(targets) > 1 else 0,
        "rows": [
            {
                "unit": view.card(reference.event.target),
                "area": share(source, "area"),
                "population": share(source, "population"),
                **_event(view, reference),
            }
            for reference, source in found
        ],
    }


def predecessors(view: View, unit_id: str) -> list[Context]:
    """What each clause put into the unit, with places that are no unit named as such."""
    return [
        {
            **_event(view, reference),
            "flow": event_flow(view, reference.event),
            "rows": [
                {
                    "unit": view.card(source.unit)
                    if source.unit
                    else Card("", source.place or "", _("không phải đơn vị hành chính")),
                    "area": share(source, "area"),
                    "population": share(source, "population"),
                    "others": [
                        view.card(other.event.target)
                        for other, _ in view.registry.events_from.get(source.unit or "", ())
                        if other.event.target != unit_id
                    ],
                }
                for source in reference.event.sources
            ],
        }
        for reference in view.registry.events_into.get(unit_id, ())
    ]


def holders(view: View, body: Body) -> list[Context]:
    """Office-holders of a body with the time that the sources give."""
    return [
        {
            "person": view.person(holder.person, holder.name),
            "role": holder.role,
            "time": vi.span(holder.valid_from, holder.valid_to)
            or (
                _("được nêu ngày %(attested_on)s", attested_on=vi.date(holder.attested_on))
                if holder.attested_on
                else ""
            ),
            "inferred": holder.certainty == "inferred",
            "lines": ", ".join(holder.lines),
        }
        for holder in body.office_holders
    ]


def blocks(view: View, unit_id: str) -> list[Context]:
    """Bodies in the three blocks, then those outside them; working groups stand apart.

    A unit that stands has its three blocks, be it without a record of any body.
    """
    bodies = [
        (body_id, body)
        for body_id, body in view.registry.bodies_of.get(unit_id, ())
        if body.type != "to_cong_tac"
    ]
    found = []
    for block in (*BLOCKS, None):
        members = [(body_id, body) for body_id, body in bodies if body.block == block]
        if members or block is not None:
            found.append(
                {
                    "label": _("Khối %(block)s", block=LABELS["block"][block])
                    if block
                    else _("Cơ quan khác"),
                    "term": term("block", block),
                    "bodies": [
                        {"card": view.card(body_id), "holders": holders(view, body)}
                        for body_id, body in members
                    ],
                }
            )
    unit = view.unit(unit_id)
    governed = unit is not None and not is_former(unit, view.day)
    return found if bodies or governed else []


def documents(view: View, unit_id: str) -> Context:
    """Documents of the unit's own bodies and those made for its territory.

    None where what applies in the unit stands on its page, these among it.
    """
    if is_inline(view, unit_id):
        return {"cards": [], "count": 0, "more": ""}
    own = {record_id for record_id, _ in view.registry.instruments_of.get(unit_id, ())}
    own.update(
        link.source for link in view.links_to(unit_id) if link.at and link.at[0] == "territory"
    )
    shown = view.sorted_cards(own)
    return {
        "cards": shown[:DOCUMENTS_SHOWN],
        "count": len(shown),
        "more": f"van-ban/don-vi/{unit_id}/" if len(shown) > DOCUMENTS_SHOWN else "",
    }


def _meetings(view: View, unit_id: str) -> Iterator[str]:
    """Meetings that concern the unit, by day."""
    found = view.registry.meetings_of.get(unit_id, [])
    found = sorted(found, key=lambda item: (str(item[1].when.date or ""), item[0]))
    yield from (meeting_id for meeting_id, _meeting in found)


def requirements(view: View, unit_id: str) -> list[Context]:
    """What the unit must have, with the state and the records that give it."""
    found = []
    for cell in view.cells_of_unit.get(unit_id, ()):
        requirement = view.registry.get(cell.requirement, Requirement)
        if requirement is not None:
            found.append(
                {
                    "card": view.card(cell.requirement),
                    "due": due_words(requirement),
                    **cell_state(cell.state, cell.overdue),
                    "evidence": view.cards(cell.evidence),
                }
            )
    return found


CELL_TONE = {
    "present": "good", "trial": "trial", "draft": "plain", "missing": "warn",
    "requested": "plain", "unknown": "off",
}  # fmt: skip


def cell_state(state: str, overdue: bool) -> Context:
    return {"chip": labels.COMPLETENESS[state], "tone": CELL_TONE[state], "overdue": overdue}


def due_words(requirement: Requirement) -> str:
    """The source's own words come first; the day they were read as stands in brackets."""
    if requirement.due is None:
        return ""
    day = vi.due(requirement.due)
    return f"“{requirement.due.words}”" + (f" ({day})" if day else "")


def working_groups(view: View, unit_id: str) -> list[Card]:
    """Working groups that cover the unit or, as a former district, its area."""
    found = {
        link.source
        for link in view.links_to(unit_id)
        if link.at and link.at[0] in ("covers", "delegations", "former_area")
    }
    return view.cards(by_name(view, found))


def namesakes(view: View, unit: Unit) -> list[Card]:
    """Other units whose name reads the same without marks: a name is no identity."""
    return [
        view.card(other)
        for other in view.units_by_folded_name.get(fold(unit.name), ())
        if other != unit.id
    ]


def attributes(view: View, unit: Unit) -> list[Context]:
    """The table of attributes; what is not known is said."""
    district, province = view.registry.district(unit), view.registry.province(unit)
    rows = [row(_("Tên đầy đủ"), unit.full_name), row(_("Mã đơn vị"), unit.code)]
    if district is not None:
        rows.append(row(_("Thuộc cấp huyện (cũ)"), cards=[view.card(district.id)]))
    if province is not None and province is not unit:
        rows.append(row(_("Thuộc tỉnh, thành phố"), cards=[view.card(province.id)]))
    first, last = unit.row.valid_from, unit.row.valid_to
    rows.append(
        row(_("Ngày đầu tiên"), vi.date(first))
        if first
        else row(_("Ngày đầu tiên"), _("Chưa biết"), note=_("Danh mục không ghi ngày thành lập."))
    )
    rows.append(row(_("Ngày cuối cùng"), vi.date(last) if last else _("Còn tồn tại")))
    return rows
