"""The bare total of a notice's problems: 反馈了4个方面12个问题, 梳理出具体问题10个, 25项问题、108条举措."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import COUNT, COUNTER, parse_number
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.model import Declared
from zhenggai.patterns import compiled

_OTHER_SENDER = compiled(r"移交|线索|信访|审计|督[查察]|上[轮次]|以往")
_REPORTED = compiled(
    rf"(?:反馈|指出|提出|发现)(?:了|的|存在|出|意见|我[^，。]{{0,4}}|[^，。；]{{0,14}}?(?:方面|项)的?)*\s?(?P<n>{COUNT})\s?个(?:具体|主要|突出)?问题"
)
_COUNTED_AFTER = compiled(
    rf"(?:反馈|指出|提出|发现)的?(?:具体|主要|突出)?(?:问题|意见)(?:共计?|合计|为|有)?\s?"
    rf"(?:{COUNT}\s?个?(?:大?类|方面|大项)[，、和共计]{{0,2}})?(?P<n>{COUNT}){COUNTER}(?!方面|大类|类|立)"
)
_SORTED = compiled(
    rf"(?:反馈|巡[视察])[^。；\d]{{0,16}}(?:梳理|归纳|汇总|分解|细化|列出|确定)(?:出|为|成|了|的)?"
    rf"(?:[^，。；\d]{{0,6}}问题(?:共计?|合计|为)?\s?(?P<n>{COUNT}){COUNTER}(?!方面|大类|类)|\s?(?P<before>{COUNT}){COUNTER}(?:具体|主要|突出|整改)?问题)"
)
"""对照反馈意见梳理出具体问题10个"""
_MEASURES = r"(?:具体|整改|工作)*(?:措施|举措|任务)"
_WITH_MEASURES = compiled(
    rf"[个项条](?:具体|反馈|主要|突出|存在的?|整改)?问题(?:[、，和及以]|逐[一条项个]|分别|共计?|研究|细化|制定|提出|明确|形成|的|为|了|出){{1,5}}"
    rf"(?:\s?{COUNT}{COUNTER}{_MEASURES}|{_MEASURES}\s?{COUNT}{COUNTER})"
)
"""对25项问题、108条举措; 针对12个问题，制定整改措施56条: found by what stands behind the count."""
_COUNT_BEFORE = compiled(rf"(?P<n>{COUNT})\s?$")


def reported_total(lines: Sequence[Line]) -> Declared | None:
    """The first total that a sentence states without saying how far the problems are."""
    return next(filter(None, map(_told, lines)), None) or next(filter(None, map(_implied, lines)), None)


def _told(line: Line) -> Declared | None:
    """反馈了4个方面12个问题, 反馈问题3类8条."""
    match = _REPORTED.search(line.text) or _COUNTED_AFTER.search(line.text)
    return None if match is None else _declared(line.text, match.start(), match["n"])


def _implied(line: Line) -> Declared | None:
    """The problems that were sorted out of the feedback, or for which measures were set up."""
    sorted_out = _SORTED.search(line.text)
    if sorted_out is not None:
        return _declared(line.text, sorted_out.start(), sorted_out["n"] or sorted_out["before"])
    measures = _WITH_MEASURES.search(line.text)
    count = None if measures is None else _COUNT_BEFORE.search(line.text[: measures.start()][-6:])
    if measures is None or count is None:
        return None
    return _declared(line.text, measures.start(), count["n"])


def _declared(text: str, at: int, number: str) -> Declared | None:
    if _OTHER_SENDER.search(text[max(0, at - 12) : at]):
        return None
    start = max(text.rfind(mark, 0, at) for mark in "。；") + 1
    sentence = wording.first_sentence(text[start:])
    return Declared(problems=parse_number(number), quote=sentence.strip())
