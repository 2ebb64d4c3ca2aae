"""Numbers of documents in three regimes: parsed, normalised, in series."""

import datetime as dt
import doctest
import unicodedata

import pytest

from builder.derive import earliest_effect, numbering, series, words
from builder.derive.numbering import normalise, parse, type_names
from builder.derive.series import duplicates, next_number
from builder.registry import Registry
from tests.derive.papers import HDND, body, day, paper, with_records
from tests.derive.waves import chain

UBND, TU, CONGRESS = "bodies/vi-du/ubnd", "bodies/vi-du/tinh-uy", "bodies/vi-du/dai-hoi"
A, A25 = "99001@", "99001@2025-07-01"


@pytest.mark.parametrize("module", [earliest_effect, numbering, series, words])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("typed", "stored", "regime"),
    [
        ("3010/QĐ-UBND", "3010/QĐ-UBND", "administrative"),
        ("05/2026/NQ-HĐND", "05/2026/NQ-HĐND", "normative"),
        ("245-KH/TU", "245-KH/TU", "party"),
        ("2418-QD/TU", "2418-QĐ/TU", "party"),
        ("36-HD/VPTW", "36-HD/VPTW", "party"),
        ("295-qđ/đu", "295-QĐ/ĐU", "party"),
        ("1672/nq-ubtvqh15", "1672/NQ-UBTVQH15", "administrative"),
        ("64/2025/QH15", "64/2025/QH15", "normative"),
        ("30/2020/nđ-cp", "30/2020/NĐ-CP", "normative"),
        ("439/qđ-ttg", "439/QĐ-TTg", "administrative"),
        ("7/KH-UBND", "07/KH-UBND", "administrative"),
        ("Số: 12 / TTr – UBND", "12/TTr-UBND", "administrative"),
        ("245/UBND-VP", "245/UBND-VP", "administrative"),
        ("12a/QĐ-UBND", "12a/QĐ-UBND", "administrative"),
    ],
)
def test_every_spelling_is_stored_in_one_form(typed: str, stored: str, regime: str) -> None:
    number = parse(typed)
    assert number is not None
    assert (str(number), number.regime) == (stored, regime)
    assert normalise(stored) == stored


@pytest.mark.parametrize("text", ["", "245", "KH/TU", "245-KH", "05/2026/", "/QĐ-UBND", "a/b/c/d"])
def test_what_is_no_number_has_no_parts(text: str) -> None:
    assert parse(text) is None


def test_a_label_in_decomposed_letters_is_read_past() -> None:
    assert normalise(unicodedata.normalize("NFD", "Số: 07/QĐ-UBND")) == "07/QĐ-UBND"


def test_qd_is_a_decision_or_in_the_party_a_regulation_too() -> None:
    assert type_names("QĐ", "party") == ("Quyết định", "Quy định")
    assert type_names("QĐ", "administrative") == ("Quyết định",)


def test_the_type_decides_where_an_abbreviation_without_marks_is_ambiguous() -> None:
    assert normalise("36/HD-UBND", "HĐ") == "36/HĐ-UBND"
    assert normalise("36/HD-UBND", "HD") == "36/HD-UBND"


# Series


def of(**papers: dict) -> Registry:
    world = {
        HDND: body(A25), UBND: body(A25, "ubnd"), "bodies/vi-du/cu": body(A, "ubnd"),
        TU: body("99@", "ban_thuong_vu", block="party"),
        CONGRESS: body("99@", "dai_hoi", block="party"),
    }  # fmt: skip
    for name, fields in papers.items():
        world[f"documents/vi-du/{name}"] = paper(fields.pop("issuer", UBND), **fields)
    return with_records(chain([(A25, [(A, "whole", "whole")])]), world)


def on(text: str) -> dict:
    return {"signed": day(text)}


def found(registry: Registry) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(d.number, tuple(i[-1] for i in d.ids), d.certain) for d in duplicates(registry)]


def test_an_administrative_number_is_unique_in_its_year() -> None:
    same = {"number": "07/QĐ-UBND"}
    registry = of(
        x={**same, "dates": on("2025-08-01")},
        y={"number": "7/QD-UBND", "dates": on("2025-12-01")},
        z={**same, "dates": on("2026-01-05")},
    )
    assert found(registry) == [("07/QĐ-UBND", ("x", "y"), True)]


def test_number_and_symbol_together_are_unique_not_the_number_alone() -> None:
    registry = of(
        x={"number": "07/QĐ-UBND", "dates": on("2025-08-01")},
        y={"number": "07/KH-UBND", "type": "KH", "dates": on("2025-08-01")},
        z={"number": "07/2025/QĐ-UBND", "regime": "normative", "dates": on("2025-08-01")},
    )
    assert found(registry) == []


