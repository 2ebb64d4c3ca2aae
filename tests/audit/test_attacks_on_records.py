"""``registry audit`` of records: edited, deleted, renamed or swapped, each is found and named."""

import hashlib
from collections.abc import Callable

import pytest

from tests.audit.conftest import (
    DAY,
    LATER,
    OTHER,
    OTHERS,
    audit,
    delete,
    found,
    hide,
    the_only,
)
from tests.history.conftest import CORRECTION, DOCUMENT_ID, TEXT, Clone
from tests.registries import DOCUMENT

Keep = Callable[[Clone], str]


def edit(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, LATER)


def rename(clone: Clone) -> None:
    clone.path(DOCUMENT_ID).rename(clone.path(OTHER))
    (clone.root / f"registry/{DOCUMENT_ID}.txt").unlink()


def renumber(clone: Clone) -> None:
    clone.put(DOCUMENT_ID, DOCUMENT.replace("01/KH", "09/KH") + CORRECTION)


def rewrite_text(clone: Clone) -> None:
    clone.put(f"registry/{DOCUMENT_ID}.txt", TEXT.replace("ký", "ban hành"))


@pytest.mark.parametrize(
    ("attack", "rule"),
    [
        (edit, "uncorrected"), (delete, "kept-record"), (rename, "kept-record"),
        (renumber, "kept-identity"), (rewrite_text, "kept-text"), (hide, "kept-public"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)  # fmt: skip
def test_a_published_record_is_not_rewritten_unnoticed_even_if_it_was_put_back(
    clone: Clone, attack: Callable[[Clone], None], rule: str
) -> None:
    attack(clone)
    commit = clone.commit("Lặng lẽ", date=DAY(10))
    clone.git.git.revert("--no-edit", "--no-commit", commit)
    clone.commit("Trả lại", date=DAY(11))
    findings = audit(clone)["findings"]
    assert (findings[0]["rule"], findings[0]["where"]) == (rule, DOCUMENT_ID)
    assert (findings[0]["commit"], findings[0]["since"]) == (commit, DAY(10))
    assert findings[0]["hint"]


def test_a_renamed_record_is_named_with_its_new_name(clone: Clone) -> None:
    rename(clone)
    clone.commit(date=DAY(10))
    assert f"was renamed to {OTHER}" in audit(clone)["findings"][0]["what"]


def test_an_id_that_is_used_again_is_found(clone: Clone) -> None:
    delete(clone)
    clone.commit(date=DAY(10))
    clone.put(DOCUMENT_ID, OTHERS)
    commit = clone.commit(date=DAY(11))
    assert ("reused-id", DOCUMENT_ID, commit) in found(clone)


def test_the_number_of_a_deleted_document_on_another_one_is_found(clone: Clone) -> None:
    clone.put(OTHER, OTHERS)
    clone.commit(date=DAY(9))
    clone.path(OTHER).unlink()
    gone = clone.commit(date=DAY(10))
    fresh = "documents/vi-du/an-binh/ke-hoach-thay"
    clone.put(fresh, OTHERS.replace("khác", "thay"))
    taken = clone.commit(date=DAY(11))
    assert found(clone) == [("kept-record", OTHER, gone), ("reused-number", fresh, taken)]
    [_, finding] = audit(clone)["findings"]
    assert finding["what"] == f"02/KH-UBND was the number of {OTHER} before"


def attach(clone: Clone, content: bytes, named: bytes) -> None:
    name = "ke-hoach-thu.ban-goc.pdf"
    (clone.root / f"registry/documents/vi-du/an-binh/{name}").write_bytes(content)
    clone.put(
        DOCUMENT_ID,
        DOCUMENT + f"attachments: [{{file: {name}, title: Bản gốc, media_type: pdf, "
        f"sha256: {hashlib.sha256(named).hexdigest()}, size: {len(named)}}}]\n",
    )


def test_an_attached_file_that_was_swapped_is_found(clone: Clone) -> None:
    right, wrong = b"%PDF-1.7 right", b"%PDF-1.7 wrong"
    attach(clone, right, right)
    clone.commit(date=DAY(9))
    assert found(clone) == []
    attach(clone, wrong, right)
    swapped = clone.commit(date=DAY(10))
    clone.put("README.md", "Sổ\n")
    clone.commit(date=DAY(11))
    finding = the_only(clone)
    assert (finding["rule"], finding["where"]) == ("attachment-changed", DOCUMENT_ID)
    assert (finding["commit"], finding["since"]) == (swapped, DAY(10))
    assert "ke-hoach-thu.ban-goc.pdf" in finding["what"]


def test_an_attached_file_that_is_swapped_with_its_digest_is_an_edit(clone: Clone) -> None:
    attach(clone, b"%PDF-1.7 right", b"%PDF-1.7 right")
    clone.commit(date=DAY(9))
    attach(clone, b"%PDF-1.7 wrong", b"%PDF-1.7 wrong")
    commit = clone.commit(date=DAY(10))
    assert ("uncorrected", DOCUMENT_ID, commit) in found(clone)


def test_a_record_that_a_merge_left_out_is_found(clone: Clone) -> None:
    clone.git.git.checkout("-q", "-b", "sua")
    clone.put("README.md", "Sổ\n")
    clone.commit(date=DAY(10))
    clone.git.git.checkout("-q", "main")
    clone.git.git.merge("--no-ff", "--no-commit", "sua")
    delete(clone)
    merge = clone.commit("Nhập", date=DAY(11))
    assert found(clone) == [("kept-record", DOCUMENT_ID, merge)]
