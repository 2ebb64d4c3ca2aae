"""Stamping: contexts through Jinja2 into the shell, in two processes.

What pages there are and what they say is in ``builder.site.pages``.
"""

import gc
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import orjson
from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context as JinjaContext
from pydantic import BaseModel

from builder.findings import RegistryError
from builder.processes import aside, portions
from builder.site import i18n
from builder.site.html import as_html
from builder.site.output import Output, Staging
from builder.site.page import Context, Late, Links, Page
from builder.site.shell import LATE_STYLES, Shell
from builder.site.speech import translate

Tick = Callable[[int], None]
_NEW, _SELDOM = 20_000, (1000, 1000)  # objects after which Python looks for cycles
_ADDRESS = re.compile(r"([a-z0-9][a-z0-9.@-]*/)*\Z")


class _Compiled(BytecodeCache):
    """Templates that this process has compiled, so that it compiles none twice.

    Building again (``serve``, ``audit``, tests) then costs half a second less for a language.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = (bucket.checksum, bucket.code)


@cache
def _compiled(_: i18n.Catalogue) -> _Compiled:
    """Words are translated when a template is compiled: each catalogue has its own."""
    return _Compiled()


class _Context(JinjaContext):
    """Calls what templates call as it is: nothing of ours asks for the context of a template."""

    def call(
        self, called: Callable[..., Any], /, *arguments: Any, _loop_vars: Any = None,
        _block_vars: Any = None, **named: Any,
    ) -> Any:  # fmt: skip
        return called(*arguments, **named)


class _Templates(Environment):
    """Templates in one language.

    Looks into a mapping before its attributes: contexts are plain data, nested deep.
    """

    context_class = _Context

    def __init__(self, language: str, folders: Iterable[Path], links: Links) -> None:
        self.catalogue = i18n.catalogue(language)
        self._loaded: dict[str, Template] = {}
        super().__init__(
            loader=FileSystemLoader([folder / "records" for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_compiled(self.catalogue),
            extensions=["jinja2.ext.i18n"],
        )
        self.extend(newstyle_gettext=True)
        self.policies["ext.i18n.trimmed"] = True
        self.globals |= {
            "_": i18n.gettext, "gettext": i18n.gettext, "ngettext": i18n.ngettext, "href": links,
            "late_styles": LATE_STYLES,
        }  # fmt: skip
        self.filters["unmarked"] = i18n.unmarked

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return translate(super()._parse(source, name, filename), self.catalogue)

    def getattr(self, obj: Any, attribute: str) -> Any:
        try:
            return obj[attribute] if type(obj) is dict else getattr(obj, attribute)
        except (KeyError, AttributeError):
            return super().getattr(obj, attribute)

    def _load_template(self, name: str, globals: Any) -> Template:  # noqa: A002
        """A template, loaded once: each page asks for several, one for another.

        Compiled templates escape each output by the name that is replaced here.
        """
        known = self._loaded.get(name)
        if known is None:
            known = self._loaded[name] = super()._load_template(name, globals)
            known.globals = dict(known.globals)  # a chain of mappings is slow to look through
            vietnamese = self.catalogue.language == i18n.DEFAULT
            escaping = as_html if vietnamese else i18n.marked_html
            known.root_render_func.__globals__["escape"] = escaping
        return known


class Stamper:
    """Makes a page's bytes. ``version`` is the digest of all that is the same for every page.

    There is a shell for each language of the pages.
    """

    def __init__(self, shells: Mapping[str, Shell], folders: Sequence[Path], version: str) -> None:
        self.shells = shells
        self.version = version
        self.links = Links()
        self._folders = folders
        self._templates: dict[str, _Templates] = {}

    @property
    def templates(self) -> Environment:
        """Templates in the active language."""
        language = i18n.language()
        known = self._templates.get(language)
        if known is None:
            known = self._templates[language] = _Templates(language, self._folders, self.links)
        return known

    def compile(self) -> None:
        """Compiles every template in every language; a faulty one is left for its first page."""
        for language in self.shells:
            with i18n.speaking(language):
                for name in self.templates.list_templates(extensions=["html"]):
                    with suppress(TemplateError, UnicodeDecodeError):
                        self.templates.get_template(name)

    def key(self, page: Page, context: Context | None) -> str:
        """Digest of all that the page's bytes are made from."""
        parts = [
            self.version, page.title, page.template, page.description, page.tab, page.noindex,
            page.feed, page.key() if page.key else context, page.tree, i18n.active().digest,
        ]  # fmt: skip
        data = orjson.dumps(parts, default=_plain, option=orjson.OPT_NON_STR_KEYS)
        return hashlib.sha256(data).hexdigest()

    def render(self, page: Page, context: Context) -> bytes:
        self.links.stand_at(page.address, page.tree)
        try:
            body = self.templates.get_template(page.template).render(context)
        except TemplateError as error:
            raise RegistryError(
                f"the template {page.template} failed at {page.address!r}: "
                f"{type(error).__name__}: {error}",
                "mend the template in site_src/theme/records",
            ) from error
        return self.shells[page.language].fill(
            page.address, page.title, body,
            description=page.description, tab=page.tab, noindex=page.noindex,
            feed=page.feed,
        )  # fmt: skip

    def stamp(self, page: Page, staging: Staging) -> tuple[Output, bool]:
        """The output, and whether it had to be rendered."""
        if page.language == i18n.language():
            return self._stamp(page, staging)
        with i18n.speaking(page.language):
            return self._stamp(page, staging)

    def _stamp(self, page: Page, staging: Staging) -> tuple[Output, bool]:
        path = f"{page.tree}{page.address}index.html"
        context = None if page.key else page.context()
        key = self.key(page, context)
        known = staging.take_over(path, key)
        if known is not None:
            return known, False
        data = self.render(page, page.context() if context is None else context)
        return staging.write(path, key, data), True