def test_a_former_unit_and_its_successor_have_series_of_their_own() -> None:
    same = {"number": "07/QĐ-UBND"}
    registry = of(
        x={**same, "dates": on("2025-03-01"), "issuer": "bodies/vi-du/cu"},
        y={**same, "dates": on("2025-08-01")},
    )
    assert found(registry) == []


def test_a_party_number_runs_by_term_not_by_year() -> None:
    same = {"number": "07-QĐ/TU", "issuer": TU, "regime": "party"}
    registry = of(
        x={**same, "dates": on("2021-03-01"), "series_term": "2020-2025"},
        y={**same, "dates": on("2023-03-01"), "series_term": "nhiệm kỳ 2020 - 2025"},
        z={**same, "dates": on("2025-11-01"), "series_term": "2025-2030"},
    )
    assert found(registry) == [("07-QĐ/TU", ("x", "y"), True)]


def test_party_documents_of_one_year_without_a_term_are_only_possible_duplicates() -> None:
    same = {"number": "07-QĐ/TU", "issuer": TU, "regime": "party"}
    registry = of(
        x={**same, "dates": on("2025-03-01")},
        y={**same, "dates": on("2025-11-01"), "series_term": "2025-2030"},
    )
    assert found(registry) == [("07-QĐ/TU", ("x", "y"), False)]


def test_a_decision_and_a_regulation_of_the_party_bear_one_symbol_in_series_of_their_own() -> None:
    same = {"issuer": TU, "regime": "party", "series_term": "2025-2030", "number": "07-QĐ/TU"}
    registry = of(x={**same, "type": "QĐ"}, y={**same, "type": "QyĐ"}, z={**same, "type": "QyĐ"})
    assert found(registry) == [("07-QĐ/TU", ("y", "z"), True)]
    proposed = next_number(registry, TU, "QyĐ", "2025-2030", "party")
    assert proposed is not None
    assert (proposed.number, proposed.highest) == ("08-QĐ/TU", "documents/vi-du/y")


def test_a_record_withdrawn_as_entered_twice_is_no_duplicate() -> None:
    same = {"number": "07/QĐ-UBND", "dates": on("2025-08-01")}
    gone = {"on": dt.date(2025, 9, 1), "reason": "nhập hai lần"}
    assert found(of(x=dict(same), y={**same, "withdrawn": gone})) == []


def test_the_documents_of_a_party_congress_share_one_series() -> None:
    same = {"issuer": CONGRESS, "regime": "party", "series_term": "2025-2030"}
    registry = of(
        x={**same, "number": "03-NQ/ĐH", "type": "NQ"},
        y={**same, "number": "03-BC/ĐH", "type": "BC"},
    )
    assert found(registry) == [("03-NQ/ĐH", ("x", "y"), True)]


def test_drafts_and_trial_texts_take_no_number() -> None:
    same = {"number": "07/QĐ-UBND", "dates": on("2025-08-01")}
    assert found(of(x=dict(same), y={**same, "stage": "trial"})) == []


def test_the_next_number_follows_the_highest_and_fills_no_gap() -> None:
    registry = of(
        x={"number": "02/QĐ-UBND", "dates": on("2025-08-01")},
        y={"number": "09/QĐ-UBND", "dates": on("2025-09-01")},
        z={"number": "50/QĐ-UBND", "dates": on("2026-09-01")},
    )
    proposal = next_number(registry, UBND, "QĐ", "2025", "administrative")
    assert proposal is not None
    assert (proposal.number, proposal.highest) == ("10/QĐ-UBND", "documents/vi-du/y")


def test_a_normative_series_starts_anew_each_year() -> None:
    registry = of(x={"number": "09/2025/QĐ-UBND", "regime": "normative"})
    proposal = next_number(registry, UBND, "QĐ", "2026", "normative")
    assert proposal is not None
    assert proposal.number == "01/2026/QĐ-UBND"


def test_party_documents_without_a_term_are_named_beside_the_proposal() -> None:
    registry = of(
        x={"number": "245-KH/TU", "type": "KH", "regime": "party", "issuer": TU,
           "dates": on("2025-06-15")},
    )  # fmt: skip
    proposal = next_number(registry, TU, "KH", "2020-2025", "party")
    assert proposal is not None
    assert (proposal.number, proposal.unplaced) == ("01-KH/TU", ("documents/vi-du/x",))
