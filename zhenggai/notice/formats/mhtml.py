"""Pages saved as one file (MHTML): the page out of its envelope."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from zhenggai.notice.formats.base import Extracted, Limits, failure
from zhenggai.notice.formats.html import extracted
from zhenggai.notice.formats.text import decode


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the page in a MIME message. Raises ReadingError when there is none."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    pages = [
        part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    payloads = [(part, payload) for part in pages if (payload := _payload(part))]
    if not payloads:
        raise failure("含有网页的 mhtml 文件", "其中没有网页", "在浏览器中重新保存，或复制正文存为 txt")
    part, payload = max(payloads, key=lambda found: len(found[1]))  # frames and advertisements are smaller
    html, encoding, warnings = decode(payload, part.get_content_charset())
    return extracted(html, limits, encoding, warnings)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
