"""Checkpoints: what they say, what they keep to themselves, and that no edited one passes."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audit.conftest import (
    DAY,
    LATER,
    OTHER,
    OTHERS,
    found,
    grow,
    the_only,
)
from tests.history.conftest import DOCUMENT_ID, TEXT, Clone
from tests.registries import DOCUMENT

Keep = Callable[[Clone], str]


def tampered(kept: str, **changes: object) -> str:
    path = Path(kept)
    content = json.loads(path.read_text(encoding="utf-8"))
    content |= changes
    path.write_text(json.dumps(content), encoding="utf-8")
    return kept


def test_a_checkpoint_with_another_digest_of_a_record_is_found(
    clone: Clone, checkpoint: Keep
) -> None:
    kept = checkpoint(clone)
    records = json.loads(Path(kept).read_text(encoding="utf-8"))["records"]
    records[DOCUMENT_ID]["sha256"] = "0" * 64
    finding = the_only(clone, "--checkpoint", tampered(kept, records=records))
    assert (finding["rule"], finding["where"]) == ("checkpoint-edited", DOCUMENT_ID)


@pytest.mark.parametrize("field", ["tree", "root", "chain", "committed"])
def test_a_checkpoint_with_another_statement_is_found(
    clone: Clone, checkpoint: Keep, field: str
) -> None:
    kept = checkpoint(clone)
    value = json.loads(Path(kept).read_text(encoding="utf-8"))[field]
    other = value[:-1] + ("0" if value[-1] != "0" else "1")
    finding = the_only(clone, "--checkpoint", tampered(kept, **{field: other}))
    assert finding["rule"] == "checkpoint-edited"
    assert f"says another {field} of" in finding["what"]


def test_a_checkpoint_is_chained_to_the_one_before(clone: Clone, checkpoint: Keep) -> None:
    first = json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))
    grow(clone, 1)
    second = json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))
    assert first["previous"] is None
    assert second["previous"] == {"commit": first["commit"], "chain": first["chain"]}
    assert second["line"] == [first["commit"]]


def test_a_checkpoint_names_every_public_record_with_its_digests(
    clone: Clone, checkpoint: Keep
) -> None:
    content = json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))
    assert content["records"][DOCUMENT_ID] == {
        "sha256": hashlib.sha256(DOCUMENT.encode()).hexdigest(),
        "texts": {"": hashlib.sha256(TEXT.encode()).hexdigest()},
    }
    assert content["tree"] == clone.git.head.commit.tree.hexsha


def test_a_checkpoint_says_nothing_of_internal_records(clone: Clone, checkpoint: Keep) -> None:
    before = json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))
    clone.put(OTHER, OTHERS.replace("access: public", "access: internal"))
    clone.commit(date=DAY(10))
    kept = checkpoint(clone)
    content = json.loads(Path(kept).read_text(encoding="utf-8"))
    assert content["records"] == before["records"]
    assert content["tree"] is None, "its id would confirm a guess of the internal file"
    assert found(clone, "--checkpoint", kept) == []


def test_what_stands_in_no_commit_makes_no_clean_checkpoint(clone: Clone, checkpoint: Keep) -> None:
    clone.put(DOCUMENT_ID, LATER)
    assert json.loads(Path(checkpoint(clone)).read_text(encoding="utf-8"))["clean"] is False
