"""What of a registry may be shown to everybody."""

from dataclasses import replace

from builder.registry import Registry


def published(registry: Registry) -> Registry:
    """The registry without its internal records; references to them lead nowhere.

    Withdrawn records stay: their pages say that they were withdrawn, and why.
    """
    public = {
        record_id: entry
        for record_id, entry in registry.entries.items()
        if entry.record.access == "public"
    }
    return replace(registry, entries=public)
