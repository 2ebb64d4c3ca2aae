"""The shell: one page of MkDocs with sentinels, and how it is taken apart into slots.

Running MkDocs is in ``builder.site.guide``. Only this module knows what the theme's
HTML looks like; every sentinel is counted, so that a new theme cannot break silently.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from builder.findings import RegistryError
from builder.site import i18n
from builder.site.i18n import N_

# Eight levels deep: '../' eight times over stands nowhere else on a page.
_DEPTH = 8
ADDRESS = "xxshellxx/" * _DEPTH
SOURCE = f"{'xxshellxx/' * (_DEPTH - 1)}xxshellxx.md"
_UP = "../" * _DEPTH

_TITLE, _DESCRIPTION, _ROBOTS = "xxshelltitlexx", "xxshelldescriptionxx", "xxshellrobotsxx"
_BODY, _TOC_ID, _TOC_TITLE = "xxshellbodyxx", "xxshelltocidxx", "xxshelltoctitlexx"
MARKDOWN = f"""\
---
title: {_TITLE}
description: {_DESCRIPTION}
robots: {_ROBOTS}
hide: [navigation]
---

## {_TOC_TITLE} {{#{_TOC_ID}}}
"""
CONTENT = f'<div id="noi-dung" tabindex="-1">{_BODY}</div>'
# In a body: where the styles come that its beginning does not need (builder.site.styles).
LATE_STYLES = Markup("<!--late-styles-->")

_INTERNAL = '<p class="rg-internal" role="note"><strong>{}</strong> – {}</p>\n'
_INTERNAL_WORDS = (
    N_("Bản nội bộ"),
    N_("có cả bản ghi không công khai. Không phổ biến, không sao chép ra ngoài."),
)

_FEED = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">\n'

_ROBOTS_META = re.compile(rf'<meta name="robots" content="{_ROBOTS}">\s*')
_TOC = re.compile(r'<label class="md-nav__title" for="__toc">.*?</ul>', re.DOTALL)
_TOC_ITEM = re.compile(rf'<li class="md-nav__item">\s*<a href="#{_TOC_ID}".*?</li>', re.DOTALL)
_SKIP = re.compile(rf'<a href="#{_TOC_ID}" class="md-skip">')
_TOC_SIDEBAR = re.compile(r'data-md-type="toc"\s*>')
# The page's own address, and its addresses in the other languages.
_ADDRESSED = re.compile(
    rf'<(?:link rel="(?:canonical|alternate)"|a rel="alternate")[^>]*{ADDRESS}"'
)
_HEADING = re.compile(r'<h2[^>]*\bid="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r'<(?!span lang="vi">|/span>)[^>]*>')
_SPACE = re.compile(r"\s*\n\s*")
_SLOTS = re.compile("\x00([a-z]+)\x00")
_LATE = re.compile(rf"{LATE_STYLES}(.*)\n")

# Of what MkDocs writes: Material's scripts are not loaded, and its sitemap knows no records.
_UNUSED = re.compile(
    r"\.map$|^assets/javascripts/(bundle\.|lunr/|workers/)|^sitemap\.xml|^assets/images/favicon\.png$"
)


@dataclass(frozen=True, slots=True)
class Guide:
    """What MkDocs made in one language: files by path (hand-written pages, assets), the shell,
    the site's URL, and the folder of the language (``en/``; none for the default one)."""

    files: Mapping[str, bytes]
    shell: str
    site_url: str = ""
    language: str = i18n.DEFAULT
    tree: str = ""


class Heading(NamedTuple):
    """An entry of a table of contents; ``title`` is escaped HTML, its language marked."""

    anchor: str
    title: str


def read_outputs(site: Path) -> dict[str, bytes]:
    """The files that MkDocs wrote, without those that no page needs."""
    found = {}
    for path in sorted(site.rglob("*")):
        relative = path.relative_to(site).as_posix()
        if path.is_file() and not relative.startswith(".") and not _UNUSED.search(relative):
            found[relative] = path.read_bytes()
    return found


def headings(body: str) -> list[Heading]:
    """Headings of level 2 with an id, as the table of contents shows them.

    >>> headings('<h2 id="nguon">Nguồn <a href="#x">¶</a></h2>')[0].anchor
    'nguon'
    """
    return [
        Heading(anchor, " ".join(_TAG.sub("", inner).split()))
        for anchor, inner in _HEADING.findall(body)
    ]


