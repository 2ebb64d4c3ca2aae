"""Pages of meetings: sessions, conferences, inspections, trial runs, with their outputs."""

from builder.derive.followups import Followup
from builder.models import Meeting
from builder.models.codes import OutputKind
from builder.models.meetings import AgendaItem, Output, Vote
from builder.site import format as vi
from builder.site import labels
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
    unit_crumbs,
    unknown_reasons,
    withdrawal,
)
from builder.site.pages.followups import TONE
from builder.site.terms import term
from builder.site.view import View

# What was decided comes before what was asked, and that before what was seen.
KINDS: tuple[OutputKind, ...] = (
    "document", "conclusion", "assignment", "request", "recommendation", "difficulty", "finding",
)  # fmt: skip
GROUP_LABELS = Table(
    {
        "document": N_("Văn bản được thông qua hoặc thảo luận"),
        "conclusion": N_("Kết luận"),
        "assignment": N_("Giao nhiệm vụ"),
        "request": N_("Yêu cầu"),
        "recommendation": N_("Kiến nghị"),
        "difficulty": N_("Khó khăn, vướng mắc"),
        "finding": N_("Ghi nhận, đánh giá"),
    }
)
TRIAL_WORDS = Table(
    {
        "inspection": N_(
            "Cuộc kiểm tra diễn ra trong thời gian vận hành thử, "
            "trước khi chính quyền mới hoạt động."
        ),
        "": N_(
            "Cuộc họp diễn ra trong thời gian vận hành thử. Những gì được thông qua ở đây chưa có "
            "hiệu lực."
        ),
    }
)


def meeting_context(view: View, meeting_id: str, meeting: Meeting) -> Context:
    """Everything that the page of a meeting shows."""
    reasons = unknown_reasons(meeting)
    shown = {output.document for output in meeting.outputs if output.document}
    related = _related(view, meeting_id, meeting)
    shown.update(related)
    unit = meeting.units[0] if len(meeting.units) == 1 else None
    status = {item.key: item for item in view.followups_of_source.get(meeting_id, ())}
    trial = meeting.mode == "trial"
    kind = "inspection" if meeting.form in ("inspection", "working_visit") else ""
    return {
        "crumbs": crumbs(*unit_crumbs(view, unit), kind_card("meetings")),
        "kind": LABELS["meeting_form"][meeting.form],
        "title": meeting.title,
        "date": vi.date(meeting.when.date) if meeting.when.date else "",
        "tools": tools(view, meeting_id),
        "withdrawal": withdrawal(meeting),
        "trial": trial,
        "trial_words": TRIAL_WORDS[kind],
        "summary": meeting.summary or "",
        "rows": _attributes(view, meeting, reasons),
        "agenda": [_agenda(item) for item in meeting.agenda],
        "groups": [
            {
                "label": GROUP_LABELS[kind],
                "term": term("output_kind", kind),
                "anchor": f"kq-{kind}",
                "outputs": [
                    _output(view, meeting, output, status.get(output.key))
                    for output in meeting.outputs
                    if output.kind == kind
                ],
            }
            for kind in KINDS
            if any(output.kind == kind for output in meeting.outputs)
        ],
        "related": view.cards(related),
        "mentions": mentions(view, meeting_id, shown),
        "source": sources(view, meeting_id),
    }


def _related(view: View, meeting_id: str, meeting: Meeting) -> list[str]:
    """Related meetings, named by either side."""
    found = list(meeting.related)
    for link in view.links_to(meeting_id):
        if link.at[0] == "related" and link.source not in found:
            found.append(link.source)
    return found


