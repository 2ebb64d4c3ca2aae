"""Markings of state secrecy: what a document bears that must never enter a registry.

Law 29/2018/QH14, Article 8: Tuyệt mật, Tối mật, Mật. Only recognised, never shown.
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_MARKING = re.compile(r"\W*(độmật\W*)?(tuyệtmật|tốimật|mật)\W*", re.IGNORECASE)


def is_marking(line: str) -> bool:
    """Whether a line, cell or value is nothing but a marking of secrecy, letters spread or not.

    >>> [is_marking(t) for t in ("MẬT", "T Ố I  M Ậ T", "Độ mật: Tuyệt mật", "Bảo mật", "")]
    [True, True, True, False, False]
    """
    plain = unicodedata.normalize("NFC", line)
    return len(plain) < 100 and _MARKING.fullmatch(_SPACES.sub("", plain)) is not None
