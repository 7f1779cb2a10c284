"""Mails: the text of the message, attachments named."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from zhenggai.errors import ReadingError
from zhenggai.notice.reading import read

TEXT = "关于巡察整改进展情况的通报\n1.学习不深入。\n整改情况：组织学习6次。\n"


def mail(text: str = TEXT, subtype: str = "plain", attached: bool = False) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.cn", "c@d.cn", "通报"
    if text:
        message.set_content(text, subtype=subtype, charset="gb18030", cte="base64")
    if attached:
        message.add_attachment(b"x", maintype="application", subtype="msword", filename="通报.doc")
    return bytes(message)


def test_the_text_of_a_mail() -> None:
    source = read("通报.eml", mail())
    assert (source.kind, source.text.replace("\r", ""), source.encoding) == ("mhtml", TEXT, "gb18030")


def test_a_mail_that_is_a_page() -> None:
    page = "<html><body><h1>通报</h1><p>1.学习不深入。</p><p>整改情况：组织学习6次。</p></body></html>"
    assert read("通报.eml", mail(page, "html")).text.endswith("整改情况：组织学习6次。")


def test_attachments_are_named() -> None:
    assert "通报.doc" in "".join(read("通报.eml", mail(attached=True)).warnings)
    with pytest.raises(ReadingError, match=r"正文在附件中（通报\.doc）"):
        read("通报.eml", mail("", attached=True))
