"""Where the styles of a page stand: what its beginning needs within the page itself
(``builder.site.first_styles``), all the rest in one file, without what no page can use of the
theme (``builder.site.purge``), which the page asks for only after its beginning.

A browser that meets a link to styles paints what stands before it, and holds back what comes
behind until they are there. So the first words wait for nothing but the page, what follows is
never shown without its styles, and no script is needed.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from builder.site.first_styles import first_styles
from builder.site.purge import Words, purged
from builder.site.shell import CONTENT, LATE_STYLES

# The way to the root: from a page, or from any address of a site that may stand below a folder.
_ROOT = r'(?:\.\./)*|\./|/(?:[^"/]+/)*?'
_LINKS = re.compile(
    rf'(?:<link rel="stylesheet" href="(?:{_ROOT})assets/stylesheets/[^"]+\.css">\s*){{2,}}'
)
_LINK = re.compile(rf'href="({_ROOT})(assets/stylesheets/[^"]+\.css)"')
_THEME = re.compile(r"/(?:main|palette)\.[0-9a-f]+\.min\.css$")
_NAMED = re.compile(r'\s(?:class|data-md-[a-z-]+)="([^"]*)"')
_WRITERS = {".html", ".js", ".md", ".py"}
_MARKDOWN = (
    "admonition admonition-title footnote footnote-ref footnote-backref headerlink highlight toc "
    "task-list-item align-left align-right align-center"
)
_CHARSET = re.compile(rb'^@charset "[^"]*";')
_FIRST_STYLES = "<!--first-styles-->"
# Not before the page itself; and Firefox, which goes on behind a link to styles, waits for them
# before it runs a script.
_LATE = '<link rel="stylesheet" href="{}" fetchpriority="low"><script> </script>'
# Hand-written pages begin with words; what is more than that, or far below, may come later.
_CONTENT = re.compile(r'<article class="md-content__inner md-typeset">')
_MORE = re.compile(r"<(?:table|pre|details|figure|img|blockquote|div|/article)\b")
_FAR = 2500


def joined(
    pages: Mapping[str, str], files: Mapping[str, bytes], sources: tuple[str, ...] = ()
) -> tuple[dict[str, str], bytes]:
    """The pages with one late link in place of each run of links to styles in their heads, and
    that file's bytes; ``with_first_styles`` puts the others in.

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
        html = f"{html[: run.start()]}{_FIRST_STYLES}\n{html[run.end() :]}"
        at = _beginning(html)
        late = _LATE.format(f"{links[0][0]}{styles_path(styles)}")
        found[name] = f"{html[:at]}{LATE_STYLES}{late}\n{html[at:]}"
    return found, styles


def _beginning(html: str) -> int:
    """Where a page has begun: behind the body of the shell, which has a place of its own for
    this, or behind the first words of a hand-written page."""
    if CONTENT in html:
        return html.index(CONTENT) + len(CONTENT)
    content = _CONTENT.search(html)
    if content is None:
        return html.index("</body>")
    more = _MORE.search(html, content.end())
    far = html.find("</p>", content.end() + _FAR)
    ends = [more.start()] if more else []
    return min([*ends, far + len("</p>")] if far > 0 else ends)


def with_first_styles(
    pages: Mapping[str, str], styles: bytes, bodies: Iterable[str] = ()
) -> dict[str, str]:
    """The pages with the styles in their heads that their beginnings need, all the same ones.

    ``bodies`` may stand in them: the page of ``CONTENT`` is that of the shell.
    """
    first = first_styles(styles.decode(), _begun(pages.values(), bodies)) if styles else ""
    style = f"<style>{first}</style>"
    return {name: page.replace(_FIRST_STYLES, style, 1) for name, page in pages.items()}


def _begun(pages: Iterable[str], bodies: Iterable[str]) -> str:
    """One page that begins as all of these do: the frame with most in it, and every content."""
    begun = [page.partition(LATE_STYLES)[0] for page in pages]
    parts = [_CONTENT.split(page, maxsplit=1) for page in begun]
    frame = max((part[0] for part in parts), key=len, default="")
    article = '<article class="md-content__inner md-typeset">'
    contents = [part[1] for part in parts if len(part) > 1]
    contents += [CONTENT.replace("</div>", f"{body}</div>") for body in bodies]
    return frame + "".join(f"{article}{content}</article>" for content in contents)


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
