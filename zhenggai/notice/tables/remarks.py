"""Columns beside the answer (备注, 说明, 验收意见): a cell belongs to the answer where it says how far it is.

Other remarks (牵头单位为后勤科, 详见附件3, 列入民生实事项目) say nothing of what was done.
"""

from __future__ import annotations

from zhenggai.patterns import compiled

_NAMES = compiled(
    r"(?:其[他它]|补充|有关|相关|需要?)*的?(?:备注|说明)(?:的?(?:事项|情况))?|备注说明|说明备注"
    r"|(?!.*(?:问题|情况|措施)).{0,10}(?:认定|验收|审核|复核|审定|核验|确认)(?:意见|结论)?"
    r"|(?:责任|牵头|主责|主管|监督|督导|督查|督办|分管|包保)(?:单位|部门|科室|处室|股室|领导|人)?意见"
)
_PROGRESS = compiled(
    r"剩余|其余|余下|尚余|尚有|[尚仍还暂]未|未(?:能)?(?:按[期时])?(?:完成|销号|办结|整改|到位|验收|通过)|正在"
    r"|(?:推进|办理|进行|整改|实施|施工|审批|清退|追缴|协调|公示)中(?![^\W\d_的已将预尚仍目])|已(?!反馈|发现|指出|知|有|列[入为])|拟于|预计|力争"
    r"|待[^，。；]{1,20}后|延期|延至|推迟|暂缓|[长中]期(?:坚持|整改|推进)|持续(?:推进|整改|跟踪|跟进|巩固|坚持)"
    r"|需[^，。；]{0,12}(?:协调|支持|批复|审批|解决|推进)"
)
_ELSEWHERE = compiled(
    r"(?:[详另]?见|参见)[^，。；]*|[^，。；]{0,10}(?:材料|资料|附件|台账|照片|文件|报告)[^，。；]{0,6}已[^，。；]*|已[^，。；]{0,6}(?:附后|上传|归档)"
)
"""Where the papers are says nothing of the problem: 佐证材料已上传, 已办结材料见附件2."""


def names_remarks(name: str) -> bool:
    """Whether a column of this name, written without white space, holds remarks or others' verdicts."""
    return _NAMES.fullmatch(name) is not None


def states_progress(text: str) -> bool:
    """Whether a remark says what is done, what remains, or what that waits for."""
    return _PROGRESS.search(_ELSEWHERE.sub("", text)) is not None
