"""What a stamped page is, and what all pages are made from.

The interface between the pages (``builder.site.pages`` says which there are and
what they show) and the stamping (``builder.site.stamp`` puts them into the shell).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from builder.derive.publication import published
from builder.registry import Registry

Context = Mapping[str, Any]
Audience = Literal["public", "internal"]


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What a build is made from.

    ``as_of`` is the day (in Vietnam) on which derived states are computed: that of
    the commit, never today's.
    """

    root: Path
    registry: Registry
    as_of: dt.date
    audience: Audience = "public"

    def __post_init__(self) -> None:
        """The one gate: past it, a site for the public knows of no internal record."""
        if self.audience != "internal":
            object.__setattr__(self, "registry", published(self.registry))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    ``address`` is relative to the site's root and ends in a slash
    (``units/lang-son/06625@2025-07-01/``); the start page alone has the empty one.
    ``template`` is a file of ``site_src/theme/records``. ``context`` is called only in
    the process that needs it, and gives plain data (what orjson takes). ``key`` gives a
    digest of all that the context is made from, for pages that know it without
    building the context; without one, the digest of the context is taken.
    ``tab`` is the address of the entry of the navigation (``nav`` of mkdocs.yml) that
    the page belongs to: ``don-vi/``, ``van-ban/``, ``cuoc-hop/``, ``to-chuc/``,
    ``tinh-trang/``, ``tim-kiem/``, or ``./`` for the start page.

    ``language`` is that of the interface; pages of the default language stand at the root, those
    of another one in a ``tree`` of their own (``en/``) under the same address. A context, a key
    and the title are made while that language is active.

    ``feed`` is the Atom feed that tells of the page's subject, by its path from the root of the
    site.

    The table of contents of a page is made from its headings of level 2 that have an id.
    """

    address: str
    title: str
    template: str
    context: Callable[[], Context]
    key: Callable[[], str] | None = None
    description: str = ""
    tab: str = ""
    noindex: bool = False
    feed: str = ""
    language: str = "vi"
    tree: str = ""


class Late:
    """A part of a context that is dear to build: known by its digest, built when rendered.

    ``digest`` changes whenever what ``build`` gives does, and is asked for only where the key
    of the page is made from its context. Templates call the part, with what only they know
    (``href.base``).
    """

    def __init__(self, digest: Callable[[], str], build: Callable[..., Any]) -> None:
        self.digest = digest
        self.build = build

    def __call__(self, *given: Any) -> Any:
        return self.build(*given)


class Links:
    """Links from the page that is being stamped; templates know it as ``href``.

    ``{{ href('units/') }}`` is the relative way from the page to that page in the same
    language, with or without a fragment; ``{{ href('') }}`` leads to the start page.
    ``{{ href('assets/map.js') }}`` leads to a file, which all languages share.
    ``href.base`` is the start page of the language, ``href.root`` the root of the site.
    """

    def __init__(self) -> None:
        self.base = "./"
        self.root = "./"

    def stand_at(self, address: str, tree: str = "") -> None:
        """Makes them links from the page at that address."""
        depth = address.count("/")
        self.base = "../" * depth or "./"
        self.root = "../" * (depth + tree.count("/")) or "./"

    def __call__(self, address: str) -> str:
        if self.root != self.base and not _is_page(address):
            return self.root + address
        return self.base + address


def _is_page(address: str) -> bool:
    path = address.partition("#")[0].partition("?")[0]
    return path == "" or path.endswith("/")
