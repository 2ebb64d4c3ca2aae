"""edXML packets of the fictional tỉnh Ví Dụ, made as text."""

import base64
import io
import stat
import zipfile
from typing import Any

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
DOCUMENT_ID = "H99.01,2025/09/05,12/QĐ-UBND"
PDF = b"%PDF-1.7\n%%EOF\n"


def attachment(
    name: str, data: bytes | str, kind: str = "application/pdf", content_id: str = "cid:a1"
) -> str:
    encoded = data if isinstance(data, str) else base64.b64encode(data).decode()
    return (
        f"<edXML:Attachment><edXML:ContentType>{kind}</edXML:ContentType>"
        f"<edXML:ContentId>{content_id}</edXML:ContentId><edXML:Description>Tệp</edXML:Description>"
        f"<edXML:ContentTransferEncoded>{encoded}</edXML:ContentTransferEncoded>"
        f"<edXML:AttachmentName>{name}</edXML:AttachmentName></edXML:Attachment>"
    )


def business(kind: str, reason: str = "", *ids: str) -> str:
    listed = "".join(
        f"<edXML:ReplacementInfo><edXML:DocumentId>{each}</edXML:DocumentId>"
        "<edXML:OrganIdList><edXML:OrganId>H99.02</edXML:OrganId></edXML:OrganIdList>"
        "</edXML:ReplacementInfo>"
        for each in ids
    )
    return (
        f"<edXML:Bussiness><edXML:BussinessDocType>{kind}</edXML:BussinessDocType>"
        f"<edXML:BussinessDocReason>{reason}</edXML:BussinessDocReason><edXML:StaffInfo>"
        "<edXML:Department>Phòng</edXML:Department><edXML:Staff>Người Gửi Riêng</edXML:Staff>"
        "<edXML:Mobile>0900000000</edXML:Mobile></edXML:StaffInfo>"
        f"<edXML:ReplacementInfoList>{listed}</edXML:ReplacementInfoList></edXML:Bussiness>"
    )


def packet(*attachments: str, **changes: Any) -> bytes:
    """A packet with the fields of a decision; ``changes`` replaces them by name."""
    fields = {
        "organ_id": "H99.01", "organ": "Ủy ban nhân dân xã An Bình", "document_id": DOCUMENT_ID,
        "number": "12", "notation": "QĐ-UBND", "day": "2025/09/05", "type": "Quyết định",
        "subject": "Về việc phân công trực tại trụ sở xã An Bình", "trace": "", "extra": "",
        **changes,
    }  # fmt: skip
    text = """<?xml version="1.0" encoding="utf-8"?>
<edXML:edXML xmlns:edXML="{namespace}"><edXML:edXMLEnvelope><edXML:edXMLHeader>
<edXML:MessageHeader><edXML:From><edXML:OrganId>{organ_id}</edXML:OrganId>
<edXML:OrganizationInCharge>Ủy ban nhân dân tỉnh Ví Dụ</edXML:OrganizationInCharge>
<edXML:OrganName>{organ}</edXML:OrganName><edXML:Email>nguoi.gui@vi-du.example</edXML:Email>
<edXML:Telephone>0900000001</edXML:Telephone></edXML:From>
<edXML:To><edXML:OrganId>H99.02</edXML:OrganId></edXML:To>
<edXML:DocumentId>{document_id}</edXML:DocumentId>
<edXML:Code><edXML:CodeNumber>{number}</edXML:CodeNumber>
<edXML:CodeNotation>{notation}</edXML:CodeNotation></edXML:Code>
<edXML:PromulgationInfo><edXML:Place>An Bình</edXML:Place>
<edXML:PromulgationDate>{day}</edXML:PromulgationDate></edXML:PromulgationInfo>
<edXML:DocumentType><edXML:Type>2</edXML:Type><edXML:TypeName>{type}</edXML:TypeName>
</edXML:DocumentType><edXML:Subject>{subject}</edXML:Subject>
<edXML:SignerInfo><edXML:Competence>KT.</edXML:Competence>
<edXML:Position>Phó Chủ tịch</edXML:Position><edXML:FullName>Nguyễn Văn Mẫu</edXML:FullName>
</edXML:SignerInfo>{extra}</edXML:MessageHeader>
<edXML:TraceHeaderList><edXML:TraceHeader><edXML:OrganId>H99.01</edXML:OrganId>
<edXML:Timestamp>2025/09/05 08:00:00</edXML:Timestamp></edXML:TraceHeader>{trace}
</edXML:TraceHeaderList></edXML:edXMLHeader><edXML:edXMLBody/></edXML:edXMLEnvelope>
<edXML:AttachmentEncoded>{attachments}</edXML:AttachmentEncoded></edXML:edXML>"""
    named = {"namespace": NAMESPACE, "attachments": "".join(attachments), **fields}
    return text.format(**named).encode()


def zipped(*entries: tuple[str, bytes], link: bool = False) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if link:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, data)
    return stream.getvalue()
