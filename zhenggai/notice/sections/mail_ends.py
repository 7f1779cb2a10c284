"""What stands below the text of a mail: the signature, a line of the program, the mail it answers."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_END = compiled(
    r"发自(?:我的)?\s?[^，。；]{0,16}(?:iPhone|iPad|手机|平板|邮箱|客户端|Android|HUAWEI|Mi|OPPO|vivo)[^，。；]{0,12}$"
    r"|从\s?[^，。；]{2,20}发送$|Sent from [^，。；]{2,30}$|获取 Outlook"
    r"|[-—_－]{2,}\s?(?:原始邮件|转发(?:的)?邮件(?:信息)?|邮件原文|Original(?: Message)?|Forwarded message)"
    r"|On [^\n]{6,80} wrote[:：]$|在\s?\d{4}[^\n，。]{6,60}写道[:：]$|--$|此致(?:敬礼[！!]?)?$",
)
_SENDER = compiled(r"(?:发件人|寄件者|From)\s?[:：]")
_HEADER = compiled(r"(?:发送(?:时间|日期)|收件人|抄送|主题|日期|To|Cc|Sent|Date|Subject)\s?[:：]")
_HEADER_LINES = 3


def before_mail_end(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Lines before what a mail program writes below a text, and the rest: no answer stands behind it."""
    cut = len(lines)
    for index in range(len(lines) - 1, len(lines) // 2 - 1, -1):
        line = lines[index]
        if line.has_outcome_label or line.is_table_row:
            break
        if index and line.marker is None and _ends(line.text, lines[index + 1 : index + 1 + _HEADER_LINES]):
            cut = index
    return lines[:cut], lines[cut:]


def _ends(text: str, following: Sequence[Line]) -> bool:
    if _END.match(text):
        return True
    return _SENDER.match(text) is not None and any(_HEADER.match(line.text) for line in following)
