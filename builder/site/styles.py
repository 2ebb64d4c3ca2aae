"""One file of styles for every page, instead of one for each part of the theme, and without
what no page can use of it (``builder.site.purge``).

Before the first words are painted a browser asks for every file of styles; on a slow line each
question costs more than what it brings.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from builder.site.purge import Words, purged

_LINKS = re.compile(
    r'(?:<link rel="stylesheet" href="(?:(?:\.\./)*|\./|/)assets/stylesheets/[^"]+\.css">\s*){2,}'
)
_LINK = re.compile(r'href="((?:\.\./)*|\./|/)(assets/stylesheets/[^"]+\.css)"')
_THEME = re.compile(r"/(?:main|palette)\.[0-9a-f]+\.min\.css$")
_NAMED = re.compile(r'\s(?:class|data-md-[a-z-]+)="([^"]*)"')
_WRITERS = {".html", ".js", ".md", ".py"}
_MARKDOWN = (
    "admonition admonition-title footnote footnote-ref footnote-backref headerlink highlight toc "
    "task-list-item align-left align-right align-center"
)
_CHARSET = re.compile(rb'^@charset "[^"]*";')


def joined(
    pages: Mapping[str, str], files: Mapping[str, bytes], sources: tuple[str, ...] = ()
) -> tuple[dict[str, str], bytes]:
    """The pages with one link in place of each run of links to styles, and that file's bytes.

    All pages of a site have the same run. ``files`` are the contents by path; a page whose
    links lead to other files keeps them. ``sources``: the texts that name all classes in use;
    without any, the theme's styles stay whole.
    """
    made: dict[tuple[str, ...], bytes] = {}
    styles = b""
    found: dict[str, str] = {}
    for name, html in pages.items():
        run = _LINKS.search(html)
        links = _LINK.findall(run[0]) if run else []
        if run is None or any(path not in files for _, path in links):
            found[name] = html
            continue
        paths = tuple(path for _, path in links)
        styles = made.get(paths) or made.setdefault(paths, _together(paths, files, sources))
        link = f'<link rel="stylesheet" href="{links[0][0]}{styles_path(styles)}">\n'
        found[name] = html[: run.start()] + link + html[run.end() :]
    return found, styles


def _together(paths: Iterable[str], files: Mapping[str, bytes], sources: tuple[str, ...]) -> bytes:
    """Those files in their order; the theme's come first, as far as they are used."""
    theme = [path for path in paths if sources and _THEME.search(path)]
    own = b"\n".join(_CHARSET.sub(b"", files[path]) for path in paths if path not in theme)
    if not theme:
        return own
    read = (data for path, data in files.items() if path.endswith(".css") and path not in theme)
    whole = b"\n".join(_CHARSET.sub(b"", files[path]) for path in theme)
    return _used(whole.decode(), b"\n".join(read).decode(), sources) + own


@lru_cache(maxsize=4)
def _used(styles: str, others: str, sources: tuple[str, ...]) -> bytes:
    """Kept, since every language and every build of a test has the same."""
    return purged(styles, Words(sources), others).encode() + b"\n"


def sources_of(pages: Iterable[str], folders: Iterable[Path]) -> tuple[str, ...]:
    """All that names a class: the attributes of these pages, what Markdown writes by itself, and
    the files of these folders. Hardly ever different from language to language, so that all
    share one file of styles."""
    named = sorted({name for page in pages for name in _NAMED.findall(page)})
    files = [path for folder in folders for path in sorted(folder.rglob("*"))]
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in files
        if path.suffix in _WRITERS and path.is_file()
    ]
    return " ".join(named), _MARKDOWN, *texts


def unlinked(pages: Iterable[str], files: Iterable[str]) -> set[str]:
    """The theme's own files of styles that no page leads to any more."""
    theme = {path for path in files if _THEME.search(path)}
    return theme.difference(path for page in pages for _, path in _LINK.findall(page))


def styles_path(styles: bytes) -> str:
    """Its name changes with its content, so that browsers may keep it for ever."""
    return f"assets/stylesheets/all.{hashlib.sha256(styles).hexdigest()[:8]}.css"
