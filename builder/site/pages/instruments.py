"""Pages of instruments: content, attributes, relations, history, sources."""

from collections.abc import Iterable

from builder.derive.addresses import record_address
from builder.derive.force import timeline
from builder.derive.verdicts import at, states_code
from builder.models import Instrument, Meeting
from builder.models.base import Date
from builder.models.codes import IANA_MEDIA_TYPES
from builder.registry import Entry
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.downloads import originals
from builder.site.i18n import N_, _
from builder.site.labels import DOCUMENT_TYPES, LABELS, STATE_LABELS
from builder.site.pages.common import (
    Context,
    crumbs,
    kind_card,
    mentions,
    present,
    reasons,
    row_or_unknown,
    sources,
    tools,
    unit_crumbs,
    unknown_reasons,
    withdrawal,
)
from builder.site.pages.relations import relations
from builder.site.pages.texts import cited, shown_text, text_part
from builder.site.terms import term
from builder.site.timeline import TONE, timeline_svg
from builder.site.view import View

TRIAL_BANNER = N_(
    "Bản ghi này ghi nhận nội dung được thông qua trong thời gian vận hành thử. Chỉ văn bản được "
    "thông qua chính thức sau đó mới có thể có hiệu lực."
)
DATES = (
    ("adopted", N_("Ngày thông qua")),
    ("signed", N_("Ngày ký")),
    ("issued", N_("Ngày ban hành")),
    ("published", N_("Ngày đăng công báo")),
    ("effective", N_("Ngày có hiệu lực")),
    ("expires", N_("Ngày cuối cùng có hiệu lực")),
)


def instrument_context(view: View, entry: Entry, instrument: Instrument) -> Context:
    """Everything that the page of an instrument shows."""
    record_id = entry.id
    shown = {source for source, _ in view.registry.relations_to.get(record_id, ())}
    outputs = _outputs(view, record_id)
    shown.update(output["id"] for output in outputs)
    return {
        "crumbs": crumbs(
            *unit_crumbs(view, view.registry.unit_of(record_id)), kind_card(instrument.kind)
        ),
        "kind": DOCUMENT_TYPES[instrument.type],
        "title": instrument.title,
        "number": instrument.number or "",
        "date": _head_date(instrument),
        "tools": tools(
            view, record_id, cited(view, record_id, instrument), shown_text(view, entry)
        ),
        "withdrawal": withdrawal(instrument),
        "trial": instrument.stage == "trial",
        "trial_words": _(TRIAL_BANNER),
        **_force(view, record_id),
        "summary": instrument.summary or "",
        "text": text_part(view, entry, instrument),
        "no_text": unknown_reasons(instrument).get("text", ""),
        "rows": _attributes(view, record_id, instrument),
        **relations(view, record_id, instrument),
        "outputs": outputs,
        "history": _history(view, record_id, instrument),
        "mentions": mentions(view, record_id, shown),
        **_originals(entry, instrument),
        "source": sources(view, record_id),
    }


def _head_date(instrument: Instrument) -> str:
    """The date that a citation gives: adopted, signed or issued, in that order."""
    dates = instrument.dates
    day = dates.adopted or dates.signed or dates.issued
    return vi.date(day) if day else ""


def _originals(entry: Entry, instrument: Instrument) -> Context:
    """The files that came with the document, and where its sources say it was published."""
    return {
        "originals": [
            {
                "file": f"{record_address(entry.id)}{one.file}",
                "name": one.file,
                "title": one.title,
                "kind": LABELS["media_type"][one.media_type],
                "type": IANA_MEDIA_TYPES[one.media_type],
                "size": vi.size(one.size),
                "sha256": one.sha256,
            }
            for one in originals(entry)
        ],
        "places": [
            {
                "kind": LABELS["source_kind"][source.kind],
                "title": source.title or source.publisher or source.url,
                "url": source.url,
            }
            for source in instrument.sources
            if source.url
        ],
    }


def _force(view: View, record_id: str) -> Context:
    """The state on the day, and the spans from which a script tells that of any other."""
    spans = timeline(view.registry, record_id)
    verdict = at(spans, view.day)
    states = [span.verdict.state for span in spans]
    return {
        "state": STATE_LABELS[verdict.state],
        "tone": TONE[verdict.state],
        "as_of": vi.date(view.day),
        "states": states_code(spans),
        "picture": timeline_svg(spans, view.day),
        "spans": [
            {
                "first": span.first or "",
                "last": span.last or "",
                "holds": span.holds_on(view.day),
                "state": STATE_LABELS[span.verdict.state],
                "tone": TONE[span.verdict.state],
                "term": ""
                if states.index(states[number]) < number
                else term("state", states[number]),
                "words": vi.span(span.first, span.last),
                "reasons": reasons(view, record_id, span.verdict.reasons),
            }
            for number, span in enumerate(spans)
        ],
    }


