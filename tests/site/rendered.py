"""The bodies of the site's pages without the shell around them, and what a reader finds there."""

import datetime as dt
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

from builder.history.past import NO_PAST, past_of
from builder.registry import load
from builder.site import i18n
from builder.site.layout import theme_folders
from builder.site.page import Page, SiteContext
from builder.site.pages import pages
from builder.site.stamp import Stamper
from builder.site.view import View
from tests.conftest import ROOT

INLINE = {"a", "b", "code", "em", "q", "strong", "time"}
VOID = {"br", "input", "meta", "link", "img", "hr", "path", "rect", "line", "use"}


class Html(HTMLParser):
    """``text`` in reading order; ``links`` as (address, words); ``rows`` of all tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.rows: list[list[str]] = []
        self.headings: list[tuple[int, str]] = []
        self._text: list[str] = []
        self._open: list[tuple[str, dict[str, str | None], int]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if "id" in known:
            self.ids.append(known["id"] or "")
        if tag == "tr":
            self.rows.append([])
        if tag not in INLINE:
            self._text.append(" ")
        if tag not in VOID:
            self._open.append((tag, known, len(self._text)))

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, attrs, start = self._open.pop()
            words = " ".join("".join(self._text[start:]).split())
            if name == "a" and attrs.get("href") is not None:
                self.links.append((attrs["href"] or "", words))
            elif name in ("td", "th") and self.rows:
                self.rows[-1].append(words)
            elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.headings.append((int(name[1]), words))
            if name == tag:
                break
        if tag not in INLINE:
            self._text.append(" ")

    @property
    def text(self) -> str:
        return " ".join("".join(self._text).split())

    def row(self, start: str) -> list[str]:
        """The first row whose first cell begins so."""
        return next(row for row in self.rows if row and row[0].startswith(start))


class Site:
    """All pages of the registry at ``root`` as of ``day``, rendered when asked for."""

    def __init__(self, root: Path, day: dt.date, *, past: bool = False, language: str = "") -> None:
        """With ``past``, the published states that git knows are shown, too.

        ``language``: another than the default one of the registry.
        """
        self.stamper = Stamper({}, theme_folders(ROOT), "test")
        self._read: dict[str, Html] = {}
        site = SiteContext(root, load(root), day)
        known = past_of(site.registry) if past else NO_PAST
        self.pages: dict[str, Page] = {
            page.address: page
            for page in pages(
                View(site.registry, site.as_of, known), (language,) if language else ()
            )
        }

    def __getitem__(self, address: str) -> Html:
        if address not in self._read:
            self._read[address] = self._render(self.pages[address])
        return self._read[address]

    def _render(self, page: Page) -> Html:
        self.stamper.links.stand_at(page.address, page.tree)
        with i18n.speaking(page.language):
            template = self.stamper.templates.get_template(page.template)
            return Html(template.render(page.context(), page=page))

    def key(self, address: str) -> str:
        page = self.pages[address]
        return self.stamper.key(page, page.context())

    def context(self, address: str) -> dict[str, Any]:
        return dict(self.pages[address].context())

    def targets(self, address: str) -> set[str]:
        """Addresses within the site that a page links to, without fragments."""
        base = f"http://site/{address}"
        found = (urldefrag(urljoin(base, href))[0] for href, _ in self[address].links)
        return {url.removeprefix("http://site/") for url in found if url.startswith("http://site/")}


@cache
def real_site() -> Site:
    """The site of the real records, as of a day after the new authorities began."""
    return Site(ROOT, dt.date(2025, 8, 1))


def site_on(root: Path, year: int = 2026, month: int = 1, day: int = 31) -> Site:
    return Site(root, dt.date(year, month, day))
