"""Pages of bodies and working groups, and of the people in them, by role."""

from builder.derive.addresses import record_address
from builder.derive.progress import units_of_groups
from builder.models import Body
from builder.models.bodies import OfficeHolder
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.i18n import _
from builder.site.labels import LABELS
from builder.site.pages.common import (
    NO_TOOLS,
    Context,
    by_name,
    crumbs,
    kind_card,
    mentions,
    present,
    row_or_unknown,
    sources,
    tools,
    unit_crumbs,
    unknown_reasons,
    withdrawal,
)
from builder.site.pages.course import course, legend
from builder.site.pages.followups import followup_rows
from builder.site.pages.units import holders
from builder.site.terms import term
from builder.site.view import Role, View


def body_context(view: View, body_id: str, body: Body) -> Context:
    """A body: who holds office, what it issued, when it met, what it still has to do."""
    issued = view.issued_by.get(body_id, [])
    meetings = view.meetings_of_body.get(body_id, [])
    parts = view.parts_of.get(body_id, [])
    tasks = view.followups_of_body.get(body_id, [])
    shown = {*issued, *meetings, *parts, *(task.source for task in tasks)}
    group = body.type == "to_cong_tac"
    return {
        "crumbs": crumbs(*unit_crumbs(view, body.unit), _list_card(group)),
        "kind": LABELS["body_type"][body.type],
        "title": body.name,
        "block": LABELS["block"].get(body.block or "", ""),
        "tools": tools(view, body_id),
        "ended": body.ended is not None and body.ended < view.day,
        "withdrawal": withdrawal(body),
        "rows": _attributes(view, body),
        "holders": holders(view, body),
        "no_holders": unknown_reasons(body).get("office_holders", ""),
        "covers": view.cards(body.covers),
        "progress": _progress(view, body_id) if group else None,
        "legend": legend(),
        "delegations": [
            {
                "name": delegation.name,
                "head": view.person(delegation.head) if delegation.head else None,
                "units": view.cards(delegation.units),
                "lines": ", ".join(delegation.lines),
            }
            for delegation in body.delegations
        ],
        "parts": view.cards(by_name(view, parts)),
        "issued": view.cards(by_name(view, issued)),
        "meetings": view.cards(meetings),
        "tasks": followup_rows(view, tasks),
        "mentions": mentions(view, body_id, shown),
        "source": sources(view, body_id),
    }


def _progress(view: View, group: str) -> Context | None:
    """The course of completeness in the units of a working group."""
    units = units_of_groups(view.registry).get(group, ())
    cells = [cell for unit in units for cell in view.cells_of_unit.get(unit, ())]
    return course(view, view.progress.groups.get(group, []), cells)


def _list_card(group: bool) -> Card:
    return Card("to-cong-tac/", _("Các tổ công tác")) if group else kind_card("bodies")


def _attributes(view: View, body: Body) -> list[Context]:
    reasons = unknown_reasons(body)
    return present(
        [
            row_or_unknown(
                _("Loại"), LABELS["body_type"][body.type], reasons, of=term("body_type", body.type)
            ),
            row_or_unknown(
                _("Khối"), LABELS["block"].get(body.block or ""), reasons, "block",
                of=term("block", body.block),
            ),
            row_or_unknown(_("Viết tắt"), ", ".join(body.abbreviations), reasons),
            row_or_unknown(
                _("Đơn vị"), "", reasons, "unit", cards=view.cards([body.unit] if body.unit else [])
            ),
            row_or_unknown(
                _("Thuộc"), "", reasons, "parent",
                cards=view.cards([body.parent] if body.parent else []),
            ),
            row_or_unknown(_("Khóa, nhiệm kỳ"), body.term, reasons, "term"),
            row_or_unknown(
                _("Ngày thành lập"), vi.date(body.established) if body.established else "", reasons,
                "established",
            ),
            row_or_unknown(
                _("Ngày kết thúc"), vi.date(body.ended) if body.ended else "", reasons, "ended"
            ),
            row_or_unknown(
                _("Địa bàn cấp huyện cũ"), "", reasons, "former_area",
                cards=view.cards([body.former_area] if body.former_area else []),
            ),
        ]
    )  # fmt: skip


def person_context(view: View, person: str, roles: list[Role]) -> Context:
    """A person by the roles that records give, each with its time; nothing else about them."""
    return {
        "crumbs": crumbs(Card("nguoi/", _("Người giữ chức vụ"))),
        "title": roles[0].name,
        "tools": NO_TOOLS,
        "roles": [
            {
                "record": view.card(role.record),
                "role": role.holder.role,
                "time": _time(role),
                "meeting": not isinstance(role.holder, OfficeHolder),
            }
            for role in roles
        ],
        "key": person,
        "paths": sorted({record_address(role.record) for role in roles}),
    }


def _time(role: Role) -> str:
    holder = role.holder
    if not isinstance(holder, OfficeHolder):
        return ""
    known = vi.span(holder.valid_from, holder.valid_to)
    if known or holder.attested_on is None:
        return known
    return _("được nêu ngày %(attested_on)s", attested_on=vi.date(holder.attested_on))