def _attributes(view: View, meeting: Meeting, reasons: dict[str, str]) -> list[Context]:
    when = vi.when(meeting.when)
    rows: list[Context | None] = [
        row(
            _("Hình thức"),
            LABELS["meeting_form"][meeting.form],
            of=term("meeting_form", meeting.form),
        ),
        row(_("Tính chất"), _("Vận hành thử"), of=term("stage", "trial"))
        if meeting.mode == "trial"
        else row(_("Tính chất"), _("Chính thức")),
        row_or_unknown(
            _("Tổ công tác, cơ quan kiểm tra")
            if meeting.form == "inspection"
            else _("Cơ quan họp"),
            "",
            reasons,
            "bodies",
            cards=view.cards(meeting.bodies),
        ),
        row_or_unknown(
            _("Đơn vị"), meeting.units_words, reasons, "units", cards=view.cards(meeting.units)
        ),
        row_or_unknown(_("Khóa, nhiệm kỳ"), meeting.term, reasons, "term"),
        row_or_unknown(_("Lần thứ"), str(meeting.number or ""), reasons, "number"),
        row(
            _("Thời gian"),
            when or _("Chưa biết"),
            note=_when_note(meeting, reasons),
        ),
        row_or_unknown(_("Địa điểm"), meeting.place, reasons, "place"),
        _chairs(view, meeting, reasons),
        _attendance(meeting, reasons),
    ]
    return present(rows)


def _chairs(view: View, meeting: Meeting, reasons: dict[str, str]) -> Context | None:
    if not meeting.chairs:
        return row_or_unknown(_("Chủ trì"), "", reasons, "chairs")
    return row(
        _("Chủ trì"),
        cards=[view.person(one.person, one.name or one.role) for one in meeting.chairs],
        note="; ".join(dict.fromkeys(one.role for one in meeting.chairs)),
    )


def _when_note(meeting: Meeting, reasons: dict[str, str]) -> str:
    words = _("Nguồn ghi “%(words)s”.", words=meeting.when.words) if meeting.when.words else ""
    inferred = _("Ngày này là suy ra.") if meeting.when.certainty == "inferred" else ""
    why = reasons.get("when", reasons.get("when.date", ""))
    return " ".join(part for part in (words, inferred, why) if part)


def _attendance(meeting: Meeting, reasons: dict[str, str]) -> Context | None:
    attendance = meeting.attendance
    if attendance is None:
        return row_or_unknown(_("Thành phần"), "", reasons, "attendance")
    parts = []
    if attendance.summoned is not None:
        parts.append(_("triệu tập %(summoned)s", summoned=vi.number(attendance.summoned)))
    if attendance.present is not None:
        parts.append(_("có mặt %(present)s", present=vi.number(attendance.present)))
    return row(_("Thành phần"), vi.upper_first(", ".join(parts)) or "", note=attendance.words or "")


def vote_words(vote: Vote | None) -> str:
    """``tán thành 24, không tán thành 0, không biểu quyết 1``."""
    if vote is None:
        return ""
    return _(
        "tán thành %(in_favour)s, không tán thành %(against)s, không biểu quyết %(abstaining)s",
        in_favour=vi.number(vote.in_favour),
        against=vi.number(vote.against),
        abstaining=vi.number(vote.abstaining),
    )


def _agenda(item: AgendaItem) -> Context:
    return {
        "title": item.title,
        "outcome": item.outcome or "",
        "vote": vote_words(item.vote),
        "lines": ", ".join(item.lines),
    }


def _output(view: View, meeting: Meeting, output: Output, item: Followup | None) -> Context:
    same_units = set(output.units) == set(meeting.units)
    return {
        "key": output.key,
        "text": output.text,
        "document": view.card(output.document) if output.document else None,
        "units": [] if same_units else view.cards(output.units),
        "who": view.cards(output.responsible),
        "who_words": output.responsible_words or "",
        "to": view.cards(output.addressed_to),
        "due": vi.due(output.due) if output.due else "",
        "words": output.due.words if output.due else "",
        "chip": labels.FOLLOWUP[item.status] if item and item.due else "",
        "tone": TONE[item.status] if item else "",
        "closed": vi.date(output.closed_on) if output.closed_on else "",
        "closed_by": view.card(output.closed_by) if output.closed_by else None,
        "requirements": view.cards(item.requirements) if item else [],
        "lines": ", ".join(output.lines),
        "inferred": output.certainty == "inferred",
    }
