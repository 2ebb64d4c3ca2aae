"""Words as a part of an address or an anchor."""

from functools import lru_cache

from builder.fold import fold


@lru_cache(maxsize=1024)
def slug(text: str) -> str:
    """``Quyết định`` → ``quyet-dinh``."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
