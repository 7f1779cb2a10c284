"""Stated completion: the words by which a notice itself says how far a problem is rectified."""

from __future__ import annotations

from functools import lru_cache

from zhenggai.classification.counting.shares import HALF, work_done
from zhenggai.patterns import compiled

_LEAD = (
    r"(?:整改(?:进展|落实|完成)?(?:情况|状态|进度|结果)|完成(?:情况|状态)|进展情况|落实情况|"
    r"目前|截至目前|该问题|此问题|此项|上述问题|以上问题|相关问题)"
)

_MIDST = r"中(?![^\W\d_的已将预尚仍目])"
"""推进中 is under way, 推进中医馆建设 is not: there 中 begins the next word."""
PARTIAL = compiled(
    r"基本(?:上)?(?:已)?(?:整改|落实|解决)?(?:完成|到位|完毕|解决)(?:整改)?|未全部(?:完成|整改)|阶段性(?:完成|整改)|部分(?:完成|整改到位)"
)
ONGOING = compiled(
    r"(?:尚未|未|没有)(?:全部)?(?:完成整改|整改(?:到位|完成|完毕)|整改)(?!的|问题)|正在(?:抓紧|持续|积极|加快|有序)?(?:推进)?整改(?=中|落实|推进|完善|过程|阶段|的|[^\u4e00-\u9fff]|$)|"
    rf"整改(?:工作)?(?:正在|有序|持续)(?:进行|推进)|(?:推进|整改){_MIDST}"
)
DONE = compiled(
    r"(?:已|均|全部|全面|现|也)(?:已|经|均|全部|按要求|立即|及时|立行|进行|全面|按期|如期|彻底|督促)*"
    r"(?:整改(?:完成|到位|完毕|落实)?|完成(?:了)?(?:[^，。；]{0,20})整改|销号|纠正|解决)|整改(?:完成|到位|完毕)(?!情况|时[限间]|率)|立行立改|完成整改(?!情况|时[限间]|率)"
)
"""整改完成情况： is a label, whatever follows it."""
LONG_TERM = compiled(
    r"(?:并|需|将|要|按[^，。]{0,8}规定|应)?长期(?:坚持|整改|推进|落实|抓好)|作为(?:一项)?长期性?(?:任务|工作)|常抓不懈|形成常态(?!化机制)|[时期]限\s*[:：\t]\s*长期"
)

_WHOLE = compiled(
    rf"^(?:{_LEAD})?[:：，,]?\s*(?:目前|现|该问题|问题)?[，,]?\s*"
    r"(?P<verdict>(?:已|均已|已经|全部|已全部|均)*(?:未|尚未|未全部|基本|阶段性|正在|持续)*(?:完成|整改|推进|解决)[^，。；]{0,10}?(?:整改|到位|完成|完毕|推进|中|解决|坚持)?)"
    r"(?:[，,]?(?:并|需|持续|长期|下一步)[^。；]{0,10})?[。；]?$"
)
_HEADING = compiled(
    r"^(?:截至)?(?:目前)?(?:(?:集中)?整改(?:期|阶段|期限)(?:间|内|以内)?)?[，,]?(?P<verdict>(?:已经?|均|全部|正在|正(?=抓紧|有序|积极|加快)|抓紧|有序|稳步|积极|加快|进行|尚未|[仍还]在|未|基本|"
    r"需要?|持续|长期|进一步|阶段性|推进中?|整改中?|完[成毕]|到位|坚持|办结|销号|并|[、，,])+)"
    r"(?:的?(?:具体|反馈)?(?:整改|推进)?(?:问题|事项|任务|内容|方面|工作)|整改)?(?:情况)?(?:[（(][^）)]{0,12}[）)])?[:：。]?$"
)

_SIGNED = compiled(
    rf"^(?:{_LEAD}|(?:整改)?(?:销号|办理|办结)?(?:情况|状态|结果))?[:：，,\s]*(?:目前|现)?"
    r"(?:(?:均|也|现)?(?:已|已经|予以|同意|准予)(?:全部|对账|验收)?(?:完成)?|完成)(?:整改)?(?:销号|办结)(?:管理)?"
    r"(?:[，,、；]?\s*(?:并|需|将|持续|长期)[^。；]{0,10})?[。；]?$"
)
"""已销号 in a table, or behind the problem: signed off by those who found it."""

# 整改时限：长期整改, 整改时限：立行立改 say when, not how far; 整改时限：已完成 says both.
_TIME_LIMIT = compiled(r"^[\W\d_]{0,8}(?:整改|完成|办结|销号|落实)?(?:[时期]限|限期)\s*[:：\t]\s*")
_LONG_LIMIT = compiled(r"[时期]限\s*[:：\t]\s*(?:立行立改[，,、并]{0,2})?长期")
_OF_MATTERS = compiled(r"^(?:集中)?整改(?:期|阶段)|完成整改(?:的|$)|完成整改任务[（(]")
"""完成整改的事项 lists them; 完成整改任务 may be what is to be done."""
_SAID_DONE = compiled("已|^全部(?:完成|整改到位)")
_FINISHED = compiled(r"^(?:已|均|经|全部)+完成")
_UNDER_WAY = compiled(f"持续推进|正在推进|推进{_MIDST}")
_UNFINISHED = compiled("正|[仍还]在|未|推进|持续|需|进一步|整改中")


