"""Whether a short line names a measure, or what came of one: 加强领导, 制度不断完善, 防止问题反弹.

Such lines head the paragraphs of answers, as problems head theirs.
"""

from __future__ import annotations

from zhenggai.notice.language import wording
from zhenggai.notice.language.problem_pairs import problem_score
from zhenggai.notice.lines.heading_cues import is_plain_action
from zhenggai.patterns import compiled

_UNLIKELY = -1.3
"""Score of character pairs below which a phrase without a word of shortcoming is hardly a problem."""
_ACHIEVED = compiled(
    r"(?:进一步|不断|持续|显著|明显|有效|更加|逐步|得到|基本|全面|切实)(?:[加增]强|提[升高]|改善|好转|完善|规范|落实|巩固|"
    r"解决|压实|夯实|优化)|(?:\d\s?[个名人件家起份项处次万元户亩吨台]{1,2}|建章立制|举一反三|引领|引导|培训|教育|管理|保障|"
    r"监督|治理|长效|常态|机制|建设|担当|站位|认识|思想|排查|整治|见效|成效|显著|(?<!不)(?<!未)到位|到人|到底|带头学?|[加增]强|"
    r"提[升高]|改善|好转|完善|规范|落实|整改|完成|措施|作风)[。；]?$"
)
"""How a measure or its effect ends: 制度不断完善, 宣传引导, 责任落实到人."""
_CURES = compiled(
    r"(?:着力|切实|坚决|全面|从严)?(?:防止|防范|严防|杜绝|严禁|避免|解决|破解|化解|纠正|纠治|清理|整治|治理|打击|遏制|根治|消除|破除|堵塞|补齐|弥补|转变|狠抓|抓[实好细]|严惩|惩治|查处|追缴|压减|取消|盘活|畅通|打通|盯紧|严把|回应|用好)"
)
_FAILS = compiled(
    r"(?:不(?:到位|及时|够|力|彻底|严|实|深|足|全|强|畅|清|坚决|高|准|细|透|精准|平衡|均衡|明显|规范|有力)?|滞后|缓慢|迟缓|流于形式|走过场|不了了之|薄弱|缺位|缺失|偏差|差距|困难|难)[。]?$"
)
"""A task that is named by what it is to cure (防止问题反弹), unless it is told to fail (纠治不力)."""


def names_measure(text: str) -> bool:
    """Whether a phrase or sentence says what is or was done rather than what is wrong."""
    if is_plain_action(text) or wording.reports_done(text):
        return True
    if _CURES.match(text) is not None:
        return _FAILS.search(text) is None
    if wording.has_negative(text):
        return False
    return _ACHIEVED.search(text) is not None or problem_score(text) < _UNLIKELY
