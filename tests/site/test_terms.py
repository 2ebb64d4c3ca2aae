"""The glossary is tied from the terms: where one stands in a definition, it leads to its entry."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from builder.models.codes import DOCUMENT_TYPES
from builder.site.terms import GROUPS, heading, term
from tests.site.asking import GROUP, INSPECTION, MAP, RULES, asking
from tests.site.rendered import Site, real_site, site_on

GLOSSARY = "thuat-ngu/"
TIE = re.compile(r'<a class="rg-term" href="((?:\.\./)*|\./)thuat-ngu/#([^"]+)"')
DOCUMENT = "regulations/vi-du/an-binh/quy-che-lam-viec-ubnd/"
TRIAL = "regulations/vi-du/an-binh/quy-che-lam-viec-ubnd-van-hanh-thu/"
UNIT, FORMER = "units/vi-du/99001@2025-07-01/", "units/vi-du/99003@/"
MERGER = "mergers/9999-nq-ubtvqh15/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_on(asking(tmp_path_factory.mktemp("asking")))


def ties(site: Site, address: str) -> list[str]:
    return [anchor for _, anchor in TIE.findall(site[address].html)]


def test_every_tie_of_every_page_lands_at_an_entry(site: Site) -> None:
    known = set(site[GLOSSARY].ids)
    lost = {
        (address, anchor)
        for address in site.pages
        for anchor in ties(site, address)
        if anchor not in known
    }
    assert lost == set()


def test_every_group_of_terms_is_tied_from_a_page(site: Site) -> None:
    found = {anchor for address in site.pages for anchor in ties(site, address)}
    found |= set(ties(real_site(), "meetings/lang-son/chien-thang/van-hanh-thu/"))
    untied = {
        group
        for group in GROUPS
        if found.isdisjoint({heading(group), *(term(group, one) for one in GROUPS[group].words)})
    }
    assert untied == set()


def test_every_type_of_document_has_an_entry_of_its_own(site: Site) -> None:
    anchors = [term("document_type", code) for code in DOCUMENT_TYPES]
    assert len(set(anchors)) == len(DOCUMENT_TYPES)
    assert set(anchors) <= set(site[GLOSSARY].ids)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (DOCUMENT, {term("document_type", "QC"), term("stage", "adopted")}),
        (TRIAL, {term("stage", "trial"), term("state", "trial")}),
        (UNIT, {term("unit_type", "xã"), term("block", "party"), "clock-ngay-hoat-dong"}),
        (FORMER, {"phan-dien-tich-va-dan-so", "clock-ma-don-vi-kem-ngay"}),
        (f"{INSPECTION}/", {term("meeting_form", "inspection"), term("output_kind", "request")}),
        (f"{GROUP}/", {term("body_type", "to_cong_tac")}),
        (f"{RULES}/", {term("block", "government"), heading("completeness")}),
        (MERGER, {heading("event_kind"), heading("share"), "clock-ngay-thong-qua"}),
        (MAP, {term("completeness", "requested")}),
    ],
)
def test_the_terms_of_a_page_are_tied(site: Site, address: str, expected: set[str]) -> None:
    assert expected <= set(ties(site, address))


def test_no_page_ties_a_term_twice(site: Site) -> None:
    twice = {
        (address, anchor)
        for address in site.pages
        for anchor, count in Counter(ties(site, address)).items()
        if count > 1
    }
    assert twice == set()


def test_entries_say_what_the_law_calls_the_end_of_force(site: Site) -> None:
    assert "Luật số 64/2025/QH15, Điều 57" in site[GLOSSARY].row("Hết hiệu lực toàn bộ")[1]


def test_anchors_are_the_same_in_english(tmp_path: Path, site: Site) -> None:
    english = Site(asking(tmp_path), dt.date(2026, 1, 31), language="en")
    assert english[GLOSSARY].ids == site[GLOSSARY].ids
    assert ties(english, DOCUMENT) == ties(site, DOCUMENT)
