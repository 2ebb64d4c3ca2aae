"""Unicode into the old encodings, for papers that a test makes."""

from builder.ingest.document.encodings import _TCVN3, _VNI

_TO_TCVN3 = {new: old for old, new in _TCVN3.items()}
_TO_VNI = {new: old for old, new in reversed(_VNI.items())}


class Capitals(str):
    """A text that a font of capitals (.VnTimeH) shows: small letters in the file."""

    __slots__ = ()


def tcvn3(text: str) -> str:
    """In TCVN3; capitals with tones have no codes, so that a line of them needs another font."""
    if text == text.upper() and any(char.isalpha() for char in text):
        return Capitals(tcvn3(text.lower()))
    return "".join(_TO_TCVN3.get(char, char) for char in text)


def vni(text: str) -> str:
    return "".join(_TO_VNI.get(char, char) for char in text)
