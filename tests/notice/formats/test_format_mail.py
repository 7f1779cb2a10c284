"""Mails: the text of the message, and attachments as the members of an archive."""

from __future__ import annotations

import io
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from cases.broken import make_zip

from zhenggai.errors import ReadingError
from zhenggai.notice import parse
from zhenggai.notice.formats import mail as mails
from zhenggai.notice.reading import Limits, expand, read, read_many, read_source

TEXT = "关于巡察整改进展情况的通报\n1.学习不深入。\n整改情况：组织学习6次。\n"
LONG = TEXT + "".join(f"{n}.检查不够严格。\n整改情况：开展检查{n}次，通报问题{n}个。\n" for n in range(2, 20))
LETTER = "王主任：您好！现将我社党组关于巡察整改情况的通报发给您，请登载。"


def mail(text: str = TEXT, subtype: str = "plain", **attached: bytes) -> bytes:
    message = EmailMessage()
    message["Received"] = "from a by b " + "x" * 5000
    message["From"], message["To"], message["Subject"] = "a@b.cn", "c@d.cn", "通报"
    if text:
        message.set_content(text, subtype=subtype, charset="gb18030", cte="base64")
    for name, content in attached.items():
        ending = name.replace("_", ".")
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=ending)
    return bytes(message)


def names(path: Path | str) -> list[str]:
    return [source.name.removeprefix(str(path)) for source in expand([path])]


def test_the_text_of_a_mail() -> None:
    source = read("通报.eml", mail())
    assert (source.kind, source.text.replace("\r", ""), source.encoding) == ("mhtml", TEXT, "gb18030")


def test_a_mail_that_is_a_page() -> None:
    page = "<html><body><h1>通报</h1><p>1.学习不深入。</p><p>整改情况：组织学习6次。</p></body></html>"
    assert read("通报.eml", mail(page, "html")).text.endswith("整改情况：组织学习6次。")


def test_attachments_are_named() -> None:
    assert "通报.doc" in "".join(read("通报.eml", mail(通报_doc=b"x")).warnings)
    with pytest.raises(ReadingError, match=r"正文在附件中（通报\.doc）.*邮件名!/附件名"):
        read("通报.eml", mail("", 通报_doc=b"x"))


def test_attachments_are_read_and_a_letter_is_not(tmp_path: Path) -> None:
    path = tmp_path / "来件.eml"
    path.write_bytes(mail(LETTER, 通报_txt=TEXT.encode(), 台账_csv=b"1,2", logo_png=b"x"))
    passed: list[str] = []
    found = list(expand([path], on_passed_over=passed.append))
    assert [source.name for source in found] == [f"{path}!/台账.csv", f"{path}!/通报.txt"]
    assert read_source(found[1]).text == TEXT
    assert passed == [f"{path}!/logo.png"]
    assert read(f"{path}!/通报.txt").text == TEXT


def test_a_message_that_is_a_notice_is_read_beside_its_attachments(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail(LONG, b_txt=TEXT.encode()))
    assert names(path) == ["", "!/b.txt"]


def test_a_mail_without_attachments_that_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail(LETTER, logo_png=b"x"))
    assert names(path) == [""]
    path.write_bytes(mail(f"<p>{LETTER}</p>", "html"))
    assert names(path) == [""]


def test_archives_in_mails_and_mails_in_archives(tmp_path: Path) -> None:
    inner = make_zip({"b.txt": TEXT.encode()})
    (tmp_path / "a.eml").write_bytes(mail(LETTER, a_zip=inner))
    (tmp_path / "b.zip").write_bytes(make_zip({"信.eml": mail(LETTER, c_txt=TEXT.encode())}))
    results = {
        Path(source.name).relative_to(tmp_path).as_posix(): result for source, result in read_many([tmp_path])
    }
    assert list(results) == ["a.eml!/a.zip!/b.txt", "b.zip!/信.eml!/c.txt"]
    assert not any(isinstance(result, ReadingError) for result in results.values())


def test_a_mail_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(mail(LONG, c_txt=TEXT.encode()))))
    found = list(expand(["-"]))
    assert [source.name for source in found] == ["-", "-!/c.txt"]
    assert [read_source(source).text.replace("\r", "") for source in found] == [LONG, TEXT]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (b'attachment; filename="\xcd\xa8\xb1\xa8.txt"', "通报.txt"),
        ('attachment; filename="通报.txt"'.encode(), "通报.txt"),
        (b'attachment; filename="=?GB2312?B?zaixqC50eHQ=?="', "通报.txt"),
        (b"attachment; filename*=gb2312''%CD%A8%B1%A8.txt", "通报.txt"),
        (b'attachment; filename="../../etc/passwd.txt"', "etc_passwd.txt"),
        (b'attachment; filename="C:\\\\x!/y.txt"', "C:_x！_y.txt"),
        (b"attachment", "未命名"),
    ],
)
def test_names_of_attachments(written: bytes, name: str) -> None:
    head = b"From: a@b.cn\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    data = head + b"Content-Type: text/plain\nContent-Disposition: " + written + b"\n\ntext\n--x--\n"
    assert [found for found, _ in mails._attachments(data)] == [name]


def test_attachments_of_one_name_and_of_a_forwarded_mail() -> None:
    message = EmailMessage()
    message["From"] = "a@b.cn"
    message.set_content(LETTER)
    forwarded = EmailMessage()
    forwarded.set_content(LETTER)
    for content in (b"1", b"2", b"3"):
        forwarded.add_attachment(content, maintype="application", subtype="pdf", filename="通报.pdf")
    message.add_attachment(forwarded)
    found = dict(mails._attachments(bytes(message)))
    assert found == {"通报.pdf": b"1", "通报(2).pdf": b"2", "通报(3).pdf": b"3"}


def test_hostile_mails_are_refused(tmp_path: Path) -> None:
    nested = b"From: a@b.cn\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(5000)
    )
    path = tmp_path / "a.eml"
    path.write_bytes(nested)
    [(_, result)] = read_many([path])
    assert "嵌套" in str(result)
    path.write_bytes(mail(LETTER, **{f"a{n}_txt": b"x" for n in range(12)}))
    [(_, result)] = read_many([path], Limits(members=10))
    assert "附件" in str(result)
    [(_, result)] = read_many([path], Limits(file_bytes=1000))
    assert "MiB" in str(result)


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
