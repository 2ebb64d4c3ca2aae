"""Markings of secrecy: what bears one is no record, and nothing of it enters a message.

The three degrees are those of the Law on Protection of State Secrets (29/2018/QH14,
Article 8). A marking stands on a line of its own, as stamps and headings do; a sentence that
speaks of secrecy is none.
"""

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any

from builder.findings import Finding, Location
from builder.store.cache import cache_dir
from builder.store.files import find_records, read_bytes
from builder.store.seen import Seen
from builder.store.yaml_read import MAX_BYTES

_DEGREE = r"(?:tuyệt\s*mật|tối\s*mật|mật)"
_MARKING = re.compile(rf"[\W_]*(?:độ\s*mật[\W_]*)?{_DEGREE}[\W_]*", re.IGNORECASE)
# Written without marks only the long forms are plain enough: 'MAT' is a word of its own.
_PLAIN = re.compile(r"[\W_]*(?:do\s*mat[\W_]*mat|toi\s*mat|tuyet\s*mat)[\W_]*", re.IGNORECASE)
# One of these stands in every marking in UTF-8 whose ASCII letters are small, composed or not:
# nearly all texts are known to have none.
_HINTS = ("mật".encode(), "mẬt".encode(), b"mat")
_APART = b"\xcc"  # with which marks begin that stand apart from their letter; few texts have any
_APART_HINTS = ("\u0323t".encode(), "\u0302t".encode())
# What "no marking was found" means: another one if any of this changes.
RULE = hashlib.sha256(
    repr((_MARKING.pattern, _PLAIN.pattern, _HINTS, _APART, _APART_HINTS)).encode()
).hexdigest()
_ACCESS = re.compile(r"""^access:[ ]*(["']?)(public|internal)\1[ ]*(#.*)?\r?$""", re.MULTILINE)


def marked_line(text: str) -> int:
    """The first line (from 1) that is a marking of secrecy; 0 if there is none.

    >>> marked_line("Kính gửi:\\nTỐI MẬT"), marked_line("Về bảo mật thông tin")
    (2, 0)
    """
    if not may_be_marked(text):
        return 0
    for number, line in enumerate(text.splitlines(), 1):
        line = unicodedata.normalize("NFC", line)
        if _MARKING.fullmatch(line) or _PLAIN.fullmatch(line):
            return number
    return 0


def marked_field(value: Any, at: Location = ()) -> Location | None:
    """The first field of a record's value, or its first key, that is a marking."""
    if isinstance(value, str):
        return at if marked_line(value) else None
    parts: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        if any(marked_line(key) for key in value):
            return at
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    for key, part in parts:
        if (found := marked_field(part, (*at, key))) is not None:
            return found
    return None


def may_be_marked(text: str) -> bool:
    """Whether it is worth looking closer; most texts and records are not."""
    return bytes_may_be_marked(text.encode("utf-8", "surrogatepass"))


def bytes_may_be_marked(data: bytes) -> bool:
    """The same of a text in UTF-8; a file that is none may be anything."""
    data = data.lower()
    return any(hint in data for hint in _HINTS) or (
        _APART in data and any(hint in data for hint in _APART_HINTS)
    )


def says_access(text: str) -> bool:
    """Whether a file says who may see it, so that messages about it may quote it."""
    return _ACCESS.search(text) is not None


def survey_texts(root: Path) -> tuple[list[tuple[str, int]], dict[str, str]]:
    """Texts that bear a marking, with its line; and the SHA-256 of every text, by path.

    Needs no record, so that it can be done while those are loaded.
    """
    marked: list[tuple[str, int]] = []
    digests: dict[str, str] = {}
    seen = Seen(root, cache_dir(root) / "seen-texts.json", RULE)
    for file in find_records(root)[0]:
        for _, path in file.texts:
            try:
                digests[path], looks = seen.look(path)
                if digests[path]:
                    continue
                data = read_bytes(root, path, MAX_BYTES)
            except OSError:
                digests.pop(path, None)
                continue  # whoever needs the text reports it
            digests[path] = hashlib.sha256(data).hexdigest()
            if bytes_may_be_marked(data) and (line := marked_line(data.decode("utf-8", "replace"))):
                marked.append((path, line))
            else:
                seen.note(path, digests[path], looks)
    seen.save()
    return marked, digests


def classified(path: str, at: Location = (), line: int = 0) -> Finding:
    """Says that a file bears a marking of secrecy, and nothing of what is in it."""
    return Finding(
        "classified", "error", path, "the file bears a marking of secrecy",
        "take it out of the registry and out of the history of git; nothing else is said of it",
        at, line, 1 if line else 0,
    )  # fmt: skip