def _plain(value: Any) -> Any:
    if isinstance(value, Late):
        return value.digest()
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):  # a named one
        return list(value)
    raise TypeError(f"{type(value).__name__} has no stable bytes; contexts hold plain data")


class Stamped(NamedTuple):
    """What was stamped: a file for each page, and how many of them had to be rendered."""

    outputs: list[Output]
    rendered: int


def stamp_all(
    pages: Sequence[Page], stamper: Stamper, staging: Staging, tick: Tick,
    second: Callable[[Callable[[], None]], Any],
) -> tuple[Stamped, Any]:  # fmt: skip
    """Stamps all pages in two processes, where there are two cores.

    A page is stamped in all its languages by the same process, one after another: what they
    share is then at hand. What the ``second`` process does is given: it calls for its part in
    the stamping, may do other work before and after, and its value, as JSON has it, comes back.
    Pages are taken by whoever is free.
    """
    check_addresses(pages)
    if not staging.previous.rows:  # all are needed: once for both processes
        stamper.compile()
    by_address: dict[str, list[Page]] = {}
    for page in pages:
        by_address.setdefault(page.address, []).append(page)
    groups = list(by_address.values())

    with _cycles_collected(), portions(len(groups)) as taken:

        def there() -> list[Any]:
            done = Stamped([], 0)

            def take_part() -> None:
                nonlocal done
                done = _share(groups, taken, stamper, staging, lambda _: None)

            value = second(take_part)
            return [[list(output) for output in done.outputs], done.rendered, value]

        with aside(there, "stamping pages") as result:
            stamped = _share(groups, taken, stamper, staging, tick)
            outputs, rendered, value = result()
    stamped.outputs.extend(Output(*row) for row in outputs)
    return Stamped(stamped.outputs, stamped.rendered + rendered), value


@contextmanager
def _cycles_collected() -> Iterator[None]:
    """Frees what templates leave behind, some hundred objects in cycles for each page.

    They are looked for among what is new: never among the records, which stay to the end.
    """
    was_enabled, thresholds = gc.isenabled(), gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_NEW, *_SELDOM)
    gc.enable()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if not was_enabled:
            gc.disable()


def _share(
    groups: Sequence[Sequence[Page]], taken: Iterable[range], stamper: Stamper, staging: Staging,
    tick: Tick,
) -> Stamped:  # fmt: skip
    """What one of the processes stamps; ``tick`` is told how many are done in all."""
    outputs = []
    count = 0
    per_group = len(groups[0]) if groups else 0
    for portion in taken:
        tick(portion.start * per_group)
        for number in portion:
            for page in groups[number]:
                output, rendered = stamper.stamp(page, staging)
                outputs.append(output)
                count += rendered
    return Stamped(outputs, count)


def check_addresses(pages: Iterable[Page]) -> None:
    """Every address is safe as a path, and stands once. Raises RegistryError."""
    seen: set[str] = set()
    for page in pages:
        if not _ADDRESS.match(page.address) or ".." in page.address:
            raise RegistryError(
                f"a page has the address {page.address!r}", "mend builder/site/pages"
            )
        place = page.tree + page.address
        if place in seen:
            raise RegistryError(f"two pages have the address {place!r}", "rename one record")
        seen.add(place)
