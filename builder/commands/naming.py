"""How people call things on the command line: by id, by file, by name, or nearly so."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from builder.commands.common import fail

if TYPE_CHECKING:
    from builder.registry import Registry


def near(wanted: str, known: Iterable[str]) -> str:
    """A question that names what is spelt nearly so; empty where nothing is.

    Of ids those in the same folder are asked first: to compare with all of 20,000 takes seconds.
    """
    import difflib

    every = list(known)
    folder = wanted.rpartition("/")[0]
    beside = [one for one in every if folder and one.rpartition("/")[0] == folder]
    close = difflib.get_close_matches(wanted, beside, n=3, cutoff=0.6)
    close = close or difflib.get_close_matches(wanted, every, n=3, cutoff=0.6)
    return f"did you mean {', '.join(close)}?" if close else ""


def record_id(root: Path, said: str) -> str:
    """The id that is meant by an id or by the path of a file, from here or from the root."""
    path = Path(said)
    if path.suffix == ".yaml" and path.is_file():
        inside = path.parent.resolve() / path.name
        if inside.is_relative_to(root.resolve() / "registry"):
            said = inside.relative_to(root.resolve()).as_posix()
    return said.removeprefix("./").removeprefix("registry/").removesuffix(".yaml").strip("/")


def known_record(root: Path, said: str, known: Iterable[str], where: str = "") -> str:
    """The id of a record among those known; ends the command with the nearest if it is none."""
    ids = set(known)
    wanted = record_id(root, said)
    if wanted not in ids:
        hint = near(wanted, ids) or "'registry search' finds records by their words"
        fail(f"there is no record {wanted!r}{where}", hint)
    return wanted


def body_named(registry: "Registry", said: str) -> str:
    """The id of a body by its id, with or without bodies/, by its file, or by its name today.

    Raises ValueError that says what is wrong, and what may be meant.
    """
    from builder.commands.common import today
    from builder.ingest.matching import find_issuer
    from builder.models import Body

    wanted = record_id(registry.root, said)
    body_id = wanted if wanted.startswith("bodies/") else f"bodies/{wanted}"
    if registry.get(body_id, Body) is not None:
        return body_id
    named = find_issuer(registry, [said], today())
    if named.id is not None:
        return named.id
    if named.candidates:
        raise ValueError(f"{said!r} may be {', '.join(named.candidates)}: give the id of one")
    close = near(body_id, (known for known, _ in registry.of(Body)))
    raise ValueError(f"there is no body {said!r}; {close or 'write its record first'}")


def units_near(registry: "Registry", said: str) -> str:
    """A question that names units spelt nearly as what was said; empty where none is."""
    import difflib

    from builder.fold import fold

    wanted = fold(said.partition(",")[0]).strip()
    named: dict[str, str] = {}
    for unit in registry.units.values():
        for name in (unit.full_name, unit.name):
            named.setdefault(fold(name), name)
    close = difflib.get_close_matches(wanted, named, n=3, cutoff=0.75)
    return f"did you mean {', '.join(named[one] for one in close)}?" if close else ""
