"""Words as a part of an address or an anchor."""

from builder.fold import fold


def slug(text: str) -> str:
    """``Quyết định`` → ``quyet-dinh``."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
