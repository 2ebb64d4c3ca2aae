"""Hand-written pages in several languages: which file is which page, and what leads where.

``doc-trang.md`` is a page in Vietnamese, ``doc-trang.en.md`` the same page in English. A page
that was not translated is led to in Vietnamese, and the navigation says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from builder.site import i18n
from builder.site.i18n import _

_SUFFIX = re.compile(r"\.([a-z]{2})\.md$")
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Other:
    """The page, or the start page, in a language; ``url`` counts from the site's root."""

    language: str
    name: str
    url: str
    same: bool  # the page itself, not the start page
    default: bool


class GuideLanguages:
    """The hand-written pages as one language needs them."""

    def __init__(self, languages: Sequence[str], language: str) -> None:
        self.languages = languages
        self.language = language
        self.tree = self._tree(language)
        self._known: dict[tuple[str, str], File] = {}  # by language and path without suffix

    def _tree(self, language: str) -> str:
        return "" if language == self.languages[0] else f"{language}/"

    def set_up(self, config: MkDocsConfig) -> None:
        """Theme, names and addresses of MkDocs in the language."""
        config.theme["language"] = self.language
        config.site_name = _(config.site_name)
        if config.site_description:
            config.site_description = _(config.site_description)
        config.extra["homepage"] = self.tree or "./"
        config.extra["search_page"] = f"{self.tree}tim-kiem/"
        config.extra["tree"] = self.tree
        config.extra["language"] = self.language
        toc = config.mdx_configs.get("toc", {})
        heading = toc.get("title")
        if heading:
            toc["title"] = _(heading)

    def choose(self, files: Files, config: MkDocsConfig) -> Files:
        """The files of this language, in its tree; files of the theme stay where they are."""
        pages = [file for file in files if file.is_documentation_page()]
        for file in pages:
            found = _SUFFIX.search(file.src_uri)
            language = found[1] if found else i18n.DEFAULT
            self._known[language, _SUFFIX.sub(".md", file.src_uri)] = file
            files.remove(file)
        for (language, uri), file in self._known.items():
            if language == self.language and file.abs_src_path:
                files.append(
                    File.generated(config, self.tree + uri, abs_src_path=file.abs_src_path)
                )
        if config.nav:
            config.nav = self._nav(config.nav)
        return files

    def _nav(self, items: list[Any]) -> list[Any]:
        made: list[Any] = []
        for item in items:
            if isinstance(item, str):
                made.append(self._entry("", item))
            else:
                made += [
                    {self._title(title): self._nav(inner)} if isinstance(inner, list)
                    else self._entry(title, inner)
                    for title, inner in item.items()
                ]  # fmt: skip
        return made

    def _title(self, words: str) -> str:
        return i18n.pgettext("nav", words)

    def _entry(self, title: str, target: str) -> Any:
        """An entry of the navigation; to the page in Vietnamese, if there is none in this one."""
        words = self._title(title) if title else ""
        if not target.endswith(".md"):
            return {words: target if "://" in target else self.tree + target.removeprefix("./")
                    or "./"}  # fmt: skip
        if (self.language, target) in self._known or self.language == i18n.DEFAULT:
            return {words: self.tree + target} if words else self.tree + target
        file = self._known.get((i18n.DEFAULT, target))
        if file is None:
            return {words or target: target}
        heading = _HEADING.search(file.content_string)
        words = words or (heading[1] if heading else target)
        return {_("%(page)s (bằng tiếng Việt)", page=words): self._tree(i18n.DEFAULT) + file.url}

    def others(self, uri: str, url: str, *, everywhere: bool) -> list[Other]:
        """The page in every language, or the start page where there is none."""
        base, address = uri.removeprefix(self.tree), url.removeprefix(self.tree)
        found = []
        for language in self.languages:
            same = everywhere or (language, base) in self._known
            target = self._tree(language) + (address.removeprefix("./") if same else "")
            default = language == self.languages[0]
            found.append(Other(language, i18n.NAMES[language], target, same, default))
        return found

    def spoken(self, *messages: str) -> list[tuple[str, str, list[str]]]:
        """Code, tree and those messages in each language, for a page that speaks them all."""
        found = []
        for language in self.languages:
            with i18n.speaking(language):
                found.append((language, self._tree(language), [_(one) for one in messages]))
        return found

    def address(self, page: str) -> str:
        """Where a hand-written page stands (``gioi-thieu/``): in Vietnamese, if not translated."""
        for uri in (f"{page.rstrip('/')}.md", f"{page}index.md"):
            if (self.language, uri) in self._known:
                return self.tree + page
        return self._tree(i18n.DEFAULT) + page
