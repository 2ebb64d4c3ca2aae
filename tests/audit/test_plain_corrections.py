"""What the audit passes without reading it holds to the policy: never more than the policy."""

from pathlib import Path
from types import MappingProxyType

import orjson
from hypothesis import example, given
from hypothesis import strategies as st

from builder.history.audit.records import plainly_corrected
from builder.history.compare import RecordChange
from builder.history.facts import Facts, _facts
from builder.history.landings import Landing, Line
from builder.history.policy import refused
from builder.history.snapshot import fields_of
from builder.history.values import changes
from builder.history.words import names_of
from builder.registry import Registry
from tests.history.conftest import DOCUMENT_ID

ENTRY = {"on": "2025-08-01", "what": "Sửa", "why": "Nhầm", "by": "An", "source": "Bản chính"}
entries = st.lists(
    st.builds(lambda what: {**ENTRY, "what": what}, st.sampled_from("ABC")), max_size=3
)
records = st.fixed_dictionaries(
    {
        "access": st.sampled_from(["public", "internal"]),
        "title": st.sampled_from(["Kế hoạch", "Kế hoạch hai"]),
        "stage": st.sampled_from(["draft", "trial", "adopted", "withdrawn"]),
        "sources": st.just([{"kind": "press", "title": "Báo"}]),
        "verified": st.just(False),
        "as_of": st.just("2025-07-01"),
        "type": st.just("KH"),
    },
    optional={
        "number": st.sampled_from([None, "01/KH-UBND", "02/KH-UBND"]),
        "issuer": st.sampled_from(["bodies/vi-du/a/ubnd", "bodies/vi-du/b/ubnd"]),
        "series_term": st.sampled_from(["2025-2030", "2020-2025"]),
        "corrections": entries,
        "withdrawn": st.just({"on": "2025-08-01", "reason": "Trùng"}),
        "lạ": st.booleans(),  # today's schema refuses it
    },
)
PLAIN = {
    "access": "public", "title": "Kế hoạch", "stage": "adopted", "verified": False, "type": "KH",
    "sources": [{"kind": "press", "title": "Báo"}], "as_of": "2025-07-01",
}  # fmt: skip


def line(facts: dict[str, Facts]) -> Line:
    return Line(None, {}, MappingProxyType(facts))  # type: ignore[arg-type]


@given(records, records)
@example(PLAIN, {**PLAIN, "title": "Kế hoạch hai", "corrections": [ENTRY]})
@example({**PLAIN, "corrections": [ENTRY]}, {**PLAIN, "corrections": [{**ENTRY, "by": "B"}, ENTRY]})
def test_a_change_that_is_passed_unread_is_one_that_the_policy_allows(old, new) -> None:
    data = {name: orjson.dumps(value) for name, value in (("old", old), ("new", new))}
    known = {name: _facts("0" * 64, text) for name, text in data.items()}
    before, after = (Landing(at, None, name, ()) for at, name in enumerate(data))  # type: ignore[arg-type]
    if old["access"] != "public" or not plainly_corrected(line(known), before, after):
        return
    one, two = (fields_of(DOCUMENT_ID, text) for text in data.values())
    change = RecordChange("changed", DOCUMENT_ID, DOCUMENT_ID, "", tuple(changes(one, two)), ())
    assert list(refused(change, one, two, "", names_of(Registry(Path(), {})))) == []


def test_an_honest_correction_is_passed_unread() -> None:
    old, new = PLAIN, {**PLAIN, "title": "Kế hoạch hai", "corrections": [ENTRY]}
    known = {n: _facts("0" * 64, orjson.dumps(v)) for n, v in (("old", old), ("new", new))}
    before, after = (Landing(at, None, name, ()) for at, name in enumerate(known))  # type: ignore[arg-type]
    assert plainly_corrected(line(known), before, after)
    assert not plainly_corrected(line(known), after, before)
