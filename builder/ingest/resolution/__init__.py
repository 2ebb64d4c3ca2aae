"""The text of a merger resolution into a merger record, clause by clause.

``text`` cleans, ``clauses`` splits, ``grammar`` reads one clause, ``names`` ties what
was read to units, ``invariants`` checks the whole, ``reader`` puts it together.
"""

from builder.ingest.resolution.reader import Origin, Reading, read_resolution

__all__ = ["Origin", "Reading", "read_resolution"]
