"""What pages of units say beyond one wave: where a unit is after several, and from where.

One wave is on every page already, clause by clause (``builder.site.pages.units``).
"""

from builder.derive import succession
from builder.derive.succession import Passage
from builder.site import format as vi
from builder.site.i18n import _
from builder.site.labels import LABELS
from builder.site.pages.common import Context
from builder.site.view import View


def later(view: View, unit_id: str) -> list[Context]:
    """Where a unit is on the day of the site, if that took more than one wave."""
    found = succession.successors(view.registry, unit_id, view.day).passages
    return [_row(view, each) for each in found] if any(map(_waves, found)) else []


def earlier(view: View, unit_id: str) -> list[Context]:
    """Units before the ones that a unit was formed from."""
    found = succession.predecessors(view.registry, unit_id).passages
    return [_row(view, each) for each in found if _waves(each)]


def _waves(passage: Passage) -> bool:
    return len({step.operational_from for step in passage.path}) > 1


def _row(view: View, passage: Passage) -> Context:
    return {
        "unit": view.card(passage.unit),
        "share": _share(passage),
        "steps": [
            {
                "address": f"{step.merger}/#khoan-{step.clause}",
                "words": _(
                    "khoản %(clause)s, từ ngày %(operational_from)s",
                    clause=step.clause,
                    operational_from=vi.date(step.operational_from),
                ),
            }
            for step in passage.path
        ],
    }


def _share(passage: Passage) -> str:
    label = LABELS["share"]
    if passage.area == passage.population:
        words = _("%(area)s diện tích tự nhiên và quy mô dân số", area=label[passage.area])
    else:
        words = _(
            "diện tích tự nhiên: %(area)s; quy mô dân số: %(population)s",
            area=label[passage.area],
            population=label[passage.population],
        )
    return (
        words
        if passage.certain
        else _("%(words)s (các nghị quyết không nói rõ bao nhiêu)", words=words)
    )
