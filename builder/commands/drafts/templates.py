"""The templates of ``registry new``: data files that come with the program."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.findings import RegistryError

FOLDER = Path(__file__).resolve().parents[2] / "templates"


@dataclass(frozen=True, slots=True)
class Template:
    """What a usual record has of itself, what its source may say, and what is left to do."""

    name: str
    vi: str
    en: str
    kind: str
    body_types: tuple[str, ...]
    record: dict[str, Any]
    agenda: tuple[str, ...]  # asked for one by one: never written unless a source says so
    todo: tuple[str, ...]


def templates() -> list[Template]:
    """All templates in order of name."""
    from builder.store.yaml_read import read

    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        value = read(path.read_text(encoding="utf-8"))
        lists = {name: tuple(value[name]) for name in ("body_types", "agenda", "todo")}
        found.append(Template(path.stem, **{**value, **lists}))
    return found


def template_named(name: str) -> Template:
    """The template of a name. Raises RegistryError that names all."""
    known = {template.name: template for template in templates()}
    if name not in known:
        raise RegistryError(f"there is no template {name}", f"there is {', '.join(known)}")
    return known[name]
