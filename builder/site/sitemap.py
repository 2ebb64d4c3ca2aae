"""sitemap.xml and robots.txt (sitemaps.org protocol 0.9); neither holds a date."""

from xml.sax.saxutils import escape

LIMIT = 50_000  # addresses a file, by the protocol
_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemaps(site_url: str, addresses: list[str], limit: int = LIMIT) -> dict[str, bytes]:
    """sitemap.xml, or an index and its parts; nothing where the site does not know its URL."""
    if not site_url:
        return {}
    base = site_url.rstrip("/") + "/"
    parts = [addresses[start : start + limit] for start in range(0, len(addresses), limit)]
    if len(parts) <= 1:
        return {"sitemap.xml": _listing("urlset", "url", base, addresses)}
    files = {
        f"sitemap-{number}.xml": _listing("urlset", "url", base, part)
        for number, part in enumerate(parts, 1)
    }
    return files | {"sitemap.xml": _listing("sitemapindex", "sitemap", base, list(files))}


def _listing(root: str, item: str, base: str, addresses: list[str]) -> bytes:
    rows = "".join(f"<{item}><loc>{escape(base + one)}</loc></{item}>\n" for one in addresses)
    return f"{_HEAD}<{root} {_NS}>\n{rows}</{root}>\n".encode()


def robots(site_url: str, *, allow: bool = True) -> bytes:
    """Everything public may be indexed, and nothing of a site for internal use."""
    if not allow:
        return b"User-agent: *\nDisallow: /\n"
    where = f"Sitemap: {site_url.rstrip('/')}/sitemap.xml\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()
