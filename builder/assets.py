"""Where the theme, the pages and the settings that come with the program stand."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset_root() -> Path:
    """Folder that holds ``site_src`` and ``mkdocs.yml``: the repository, or the installed copy."""
    repository = _PACKAGE.parent
    return repository if (repository / "site_src" / "theme").is_dir() else _PACKAGE / "_assets"
