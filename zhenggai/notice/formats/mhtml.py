"""Pages saved as one file (MHTML), and mails: the text out of its envelope."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from zhenggai.notice.formats.base import Extracted, Limits, failure
from zhenggai.notice.formats.html import extracted
from zhenggai.notice.formats.text import decode
from zhenggai.patterns import compiled

_ANSWERED = compiled(r"(?:(?:Re|Fwd?|回复|答复|转发)\s?[：:]\s*)*", re.I)
_PAGES = ("text/html", "application/xhtml+xml")


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the page in a MIME message, or of a mail without one. Raises ReadingError: there is none."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    attached = tuple(filter(None, map(_attachment, parts)))
    own = [part for part in parts if _attachment(part) is None]
    found = _largest(own, _PAGES) or _largest(own, ("text/plain",))
    if found is None:
        if attached:
            raise failure("有正文的邮件", f"正文在附件中（{'、'.join(attached)}）", "另存附件后直接读取附件")
        raise failure("含有网页的 mhtml 文件", "其中没有网页", "在浏览器中重新保存，或复制正文存为 txt")
    part, payload = found
    text, encoding, warnings = decode(payload, part.get_content_charset())
    if attached:
        warnings = (*warnings, f"邮件的附件没有读取（{'、'.join(attached)}）：需要时请另存附件后读取。")
    page = part.get_content_type() in _PAGES
    read = extracted(text, limits, encoding, warnings) if page else Extracted(text, encoding, warnings)
    return replace(read, subject=_subject(message), sent=_sent(message)) if message["To"] else read


def _subject(message: Message) -> str | None:
    """What a mail is about, without the marks of answers and forwarded mails."""
    subject = " ".join(_readable(str(message["Subject"] or "")).split())
    return _ANSWERED.sub("", subject, count=1).strip() or None


def _sent(message: Message) -> str | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return None


def _largest(parts: list[Message], kinds: tuple[str, ...]) -> tuple[Message, bytes] | None:
    """The largest part of one of the `kinds`: frames and advertisements are smaller."""
    found = [(p, payload) for p in parts if p.get_content_type() in kinds and (payload := _payload(p))]
    return max(found, key=lambda pair: len(pair[1]), default=None)


def _attachment(part: Message) -> str | None:
    """The name of an attached file; None for what belongs to the message itself."""
    if part.get_content_disposition() != "attachment":
        return None
    return _readable(part.get_filename() or "未命名")


def _readable(header: str) -> str:
    try:
        return str(make_header(decode_header(header)))
    except (LookupError, UnicodeError, ValueError):
        return header


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
