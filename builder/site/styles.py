"""One file of styles for every page, instead of one for each part of the theme.

Before the first words are painted a browser asks for every file of styles; on a slow line each
question costs more than what it brings.
"""

import hashlib
import re
from collections.abc import Mapping

_LINKS = re.compile(
    r'(?:<link rel="stylesheet" href="(?:(?:\.\./)*|\./|/)assets/stylesheets/[^"]+\.css">\s*){2,}'
)
_LINK = re.compile(r'href="((?:\.\./)*|\./|/)(assets/stylesheets/[^"]+\.css)"')
_CHARSET = re.compile(rb'^@charset "[^"]*";')


def joined(pages: Mapping[str, str], files: Mapping[str, bytes]) -> tuple[dict[str, str], bytes]:
    """The pages with one link in place of each run of links to styles, and that file's bytes.

    All pages of a site have the same run. ``files`` are the contents by path; a page whose
    links lead to other files keeps them.
    """
    styles = b""
    found: dict[str, str] = {}
    for name, html in pages.items():
        run = _LINKS.search(html)
        links = _LINK.findall(run[0]) if run else []
        if run is None or any(path not in files for _, path in links):
            found[name] = html
            continue
        styles = b"\n".join(_CHARSET.sub(b"", files[path]) for _, path in links)
        link = f'<link rel="stylesheet" href="{links[0][0]}{styles_path(styles)}">\n'
        found[name] = html[: run.start()] + link + html[run.end() :]
    return found, styles


def styles_path(styles: bytes) -> str:
    """Its name changes with its content, so that browsers may keep it for ever."""
    return f"assets/stylesheets/all.{hashlib.sha256(styles).hexdigest()[:8]}.css"
