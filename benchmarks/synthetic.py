"""A synthetic registry of the fictional tỉnh Ví Dụ: any size, the same for one seed.

Nothing of it is real, and it is never written into the tree.
"""

import random
from pathlib import Path

PROVINCE = "vi-du"
COMMUNES = 200
FORMER_PER_COMMUNE = 3
PER_FOLDER = 100
_SYLLABLES = (
    "An Bình Cẩm Đông Gia Hà Hòa Khánh Lộc Minh Nam Phú Quang Sơn Tân Thịnh Vĩnh Xuân Yên Thượng"
).split()
_SUBJECTS = (
    "quản lý chợ nông thôn", "thu gom rác thải sinh hoạt", "hỗ trợ hộ nghèo", "phòng cháy rừng",
    "tiếp công dân", "văn thư, lưu trữ", "phát triển du lịch cộng đồng", "nước sạch nông thôn",
    "chuyển đổi số", "cải cách thủ tục hành chính", "đầu tư công", "giao thông nội đồng",
)  # fmt: skip
_WORDS = (
    "cơ quan đơn vị tổ chức cá nhân thực hiện quy định kế hoạch nhiệm vụ trách nhiệm phối hợp "
    "kiểm tra giám sát báo cáo kết quả ngân sách địa bàn nhân dân đại biểu đường đất đai định kỳ"
).split()
_HEAD = """\
access: public
sources:
  - kind: dataset
    title: Dữ liệu giả lập
    supports: [tất cả]
verified: false
as_of: 2025-12-31
"""


def write(root: Path, records: int, seed: int = 20250701) -> None:
    """Writes ``records`` instruments with about 3 KB of text each, and units, merger, bodies."""
    rng = random.Random(seed)
    names = _names(rng, COMMUNES * (FORMER_PER_COMMUNE + 1))
    _write_units(root, names)
    _write_bodies(root)
    for index in range(records):
        _write_instrument(root, index, rng)


def _names(rng: random.Random, count: int) -> list[str]:
    pairs = [f"{a} {b}" for a in _SYLLABLES for b in _SYLLABLES]
    triples = [f"{pair} {c}" for pair in pairs for c in _SYLLABLES[:5]]
    return rng.sample(pairs + triples, count)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_units(root: Path, names: list[str]) -> None:
    rows = ['  - {code: "99", type: tỉnh, name: Ví Dụ}']
    rows += [
        f'  - {{code: "9{d:02}", type: huyện, name: Huyện {d}, parent: "99", valid_to: 2025-06-30}}'
        for d in range(10)
    ]
    events = []
    for commune in range(COMMUNES):
        sources = []
        for part in range(FORMER_PER_COMMUNE):
            number = commune * FORMER_PER_COMMUNE + part
            code = 90000 + number
            name = names[COMMUNES + number]
            rows.append(
                f'  - {{code: "{code}", type: xã, name: {name}, parent: "9{commune % 10:02}", '
                "valid_to: 2025-06-30}"
            )
            sources.append(f'      - {{unit: "{code}@", area: whole, population: whole}}\n')
        code = 90000 + commune * FORMER_PER_COMMUNE
        rows.append(
            f'  - {{code: "{code}", type: xã, name: {names[commune]}, parent: "99", '
            "valid_from: 2025-07-01}"
        )
        events.append(
            f"  - clause: {commune + 1}\n    kind: merge\n    sources:\n{''.join(sources)}"
            f'    target: "{code}@2025-07-01"\n    digest: {commune:064x}\n'
        )
    _put(root / f"registry/units/{PROVINCE}.yaml",
         f"{_HEAD}province: Tỉnh Ví Dụ\nunits:\n" + "\n".join(rows) + "\n")  # fmt: skip
    _put(root / "registry/resolutions/trung-uong/2025/999-nq-vd.yaml",
         f"{_HEAD}title: Nghị quyết giả lập\ntype: NQ\nstage: adopted\n"
         "dates: {adopted: 2025-06-16, effective: 2025-06-16}\n")  # fmt: skip
    _put(root / "registry/mergers/2025/999-nq-vd.yaml",
         f"{_HEAD}title: Sắp xếp giả lập\nresolution: resolutions/trung-uong/2025/999-nq-vd\n"
         'province: "99@"\nadopted: 2025-06-16\noperational_from: 2025-07-01\n'
         "events:\n" + "".join(events))  # fmt: skip


def _write_bodies(root: Path) -> None:
    for commune in range(COMMUNES):
        code = 90000 + commune * FORMER_PER_COMMUNE
        for slug, name, block in (
            ("hdnd", "Hội đồng nhân dân", "government"),
            ("ubnd", "Ủy ban nhân dân", "government"),
        ):
            _put(root / f"registry/bodies/{PROVINCE}/xa-{commune:03}/{slug}.yaml",
                 f"{_HEAD}name: {name} xã {commune}\ntype: {slug}\nblock: {block}\n"
                 f'unit: "{code}@2025-07-01"\n')  # fmt: skip


def _write_instrument(root: Path, index: int, rng: random.Random) -> None:
    commune, number = index % COMMUNES, index // COMMUNES + 1
    folder = f"registry/documents/{PROVINCE}/xa-{commune:03}/{2025 + number // PER_FOLDER}"
    day = f"2025-{7 + rng.randrange(6):02}-{1 + rng.randrange(28):02}"
    subject = rng.choice(_SUBJECTS)
    earlier = f"documents/{PROVINCE}/xa-{commune:03}/2025/quyet-dinh-1"
    relations = f"relations:\n  - {{type: cites, target: {earlier}}}\n" if number > 1 else ""
    path = root / folder / f"quyet-dinh-{number}"
    _put(path.with_suffix(".yaml"),
         f"{_HEAD}title: Quyết định về {subject} (số {number})\ntype: QĐ\n"
         f"number: {number:02}/QĐ-UBND\nregime: administrative\n"
         f"issuer: bodies/{PROVINCE}/xa-{commune:03}/ubnd\nstage: adopted\n"
         f"dates:\n  signed: {day}\n  effective: {day}\n{relations}")  # fmt: skip
    _put(path.with_suffix(".txt"), _text(subject, rng))


def _text(subject: str, rng: random.Random) -> str:
    lines = [f"QUYẾT ĐỊNH\nVề {subject}\n"]
    for article in range(1, 7):
        lines.append(f"Điều {article}. {subject[0].upper()}{subject[1:]}")
        for clause in range(1, 4):
            words = " ".join(rng.choices(_WORDS, k=30))
            lines.append(f"{clause}. {words}.")
    return "\n".join(lines) + "\n"
