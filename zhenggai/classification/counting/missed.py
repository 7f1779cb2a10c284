"""Where the words say, without a count, that the goal is not reached or put off, or an approval is awaited.

与60%的要求相差较大，需要较长时间; 项目进展缓慢; 整改期限延长至6月; 改革方案还需报市委审议 where nothing but
drafts is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.patterns import compiled

_GOAL = r"(?:目标|要求|标准|任务|指标|水平|计划|\d[%％]|\d)"
_GAP = compiled(
    rf"(?:距离?|[与同较比])[^，。；]{{0,24}}?{_GOAL}[^，。；]{{0,10}}?"
    r"(?:[仍还尚][然存]?(?:有|在)[^，。；]{0,4}(?:差距|距离)|(?<!经)相差|[还尚仍](?:偏|略|稍)?[差低]|差距(?:仍|还|依然)?[较很]?大)(?!的)|"
    rf"(?:[尚还仍]未|未能|[还仍]没有?)(?:完全|全部)?(?:达到|完成|实现|达成)[^，。；]{{0,20}}{_GOAL}(?!的(?!目标|要求|标准))"
)
_SLOW = compiled(
    r"(?:进展|进度|推进)(?:仍|还|较为?|比较|相对|十分|依然|整体)*缓慢(?!的)|"
    r"(?:尚|仍|还)[无没]有?(?:取得)?(?:实质性?的?|明显)?进展|进展不(?:大|快|理想|明显)(?!的)|"
    r"需要?(?:有?一个?)?(?:较长|更长|长)的?(?:一段)?(?:时间|过程|周期)"
)
_POSTPONED = compiled(
    r"(?:整改|完成|竣工|办结|验收|销号|交付|完工|清偿)(?:时[限间]|期限?|日期)[^，。；]{0,8}?(?:延长|延[期后迟至到]|调整[为至到]|推迟|顺延|放宽)|"
    r"(?:申请|批准|同意|报请)[^，。；]{0,8}延期(?=整改|完成|销号|办结|竣工|验收|[。；，]|$)|延期(?:整改|完成|销号)"
)
_OF_CONTRACTS = compiled("合同|租[赁期]|承包|贷款|借款|缴[费纳]")
_TO_FALL = compiled("负债|不良|逾期|信访|投诉|能耗|发文|会议|[降减压]")
"""What should be low: 负债率比70%的要求还低4个百分点 reaches its goal."""
_GAP_SIZE = compiled(
    r"(?<![\d.])(?P<goal>\d+(?:\.\d+)?)(?![\d.年月])(?P<of>[万亿]?)[^，。；\d]{1,16}[差低有]"
    r"(?P<gap>\d+(?:\.\d+)?)(?![\d.])(?P<by>[万亿]?)"
)
"""距70%的目标仍差0.9个百分点: by how much it is missed."""
_SCALES = {"": 1.0, "万": 1e4, "亿": 1e8}
_FAR = compiled(r"相差[较很]大|差距(?:仍|还|依然)?[较很]大|较大(?:的)?差距")
_NOT_SAID_OF_NOW = compiled(
    r"针对|对照|查[找摆]|找|约谈|通报|督促|解决|防止|避免|经[查核]|此前|过去|曾|以往|当时|存在|反映|指出|问责|剖析|分析|排查|如|若|凡"
)
_DONE_SINCE = compiled(r"已(?![列纳]入|上?报|申请|启动|制定|委托)|均|全部|完成|达到|实现|提前|超过")
_PARTS = compiled("[，,；;。]")

_BODY = r"[^，。；]{0,18}(?:审议|审批|审定|审核|批准|批复|评审|研究|备案|核准|表决)"
_AWAITED = compiled(
    rf"(?:[还尚仍]?需要?|现|正|拟|将)(?:再|按程序)?(?:上?报|提交|提请|送){_BODY}|"
    r"(?:待|等待|等候)[^，。；]{0,16}(?:审议|审批|审定|审核|批准|批复|评审|核准|核查|认定|备案)(?=[。；，]|$)|"
    rf"走[^，。；]{{0,8}}程序|待批|(?:已|正在)(?:上?报|提交|提请)(?![^，。；]*备案){_BODY}(?=[。；]|$)|"
    r"(?:已|正)[^，。；]{0,3}向(?!社会|群众)[^，。；]{2,14}?(?:申请(?!表|流程|书|人|户|条件|材料)|请示|行文)(?![^，。；]*(?:备案|批[准复]|同意|获))[^，。；]{2,24}[。；]?$"
)
_FIRST_STEP = compiled(
    r"起草|草拟|拟[定订]|征求|会商|座谈|讨论|沟通|对接|提交|报送|上报|申报|申请|请示|提请|材料|送审稿|初稿|草案|方案|调研|论证|测算|编制|"
    r"研究|会议|召开"
)
_SUBSTANCE = compiled(
    r"印发|出台|下发|举办|开展|组织|培训|谈话|处分|批评|诫勉|退[还回缴赔]|收回|追[回缴]|清[退理]|建成|竣工|投用|新增|增[设加]|引进|招[录聘]|配备|"
    r"选[派任聘]|调整|修订|制定|建立|签订|整[改治]|销号|办结|拆除|发放|补[交缴发齐]|安装|更换|停[招用办]|撤销|注销|关闭|上线|启用|通过|改造|"
    r"\d[万亿]?元|[至到]\d"
)
_TITLE = compiled("《[^》]*》")
_CONCRETE = compiled(r"[\d已了《均]|全部")


@dataclass(frozen=True, slots=True)
class Missed:
    """A goal that is not reached."""

    clause: int
    near: bool | None
    """Whether half or more is reached; None: the words do not tell."""
    awaited: bool = False
    """Whether nothing but steps towards an approval is reported, whatever has been submitted."""


def missed(clauses: Sequence[str]) -> Missed | None:
    """The clause that says so, where nothing behind it tells what was done since."""
    for index in range(len(clauses) - 1, -1, -1):
        part = _in_clause(clauses[index])
        if part is not None:
            return Missed(index, _is_near(clauses[index], part))
        if _DONE_SINCE.search(clauses[index]):
            break
    return _awaited(clauses)


def _in_clause(clause: str) -> str | None:
    """The part that says so; None: nothing is said of a goal, or it has been reached since."""
    parts = _PARTS.split(clause)
    put_off = "延" in clause or "推迟" in clause or "调整" in clause or "放宽" in clause
    for at, part in enumerate(parts):
        gap = _GAP.search(part)
        if gap is not None and gap.group().endswith("低") and _TO_FALL.search(clause):
            gap = None
        postponed = put_off and _POSTPONED.search(part) and not _OF_CONTRACTS.search(part)
        if not (gap or _SLOW.search(part) or postponed) or _NOT_SAID_OF_NOW.search(part):
            continue
        later = "，".join(parts[at + 1 :])
        if not _DONE_SINCE.search(later):
            return part
    return None


def _is_near(clause: str, part: str) -> bool | None:
    """Whether the goal that `part` of `clause` names is half reached, by numbers or by words."""
    size = _GAP_SIZE.search(part)
    if size is not None:
        goal = float(size["goal"]) * _SCALES[size["of"]]
        return float(size["gap"]) * _SCALES[size["by"]] <= goal / 2
    return False if any(words.search(clause) for words in (_SLOW, _FAR, _POSTPONED)) else None


def _awaited(clauses: Sequence[str]) -> Missed | None:
    """An approval that is awaited, where all that is done are steps towards it."""
    at = next((i for i, clause in enumerate(clauses) if _AWAITED.search(clause)), None)
    if at is None or at < len(clauses) - 2:
        return None
    if any(_is_substance(part) for clause in clauses for part in _PARTS.split(clause)):
        return None
    return Missed(at, near=False, awaited=True)


def _is_substance(part: str) -> bool:
    """Whether `part` reports more than a step towards the approval."""
    if not _SUBSTANCE.search(part) or not _CONCRETE.search(part) or _AWAITED.search(part):
        return False
    return _FIRST_STEP.search(_TITLE.sub("《》", part)) is None
