"""Personal data that a registry must not hold, in records and in the texts beside them.

What an office publishes of itself is allowed by ``office_contacts`` of the record. Messages
name the kind and the place, never the value.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from builder.check.base import Found, rule
from builder.check.survey import survey
from builder.derive.personal_data import may_hold, personal_in, value_digest
from builder.findings import Finding, Location
from builder.registry import Entry, Registry
from builder.store.cache import RecordCache, cache_dir

# Addresses, digests and ids of other systems hold long numbers that are nobody's.
_SKIPPED = frozenset({"url", "sha256", "digest", "external_refs", "office_contacts", "file"})
_FORMAT = 1  # raise when what is looked for in a record changes
_MEND = "take it out; if it is a public office's own, list it in office_contacts of the record"


@rule("personal-data", "A record holds no citizen's number, telephone, private mail or account.")
def personal_data(registry: Registry, found: Found) -> Iterator[Finding]:
    known = RecordCache(cache_dir(registry.root) / f"personal-{_FORMAT}.json")
    for entry in registry.entries.values():
        allowed = {value_digest(contact) for contact in entry.record.office_contacts}
        for kind, at, digest in _in_record(entry, known):
            if digest not in allowed:
                yield found(entry.id, f"{kind} stands here", tuple(at), _MEND)
        for date, path in entry.texts:
            for kind, line, column, digest in _in_text(registry, entry.id, date):
                if digest not in allowed:
                    yield Finding(
                        "personal-data", "error", path, f"{kind} stands here", _MEND,
                        line=line, column=column,
                    )  # fmt: skip
    known.save()


def _in_record(entry: Entry, known: RecordCache) -> list[tuple[str, list[str | int], str]]:
    """Kind, place and digest of each value; kept by the digest of the record."""
    kept = known.get(entry.digest)
    if kept is None:
        value: list[tuple[str, Location, str]] = []
        if may_hold(entry.record.model_dump_json()):
            value = [
                (one.kind, at, one.digest)
                for at, text in strings(entry.record.model_dump(mode="json", exclude_none=True))
                for one in personal_in(text)
            ]
        kept = orjson.dumps(value).decode()
        known.put(entry.digest, kept)
    found: list[tuple[str, list[str | int], str]] = [] if kept == "[]" else orjson.loads(kept)
    return found


def _in_text(registry: Registry, record_id: str, date: str) -> list[tuple[str, int, int, str]]:
    told = survey(registry)[record_id, date]
    return [] if isinstance(told, Finding) else told.personal


def strings(value: Any, at: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every string of a record in which people's data could stand, with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in _SKIPPED:
                yield from strings(part, (*at, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from strings(part, (*at, index))
