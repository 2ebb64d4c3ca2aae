"""Pages of requirements and of continuity rules."""

from builder.derive.continuity import CASE_LABELS
from builder.models import ContinuityRule, Requirement
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.i18n import N_, Table, _
from builder.site.labels import LABELS
from builder.site.pages.common import (
    Context,
    crumbs,
    kind_card,
    mentions,
    present,
    row,
    row_or_unknown,
    sources,
    tools,
    unknown_reasons,
    withdrawal,
)
from builder.site.pages.completeness import unit_anchor
from builder.site.pages.units import cell_state, due_words
from builder.site.terms import heading, term
from builder.site.view import View

EFFECTS = Table(
    {
        "continues": N_("Văn bản tiếp tục áp dụng"),
        "ends": N_("Văn bản hết hiệu lực"),
        "act_by": N_("Văn bản phải được xử lý trước thời hạn"),
    }
)


def requirement_context(view: View, requirement_id: str, requirement: Requirement) -> Context:
    """What must exist, who asks for it, and how each unit stands."""
    cells = [cell for cell in view.cells if cell.requirement == requirement_id]
    shown = {record for cell in cells for record in cell.evidence}
    return {
        "crumbs": crumbs(Card("tinh-trang/", _("Tình trạng")), kind_card("requirements")),
        "title": requirement.title,
        "tools": tools(view, requirement_id),
        "due": vi.due(requirement.due) if requirement.due else "",
        "withdrawal": withdrawal(requirement),
        "summary": requirement.summary or "",
        "states_term": heading("completeness"),
        "rows": _asked_for(view, requirement),
        "cells": [
            {
                "unit": view.card(cell.unit),
                "anchor": unit_anchor(cell.unit),
                **cell_state(cell.state, cell.overdue),
                "evidence": view.cards(cell.evidence),
            }
            for cell in cells
        ],
        "as_of": vi.date(view.day),
        "mentions": mentions(view, requirement_id, shown),
        "source": sources(view, requirement_id),
    }


def _asked_for(view: View, requirement: Requirement) -> list[Context]:
    """What is asked for, of whom and by when, or why it is not known."""
    reasons = unknown_reasons(requirement)
    return present(
        [
            *(
                row_or_unknown(
                    label, LABELS[field].get(code or ""), reasons, field, of=term(field, code)
                )
                for label, field, code in (
                    (_("Loại văn bản"), "document_type", requirement.document_type),
                    (_("Cơ quan phải ban hành"), "body_type", requirement.body_type),
                    (_("Khối"), "block", requirement.block),
                )
            ),
            row_or_unknown(_("Thời hạn"), due_words(requirement), reasons, "due"),
            row_or_unknown(
                _("Nơi nêu yêu cầu"), "", reasons, "basis", cards=view.cards(requirement.basis)
            ),
        ]
    )


def rule_context(view: View, rule_id: str, rule: ContinuityRule) -> Context:
    """A continuity rule, with its basis, and whether it was confirmed."""
    reasons = unknown_reasons(rule)
    return {
        "crumbs": crumbs(kind_card("rules")),
        "title": rule.title,
        "tools": tools(view, rule_id),
        "withdrawal": withdrawal(rule),
        "says": rule.says,
        "confirmed": rule.confirmed,
        "rows": present(
            [
                row(
                    _("Xác nhận"), _("Đã xác nhận") if rule.confirmed else _("Chưa xác nhận"),
                    note=rule.confirmation or reasons.get("confirmed", ""),
                ),
                row_or_unknown(_("Hệ quả"), EFFECTS.get(rule.effect or ""), reasons, "effect"),
                row(
                    _("Trường hợp"),
                    "; ".join(vi.upper_first(_(CASE_LABELS[case])) for case in rule.cases),
                ),
                row(
                    _("Áp dụng cho"),
                    "; ".join(LABELS["regime"][regime] for regime in rule.regimes)
                    or _("Mọi loại văn bản"),
                ),
                row(_("Điều kiện"), rule.condition) if rule.condition else None,
                row_or_unknown(
                    _("Căn cứ pháp lý"), "; ".join(basis.cites for basis in rule.legal_basis),
                    reasons, "legal_basis",
                ),
                row_or_unknown(
                    _("Thời gian"), vi.span(rule.valid_from, rule.until), reasons, "until"
                ),
            ]
        ),
        "mentions": mentions(view, rule_id),
        "source": sources(view, rule_id),
    }  # fmt: skip
