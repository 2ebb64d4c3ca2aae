"""The list of a tree in git is read by the same rules as the folder."""

from pathlib import Path

from builder.store.files import find_records, records_among

NAMES = (
    "documents/a/mot.yaml", "documents/a/mot.txt", "documents/a/mot.2026-01-01.txt",
    "documents/a/mot.2026-13-01.txt", "documents/a/Hai.yaml", "documents/a/README.md",
    "documents/a/.an.yaml", "documents/.git/ba.yaml", "documents/A/bon.yaml", "nam.yaml",
    "documents/a/khong-ban-ghi.txt", "documents/a/anh.png", "README.md",
    "documents/" + "a/" * 9 + "sau.yaml", "documents/" + "a/" * 10 + "bay.yaml",
)  # fmt: skip


def test_a_tree_gives_the_same_records_and_refuses_the_same_files(tmp_path: Path) -> None:
    for name in NAMES:
        path = tmp_path / "registry" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    files, _ = find_records(tmp_path)
    listed, refused = records_among(f"registry/{name}" for name in NAMES)
    assert listed == files
    assert [file.id for file in listed] == ["documents/" + "a/" * 9 + "sau", "documents/a/mot"]
    assert {finding.path.removeprefix("registry/") for finding in refused} == {
        "documents/a/mot.2026-13-01.txt", "documents/a/Hai.yaml", "documents/A/bon.yaml",
        "nam.yaml", "documents/a/khong-ban-ghi.txt", "documents/a/anh.png",
        "documents/" + "a/" * 10 + "bay.yaml",
    }  # fmt: skip
