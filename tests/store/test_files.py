"""The files of a registry: what belongs there, and what a hostile tree may try."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.store import files
from builder.store.files import MAX_PATH_DEPTH, find_records, read_bytes, write_atomically

HOME = "documents/vi-du"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A registry of one record with two texts."""
    folder = tmp_path / "registry" / HOME
    folder.mkdir(parents=True)
    for name in ("ke-hoach.yaml", "ke-hoach.txt", "ke-hoach.2026-01-01.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    return tmp_path


def complaints(root: Path) -> list[tuple[str, str]]:
    return [(finding.path, finding.message) for finding in find_records(root)[1]]


def test_a_record_is_named_by_its_path_and_knows_its_texts_in_order_of_date(tree: Path) -> None:
    found, findings = find_records(tree)
    assert findings == []
    assert [(file.id, file.texts) for file in found] == [
        (
            f"{HOME}/ke-hoach",
            (
                ("", f"registry/{HOME}/ke-hoach.txt"),
                ("2026-01-01", f"registry/{HOME}/ke-hoach.2026-01-01.txt"),
            ),
        )
    ]


def test_records_come_in_order_of_id_whatever_the_order_on_disk(tree: Path) -> None:
    for name in ("b", "a-1", "a", "c"):
        (tree / "registry" / HOME / f"{name}.yaml").touch()
    ids = [file.id.rpartition("/")[2] for file in find_records(tree)[0]]
    assert ids == ["a", "a-1", "b", "c", "ke-hoach"]


@pytest.mark.parametrize(
    "name",
    [
        "Ke-hoach.yaml", "kế-hoạch.yaml", "ke_hoach.yaml", "ke--hoach.yaml", "-x.yaml", "x-.yaml",
        "ke hoach.yaml", "x.yml", "x.yaml.bak", "x.YAML", "x.2026-1-1.txt", "x.2026-02-30.txt",
        "x.md", "x", "x.yaml\n", "x\x1b[31m.yaml", "KE-HOACH.yaml",
    ],
)  # fmt: skip
def test_a_name_that_is_no_records_is_reported_on_one_printable_line(tree: Path, name: str) -> None:
    (tree / "registry" / HOME / name).touch()
    found, findings = find_records(tree)
    assert [file.id for file in found] == [f"{HOME}/ke-hoach"]
    assert ["not that of a record" in finding.message for finding in findings] == [True]
    assert findings[0].path.isprintable()


def test_names_that_differ_only_in_case_never_both_count(tree: Path) -> None:
    (tree / "registry" / HOME / "Ke-Hoach.yaml").touch()
    (tree / "registry" / "documents" / "VI-DU").mkdir()
    assert [path for path, _ in complaints(tree)] == [
        "registry/documents/VI-DU", f"registry/{HOME}/Ke-Hoach.yaml",
    ]  # fmt: skip


def test_a_name_in_no_known_encoding_breaks_no_report(tree: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tree) + b"/registry/documents/vi-du/\xff.yaml"))).touch()
    result = CliRunner().invoke(app, ["--root", str(tree), "check", "--format", "json"])
    paths = [finding["path"] for finding in json.loads(result.stdout)["findings"]]
    assert "registry/documents/vi-du/\\udcff.yaml" in paths


def test_a_text_without_its_record_is_reported(tree: Path) -> None:
    (tree / "registry" / HOME / "khac.txt").touch()
    assert complaints(tree) == [
        (f"registry/{HOME}/khac.txt", "a text without its record khac.yaml")
    ]


def test_links_are_never_followed(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_text("password: x", encoding="utf-8")
    folder = tree / "registry" / HOME
    (folder / "file.yaml").symlink_to(outside / "secret.yaml")
    (folder / "folder").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    (folder / "broken.yaml").symlink_to(folder / "nowhere")
    (tree / "registry" / "meetings").symlink_to(outside)
    assert [file.id for file in find_records(tree)[0]] == [f"{HOME}/ke-hoach"]
    assert [message for _, message in complaints(tree)] == ["a link or device, not a file"] * 5


def test_a_file_that_turned_into_a_link_after_the_walk_is_not_read(tree: Path) -> None:
    path = f"registry/{HOME}/ke-hoach.yaml"
    (tree / path).unlink()
    (tree / path).symlink_to("/etc/passwd")
    with pytest.raises(OSError, match=r"symbolic|loop"):
        read_bytes(tree, path, 100)


def test_the_folder_of_records_is_no_link_either(tmp_path: Path) -> None:
    (tmp_path / "registry").symlink_to("/")
    assert complaints(tmp_path) == [("registry", "there is no folder registry/")]


def test_a_pipe_is_reported_and_does_not_hang(tree: Path) -> None:
    os.mkfifo(tree / "registry" / HOME / "pipe.yaml")
    assert complaints(tree) == [(f"registry/{HOME}/pipe.yaml", "a link or device, not a file")]


def test_folders_are_walked_to_a_bounded_depth(tree: Path) -> None:
    deep = tree / "registry" / "documents" / "/".join("a" * (MAX_PATH_DEPTH + 3))
    deep.mkdir(parents=True)
    (deep / "x.yaml").touch()
    assert [m for _, m in complaints(tree)] == [f"deeper than {MAX_PATH_DEPTH} folders"]


def test_more_files_than_a_registry_holds_end_the_walk(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILES", 20)
    for number in range(40):
        (tree / "registry" / HOME / f"x{number}.yaml").touch()
    assert [message for _, message in complaints(tree)].count("more than 20 files") == 1
    assert len(find_records(tree)[0]) <= 20


def test_of_a_huge_file_no_more_is_read_than_shows_that_it_is_too_large(tree: Path) -> None:
    path = tree / "registry" / HOME / "ke-hoach.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    assert len(read_bytes(tree, f"registry/{HOME}/ke-hoach.yaml", 1_000_000)) == 1_000_001
    result = CliRunner().invoke(app, ["--root", str(tree), "check"])
    assert result.exit_code == 1
    assert "the file is larger than 4,000,000 bytes" in result.stdout


def test_hidden_files_and_notes_for_readers_are_left_alone(tree: Path) -> None:
    for name in (".ke-hoach.yaml.swp", ".git", "README.md"):
        (tree / "registry" / HOME / name).touch()
    assert complaints(tree) == []


def test_writing_replaces_a_link_and_never_writes_through_it(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    (tmp_path / f".link.{os.getpid()}.tmp").symlink_to(target)
    write_atomically(link, b"new")
    assert target.read_bytes() == b"old"
    assert link.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "target"]


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_atomically(tmp_path / "folder", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