def stated(text: str) -> str | None:
    """The status that `text` names, or None; of several the least finished counts."""
    if PARTIAL.search(text):
        return "基本完成"
    if ONGOING.search(text):
        return "正在整改"
    return "已完成" if DONE.search(text) else None


_PARTS = compiled("[，,；;：:]")
_SOME = compiled(r"其余|剩余|余下|尚余|另有|另外|(?<![第\d])\d+[^\W\d_年月日号时]")
_ALL = compiled("全部|均")


def stated_of_all(clause: str) -> str | None:
    """The status that `clause` names of the problem, not of some counted things: 3个…仍在推进中 is none."""
    parts = _PARTS.split(clause)
    return stated("，".join(part for part in parts if _ALL.search(part) or not _SOME.search(part)))


_TICKED = {
    "是": "已完成",
    "√": "已完成",
    "✓": "已完成",
    "✔": "已完成",
    "否": "正在整改",
    "×": "正在整改",
    "✗": "正在整改",
}
"""What stands in a column 是否完成: a clause of its own, with or without the name of the column."""
_NAMED_TICK = compiled(
    r"是否(?=[^：，。；\t]{0,8}(?:完成|销号|整改|到位|办结|落实|解决|通过|合格|达标))[^：，。；\t]{2,10}[：\t]\s?(?P<tick>[是否√✓✔×✗])"
)
"""是否长期坚持 asks for something else."""
_BOXES = compiled(
    r"(?P<name>是否[^：，。；\s]{2,10}[：:\s]\s*)?(?:(?P<yes>[☑☒✓✔√■]\s*是)|[☐□○]\s*是)\s*"
    r"(?:[☐□○]\s*否|(?P<no>[☑☒✓✔√■]\s*否))"
)
"""是否销号 ☑是 ☐否 of a form that was filled in by hand."""
_SIGNED_OFF = "销号"
"""Not to be signed off yet says nothing of how much is done."""
_NOT_SIGNED_OFF = compiled(
    r"(?:(?:销号|验收)(?:情况|状态|结果)?[：:\t]\s?)?(?:目前)?(?:[尚还仍暂]?未|没有|[未不]予|待)(?:申请|完成|通过|对账|组织|经|进行)*(?:销号|验收)(?:合格)?[。；]?"
)


_BRACKETED = compiled(r"^[【〔［\[]([^】〕］\]]{2,8})[】〕］\]][:：]?")
_IN_BRACKETS = compiled(r"^[（(](?P<inside>[^（）()]{2,20})[）)][。；]?$")
_LABELLED = compiled(
    r"^[^，。；:：（(]{0,8}(?:情况|结果|进展|措施|成效)[（(](?P<inside>[^（）()]{2,12})[）)][:：]"
)
"""整改情况（已完成）：……: the label states the status of what follows."""


_STATUS_LABEL = compiled(
    r"^(?:(?:整改|完成|办理|落实|进展|推进|办结)(?:任务|工作)?(?:落实|进展|完成|办理|推进)?(?:情况|状态|结果|进度|进展|与否)|整改|状态|是否(?:已|按期)?(?:完成|整改|办结)(?:整改)?)\s?[:：\t]\s*"
)
_CELL = compiled(
    r"(?:目前|现|该问题)?[，,]?(?:尚|还|仍|暂|均|此项)*(?:"
    r"(?P<open>(?:未|没有)(?:完成(?:整改)?|整改(?:完成|到位|完毕)?|办结|解决)|(?:正在|持续|继续|有序|抓紧|加快|积极|稳步|在)+(?:推进|整改|办理|实施|解决)(?:整改|中)?|(?:办理|进行|实施)中)"
    r"|(?:已|经|全部)*(?:完成|办结|销号|落实)(?=[，,并。；]|$))"
    r"(?:[，,、并需将]{0,3}(?:正在|持续|长期|继续|抓紧|下一步)[^，。；]{0,10})?[。；]?"
)
"""All that stands in the cell of a status, or behind its label: 尚未完成, 正在推进, 完成."""


def unlabelled(clause: str) -> str:
    """A clause without the label of a status in front: 完成情况：未完成 → 未完成."""
    return _STATUS_LABEL.sub("", clause.strip())


def unticked(clause: str) -> bool:
    """Whether `clause` is the cell 否 of a column 是否完成, which does not say how much is missing."""
    clause = _ticked(clause.strip())
    named = _NAMED_TICK.fullmatch(clause)
    return _TICKED.get(named["tick"] if named else clause) == "正在整改"


def not_signed_off(clause: str) -> bool:
    """Whether `clause` says nothing but that the problem is not signed off: 未销号, 是否销号：否."""
    clause = _ticked(clause.strip())
    if named := _NAMED_TICK.fullmatch(clause):
        return _SIGNED_OFF in clause and _TICKED.get(named["tick"]) == "正在整改"
    return _NOT_SIGNED_OFF.fullmatch(_IN_BRACKETS.sub(r"\g<inside>", clause)) is not None


