"""The language that the site speaks: catalogues, the active language, words with parameters.

Message ids are the Vietnamese words, so Vietnamese needs no catalogue. Records keep their
language: what stands of them in a page of another language is marked ``lang="vi"``
(``Words``, ``marked``). How templates are translated is in ``builder.site.speech``.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from markupsafe import Markup, escape

from builder.assets import asset_root
from builder.derive.words import Said
from builder.site.html import escaped

DEFAULT = "vi"
CONTEXT = "\x04"  # between a context and its message, as gettext writes it
NAMES = {"vi": "Tiếng Việt", "en": "English"}
_LETTER = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ"
_VIETNAMESE = re.compile(f"[{_LETTER}]")
# Words with Vietnamese letters that stand together within other words.
_RUN = re.compile(rf"[\w/-]*[{_LETTER}][\w/-]*(?:\s+[\w/-]*[{_LETTER}][\w/-]*)*")
# Tags, and elements whose language is said already.
_TAGS = re.compile(r'(<(\w+) lang="vi"[^>]*>.*?</\2>|<[^>]+>)', re.DOTALL)
_LANG = Markup(' lang="vi"')
_SPAN, _END = '<span lang="vi">', "</span>"


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """A language with its messages: by Vietnamese words, or by pairs of them for numbers."""

    language: str
    messages: Mapping[str, str]
    plurals: Mapping[tuple[str, str], tuple[str, ...]]
    digest: str


_VIETNAMESE_ITSELF = Catalogue(DEFAULT, {}, {}, "")
_active: ContextVar[Catalogue] = ContextVar("language", default=_VIETNAMESE_ITSELF)


def catalogue_file(language: str) -> Path:
    """Where the words of a language stand; Vietnamese has no file."""
    return asset_root() / "site_src" / "locale" / language / "LC_MESSAGES" / "registry.po"


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language. Messages not translated, or only guessed, are left out."""
    if language == DEFAULT:
        return _VIETNAMESE_ITSELF
    from babel.messages.pofile import read_po

    data = catalogue_file(language).read_bytes()
    messages: dict[str, str] = {}
    plurals: dict[tuple[str, str], tuple[str, ...]] = {}
    for message in read_po(data.decode().splitlines(keepends=True), locale=language):
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, str):
            if message.string:
                key = f"{message.context}{CONTEXT}{message.id}" if message.context else message.id
                messages[key] = str(message.string)
        elif isinstance(message.string, tuple) and all(message.string):
            plurals[message.id[0], message.id[1]] = message.string
    return Catalogue(language, messages, plurals, hashlib.sha256(data).hexdigest())


def active() -> Catalogue:
    return _active.get()


def language() -> str:
    """The code of the active language."""
    return _active.get().language


def speak(code: str) -> None:
    """Makes a language the active one."""
    _active.set(catalogue(code))


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Makes a language the active one within the block."""
    token = _active.set(catalogue(code))
    try:
        yield
    finally:
        _active.reset(token)


class Words(str):
    """Words of the interface that name something Vietnamese; as HTML those parts are marked."""

    __slots__ = ("_html",)
    _html: str

    def __new__(cls, plain: str, html: str) -> Self:
        made = super().__new__(cls, plain)
        made._html = html
        return made

    def __html__(self) -> str:
        return self._html


def gettext(message: str, /, **values: object) -> str:
    """The words in the active language, with each ``%(name)s`` filled in.

    Values are shown as they are; those with Vietnamese letters are marked in other languages.
    A message without values may hold any percent sign.
    """
    spoken = _active.get()
    if spoken is _VIETNAMESE_ITSELF:
        return message % values if values else message
    return _filled(spoken.messages.get(message, message), values)


def say(text: str) -> str:
    """What derive or a record said, in the active language where it can be said in another."""
    if _active.get() is _VIETNAMESE_ITSELF or not isinstance(text, Said):
        return text
    from builder.site import format as words

    parts = {
        name: say(part) if isinstance(part, str) else words.date(part)
        for name, part in text.parts.items()
    }
    return gettext(text.message, **parts)


def pgettext(context: str, message: str) -> str:
    """The words in a context (``nav``) where they mean something else than elsewhere."""
    found = _active.get().messages.get(f"{context}{CONTEXT}{message}")
    return gettext(message) if found is None else found


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The same for a number of things; ``%(num)s`` is the number, in the style of the language.

    Vietnamese has one form: ``one`` and ``many`` are the same words.
    """
    from builder.site import format as words

    values.setdefault("num", words.number(count))
    spoken = _active.get()
    forms = spoken.plurals.get((one, many))
    if forms is None:
        return one % values
    return _filled(forms[0 if count == 1 else -1], values)


def N_(message: str) -> str:  # noqa: N802  (the name that gettext gives it)
    """Marks words of a table, which are translated where they are shown."""
    return message


_ = gettext


def _filled(text: str, values: Mapping[str, object]) -> str:
    plain = text % values if values else text
    if plain.isascii() or not _VIETNAMESE.search(plain):
        return plain
    html = marked_runs(str(escape(text)))
    if values:
        html %= {name: marked(value) for name, value in values.items()}
    return Words(plain, html)


def marked(value: object) -> Markup:
    """A value as HTML; what is Vietnamese in it is marked as such."""
    return Markup(marked_html(value))  # noqa: S704  (escaped)


def marked_html(value: object) -> str:
    """The same as a plain string, for templates and where Python puts HTML together."""
    if type(value) is not str:
        return escape(value)
    html = escaped(value)
    if value.isascii() or not _VIETNAMESE.search(value):
        return html
    return f"{_SPAN}{html}{_END}"


def html(value: object) -> Markup:
    """A value as HTML for where an element can stand, in the active language."""
    return escape(value) if _active.get() is _VIETNAMESE_ITSELF else marked(value)


def lang_of(value: str) -> Markup:
    """The attribute of an element that holds these words alone, where no other fits (SVG)."""
    foreign = _active.get() is not _VIETNAMESE_ITSELF
    return _LANG if foreign and _VIETNAMESE.search(value) else Markup("")


def marked_runs(html: str) -> str:
    """Marks Vietnamese words within words of another language (escaped, without tags)."""
    return _RUN.sub(lambda match: f"{_SPAN}{match[0]}{_END}", html)


def marked_page(html: str) -> str:
    """HTML of another language with each Vietnamese word in its text marked, once.

    >>> marked_page('<p title="Huế">In <code>Huế</code>, <span lang="vi">ở Huế</span></p>')
    '<p title="Huế">In <code><span lang="vi">Huế</span></code>, <span lang="vi">ở Huế</span></p>'
    """
    made, end = [], 0
    for tag in _TAGS.finditer(html):
        made += [marked_runs(html[end : tag.start()]), tag[0]]
        end = tag.end()
    return "".join([*made, marked_runs(html[end:])])


def attribute(value: str) -> str:
    """Words as HTML for where no element can stand, as a plain string for Python to put in.

    >>> attribute('a "b"')
    'a &#34;b&#34;'
    """
    return escaped(value if type(value) is str else str.__str__(value))


def unmarked(value: object) -> Markup:
    """A value as HTML for where no element can stand: attributes, titles, options."""
    if isinstance(value, Markup):
        return Markup(value.replace(_SPAN, "").replace(_END, ""))  # noqa: S704  (was one)
    return escape(str.__str__(value) if isinstance(value, str) else value)


class Table(Mapping[str, str]):
    """A table of Vietnamese words by code, read in the active language."""

    def __init__(self, words: Mapping[Any, str]) -> None:
        self.words = words

    def __getitem__(self, code: str) -> str:
        return gettext(self.words[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)
