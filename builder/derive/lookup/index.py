"""The index of a lookup: all units of a registry by the keys of their names.

Built once from the linked registry; reading an address against it is in ``match``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from builder.derive.lookup.words import (
    COMMUNE_TYPES,
    PROVINCE_ALIASES,
    PROVINCE_TYPES,
    TYPE_WORDS,
    Types,
    name_keys,
    plain_words,
)
from builder.models.codes import Level, UnitType
from builder.registry import Registry, Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit with what an address may say above it.

    ``districts`` (one at most) and ``provinces`` are the unit's own, the province of today
    included for a former unit; the former ones are those of the units it was formed from.
    """

    id: str
    level: Level
    type: UnitType
    words: tuple[str, ...]
    order: int
    districts: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    former_districts: frozenset[str] = frozenset()
    former_provinces: frozenset[str] = frozenset()

    @property
    def above(self) -> frozenset[str]:
        """All that an address can name to tell this unit from others of its name."""
        former = self.former_districts | self.former_provinces
        return self.districts | self.provinces | former


@dataclass(frozen=True, slots=True)
class Named:
    """All units of one name, and which of them an address can give as context.

    ``communes`` says whether one of them is a commune or ward.
    ``below`` are the units of the name by what an address can name above them.
    """

    entries: tuple[Entry, ...] = ()
    communes: bool = False
    districts: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    below: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)


NOTHING = Named()


@dataclass(slots=True)
class Index:
    """Units by key; ``named`` also knows what a type word in front makes of a key.

    ``beginnings`` holds every beginning of every key, so that reading on can stop early.
    """

    by_key: dict[str, list[Entry]]
    beginnings: frozenset[str]
    _known: dict[tuple[Types | None, str], Named] = field(default_factory=dict)

    def named(self, types: Types | None, key: str) -> Named:
        """Units with that key; those of another type are kept, but give no context."""
        found = self._known.get((types, key))
        if found is None:
            found = self._make(types, key)
            if found is not NOTHING:  # a batch of noise must not fill the memory
                self._known[types, key] = found
        return found

    def warm(self) -> None:
        """Makes ready what each key names, without a type and with those of its units."""
        for key, entries in self.by_key.items():
            self.named(None, key)
            for types in set(TYPE_WORDS.values()):
                if any(entry.type in types for entry in entries):
                    self.named(types, key)

    def _make(self, types: Types | None, key: str) -> Named:
        if types is None and key.isdigit():
            return NOTHING  # the number of a house, not of a ward
        entries = self.by_key.get(key)
        if entries is None:
            return NOTHING
        if types is None:
            suited = entries
        elif types <= COMMUNE_TYPES:
            suited = [entry for entry in entries if entry.level == "commune"]
        else:
            suited = [entry for entry in entries if entry.type in types]
            if not suited and types & PROVINCE_TYPES:
                # Provinces became cities: their type is not decisive.
                suited = [entry for entry in entries if entry.level == "province"]
        below: dict[str, list[Entry]] = defaultdict(list)
        for entry in suited:
            for above in entry.above:
                below[above].append(entry)
        return Named(
            tuple(suited),
            any(entry.level == "commune" for entry in suited),
            frozenset(entry.id for entry in suited if entry.level == "district"),
            frozenset(entry.id for entry in suited if entry.level == "province"),
            {above: tuple(entries) for above, entries in below.items()},
        )


def build_index(registry: Registry) -> Index:
    """The index over every unit of the registry, former and present."""
    by_key: dict[str, list[Entry]] = defaultdict(list)
    provinces_of_file: dict[str, set[str]] = defaultdict(set)
    for unit in registry.units.values():
        if unit.level == "province" and unit.row.valid_to is None:
            provinces_of_file[unit.file].add(unit.id)
    for order, unit in enumerate(sorted(registry.units.values(), key=_order)):
        entry = _entry(registry, unit, order, provinces_of_file[unit.file])
        for key in _keys(unit):
            by_key[key].append(entry)
    beginnings = {key[:end] for key in by_key for end in range(1, len(key) + 1)}
    return Index(dict(by_key), frozenset(beginnings))


def _order(unit: Unit) -> tuple[bool, str, str]:
    """Present units first, then by code."""
    return unit.row.valid_to is not None, unit.code, unit.id


def _keys(unit: Unit) -> Iterable[str]:
    keys = name_keys(unit.name)
    if unit.level == "province":
        aliases = [alias for alias, key in PROVINCE_ALIASES.items() if key in keys]
        return (*keys, *aliases)
    return keys


def _entry(registry: Registry, unit: Unit, order: int, present: set[str]) -> Entry:
    words = plain_words(unit.name)
    province = registry.province(unit)
    provinces = frozenset({*present, *((province.id,) if province else ())})
    if unit.level == "province":
        return Entry(unit.id, unit.level, unit.row.type, words, order)
    if unit.level == "district":
        return Entry(unit.id, unit.level, unit.row.type, words, order, provinces=provinces)
    sources = [
        registry.units[source.unit]
        for reference in registry.events_into.get(unit.id, ())
        for source in reference.event.sources
        if source.unit in registry.units
    ]
    return Entry(
        unit.id,
        unit.level,
        unit.row.type,
        words,
        order,
        _ids([registry.district(unit)]),
        provinces,
        _ids(registry.district(source) for source in sources),
        _ids(registry.province(source) for source in sources) - provinces,
    )


def _ids(units: Iterable[Unit | None]) -> frozenset[str]:
    return frozenset(unit.id for unit in units if unit is not None)
