"""Mails: the text of the message, attachments named."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from zhenggai.errors import ReadingError
from zhenggai.notice import parse
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


def dated(
    subject: str, text: str, date: str = "Wed, 15 Jun 2022 23:20:33 +0800", to: str = "c@d.cn"
) -> bytes:
    message = EmailMessage()
    message["Subject"], message["Date"], message["From"] = subject, date, "a@b.cn"
    if to:
        message["To"] = to
    message.set_content(text)
    return bytes(message)


ITEM = "1.学习不深入。\n整改情况：组织学习6次。\n"


def test_subject_and_date_where_the_text_has_none() -> None:
    notice = parse(read("n.eml", dated("Fwd: 转发：某县水务局党组关于巡察整改情况的通报", ITEM)))
    assert notice.title == "某县水务局党组关于巡察整改情况的通报"
    assert (notice.unit, notice.published) == ("某县水务局党组", "2022-06-15")


def test_title_and_date_of_the_text_go_first() -> None:
    notice = parse(read("n.eml", dated("材料", f"{TEXT}\n某局党组\n2022年5月3日\n")))
    assert (notice.title, notice.published) == ("关于巡察整改进展情况的通报", "2022-05-03")


def test_a_saved_page_was_not_published_when_it_was_saved() -> None:
    notice = parse(read("n.mhtml", dated("某县水务局", ITEM, to="")))
    assert (notice.title, notice.published) == (None, None)


def test_a_date_that_is_none() -> None:
    assert parse(read("n.eml", dated("通报", ITEM, date="yesterday"))).published is None
