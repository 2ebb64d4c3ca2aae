"""What the pages of all kinds share: head, sources, mentions, the page itself.

A context is plain data; every word on a page is in it or in its template, so that
its digest changes whenever anything shown changes.
"""

from collections.abc import Iterable
from typing import Any

from builder.derive.addresses import record_address
from builder.derive.verdicts import Reason
from builder.models import Record
from builder.site import format as vi
from builder.site import labels
from builder.site.cards import Card, Section
from builder.site.collate import collation_key
from builder.site.downloads import source_name
from builder.site.i18n import _, say
from builder.site.labels import LABELS
from builder.site.links import RecordLinks, record_links
from builder.site.past import past_part
from builder.site.terms import term
from builder.site.view import View

Context = dict[str, Any]
MENTIONS_SHOWN = 50


def crumbs(*parts: Card | Section | None) -> list[Card]:
    """The way from the start page, itself not named; parts without a page are left out."""
    found = (part.card if isinstance(part, Section) else part for part in parts)
    return [part for part in found if part is not None and part.address]


def unit_crumbs(view: View, unit_id: str | None) -> list[Card | None]:
    """Province, district and unit of a record, as far as there are any."""
    unit = view.unit(unit_id or "")
    if unit is None:
        return []
    chain = [unit]
    while (above := view.registry.parent(chain[0])) is not None and len(chain) < 3:
        chain.insert(0, above)
    return [view.card(part.id) for part in chain]


def kind_card(kind: str) -> Card:
    """The list of all records of a kind."""
    return Card(labels.KIND_LIST[kind], labels.KIND[kind])


def row(
    label: str, text: str | None = "", *, cards: Iterable[Card] = (), note: str = "", of: str = ""
) -> Context:
    """A row of a table of attributes: plain text, links, or both, with a note.

    ``of`` is the anchor of the text in the glossary, if it is a term.
    """
    return {"label": label, "text": text or "", "cards": list(cards), "note": note, "term": of}


def unknown_reasons(record: Record) -> dict[str, str]:
    return {item.field: item.why for item in record.unknown}


def row_or_unknown(
    label: str, text: str | None, reasons: dict[str, str], *fields: str,
    cards: Iterable[Card] = (), of: str = "",
) -> Context | None:  # fmt: skip
    """The row; or that the fact is unknown, and why; or nothing if it was not looked for."""
    links = list(cards)
    why = next((reasons[name] for name in fields if name in reasons), "")
    if text or links:
        return row(label, text, cards=links, of=of)
    return row(label, _("Chưa biết"), note=why) if why else None


def present(rows: Iterable[Context | None]) -> list[Context]:
    return [one for one in rows if one is not None]


def sources(view: View, record_id: str) -> Context:
    """Sources with their lines, verification, what is unknown, corrections."""
    entry = view.registry.entries[record_id]
    record = entry.record
    verified = record.verified
    kinds = [source.kind for source in record.sources]
    return {
        "sources": [
            {
                "kind": LABELS["source_kind"][source.kind],
                "term": "" if source.kind in kinds[:number] else term("source_kind", source.kind),
                "title": source.title or "",
                "publisher": source.publisher or "",
                "url": source.url or "",
                "published": vi.date(source.published) if source.published else "",
                "lines": ", ".join(source.lines),
                "supports": ", ".join(
                    vi.lower_first(labels.field(record.kind, name)) for name in source.supports
                ),
                "inferred": source.certainty == "inferred",
                "certainty": ""
                if "inferred" in [other.certainty for other in record.sources[:number]]
                else term("certainty", source.certainty),
                "note": source.note or "",
            }
            for number, source in enumerate(record.sources)
        ],
        "verified": (
            _(
                "Đã kiểm chứng bởi %(by)s, ngày %(on)s, đối chiếu với %(against)s.",
                by=verified.by,
                on=vi.date(verified.on),
                against=verified.against,
            )
            if verified
            else ""
        ),
        "as_of": vi.date(record.as_of),
        "unknown": [(labels.field(record.kind, item.field), item.why) for item in record.unknown],
        "notes": record.notes or "",
        "corrections": [
            (vi.date(item.on), item.what, item.why, item.by, item.source)
            for item in record.corrections
        ],
        "external": [(ref.system, ref.id) for ref in record.external_refs],
        "path": entry.path,
        "id": record_id,
        "past": past_part(view, record_id),
    }


def tools(view: View, record_id: str, cited: str = "", text: str = "") -> Context:
    """What a reader can do with the page of a record.

    ``cited`` is how official documents cite it, ``text`` the file of its text beside the page.
    """
    entry = view.registry.entries[record_id]
    name, address = record_id.rpartition("/")[2], record_address(record_id)
    source = source_name(view.registry, entry)
    links = record_links(view.registry.settings, entry.path, view.card(record_id).title)
    return {
        "cite": cited,
        "download": f"{address}{source}" if source else "",
        "name": f"{name}.yaml",
        "text": f"{address}{text}" if text else "",
        "text_name": f"{name}.txt",
        **links._asdict(),
    }


# A page that no single record makes can be shared and printed, no more.
NO_TOOLS: Context = {
    "cite": "", "download": "", "name": "", "text": "", "text_name": "",
    **RecordLinks()._asdict(),
}  # fmt: skip


def withdrawal(record: Record) -> str:
    """The words of a tombstone; empty for a record that stands."""
    if record.withdrawn is None:
        return ""
    return _(
        "Bản ghi đã rút ngày %(on)s. %(reason)s",
        on=vi.date(record.withdrawn.on),
        reason=record.withdrawn.reason,
    )


def mentions(view: View, target: str, shown: Iterable[str] = ()) -> list[Context]:
    """Records that refer to this one and are not shown elsewhere on its page, by kind."""
    hidden = {target, *shown}
    found: dict[str, set[str]] = {}
    for link in view.links_to(target):
        if link.source not in hidden:
            found.setdefault(link.source.split("/", 1)[0], set()).add(link.source)
    groups = []
    for kind, label in labels.KIND.items():
        if kind in found and kind != "units":
            cards = view.sorted_cards(found[kind])
            groups.append(
                {
                    "label": label,
                    "cards": cards[:MENTIONS_SHOWN],
                    "more": vi.number(len(cards) - MENTIONS_SHOWN)
                    if len(cards) > MENTIONS_SHOWN
                    else "",
                }
            )
    return groups


def by_name(view: View, ids: Iterable[str]) -> list[str]:
    """Ids in the alphabetical order of their titles."""
    return sorted(ids, key=lambda target: collation_key(view.card(target).title))


def reasons(view: View, record_id: str, found: Iterable[Reason]) -> list[Context]:
    """A chain of reasons, each with its legal basis and the record that gives it, if another."""
    return [
        {
            "says": say(reason.says),
            "source": say(reason.source),
            "record": view.card(reason.record)
            if reason.record and reason.record != record_id and view.card(reason.record).address
            else None,
        }
        for reason in found
    ]
