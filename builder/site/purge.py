"""Styles of the theme without the rules that no page of the site can use.

Material styles everything that its pages might hold, three quarters of which ours never do. A
rule is dropped only where it names a class, an id or a state (``data-md-…``) that occurs as a
word nowhere: in no page that MkDocs made, no template, no script and no code that writes HTML.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import tinycss2

_WORD = re.compile(r"-{0,2}[A-Za-z_][\w-]*")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
NESTED = ("media", "supports", "layer", "container")
_SHORTEST = 3  # of the beginning of a class whose end is put on later: ``is-``, ``rg-chip--``


class Words:
    """All words of the sources of pages; ``rg-chip--`` stands for each that begins so."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._all = {word for text in sources for word in _WORD.findall(text)}
        self._begun = tuple(
            word for word in self._all if word[-1] in "-_" and len(word) >= _SHORTEST
        )

    def __contains__(self, word: str) -> bool:
        return word in self._all or word.startswith(self._begun)


def purged(styles: str, words: Words, others: str = "") -> str:
    """The style sheet with what some page may use, in its order, without comments.

    Custom properties go, too, that neither it nor ``others`` read: Material keeps its icons in
    them, most of which stand for nothing once rules are gone.
    """
    parsed = tinycss2.parse_stylesheet(styles, True, True)
    rules = list(with_selectors(parsed, lambda one: _can_match(one, words)))
    drop_unread(rules, others)
    return str(tinycss2.serialize(rules))


def drop_unread(rules: list[Any], others: str = "") -> None:
    """Takes the custom properties from these rules that neither they nor ``others`` read."""
    before, made = "", str(tinycss2.serialize(rules))
    while made != before:
        read = set(_READ.findall(made + others))
        _drop_unread(rules, read)
        before, made = made, str(tinycss2.serialize(rules))


def _drop_unread(rules: Iterable[Any], read: set[str]) -> None:
    for rule in rules:
        if rule.type == "qualified-rule":
            told = [one for one in split(rule.content, ";") if not _is_unread(one, read)]
            rule.content = _joined(told, ";")
        elif rule.type == "at-rule" and rule.lower_at_keyword in NESTED and rule.content:
            _drop_unread(rule.content, read)


def _is_unread(declaration: list[Any], read: set[str]) -> bool:
    name = next((part for part in declaration if part.type != "whitespace"), None)
    if name is None or name.type != "ident" or not name.value.startswith("--"):
        return False
    return name.value not in read


def with_selectors(rules: Iterable[Any], keep: Callable[[list[Any]], bool]) -> Iterator[Any]:
    """Those rules with the selectors that are kept; rules without any are left out."""
    for rule in rules:
        if rule.type == "qualified-rule":
            kept = [one for one in split(rule.prelude, ",") if keep(one)]
            if kept:
                rule.prelude = _joined(kept, ",")
                yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword in NESTED and rule.content:
            inner = list(with_selectors(tinycss2.parse_rule_list(rule.content, True, True), keep))
            if inner:
                rule.content = inner
                yield rule
        else:
            yield rule


def split(parts: list[Any], mark: str) -> Iterator[list[Any]]:
    """What stands between commas, or semicolons."""
    found: list[Any] = []
    for part in parts:
        if part == mark:
            yield found
            found = []
        else:
            found.append(part)
    yield found


def _joined(found: list[list[Any]], mark: str) -> list[Any]:
    between = tinycss2.ast.LiteralToken(0, 0, mark)
    return [part for one in found for part in (between, *one)][1:]


def _can_match(selector: list[Any], words: Words) -> bool:
    """Whether every class, id and state that the selector asks for occurs. What stands in
    brackets behind ``:is`` or ``:not`` is not looked at: there one alternative is enough."""
    before = None
    for token in selector:
        if token.type == "hash" and token.value not in words:
            return False
        if token.type == "ident" and before == "." and token.value not in words:
            return False
        if token.type == "[] block" and not _occurs(token.content, words):
            return False
        before = token.value if token.type == "literal" else None
    return True


def _occurs(attribute: list[Any], words: Words) -> bool:
    """A state of the theme (``[data-md-color-scheme=slate]``); other attributes always may."""
    named = [token.value for token in attribute if token.type in ("ident", "string")]
    if not named or not named[0].startswith("data-md-"):
        return True
    return all(value in words for value in named)
