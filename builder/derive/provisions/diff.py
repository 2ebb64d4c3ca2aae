"""Two versions of a text compared provision by provision, with the words that differ marked.

Provisions are matched by their number, but one that moved unchanged to another number is
followed there. Nothing here prints; the site and the command line do.
"""

import difflib
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.derive.provisions.tree import PROVISIONS, Kind, Node

Status = Literal["unchanged", "changed", "renumbered", "added", "removed"]
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]+")
_SENTENCES = re.compile(r"[^.;:\n]+(?:[.;:\n]+|\Z)|[.;:\n]+")
MAX_PRODUCT = 160_000  # words times words that are compared one by one
MAX_PAIRS = 20_000  # provisions times provisions that are compared for likeness
LIKE = 0.6  # share of common words from which a provision counts as the same, renumbered
_LOOKED_AT = 400  # words of a provision that likeness looks at

# Kinds that are matched over the whole text, since articles can move between chapters.
_TOP: frozenset[Kind] = frozenset(
    {
        "preamble", "part", "chapter", "section", "subsection", "article", "closing",
        "appendix", "attachment",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words: in both versions, only in the old one, or only in the new one."""

    where: Literal["both", "old", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one provision (its own words, not those of provisions inside it)."""

    status: Status
    old: Node | None
    new: Node | None
    words: tuple[Words, ...]

    @property
    def node(self) -> Node:
        node = self.new or self.old
        assert node is not None  # noqa: S101  (one of the two is always there)
        return node


def compare(old: Node, new: Node) -> tuple[Change, ...]:
    """Every provision of both versions, in order of the new one, removed ones where they stood.

    A provision is unchanged if its words are the same but for blanks and line breaks.
    """
    changes: list[Change] = []
    if _own(old) or _own(new):
        changes.append(_change(old, new))
    _compare_lists(_top(old), _top(new), changes)
    return tuple(changes)


def _top(root: Node) -> list[Node]:
    """Headings and articles in order of the text, and what stands loose beside them."""
    found: list[Node] = []
    for child in root.children:
        found.append(child)
        if child.kind in _TOP:
            found.extend(node for node in _top(child) if node.kind in _TOP)
    return found


def _loose(node: Node) -> list[Node]:
    return [child for child in node.children if child.kind not in _TOP]


def _compare_lists(old: Sequence[Node], new: Sequence[Node], changes: list[Change]) -> None:
    pairs = _match(old, new)
    place = {id(node): index for index, node in enumerate(old)}
    kept = {id(node) for node in pairs.values()}
    gone = deque(index for index, node in enumerate(old) if id(node) not in kept)
    for node in new:
        before = pairs.get(id(node))
        if before is None:
            changes.extend(Change("added", None, part, _all("new", part)) for part in _whole(node))
            continue
        while gone and gone[0] < place[id(before)]:
            _removed(old[gone.popleft()], changes)
        changes.append(_change(before, node))
        _compare_lists(_loose(before), _loose(node), changes)
    for index in gone:
        _removed(old[index], changes)


def _removed(node: Node, changes: list[Change]) -> None:
    changes.extend(Change("removed", part, None, _all("old", part)) for part in _whole(node))


def _whole(node: Node) -> list[Node]:
    """A node and what belongs to it alone: headings leave out the articles under them."""
    if node.kind in _TOP and node.kind != "article":
        return [node, *(part for child in _loose(node) for part in child.walk())]
    return list(node.walk())


def _match(old: Sequence[Node], new: Sequence[Node]) -> dict[int, Node]:
    """For the id of each new node its old one: same number and words, same words elsewhere,
    same number and like words, like words elsewhere, and at last the same number."""
    pairs: dict[int, Node] = {}
    free_old = {id(node): node for node in old}
    free_new = {id(node): node for node in new}

    def take(before: Node, after: Node) -> None:
        pairs[id(after)] = before
        del free_old[id(before)], free_new[id(after)]

    def by(key: Callable[[Node], object], fits: Callable[[Node, Node], bool]) -> None:
        known: dict[object, list[Node]] = defaultdict(list)
        for node in reversed(list(free_old.values())):
            known[key(node)].append(node)
        for after in list(free_new.values()):
            candidates = known.get(key(after))
            if candidates and fits(candidates[-1], after):
                take(candidates.pop(), after)

    bags = {id(node): _bag(node) for node in (*old, *new)}

    def like(before: Node, after: Node) -> bool:
        return _likeness(bags[id(before)], bags[id(after)]) >= LIKE

    by(lambda node: (_number(node), _full(node)), lambda *_: True)
    by(lambda node: (node.kind, _full(node)), lambda before, _: bool(bags[id(before)]))
    by(_number, like)
    if len(free_old) * len(free_new) <= MAX_PAIRS:
        for after in list(free_new.values()):
            best = max(
                (node for node in free_old.values() if node.kind == after.kind),
                key=lambda node: _likeness(bags[id(node)], bags[id(after)]),
                default=None,
            )
            if best is not None and like(best, after):
                take(best, after)
    by(_number, lambda *_: True)
    return pairs


def _number(node: Node) -> tuple[Kind, str]:
    """What names a node among those it is compared with."""
    anchor = node.anchor if node.kind in _TOP else node.anchor.rpartition(".")[2]
    return node.kind, anchor


def _own(node: Node) -> str:
    """Its own words after the number, blanks and line breaks made equal."""
    return " ".join(node.text[node.head :].split())


def _full(node: Node) -> str:
    return "\n".join(_own(part) for part in _whole(node))


def _bag(node: Node) -> Counter[str]:
    words = re.findall(r"\w+", _full(node)[: _LOOKED_AT * 12])
    return Counter(words[:_LOOKED_AT])


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    if not total:
        return 0.0
    return 2 * sum(min(count, b[word]) for word, count in a.items()) / total


def _change(old: Node, new: Node) -> Change:
    before, after = _own(old), _own(new)
    moved = old.kind in PROVISIONS and old.label != new.label
    if before == after:
        status: Status = "renumbered" if moved else "unchanged"
        return Change(status, old, new, (Words("both", after),) if after else ())
    return Change("changed", old, new, compare_words(before, after))


def _all(where: Literal["old", "new"], node: Node) -> tuple[Words, ...]:
    words = _own(node)
    return (Words(where, words),) if words else ()


def compare_words(old: str, new: str) -> tuple[Words, ...]:
    """The runs of words that two texts share or not; joined they give either text again.

    Long texts are compared by sentences first, so that time stays bounded.

    >>> [(run.where, run.text) for run in compare_words("họp hai lần", "họp ba lần")]
    [('both', 'họp '), ('old', 'hai'), ('new', 'ba'), ('both', ' lần')]
    """
    return tuple(_merge(_runs(_TOKENS.findall(old), _TOKENS.findall(new))))


def _runs(old: list[str], new: list[str]) -> list[Words]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    runs = [Words("both", "".join(old[:start]))]
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle_old) * len(middle_new) <= MAX_PRODUCT:
        runs.extend(_blocks(middle_old, middle_new))
    else:
        runs.extend(_by_sentences("".join(middle_old), "".join(middle_new)))
    runs.append(Words("both", "".join(old[len(old) - end :])))
    return runs


def _by_sentences(old: str, new: str) -> list[Words]:
    a, b = _SENTENCES.findall(old), _SENTENCES.findall(new)
    if len(a) * len(b) > MAX_PRODUCT:
        return [Words("old", old), Words("new", new)]
    return _blocks(a, b)


def _blocks(old: list[str], new: list[str]) -> list[Words]:
    runs: list[Words] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=True)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            runs.append(Words("both", "".join(old[old_from:old_to])))
            continue
        runs.append(Words("old", "".join(old[old_from:old_to])))
        runs.append(Words("new", "".join(new[new_from:new_to])))
    return runs


def _merge(runs: list[Words]) -> list[Words]:
    """Without empty runs; a lone blank between two changes goes into both of them."""
    merged: list[Words] = []
    pending: dict[str, str] = {"old": "", "new": ""}

    def flush() -> None:
        for where in ("old", "new"):
            if pending[where]:
                merged.append(Words(where, pending[where]))
                pending[where] = ""

    for index, run in enumerate(runs):
        if not run.text:
            continue
        if run.where != "both":
            pending[run.where] += run.text
        elif run.text.isspace() and any(pending.values()) and index + 1 < len(runs) - 1:
            pending["old"] += run.text
            pending["new"] += run.text
        else:
            flush()
            if merged and merged[-1].where == "both":
                merged[-1] = Words("both", merged[-1].text + run.text)
            else:
                merged.append(run)
    flush()
    return merged
