"""Drafts resolutions in the formulas of their kind, from a plan, and damages them like converters.

A plan is what a reader must get back. Which words surround the names is fixed by
law-drafting practice; the units come from whoever plans.
"""

import random
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from builder.models.codes import Share
from builder.models.units import UnitRow

FORMULAS: dict[tuple[Share, Share], str] = {
    ("whole", "whole"): "toàn bộ diện tích tự nhiên, quy mô dân số của",
    ("part", "part"): "một phần diện tích tự nhiên, quy mô dân số của",
    ("part", "whole"): "một phần diện tích tự nhiên, toàn bộ quy mô dân số của",
    ("part", "none"): "một phần diện tích tự nhiên của",
    ("whole", "none"): "toàn bộ diện tích tự nhiên của",
    ("none", "part"): "một phần quy mô dân số của",
    ("none", "rest"): "phần quy mô dân số còn lại của",
    ("rest", "rest"): "phần còn lại của",
}
PLURAL = {"xã", "phường", "thị trấn"}


def chance_of(seed: object) -> random.Random:
    """Chances that are the same on every run."""
    return random.Random(str(seed))  # noqa: S311  (plans of tests, no secrets)


@dataclass
class Taking:
    """A former unit with the share that a clause takes of it."""

    unit: UnitRow
    area: Share = "whole"
    population: Share = "whole"
    after: tuple[int, ...] = ()


@dataclass
class Plan:
    """What a resolution decides: takings by new unit, in order of clause, and what stays."""

    province: UnitRow
    rows: list[UnitRow]
    clauses: list[tuple[UnitRow, list[Taking]]]
    unchanged: list[tuple[UnitRow, UnitRow]] = field(default_factory=list)

    def pairs(self) -> set[tuple[object, ...]]:
        """Every pair as (clause, former, new, area, population, after)."""
        last = len(self.clauses) + 1
        found: set[tuple[object, ...]] = {
            (number, taking.unit.id, target.id, taking.area, taking.population, taking.after)
            for number, (target, takings) in enumerate(self.clauses, 1)
            for taking in takings
        }
        return found | {(last, old.id, new.id, "whole", "whole", ()) for old, new in self.unchanged}


def plan(rows: list[UnitRow], chance: random.Random, splits: float = 0.05) -> Plan:
    """A random plan over all units of a province: neighbours by code merge, some are divided."""
    province = next(row for row in rows if row.level == "province" and row.valid_to is None)
    former = [row for row in rows if row.level == "commune" and row.valid_from is None]
    districts = {row.parent for row in former}
    former += [
        row for row in rows
        if row.level == "district" and row.code not in districts
    ]  # fmt: skip
    new = [row for row in rows if row.level == "commune" and row.valid_from is not None]
    by_code = {row.code: row for row in former}
    takings: dict[str, list[Taking]] = defaultdict(list)
    homes = [row for row in new if row.code in by_code]
    islands = [row for row in new if row.code not in by_code]
    for target in homes:
        takings[target.id].append(Taking(by_code[target.code]))
    hosts = {row.code for row in homes}
    for row in former:
        if row.level == "district":
            takings[islands.pop().id].append(Taking(row))
        elif row.code not in hosts:
            near = min(homes, key=lambda each: (abs(int(each.code) - int(row.code)), each.code))
            takings[near.id].append(Taking(row))
    unchanged, clauses = [], []
    for target in new:
        taken = takings[target.id]
        old = taken[0].unit
        if len(taken) == 1 and (old.type, old.name) == (target.type, target.name):
            unchanged.append((old, target))
        else:
            clauses.append((target, taken))
    _divide(clauses, chance, splits)
    return Plan(province, rows, clauses, unchanged)


def _divide(
    clauses: list[tuple[UnitRow, list[Taking]]], chance: random.Random, splits: float
) -> None:
    """Gives parts of some units to other clauses, and their remainder where they were."""
    kinds: list[tuple[Share, Share]] = [("part", "part"), ("part", "part"), ("part", "none")]
    for number, (_, takings) in enumerate(list(clauses), 1):
        for taking in list(takings):
            whole = (taking.area, taking.population) == ("whole", "whole")
            if not whole or taking.unit.level == "district" or chance.random() >= splits:
                continue
            others = [n for n in range(1, len(clauses) + 1) if n != number]
            into = tuple(sorted(chance.sample(others, chance.randint(1, 3))))
            for clause in into:
                area, population = chance.choice(kinds)
                clauses[clause - 1][1].append(Taking(taking.unit, area, population))
            taking.area = taking.population = "rest"
            taking.after = into


