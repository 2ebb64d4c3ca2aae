"""``registry history`` and ``registry show --at``: what a record was, and who changed it when."""

import json
from pathlib import Path

import git
import pytest

from builder.findings import RegistryError
from builder.history.log import read_history
from builder.history.repository import Repository
from builder.history.snapshot import snapshot_at
from builder.registry import Registry
from builder.store.cache import cache_dir
from tests.history.conftest import DOCUMENT_ID, MERGER_ID, TEXT, Clone
from tests.registries import DOCUMENT


def history(clone: Clone, record: str = DOCUMENT_ID, *options: str) -> list[dict]:
    result = clone.run("history", record, "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["states"]


def day(clone: Clone, number: int, text: str = "", **options: str) -> str:
    """The document takes effect on another day, committed."""
    clone.put(
        DOCUMENT_ID, DOCUMENT.replace("effective: 2025-07-02", f"effective: 2025-07-{number}")
    )
    return clone.commit(text or f"Ngày {number}", **options)


def test_each_commit_stands_with_its_day_author_subject_and_what_changed(clone: Clone) -> None:
    commit = day(clone, 10, author="Hoàng Thị Mẫu <mau@example.org>")
    newest, first = history(clone)
    assert newest["commit"] == commit
    assert newest["author"] == "Hoàng Thị Mẫu"
    assert newest["authored"] == "2025-07-10T09:00:00+07:00"
    assert newest["says"] == ["effective from 10/7/2025 instead of 02/7/2025"]
    assert (first["happened"], first["subject"]) == ("added", "Mở sổ")


def test_the_history_of_people_has_one_paragraph_a_commit(clone: Clone) -> None:
    commit = day(clone, 10)
    said = clone.run("history", DOCUMENT_ID).stdout
    assert f"2025-07-10 09:00  {commit[:10]}  Biên Tập: changed\n    “Ngày 10”\n" in said


def test_a_file_of_the_record_names_it_too(clone: Clone) -> None:
    assert history(clone, f"registry/{DOCUMENT_ID}.yaml") == history(clone)


def test_commits_on_other_records_are_left_out(clone: Clone) -> None:
    day(clone, 10)
    assert len(history(clone, MERGER_ID)) == 1


def test_a_text_belongs_to_the_history_of_its_record(clone: Clone) -> None:
    clone.put(f"registry/{DOCUMENT_ID}.txt", TEXT.replace("ký", "ban hành"))
    clone.commit()
    assert history(clone)[0]["says"] == ["provision Điều 2 changed"]


def test_formatting_is_said_to_be_such(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, "# ghi chú\n" + DOCUMENT)
    clone.commit()
    assert history(clone)[0]["happened"] == "formatted"


def test_authors_are_named_as_the_mailmap_maps_them(clone: Clone) -> None:
    day(clone, 10, author="hoang <h@old.example>")
    clone.put(".mailmap", "Hoàng Thị Mẫu <mau@example.org> <h@old.example>\n")
    assert history(clone)[0]["author"] == "Hoàng Thị Mẫu"


def test_a_deleted_record_keeps_its_history(clone: Clone) -> None:
    clone.path(DOCUMENT_ID).unlink()
    clone.commit()
    assert [state["happened"] for state in history(clone)] == ["deleted", "added"]


def test_a_change_on_a_branch_stands_with_its_author_and_its_merge(clone: Clone) -> None:
    clone.git.git.checkout("-q", "-b", "sua")
    written = day(clone, 10, author="Hoàng Thị Mẫu <mau@example.org>")
    clone.git.git.checkout("-q", "main")
    clone.change(MERGER_ID, "title: Sắp xếp thử", "title: Sắp xếp")
    clone.commit()
    merge = clone.merge("sua")
    newest, _ = history(clone)
    assert (newest["commit"], newest["landed_in"]) == (written, merge)
    assert newest["author"] == "Hoàng Thị Mẫu"
    assert newest["landed"] == "2025-07-20T09:00:00+07:00"
    assert len(history(clone, MERGER_ID)) == 2


def test_what_a_merge_left_out_made_nothing_of_the_record(clone: Clone) -> None:
    clone.git.git.checkout("-q", "-b", "sua")
    day(clone, 10)
    clone.git.git.checkout("-q", "main")
    clone.merge("sua", "2025-07-20T09:00:00+07:00", "-s", "ours")
    assert len(history(clone)) == 1


def test_a_merge_that_decided_a_conflict_counts_by_itself(clone: Clone) -> None:
    clone.git.git.checkout("-q", "-b", "sua")
    written = day(clone, 10)
    clone.git.git.checkout("-q", "main")
    day(clone, 11)
    with pytest.raises(git.GitCommandError):
        clone.merge("sua")
    merge = day(clone, 12, "Giải quyết")
    newest, branch, *_ = history(clone)
    assert (newest["commit"], branch["commit"]) == (merge, written)
    assert newest["says"] == ["effective from 12/7/2025 instead of 10/7/2025"]


def test_the_next_run_reads_only_what_is_new(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(clone.root)
    first = read_history(repository)
    day(clone, 10)
    asked: list[tuple[str, ...]] = []
    process = Repository.process

    def listening(self: Repository, *arguments: str, feed: bool = False):
        asked.append(arguments)
        return process(self, *arguments, feed=feed)

    monkeypatch.setattr(Repository, "process", listening)
    again = read_history(repository)
    assert again.commits[:-1] == first.commits
    assert f"^{first.tip}" in asked[0]
    read_history(repository)
    assert len(asked) == 1


def test_a_history_that_was_rewritten_is_not_mixed_with_the_old_one(clone: Clone) -> None:
    day(clone, 10)
    history(clone)
    clone.git.git.reset("-q", "--hard", "HEAD~1")
    day(clone, 11)
    assert [state["subject"] for state in history(clone)] == ["Ngày 11", "Mở sổ"]
    assert history(clone) == history(clone, DOCUMENT_ID, "--no-cache")


@pytest.mark.parametrize("garbage", [b"", b"\x00\xff", b"abc\n{}", None], ids=str)
def test_a_damaged_cache_is_read_over(clone: Clone, garbage: bytes | None) -> None:
    before = history(clone)
    path = cache_dir(clone.root) / "history.json"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] if garbage is None else garbage)
    assert history(clone) == before


