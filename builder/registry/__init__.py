"""The linked, immutable graph of all records, and how it is loaded."""

from builder.registry.graph import Entry, EventRef, Link, Registry, Unit
from builder.registry.load import entry_of, load, load_settings, load_strict, locate, locate_all

__all__ = [
    "Entry",
    "EventRef",
    "Link",
    "Registry",
    "Unit",
    "entry_of",
    "load",
    "load_settings",
    "load_strict",
    "locate",
    "locate_all",
]
