"""TCVN3 (TCVN 5712:1993, fonts .Vn…) and VNI (fonts VNI-…): known by their signs, made Unicode.

No kept Python library converts both: the few that exist are single files or GPL. The
tables follow TCVN 5712 (compared with glibc's TCVN5712-1) and the VNI-Windows character set.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Encoding = Literal["unicode", "tcvn3", "vni"]

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# A mark behind a vowel stands for a tone, or for the vowel's own mark with a tone.
_TONES = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_LONE = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip
_VNI: dict[str, str] = {}
for _plain, _meant in _LONE.items():
    _VNI[_plain], _VNI[_plain.upper()] = _meant, _meant.upper()
for _vowel, _base in {**{v: v for v in "aeouy"}, "ô": "ơ", "ö": "ư"}.items():
    for _mark, _marks in _TONES.items():
        if len(_marks) == 1 or ("\u0302" in _marks and _base in "aeo") or _base == "a":
            _letter = unicodedata.normalize("NFC", _base + _marks)
            if len(_letter) == 1:
                _VNI[_vowel + _mark] = _letter
                _VNI[_vowel.upper() + _mark.upper()] = _letter.upper()
                _VNI[_vowel.upper() + _mark] = _letter.upper()
_VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# Letters that Vietnamese in Unicode nearly always has, and that no other encoding shows.
_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
_HIGH = re.compile("[\u00a1-\u00ff]")
# Signs that Vietnamese in Unicode never has, but TCVN3 nearly always.
_TCVN3_ONLY = re.compile("[¸¹¶·¨©®»¼½¾«¬\u00ad§¦£¤¥ÆÐÑÖ×ØÜÞßåñö÷øþÿ]")
_VNI_PAIR = re.compile("[aeouyôö][ùøûõïâáàåãäêéèúüë]|ñ", re.IGNORECASE)


@lru_cache(maxsize=1024)
def of_font(font: str) -> Encoding | None:
    """The encoding that a font's name tells: ``.VnTime`` is TCVN3, ``VNI-Times`` is VNI.

    >>> [of_font(f) for f in (".VnTimeH", "ABCDEF+VNI-Times", "Times New Roman")]
    ['tcvn3', 'vni', None]
    """
    name = font.rpartition("+")[2].lower()
    if name.startswith((".vn", "vntime", "vnarial")):
        return "tcvn3"
    return "vni" if name.startswith("vni") else None


def of_text(text: str) -> Encoding:
    """The encoding that the letters of a whole text tell.

    Unicode as soon as a letter stands in it that only Unicode has in more than a stray place;
    the old ones have letters of Latin-1 only, VNI in pairs of vowel and mark.

    >>> of_text("Céng hßa x· héi chñ nghÜa ViÖt Nam"), of_text("Coäng hoøa xaõ hoäi")
    ('tcvn3', 'vni')
    """
    high = len(_HIGH.findall(text))
    if high < 5 or len(_UNICODE_ONLY.findall(text)) * 20 > high:
        return "unicode"
    pairs, signs = len(_VNI_PAIR.findall(text)), len(_TCVN3_ONLY.findall(text))
    if pairs * 2 >= high:
        return "vni"
    return "tcvn3" if signs * 4 >= high else "unicode"


def to_unicode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """A text of that encoding in Unicode, NFC; ``capitals`` for fonts that show them (.VnTimeH).

    >>> to_unicode("QuyÕt ®Þnh", "tcvn3"), to_unicode("Quyeát ñònh", "vni")
    ('Quyết định', 'Quyết định')
    """
    if encoding == "tcvn3":
        text = "".join(_TCVN3.get(char, char) for char in text)
    elif encoding == "vni":
        text = _VNI_SIGNS.sub(lambda found: _VNI[found[0]], text)
    text = unicodedata.normalize("NFC", text)
    return text.upper() if capitals else text


@lru_cache(maxsize=1024)
def shows_capitals(font: str) -> bool:
    """Whether a TCVN3 font draws small letters as capitals: its name ends with H."""
    return of_font(font) == "tcvn3" and font.endswith("H")
