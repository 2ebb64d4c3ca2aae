"""The index of "Nay là đâu?": a directory of names, and one shard per file of units.

The script ``assets/lookup.js`` reads both. The directory says in which shards a name
stands; only these are loaded. What became of a unit is worked out here, by
``builder.derive.succession``, so that the script holds no rules.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import orjson

from builder.derive.addresses import record_address, unit_address
from builder.derive.lookup import Lookup
from builder.derive.lookup.words import PROVINCE_ALIASES, name_keys
from builder.derive.succession import Passage, Step, pending, predecessors, successors
from builder.models import MergerRecord, Resolution, UnitFile
from builder.models.base import Date
from builder.models.codes import LABELS, Share
from builder.registry import Registry, Unit
from builder.site.output import Output, Staging
from builder.site.page import SiteContext

FOLDER = "assets/lookup/data"
_SHARES: tuple[Share, ...] = ("whole", "part", "rest", "none")
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


def write_lookup(site: SiteContext, program: str, stage: Staging) -> list[Output]:
    """The files of the lookup within a build: taken over, or made anew."""
    digest = hashlib.sha256(f"{program} {site.as_of} {site.audience}".encode())
    for entry in site.registry.entries.values():
        if isinstance(entry.record, UnitFile | MergerRecord | Resolution):
            digest.update(f"{entry.id} {entry.digest}\n".encode())
    key = digest.hexdigest()
    return stage.take_all(key) or [
        stage.write(path, key, data)
        for path, data in lookup_files(site.registry, site.as_of).items()
    ]


def lookup_files(registry: Registry, day: Date) -> dict[str, bytes]:
    """Contents by path: the directory and its shards, as of a day.

    The directory holds for every name the numbers of its shards; a shard holds its units
    as rows, with indices instead of repeated words (see ``_Shard``).
    """
    files: dict[str, list[Unit]] = defaultdict(list)
    for unit in registry.units.values():
        files[unit.file].append(unit)
    found: dict[str, bytes] = {}
    shards = []
    names: dict[str, set[int]] = defaultdict(set)
    above: dict[str, set[int]] = defaultdict(set)
    for number, (file, units) in enumerate(sorted(files.items())):
        name = file.removeprefix("units/").replace("/", "-")
        data = orjson.dumps(_Shard(registry, day, units).content())
        digest = hashlib.sha256(data).hexdigest()[:12]
        found[f"{FOLDER}/{name}.json"] = data
        shards.append({"name": name, "digest": digest, "provinces": _provinces(units)})
        for unit in units:
            for key in name_keys(unit.name):
                (names if unit.level == "commune" else above)[key].add(number)
    directory = {
        "as_of": day,
        "shards": shards,
        "names": _lines(names),
        "above": _lines(above),
        "aliases": PROVINCE_ALIASES,
    }
    found[f"{FOLDER}/index.json"] = orjson.dumps(directory)
    return found


def _provinces(units: Iterable[Unit]) -> list[str]:
    """Names of the provinces in a file, that of today first."""
    found = [unit for unit in units if unit.level == "province"]
    found.sort(key=lambda unit: unit.row.valid_to is not None)
    return list(dict.fromkeys(unit.full_name for unit in found))


def _lines(keys: dict[str, set[int]]) -> str:
    """``key:shards`` a line in order of key, a sign per shard: short, and easy to search."""
    return "\n".join(
        f"{key}:{''.join(_sign(number) for number in sorted(numbers))}"
        for key, numbers in sorted(keys.items())
    )


def _sign(number: int) -> str:
    """Two signs from 0 to z for a shard; a nation has 34."""
    high, low = divmod(number, len(_SIGNS))
    return _SIGNS[high] + _SIGNS[low]


class _Shard:
    """The units of one file as rows, and what became of them.

    ``units``: [code, type, name, district, province, from, to, after, before, pending, address],
    where type, district and province are indices into ``words`` and dates are ISO or 0.
    ``after`` and ``before``: [unit, area, population, certain, [step, …]] with the index of a
    unit, of a share in ``shares``, and of a clause in ``steps``; 0 where there is nothing, and
    -1 for ``after`` where the unit ended and no record says what followed. ``pending``: clauses
    that are adopted and do not operate yet. Only the first ``own`` units can be searched; the
    others are named by them.
    """

    def __init__(self, registry: Registry, day: Date, units: list[Unit]) -> None:
        self.registry = registry
        self.day = day
        self.lookup = Lookup(registry)
        self.own = [unit for unit in units if unit.level == "commune"]
        self.rows: dict[str, int] = {unit.id: index for index, unit in enumerate(self.own)}
        self.words: dict[str, int] = {}
        self.steps: dict[tuple[str, int, int], int] = {}
        self.resolutions: dict[str, int] = {}
        self.facts: list[list[Any]] = []

    def content(self) -> dict[str, Any]:
        rows = [self._row(unit, own=True) for unit in self.own]
        for unit_id in list(self.rows)[len(self.own) :]:
            unit = self.registry.units.get(unit_id)
            rows.append(self._row(unit, own=False) if unit else [unit_id, 0, unit_id])
        return {
            "own": len(self.own),
            "shares": [LABELS["share"][share] for share in _SHARES],
            "words": list(self.words),
            "units": rows,
            "steps": [[resolution, clause] for _, resolution, clause in self.steps],
            "resolutions": self.facts,
        }

    def _row(self, unit: Unit, *, own: bool) -> list[Any]:
        district, province = self.registry.district(unit), self.registry.province(unit)
        row: list[Any] = [
            unit.code,
            self._word(unit.row.type),
            unit.name,
            self._word(district.full_name if district else ""),
            self._word(province.full_name if province else ""),
            unit.row.valid_from or 0,
            unit.row.valid_to or 0,
        ]
        if own:
            row += [self._after(unit), self._before(unit), self._pending(unit)]
        else:
            row += [0, 0, 0]
        return [*row, unit_address(unit)]

    def _after(self, unit: Unit) -> Any:
        answer = successors(self.registry, unit.id, self.day)
        if answer.state == "unknown":
            return -1
        return self._passages(answer.passages)

    def _before(self, unit: Unit) -> Any:
        return self._passages(predecessors(self.registry, unit.id).passages)

    def _pending(self, unit: Unit) -> Any:
        return [self._step(step) for step in pending(self.registry, unit.id, self.day)] or 0

    def _passages(self, passages: tuple[Passage, ...]) -> Any:
        return [
            [
                self.rows.setdefault(passage.unit, len(self.rows)),
                _SHARES.index(passage.area),
                _SHARES.index(passage.population),
                int(passage.certain),
                list(dict.fromkeys(self._step(step) for step in passage.path)),
            ]
            for passage in passages
        ] or 0

    def _step(self, step: Step) -> int:
        resolution = self.resolutions.get(step.merger)
        if resolution is None:
            resolution = self.resolutions[step.merger] = len(self.facts)
            merger = self.registry.get(step.merger, MergerRecord)
            self.facts.append(
                [
                    self.lookup.resolution(step.resolution),
                    merger.article if merger else 0,
                    step.adopted,
                    step.operational_from,
                    record_address(step.merger),
                ]
            )
        key = (step.merger, resolution, step.clause)
        return self.steps.setdefault(key, len(self.steps))

    def _word(self, word: str) -> int:
        return self.words.setdefault(word, len(self.words))
