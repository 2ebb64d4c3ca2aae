"""The same query finds the same records, in the same order, in the browser and in the shell."""

import random
from pathlib import Path

import pytest

from builder.registry import load
from builder.search import fulltext
from builder.search.documents import Documents
from builder.search.whoosh_index import search
from tests.search.conftest import Ask

pytestmark = pytest.mark.browser

QUERIES = [
    "dinh lap", "Đình Lập", "DINH LAP", "1672", "1672/nq-ubtvqh15", "245 kh tu", "2418-QD/TU",
    "bính xá", "quy chế ủy ban kiểm tra", "HĐND", "hội đồng nhân dân", "UBMTTQ", "mttq đông kinh",
    "VP ĐU", "đu", "du lịch", "kế hoạch số 245", "nghị quyết", "xã", "kiên mộc", "mỹ thượng",
    "mĩ thượng", "kỳ lừa", "ki lua", "phường Đông Kinh lạng sơn", "trang thiết bị", "tổ công tác",
    "05977", "chủ tịch", "2025", "16/6/2025", "không có từ này", "26/6/2025",
    "ngày 26 tháng 6 năm 2025", "kiểm tra 26-06-2025", "họp ngày 26/6/2025", "31/2/2025",
    "00/6/2025", "q", "qu", "đại hội đảng bộ",
    "binh xa", "Bính Xa", "BÍNH XÁ", "đồng khánh", "đông kính", "lâp", "Đình Lâ", "VP ĐU xã",
    "hoà", "uỷ ban", "quyết định thành lập",
]  # fmt: skip


def answers(root: Path, query: str, *, full_text: bool) -> list[list[object]]:
    answer = search(root, query, {}, lambda: load(root), full_text=full_text)
    return [[hit.doc.key, hit.same_marks] for hit in answer.hits]


def ids(root: Path, query: str, *, full_text: bool) -> list[object]:
    return [key for key, _ in answers(root, query, full_text=full_text)]


def check(root: Path, queries: list[str], ask_browser: Ask) -> None:
    found = ask_browser(root, queries)
    for query in queries:
        assert found["catalogue"][query] == answers(root, query, full_text=False), query
        assert found["texts"][query] == answers(root, query, full_text=True), query


def test_both_searches_agree_on_the_real_records(root: Path, ask_browser: Ask) -> None:
    check(root, QUERIES, ask_browser)


@pytest.mark.parametrize(
    "day", ["26/6/2025", "26-06-2025", "26.6.2025", "ngày 26/6/2025", "ngày 26 tháng 6 năm 2025"]
)
def test_a_day_in_any_spelling_finds_the_records_of_that_day(root: Path, day: str) -> None:
    found = answers(root, day, full_text=False)
    assert ["meetings/lang-son/kien-moc/van-hanh-thu", True] in found
    named = ids(root, f"kỳ lừa {day}", full_text=False)
    assert "meetings/lang-son/ky-lua/ky-hop-hdnd-van-hanh-thu" in named
    assert "meetings/lang-son/kien-moc/van-hanh-thu" not in named


def test_both_searches_agree_on_words_drawn_from_the_real_records(
    root: Path, ask_browser: Ask
) -> None:
    rng = random.Random(1672)  # noqa: S311
    sentences = [f"{doc.title} {doc.number} {doc.text}".split() for doc in Documents(load(root))]
    queries = []
    for _ in range(40):
        sentence = rng.choice(sentences)
        start = rng.randrange(len(sentence))
        queries.append(" ".join(sentence[start : start + rng.randint(1, 3)]))
    check(root, queries, ask_browser)


def test_both_searches_agree_on_the_words_of_a_text(with_texts: Path, ask_browser: Ask) -> None:
    queries = [
        "rác thải", "rac thai sinh hoat", "điều 2", "hội đồng nhân dân giám sát", "hdnd giám sát",
        "05/9/2025", "5/9/2025", "rạc thải", "rác", "rac thãi", "giám sát HĐND", "vê sinh",
        "dia bàn", "bình minh", "an bình", "rác th",
        "ve sinh dia ban", "05/qđ-ubnd",
    ]  # fmt: skip
    check(with_texts, queries, ask_browser)
    assert "regulations/vi-du/an-binh/ve-sinh" in ids(with_texts, "rac thai", full_text=True)
    assert ids(with_texts, "rac thai", full_text=False) == []


def test_both_searches_agree_when_texts_are_indexed_in_blocks(
    fictional: Path, ask_browser: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fulltext, "BLOCK", 3)
    queries = ["quy chế", "điều 1", "hội đồng nhân dân", "an bình", "ủy ban", "đại lộc", "làm việc"]
    check(fictional, queries, ask_browser)
    assert any(ids(fictional, query, full_text=True) for query in queries)
