"""Files attached to an instrument: what is said of them, and how files of each type begin."""

from typing import Annotated

from pydantic import StringConstraints

from builder.models.base import Line, Model, Sha256, doc
from builder.models.codes import MediaType

# <record>.<label>.<type>: lowercase ASCII, so that it is safe on every file system and address.
FileName = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+$", max_length=200
    ),
]
MAX_ATTACHMENT = 50_000_000  # bytes; forges warn of larger files, and git keeps every one for ever
MAX_ATTACHMENTS = 50  # of one record

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How files of a type begin (ISO 32000-2, ISO/IEC 21320-1, MS-CFB, PNG, JFIF, TIFF 6.0).
SIGNATURES: dict[MediaType, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",), "docx": (_ZIP,), "xlsx": (_ZIP,), "odt": (_ZIP,), "zip": (_ZIP,),
    "doc": (_OLE,), "xls": (_OLE,), "png": (b"\x89PNG\r\n\x1a\n",), "jpg": (b"\xff\xd8\xff",),
    "tif": (b"II*\x00", b"MM\x00*"),
}  # fmt: skip


class Attachment(Model):
    """A file that stands beside the record, as the issuer or a document system gave it."""

    file: FileName = doc(
        "Tên tệp cạnh bản ghi: tên bản ghi, một nhãn, đuôi tệp, ví dụ 05-qd-ubnd.ban-goc.pdf.",
        "File beside the record: the record's name, a label, the type; 05-qd-ubnd.ban-goc.pdf.",
    )
    title: Line = doc("Tên gọi của tệp cho người đọc.", "Title of the file, for people.")
    media_type: MediaType = doc("Loại tệp, như đuôi tệp.", "Type of file, as its ending.")
    sha256: Sha256 = doc("Mã băm SHA-256 của tệp.", "SHA-256 digest of the file.")
    size: int = doc("Dung lượng, tính bằng byte.", "Size in bytes.", ge=1, le=MAX_ATTACHMENT)
