"""Running MkDocs for the hand-written pages and the shell, and keeping what it made.

MkDocs takes longer than all else in a small build, so its output is kept by the
digest of all that it is made from.
"""

import base64
import hashlib
import logging
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import orjson

from builder.findings import RegistryError
from builder.site import i18n
from builder.site.layout import mkdocs_file, pages_folder, source_root, theme_folders
from builder.site.shell import Guide
from builder.store.cache import cache_dir
from builder.store.files import write_atomically

_TOOLS = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "pygments")


def guides(root: Path, program: str, languages: Sequence[str]) -> list[Guide]:
    """Hand-written pages and shell in each language; from the cache, if nothing of what makes
    them has changed. The first language is the default one. Registries without pages or theme
    of their own share what is kept.

    ``program`` is the digest of the builder's own code.
    """
    found = []
    for language in languages:
        key = _key(root, f"{program} {' '.join(languages)} {i18n.catalogue(language).digest}")
        path = cache_dir(source_root(root)) / f"guide-{language}.json"
        kept = _load(path, key)
        if kept is None:
            kept = run_mkdocs(root, languages, language)
            _save(path, key, kept)
        found.append(kept)
    return found


def run_mkdocs(root: Path, languages: Sequence[str] = ("vi", "en"), language: str = "") -> Guide:
    """Hand-written pages and shell, made by MkDocs in a language, or the first of them.

    RegistryError with its words if it fails.
    """
    with i18n.speaking(language or languages[0]):
        return _run_mkdocs(root, languages, language or languages[0])


def _run_mkdocs(root: Path, languages: Sequence[str], language: str) -> Guide:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from builder.site.plugin import RegistryPlugin

    log = logging.getLogger("mkdocs")
    words = _Words(logging.WARNING)
    level, propagate = log.level, log.propagate
    log.addHandler(words)
    log.setLevel(logging.WARNING)
    log.propagate = False
    try:
        with tempfile.TemporaryDirectory(prefix="registry-guide-") as folder:
            config = load_config(
                str(mkdocs_file(root)),
                config_file_path=str(root / "mkdocs.yml"),
                docs_dir=str(pages_folder(root)),
                site_dir=folder,
            )
            plugin = config.plugins.get("registry")
            if not isinstance(plugin, RegistryPlugin):
                raise RegistryError(
                    "mkdocs.yml does not name the plugin 'registry'",
                    "add 'registry' to its list of plugins",
                )
            plugin.driven = True
            plugin.languages, plugin.language = tuple(languages), language
            build(config)
            return plugin.guide(config)
    except MkDocsException as error:
        said = "; ".join(words.said) or str(error)
        raise RegistryError(
            f"MkDocs could not make the hand-written pages: {said}",
            "mend mkdocs.yml or the pages in site_src/pages",
        ) from None
    finally:
        log.removeHandler(words)
        log.setLevel(level)
        log.propagate = propagate


class _Words(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(" ".join(record.getMessage().split()))


def _key(root: Path, program: str) -> str:
    digest = hashlib.sha256(program.encode())
    for tool in _TOOLS:
        digest.update(f"{tool}={version(tool)}\n".encode())
    digest.update(mkdocs_file(root).read_bytes())
    for folder in (pages_folder(root), *theme_folders(root)):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                relative = path.relative_to(folder).as_posix()
                digest.update(f"\0{relative}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _load(path: Path, key: str) -> Guide | None:
    """What was kept under that key; None for whatever else stands there."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head.decode("ascii", "replace") != f"{key} {hashlib.sha256(body).hexdigest()}":
        return None
    kept = orjson.loads(body)
    files = {name: base64.b64decode(data) for name, data in kept["files"].items()}
    return Guide(files, kept["shell"], kept["site_url"], kept["language"], kept["tree"])


def _save(path: Path, key: str, made: Guide) -> None:
    """A cache that cannot be written is no error."""
    files = {name: base64.b64encode(data).decode() for name, data in made.files.items()}
    body = orjson.dumps(
        {
            "files": files, "shell": made.shell, "site_url": made.site_url,
            "language": made.language, "tree": made.tree,
        }
    )  # fmt: skip
    try:
        write_atomically(path, f"{key} {hashlib.sha256(body).hexdigest()}\n".encode() + body)
    except OSError:
        return
