"""The head of a notice: its title, the body that published it, the date."""

from __future__ import annotations

from zhenggai.notice.numbering import parse_number
from zhenggai.notice.outline import Line
from zhenggai.notice.wording import DATE_LINE
from zhenggai.patterns import compiled

_HEAD_LINES = 12
_TITLE = compiled(
    r"(?:通报|报告|公示|情况|公告|反馈|方案|台账|清单|通知|说明|一览表|情况表|表)(?:[（(][^）)]{0,20}[）)])?$"
)
_DATE = compiled(r"(?P<y>(?:19|20)\d{2})\s?[年\-/.]\s?(?P<m>\d{1,2})\s?[月\-/.]\s?(?P<d>\d{1,2})\s?日?")
_CN_DATE = compiled(
    r"(?P<y>[二一][〇○零ＯOo0一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,3})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_ZERO = compiled("[○ＯOo0零]")
_DATE_LABEL = compiled(r"(?:日期|时间|发布)\s?[：:]")
_UNIT = compiled(
    r"^(?:关于)?(?:中国共产党|中共)?(?P<unit>[^，。；：]{2,40}?)(?:关于|落实|巡[视察]整改|整改|党的|对|向|贯彻|开展|在|(?:十[一二三四五六七八九]?|[一二三四五六七八九])届)"
)


def read_title(lines: list[Line]) -> str | None:
    """The title: the first line that ends like one, else the first line if it is short."""
    head = lines[:_HEAD_LINES]
    for index, line in enumerate(head):
        text = line.text
        if line.marker is not None and index > 0:
            break
        if 8 <= len(text) <= 90 and _TITLE.search(text) and "。" not in text and not line.is_table_row:
            above = head[index - 1].text if index else ""
            joined = (
                above
                and len(above) <= 40
                and not _DATE.search(above)
                and above[-1] not in "。：；"
                and len(text) < 30
            )
            return (
                above + text if joined and text.startswith(("关于", "巡", "落实", "整改", "反馈")) else text
            )
    if head and len(head[0].text) <= 60 and head[0].text[-1] not in "。；：" and head[0].marker is None:
        return head[0].text
    return None


def is_title(text: str, title: str | None) -> bool:
    """Whether a statement is the notice's own title, which is no problem."""
    return title is not None and text in title and _TITLE.search(text) is not None


def read_unit(title: str | None) -> str | None:
    """The body named at the beginning of the title, without 中共."""
    if title is None:
        return None
    match = _UNIT.match(title)
    if match is None:
        return None
    unit = match["unit"].strip("“” ").removesuffix("第")
    return unit if len(unit) >= 2 else None


def read_published(texts: list[str], title: str | None) -> str | None:
    """Date of publication, `YYYY-MM-DD`: a date that stands alone near the title or at the end."""
    head, tail = texts[:_HEAD_LINES], texts[-6:]
    dated = [text for text in head if len(text) <= 60 or _DATE_LABEL.search(text[:40])]
    signed = [text for text in reversed(tail) if DATE_LINE.match(text.replace(" ", ""))]
    for text in dated + signed:
        found = _date(text)
        if found is not None and text != title:
            return found
    return None


def _date(text: str) -> str | None:
    match = _DATE.search(text)
    if match is not None:
        year, month, day = (int(match[k]) for k in "ymd")
    else:
        match = _CN_DATE.search(text)
        if match is None:
            return None
        year = parse_number(_ZERO.sub("〇", match["y"]))
        month, day = parse_number(match["m"]), parse_number(match["d"])
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None