def draft(plan: Plan, chance: random.Random) -> str:
    """The plan as the text of a resolution, without damage."""
    kind = "thành phố" if plan.province.type.startswith("thành phố") else plan.province.type
    province = f"{kind} {plan.province.name}"
    names = _Names(plan)
    lines = [
        "Số: 9999/NQ-UBTVQH15", "", "Hà Nội, ngày 16 tháng 6 năm 2025", "", "QUYẾT NGHỊ:", "",
        f"Điều 1. Sắp xếp các đơn vị hành chính cấp xã của {province}", "",
        f"Quyết định sắp xếp các đơn vị hành chính cấp xã của {province} như sau:", "",
    ]  # fmt: skip
    for number, (target, takings) in enumerate(plan.clauses, 1):
        moi = "" if target.type == "đặc khu" else " mới"
        formed = f"{target.type}{moi} có tên gọi là {names.plain(target)}"
        lines += [f"{number}. Sắp xếp {_takings(takings, names, chance)} thành {formed}.", ""]
    lines += [_closing(plan, province, names), "", "Điều 2. Hiệu lực thi hành", ""]
    lines += [
        "1. Các đơn vị tại Điều 1 chính thức hoạt động từ ngày 01 tháng 7 năm 2025.", "",
        "Thông qua ngày 16 tháng 6 năm 2025.",
    ]  # fmt: skip
    return "\n".join(lines)


def _closing(plan: Plan, province: str, names: "_Names") -> str:
    new = [target for target, _ in plan.clauses] + [target for _, target in plan.unchanged]
    text = (
        f"{len(plan.clauses) + 1}. Sau khi sắp xếp, {province} có {len(new)} đơn vị hành chính "
        f"cấp xã, gồm {_counts(new)}"
    )
    if plan.unchanged:
        kept = [target for _, target in plan.unchanged]
        formed = [target for target, _ in plan.clauses]
        listed = _list([Taking(old) for old, _ in plan.unchanged], names, chance_of(1))
        text += (
            f"; trong đó có {_counts(formed)} hình thành sau sắp xếp quy định tại Điều này và "
            f"{_counts(kept)} không thực hiện sắp xếp là {listed}"
        )
    return text + "."


def _counts(rows: list[UnitRow]) -> str:
    count = {kind: sum(row.type == kind for row in rows) for kind in ("xã", "phường", "đặc khu")}
    return ", ".join(f"{number:02} {kind}" for kind, number in count.items() if number)


class _Names:
    """How a text names a unit: with its district where the province has two of that name."""

    def __init__(self, plan: Plan) -> None:
        self.districts = {row.code: row for row in plan.rows if row.level == "district"}
        same: dict[tuple[str, str], int] = defaultdict(int)
        for row in plan.rows:
            if row.level == "commune" and row.valid_from is None:
                same[row.type, row.name.lower()] += 1
        self.same = same

    def plain(self, row: UnitRow) -> str:
        return f"{row.type.capitalize() if row.name.isdigit() else row.type} {row.name}"

    def bracket(self, row: UnitRow) -> str:
        """The district in brackets, if the name alone does not say which unit is meant."""
        if row.level != "commune" or self.same[row.type, row.name.lower()] < 2:
            return ""
        district = self.districts[row.parent or ""]
        return f" ({district.type} {district.name})"

    def brackets(self, run: list[UnitRow], *, shared: bool) -> list[str]:
        """Brackets of a run; shared: one behind the last of neighbours in one district."""
        each = [self.bracket(row) for row in run]
        if shared:
            for index in range(len(run) - 1):
                if each[index] == each[index + 1]:
                    each[index] = ""
        return each


def _takings(takings: list[Taking], names: _Names, chance: random.Random) -> str:
    groups: dict[tuple[Share, Share, tuple[int, ...]], list[Taking]] = defaultdict(list)
    for taking in takings:
        groups[taking.area, taking.population, taking.after].append(taking)
    order = sorted(groups, key=lambda each: (each[0] == "rest", each[0] == "part", each))
    parts = []
    for area, population, after in order:
        text = (
            f"{FORMULAS[area, population]} {_list(groups[area, population, after], names, chance)}"
        )
        if after:
            text += f" sau khi sắp xếp theo quy định tại {_references(after, chance)} Điều này"
        parts.append(text)
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " và " + parts[-1]