def _attributes(view: View, record_id: str, instrument: Instrument) -> list[Context]:
    unknown = unknown_reasons(instrument)
    signers = "; ".join(
        " ".join(part for part in (one.competence, one.role, one.name) if part)
        for one in instrument.signers
    )
    return present(
        [
            *_kind_and_number(instrument, unknown),
            *_who_and_where(view, record_id, instrument, unknown),
            row_or_unknown(
                _("Giai đoạn"), LABELS["stage"][instrument.stage], unknown,
                of=term("stage", instrument.stage),
            ),
            *_dates(instrument, unknown),
            row_or_unknown(_("Người ký"), signers, unknown, "signers"),
        ]
    )  # fmt: skip


def _kind_and_number(instrument: Instrument, unknown: dict[str, str]) -> list[Context | None]:
    regime = LABELS["regime"].get(instrument.regime or "")
    return [
        row_or_unknown(
            _("Loại văn bản"), DOCUMENT_TYPES[instrument.type], unknown,
            of=term("document_type", instrument.type),
        ),
        row_or_unknown(_("Số, ký hiệu"), instrument.number, unknown, "number"),
        row_or_unknown(
            _("Nhóm văn bản"), regime, unknown, "regime", of=term("regime", instrument.regime)
        ),
    ]  # fmt: skip


def _who_and_where(
    view: View, record_id: str, instrument: Instrument, unknown: dict[str, str]
) -> list[Context | None]:
    """Who issued it, for which term of a Party committee, and where it applies."""

    def linked(label: str, targets: Iterable[str | None], *fields: str) -> Context | None:
        return row_or_unknown(label, "", unknown, *fields, cards=view.cards(filter(None, targets)))

    return [
        linked(_("Cơ quan ban hành"), [instrument.issuer], "issuer"),
        linked(_("Cùng ban hành"), instrument.co_issuers, "co_issuers"),
        row_or_unknown(_("Khóa của cấp ủy"), instrument.series_term, unknown, "series_term"),
        linked(_("Đơn vị"), [view.registry.unit_of(record_id)]),
        linked(_("Địa bàn áp dụng"), instrument.territory, "territory"),
    ]


def _dates(instrument: Instrument, unknown: dict[str, str]) -> list[Context | None]:
    """A reason under ``dates`` as a whole is told once, with the day of signing."""
    return [
        row_or_unknown(
            _(label),
            vi.date(day) if (day := getattr(instrument.dates, name)) else "",
            unknown,
            f"dates.{name}",
            *(("dates",) if name == "signed" else ()),
        )
        for name, label in DATES
    ]


def _outputs(view: View, record_id: str) -> list[Context]:
    """Outputs of meetings that are about this instrument, with the meeting and its day."""
    found = []
    for link in view.links_to(record_id):
        meeting = view.registry.get(link.source, Meeting)
        if meeting is None or len(link.at) < 3 or link.at[0] != "outputs":
            continue
        output = meeting.outputs[int(link.at[1])]
        found.append(
            {
                "id": link.source,
                "card": view.card(link.source),
                "address": f"{link.source}/#{output.key}",
                "text": output.text,
                "kind": LABELS["output_kind"][output.kind],
                "inferred": output.certainty == "inferred",
            }
        )
    return found


# The same dates as events.
_EVENTS = (
    N_("thông qua"), N_("ký"), N_("ban hành"), N_("đăng công báo"), N_("có hiệu lực"),
    N_("cuối cùng có hiệu lực"),
)  # fmt: skip


def _history(view: View, record_id: str, instrument: Instrument) -> list[Context]:
    """Legal dates of the instrument and of what acted upon it, in order of time."""
    events: list[tuple[Date, str, Card | None]] = [
        (day, _(label), None)
        for (name, _label), label in zip(DATES, _EVENTS, strict=True)
        if (day := getattr(instrument.dates, name))
    ]
    for source, relation in view.registry.relations_to.get(record_id, ()):
        acting = view.registry.get(source, Instrument)
        if relation.type == "cites" or acting is None or not acting.is_adopted:
            continue
        dates = acting.dates
        day = relation.valid_from or dates.effective or dates.adopted or dates.signed
        day = day or dates.issued
        if day is not None:
            events.append((day, LABELS["inverse_relation"][relation.type], view.card(source)))
    events.sort(key=lambda event: event[0])
    return [
        {"day": vi.date(day), "what": vi.upper_first(what), "card": card}
        for day, what, card in events
    ]
