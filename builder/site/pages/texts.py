"""The text of an instrument as pages show it: contents, provisions, versions, differences.

Plain data for ``_text.html``; which versions there are and how provisions are read, cited
and compared is in ``builder.derive``.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from builder.derive.addresses import record_address
from builder.derive.provisions import Node, parse
from builder.derive.provisions.cite import cite, provision_names
from builder.derive.provisions.diff import Change, compare
from builder.derive.versions import Version, version_on, versions
from builder.models import Body, Instrument
from builder.registry import Entry
from builder.registry.texts import digest_of, text_of
from builder.site import format as vi
from builder.site.cards import Card
from builder.site.downloads import text_name
from builder.site.i18n import N_, Table, _
from builder.site.labels import LABELS
from builder.site.page import Late, Page
from builder.site.pages.common import Context, crumbs, kind_card, unit_crumbs
from builder.site.provisions import Provisions
from builder.site.view import View

_STATUS = Table({
    "changed": N_("Sửa đổi"), "added": N_("Bổ sung"), "removed": N_("Bỏ"),
    "renumbered": N_("Đổi số thứ tự"),
})  # fmt: skip
FIRST_SLUG = "ban-dau"


def text_part(view: View, entry: Entry, instrument: Instrument) -> Late | None:
    """The text that holds on the day of the view, or else the first; None if there is none.

    Read into a tree only where the page is rendered: its digest is that of the files and of
    all else that is shown with them.
    """
    found = _readable(entry)
    if not found:
        return None
    shown = version_on(found, view.day) or found[0]
    return _late(view, entry, instrument, shown)


def shown_text(view: View, entry: Entry) -> str:
    """The file with the text that the page of the record shows; empty without one."""
    found = _readable(entry)
    return text_name((version_on(found, view.day) or found[0]).date) if found else ""


def _readable(entry: Entry) -> list[Version]:
    return [one for one in versions(entry) if one.has_text]


def _late(view: View, entry: Entry, instrument: Instrument, shown: Version) -> Late:
    around = _around(view, entry, instrument, shown)
    effects = _effects(view, entry.id)

    def digest() -> str:
        said = hashlib.sha256(repr((around, effects)).encode())
        said.update(digest_of(view.registry, entry, shown.date).encode())
        return said.hexdigest()

    return Late(digest, lambda: {**around, **_provisions(view, entry, shown, effects)})


def text_pages(view: View, entry: Entry, instrument: Instrument) -> Iterator[Page]:
    """A page for each version of a text that has several."""
    found = _readable(entry)
    for place, one in enumerate(found if len(found) > 1 else ()):
        before = found[place - 1] if place else None
        yield Page(
            version_address(entry.id, one), f"{_label(one)} – {instrument.title}", "text.html",
            partial(_page_context, view, entry, instrument, one, before), tab="van-ban/",
        )  # fmt: skip


def version_address(record_id: str, version: Version) -> str:
    """``regulations/…/quy-che/van-ban/2026-01-01/``."""
    return f"{record_address(record_id)}van-ban/{version.date or FIRST_SLUG}/"


def _label(version: Version) -> str:
    if version.date and version.valid_from:
        return _("Lời văn từ ngày %(valid_from)s", valid_from=vi.date(version.valid_from))
    return _("Lời văn ban đầu")


def _page_context(
    view: View, entry: Entry, instrument: Instrument, version: Version, before: Version | None
) -> Context:
    text = _late(view, entry, instrument, version)
    return {
        "crumbs": crumbs(
            *unit_crumbs(view, view.registry.unit_of(entry.id)),
            kind_card(instrument.kind),
            view.card(entry.id),
        ),
        "title": instrument.title,
        "number": instrument.number or "",
        "version": _label(version),
        "record": view.card(entry.id),
        "text": text,
        "differences": _late_differences(view, entry, before, version) if before else None,
    }


def cited(view: View, record_id: str, instrument: Instrument) -> str:
    """The whole document as others cite it (Decree 30/2020/NĐ-CP, Annex I)."""
    issuer = view.registry.get(instrument.issuer or "", Body)
    name = issuer.name if issuer else None
    return view.once("cited", record_id, lambda: cite(instrument, issuer=name))


def _around(view: View, entry: Entry, instrument: Instrument, shown: Version) -> Context:
    """What stands around the provisions: the citation of the document, and its versions."""
    found = _versions(view, entry, shown)
    return {
        "label": _label(shown),
        "document": cited(view, entry.id, instrument),
        "versions": found,
        "as_of": vi.date(view.day) if found else "",
    }


def _provisions(
    view: View, entry: Entry, shown: Version, effects: dict[str, list[Context]]
) -> Context:
    found = view.once(
        "text", (entry.id, shown.date),
        lambda: Provisions(parse(text_of(view.registry.root, entry, shown.date))),
    )  # fmt: skip
    return {
        "headings": found.headings,
        "contents": found.contents,
        "body": partial(found.body, effects),
    }


def _versions(view: View, entry: Entry, shown: Version) -> list[Context]:
    """The versions to choose from, if there are several; those without text are named, too."""
    found = versions(entry)
    if len(found) < 2:
        return []
    holding = version_on(found, view.day)
    return [
        {
            "label": _label(one),
            "address": version_address(entry.id, one) if one.has_text else "",
            "shown": one == shown,
            "holds": one == holding,
            "valid_from": str(one.valid_from or ""),
            "changed_by": view.card(one.changed_by) if one.changed_by else None,
        }
        for one in found
    ]


def _effects(view: View, record_id: str) -> dict[str, list[Context]]:
    """What adopted documents do to single provisions: anchor -> words and who."""
    found: dict[str, list[Context]] = defaultdict(list)
    for source, relation in view.registry.relations_to.get(record_id, ()):
        acting = view.registry.get(source, Instrument)
        if acting is None or not acting.is_adopted:
            continue
        label = LABELS["inverse_relation"][relation.type]
        if relation.certainty == "inferred":
            label = " ".join((label, _("(suy ra)")))
        for anchor in relation.provisions:
            found[anchor].append({"label": label, "card": view.card(source)})
    return found


def _late_differences(view: View, entry: Entry, before: Version, after: Version) -> Late:
    """What differs from the version before, provision by provision, unchanged ones only counted."""
    root = view.registry.root
    old, new = text_of(root, entry, before.date), text_of(root, entry, after.date)
    digest = hashlib.sha256(f"{_label(before)}\0{old}\0{new}".encode()).hexdigest()
    return Late(
        lambda: digest,
        lambda: {
            "before": Card(version_address(entry.id, before), vi.lower_first(_label(before))),
            **_differences(parse(old), parse(new)),
        },
    )


def _differences(old: Node, new: Node) -> Context:
    changes = compare(old, new)
    old_names, new_names = provision_names(old), provision_names(new)
    return {
        "unchanged": sum(change.status == "unchanged" for change in changes),
        "changes": [
            _difference(change, old_names, new_names)
            for change in changes
            if change.status != "unchanged"
        ],
    }


def _difference(change: Change, old_names: dict[str, str], new_names: dict[str, str]) -> Context:
    new = change.new.anchor if change.new else ""
    old_name = old_names.get(change.old.anchor, "") if change.old else ""
    new_name = new_names.get(new, "")
    return {
        "status": change.status,
        "label": _STATUS[change.status],
        "name": vi.upper_first(new_name or old_name),
        "before": old_name if new_name and old_name and old_name != new_name else "",
        "anchor": new,
        "words": [[run.where, run.text] for run in change.words],
    }
