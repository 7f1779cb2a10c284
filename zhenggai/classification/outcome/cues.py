"""What a clause's wording hints at, one letter a hint, in reading order: a field for the linear models.

A few thousand clauses cannot teach n-gram weights for every way to say "not yet"; for classes of wordings
they can.
"""

from __future__ import annotations

from functools import lru_cache

from zhenggai.patterns import compiled

_CUES: dict[str, str] = {
    "a": r"(?<![草起模])拟(?![定订稿写](?:了|《|完)|态|合)",
    "b": r"下一?步|下(?:一)?阶段|接下去|接下来|今后|后续|近期",
    "c": r"将(?=[于在按根继进对组尽逐报结适由以会推不持严]|"
    r"积极|全面|重新|要求|第一时间|陆续|分[批期步]|加[快大强]|协[调商同]|配合|成立|"
    r"[^，。；]{0,12}(?:开展|实施|完成|启动|召开|修订|制定))",
    "d": r"正(?:在|抓紧|按|逐步)|(?:推进|进行|办理|整改|建设|实施|审批|编制|施工)中(?![心央小])|"
    r"正(?:加紧|加快|积极|进行|组织|与|向|对|会同)|加紧|加快(?=制定|整理|实现|办理|建设|推进|完善|实施)|"
    r"(?:有序|序时|稳步|持续|抓紧|全力|积极)推进|进入[^，。；]{0,8}阶段|开工|进场",
    "e": r"尚未|暂未|还未|仍未|未能|仍(?=[有需在然])|"
    r"未(?=完成|整改到位|办理|落实到|解决|建成|取得|收回|到位|清退|全部)",
    "f": r"其余|剩余|余下|余款|还有|尚有|尚欠|仅剩|另有|剩下|(?<=[，；])其他",
    "g": r"(?<![接招优等善对看虐款期])待(?![遇业办岗命人])|等待|视[^，。]{0,10}情况|条件成熟|适时",
    "h": r"申请|请示|争取|报批|审批|报请|报送|审定|上报|批复|呈报|建议|送至|送审|申报|"
    r"纳入[^，。；]{0,20}(?:规划|计划|项目|储备)",
    "i": r"预计|力争|计划(?:于|在|对|今|明|到|年|新|开|实|组|建|完|投|安)|"
    r"(?:年|月)?底?前(?:完成|实现|全部|办)|年内|年底|确保(?=[^，。]{0,10}[年月]|完成)|时限",
    "j": r"启动|筹备|准备|酝酿|洽谈|意向|协商|对接|着手|逐步|分期|分批|陆续|谋划|起草",
    "k": r"完成|完毕|到位|办结|建成|竣工|投入使用|投用|清退|收回|退回|缴回|归还|上缴",
    "l": r"目前|截至|至今|现(?=已|有|正)|截止",
    "m": r"全部|均已|均(?=[未已按无])|全面完成|已全|逐一",
    "n": r"无法|难以|暂缓|暂不|困难|受[^，。]{0,8}影响|制约|没有|无权",
    "o": r"草案|征求意见|初稿|拟稿|讨论稿|送审|初步",
    "p": r"长期|常态|每(?:年|季|月|周|半年|日|天|次)|定期|不定期|坚持",
    "q": r"加强|提高|强化|进一步|严格|深化|切实|要求|督促|加大|规范",
    "r": r"《|印发|下发|制定|出台|修订|建立",
    "s": r"召开|会议|学习|培训|组织|开展",
    "t": r"\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月",
    "u": r"谈话|处分|问责|约谈|通报批评|诫勉|检讨|批评教育|责令",
    "v": r"(?:共|已|累计|合计)[^，。；]{0,10}\d",
    "w": r"未(?:再)?(?:发现|发生|出现)|不存在|杜绝",
    "x": r"整改(?:完成|到位|完毕)|完成整改|立行立改|已整改",
    "y": r"基本(?:完成|到位|整改|解决|实现)|阶段性|部分",
    "z": r"经核实|由于|因为|系|原因|鉴于",
}  # fmt: skip
_BEGINNINGS = (
    "《上下不严争仅今仍会余修全共其准出分切初到制前剩力办加协印原受另召合后启呈因困均坚培基处学完定实审对将尚已常年序底建开强归征待意截批抓投报拟持"
    "接推提收整施无时暂月有未杜条检正每没洽深清现由申目着督确积稳立竣等筹系累约纳组经编缴至草要规视计讨诫请谈谋责起近还进退送适逐通部酝鉴长问阶陆难预\\d"
)
"""What a hint can begin with: a place without it is passed over at once, not after 26 attempts."""
_ALL = compiled(
    f"(?=[{_BEGINNINGS}])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _CUES.items()) + ")"
)

LETTERS = "".join(_CUES)
"""All hints, in their order."""
DONE = frozenset("kmuvwx")
OPEN = frozenset("acdefginoy")


@lru_cache(maxsize=4096)  # several models ask about the same clause in a row
def cues(clause: str) -> str:
    """The hints of `clause` as a string of letters; `.` marks its end."""
    return "".join(found.lastgroup or "" for found in _ALL.finditer(clause)) + "."
