"""``registry diff``: what changed in the language of the field, and what follows from it."""

import json
from pathlib import Path

import pytest

from tests.history.conftest import DOCUMENT_ID, MERGER_ID, RESOLUTION, TEXT, Clone
from tests.registries import BODY, DOCUMENT, HEAD, write

REQUIREMENT_ID = "requirements/vi-du/ke-hoach"
REQUIREMENT = (
    HEAD + 'title: Kế hoạch phải có\ndocument_type: KH\nunits: ["99001@2025-07-01"]\n'
)  # fmt: skip


def text(clone: Clone, *arguments: str) -> str:
    result = clone.run("diff", *(arguments or ("HEAD",)), "--on", "2026-01-01")
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_share_that_changed_is_said_with_the_names_of_target_and_source(clone: Clone) -> None:
    clone.change(MERGER_ID, "area: rest, population: rest", "area: part, population: part")
    assert "    An Bình: source Bình Minh changed from rest to part\n" in text(clone)


def test_area_and_population_that_changed_differently_are_said_apart(clone: Clone) -> None:
    clone.change(MERGER_ID, "area: rest", "area: part")
    assert "An Bình: source Bình Minh: area changed from rest to part" in text(clone)
    assert "population" not in text(clone)


def test_a_date_is_said_in_the_vietnamese_way_with_the_old_one_after(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "effective: 2025-07-02", "effective: 2025-07-10")
    assert "effective from 10/7/2025 instead of 02/7/2025" in text(clone)


def test_a_changed_text_is_said_by_its_provisions(clone: Clone) -> None:
    clone.put(f"registry/{DOCUMENT_ID}.txt", TEXT.replace("Từ ngày ký", "Từ ngày 01/8/2025"))
    assert "    provision Điều 2 changed\n" in text(clone)


def test_a_reference_is_said_by_the_name_of_its_target(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "stage: adopted", "stage: adopted\nterritory: ['99001@2025-07-01']")
    assert "territory Xã An Bình added" in text(clone)


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda yaml: "# ghi chú của biên tập\n" + yaml,
        lambda yaml: "\n".join(reversed(yaml.strip().splitlines())) + "\n",
        lambda yaml: yaml.replace("type: KH", 'type: "KH"'),
        lambda yaml: yaml + "summary: null\nrelations: []\n",
        lambda yaml: yaml.replace("\n", "\r\n"),
    ],
    ids=["comment", "order of keys", "quotes", "defaults written out", "line ends"],
)
def test_a_file_that_says_the_same_is_formatting_only(clone: Clone, rewrite) -> None:
    clone.path(DOCUMENT_ID).write_bytes(rewrite(DOCUMENT).encode())
    assert f"= {DOCUMENT_ID}" in text(clone)
    assert text(clone).rstrip().endswith("1 formatting only")


def test_a_text_with_other_line_ends_or_normal_form_has_not_changed(clone: Clone) -> None:
    import unicodedata

    rewritten = unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n")
    (clone.root / f"registry/{DOCUMENT_ID}.txt").write_bytes(rewritten.encode())
    assert f"= {DOCUMENT_ID}" in text(clone)


def test_nothing_follows_from_a_new_name_alone(clone: Clone) -> None:
    clone.put(REQUIREMENT_ID, REQUIREMENT)
    clone.commit()
    for known in (DOCUMENT_ID, REQUIREMENT_ID):
        clone.path(known).rename(clone.path(f"{known}-moi"))
    clone.path(DOCUMENT_ID).with_suffix(".txt").rename(
        clone.path(f"{DOCUMENT_ID}-moi").with_suffix(".txt")
    )
    shown = json.loads(clone.run("diff", "HEAD", "--on", "2026-01-01", "--json").stdout)
    assert [one["status"] for one in shown["records"]] == ["renamed", "renamed"]
    follows = shown["consequences"]
    assert follows["completeness"] == follows["applicability"] == []


def test_a_renamed_file_is_recognised_with_what_changed_in_it(clone: Clone) -> None:
    new = "documents/vi-du/an-binh/ke-hoach-moi"
    clone.path(DOCUMENT_ID).rename(clone.path(new))
    clone.change(new, "title: Kế hoạch thử", "title: Kế hoạch mới")
    said = text(clone)
    assert f"> {DOCUMENT_ID} → {new}" in said
    assert "title changed from “Kế hoạch thử” to “Kế hoạch mới”" in said
    assert "added" not in said.splitlines()[-1]


def test_new_and_deleted_records_are_named_by_number(clone: Clone) -> None:
    clone.path(DOCUMENT_ID).unlink()
    clone.put("requirements/vi-du/ke-hoach", REQUIREMENT)
    said = text(clone)
    assert f"- {DOCUMENT_ID}  Kế hoạch 01/KH-UBND" in said
    assert f"+ {REQUIREMENT_ID}  Kế hoạch phải có" in said


def test_a_unit_with_another_document_applying_is_named(clone: Clone) -> None:
    clone.change(
        DOCUMENT_ID, "effective: 2025-07-02}", "effective: 2025-07-02, expires: 2025-08-01}"
    )
    said = text(clone)
    assert "What applies (on 2026-01-01):" in said
    assert "Xã An Bình: Kế hoạch 01/KH-UBND is now expired instead of in force" in said


RULE = (
    HEAD + "title: Quy tắc thử\nsays: Tiếp tục áp dụng.\neffect: continues\ncases: [merged]\n"
    "confirmed: false\n"
)  # fmt: skip
FORMER_BODY = "bodies/vi-du/cu/hdnd"
FORMER_PAPER = "documents/vi-du/cu/quyet-dinh"


