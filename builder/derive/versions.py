"""Which version of a text holds on a date, and which instrument made it.

Versions only as the record tells them; reading the texts is in ``builder.registry.texts``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.models import Instrument
from builder.models.base import Date
from builder.registry import Entry


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the text of an instrument.

    ``date`` names it (``""`` the first one, else ISO); ``valid_from`` is None if the first
    one's beginning is not known; ``changed_by`` is the id of the instrument that made it.
    """

    date: str
    valid_from: Date | None
    changed_by: str | None = None
    has_text: bool = False


def versions(entry: Entry) -> list[Version]:
    """The versions of an instrument in order of time; empty if it carries no text at all."""
    record = entry.record
    if not isinstance(record, Instrument) or not (entry.texts or record.text_versions):
        return []
    files = {date for date, _ in entry.texts}
    later = sorted(record.text_versions, key=lambda version: version.valid_from)
    return [
        Version("", record.dates.effective, None, "" in files),
        *(
            Version(
                str(one.valid_from), one.valid_from, one.changed_by, str(one.valid_from) in files
            )
            for one in later
        ),
    ]


def version_on(found: Sequence[Version], day: Date) -> Version | None:
    """The version that holds on a day; None before the first one does.

    >>> first, second = Version("", Date(2025, 7, 1)), Version("2026-01-01", Date(2026, 1, 1))
    >>> [getattr(version_on([first, second], Date(*day)), "date", None)
    ...  for day in ((2025, 6, 30), (2025, 12, 31), (2026, 1, 1))]
    [None, '', '2026-01-01']
    """
    holding = [one for one in found if one.valid_from is None or one.valid_from <= day]
    return holding[-1] if holding else None
