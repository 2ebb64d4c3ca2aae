"""The relations of an instrument in both directions, as a list and as a picture.

A relation is stored once, on the acting document; here the other side is told, too.
"""

from builder.derive.provisions.cite import anchor_name
from builder.models import Instrument
from builder.models.instruments import Relation
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.labels import LABELS
from builder.site.page import Late
from builder.site.pages.common import Context
from builder.site.relations import SHOWN, Diagram, Group, diagram_svg
from builder.site.terms import term
from builder.site.view import View

LISTED = 20  # relations of a group that are open at once; the others follow in a fold


def relations(view: View, record_id: str, instrument: Instrument) -> Context:
    """``outgoing`` and ``incoming`` groups, and the ``diagram`` if there are any."""
    outgoing = _grouped("di", _outgoing(view, instrument))
    incoming = _grouped("den", _incoming(view, record_id))
    told = {group["term"] for group in outgoing}
    for group in incoming:
        if group["term"] in told:
            group["term"] = ""
    if not outgoing and not incoming:
        return {"outgoing": [], "incoming": [], "diagram": None}
    picture = Diagram(_name(view, record_id), _drawn(outgoing), _drawn(incoming))
    # All that it shows stands in the groups and in the title of the page.
    return {
        "outgoing": outgoing,
        "incoming": incoming,
        "diagram": Late(lambda: picture.title, lambda base: diagram_svg(picture, base)),
    }


def _name(view: View, record_id: str) -> str:
    card = view.card(record_id)
    return f"{card.note.partition(' · ')[0]}: {card.title}" if card.note else card.title


def _outgoing(view: View, instrument: Instrument) -> list[Context]:
    """What the instrument does to others, by type of relation."""
    return [
        _relation(
            view, LABELS["relation"][relation.type], relation,
            view.card(relation.target) if relation.target else Card("", relation.cites or ""),
        )
        for relation in instrument.relations
    ]  # fmt: skip


def _incoming(view: View, record_id: str) -> list[Context]:
    """What others do to the instrument, in the words of the inverse relation."""
    return [
        _relation(view, LABELS["inverse_relation"][relation.type], relation, view.card(source))
        for source, relation in view.registry.relations_to.get(record_id, ())
    ]


def _relation(view: View, label: str, relation: Relation, card: Card) -> Context:
    return {
        "label": label,
        "term": term("relation", relation.type),
        "card": card,
        "provisions": ", ".join(anchor_name(anchor) for anchor in relation.provisions),
        "time": vi.span(relation.valid_from, relation.valid_to),
        "territory": view.cards(relation.territory),
        "lines": ", ".join(relation.lines),
        "inferred": relation.certainty == "inferred",
        "note": relation.note or "",
    }


def _grouped(side: str, found: list[Context]) -> list[Context]:
    groups: dict[str, list[Context]] = {}
    for relation in found:
        groups.setdefault(relation["label"], []).append(relation)
    return [
        {
            "label": label,
            "term": members[0]["term"],
            "anchor": f"luoc-do-{side}-{number}",
            "relations": members[:LISTED],
            "more": members[LISTED:],
            "more_count": vi.number(len(members) - LISTED) if len(members) > LISTED else "",
        }
        for number, (label, members) in enumerate(groups.items(), 1)
    ]


def _drawn(groups: list[Context]) -> tuple[Group, ...]:
    return tuple(
        Group(
            vi.upper_first(group["label"]), group["anchor"],
            len(group["relations"]) + len(group["more"]),
            tuple((one["card"].title, one["card"].address) for one in group["relations"][:SHOWN]),
        )
        for group in groups
    )  # fmt: skip
