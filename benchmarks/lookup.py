"""Compares lookups with converters from PyPI, on the same names, in one run.

    python -m benchmarks.lookup --before BEFORE.csv --after AFTER.csv RESOLUTION.md …

Every former unit that the resolutions name is asked for in four spellings. The truth is
what the clauses say, as ``registry ingest resolution`` reads them. The converters are
installed into an environment of their own and cannot reach the network while they run.
"""

import argparse
import gc
import json
import platform
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.derive.lookup import Lookup
from builder.derive.lookup.words import cut
from builder.fold import fold
from builder.models.base import Date
from builder.registry import Registry, Unit, load

DAY = Date(2025, 7, 1)
OTHERS = ("vietnamadminunits", "vn-address-converter")
_RUNNER = Path(__file__).with_name("lookup_others.py")
_ROUNDS = 3
_SHORT = {
    "phường": "P.", "xã": "X.", "thị trấn": "TT.", "quận": "Q.", "huyện": "H.", "thị xã": "TX.",
    "thành phố": "TP.", "tỉnh": "T.", "thành phố trực thuộc trung ương": "TP.",
}  # fmt: skip

# What an answer is worth, in the order of the table.
OUTCOMES = ("right", "all of a split", "asks back", "split hidden", "wrong", "no answer")
Wards = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Case:
    """A former unit with the units that took something of it."""

    unit: Unit
    district: Unit
    province: Unit
    truth: Wards


@dataclass
class Result:
    """What one tool answered to all cases in one spelling.

    ``seconds`` are of the processor, of the best round.
    """

    outcomes: list[str]
    seconds: float


def cases(registry: Registry) -> list[Case]:
    """Every former unit with a district that some clause names."""
    found = []
    for unit in registry.units.values():
        taken = registry.events_from.get(unit.id, ())
        district, province = registry.district(unit), registry.province(unit)
        if taken and district and province:
            targets = (registry.units[reference.event.target] for reference, _ in taken)
            truth = frozenset(_ward(registry, target) for target in targets)
            found.append(Case(unit, district, province, truth))
    return found


def _ward(registry: Registry, unit: Unit) -> tuple[str, str]:
    province = registry.province(unit)
    return _key(unit.full_name), _key(province.full_name if province else "")


def _key(name: str | None) -> str:
    """A name without marks, spaces and the type of a province, to compare what tools print."""
    key = "".join(word.key for word in cut(name or ""))
    return key.removeprefix("thanhpho").removeprefix("tinh")


def _short(unit: Unit) -> str:
    return f"{_SHORT[unit.row.type]} {unit.name}"


SPELLINGS: dict[str, Callable[[Case], str]] = {
    "full": lambda c: f"{c.unit.full_name}, {c.district.full_name}, {c.province.full_name}",
    "no marks": lambda c: fold(
        f"{c.unit.full_name}, {c.district.full_name}, {c.province.full_name}"
    ),
    "short": lambda c: f"{_short(c.unit)}, {_short(c.district)}, {_short(c.province)}",
    "no district": lambda c: f"{c.unit.full_name}, {c.province.full_name}",
}


def ours(registry: Registry, asked: list[Case], addresses: list[str]) -> Result:
    """This project's answers; several candidates that lead apart are a question back."""
    seconds = float("inf")
    for _ in range(_ROUNDS):
        lookup = Lookup(registry)  # nothing is known of the addresses
        lookup.warm(DAY)
        gc.collect()
        gc.freeze()  # as the command does before a table
        started = time.process_time()
        answers = [lookup.find(address, DAY) for address in addresses]
        seconds = min(seconds, time.process_time() - started)
    outcomes = []
    for case, found in zip(asked, answers, strict=True):
        sets = {frozenset(each.now) for each in found if each.match.sound}
        named = {
            frozenset(_ward(registry, registry.units[unit]) for unit in units) for units in sets
        }
        if len(named) > 1:
            outcomes.append("asks back" if case.truth in named else "wrong")
        else:
            outcomes.append(judge(case, next(iter(named), frozenset())))
    return Result(outcomes, seconds)