def _ticked(clause: str) -> str:
    """A clause of two boxes as a column would have it: 是否销号：是."""
    boxes = _BOXES.fullmatch(clause)
    if boxes is None or (boxes["yes"] is None) == (boxes["no"] is None):
        return clause
    name = (boxes["name"] or "").rstrip("：: \t")
    return f"{name}{'：' if name else ''}{'是' if boxes['yes'] else '否'}"


_MAY_BE_SHARE = compiled("[%％成半]|分之")


@lru_cache(maxsize=1024)  # rules and models ask about the same clause, one after the other
def whole_verdict(clause: str) -> str | None:
    """The status when `clause` says it of the problem as a whole and says nothing else."""
    verdict = _whole_verdict(clause)
    if verdict == "已完成" and _MAY_BE_SHARE.search(clause):
        share = work_done(clause)
        return verdict if share is None else "基本完成" if share >= HALF else "正在整改"
    return verdict


def _whole_verdict(clause: str) -> str | None:
    """The same, whatever share is named: 已完成80%."""
    if labelled := _LABELLED.match(clause.strip()):
        return _whole_verdict(labelled["inside"])
    clause = _IN_BRACKETS.sub(r"\g<inside>", _BRACKETED.sub(r"\1：", _ticked(clause.strip())))
    if clause in _TICKED:
        return _TICKED[clause]
    if named := _NAMED_TICK.fullmatch(clause):
        verdict = _TICKED.get(named["tick"])
        return None if verdict == "正在整改" and _SIGNED_OFF in clause else verdict
    if _SIGNED.match(clause):
        return "已完成"
    if cell := _CELL.fullmatch(unlabelled(clause).rstrip("：:")):
        return "正在整改" if cell["open"] else "已完成"
    timeless = _TIME_LIMIT.sub("", clause)
    found = _WHOLE.match(timeless) or _WHOLE.match(unlabelled(timeless))
    if found is None:
        return None
    if _FINISHED.match(found.group("verdict")):
        return "已完成"
    if _UNDER_WAY.search(clause) and not PARTIAL.search(clause):
        return "正在整改"
    return stated(clause)


_COMMITMENT = compiled(
    r"^(?:并|将|要)?(?:持续|长期|不断)(?![^，,。；;]*中[，,。；;])[^：:\t未]{2,24}[。；;！]$"
)


_NAMES_MORE = compiled(r"\d|剩余|其余|余下|预计|年底|[年月]前|力争|尚|正在")
"""What a promise on the whole does not name: 持续推进剩余2户清退工作。"""


def is_commitment(clause: str) -> bool:
    """Whether `clause` promises to go on, and calls nothing under way: 持续推进，长期坚持。

    What stands without a mark is the cell of a status.
    """
    return _COMMITMENT.match(clause.strip()) is not None and not _NAMES_MORE.search(clause)


def is_time_limit(clause: str) -> bool:
    """Whether `clause` gives the time within which the problem is to be rectified: 整改时限：长期坚持。"""
    return _TIME_LIMIT.match(clause) is not None or _LONG_LIMIT.search(clause) is not None


_NEARLY = compiled(
    r"[，；](?:截至)?(?:目前|现|现在|该问题|此项工作)?[，]?(?:该项|此项|整改)?(?:工作|任务|问题)?(?:已|均已|已经)*"
    r"(?:基本|阶段性)(?:上)?(?:已)?(?:完成|整改|落实|解决)(?:完成|到位|完毕|整改)*[。；]?$"
)


def nearly_done(clause: str) -> bool:
    """Whether the last part of `clause` sums up what stands before: ……，目前已基本整改到位。

    A part that counts (基本完成整改4个) is said of some, not of the whole.
    """
    return _NEARLY.search(clause.strip()) is not None


def is_about_progress(heading: str) -> bool:
    """Whether a heading speaks of progress alone, verdict or not: 长期坚持整改的问题."""
    return _HEADING.match(heading.strip()) is not None


def heading_verdict(heading: str) -> str | None:
    """The status that a heading gives to all problems below it (`正在推进整改的问题`), or None.

    `heading` comes without its numbering.
    """
    found = _HEADING.match(heading.strip())
    if found is None:
        return None
    verdict = found.group("verdict")
    if "基本" in verdict or "阶段性" in verdict:
        return "基本完成"
    if _UNFINISHED.search(verdict):
        return "正在整改"
    listed = verdict in ("完成", "完成整改") and not heading.rstrip("：:。").endswith("情况")
    return "已完成" if _SAID_DONE.search(verdict) or (listed and _OF_MATTERS.search(heading)) else None


_DONE_AND_LONG = compiled(r"(?:完成|到位|完毕)[^。；]{0,24}[，,]?(?:并|需|将)长期(?:坚持|整改|推进)")


def stands_with_verdict(clause: str) -> bool:
    """Whether `clause` says in one breath that it is done and kept up: 已完成……整改，并长期坚持……"""
    return _DONE_AND_LONG.search(clause) is not None
