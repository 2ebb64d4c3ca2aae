"""The settings of one registry: ``registry/settings.yaml``, absent while the defaults will do.

What holds for a registry as a whole stands here and nowhere else. No I/O.
"""

from typing import Annotated, Literal

from pydantic import StringConstraints

from builder.models.base import Date, Model, RecordId, Text, Url, doc

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


Repo = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$", max_length=200
    ),
]


class Forge(Model):
    """Where the repository of the registry lives, for links to files and their history."""

    kind: Literal["github", "gitlab", "forgejo"] = doc("Loại kho mã.", "Kind of forge.")
    url: Url = doc("Địa chỉ kho, không có dấu / ở cuối.", "Address of the repository.")
    branch: Branch = doc("Nhánh công bố.", "Branch that is published.", "main")


CommitId = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=60)]


class Accepted(Model):
    """A finding of the audit that cannot be mended any more, since history stays as it is."""

    rule: RuleId = doc("Mã quy tắc trong báo cáo kiểm chứng.", "Rule of the finding.")
    commit: CommitId = doc("Lần ghi có lỗi.", "Commit in which it was found.")
    record: RecordId | None = doc("Bản ghi, nếu lỗi thuộc bản ghi.", "Record, if of one.", None)
    why: Text = doc("Vì sao chấp nhận.", "Why it is accepted.")


class Trust(Model):
    """What `registry audit` holds the history of the registry to."""

    policy_start: CommitId | None = doc(
        "Lần ghi mà từ sau đó bản ghi đã công bố chỉ được đính chính, không được sửa lặng lẽ.",
        "Commit after which published records are corrected, never changed in silence; "
        "without one that holds from the first commit on.",
        None,
    )
    signatures_since: Date | None = doc(
        "Từ ngày này mọi lần ghi phải được ký bằng khóa trong registry/allowed_signers.",
        "From this day on every commit is signed with a key of registry/allowed_signers.",
        None,
    )
    accepted: tuple[Accepted, ...] = doc(
        "Những lỗi cũ đã biết và chấp nhận, kèm lý do.", "Known findings, with reasons.", ()
    )


class Editing(Model):
    """The editing page at ``/admin/``; a site has one only where this is set."""

    backend: Literal["github", "gitlab"] = doc(
        "Nơi giữ kho: github hay gitlab.", "Forge that keeps the repository."
    )
    repo: Repo = doc("Kho, ví dụ van-phong/so-dang-ky.", "Repository, e.g. office/registry.")
    branch: Branch = doc("Nhánh công bố.", "Branch that is published.", "main")
    url: Url | None = doc(
        "Địa chỉ máy chủ riêng (GitLab tự cài, GitHub Enterprise), nếu có.",
        "Address of an own server (self-hosted GitLab, GitHub Enterprise), if any.",
        None,
    )
    sign_in: Url | None = doc(
        "Máy chủ đăng nhập OAuth; bỏ trống thì đăng nhập bằng mã truy cập cá nhân.",
        "OAuth server to sign in through; without it editors give a personal access token.",
        None,
    )
    from_forks: bool = doc(
        "Cho người không có quyền ghi đề nghị sửa từ bản sao kho (chỉ GitHub).",
        "Let people without write access propose changes from a fork (GitHub only).",
        False,
    )


class Settings(Model):
    """Settings of the registry; every one has a default, so that the file may be absent."""

    languages: tuple[Language, ...] = doc(
        "Ngôn ngữ giao diện; ngôn ngữ đầu là mặc định.",
        "Languages of the interface; the first is the default.",
        ("vi", "en"),
        min_length=1,
    )
    forge: Forge | None = doc("Kho mã trên mạng.", "The repository on a forge.", None)
    editing: Editing | None = doc(
        "Trang sửa bằng biểu mẫu (/admin/).", "The page for editing by form (/admin/).", None
    )
    contact: Mail | None = doc(
        "Hộp thư nhận báo lỗi của bạn đọc.", "Mailbox for reports from readers.", None
    )
    trust: Trust = doc("Kiểm chứng lịch sử.", "What the history is held to.", Trust())
