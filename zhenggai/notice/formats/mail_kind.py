"""Is a file a mail, and one with attachments? By its beginning, without a parser."""

from __future__ import annotations

import re

from zhenggai.patterns import compiled

HEAD = 16_000
"""Bytes by which a mail is told; the servers on its way write theirs before its own."""
_FIRST = compiled(
    r"(?:Received|Return-Path|Delivered-To|From|To|Date|Subject|Message-ID|X-[\w-]{1,40}|MIME-Version):[ \t]",
    re.I,
)
_TYPE = compiled(r"^Content-Type:\s*(?:text/|multipart/)", re.I | re.M)
_SEVERAL = compiled(r"^Content-Type:\s*multipart/(?!related\b)", re.I | re.M)
"""A page that was saved is of related parts."""


def is_mail(head: str) -> bool:
    """Whether a file that begins so is a mail."""
    return _FIRST.match(head) is not None and _TYPE.search(head) is not None


def may_have_attachments(head: bytes) -> bool:
    """Whether a file that begins so is a mail of several parts."""
    text = head.lstrip().decode("latin-1")
    return is_mail(text) and _SEVERAL.search(text) is not None
