"""General words behind the last item, without a heading of their own: they are no part of its answer."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.notice.language import page_wording, wording
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_CLOSING = compiled(
    r"(?:(?:下一?步|今后|接下来|总之|目前|总[的体](?:来[看说]|上)|虽然|尽管|(?:通过|经过)[^。，]{0,12}(?:集中|努力|整改))[^。]{0,60}"
    r"(?:巡[视察]|整改(?:工作|任务|成[果效]|抓)|全面从严治党|党组将|党委将|审计[局厅署]|跟踪督促)"
    r"|(?:我们|我[^，。]{1,3}|(?:全体|全[局院校县市区镇乡行厅委会])|[^，。；：]{2,18}(?:党组|党委|党支部|党工委))(?:班子)?(?:也)?(?:将|要|会)"
    r"[^。]{0,80}巡[视察](?:整改|反馈|工作)?(?:工作|任务|成[果效]|后续|为契机|为动力|为抓手|“后半篇)"
    r"|对[照标](?:巡[视察]|反馈|整改)*(?:问题|整改|任务)?(?:清单|台账|方案|意见|要求)[，,]"
    r"(?:我们|我[^，。\d]{1,3}|全[局院校县市区镇乡行厅委]|[^，。\d]{0,16}(?:党组|党委|党支部|党工委))"
    r"(?:班子)?(?:还|仍|也)?(?:要|需|须|将|会)[^。\d《]{2,80}(?:。|$)"
    r"|整改(?:工作)?(?:永远在路上|只有进行时|没有完成时|没有休止符)"
    r"|巡[视察]整改(?:工作)?(?:取得|虽然|永远|是一|既是|已))"
)
"""A general paragraph after the last item: it speaks of the rectification as a whole."""
_FROM_IT = compiled(
    r"(?:我们|[^，。；：]{0,18}?(?:党组|党委|党支部|党总支|工委|委员会|管委会|公司|集团|学校|学院|医院|我[^，。]{1,3}))"
    r"(?:班子|一班人)?也?(?:将|要|会)(?:继续|持续|进一步|坚持|切实)?"
    r"(?:[以把将](?:此次|本次|这次|此轮|本轮|这轮|这一轮)?(?:巡[视察])?(?:反馈问题)?整改(?:工作|成[果效]|落实)?"
    r"(?:为|作为|与|同|和|当作|转化|融入|贯穿)|以此(?:次|轮)?为新的?(?:起点|契机|开端))"
)
"""The publisher goes on from the rectification itself: …将以此次整改为新起点，…将把巡视整改与…结合。"""
_CLOSING_POINT = compiled(r"[（(]?[一二三四五六七八九十][）)、是]|\d{1,2}[.．、]")
"""A point of such a paragraph, in a line of its own."""
_SENTENCE = compiled(r"[^。！？!?]+[。！？!?]?")
_NOTE = compiled(r"(?:说明|备注|注)\s?[：:][^。]{0,60}(?:问题|任务|事项|意见)")
"""A note on the table of problems as a whole."""
_FROM_NOW = compiled(r"(?:在)?今后的?工作(?:中|里)?[，,]")
_REPORT_ENDS = compiled(
    r"(?:特此|以上(?:情况)?(?:[，,]?特此)?)(?:通报|公告|公示|报告|汇报|说明)"
    r"(?:[，,]?(?:如?有?(?:不妥|不当)(?:之处)?[，,]?|[妥当]否[，,]?|(?<=[，,]))"
    r"(?:(?:敬请|恳请|请)(?:领导|上级|予以?|给予|[^，。；]{0,6}组)?(?:审[示阅议核]|批评指正|指正|批[示评]|指示)"
    r"|(?:欢迎|敬请|恳请|诚请|请)[^。，；]{0,16}监督))?[。！]?$"
    r"|(?:以上[^，。；]{0,8}[，,])?(?:如?有?(?:不妥|不当)(?:之处)?|[妥当]否)[，,](?:敬请|恳请|请)[^，。；]{0,10}[。！]?$"
)
_REST = r"(?:剩余|余下|遗留|其余|尚?未(?:完成|销号|办结|整改到位))的?(?:整改)?(?:问题|任务|事项|工作)"
"""What the notice as a whole has left; where the item itself speaks of a rest, that is meant."""
_OWN_REST = compiled(r"其余|剩余|余下|尚未|未完成|仍有|还有|另有|待")
_BODY_WILL = compiled(
    r"(?:(?:下一?步|下[一]?阶段|今后|接下来|下阶段|后续)(?:工作中)?[，,]\s?(?=将|要|继续|持续|进一步)|"
    r"(?:(?:下一?步|下[一]?阶段|今后|接下来|下阶段|后续)(?:工作中)?[，,]\s?)?"
    r"(?:我们|我[^，。；将要会]{1,4}?|全[局院校县市区镇乡行厅委处所][^，。；将要会]{0,4}"
    r"|[^，。；：]{0,18}?(?:党委|党组|党支部|党总支|总支|工委|委员会|支部|公司|集团|学校|学院|医院|中心))(?:领导)?(?:班子)?也?(?:将|要|会))"
)
"""The publisher as a whole speaks of what it will do: 学校党委将…, 今后，我乡将…"""
_OF_ALL = compiled(
    r"(?:深化|抓好|抓实|推进|做好|巩固|落实|强化)(?:落实|推进)?(?:省委|市委|县委|区委|巡[视察]|反馈|问题|意见|后续|各项|本轮|此次|这次|的)*整改"
    rf"|{_REST}"
    r"|整改(?:工作|成[果效]|后续|长效|“?后半篇)|后半篇文章"
    r"|问题(?:再次)?(?:反弹|复发|回潮)|反弹回潮"
    r"|(?:[中省市州县区旗][央委]|上级|党中央|[^，。；]{0,4}党[委组])[^，。；]{0,12}(?:要求|部署|领导)[^。]{0,40}(?:长效机制|成[果效]|从严治党|高质量发展)"
)
"""Rectification as a whole, not the one matter of an item."""
_RESTS = compiled(_REST)
_OPENING = 6
_MOST_ALIKE = 2
"""Places where a closing sentence may begin in the same words; in more, it closes answers one by one."""
_CONTACT_LABEL = compiled(
    r"(?:联系|监督|举报|咨询|受理|反映)(?:举报|联系)?(?:电话|方式|热线|邮箱|渠道)\s?[：:]"
)
_AS_A_WHOLE = compiled(r"巡[视察]|整改(?:工作|成[果效]|永远|只有|没有)")


def without_closing(text: str, body: list[Span]) -> list[Span]:
    """The paragraphs `body` of the last answer up to a general paragraph, or general sentences at their end.

    The points of a general paragraph may follow in lines of their own.
    """
    lines = [text[slice(*span)] for span in body]
    own = False  # whether the item itself has a rest
    for index in range(1, len(lines)):
        if _is_last_title(text, lines, index):
            return body[:index]
        own = own or _OWN_REST.search(lines[index - 1]) is not None
        if (_closes(lines[index]) or _looks_ahead(text, lines[index], own)) and all(
            _closes(line) or _looks_ahead(text, line, own) or _CLOSING_POINT.match(line)
            for line in lines[index + 1 :]
        ):
            return body[:index]
    return _without_last_sentences(text, body)


def _closes(line: str) -> bool:
    if _CLOSING.match(line) or _FROM_IT.match(line) or _NOTE.match(line) or _FROM_NOW.match(line):
        return True
    sentences = [match.group() for match in _SENTENCE.finditer(line)]
    if not sentences:  # a full stop alone, where printed lines are broken before it
        return False
    if _REPORT_ENDS.match(sentences[-1]):
        return not any(map(wording.reports_done, sentences))
    general = _AS_A_WHOLE.search(sentences[0]) is not None and not wording.reports_done(sentences[0])
    return general and any(_CLOSING.match(sentence) for sentence in sentences[1:])


_TITLE = compiled(
    r"(?P<number>(?:第[一二三四五六七八九十]{1,2}(?:部分|篇章?|[章节])|[三四五六七八九十壹贰叁参肆伍陆柒捌玖拾Ⅱ-Ⅹ]{1,2})[、．.：:\s]{1,3}|【)?"
    r"(?:下一?步|下一?阶段|今后|后续|接下来)的?(?:整改|主要|重点)*(?:工作|整改|努力)*(?:的|打算|安排|计划|措施|举措|重点|思路|方向)*"
    r"(?P<mark>[】：:。]{0,2})"
)
_LONGEST_TITLE = 24


def _is_last_title(text: str, lines: list[str], index: int) -> bool:
    """Whether a paragraph is the title of what comes next for the whole notice: 叁、下步工作.

    Without number it may be the label of a rest, which says what will be done, or comes below other problems.
    """
    line = lines[index]
    title = _TITLE.fullmatch(line) if len(line) <= _LONGEST_TITLE else None
    if title is None or len(line) < _SHORTEST_TITLE or text.count(line) > 1:
        return False
    numbered = title["number"] is not None and title["number"] != "【"
    return numbered or not (title["mark"] and any(map(_SAYS_WHAT.search, lines[index + 1 :])))


_SHORTEST_TITLE = 4


def names_next_steps(title: str) -> bool:
    """Whether a heading, without its number, only names what comes next: 下步工作打算."""
    return len(title) <= _LONGEST_TITLE and _TITLE.fullmatch(title) is not None


def _looks_ahead(text: str, line: str, own_rest: bool) -> bool:
    """Whether a paragraph only says how the whole body will go on with its rectification.

    What was done or counted, and what ends each answer in the same words, belongs to an item.
    """
    if _BODY_WILL.match(line) is None or (told := _OF_ALL.search(line)) is None:
        return False
    if own_rest and _RESTS.match(told.group()):
        return False
    if _SAYS_WHAT.search(line):
        return False
    return text.count(line[:_OPENING]) <= _MOST_ALIKE


_SAYS_WHAT = compiled(
    r"\d\s?余?(?:个|名|人|次|项|件|处|万|元|家|户|月|年)|已(?:经|于|完成|印发|制定|组织|整改)|《|(?:该|此项|这一)(?!轮|次)"
)


def _without_last_sentences(text: str, body: list[Span]) -> list[Span]:
    """`body` without what runs on into contact data or farewells, as where a notice is one paragraph."""
    if not body:
        return body
    start, end = body[-1]
    sentences = list(_sentences(text, start, end))
    said = [text[slice(*span)].strip() for span in sentences]
    last = next((i for i, sentence in enumerate(said) if i and _is_contact(sentence)), len(said))
    closes = _is_general if last < len(said) else _is_farewell
    while last > 1 and closes(said[last - 1]):
        last -= 1
    return [*body[:-1], (start, sentences[last - 1][1])] if last < len(said) else body


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _SENTENCE.finditer(text, start, end):
        yield match.span()


def _is_contact(sentence: str) -> bool:
    """Whether a sentence says how to reach the publisher; a hotline's new number is part of an answer."""
    plain = sentence.strip()
    invites = page_wording.INVITATION.match(plain) is not None
    if invites and page_wording.CONTACT.search(plain[:60]) is not None:
        return True
    if _CONTACT_LABEL.match(plain):
        return True
    return page_wording.speaks_to_readers(plain) and not wording.reports_done(plain)


def _is_farewell(sentence: str) -> bool:
    """Whether a sentence at the very end closes the notice, whatever stands before it."""
    return _REPORT_ENDS.match(sentence) is not None or _FROM_IT.match(sentence) is not None


def _is_general(sentence: str) -> bool:
    return (
        _is_farewell(sentence)
        or _CLOSING.match(sentence) is not None
        or _FROM_NOW.match(sentence) is not None
    )