def judge(case: Case, answer: Wards) -> str:
    """What an answer of certain units is worth."""
    if not answer:
        return "no answer"
    if answer == case.truth:
        return "all of a split" if len(case.truth) > 1 else "right"
    return "split hidden" if answer < case.truth else "wrong"


def other(python: Path, name: str, asked: list[Case], addresses: list[str]) -> Result:
    """A converter's answers: one unit, or none."""
    done = subprocess.run(
        [str(python), str(_RUNNER), name],
        input=json.dumps(addresses), capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    answers: Iterable[Wards] = (
        frozenset({(_key(ward), _key(province))} if ward else ())
        for ward, province in said["answers"]
    )
    outcomes = [judge(case, answer) for case, answer in zip(asked, answers, strict=True)]
    return Result(outcomes, said["seconds"])


def environment(folder: Path) -> Path:
    """The Python of an environment that holds the converters; made where it is missing."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *OTHERS], check=True)
    return python


def versions(python: Path) -> dict[str, str]:
    """The versions of the converters."""
    code = f"from importlib.metadata import version as v; print(*map(v, {OTHERS!r}))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return dict(zip(OTHERS, done.stdout.split(), strict=True))


def ingest(root: Path, before: Path, after: Path, resolutions: list[Path]) -> Registry:
    """A registry of the national lists and the resolutions given."""
    (root / "registry").mkdir()
    command = [sys.executable, "-m", "builder", "--root", str(root), "ingest"]
    lists = ["units", "--before", str(before), "--after", str(after)]
    for arguments in (lists, ["resolution", *map(str, resolutions)]):
        subprocess.run([*command, *arguments], check=True, stdout=subprocess.DEVNULL)
    return load(root, cache=False)


def table(results: dict[tuple[str, str], Result]) -> str:
    """Markdown: a row for each spelling and tool."""
    lines = [
        "| spelling | tool | " + " | ".join(OUTCOMES) + " | rows a second |",
        "|---|---|" + "---:|" * (len(OUTCOMES) + 1),
    ]
    for (spelling, tool), result in results.items():
        counted = Counter(result.outcomes)
        figures = " | ".join(f"{counted[name]:,}" for name in OUTCOMES)
        rate = f"{len(result.outcomes) / result.seconds:,.0f}"
        lines.append(f"| {spelling} | {tool} | {figures} | {rate} |")
    return "\n".join(lines)


def main() -> None:
    """Prints the table; with ``--wrong``, also every wrong answer's address."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("--after", type=Path, required=True)
    parser.add_argument("--venv", type=Path, help="environment of the converters, to keep it")
    parser.add_argument("--wrong", action="store_true", help="print what each tool gets wrong")
    parser.add_argument("resolutions", type=Path, nargs="+")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        python = environment(given.venv or Path(folder) / "venv")
        root = Path(folder) / "nation"
        root.mkdir()
        registry = ingest(root, given.before, given.after, given.resolutions)
        asked = cases(registry)
        results: dict[tuple[str, str], Result] = {}
        for spelling, write in SPELLINGS.items():
            addresses = [write(case) for case in asked]
            results[spelling, "registry"] = ours(registry, asked, addresses)
            for name in OTHERS:
                results[spelling, name] = other(python, name, asked, addresses)
            if given.wrong:
                for (at, tool), result in results.items():
                    if at == spelling:
                        _print_wrong(tool, addresses, result)
        split = sum(len(case.truth) > 1 for case in asked)
        print(f"{platform.python_version()}, {platform.machine()}; {versions(python)}")
        print(f"{len(asked):,} former units, {split} of them divided\n")
        print(table(results))


def _print_wrong(tool: str, addresses: list[str], result: Result) -> None:
    for address, outcome in zip(addresses, result.outcomes, strict=True):
        if outcome == "wrong" or (tool == "registry" and outcome == "no answer"):
            print(f"{tool}: {outcome}: {address}")


if __name__ == "__main__":
    main()
