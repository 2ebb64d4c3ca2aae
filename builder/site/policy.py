"""The Content-Security-Policy of every page: nothing from elsewhere, nothing inline unnamed.

It stands in a meta element, since a plain file server sends no headers of ours
(Content Security Policy Level 3, section 3.3); ``frame-ancestors`` works in a header only.
"""

import base64
import hashlib
import re

SENTINEL = "xxpolicyxx"
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
# Python-Markdown aligns the cells of tables by inline styles, which the policy forbids.
# Python-Markdown gives links to other hosts no word on what they may do with this page.
_OUTSIDE = re.compile(r'<a (?![^>]*\brel=)(?=[^>]*\bhref="https?://)')
_ALIGNED = re.compile(r' style="text-align: (left|right|center);?"')


def with_policy(html: str) -> str:
    """The page with its policy in place of the sentinel; inline scripts are named by digest."""
    html = _ALIGNED.sub(r' class="align-\1"', _OUTSIDE.sub('<a rel="noopener" ', html))
    return html.replace(SENTINEL, policy(_INLINE.findall(html)))


def policy(inline_scripts: list[str]) -> str:
    """What a page may load, as the value of the header of that name.

    Pagefind is WebAssembly, which scripts may compile by a word of its own; pictures may be
    data, since the theme's styles hold some.
    """
    digests = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in dict.fromkeys(inline_scripts)
    ]
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *(f"'sha256-{one}'" for one in digests)])
    return "; ".join(
        [
            "default-src 'none'", f"script-src {scripts}", "style-src 'self'",
            "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
            "worker-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'",
        ]
    )  # fmt: skip
