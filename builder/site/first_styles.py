"""The styles without which the beginning of a page cannot be painted: few enough to stand in
each page, so that its first words wait for no second answer of a server.

Chosen from the one file of styles by what pages begin with, as a browser would choose. The whole
file comes later in each page and says all of this again, so that order and looks stay.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from lxml import html as markup

from builder.site.purge import NESTED, drop_unread, split, with_selectors

# What a picture that stands still does not show.
_UNSEEN = re.compile(
    r"(-\w+-)?(transition|animation|backface|tap-highlight|touch-|scroll-|page-break|break-"
    r"|color-adjust|print-color|user-select|will-change|pointer-events|cursor$|outline)"
)
_ELSEWHERE = re.compile(r"print|prefers-reduced|hover|pointer")  # media without a first screen
_PSEUDO = (None, "before", "after", "placeholder")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_OPEN = re.compile(r"[\w-]+-(?=[\"\s])")  # a class whose end only a record knows: rg-chip--
_PARSER = markup.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")


def first_styles(styles: str, page: str) -> str:
    """The rules that some element of the page matches, without states such as ``:hover``,
    without what cannot be seen, and without spaces."""
    classes = sorted(set(_CLASS.findall(styles)))
    found = _matched(_selectors(_rules(styles)), _trees(page, classes))
    rules = list(with_selectors(_rules(styles), lambda one: _text(one) in found))
    drop_unread(rules)
    return "".join(map(_written, rules))


def _rules(styles: str) -> list[Any]:
    return list(_for_screens(tinycss2.parse_stylesheet(styles, True, True)))


def _selectors(rules: Iterable[Any]) -> list[str]:
    found: list[str] = []

    def look(selector: list[Any]) -> bool:
        found.append(_text(selector))
        return True

    list(with_selectors(rules, look))
    return sorted(set(found))


def _for_screens(rules: Iterable[Any]) -> Iterator[Any]:
    for rule in rules:
        style = rule.type == "qualified-rule"
        nested = rule.type == "at-rule" and rule.lower_at_keyword in NESTED and rule.content
        if style or (nested and not _ELSEWHERE.search(_text(rule.prelude))):
            yield rule


def _text(tokens: list[Any]) -> str:
    return str(tinycss2.serialize(tokens)).strip()


def _matched(selectors: Iterable[str], trees: Iterable[Any]) -> set[str]:
    matcher = Matcher()
    for selector in selectors:
        try:
            for one in compile_selector_list(selector):
                if one.pseudo_element in _PSEUDO:
                    matcher.add_selector(one, selector)
        except SelectorError:  # of one browser alone: it may come later
            continue
    elements = (one for tree in trees for one in ElementWrapper.from_html_root(tree).iter_subtree())
    return {str(found) for element in elements for *_, found in matcher.match(element)}


def _trees(page: str, classes: list[str]) -> Iterator[Any]:
    """The page as it is without scripts and as scripts may make it before it is painted: in
    dark colours (``partials/javascripts/palette.html``)."""
    page = _OPEN.sub(lambda begun: " ".join(_ends(begun[0], classes)), page)
    yield _tree(page)
    tree = _tree(page)
    tree.set("class", "js disk")
    tree.find("body").set("data-md-color-scheme", "slate")
    yield tree


def _ends(begun: str, classes: list[str]) -> list[str]:
    return [one for one in classes if one.startswith(begun)] or [begun]


def _tree(page: str) -> Any:
    """What is off the screen until somebody asks for it, the menu, needs no styles within."""
    tree = markup.document_fromstring(page.encode(), parser=_PARSER)
    for menu in tree.find_class("md-sidebar--primary"):
        if "hidden" in menu.attrib:
            menu[:] = []
    return tree


def _written(rule: Any) -> str:
    if rule.type == "at-rule":
        inner = "".join(map(_written, rule.content))
        head = f"@{rule.at_keyword} {_text(rule.prelude)}"
        return f"{head}{{{inner}}}" if inner else ""
    told = ";".join(filter(None, map(_declaration, split(rule.content, ";"))))
    return f"{_dense(rule.prelude, '>+~,')}{{{told}}}" if told else ""


def _declaration(tokens: list[Any]) -> str:
    name, _, value = _dense(tokens, ":,!").partition(":")
    return "" if _UNSEEN.match(name) or not value else f"{name}:{value}"


def _dense(tokens: list[Any], marks: str) -> str:
    """As text, each space one, and none at the ends and beside these marks."""
    found: list[str] = []
    for token in tokens:
        text = " " if token.type == "whitespace" else str(token.serialize())
        last = found[-1] if found else " "
        if text in marks and last == " " and found:
            found.pop()
        elif text == " " and (last == " " or last in marks):
            continue
        found.append(text)
    return "".join(found).strip()
