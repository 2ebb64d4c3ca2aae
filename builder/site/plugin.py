"""The MkDocs plugin: gives MkDocs the theme and the shell page, and the rest of the site after it.

Holds no logic of its own: what a shell is says ``builder.site.shell``, and
``builder.site.build`` makes the site, whichever of the two was started first.
"""

from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from builder.registry.load import load_settings
from builder.site import i18n, shell
from builder.site.beginnings import beginnings
from builder.site.guide_languages import GuideLanguages
from builder.site.layout import pages_folder, theme_folders
from builder.site.policy import with_policy
from builder.site.styles import joined, sources_of, styles_path, unlinked, with_first_styles

_PACKAGE = Path(__file__).resolve().parent


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin has none."""


class RegistryPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """``registry`` in the plugins of mkdocs.yml."""

    def __init__(self) -> None:
        super().__init__()
        self.driven = False  # MkDocs was started by the builder, which does the rest itself
        self.languages: tuple[str, ...] = ()
        self.language = ""
        self.shell_html = ""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Puts the registry's theme before Material's; ``custom_dir`` still comes first."""
        own = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        place = 1 if own else 0
        config.theme.dirs[place:place] = [str(path) for path in theme_folders(_root(config))]
        if not self.driven:
            self.languages = load_settings(_root(config), []).languages
            self.language = self.languages[0]
        i18n.speak(self.language)
        self.pages = GuideLanguages(self.languages, self.language)
        self.pages.set_up(config)
        return config

    def on_env(self, env: Environment, /, **_: Any) -> Environment:
        env.add_extension("jinja2.ext.i18n")
        env.install_gettext_callables(  # type: ignore[attr-defined]
            i18n.gettext, i18n.ngettext, newstyle=True
        )
        env.globals["guide_page"] = self.pages.address
        env.globals["spoken"] = self.pages.spoken
        return env

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        self.shell_source = self.pages.tree + shell.SOURCE
        files = self.pages.choose(files, config)
        files.append(
            File.generated(
                config, self.shell_source, content=shell.MARKDOWN,
                inclusion=InclusionLevel.NOT_IN_NAV,
            )
        )  # fmt: skip
        return files

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, **_: Any
    ) -> TemplateContext:
        """What the head and the switch of languages lead to."""
        known = page.file.src_uri == self.shell_source
        given: dict[str, Any] = {
            "others": self.pages.others(page.file.src_uri, page.url, everywhere=known),
            "site_url": config.site_url or "",
        }
        context.update(given)  # type: ignore[typeddict-item]
        return context

    def on_page_content(self, html: str, /, *, page: Page, **_: Any) -> str:
        if page.file.src_uri == self.shell_source:
            return shell.CONTENT
        return html if self.language == i18n.DEFAULT else i18n.marked_page(html)

    def on_post_page(self, output: str, /, *, page: Page, **_: Any) -> str:
        """Keeps the shell, and writes no page for it."""
        if page.file.src_uri != self.shell_source:
            return output
        self.shell_html = output
        return ""

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.driven:
            return
        i18n.speak(i18n.DEFAULT)
        from builder.site.build import build_after_mkdocs
        from builder.site.guide import run_mkdocs

        root, made = _root(config), [self.guide(config)]
        made += [run_mkdocs(root, self.languages, other) for other in self.languages[1:]]
        build_after_mkdocs(root, Path(config.site_dir), made)

    def guide(self, config: MkDocsConfig) -> shell.Guide:
        """What MkDocs has made, read back from where it wrote it.

        Files that all languages share come with the default one.
        """
        tree = self.pages.tree
        files = shell.read_outputs(Path(config.site_dir))
        html = {path: data.decode() for path, data in files.items() if path.endswith(".html")}
        root = _root(config)
        folders = (pages_folder(root), *theme_folders(root), _PACKAGE)
        html[""] = self.shell_html
        pages, styles = joined(html, files, sources_of(html.values(), folders))
        frame = {"": pages.pop("")}
        frame = with_first_styles(frame, styles, beginnings(theme_folders(root)))
        pages = with_first_styles(pages, styles) | frame
        pages = {path: with_policy(page) for path, page in pages.items()}
        shell_html = pages.pop("")
        files |= {path: page.encode() for path, page in pages.items()}
        if styles:
            files[styles_path(styles)] = styles
            for path in unlinked([shell_html, *pages.values()], files):
                del files[path]
        kept = (tree, styles_path(styles))
        own = {path: data for path, data in files.items() if path.startswith(kept)}
        return shell.Guide(own, shell_html, config.site_url or "", self.language, tree)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent
