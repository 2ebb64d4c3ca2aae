"""A document as it lies on paper: lines with their place, column and font; no meaning yet."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from builder.ingest.document.encodings import Encoding

Side = Literal["left", "right", ""]


# Signs that no record may hold: controls, such as reorder or hide text, halves of pairs.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)


def tidy(text: str) -> str:
    """A text from outside on one line, NFC, without invisible signs; may become empty."""
    plain = _HIDDEN.sub("", unicodedata.normalize("NFC", text.replace("\n", " ")))
    return " ".join(plain.split())


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or line. ``where`` names its place to people: ``đoạn 4``, ``trang 1``.

    ``side`` is the column in the two-column head and end; ``centred`` as it was set.
    """

    text: str
    where: str
    side: Side = ""
    centred: bool = False


@dataclass(frozen=True)
class Paper:
    """All lines in order of reading.

    ``apart`` is what stands outside of the text (headers, footers, text boxes, stamps): it is
    searched for markings only. ``encoding`` is what the text came in; ``flags`` is what a
    reader has to look at, in Vietnamese.
    """

    lines: tuple[Line, ...]
    apart: tuple[str, ...] = ()
    encoding: Encoding = "unicode"
    flags: tuple[str, ...] = ()
    recognised: bool = False  # read from a picture
