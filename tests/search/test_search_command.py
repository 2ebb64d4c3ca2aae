"""``registry search``: what the command line finds, and how it keeps its index."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import builder.registry
from builder.cli import app
from builder.store.cache import cache_dir
from tests import registries


def run(root: Path, *arguments: str):
    return CliRunner().invoke(app, ["--root", str(root), "search", *arguments])


def found(root: Path, *arguments: str) -> list[dict[str, Any]]:
    result = run(root, *arguments, "--json")
    assert result.exit_code == 0, result.output
    results: list[dict[str, Any]] = json.loads(result.stdout)["results"]
    return results


def ids(root: Path, *arguments: str) -> list[str]:
    return [each["id"] for each in found(root, *arguments)]


def change(root: Path, record_id: str, old: str, new: str) -> None:
    path = root / "registry" / f"{record_id}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("1672", "resolutions/trung-uong/2025/1672-nq-ubtvqh15"),
        ("1672/nq-ubtvqh15", "resolutions/trung-uong/2025/1672-nq-ubtvqh15"),
        ("nghị quyết số 1672", "resolutions/trung-uong/2025/1672-nq-ubtvqh15"),
        ("245 kh tu", "documents/lang-son/tinh/2025/245-kh-tu"),
        ("245-KH/TU", "documents/lang-son/tinh/2025/245-kh-tu"),
        ("2418-QD/TU", "documents/lang-son/tinh/2025/2418-qd-tu"),
        ("02418 qđ tu", "documents/lang-son/tinh/2025/2418-qd-tu"),
    ],
)
def test_a_number_in_any_spelling_finds_its_record_first(
    root: Path, query: str, first: str
) -> None:
    assert ids(root, query)[0] == first


def test_marks_and_case_make_no_difference(root: Path) -> None:
    plain = ids(root, "dinh lap", "--limit", "0")
    assert plain[0] == "units/lang-son/06613@2025-07-01"
    assert plain == ids(root, "Đình Lập", "--limit", "0") == ids(root, "DINH LAP", "--limit", "0")


def test_a_former_name_leads_to_the_former_unit_and_to_both_that_followed(root: Path) -> None:
    former, *following = found(root, "bính xá", "--kind", "units")[:3]
    assert former["id"] == "units/lang-son/06622@"
    assert "nay thuộc xã Đình Lập (một phần), xã Kiên Mộc (phần còn lại)" in former["note"]
    assert [each["title"] for each in following] == ["Xã Đình Lập", "Xã Kiên Mộc"]


def test_a_former_name_finds_what_concerns_the_successors(root: Path) -> None:
    everything = ids(root, "bính xá", "--limit", "0")
    assert "meetings/lang-son/dinh-lap/van-hanh-thu" in everything
    assert "meetings/lang-son/kien-moc/van-hanh-thu" in everything


def test_the_regulation_of_dong_kinh_is_found_within_the_party_block(root: Path) -> None:
    first = found(root, "quy chế ủy ban kiểm tra", "--block", "party")[0]
    assert first["id"] == "regulations/lang-son/dong-kinh/quy-che-lam-viec-uy-ban-kiem-tra"
    assert first["stage"] == "trial"
    assert first["units"] == [{"id": "05977@2025-07-01", "name": "Phường Đông Kinh"}]


def test_an_abbreviation_and_its_full_form_find_each_other(with_texts: Path) -> None:
    wanted = "regulations/vi-du/an-binh/ve-sinh"
    assert wanted in ids(with_texts, "HĐND giám sát")
    assert wanted in ids(with_texts, "hội đồng nhân dân giám sát")


def test_texts_are_searched_unless_they_are_left_out(with_texts: Path) -> None:
    hit = found(with_texts, "rác thải")[0]
    assert hit["id"] == "regulations/vi-du/an-binh/ve-sinh"
    assert hit["in_text"] is True
    assert found(with_texts, "rác thải", "--no-text") == []


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--kind", "regulations"), ("--type", "QyĐ"), ("--type", "quy định"),
        ("--block", "government"), ("--unit", "an binh"), ("--unit", "99001"),
        ("--unit", "99001@2025-07-01"), ("--year", "2025"), ("--stage", "trial"),
    ],
)  # fmt: skip
def test_every_facet_narrows_the_answers(with_texts: Path, option: str, value: str) -> None:
    assert ids(with_texts, "vệ sinh", option, value) == ["regulations/vi-du/an-binh/ve-sinh"]


@pytest.mark.parametrize(
    ("option", "value"), [("--kind", "units"), ("--type", "KH"), ("--unit", "kiên mộc"),
                          ("--year", "2024"), ("--stage", "adopted")]
)  # fmt: skip
def test_what_a_facet_excludes_is_not_found(with_texts: Path, option: str, value: str) -> None:
    assert ids(with_texts, "vệ sinh", option, value) == []


def test_an_unknown_block_is_wrong_usage_and_the_known_ones_are_named(with_texts: Path) -> None:
    result = run(with_texts, "x", "--block", "army")
    assert result.exit_code == 2
    assert "party, government, front" in result.stderr


def test_results_for_people_show_title_number_and_stage(with_texts: Path) -> None:
    result = run(with_texts, "05 qđ ubnd")
    assert result.exit_code == 0
    assert "Quy định 05/QĐ-UBND" in result.stdout
    assert "[Vận hành thử]" in result.stdout
    assert "1 found" in result.stderr


def test_nothing_found_is_no_error(with_texts: Path) -> None:
    result = run(with_texts, "khongcogi")
    assert (result.exit_code, result.stdout) == (0, "")


# Marks


def test_what_has_the_marks_that_were_typed_comes_before_all_else(root: Path) -> None:
    answers = found(root, "bính xá", "--limit", "0")
    same = [each["same_marks"] for each in answers]
    assert same == sorted(same, reverse=True)
    assert {each["id"]: each["same_marks"] for each in answers}[
        "units/lang-son/06112@2025-07-01"
    ] is (False), "Xã Bình Gia"


def test_answers_with_other_marks_stand_below_a_heading(root: Path) -> None:
    lines = run(root, "bính xá", "--limit", "0", "--kind", "units").stdout.splitlines()
    below = lines.index("Other marks:")
    assert any("Xã Kiên Mộc" in line for line in lines[:below])
    assert any("Xã Bình Gia" in line for line in lines[below:])


# A day


@pytest.mark.parametrize(
    ("day", "state"), [("2025-06-15", "not_yet"), ("2025-06-16", "in_force"), (None, "in_force")]
)
def test_each_document_has_its_state_on_the_day(root: Path, day: str | None, state: str) -> None:
    arguments = ["--on", day] if day else []
    assert found(root, "1672", *arguments)[0]["state"] == state


def test_only_what_is_in_a_state_on_the_day_can_be_asked_for(root: Path) -> None:
    wanted = "resolutions/trung-uong/2025/1672-nq-ubtvqh15"
    for state in ("in_force", "Còn hiệu lực"):
        after = found(root, "sắp xếp", "--on", "2025-06-16", "--state", state)
        assert wanted in [each["id"] for each in after]
        assert {each["state"] for each in after} == {"in_force"}
    assert wanted not in ids(root, "sắp xếp", "--on", "2025-06-15", "--state", "in_force")


def test_a_state_that_is_none_and_a_day_that_is_none_are_wrong_usage(root: Path) -> None:
    assert run(root, "x", "--state", "alive").exit_code == 2
    assert run(root, "x", "--on", "2025-02-30").exit_code == 2


# The index


def test_a_changed_record_is_found_by_its_new_words_and_no_longer_by_the_old(
    with_texts: Path,
) -> None:
    assert ids(with_texts, "kế hoạch thử") == ["documents/vi-du/an-binh/ke-hoach-thu"]
    change(with_texts, "documents/vi-du/an-binh/ke-hoach-thu", "Kế hoạch thử", "Kế hoạch trồng cây")
    assert ids(with_texts, "trồng cây") == ["documents/vi-du/an-binh/ke-hoach-thu"]
    assert ids(with_texts, "kế hoạch thử") == []


def test_a_renamed_unit_is_found_in_all_that_concerns_it(with_texts: Path) -> None:
    assert ids(with_texts, "hòa thịnh") == []
    change(
        with_texts, "units/vi-du", 'name: An Bình, parent: "99"', 'name: Hòa Thịnh, parent: "99"'
    )
    assert "documents/vi-du/an-binh/ke-hoach-thu" in ids(with_texts, "hoa thinh")


def test_a_deleted_record_is_not_found_any_more(with_texts: Path) -> None:
    assert ids(with_texts, "kế hoạch thử")
    (with_texts / "registry/documents/vi-du/an-binh/ke-hoach-thu.yaml").unlink()
    assert ids(with_texts, "kế hoạch thử") == []


def test_records_are_not_read_again_when_nothing_has_changed(
    with_texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ids(with_texts, "an bình")

    def refuse(_: Path) -> None:
        raise AssertionError("records were read again")

    monkeypatch.setattr(builder.registry, "load", refuse)
    assert ids(with_texts, "an bình") == before


@pytest.mark.parametrize("how", ["emptied", "garbage", "missing segment", "old version"])
def test_a_broken_index_is_made_anew_without_a_word(with_texts: Path, how: str) -> None:
    before = ids(with_texts, "an bình")
    folder = cache_dir(with_texts) / "whoosh"
    for path in folder.iterdir():
        if how == "emptied":
            path.write_bytes(b"")
        elif how == "garbage" and path.suffix in (".seg", ".toc"):
            path.write_bytes(b"\x80garbage")
        elif how == "missing segment" and path.suffix == ".seg":
            path.unlink()
        elif how == "old version" and path.name == "stamp":
            path.write_text("0 0")
    result = run(with_texts, "an bình", "--json")
    assert result.exit_code == 0
    assert [each["id"] for each in json.loads(result.stdout)["results"]] == before
    assert result.stderr == ""


def test_a_cache_that_cannot_be_written_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = registries.write(tmp_path / "r")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("REGISTRY_CACHE", str(tmp_path / "file"))
    with pytest.raises(
        builder.registry.load.__globals__["RegistryError"], match="cannot be written"
    ):
        CliRunner().invoke(app, ["--root", str(root), "search", "x"], catch_exceptions=False)


def test_where_nothing_is_found_queries_spelt_nearly_so_that_find_something_are_named(
    root: Path,
) -> None:
    assert "did you mean dong kinh" in run(root, "đông kihn").stderr
    assert json.loads(run(root, "đông kihn", "--json").stdout)["near"][0] == "dong kinh"
    assert "did you mean" not in run(root, "đông kinh").stderr
    assert "quy che" in json.loads(run(root, "qy chế", "--json").stdout)["near"]
    for nothing_is_near in ("zzzzqqq", "9876543"):
        assert "did you mean" not in run(root, nothing_is_near).stderr
