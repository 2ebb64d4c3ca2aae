"""Where a new record belongs: its folder by province, unit and year, and a name from its title.

Pure: proposals for people. An id once given is never changed, however it was found.
"""

import re
from collections import Counter

from builder.fold import fold
from builder.models import Body
from builder.models.base import Date
from builder.registry import Registry

MAX_NAME = 80  # characters; a path has 300
_SHORT = (
    ("hoi dong nhan dan", "hdnd"), ("uy ban nhan dan", "ubnd"),
    ("uy ban mat tran to quoc viet nam", "ub mttq"), ("uy ban mat tran to quoc", "ub mttq"),
    ("mat tran to quoc viet nam", "mttq"), ("mat tran to quoc", "mttq"),
)  # fmt: skip
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_BY_YEAR = frozenset(("documents", "resolutions"))  # kinds of which a unit has many a year


def slug(title: str, without: str = "") -> str:
    """A title as a name of files; ``without`` is left out where the title ends with it.

    >>> slug("Quy chế làm việc của Ủy ban nhân dân xã An Bình", "xã An Bình")
    'quy-che-lam-viec-cua-ubnd'
    """
    words = fold(title)
    for full, short in _SHORT:
        words = words.replace(full, short)
    words = words.removesuffix(fold(without)) if without else words
    name = _NO_SLUG.sub("-", words).strip("-")
    if len(name) > MAX_NAME:
        name = name[: MAX_NAME + 1].rpartition("-")[0] or name[:MAX_NAME]
    return name


def folder_of(registry: Registry, unit_id: str) -> str:
    """The folder of a unit's records: where its bodies stand, else one named after it.

    >>> # folder_of(registry, "06625@2025-07-01") -> "lang-son/kien-moc"
    """
    known = Counter(
        body_id.split("/", 1)[1].rpartition("/")[0]
        for body_id, _ in registry.bodies_of.get(unit_id, [])
        if body_id.count("/") > 1
    )
    if known:
        return known.most_common(1)[0][0]
    unit = registry.units[unit_id]
    province = unit.file.partition("/")[2]
    own = "tinh" if unit.level == "province" else slug(unit.name)
    return f"{province}/{own}"


def proposed_id(
    registry: Registry, kind: str, folder: str, title: str, *, unit: str = "", day: Date | None
) -> str:
    """An id that no record has: the title's name, with the day or a count where it is taken."""
    place = f"{kind}/{folder}"
    if day is not None and kind in _BY_YEAR:
        place += f"/{day.year}"
    name = slug(title, unit) or kind.rstrip("s")
    wanted = [f"{place}/{name}"]
    if day is not None:
        wanted.append(f"{place}/{name}-{day}")
    wanted += [f"{place}/{name}-{count}" for count in range(2, 1000)]
    return next(one for one in wanted if one not in registry.entries)


def units_named(registry: Registry, name: str) -> list[str]:
    """Ids of the units that still stand and bear a name, with or without their type and marks."""
    wanted = fold(name).strip()
    if name in registry.units:
        return [name]
    return [
        unit.id
        for unit in registry.units.values()
        if unit.row.valid_to is None
        and wanted in (fold(unit.full_name), fold(unit.name), unit.code)
    ]


def block_of(registry: Registry, body_type: str) -> str | None:
    """The block that other bodies of the type belong to, if any is known."""
    known = Counter(
        body.block for _, body in registry.of(Body) if body.type == body_type and body.block
    )
    return known.most_common(1)[0][0] if known else None
