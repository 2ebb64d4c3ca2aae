"""Where the parts of a site come from: the registry's own folders first, then the program's."""

from pathlib import Path

from builder.assets import asset_root


def mkdocs_file(root: Path) -> Path:
    """The settings of MkDocs."""
    return _own_or_given(root, "mkdocs.yml")


def pages_folder(root: Path) -> Path:
    """The hand-written pages."""
    return _own_or_given(root, "site_src/pages")


def theme_folders(root: Path) -> list[Path]:
    """Folders of templates and assets; a file in an earlier one hides that in a later one."""
    folders = [root / "site_src" / "theme", asset_root() / "site_src" / "theme"]
    return [path for path in dict.fromkeys(map(Path.resolve, folders)) if path.is_dir()]


def source_root(root: Path) -> Path:
    """``root`` if pages, theme or settings of MkDocs are its own, else the program's folder."""
    own = ("mkdocs.yml", "site_src")
    return root if any((root / name).exists() for name in own) else asset_root()


def _own_or_given(root: Path, relative: str) -> Path:
    own = root / relative
    return own if own.exists() else asset_root() / relative
