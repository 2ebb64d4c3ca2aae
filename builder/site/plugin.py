"""The MkDocs plugin: gives MkDocs the theme and the shell page, and the rest of the site after it.

Holds no logic of its own: what a shell is says ``builder.site.shell``, and
``builder.site.build`` makes the site, whichever of the two was started first.
"""

from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from builder.site import shell
from builder.site.layout import theme_folders
from builder.site.policy import with_policy


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin has none."""


class RegistryPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """``registry`` in the plugins of mkdocs.yml."""

    def __init__(self) -> None:
        super().__init__()
        self.driven = False  # MkDocs was started by the builder, which does the rest itself
        self.shell_html = ""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Puts the registry's theme before Material's; ``custom_dir`` still comes first."""
        own = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        place = 1 if own else 0
        config.theme.dirs[place:place] = [str(path) for path in theme_folders(_root(config))]
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        files.append(
            File.generated(
                config, shell.SOURCE, content=shell.MARKDOWN, inclusion=InclusionLevel.NOT_IN_NAV
            )
        )
        return files

    def on_page_content(self, html: str, /, *, page: Page, **_: Any) -> str:
        return shell.CONTENT if page.file.src_uri == shell.SOURCE else html

    def on_post_page(self, output: str, /, *, page: Page, **_: Any) -> str:
        """Keeps the shell, and writes no page for it."""
        output = with_policy(output)
        if page.file.src_uri != shell.SOURCE:
            return output
        self.shell_html = output
        return ""

    def on_post_template(self, output_content: str, /, **_: Any) -> str:
        """Pages that are no documents, such as the one for a wrong address."""
        return with_policy(output_content)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.driven:
            return
        from builder.site.build import build_after_mkdocs

        build_after_mkdocs(_root(config), Path(config.site_dir), self.guide(config))

    def guide(self, config: MkDocsConfig) -> shell.Guide:
        """What MkDocs has made, read back from where it wrote it."""
        return shell.Guide(
            shell.read_outputs(Path(config.site_dir)), self.shell_html, config.site_url or ""
        )


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent
