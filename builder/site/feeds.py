"""The publication log as Atom (RFC 4287), older entries in archives (RFC 5005).

Feeds speak Vietnamese. With the address of the site, entries bear ``tag:`` ids (RFC 4151) of
its host; without one, UUIDs from the first commit, and addresses relative to the feed.
"""

import hashlib
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from builder.days import in_vietnam
from builder.site.logbook import FEED, LogEntry, blocks, entries_digest, log_address, logbook
from builder.site.past import EVENTS
from builder.site.view import View

_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
_HISTORY = ' xmlns:fh="http://purl.org/syndication/history/1.0"'
_SITE = "\0"  # in an entry, where the way to the site's root stands


@dataclass(frozen=True)
class _Feeds:
    """What all feeds of a site share: its address ("" without), and from where ids come."""

    view: View
    site_url: str
    root: str
    day: str
    entries: dict[LogEntry, str] = field(default_factory=dict)

    def id(self, what: str) -> str:
        host = urlsplit(self.site_url).hostname
        if host:
            return f"tag:{host},{self.day}:{what}"
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self.root} {what}").urn

    def base(self, feed: str) -> str:
        """The way from a feed to the site's root, as XML takes it."""
        return _value(self.site_url.rstrip("/") + "/" if self.site_url else "../" * feed.count("/"))

    def entry(self, entry: LogEntry) -> str:
        """One entry, written once for all feeds that tell of it; links begin with ``_SITE``."""
        known = self.entries.get(entry)
        if known is None:
            known = self.entries[entry] = _entry(self, entry)
        return known


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at its path; ``key`` is the digest of all that ``write`` makes its bytes from."""

    path: str
    key: str
    write: Callable[[], bytes]


def feeds(view: View, site_url: str) -> Iterator[Feed]:
    """Every feed: of all, and of each unit of which something is told."""
    history = view.past.history
    if history is None:
        return
    first = history.main_line[0]
    shared = _Feeds(view, site_url, first.id, in_vietnam(first.committed).date().isoformat())
    book = logbook(view)
    for unit, entries in ((None, book.entries), *book.by_unit.items()):
        if entries:
            yield from _feed(shared, unit, entries)


def _feed(shared: _Feeds, unit: str | None, entries: Sequence[LogEntry]) -> Iterator[Feed]:
    """The feed that is read, and the archives of what it does not hold any more."""
    base = log_address(shared.view, unit)
    cut = blocks(len(entries))
    names = [f"{base}atom-{number}.xml" for number in range(1, len(cut))] + [base + FEED]
    for number, (start, end) in enumerate(cut):
        links = [("self", names[number]), ("alternate", base)]
        if number:
            links.append(("prev-archive", names[number - 1]))
        if number < len(cut) - 1:
            links += [("next-archive", names[number + 1]), ("current", names[-1])]
        archived = number < len(cut) - 1
        title = "Nhật ký công bố của sổ đăng ký văn bản"
        if unit is not None:
            title += f": {shared.view.unit_title(unit)}"
        told = (title, f"nhat-ky:{unit or 'tat-ca'}", names[number], links, archived)
        said = (shared.site_url, shared.root, shared.day, told)
        digest = entries_digest(shared.view, entries[start:end])
        yield Feed(
            names[number],
            hashlib.sha256(f"{said!r} {digest}".encode()).hexdigest(),
            partial(_document, shared, entries[start:end], *told),
        )


def _document(
    shared: _Feeds, entries: Sequence[LogEntry], title: str, name: str, path: str,
    links: Sequence[tuple[str, str]], archived: bool,
) -> bytes:  # fmt: skip
    base = shared.base(path)
    parts = [
        f'{_OPEN}{_HISTORY} xml:lang="vi">',
        f"<title>{_text(title)}</title>",
        f"<id>{escape(shared.id(name))}</id>",
        f"<updated>{in_vietnam(entries[-1].time).isoformat()}</updated>",
        *(
            f"<link rel={quoteattr(rel)} type={quoteattr(_type(target))} "
            f'href="{base}{_value(target)}"/>'
            for rel, target in links
        ),
        *(["<fh:archive/>"] if archived else []),
        *(shared.entry(entry).replace(_SITE, base) for entry in reversed(entries)),
        "</feed>\n",
    ]
    return "\n".join(parts).encode()


def _type(target: str) -> str:
    return "application/atom+xml" if target.endswith(".xml") else "text/html"


def _entry(shared: _Feeds, entry: LogEntry) -> str:
    card = shared.view.card(entry.record)
    what = f"{entry.record}:{entry.event}:{entry.landed[:12]}"
    authors = "".join(f"<author><name>{_text(name)}</name></author>" for name in entry.authors)
    summary = f"<summary>{_text(card.note)}</summary>" if card.note else ""
    return (
        f"<entry><title>{_text(f'{EVENTS.words[entry.event]}: {card.title}')}</title>"
        f"<id>{escape(shared.id(what))}</id><updated>{in_vietnam(entry.time).isoformat()}</updated>"
        f'{authors}<link rel="alternate" type="text/html" href="{_SITE}{_value(card.address)}"/>'
        f"<category term={quoteattr(entry.event)}/>{summary}</entry>"
    )


# What no XML may hold (XML 1.0, section 2.2).
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(words: str) -> str:
    """Words as XML takes them; what no XML may hold is left out."""
    return escape(_NO_XML.sub("", words))


def _value(words: str) -> str:
    """Words as the value of an attribute between double quotes."""
    return escape(words, {'"': "&quot;"})