def test_a_rule_that_was_confirmed_is_told_at_each_unit_where_it_lets_documents_go_on(
    clone: Clone,
) -> None:
    former = BODY.replace("99001@2025-07-01", "99001@")
    clone.put(FORMER_BODY, former)
    paper = DOCUMENT.replace("bodies/vi-du/an-binh/ubnd", FORMER_BODY).replace("2025-07", "2024-07")
    clone.put(FORMER_PAPER, paper)
    clone.put("rules/thu", RULE)
    clone.commit()
    clone.change("rules/thu", "confirmed: false", "confirmed: true\nconfirmation: Dữ liệu thử")
    said = text(clone)
    assert "Xã An Bình: Kế hoạch 01/KH-UBND is now in force" in said
    assert "instead of unknown" in said


def test_a_meeting_that_turned_out_to_be_a_trial_is_told_where_its_documents_apply(
    clone: Clone,
) -> None:
    clone.put("meetings/vi-du/hop", HEAD + "title: Họp\nform: session\nmode: official\n")
    adopted = "relations: [{type: adopted_at, target: meetings/vi-du/hop}]\n"
    clone.put("documents/vi-du/an-binh/qua-hop", DOCUMENT.replace("01/KH", "02/KH") + adopted)
    clone.commit()
    clone.change("meetings/vi-du/hop", "mode: official", "mode: trial")
    assert "02/KH-UBND is now trial instead of in force" in text(clone)


def test_a_requirement_that_became_met_is_named(clone: Clone) -> None:
    clone.put(REQUIREMENT_ID, REQUIREMENT)
    clone.commit()
    clone.change(
        DOCUMENT_ID, "stage: adopted",
        f"stage: adopted\nrelations: [{{type: fulfils, target: {REQUIREMENT_ID}}}]",
    )  # fmt: skip
    assert "Xã An Bình: “Kế hoạch phải có” is now present instead of unknown" in text(clone)


def test_a_link_that_breaks_is_named_with_its_place(clone: Clone) -> None:
    clone.path("bodies/vi-du/an-binh/ubnd").unlink()
    assert f"{DOCUMENT_ID}: issuer points at bodies/vi-du/an-binh/ubnd, which is not there" in text(
        clone
    )


def test_two_revisions_are_compared_without_the_working_tree(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "effective: 2025-07-02", "effective: 2025-07-10")
    clone.commit()
    clone.change(DOCUMENT_ID, "title: Kế hoạch thử", "title: Khác")
    assert "effective from" in text(clone, "HEAD~1", "HEAD")
    assert "Khác" not in text(clone, "HEAD~1", "HEAD")


def test_three_dots_leave_out_what_the_base_gained_meanwhile(clone: Clone) -> None:
    clone.git.git.checkout("-q", "-b", "sua")
    clone.change(DOCUMENT_ID, "effective: 2025-07-02", "effective: 2025-07-10")
    clone.commit()
    clone.git.git.checkout("-q", "main")
    clone.change(MERGER_ID, "title: Sắp xếp thử", "title: Sắp xếp khác")
    clone.commit()
    assert "Sắp xếp khác" not in text(clone, "main...sua")
    assert "effective from 10/7/2025" in text(clone, "main...sua")


def test_a_record_of_an_older_schema_is_compared_by_its_fields(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "title: Kế hoạch thử", "title: Kế hoạch thử\nten_cu: Cũ")
    clone.commit()
    clone.change(DOCUMENT_ID, "ten_cu: Cũ\n", "")
    assert "ten cu Cũ removed" in text(clone)


def test_json_gives_places_and_values_for_programs(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "effective: 2025-07-02", "effective: 2025-07-10")
    found = json.loads(text(clone, "HEAD", "--format", "json"))
    assert found["base"] == clone.git.head.commit.hexsha
    [record] = found["records"]
    assert record["status"] == "changed"
    assert record["fields"] == [
        {"kind": "changed", "at": ["dates", "effective"], "old": "2025-07-02", "new": "2025-07-10"}
    ]


def test_markdown_lets_no_markup_or_mention_of_a_record_through(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "title: Kế hoạch thử", 'title: "<img src=x> @ai [a](http://b) #1"')
    said = text(clone, "HEAD", "--format", "markdown")
    for markup in ("<img", "@ai", "[a]", "#1"):
        assert markup not in said
    assert "### Changed" in said


def test_a_terminal_gets_no_control_characters(clone: Clone) -> None:
    clone.put("requirements/vi-du/ke-hoach", REQUIREMENT.replace("Kế hoạch phải", '"a\\eb'))
    clone.path("requirements/vi-du/ke-hoach").write_text("title: \x1b[31m\n", encoding="utf-8")
    assert "\x1b" not in text(clone)


@pytest.mark.parametrize(
    "revision", ["nowhere", "--output=x", "-n1", "HEAD~99", "", "a\nb", "HEAD^{tree}"]
)
def test_what_is_no_revision_is_one_clean_line_and_never_an_option(
    clone: Clone, revision: str
) -> None:
    result = clone.run("diff", "--", revision)
    assert result.exit_code != 0
    assert "there is no revision" in str(result.exception)
    assert not (clone.root / "x").exists()


def test_a_folder_without_git_is_said_to_be_such(tmp_path: Path) -> None:
    from builder.findings import RegistryError
    from builder.history.repository import Repository

    with pytest.raises(RegistryError, match="is in no git repository"):
        Repository(write(tmp_path))


def test_a_registry_in_a_subfolder_of_its_repository_is_found(tmp_path: Path) -> None:
    outer = Clone(tmp_path)
    inner = write(tmp_path / "tinh")
    outer.commit()
    clone = Clone.__new__(Clone)
    clone.root = inner
    clone.change(DOCUMENT_ID, "effective: 2025-07-02", "effective: 2025-07-10")
    assert "effective from 10/7/2025" in text(clone)
    assert RESOLUTION not in text(clone)