class Shell:
    """The shell page, cut at its slots. Raises RegistryError if the theme's HTML has changed."""

    def __init__(self, guide: Guide, *, internal: bool = False) -> None:
        html, self._tree_depth = guide.shell, guide.tree.count("/")
        with i18n.speaking(guide.language):
            words = map(i18n.gettext, _INTERNAL_WORDS)
            self._notice = _INTERNAL.format(*words) if internal else ""
            self._feed_title = str(i18n.unmarked(i18n.gettext("Nhật ký công bố")))
        html = _once(_SKIP, '<a href="#noi-dung" class="md-skip">', _SPACE.sub("\n", html))
        self._toc_item, html = _cut_toc(html)
        addresses = len(_ADDRESSED.findall(html))
        expected = {_TITLE: 1, _DESCRIPTION: 1, _BODY: 1, ADDRESS: addresses}
        for sentinel, count in expected.items():
            if html.count(sentinel) != count:
                raise _changed(f"{html.count(sentinel)} instead of {count} times {sentinel!r}")
        if guide.site_url and not addresses:
            raise _changed("no canonical address")
        html = _once(_ROBOTS_META, "\x00robots\x00", html)
        html = (
            html.replace(_TITLE, "\x00title\x00")
            .replace(_DESCRIPTION, "\x00description\x00")
            .replace(_BODY, "\x00body\x00")
            .replace(ADDRESS, "\x00address\x00")
            .replace(_UP + "../" * self._tree_depth, "\x00root\x00")
            .replace(_UP, "\x00base\x00")
        )
        if "xxshell" in html or "../" in html:
            raise _changed("a sentinel or a relative link is left over")
        self._html = html
        self._parts = cache(self._cut)

    def _cut(self, depth: int, tab: str) -> tuple[list[bytes], list[str], str]:
        """Text around the slots and their names, for pages of one depth and one tab; the late
        styles."""
        html = self._html
        base, root = base_of(depth), base_of(depth + self._tree_depth)
        if not self._tree_depth:
            html = html.replace("\x00root\x00", "\x00base\x00")
        if tab:
            html = _activate(html, tab)
        html = html.replace("\x00base\x00", base).replace("\x00root\x00", root)
        late = _LATE.search(html)
        parts = _SLOTS.split(_LATE.sub("", html))
        return [part.encode() for part in parts[::2]], parts[1::2], late[1] if late else ""

    def fill(
        self,
        address: str,
        title: str,
        body: str,
        *,
        description: str = "",
        tab: str = "",
        noindex: bool = False,
        feed: str = "",
    ) -> bytes:
        """A whole page in UTF-8. ``title`` and ``description`` are plain text, ``body`` is HTML;
        ``feed`` is the path of a feed from the root of the site."""
        texts, names, late = self._parts(address.count("/"), tab)
        toc = headings(body)
        hidden = noindex or self._notice
        slots = {
            "title": str(i18n.unmarked(title)),
            "description": str(i18n.unmarked(description or title)),
            "robots": ('<meta name="robots" content="noindex">\n' if hidden else "")
            + (self._feed(address, feed) if feed else ""),
            "address": address,
            "body": self._notice + _with_late(body, late),
            "tochidden": "" if toc else " hidden",
            "toc": self._toc(toc),
        }
        parts = [texts[0]]
        for name, text in zip(names, texts[1:], strict=True):
            parts += (slots[name].encode(), text)
        return b"".join(parts)

    def _feed(self, address: str, feed: str) -> str:
        root = base_of(address.count("/") + self._tree_depth)
        return _FEED.format(self._feed_title, f"{root}{feed}")

    def _toc(self, entries: list[Heading]) -> str:
        if not entries:
            return ""
        before, item, after = self._toc_item
        items = [item.replace(_TOC_ID, anchor).replace(_TOC_TITLE, title)
                 for anchor, title in entries]  # fmt: skip
        return before + "".join(items) + after


def _with_late(body: str, late: str) -> str:
    """The body with the late styles at its first place for them, or behind it."""
    begun, place, rest = body.partition(LATE_STYLES)
    return f"{begun}{late}{rest.replace(LATE_STYLES, '')}" if place else f"{body}{late}"


def base_of(depth: int) -> str:
    """The way from a page to the site's root: ``./``, ``../``, ``../../`` …"""
    return "../" * depth or "./"


def _cut_toc(html: str) -> tuple[tuple[str, str, str], str]:
    """The table of contents before, at and after its one entry; the page with slots for it."""
    found = _TOC.findall(html)
    items = _TOC_ITEM.findall(found[0]) if len(found) == 1 else []
    if len(items) != 1:
        raise _changed("the table of contents has another form")
    before, after = found[0].split(items[0])
    html = _once(_TOC, "\x00toc\x00", html)
    html = _once(_TOC_SIDEBAR, 'data-md-type="toc"\x00tochidden\x00>', html)
    return (before, items[0], after), html


def _activate(html: str, tab: str) -> str:
    target = "\x00base\x00" if tab == "./" else f"\x00base\x00{tab}"
    item = re.compile(
        rf'<li class="md-tabs__item"><a href="{re.escape(target)}" class="md-tabs__link">'
    )
    return _once(
        item,
        '<li class="md-tabs__item md-tabs__item--active">'
        f'<a href="{target}" class="md-tabs__link" aria-current="true">',
        html,
    )


def _once(pattern: re.Pattern[str], replacement: str, html: str) -> str:
    html, count = pattern.subn(lambda _: replacement, html)
    if count != 1:
        raise _changed(f"{count} instead of one match of {pattern.pattern!r}")
    return html


def _changed(what: str) -> RegistryError:
    return RegistryError(
        f"the theme's page is not as expected: {what}",
        "use the locked versions of mkdocs and mkdocs-material, or mend builder/site/shell.py",
    )
