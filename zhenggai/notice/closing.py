"""General words behind the last item, without a heading of their own: they are no part of its answer."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.notice import page_wording, wording
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

_CLOSING = compiled(
    r"(?:(?:下一?步|今后|接下来|总之|目前|总[的体](?:来[看说]|上)|虽然|尽管|(?:通过|经过)[^。，]{0,12}(?:集中|努力|整改))[^。]{0,60}"
    r"(?:巡[视察]|整改(?:工作|任务|成[果效]|抓)|全面从严治党|党组将|党委将|审计[局厅署]|跟踪督促)"
    r"|(?:我们|我[^，。]{1,3}|(?:全体|全[局院校县市区镇乡行厅委会])|[^，。；：]{2,18}(?:党组|党委|党支部|党工委))(?:班子)?(?:也)?(?:将|要|会)"
    r"[^。]{0,80}巡[视察](?:整改|反馈|工作)?(?:工作|任务|成[果效]|后续|为契机|为动力|为抓手|“后半篇)"
    r"|巡[视察]整改(?:工作)?(?:取得|虽然|永远|是一|既是|已))"
)
"""A general paragraph after the last item: it speaks of the rectification as a whole."""
_CLOSING_POINT = compiled(r"[（(]?[一二三四五六七八九十][）)、是]|\d{1,2}[.．、]")
"""A point of such a paragraph, in a line of its own."""
_SENTENCE = compiled(r"[^。！？!?]+[。！？!?]?")
_NOTE = compiled(r"(?:说明|备注|注)\s?[：:][^。]{0,60}(?:问题|任务|事项|意见)")
"""A note on the table of problems as a whole."""
_FROM_NOW = compiled(r"(?:在)?今后的?工作(?:中|里)?[，,]")
_REPORT_ENDS = compiled(r"(?:特此|以上)(?:通报|公告|公示|报告|说明)(?:[，,]请审[示阅议])?[。！]?$")
_AS_A_WHOLE = compiled(r"巡[视察]|整改(?:工作|成[果效]|永远|只有|没有)")


def without_closing(text: str, body: list[Span]) -> list[Span]:
    """The paragraphs `body` of the last answer up to a general paragraph, or general sentences at their end.

    The points of a general paragraph may follow in lines of their own.
    """
    lines = [text[slice(*span)] for span in body]
    for index in range(1, len(lines)):
        if _closes(lines[index]) and all(
            _closes(line) or _CLOSING_POINT.match(line) for line in lines[index + 1 :]
        ):
            return body[:index]
    return _without_last_sentences(text, body)


def _closes(line: str) -> bool:
    if _CLOSING.match(line) or _NOTE.match(line) or _FROM_NOW.match(line):
        return True
    sentences = [match.group() for match in _SENTENCE.finditer(line)]
    if not sentences:  # a full stop alone, where printed lines are broken before it
        return False
    if _REPORT_ENDS.match(sentences[-1]):
        return not any(map(wording.reports_done, sentences))
    general = _AS_A_WHOLE.search(sentences[0]) is not None and not wording.reports_done(sentences[0])
    return general and any(_CLOSING.match(sentence) for sentence in sentences[1:])


def _without_last_sentences(text: str, body: list[Span]) -> list[Span]:
    """`body` without what runs on into contact data, as where a whole notice is one paragraph."""
    if not body:
        return body
    start, end = body[-1]
    sentences = list(_sentences(text, start, end))
    contact = next((i for i, span in enumerate(sentences) if i and _is_contact(text[slice(*span)])), None)
    if contact is None:
        return body
    while contact > 1 and _is_general(text[slice(*sentences[contact - 1])]):
        contact -= 1
    return [*body[:-1], (start, sentences[contact - 1][1])]


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _SENTENCE.finditer(text, start, end):
        yield match.span()


def _is_contact(sentence: str) -> bool:
    """Whether a sentence says how to reach the publisher; a hotline's new number is part of an answer."""
    plain = sentence.strip()
    invites = page_wording.INVITATION.match(plain) is not None
    if invites and page_wording.CONTACT.search(plain[:60]) is not None:
        return True
    return page_wording.speaks_to_readers(plain) and not wording.reports_done(plain)


def _is_general(sentence: str) -> bool:
    plain = sentence.strip()
    return (
        _CLOSING.match(plain) is not None
        or _FROM_NOW.match(plain) is not None
        or page_wording.FAREWELL.match(plain) is not None
    )
