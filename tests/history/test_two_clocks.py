"""``registry applicable --on B --as-known-on A``: what the registry said on A about B."""

import json

from tests.history.conftest import DOCUMENT_ID, Clone
from tests.registries import DOCUMENT

UNIT = "99001@2025-07-01"
LATE = "documents/vi-du/an-binh/ke-hoach-muon"


def states(clone: Clone, on: str, *options: str) -> dict[str, str]:
    result = clone.run("applicable", UNIT, "--on", on, "--json", *options)
    assert result.exit_code == 0, result.output
    return {item["id"]: item["state"] for item in json.loads(result.stdout)["items"]}


def learn(clone: Clone) -> None:
    """On 1 August the registry learns that the plan expired, and of another plan."""
    clone.put(
        DOCUMENT_ID,
        DOCUMENT.replace("effective: 2025-07-02", "effective: 2025-07-02, expires: 2025-07-09"),
    )
    clone.put(LATE, DOCUMENT.replace("01/KH-UBND", "02/KH-UBND"))
    clone.commit("Bổ sung", date="2025-08-01T09:00:00+07:00")


def test_what_the_registry_learnt_later_plays_no_part(clone: Clone) -> None:
    learn(clone)
    now = states(clone, "2025-07-15")
    then = states(clone, "2025-07-15", "--as-known-on", "2025-07-31")
    assert now[DOCUMENT_ID] == "expired"
    assert LATE in now
    assert then[DOCUMENT_ID] == "in_force"
    assert LATE not in then


def test_on_the_day_itself_the_registry_knows_what_it_learnt_on_it(clone: Clone) -> None:
    learn(clone)
    asked = states(clone, "2025-07-15", "--as-known-on", "2025-08-01")
    assert asked == states(clone, "2025-07-15")


def test_both_clocks_move_by_themselves(clone: Clone) -> None:
    learn(clone)
    then = states(clone, "2025-07-05", "--as-known-on", "2025-08-01")
    assert then[DOCUMENT_ID] == "in_force", "on the fifth it had not expired, whenever it is asked"


def test_the_answer_names_the_commit_that_it_rests_on(clone: Clone) -> None:
    first = clone.git.head.commit.hexsha
    learn(clone)
    asked = ("applicable", UNIT, "--on", "2025-07-15", "--as-known-on", "2025-07-31")
    answer = json.loads(clone.run(*asked, "--json").stdout)
    assert answer["as_known_on"] == {"asked": "2025-07-31", "commit": first}
    assert f"as the registry stood at {first[:10]}" in clone.run(*asked).stdout


def test_what_is_only_in_the_folder_was_never_known(clone: Clone) -> None:
    learn(clone)
    clone.put(LATE.replace("muon", "chua-ghi"), DOCUMENT.replace("01/KH-UBND", "03/KH-UBND"))
    assert len(states(clone, "2025-07-15")) == 1 + len(
        states(clone, "2025-07-15", "--as-known-on", "HEAD")
    )


def test_before_its_first_commit_the_registry_knew_nothing(clone: Clone) -> None:
    result = clone.run("applicable", UNIT, "--as-known-on", "2025-06-30")
    assert "the registry had no commit by 2025-06-30" in str(result.exception)


def test_records_that_today_does_not_read_are_counted_and_left_out(clone: Clone) -> None:
    clone.change(DOCUMENT_ID, "title: Kế hoạch thử", "ten: Kế hoạch thử")
    clone.commit(date="2025-07-10T09:00:00+07:00")
    result = clone.run("applicable", UNIT, "--on", "2025-07-15", "--as-known-on", "2025-07-10")
    assert result.exit_code == 0, result.output
    assert "1 file of" in result.stderr
    assert "0 documents" in result.stdout