def _references(after: tuple[int, ...], chance: random.Random) -> str:
    if len(after) > 2:
        return "các khoản " + ", ".join(map(str, after))
    join = chance.choice([", ", " và "]) if len(after) == 2 else ""
    return join.join(f"khoản {number}" for number in after)


def _list(takings: list[Taking], names: _Names, chance: random.Random) -> str:
    """Names in one of the styles of the resolutions: each with its type, or runs under "các"."""
    rows = [taking.unit for taking in takings]
    runs: list[list[UnitRow]] = []
    for row in rows:
        if runs and runs[-1][0].type == row.type:
            runs[-1].append(row)
        else:
            runs.append([row])
    words: list[str] = []
    for run in runs:
        brackets = names.brackets(run, shared=chance.random() < 0.5)
        if len(run) > 1 and run[0].type in PLURAL and chance.random() < 0.8:
            inner = [f"{row.name}{each}" for row, each in zip(run, brackets, strict=True)]
            if len(runs) == 1:
                return f"các {run[0].type} " + ", ".join(inner[:-1]) + " và " + inner[-1]
            words.append(f"các {run[0].type} " + ", ".join(inner))
        else:
            words += [f"{names.plain(row)}{each}" for row, each in zip(run, brackets, strict=True)]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " và " + words[-1]


# Damage, as converters do it. None of it changes what the text says.

_GLUE = re.compile(
    r"(?<=của) (?=\w)|(?<=\w) (?=và )|(?<= và) (?=\w)|(?<=,) |(?<=\w) (?=thành )|(?<=là) "
    r"|(?<=xã|ng) (?=[A-ZĐ])|(?<=khoản) (?=\d)|(?<=\)) (?=và|thành)|(?<=gồm) "
)
_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "ủy": "uỷ",
          "úy": "uý", "ùy": "uỳ", "ũy": "uỹ", "ụy": "uỵ"}  # fmt: skip


def drop_spaces(text: str, chance: random.Random, rate: float = 0.1) -> str:
    return _GLUE.sub(lambda gap: "" if chance.random() < rate else gap[0], text)


def mark_bold(text: str, chance: random.Random) -> str:
    """Bold around names of new units and stray words, with the escapes of Pandoc."""
    text = re.sub(r"^(\d+)\.", lambda n: n[0] if chance.random() < 0.2 else rf"{n[1]}\.", text,
                  flags=re.MULTILINE)  # fmt: skip
    text = re.sub(r"tên gọi là ([^.]+)\.", r"tên gọi là **\1**.", text)
    words = text.split(" ")
    for _ in range(len(words) // 60):
        place = chance.randrange(len(words))
        if words[place].isalpha():
            words[place] = f"*{words[place]}*" if chance.random() < 0.5 else f"**{words[place]}**"
    return " ".join(words)


def wrap(text: str, chance: random.Random) -> str:
    """Lines of any width, inside names too."""
    width = chance.randint(30, 100)
    paragraphs = []
    for paragraph in text.split("\n\n"):
        line, lines = "", []
        for word in paragraph.split(" "):
            if line and len(line) + len(word) + 1 > width and not re.match(r"\d+\\?\.", word):
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        paragraphs.append("\n".join([*lines, line]))
    return "\n\n".join(paragraphs)


def respell(text: str, chance: random.Random) -> str:
    """Some tones on the other vowel, some letters decomposed, odd spaces and apostrophes."""

    def sometimes(rate: float, old: str, new: str) -> str:
        return new if chance.random() < rate else old

    for one, other in _TONES.items():
        text = re.sub(rf"{one}\b", lambda found, other=other: sometimes(0.3, found[0], other), text)
    text = text.replace("'", chance.choice("'’‘´"))
    text = re.sub(" ", lambda _: sometimes(0.02, " ", "\u00a0"), text)
    words = text.split(" ")
    return " ".join(sometimes(0.02, word, unicodedata.normalize("NFD", word)) for word in words)


def table_head(text: str) -> str:
    """The head in a table, as Pandoc draws it."""
    rule = "  ----------------------- -----------------------------------------------\n"
    head, _, rest = text.partition("\n\nQUYẾT NGHỊ:")
    head = head.replace("\n\n", "    ")
    return f"{rule}   {head}\n{rule}\n** **\n\n**QUYẾT NGHỊ:**{rest}"
