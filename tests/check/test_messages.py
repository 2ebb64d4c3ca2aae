"""What is wrong with a file is said in words, with what people most often did."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.registries import DOCUMENT, write

PLAN = "documents/vi-du/an-binh/ke-hoach-thu"


def finding(tmp_path: Path, text: str) -> tuple[str, str]:
    """The first finding about the plan when it holds the text: its line, and the hint below."""
    result = CliRunner().invoke(app, ["--root", str(write(tmp_path, {PLAN: text})), "check"])
    head, hint = result.stdout.splitlines()[:2]
    assert head.startswith(f"registry/{PLAN}.yaml:"), result.stdout
    return head.partition(".yaml:")[2], hint.strip()


@pytest.mark.parametrize(
    ("field", "said", "hint"),
    [
        ('title: ""', "title: nothing stands there", "write a value, or take the field out"),
        ("title:", "title: nothing stands there", "write a value, or take the field out"),
        ("title: true", "title: true is no text", "put it in quotes"),
        ("sources: báo", "sources is no list", "write each item on a line of its own"),
        ("shortened_procedure: 1", "1 is neither true nor false", "write true or false"),
        (f"title: {'a' * 1001}", "title: longer than 1000 characters", "shorten it"),
        ("as_of:", "as_of: null is no date", "write YYYY-MM-DD"),
    ],
)  # fmt: skip
def test_what_a_field_must_be_is_said_in_words(
    tmp_path: Path, field: str, said: str, hint: str
) -> None:
    name = field.partition(":")[0]
    lines = [line for line in DOCUMENT.splitlines() if not line.startswith(f"{name}:")]
    head, below = finding(tmp_path, "\n".join([*lines, field, ""]))
    assert said in head
    assert below.startswith(hint)


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("title: Quyết định: về việc\n", "1:18", "put words that hold ': ' in quotes"),
        ("a: b\ndates:\n\tsigned: 2025-07-01\n", "3:1", "indent with spaces"),
        ('a: b\ntitle: "Kế hoạch\ntype: KH\n', "2:8", "close the quote that opens here"),
        ("title: 'Kế hoạch' thử\n", "1:19", "mend the indentation; put all words of a value"),
        ("units: [a, b\ntype: KH\n", "2:5", "close the bracket"),
        ("title: Kế hoạch\nthử\ntype: KH\n", "2:1", "write 'field: value'"),
        ("units: [\n", "2:1", "write a value here, and close what is open"),
        ("units: - a\n", "1:8", "begin the list on the next line"),
        ("\ufefftitle: a\n", "1:1", "'registry fmt' takes it off"),
    ],
)
def test_what_is_no_yaml_is_named_with_what_people_most_often_did(
    tmp_path: Path, text: str, place: str, hint: str
) -> None:
    head, below = finding(tmp_path, text)
    assert head.startswith(f"{place}: error [yaml] "), head
    assert below.startswith(hint), below
