"""The start page: the five questions with the way to each answer, what is new, what is due."""

from collections import Counter
from collections.abc import Iterator

from builder.derive.followups import with_status
from builder.models import Body, Instrument, Meeting
from builder.models.base import Date
from builder.registry import Unit
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.i18n import _, ngettext
from builder.site.pages.common import Context
from builder.site.pages.followups import followup_rows
from builder.site.past import EVENTS, TONES, moment
from builder.site.view import View

DUE_SHOWN, MEETINGS_SHOWN, NEW_SHOWN = 5, 3, 6


def home(view: View, provinces: list[tuple[str, Unit]]) -> Context:
    """Everything that the start page shows; all figures are those of one day."""
    count = view.registry
    urgent = list(with_status(view.followups, "overdue", "past", "running", "upcoming"))
    records = count.entries.values()
    return {
        "title": _("Văn bản của chính quyền địa phương hai cấp"),
        "as_of": vi.date(view.day),
        "provinces": [
            {"card": view.card(unit.id), "former": former_card(slug, unit)}
            for slug, unit in provinces
        ],
        "meetings": _meetings(view),
        "complete": _complete(view, provinces),
        "records": vi.number(len(records)),
        "verified": vi.number(sum(bool(entry.record.verified) for entry in records)),
        "new": _new(view),
        "figures": [
            {"card": Card("van-ban/", _("Văn bản")), "count": _count(count.of(Instrument))},
            {
                "card": Card("cuoc-hop/", _("Cuộc họp, kiểm tra")),
                "count": _count(count.of(Meeting)),
            },
            {"card": Card("to-chuc/", _("Cơ quan, tổ chức")), "count": _count(count.of(Body))},
            {
                "card": Card("don-vi/", _("Đơn vị hành chính, cũ và nay")),
                "count": vi.number(len(count.units)),
            },
        ],
        "due": followup_rows(view, urgent[:DUE_SHOWN]),
        "due_count": vi.number(len(urgent)),
    }


def former_card(slug: str, province: Unit) -> Card:
    """The list of the former units of a province."""
    name = vi.lower_first(province.full_name)
    return Card(f"don-vi/{slug}/cu/", _("Đơn vị cũ của %(name)s", name=name))


def _count(records: Iterator[object]) -> str:
    return vi.number(sum(1 for _ in records))


def _meetings(view: View) -> list[Context]:
    """The last meetings that decided something, newest first."""
    found = [
        (meeting.when.date or Date.min, record_id, meeting)
        for record_id, meeting in view.registry.of(Meeting)
        if meeting.outputs and meeting.withdrawn is None
    ]
    found.sort(key=lambda one: (one[0], one[1]), reverse=True)
    return [
        {
            "card": view.card(record_id),
            "outputs": ngettext("%(num)s kết quả", "%(num)s kết quả", len(meeting.outputs)),
        }
        for _day, record_id, meeting in found[:MEETINGS_SHOWN]
    ]


def _complete(view: View, provinces: list[tuple[str, Unit]]) -> list[Context]:
    """Of each province that is asked for something: how much of it is there."""
    asked: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for cell in view.cells:
        unit = view.unit(cell.unit)
        if unit is not None:
            asked[unit.file] += 1
            present[unit.file] += cell.state == "present"
    return [
        {
            "card": Card(f"tinh-trang/day-du/{slug}/", view.card(unit.id).title),
            "present": vi.number(present[unit.file]),
            "asked": vi.number(asked[unit.file]),
        }
        for slug, unit in provinces
        if asked[unit.file]
    ]


def _new(view: View) -> list[Context]:
    """Records lately published or changed, by the history of the repository; the newest first."""
    last = [
        (versions[-1], record_id)
        for record_id in view.registry.entries
        if not record_id.startswith("units/") and (versions := view.past.of(record_id))
    ]
    last.sort(key=lambda one: (-one[0].time, one[1]))
    return [
        {
            "card": view.card(record_id),
            "event": EVENTS[version.event],
            "tone": TONES.get(version.event, "plain"),
            "when": moment(version.time),
        }
        for version, record_id in [one for one in last if one[0].event != "formatted"][:NEW_SHOWN]
    ]
