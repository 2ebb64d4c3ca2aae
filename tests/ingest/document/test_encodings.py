"""Old encodings: recognised by font and by letters, and made Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.ingest.document.encodings import _TCVN3, of_font, of_text, to_unicode
from tests.ingest.document.old import tcvn3, vni

LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
)


@pytest.mark.parametrize(
    ("encoding", "old", "new"),
    [
        ("tcvn3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("tcvn3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("tcvn3", "QuyÕt ®Þnh cña \u00f1y ban", "Quyết định của ủy ban"),
        ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("vni", "ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        ("vni", "ngöôøi, nghæ, kyõ, naêm, ngaén", "người, nghỉ, kỹ, năm, ngắn"),
    ],
)
def test_words_that_offices_wrote_become_unicode(encoding: str, old: str, new: str) -> None:
    assert to_unicode(old, encoding) == new


def test_a_font_of_capitals_gives_capitals() -> None:
    assert to_unicode("ñy ban", "tcvn3", capitals=True) == "ỦY BAN"


def test_the_table_of_tcvn3_has_every_small_letter_once() -> None:
    assert sorted(v for v in _TCVN3.values() if v.islower()) == sorted(
        letter for letter in LETTERS if not letter.isascii()
    )


@given(st.text(LETTERS + " .,", min_size=1, max_size=200))
def test_tcvn3_loses_no_small_letter(text: str) -> None:
    assert to_unicode(tcvn3(text), "tcvn3") == text


@given(st.text(LETTERS, min_size=1, max_size=60))
def test_vni_loses_no_letter_in_either_case(text: str) -> None:
    # A space after each: two vowels that meet may look like a vowel with its mark.
    apart = " ".join(text)
    assert to_unicode(vni(apart), "vni") == apart
    assert to_unicode(vni(apart.upper()), "vni") == apart.upper()


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân xã An Bình ban hành quyết định về việc phân công trực tại trụ sở.",
        "Résolution adoptée à l'unanimité; élève, être, où, ça, naïf, Noël, œuvre, cœur.",
        "No marks at all: 12/QD-UBND, 05-NQ/DU, and so on for a whole line of text.",
        "Cà, là, và, má, cá, hà, nhà, già, bà, xà: chỉ có dấu của bảng La-tinh 1.",
    ],
)
def test_text_in_unicode_is_left_alone(text: str) -> None:
    assert of_text(text) == "unicode"


SENTENCE = "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập, tự do, hạnh phúc, ủy ban nhân dân xã"


def test_the_letters_tell_the_encoding_where_no_font_does() -> None:
    assert of_text(tcvn3(SENTENCE)) == "tcvn3"
    assert of_text(vni(SENTENCE)) == "vni"


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"), ("ABCDEF+.VnArialH", "tcvn3"), ("VNI-Times", "vni"),
        ("Times New Roman", None), ("", None), ("Vnet", None),
    ],
)  # fmt: skip
def test_the_font_tells_the_encoding(font: str, encoding: str | None) -> None:
    assert of_font(font) == encoding
