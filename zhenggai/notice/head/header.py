"""The head of a notice: its title, the body that published it."""

from __future__ import annotations

from zhenggai.notice.head.published import DATE
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_HEAD_LINES = 12
_TITLE = compiled(
    r"(?:通报|报告|公示|情况|公告|公开|反馈|方案|台账|清单|通知|说明|一览表|情况表|表)(?:[（(][^）)]{0,20}[）)])?$"
)
_UNIT = compiled(
    r"^(?:关于)?(?:中国共产党|中共)?(?P<unit>[^，。；：]{2,40}?)(?:关于|落实|巡[视察]整改|整改|党的|对|向|贯彻|开展|在|(?:十[一二三四五六七八九]?|[一二三四五六七八九])届)"
)


_RUBRIC = compiled(r"^[【\[][^【】\[\]]{2,8}[】\]]\s*")
"""【公示】, 【党务公开】 in front of a title."""
_FEEDBACK = compiled(
    r"(?:(?:中央|[省市州县区旗]委)?巡[视察](?:组)?(?:反馈)?的?(?:问题|意见)?|反馈的?(?:问题|意见))$"
)
"""What stands between the body and 整改情况 in a title."""
_INSPECTING = compiled(
    r"^(?:中央|[^，。]{0,6}[省市州县区旗]委|上级)?(?:第[一二三四五六七八九十\d]{1,3})?巡[视察]组?$"
    r"|^(?:中央|[^，。]{0,6}[省市州县区旗]委)第[一二三四五六七八九十\d]{1,3}$"
)
"""The body that inspected, where the title names no other: 关于市委第四巡察组反馈意见…"""
_NO_BODY = compiled(
    r"(?:中央|[^，。]{0,6}[省市州县区旗]委|上级)(?:第[一二三四五六七八九十\d]{1,3}轮?|提级|常规|专项|交叉|机动式?|延伸|联动|巡[视察])+"
    r"|党委|党组|党支部|党总支|党工委|公司|学校|学院|医院|集团|[我本][^，。]{1,3}"
)
"""Words before 巡察 that name a kind of it, and bodies without their names."""
_INSPECTOR = compiled(
    r"^(?:关于)?(?:中央|[^，。]{0,6}[省市州县区旗]委|上级)?(?:第[一二三四五六七八九十\d]{1,3})?巡[视察](?:[一二三四五六七八九十\d]{1,3})?组"
    r"(?:对|(?:常规|专项|提级|交叉|机动)?巡[视察])(?![我本该各])(?=[^，。；：]{2,30}?(?:党委|党组|总支|支部|工委|委员会))"
)
"""Who inspected, before the body that was: 市委第二巡察组巡察…局党组."""
_NAVIGATION = compiled(r"[|｜>»][^|｜>»]+[|｜>»]")
"""Names of the sections of a site: 本站首页 | 学校概况 | 信息公开."""
_SPACED = compiled(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_RUN_IN = compiled(
    r"(?P<title>[^。；：\n]{8,80}?(?:通报|报告|公示|公告))(?:[\s\u3000]|(?=根据|按照|现将|\d{4}\s?年))"
)
"""The title of a notice that is one paragraph."""


def read_title(lines: list[Line]) -> str | None:
    """The title: the first line that ends like one, else the first line if it is short.

    A line that speaks of no rectification (信息公开) is one only where none below it does.
    """
    first = _title_in(lines, 0)
    if first is None or _OF_GENRE.search(first[0]):
        return None if first is None else first[0]
    again = _title_in(lines, first[1] + 1) if first[1] is not None else None
    better = again is not None and again[1] is not None and again[1] - (first[1] or 0) <= _NEAR
    return again[0] if again is not None and better and _names_notice(again[0]) else first[0]


def _names_notice(text: str) -> bool:
    return _OF_GENRE.search(text) is not None and not text.startswith(("现", "根据", "按照"))


_OF_GENRE = compiled("整改|巡[视察]")
_NEAR = 3
_Found = tuple[str, int | None]
"""A title and the index of its line, None where it only is the first line."""


def _title_in(lines: list[Line], start: int) -> _Found | None:
    head = lines[:_HEAD_LINES]
    texts = [_SPACED.sub("", line.text) for line in head]  # scanned: 中 共 某 县
    for index, (line, text) in enumerate(zip(head, texts, strict=True)):
        if index < start:
            continue
        if line.marker is not None and index > 0:
            break
        if broken := _over_several_lines(head, texts, index):
            return broken
        fits = 8 <= len(text) <= 90 and "。" not in text and not line.is_table_row
        if fits and _TITLE.search(text) and not _NAVIGATION.search(text):
            above = texts[index - 1] if index else ""
            joined = (
                above
                and len(above) <= 40
                and not DATE.search(above)
                and above[-1] not in "。：；"
                and len(text) < 30
            )
            starts = text.startswith(("关于", "巡", "落实", "整改", "反馈"))
            return (above + text if joined and starts else text), index
    plain = _first_as_title(head[0], texts[0]) if head and not start else None
    return None if plain is None else (plain, None)


_BEGINS = compiled(
    r"(?:中共|中国共产党)[^，。；：]{4,}|[^，。；：]{2,30}(?:党委|党组|党总支|支部|工委|委员会)关于|关于[^，。；：]{8,}"
)
_WHOLE = compiled(r"(?:通报|报告|公示|公告|方案|台账|清单|通知|说明|一览表)(?:[（(][^）)]{0,20}[）)])?$")
_PAPER = compiled(r"(?:通报|报告|公示|公告)(?:[（(][^）)]{0,20}[）)])?$")
_MOST_LINES = 3
_LONGEST_LINE, _LONGEST_TITLE = 40, 90


def _over_several_lines(head: list[Line], texts: list[str], index: int) -> _Found | None:
    """A title that begins in line `index` and goes on in the next one or two, as printed pages break it.

    中共某县林业局党组关于县委巡察整改进展情况 / 的通报
    """
    whole = texts[index]
    if not _goes_on(head[index], whole) or _BEGINS.match(whole) is None or _WHOLE.search(whole):
        return None
    for below in range(index + 1, min(index + _MOST_LINES, len(head))):
        text = texts[below]
        again = text.startswith(_ANEW) or ("关于" in whole and text.startswith("关于"))
        if again or not _goes_on(head[below], text):
            return None
        whole += text
        if _PAPER.search(text):
            fits = len(whole) <= _LONGEST_TITLE and _OF_GENRE.search(whole) is not None
            return (whole, below) if fits else None
    return None


_ANEW = ("中共", "中国共产党", "（", "(", "—", "根据", "按照")


def _goes_on(line: Line, text: str) -> bool:
    plain = line.marker is None and not line.is_table_row and not line.has_outcome_label
    fits = plain and 0 < len(text) <= _LONGEST_LINE and text[-1] not in "。：；！？"
    return fits and not DATE.search(text) and not _NAVIGATION.search(text)


def _first_as_title(line: Line, text: str) -> str | None:
    """The first line where none ends like a title, or the title that it begins with."""
    if line.marker is not None or line.is_table_row:
        return None
    if len(text) <= 60:
        plain = text[-1] not in "。；：" and not DATE.search(text) and not _NAVIGATION.search(text)
        return text if plain else None
    found = _RUN_IN.match(line.text) or _RUN_IN.match(text)  # the space behind it may be what ends it
    return _SPACED.sub("", found["title"]) if found is not None else None


def is_title(text: str, title: str | None) -> bool:
    """Whether a statement is the notice's own title, which is no problem."""
    return title is not None and text in title and _TITLE.search(text) is not None


def read_unit(title: str | None) -> str | None:
    """The body named at the beginning of the title, without 中共."""
    if title is None:
        return None
    match = _UNIT.match(_INSPECTOR.sub("", _RUBRIC.sub("", title)))
    if match is None:
        return None
    unit = match["unit"].rpartition("｜")[2].strip("“” ").removesuffix("第")
    stripped = _FEEDBACK.sub("", unit)
    if _INSPECTING.search(unit) or _INSPECTING.search(stripped):
        return None
    if _NO_BODY.fullmatch(stripped):
        return None
    return stripped if len(stripped) >= 2 and not stripped.endswith(("方面", "问题", "事项")) else None


_BODY = r"(?P<unit>[^，。；、：（）()]{2,30}?(?:党委|党组|党总支|总支部?|党支部|党工委|工委|委员会))"
_IN_BRACKETS = compiled(
    rf"[（(](?:中共|中国共产党)?{_BODY}(?:[\s，,]*\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?)?[）)]"
)
_SUBTITLE = compiled(rf"[—–-]{{1,3}}\s?(?:中共|中国共产党)?{_BODY}")
_INSPECTED = compiled(
    rf"(?:巡[视察]组?|组)对(?!我|本|该|各)(?:中共|中国共产党)?{_BODY}(?:领导班子)?(?:进行|开展)"
)


def unit_of_introduction(lines: list[Line]) -> str | None:
    """The body where the title names none: in brackets below it, below a dash, or as the one that was inspected."""
    for line in lines[:_HEAD_LINES]:
        text = line.text.strip()
        found = _IN_BRACKETS.fullmatch(text) or _SUBTITLE.fullmatch(text) or _INSPECTED.search(text)
        if found is not None:
            return found["unit"]
    return None


_INTRODUCES = compiled(r"现(?:就|将|把)[^。；]{0,60}(?:如下|通报)[。：:]?$")


def above_items(lines: list[Line], title: str | None) -> int:
    """Clean offset up to which what has no number is no problem: the head, and what introduces the notice."""
    for line in lines[:_HEAD_LINES]:
        if line.marker is not None or line.has_outcome_label:
            break
        if line.text[-2:].strip("。：:").endswith(("下", "报")) and _INTRODUCES.search(line.text):
            return line.start
    return above_title(lines, title)


def above_title(lines: list[Line], title: str | None) -> int:
    """Clean offset up to which what stands in no row of numbers is the head of a page or of a paper."""
    if title is None or _TITLE.search(title) is None:
        return 0
    for line in lines[:_HEAD_LINES]:
        if title.endswith(_SPACED.sub("", line.text)):
            return line.start
    return 0
