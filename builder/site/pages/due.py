"""Pages of what is due: by deadline and by responsible body, overdue first in both.

Rows are made in ``builder.site.pages.followups``.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from builder.derive.followups import STATUSES, Followup, with_status
from builder.site import format as vi
from builder.site import labels
from builder.site.cards import Card, Section
from builder.site.collate import Key, collation_key
from builder.site.i18n import N_, _
from builder.site.page import Page
from builder.site.pages.common import Context, crumbs
from builder.site.pages.completeness import STATUS
from builder.site.pages.followups import TONE, followup_rows
from builder.site.pages.listing import PER_PAGE
from builder.site.slugs import slug
from builder.site.terms import term
from builder.site.view import View

DUE = Section("tinh-trang/den-han/", N_("Việc đến hạn"))
BY_BODY = Section("tinh-trang/den-han/co-quan/", N_("Việc đến hạn theo cơ quan"))
VIEWS = (Section(DUE.address, N_("Theo thời hạn")), Section(BY_BODY.address, N_("Theo cơ quan")))

Tasks = tuple[Card, list[Followup]]


def due_pages(view: View) -> Iterator[Page]:
    """By deadline, then by responsible body; long lists on several pages."""
    items = view.followups
    leaves = [items[start : start + PER_PAGE] for start in range(0, len(items), PER_PAGE)] or [[]]
    for number, shown in enumerate(leaves, 1):
        yield Page(
            _leaf(DUE, number), _titled(DUE, number), "due.html",
            _by_date(view, shown, number, len(leaves)), tab=STATUS.address,
        )  # fmt: skip
    parts = _parted(by_body(view)) or [[]]
    for number, bodies in enumerate(parts, 1):
        yield Page(
            _leaf(BY_BODY, number), _titled(BY_BODY, number), "due_bodies.html",
            _of_bodies(view, bodies, number, len(parts)), tab=STATUS.address,
        )  # fmt: skip


def _leaf(first: Section, number: int) -> str:
    return first.address if number == 1 else f"{first.address}trang-{number}/"


def _titled(first: Section, number: int) -> str:
    return (
        first.title
        if number == 1
        else _("%(title)s (trang %(number)s)", title=first.title, number=number)
    )


def _leaves(first: Section, count: int) -> list[Context]:
    return [
        {"number": number, "address": _leaf(first, number), "first": ""}
        for number in range(1, count + 1)
        if count > 1
    ]


def _by_date(view: View, items: list[Followup], number: int, count: int) -> Callable[[], Context]:
    def context() -> Context:
        return {
            "crumbs": crumbs(STATUS),
            "title": DUE.title,
            "views": [view.card for view in VIEWS],
            "here": DUE.address,
            "as_of": vi.date(view.day),
            "total": vi.number(len(view.followups)),
            "groups": [
                {
                    "status": status,
                    "label": labels.FOLLOWUP[status],
                    "term": term("followup", status),
                    "rows": rows,
                }
                for status in STATUSES
                if (rows := followup_rows(view, with_status(items, status)))
            ],
            "leaf": number,
            "leaves": _leaves(DUE, count),
        }

    return context


# By body


def by_body(view: View) -> list[Tasks]:
    """Tasks by each body that must act: what is most urgent decides the order, then the name.

    Tasks for which the source names nobody that has a record come last, under its own words.
    """
    bodies = [(view.card(body), tasks) for body, tasks in view.followups_of_body.items()]
    words: dict[str, list[Followup]] = {}
    for item in view.followups:
        if not item.responsible:
            words.setdefault(item.responsible_words or "", []).append(item)
    others = [
        (Card("", f"“{said}”" if said else _("Nguồn không nêu ai thực hiện")), tasks)
        for said, tasks in words.items()
    ]
    return sorted(bodies, key=_urgency) + sorted(others, key=_urgency)


def _urgency(one: Tasks) -> tuple[int, int, Key]:
    """Tasks come sorted: the first of them is the most urgent one."""
    card, tasks = one
    status = tasks[0].status
    return (
        STATUSES.index(status), -sum(task.status == status for task in tasks),
        collation_key(card.title),
    )  # fmt: skip


def _parted(bodies: list[Tasks]) -> list[list[Tasks]]:
    """Bodies for each page: all tasks of a body stand together."""
    parts: list[list[Tasks]] = []
    room = 0
    for one in bodies:
        if not parts or len(one[1]) > room:
            parts.append([])
            room = PER_PAGE
        parts[-1].append(one)
        room -= len(one[1])
    return parts


def _of_bodies(view: View, bodies: list[Tasks], number: int, count: int) -> Callable[[], Context]:
    def context() -> Context:
        named = [one for one in bodies if one[0].address]
        others = [one for one in bodies if not one[0].address]
        return {
            "crumbs": crumbs(STATUS, DUE),
            "title": BY_BODY.title,
            "views": [view.card for view in VIEWS],
            "here": BY_BODY.address,
            "as_of": vi.date(view.day),
            "groups": [
                {"anchor": anchor, "title": title, "bodies": [_body(view, one) for one in found]}
                for anchor, title, found in (
                    ("co-quan", _("Cơ quan, tổ chức được nêu"), named),
                    ("theo-loi-nguon", _("Nguồn chỉ nêu chung hoặc không nêu"), others),
                )
                if found
            ],
            "leaf": number,
            "leaves": _leaves(BY_BODY, count),
        }

    return context


def _body(view: View, one: Tasks) -> Context:
    card, tasks = one
    counts = Counter(task.status for task in tasks)
    return {
        "card": card,
        "anchor": slug(card.address or card.title),
        "count": vi.number(len(tasks)),
        "counts": [
            {
                "label": f"{labels.FOLLOWUP[status]}: {vi.number(counts[status])}",
                "tone": TONE[status],
            }
            for status in STATUSES
            if counts[status]
        ],
        "urgent": tasks[0].status in ("overdue", "past"),
        "rows": followup_rows(view, tasks),
    }
