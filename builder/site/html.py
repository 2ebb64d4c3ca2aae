"""Escaping for HTML that Python puts together, and for templates: plain strings, no objects.

``markupsafe.escape`` makes an object of each of the hundreds of values of a page; here a value
becomes a ``str`` that f-strings and ``join`` take as it is.
"""

from typing import Any

from markupsafe import escape

try:
    from markupsafe._speedups import _escape_inner as escaped
except ImportError:
    from markupsafe._native import _escape_inner as escaped

__all__ = ["as_html", "escaped"]


def as_html(value: Any) -> str:
    """Any value as HTML; what says by itself how it looks (``Markup``, ``Words``) is let be.

    >>> as_html("a < b")
    'a &lt; b'
    """
    return escaped(value) if type(value) is str else escape(value)
