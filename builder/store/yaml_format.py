"""Formatting a YAML text: indentation and spaces by ruamel's round trip, all else as it stands.

Comments, order, quoting and the folding of long texts stay; values never change.
"""

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from builder.store.yaml_read import YamlError, read
from builder.store.yaml_write import WIDTH

if TYPE_CHECKING:
    from ruamel.yaml import YAML

_COMMENT = re.compile(r"(?:^|\s)#.*$", re.MULTILINE)
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
MAX_FORMATTED = 400_000  # characters; ruamel takes some seconds for these


def formatted(text: str) -> str:
    """The text with two spaces for each level, one space after marks, one line end at the end.

    Formatting what was formatted changes nothing. A text that ruamel cannot give back whole
    (values and comments) is left as it is. Raises YamlError if it is no YAML of records.
    """
    value = read(text)
    if len(text) > MAX_FORMATTED:
        return text
    from ruamel.yaml.error import YAMLError as RuamelError

    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        bare = _TRAILING.sub("", unified)
        unified = bare if read(bare) == value else unified
        new = _round_trip(unified)
        if not _keeps(new, unified, value) or _round_trip(new) != new:
            return text
    except (RuamelError, YamlError, AssertionError, ValueError, AttributeError):
        return text
    return new


def _keeps(new: str, old: str, value: Any) -> bool:
    return read(new) == value and _comments(new) == _comments(old)


def _comments(text: str) -> list[str]:
    """What looks like comments, in order; words behind a # in texts are the same in both."""
    return [" ".join(found.split()) for found in _COMMENT.findall(text)]


def _round_trip(text: str) -> str:
    out = io.StringIO()
    yaml = _yaml()
    yaml.dump(yaml.load(text), out)
    new = out.getvalue()
    return new if new.endswith("\n") else new + "\n"


def _yaml() -> "YAML":
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.Resolver = _resolver()
    yaml.preserve_quotes = True
    yaml.width = 40 * WIDTH  # lines are broken by people, never by the program
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    return yaml


@cache
def _resolver() -> Any:
    """A resolver that takes every scalar as words, so that none is written in another way."""
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.resolver import VersionedResolver
    from ruamel.yaml.tag import Tag

    class Words(VersionedResolver):
        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            if kind is ScalarNode:
                return Tag(suffix="tag:yaml.org,2002:str")
            return super().resolve(kind, value, implicit)

    return Words
