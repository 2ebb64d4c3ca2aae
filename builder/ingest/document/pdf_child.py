"""A process of its own that reads a PDF with PDFium: what a hostile file breaks ends here.

Standard input: the file. Standard output: JSON ``{"pages": [{"width", "height", "words"}]}``,
a word being ``[text, x0, y0, x1, y1, font]`` with y downwards from the top; or
``{"error": "…"}``. With ``picture N SCALE`` as arguments: page N as a picture (PPM).
"""

import ctypes
import json
import os
import sys
from typing import Any

MAX_PAGES = 300
MAX_CHARS = 1_500_000
SECONDS = 60  # of computing, so that a busy machine gives up no sound file
MEMORY = 1_500_000_000  # bytes of address space that the process may take


def _words(text_page: Any, height: float, left: int) -> tuple[list[list[Any]], int]:
    """The words of a page in the file's order, and how many characters were read."""
    import pypdfium2.raw as raw

    count = min(raw.FPDFText_CountChars(text_page), left)
    words: list[list[Any]] = []
    box = raw.FS_RECTF()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code < 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code == 0xFFFE:
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box)):
            continue
        char = chr(code)
        x0, x1 = box.left, box.right
        y0, y1 = height - box.top, height - box.bottom
        last = words[-1] if words else None
        if char.isspace():
            if last is not None:
                words.append(["", x0, y0, x1, y1, ""])
        elif last is not None and last[0] and _joins(last, x0, y0, y1):
            last[0] += char
            last[3] = max(last[3], x1)
        else:
            words.append([char, x0, y0, x1, y1, _font(text_page, index, raw)])
    return [word for word in words if word[0]], count


def _joins(last: list[Any], x0: float, y0: float, y1: float) -> bool:
    size = max(1.0, y1 - y0)
    same: bool = abs((last[2] + last[4]) - (y0 + y1)) < 0.6 * size
    return same and bool(-0.5 * size < x0 - last[3] < 0.12 * size)


def _font(text_page: Any, index: int, raw: Any) -> str:
    flags = ctypes.c_int()
    room = ctypes.create_string_buffer(200)
    length = raw.FPDFText_GetFontInfo(text_page, index, room, 200, ctypes.byref(flags))
    return room.raw[: max(0, min(length, 200) - 1)].decode("latin-1") if length else ""


def _text(document: Any) -> dict[str, Any]:
    if len(document) > MAX_PAGES:
        return {"error": "pages"}
    pages, left = [], MAX_CHARS
    for index in range(len(document)):
        page = document[index]
        width, height = page.get_size()
        text_page = page.get_textpage()
        words, read = _words(text_page.raw, height, left)
        left -= read
        if left <= 0:
            return {"error": "characters"}
        pages.append({"width": width, "height": height, "words": words})
    return {"pages": pages}


def _picture(document: Any, index: int, scale: float) -> bytes:
    bitmap = document[index].render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    row, width, channels = bitmap.stride, bitmap.width, bitmap.n_channels
    data = bytes(bitmap.buffer)
    rows = (data[at * row : at * row + width * channels] for at in range(bitmap.height))
    kind = b"P6" if channels == 3 else b"P5"
    return b"%s %d %d 255\n" % (kind, width, bitmap.height) + b"".join(rows)


def main(arguments: list[str]) -> None:
    """Answers on standard output; every failure of the library becomes ``{"error": …}``."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    except (ImportError, ValueError, OSError):
        pass  # a system without limits: the parent's clock remains
    data = sys.stdin.buffer.read()
    try:
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        if arguments[:1] == ["picture"]:
            sys.stdout.buffer.write(_picture(document, int(arguments[1]), float(arguments[2])))
            return
        answer = _text(document)
    except Exception as error:  # noqa: BLE001  # the process answers, whatever the file did
        answer = {"error": "password" if "assword" in str(error) else "broken"}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # PDFium may yet fail while it tidies up


if __name__ == "__main__":
    main(sys.argv[1:])