def test_an_unknown_record_is_answered_with_the_nearest(clone: Clone) -> None:
    result = clone.run("history", "documents/vi-du/an-binh/ke-hoach")
    assert result.exit_code == 2
    assert f"did you mean {DOCUMENT_ID}" in result.output


def test_a_subject_with_control_characters_does_not_reach_the_terminal(clone: Clone) -> None:
    day(clone, 10, "\x1b[31mđỏ\x07")
    said = clone.run("history", DOCUMENT_ID).stdout
    assert "\x1b" not in said
    assert "đỏ" in said


def test_a_shallow_clone_is_said_to_be_one(clone: Clone, tmp_path: Path) -> None:
    day(clone, 10)
    shallow = tmp_path / "can"
    git.Repo.clone_from(f"file://{clone.root}", shallow, depth=1)
    with pytest.raises(RegistryError, match="this clone is shallow") as error:
        read_history(Repository(shallow))
    assert "git fetch --unshallow" in error.value.hint


# States of old


def test_a_record_is_shown_as_it_was_at_a_commit(clone: Clone) -> None:
    before = clone.git.head.commit.hexsha
    day(clone, 10)
    assert clone.run("show", DOCUMENT_ID, "--at", before).stdout == DOCUMENT
    assert "effective: 2025-07-10" in clone.run("show", DOCUMENT_ID).stdout


