"""Files that cannot be read, each broken in its own way, with a word of the reason that must be given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

BODILESS = ("[Content_Types].xml", "word/styles.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Broken:
    """Name, content, and what the message must say."""

    name: str
    data: bytes
    reason: str


def make_zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def broken_files() -> Iterator[Broken]:
    """Twenty ways to be unreadable."""
    yield Broken("empty.txt", b"", "空文件")
    yield Broken("blank.txt", " \n\u3000\n\ufeff".encode(), "没有任何文字")
    yield Broken("random.txt", bytes(range(256)) * 20, "二进制")
    yield Broken("nul.txt", b"\0" * 400, "二进制")
    yield Broken("control.txt", ("整\x01\x02\x03\x04改" * 50).encode(), "控制字符")
    yield Broken("image.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "PNG 图片")
    yield Broken("photo.pdf", b"\xff\xd8\xff\xe0" + b"\0" * 50, "JPEG 图片")
    yield Broken("archive.docx", b"Rar!\x1a\x07\0" + b"\0" * 50, "RAR 压缩包")
    yield Broken("program.txt", b"MZ\0\0" + b"\0" * 100, "可执行程序")
    yield from _office()
    yield from _pages_and_pdf()


def _office() -> Iterator[Broken]:
    word = {"word/document.xml": b"<w:document xmlns:w='x'><w:body><w:p/></w:body></w:document>"}
    entity = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
    yield Broken("book.xlsx", make_zip({"xl/workbook.xml": b"<x/>"}), "Excel")
    yield Broken("book.xlsb", make_zip({"xl/workbook.bin": b"x"}), "xlsb")
    yield Broken("slides.docx", make_zip({"ppt/presentation.xml": b"<x/>"}), "PowerPoint")
    yield Broken("layout.ofd", make_zip({"OFD.xml": b"<x/>"}), "没有页面")
    yield Broken("old.doc", OLE + "Workbook".encode("utf-16-le") + b"\0" * 600, "xlsx")
    yield Broken("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "加密")
    yield Broken("cut.docx", make_zip(word)[:-40], "无法打开")
    yield Broken("torn.docx", make_zip({"word/document.xml": b"<w:document"}), "XML 损坏")
    yield Broken("entity.docx", make_zip({"word/document.xml": entity}), "实体")
    yield Broken(
        "no-body.docx", make_zip({"[Content_Types].xml": b"<x/>", "word/styles.xml": b"<x/>"}), "缺少正文"
    )
    yield Broken("bomb.docx", make_zip({"word/document.xml": b" " * 4_000_000}), "压缩炸弹")


def _pages_and_pdf() -> Iterator[Broken]:
    yield Broken("script.html", b"<html><body><div id=app></div><script>load()</script></html>", "脚本")
    yield Broken("deep.html", b"<html>" + b"<div>" * 9000, "嵌套过深")
    yield Broken(
        "no-page.mhtml",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n",
        "没有网页",
    )
    yield Broken("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", "PDF")
