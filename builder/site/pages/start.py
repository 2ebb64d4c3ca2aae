"""The start page, lists of units, working groups, and the glossary."""

from collections.abc import Callable, Iterator

from builder.models import Body
from builder.registry import Unit
from builder.site import format as vi
from builder.site.cards import Card, Section, is_former
from builder.site.collate import collation_key
from builder.site.i18n import N_, _
from builder.site.logbook import feed_path
from builder.site.page import Page
from builder.site.pages.areas import commune_rows
from builder.site.pages.common import Context, crumbs
from builder.site.pages.glossary import glossary
from builder.site.pages.home import former_card, home
from builder.site.pages.status import provinces_of
from builder.site.view import View

UNITS = Section("don-vi/", N_("Đơn vị hành chính"))


def start_pages(view: View) -> Iterator[Page]:
    """Pages that lead to others."""
    provinces = list(provinces_of(view))
    yield Page(
        "", _("Trang chủ"), "home.html", lambda: home(view, provinces), feed=feed_path(view, None)
    )
    yield Page(
        UNITS.address, UNITS.title, "units.html", lambda: _units(view, provinces), tab="don-vi/"
    )
    yield Page(
        "tra-cuu/", _("Nay là đâu?"), "lookup.html",
        lambda: {
            "crumbs": crumbs(UNITS),
            "title": _("Nay là đâu?"),
            "provinces": _provinces(view, provinces),
        },
        tab="don-vi/",
    )  # fmt: skip
    for slug, unit in provinces:
        yield Page(
            f"don-vi/{slug}/cu/",
            _("Đơn vị cũ: %(full_name)s", full_name=unit.full_name),
            "former_units.html",
            _former(view, unit),
            tab="don-vi/",
        )
    yield Page(
        "to-cong-tac/", _("Các tổ công tác"), "groups.html", lambda: _groups(view), tab="to-chuc/"
    )
    yield Page("thuat-ngu/", _("Thuật ngữ"), "glossary.html", glossary)


def _provinces(view: View, provinces: list[tuple[str, Unit]]) -> list[Context]:
    return [
        {"card": view.card(unit.id), "former": former_card(slug, unit)} for slug, unit in provinces
    ]


def _units(view: View, provinces: list[tuple[str, Unit]]) -> Context:
    rows = []
    for slug, unit in provinces:
        communes = [
            other
            for other in view.registry.units.values()
            if other.level == "commune" and other.file == unit.file
        ]
        former = sum(is_former(other, view.day) for other in communes)
        rows.append(
            {
                "card": view.card(unit.id),
                "present": vi.number(len(communes) - former),
                "former": Card(
                    f"don-vi/{slug}/cu/", _("%(former)s đơn vị cũ", former=vi.number(former))
                ),
            }
        )
    return {"crumbs": crumbs(), "title": UNITS.title, "rows": rows}


def _former(view: View, province: Unit) -> Callable[[], Context]:
    """Former units by former district, each with where it is now: the way without a script."""

    def context() -> Context:
        districts = [
            unit for unit in view.registry.children.get(province.id, ()) if unit.level == "district"
        ]
        others = [
            unit
            for unit in view.registry.children.get(province.id, ())
            if unit.level == "commune" and is_former(unit, view.day)
        ]
        districts.sort(key=lambda unit: (collation_key(unit.name), unit.id))
        return {
            "crumbs": crumbs(UNITS, view.card(province.id)),
            "title": _("Đơn vị cũ của %(full_name)s", full_name=vi.lower_first(province.full_name)),
            "districts": [
                {
                    "anchor": f"h-{unit.code}",
                    "unit": view.card(unit.id),
                    "communes": commune_rows(view, view.registry.children.get(unit.id, ())),
                }
                for unit in districts
            ],
            "others": commune_rows(view, others),
        }

    return context


def _groups(view: View) -> Context:
    """Working groups by number, with the units they cover; numbers not named are not invented."""
    found = [
        (body.number or 10**6, body_id, body)
        for body_id, body in view.registry.of(Body)
        if body.type == "to_cong_tac"
    ]
    found.sort(key=lambda item: item[:2])
    return {
        "crumbs": crumbs(Card("to-chuc/", _("Cơ quan, tổ chức"))),
        "title": _("Các tổ công tác"),
        "rows": [
            {
                "card": view.card(body_id),
                "area": view.card(body.former_area) if body.former_area else None,
                "units": view.cards(body.covers),
                "heads": [
                    {"card": view.person(holder.person, holder.name), "role": holder.role}
                    for holder in body.office_holders
                ],
                "meetings": view.cards(view.meetings_of_body.get(body_id, ())),
            }
            for _, body_id, body in found
        ],
    }
