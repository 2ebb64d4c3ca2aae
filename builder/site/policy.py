"""The Content-Security-Policy of every page: nothing from elsewhere, nothing inline unnamed.

It stands in a meta element, since a plain file server sends no headers of ours
(Content Security Policy Level 3, section 3.3); ``frame-ancestors`` works in a header only.
"""

import base64
import hashlib
import re

SENTINEL = "xxpolicyxx"
_SCRIPTS = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_STYLES = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
# Python-Markdown aligns the cells of tables by inline styles, which the policy forbids.
# Python-Markdown gives links to other hosts no word on what they may do with this page.
_OUTSIDE = re.compile(r'<a (?![^>]*\brel=)(?=[^>]*\bhref="https?://)')
_ALIGNED = re.compile(r' style="text-align: (left|right|center);?"')


def with_policy(html: str) -> str:
    """The page with its policy in place of the sentinel; inline scripts and styles are named by
    digest."""
    html = _ALIGNED.sub(r' class="align-\1"', _OUTSIDE.sub('<a rel="noopener" ', html))
    return html.replace(SENTINEL, policy(_SCRIPTS.findall(html), _STYLES.findall(html)))


def policy(scripts: list[str], styles: list[str]) -> str:
    """What a page may load, as the value of the header of that name; beside files of its own
    these inline scripts and styles.

    Pagefind is WebAssembly, which scripts may compile by a word of its own; pictures may be
    data, since the theme's styles hold some.
    """
    return "; ".join(
        [
            "default-src 'none'", f"script-src 'self' 'wasm-unsafe-eval'{_digests(scripts)}",
            f"style-src 'self'{_digests(styles)}",
            "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
            "worker-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'",
        ]
    )  # fmt: skip


def _digests(inline: list[str]) -> str:
    found = (hashlib.sha256(one.encode()).digest() for one in dict.fromkeys(inline))
    return "".join(f" 'sha256-{base64.b64encode(one).decode()}'" for one in found)
