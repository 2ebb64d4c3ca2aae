"""Personal data in a text, by form alone: numbers of citizens, telephones, mail, accounts.

Pure: what a registry makes of it is in ``builder.check.personal``.
"""

import hashlib
import re
from typing import NamedTuple

_SEP = r"[ .\-\u2010-\u2013]?"
# Not within a longer number, a code or an amount such as 150.000.000.
_FREE = r"(?<![\w@/])(?<!\d[.,\-])"
_END = r"(?![\w@/])(?![.,\-]\d)"
# In this order: a stretch of text is of the first kind that it fits.
_KINDS: dict[str, re.Pattern[str]] = {
    "a bank account": re.compile(
        r"(?:tài khoản|tai khoan|\bstk|\bsố tk)\b[^\d\n]{0,30}(\d(?:[ .\-]?\d){5,18})",
        re.IGNORECASE,
    ),
    "a telephone number": re.compile(
        rf"{_FREE}(?:\(?\+84\)?|0084|\(?0)[ .\-()]{{0,2}}[235789](?:[ .\-()]{{0,2}}\d){{8,9}}{_END}"
    ),
    # Twelve digits from 0 (code of the province, century and sex, year of birth, six more).
    "the number of a citizen": re.compile(
        rf"{_FREE}(?:0\d{{2}}{_SEP}\d{{3}}{_SEP}\d{{3}}{_SEP}\d{{3}}"
        rf"|0\d{{3}}{_SEP}\d{{4}}{_SEP}\d{{4}}|\d{{9}}){_END}"
    ),
    "a private mail address": re.compile(
        r"[A-Za-z0-9._%+\-]{1,64}@(?!(?:[a-z0-9-]+\.)*gov\.vn\b)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
        re.IGNORECASE,
    ),
}
_DIGITS = re.compile(r"\d(?:[ .\-()\u2010-\u2013]{0,2}\d){8}")  # the shortest of all numbers
_ACCOUNTS = ("tài khoản", "tai khoan", "stk", "số tk")
_NOT_DIGIT = re.compile(r"\D")


class Personal(NamedTuple):
    """One value: kind, place in the text (from 0), and the digest of the value."""

    kind: str
    start: int
    digest: str


def personal_in(text: str) -> list[Personal]:
    """Every value in a text that looks like personal data, in order of place.

    >>> [one.kind for one in personal_in("CCCD 001 234 567 890, kinh phí 150.000.000 đồng")]
    ['the number of a citizen']
    """
    if not may_hold(text):
        return []
    found: list[Personal] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                found.append(Personal(kind, start, value_digest(text[start:end])))
    return sorted(found, key=lambda one: one.start)


def may_hold(text: str) -> bool:
    """Whether it is worth looking closer: most texts and records hold nothing of the kind."""
    if "@" in text or _DIGITS.search(text):
        return True
    lower = text.lower()
    return any(word in lower for word in _ACCOUNTS)


def value_digest(value: str) -> str:
    """The same for all spellings of one number or address."""
    if "@" in value:
        plain = value.casefold()
    else:
        plain = _NOT_DIGIT.sub("", value)
        plain = re.sub(r"^(?:0084|84)(?=\d{9,10}$)", "0", plain)
    return hashlib.sha256(plain.encode()).hexdigest()
