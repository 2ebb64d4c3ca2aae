"""Cutting a long list into pages at places that stay where they are when the list changes.

Cut every 200 rows, one row that is added, removed or moved shifts all rows behind it, and
hundreds of pages have to be made again. Here a row begins a page because of its own id and
those of its nearest neighbours, as in content-defined chunking: a change is felt on the
pages where it happens. Pages differ in length; none is longer than LONGEST.
"""

from collections.abc import Sequence
from zlib import crc32

LONGEST = 300
_REACH = 75  # rows to either side that decide with a row; pages have about twice as many


def cut(ids: Sequence[str]) -> list[int]:
    """The places at which pages begin, the first of them 0; ``ids`` are unique and in order.

    >>> cut(["one", "two"])
    [0]
    """
    weights = [crc32(one.encode()) for one in ids]
    found: list[int] = []
    waiting = [(0, len(weights), _REACH)]
    while waiting:
        first, end, reach = waiting.pop()
        if end - first <= LONGEST:
            found.append(first)
            continue
        starts = [first, *_lowest(weights, first, end, reach)]
        if len(starts) == 1 and reach < 2:  # all of one weight: no record has such neighbours
            found.extend(range(first, end, LONGEST))
            continue
        pieces = zip(starts, [*starts[1:], end], strict=True)
        waiting.extend((start, stop, max(1, reach // 2)) for start, stop in reversed(list(pieces)))
    return found


def _lowest(weights: list[int], first: int, end: int, reach: int) -> list[int]:
    """Places whose weight is the lowest of all within ``reach``, and not so near to an end."""
    found: list[int] = []
    candidates: list[tuple[int, bool]] = []  # with rising weights; whether lowest to the left
    for place in range(first, end):
        weight = weights[place]
        while candidates and weights[candidates[-1][0]] >= weight:
            before, lowest = candidates.pop()
            if lowest and place - before > reach:
                found.append(before)
        left = candidates[-1][0] if candidates else first - 1
        candidates.append((place, place - left > reach))
    found += [place for place, lowest in candidates if lowest and end - place > reach]
    return sorted(found)
