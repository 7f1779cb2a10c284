"""What the head of a mail says of it: subject and day. Saved pages have such a head too, and no addressee."""

from __future__ import annotations

import re
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from zhenggai.patterns import compiled

_ANSWERED = compiled(r"(?:(?:Re|Fwd?|回复|答复|转发)\s?[：:]\s*)*", re.I)


def head_of(data: bytes) -> tuple[str | None, str | None]:
    """Subject and day (`YYYY-MM-DD`) of a mail, as far as it gives them; of a saved page neither."""
    head = BytesHeaderParser(policy=compat32).parsebytes(data.lstrip())
    return (_subject(head), _sent(head)) if head["To"] else (None, None)


def _subject(head: Message) -> str | None:
    """What a mail is about, without the marks of answers and forwarded mails."""
    subject = " ".join(_readable(str(head["Subject"] or "")).split())
    return _ANSWERED.sub("", subject, count=1).strip() or None


def _sent(head: Message) -> str | None:
    try:
        return parsedate_to_datetime(str(head["Date"])).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return None


def _readable(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, UnicodeError, ValueError):
        return text
