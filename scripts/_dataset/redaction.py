"""Contact details become ○, character for character, so that every offset and line number still holds."""

from __future__ import annotations

import re

MASK = "○"

# Labels that announce a contact detail; they stay readable, what follows them does not.
_LABEL = re.compile(
    r"(?:联系|监督|举报|咨询|办公|传真)?电话|联系方式|联系人|传真|"
    r"(?:通信|通讯|联系|邮寄|邮政|电子|办公)?(?:地址|信箱|邮箱)|邮政编码|邮编|E-?mail"
)
# A label counts only where a value follows: a colon, a digit, or an e-mail written without its @.
_ANNOUNCED = re.compile(rf"(?:{_LABEL.pattern})\s*(?:[:：]|\d|[A-Za-z0-9_]+[@＠.])")
_KEPT = re.compile(rf"{_LABEL.pattern}|【[^】]*】|[\s:：,，;；。、（）()]")


def redact(text: str, first_line: int) -> str:
    """`text` with the values of contact details masked in the lines from number `first_line` on.

    Contact details stand below the last item, so the annotated lines never change. The result has the same
    length and the same line ends; labels, punctuation and watermarks stay.
    """
    lines = text.split("\n")
    return "\n".join(_redact_line(line) if i >= first_line else line for i, line in enumerate(lines))


def _redact_line(line: str) -> str:
    found = _ANNOUNCED.search(line)
    if found is None:
        return line
    head, tail = line[: found.start()], line[found.start() :]
    out, at = [], 0
    for kept in _KEPT.finditer(tail):
        out += [MASK * (kept.start() - at), kept.group()]
        at = kept.end()
    return head + "".join(out) + MASK * (len(tail) - at)