@pytest.mark.parametrize(
    ("on", "effective"), [("2025-07-09", "2025-07-02"), ("2025-07-10", "2025-07-10")]
)
def test_a_record_is_shown_as_the_registry_had_it_by_the_end_of_a_day(
    clone: Clone, on: str, effective: str
) -> None:
    day(clone, 10, date="2025-07-10T23:30:00+07:00")
    shown = json.loads(clone.run("show", DOCUMENT_ID, "--at", on, "--json").stdout)
    assert shown["fields"]["dates"]["effective"] == effective


def test_a_change_on_a_branch_counts_from_its_merge(clone: Clone) -> None:
    clone.git.git.checkout("-q", "-b", "sua")
    day(clone, 10, date="2025-07-10T09:00:00+07:00")
    clone.git.git.checkout("-q", "main")
    clone.merge("sua", "2025-07-20T09:00:00+07:00")
    assert "effective: 2025-07-02" in clone.run("show", DOCUMENT_ID, "--at", "2025-07-15").stdout
    assert "effective: 2025-07-10" in clone.run("show", DOCUMENT_ID, "--at", "2025-07-20").stdout


def test_before_the_first_commit_there_was_no_registry(clone: Clone) -> None:
    result = clone.run("show", DOCUMENT_ID, "--at", "2025-06-30")
    assert "the registry had no commit by 2025-06-30" in str(result.exception)


def test_a_day_that_is_none_is_refused(clone: Clone) -> None:
    result = clone.run("show", DOCUMENT_ID, "--at", "2025-02-30")
    assert "'2025-02-30' is no day" in str(result.exception)


@pytest.mark.parametrize("command", ["show", "history"])
def test_a_day_in_the_form_of_documents_is_that_day(clone: Clone, command: str) -> None:
    result = clone.run(command, DOCUMENT_ID, "--at", "1/8/2025")
    assert result.output == clone.run(command, DOCUMENT_ID, "--at", "2025-08-01").output
    assert "is no day" in str(clone.run(command, DOCUMENT_ID, "--at", "31/6/2025").exception)


def test_the_history_ends_where_the_day_asked_for_does(clone: Clone) -> None:
    day(clone, 10, date="2025-07-10T09:00:00+07:00")
    day(clone, 11, date="2025-07-20T09:00:00+07:00")
    shown = json.loads(clone.run("history", DOCUMENT_ID, "--at", "2025-07-15", "--json").stdout)
    assert len(shown["states"]) == 2


def registry_at(clone: Clone, revision: str) -> Registry:
    repository = Repository(clone.root)
    return snapshot_at(repository, repository.commit_at(revision)).registry


def test_the_whole_registry_of_a_revision_is_linked_as_today(clone: Clone) -> None:
    clone.path(MERGER_ID).unlink()
    clone.commit()
    then = registry_at(clone, "HEAD~1")
    assert then.findings == ()
    assert [event.merger_id for event in then.events_into["99001@2025-07-01"]] == [MERGER_ID]
    assert registry_at(clone, "HEAD").events_into == {}


def test_a_record_that_todays_schema_refuses_is_a_finding_and_the_rest_stands(
    clone: Clone,
) -> None:
    clone.change(DOCUMENT_ID, "title: Kế hoạch thử", "ten: Kế hoạch thử")
    clone.commit()
    then = registry_at(clone, "HEAD")
    assert {finding.path for finding in then.findings} == {f"registry/{DOCUMENT_ID}.yaml"}
    assert MERGER_ID in then.entries


def test_a_link_in_an_old_tree_is_refused_and_not_followed(clone: Clone) -> None:
    path = clone.path(DOCUMENT_ID)
    path.unlink()
    path.symlink_to("/etc/hostname")
    clone.commit()
    then = registry_at(clone, "HEAD")
    assert DOCUMENT_ID not in then.entries
    assert "a link, not a file" in {finding.message for finding in then.findings}


def test_a_replaced_object_does_not_show_another_history(clone: Clone) -> None:
    first = clone.git.head.commit.hexsha
    second = day(clone, 10)
    clone.git.git.replace(first, second)
    assert clone.run("show", DOCUMENT_ID, "--at", first).stdout == DOCUMENT
