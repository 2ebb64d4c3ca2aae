"""Which language the words of a page are marked as."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

from tests.site.rendered import VOID

VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵẠ-ỹ]")
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-label")


class Found(NamedTuple):
    """Words in an element, or in an attribute of it."""

    where: str
    words: str


class Languages(HTMLParser):
    """``unmarked`` are Vietnamese words of an English page that no ``lang`` says to be such."""

    def __init__(self, html: str, language: str = "en") -> None:
        super().__init__()
        self._open: list[tuple[str, str]] = [("", language)]
        self.unmarked: list[Found] = []
        self.broken: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        language = known.get("lang") or self._open[-1][1]
        for name, value in attrs:
            if "<" in (value or ""):
                self.broken.append(f"{tag} {name}={value}")
            if name in SPOKEN and language != "vi" and VIETNAMESE.search(value or ""):
                self.unmarked.append(Found(f"{tag}[{name}]", value or ""))
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        tag, language = self._open[-1]
        if language != "vi" and tag not in ("script", "style") and VIETNAMESE.search(data):
            self.unmarked.append(Found(tag, " ".join(data.split())))
