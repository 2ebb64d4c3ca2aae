"""The order in which the force of documents can be worked out: acting ones first."""

from collections.abc import Callable, Iterable, Iterator


def in_order(
    nodes: Iterable[str], before: Callable[[str], Iterable[str]]
) -> Iterator[frozenset[str]]:
    """Groups of nodes, each after all groups that it depends on.

    ``before`` gives what a node depends on. A group of more than one node is a circle.
    Tarjan's algorithm without recursion: chains may be longer than the stack is deep.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_nodes: dict[str, None] = {}
    for root in nodes:
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = []
        _enter(root, before, index, low, open_nodes, work)
        while work:
            node, remaining = work[-1]
            following = next(remaining, None)
            if following is None:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == index[node]:
                    yield _close(node, open_nodes)
            elif following not in index:
                _enter(following, before, index, low, open_nodes, work)
            elif following in open_nodes:
                low[node] = min(low[node], index[following])


def _enter(
    node: str,
    before: Callable[[str], Iterable[str]],
    index: dict[str, int],
    low: dict[str, int],
    open_nodes: dict[str, None],
    work: list[tuple[str, Iterator[str]]],
) -> None:
    index[node] = low[node] = len(index)
    open_nodes[node] = None
    work.append((node, iter(before(node))))


def _close(node: str, open_nodes: dict[str, None]) -> frozenset[str]:
    members = []
    while node in open_nodes:
        member, _ = open_nodes.popitem()
        members.append(member)
    return frozenset(members)
