"""Where on the site a record, a unit or a person stands: addresses from the site's root.

An address follows from an id alone, so that search, exports and pages agree.
"""

from builder.registry import Unit


def record_address(record_id: str) -> str:
    """``regulations/lang-son/dong-kinh/quy-che/`` for the record of that id."""
    return f"{record_id}/"


def unit_address(unit: Unit) -> str:
    """``units/lang-son/06625@2025-07-01/``; ``units/lang-son/06622@/`` if its start is unknown."""
    return f"{unit.file}/{unit.id}/"


def person_address(person: str) -> str:
    """``nguoi/phung-quang-hoi/``."""
    return f"nguoi/{person}/"


def unit_anchor(unit: Unit) -> str:
    """The id of an element about a unit on a page; without ``@``, which selectors trip over."""
    return f"dv-{unit.id.replace('@', '-').rstrip('-')}"
