"""Vietnamese legal texts as trees of provisions: reading, printing back, citing, comparing."""

from builder.derive.provisions.parse import parse
from builder.derive.provisions.tree import NAMES, PROVISIONS, Kind, Node, path_to, to_text

__all__ = ["NAMES", "PROVISIONS", "Kind", "Node", "parse", "path_to", "to_text"]
