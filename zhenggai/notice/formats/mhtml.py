"""Pages saved as one file (MHTML), and mails: the text out of its envelope."""

from __future__ import annotations

from dataclasses import replace

from zhenggai.notice.formats.base import Extracted, Limits, failure
from zhenggai.notice.formats.html import extracted
from zhenggai.notice.formats.mail import attachment, own_text, parts_of
from zhenggai.notice.formats.mail_head import head_of
from zhenggai.notice.formats.text import decode


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the page in a MIME message, or of a mail without one. Raises ReadingError: there is none."""
    parts = parts_of(data)
    attached = "、".join(filter(None, map(attachment, parts)))
    found = own_text(parts)
    if found is None:
        if attached:
            raise failure(
                "有正文的邮件", f"正文在附件中（{attached}）", "写成 邮件名!/附件名，或另存附件后读取"
            )
        raise failure("含有网页的 mhtml 文件", "其中没有网页", "在浏览器中重新保存，或复制正文存为 txt")
    part, payload = found
    text, encoding, warnings = decode(payload, part.get_content_charset())
    if attached:
        warnings = (*warnings, f"邮件另有附件（{attached}），是单独的文件：能读取的写作 邮件名!/附件名。")
    subject, sent = head_of(data)
    plain = part.get_content_maintype() == "text" and part.get_content_subtype() == "plain"
    read = Extracted(text, encoding, warnings) if plain else extracted(text, limits, encoding, warnings)
    return replace(read, subject=subject, sent=sent)
