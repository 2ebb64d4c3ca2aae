"""The settings of one registry: ``registry/settings.yaml``, absent while the defaults will do.

What holds for a registry as a whole stands here and nowhere else. No I/O.
"""

from typing import Annotated, Literal

from pydantic import StringConstraints

from builder.models.base import Model, Url, doc

Language = Literal["vi", "en"]
Branch = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._/-]*$", max_length=120)
]
# A mailbox of an office, as simple as such addresses are (RFC 5321 allows far more).
Mail = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]*@[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=254
    ),
]


class Forge(Model):
    """Where the repository of the registry lives, for links to files and their history."""

    kind: Literal["github", "gitlab", "forgejo"] = doc("Loại kho mã.", "Kind of forge.")
    url: Url = doc("Địa chỉ kho, không có dấu / ở cuối.", "Address of the repository.")
    branch: Branch = doc("Nhánh công bố.", "Branch that is published.", "main")


class Settings(Model):
    """Settings of the registry; every one has a default, so that the file may be absent."""

    languages: tuple[Language, ...] = doc(
        "Ngôn ngữ giao diện; ngôn ngữ đầu là mặc định.",
        "Languages of the interface; the first is the default.",
        ("vi", "en"),
        min_length=1,
    )
    forge: Forge | None = doc("Kho mã trên mạng.", "The repository on a forge.", None)
    contact: Mail | None = doc(
        "Hộp thư nhận báo lỗi của bạn đọc.", "Mailbox for reports from readers.", None
    )
