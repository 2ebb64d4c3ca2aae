"""Spellings near to words that were not found: small slips of typing, over folded words.

The twin of ``site_src/theme/assets/search/near.js``; which of them find something is asked of
whoever has the index.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product

SUGGESTED = 3  # suggestions, and spellings tried for one word
_TRIED = SUGGESTED**3


def suggestions(
    words: tuple[str, ...], known: dict[str, int], finds: Callable[[str], bool]
) -> Iterator[str]:
    """Queries that find something, with words that differ from those typed by a slip or two.

    ``known`` are the words of records with how often they occur.
    """
    choices = [_near(word, known) for word in words]
    tried = (one for one in islice(product(*choices), _TRIED) if one != words)
    yield from islice((text for one in tried if finds(text := " ".join(one))), SUGGESTED)


def _near(word: str, known: dict[str, int]) -> Sequence[str]:
    """The word if a record has it, else the most frequent of the nearest to it."""
    if word in known or not word.isalpha():
        return (word,)
    most = 1 if len(word) < 7 else 2
    far = {one: slips(word, one, most) for one in known if one.isalpha()}
    near = [one for one, count in far.items() if count <= most]
    near.sort(key=lambda one: (far[one], -known[one], one))
    return near[:SUGGESTED] or (word,)


def slips(one: str, two: str, most: int) -> int:
    """How many letters to add, drop, change or swap with the next one make one word of another.

    A number above ``most`` if more than that.

    >>> slips("kihn", "kinh", 1), slips("hop", "hopp", 1), slips("quan", "xa", 1)
    (1, 1, 2)
    """
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other in enumerate(two, 1):
            least = min(last[j - 1] + (letter != other), last[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
