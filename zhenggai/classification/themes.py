"""The headings above a problem, as what they say of its matter: without counts, statuses and titles."""

from __future__ import annotations

from zhenggai.patterns import compiled

_STATE = (
    r"(?:(?:已|均已|全部|基本|正在|持续|推进|完成|整改|到位|销号|办结|解决|立行立改|长期|坚持|阶段性|未)+"
    r"(?:问题|任务|事项)?)"
)
_COUNT = (
    r"(?:[^（）()，。；、\d]{0,8}?(?:\d+|[一二三四五六七八九十]+)\s*(?:个|项|条|件|类)"
    r"(?:具体|主要)?(?:问题|任务|事项|方面|措施)?)"
)
_SEPARATOR = r"\s*[，,、；;：:]\s*"
_LISTED = rf"(?:{_STATE}|{_COUNT})(?:{_SEPARATOR}(?:{_STATE}|{_COUNT}))*[。；]?"
_ASIDE = compiled(rf"[（(【〔［\[]\s*{_LISTED}\s*[）)】〕］\]]")
"""（反馈问题4个，已整改2个）, （已销号）, （共3项）: how many, or how far, and nothing else."""
_TAIL = compiled(rf"(?<=方面)(?:{_SEPARATOR}|\s+){_LISTED}\s*$")
"""……方面：反馈问题4个，已整改2个."""

_TITLE = compiled(
    r"(?:第?[一二三四五六七八九十\d]+(?:[、.．]|部分)?\s*)?(?P<words>(?:关于|对照|针对|认真|扎实|全面|逐项|逐条|推进|抓好|抓实|"
    r"落实|具体|主要|重点|存在|有关|相关|各项|突出|中央|省委|市委|县委|区委|党委|党组|第[一二三四五六七八九十\d]+|巡视|巡察|组|"
    r"反馈|指出|发现|提出|意见|问题|事项|任务|整改|措施|成效|成果|成绩|情况|进展|完成|工作|以来|取得|阶段性|"
    r"[的对和及与、，\s])+)[。：:]?"
)
"""Without number in brackets: （四）巡视巡察反馈问题整改情况 is a group, about earlier findings."""
_TITLE_WORDS = compiled("反馈|具体|主要|重点|存在|逐[项条]|措施|成[效果绩]")
_NAMED_LIST = compiled(
    r".*(?:整改|反馈).*(?:台账|清单|一览表|公开表|情况表)\s*(?:[（(](?P<part>[^（）()]+)[）)])?"
)
"""The title of a list, with the part of it that follows: ……巡视整改公开台账（组织建设）."""


def matter(heading: str, outermost: bool) -> str:
    """What `heading` can say of a problem's matter: itself without asides; nothing where it is a title.

    The words 整改 and 反馈问题 of such asides and titles look like the category 整改落实.
    """
    text = _TAIL.sub("", _ASIDE.sub("", heading)).strip()
    if not outermost:
        return text
    if listed := _NAMED_LIST.fullmatch(text):
        return listed["part"] or ""
    title = _TITLE.fullmatch(text)
    return "" if title and _TITLE_WORDS.search(title["words"]) else text
