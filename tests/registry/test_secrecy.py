"""What bears a marking of secrecy, or does not say who may see it, stops all, unquoted.

Degrees: Law on Protection of State Secrets 29/2018/QH14, Article 8.
"""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from builder.cli import app
from builder.registry.secrecy import marked_field, marked_line
from tests.registries import DOCUMENT, write
from tests.site.builds import files

ID = "documents/vi-du/an-binh/ke-hoach-thu"
SECRET = "Chim hoàng yến ở suối Khe Lạnh"
MARKINGS = [
    "MẬT", "Tối mật", "TUYỆT MẬT", "Độ mật: Tuyệt mật", "[MẬT]", "** Tối  mật **", "(mật)",
    "TOI MAT", "Do mat: Mat", "TOI\u00a0 MAT", "TUYET\tMAT",
    unicodedata.normalize("NFD", "Tối mật"),
]  # fmt: skip
WORDS = [
    "Bảo mật thông tin", "Mật độ dân số", "Ban Cơ yếu, bí mật nhà nước", "Mat", "mật ong",
    "Tài liệu tối mật không đăng ở đây",
]  # fmt: skip


def command(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--root", str(root), *words])
    return result.exit_code, result.output


@pytest.mark.parametrize("marking", MARKINGS)
def test_a_line_that_is_a_marking_is_known_however_it_is_written(marking: str) -> None:
    assert marked_line(f"Kính gửi\n{marking}\nNội dung") == 2


@pytest.mark.parametrize("words", WORDS)
def test_a_sentence_that_speaks_of_secrecy_is_no_marking(words: str) -> None:
    assert marked_line(words) == 0


@given(st.lists(st.text(max_size=20), max_size=4), st.sampled_from(MARKINGS))
def test_a_marking_is_found_wherever_it_stands_in_a_record(others: list[str], marking: str) -> None:
    assert marked_field({"a": [*others, {"b": marking}]}) is not None
    assert marked_field({"a": {marking: 1}}) == ("a",)


@pytest.mark.parametrize("marking", MARKINGS)
@pytest.mark.parametrize("doing", ["check", "build"])
def test_a_marked_record_stops_check_and_build_without_its_content(
    tmp_path: Path, marking: str, doing: str
) -> None:
    write(tmp_path, {ID: f'{DOCUMENT}summary: "{marking}"\nnotes: {SECRET}\nodd: {SECRET}\n'})
    code, said = command(tmp_path, doing)
    assert code == 1
    assert f"registry/{ID}.yaml:" in said
    assert "[classified]" in said
    assert "hoàng yến" not in said
    assert not (tmp_path / "site").exists()


def test_a_marked_file_that_is_no_yaml_is_not_quoted_either(tmp_path: Path) -> None:
    write(tmp_path, {ID: f"TỐI MẬT\n{SECRET}: 1\n{SECRET}: 2\n"})
    code, said = command(tmp_path, "check")
    assert code == 1
    assert f"{ID}.yaml:1:1: error [classified]" in said
    assert "hoàng yến" not in said


def test_a_marked_text_beside_a_public_record_stops_check_and_build(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "registry" / f"{ID}.txt").write_text(f"Điều 1\n\n  MẬT\n{SECRET}\n", "utf-8")
    for doing in ("check", "build"):
        code, said = command(tmp_path, doing)
        assert code == 1
        assert f"{ID}.txt:3:1: error [classified]" in said
        assert "hoàng yến" not in said
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        f"stage: {SECRET}\n", f"{SECRET}: 1\n", f"number: [{SECRET}]\n", f"as_of: {SECRET}\n",
        f"? {SECRET}\n: 1\n", f"title: '{SECRET}\n", f"{SECRET}: 1\n{SECRET}: 2\n",
    ],
)  # fmt: skip
def test_a_record_that_does_not_say_who_may_see_it_stops_the_build_unquoted(
    tmp_path: Path, wrong: str
) -> None:
    text = DOCUMENT.replace("access: public\n", "").replace("stage: adopted\n", "")
    write(tmp_path, {ID: text + wrong})
    for doing in ("check", "build"):
        code, said = command(tmp_path, doing)
        assert code == 1
        assert f"registry/{ID}.yaml:" in said
        assert "hoàng yến" not in said
    assert not (tmp_path / "site").exists()


def test_json_quotes_no_more_than_words_do(tmp_path: Path) -> None:
    write(tmp_path, {ID: DOCUMENT.replace("access: public\n", "") + f"{SECRET}: 1\n"})
    _, said = command(tmp_path, "check", "--format", "json")
    assert "hoàng yến" not in said


def test_a_record_with_access_is_quoted_so_that_editors_can_mend_it(tmp_path: Path) -> None:
    write(tmp_path, {ID: DOCUMENT.replace("stage: adopted", "stage: adoptd")})
    _, said = command(tmp_path, "check")
    assert "'adoptd'" in said


def test_a_refused_build_leaves_the_site_that_stood_there(tmp_path: Path) -> None:
    write(tmp_path)
    assert command(tmp_path, "build", "--no-search")[0] == 0
    before = files(tmp_path / "site")
    write(tmp_path, {ID: DOCUMENT + "summary: MẬT\n"})
    assert command(tmp_path, "build", "--no-search")[0] == 1
    assert files(tmp_path / "site") == before
