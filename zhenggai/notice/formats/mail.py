"""Mails: their attachments as the members of an archive, and whether the message itself may be a notice."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import MIB, Limits, failure
from zhenggai.patterns import compiled

_MOST_NESTED = 200
"""Parts that hold parts; the parser goes down into them."""
_PAGES = ("text/html", "application/xhtml+xml")
_CHINESE = compiled("[\u4e00-\u9fff]")
_FEWEST_CHINESE = 200
"""Characters of a message that may be a notice: a letter that goes with one is shorter."""
_NAME = compiled(r"name\s{0,9}=\s{0,9}\"?([^\";\r\n]{1,300})", re.I)
_UNNAMED = "未命名"


def parts_of(data: bytes) -> list[Message]:
    """Parts of a message that hold no others. Raises ReadingError: too many within others."""
    nested = data.count(b"boundary=") + data.count(b"message/rfc822")
    if nested > _MOST_NESTED:
        raise failure(f"嵌套不超过 {_MOST_NESTED} 层的邮件", f"有 {nested} 处", "另存附件后直接读取附件")
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    return [part for part in message.walk() if not part.is_multipart()]


def attachment(part: Message) -> str | None:
    """The name of an attached file; None for what belongs to the message itself."""
    named = part.get_filename()
    attached = part.get_content_disposition() == "attachment"
    if not attached and (named is None or part.get_content_maintype() in ("text", "image")):
        return None
    return _readable(part)


def _readable(part: Message) -> str:
    """The name of an attached file, in whichever way the mail program wrote it."""
    name = part.get_filename() or _UNNAMED
    try:
        if "\ufffd" not in name:
            return str(make_header(decode_header(name)))
    except (LookupError, UnicodeError, ValueError):
        return name
    for head, value in part.raw_items():  # bytes beyond ASCII, which stand here as lone surrogates
        found = _NAME.search(str(value)) if head.lower().startswith("content-") else None
        if found is not None:
            raw = found[1].encode("utf-8", "surrogateescape")
            try:
                return raw.decode("utf-8")
            except UnicodeDecodeError:
                return raw.decode("gb18030", "replace")
    return name


def payload(part: Message) -> bytes:
    """The bytes of a part."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def largest(parts: list[Message], kinds: tuple[str, ...] = _PAGES) -> tuple[Message, bytes] | None:
    """The largest part of one of the `kinds`: frames and advertisements are smaller."""
    found = [(p, data) for p in parts if p.get_content_type() in kinds and (data := payload(p))]
    return max(found, key=lambda pair: len(pair[1]), default=None)


def own_text(parts: list[Message]) -> tuple[Message, bytes] | None:
    """What the message itself says: a page, or else plain text."""
    own = [part for part in parts if attachment(part) is None]
    return largest(own) or largest(own, ("text/plain",))


def as_zip(data: bytes, limits: Limits) -> bytes:
    """The attachments of a mail as a zip file. Raises ReadingError: too large, or damaged."""
    import zipfile

    if len(data) > limits.file_bytes:
        raise failure(f"不超过 {limits.file_bytes // MIB} MiB 的邮件", "更大", "另存附件后直接读取附件")
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as made:
            for number, (name, content) in enumerate(_attachments(data)):
                if number >= limits.members:
                    raise failure(f"不超过 {limits.members} 个附件的邮件", "有更多", "另存附件后直接读取附件")
                made.writestr(name, content)
    except ReadingError:
        raise
    except Exception as error:  # the parser of the library fails in many ways on damaged mails
        raise failure("完整的邮件", "无法解析（已损坏）", "重新导出，或另存附件后直接读取附件") from error
    return packed.getvalue()


def _attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names, each once, and contents."""
    seen: set[str] = set()
    for part in parts_of(data):
        if (name := attachment(part)) is None:
            continue
        name = re.sub(r"[\\/\x00-\x1f]", "_", name).replace("!", "！").lstrip("._ ") or _UNNAMED
        stem, dot, ending = name.rpartition(".")
        count = 1
        while name in seen:
            count += 1
            name = f"{stem}({count}){dot}{ending}" if dot else f"{ending}({count})"
        seen.add(name)
        yield name, payload(part)


def holds_notice(data: bytes) -> bool:
    """Whether the message itself may be a notice, and not only a letter that goes with one."""
    from zhenggai.notice.formats.text import decode

    try:
        found = own_text(parts_of(data))
        if found is None:
            return False
        text = decode(found[1], found[0].get_content_charset())[0]
    except Exception:  # reading it would say why, and its attachments are read
        return False
    return "整改" in text and len(_CHINESE.findall(text)) >= _FEWEST_CHINESE
