"""What of an outcome reports: without the fields of a form (who, until when) and without dated labels."""

from __future__ import annotations

from zhenggai.classification.counting.settled import without_settled
from zhenggai.classification.outcome.clauses import Clause, read_clauses
from zhenggai.classification.outcome.past_dates import without_past_dates
from zhenggai.patterns import compiled

_LEAD = r"^(?:[—\-－•●◆■▶★☆※\s]*(?:[（(]?\d{1,2}[）)、.．]|[①-⑳])?\s*)"
_WHO = (
    r"(?:(?:整改|主要|第一|直接)?责任(?:领导|人|部门|单位|处室|科室|股室|主体|者)|"
    r"(?:牵头|分管|包案|包抓|挂钩|主管|责任|督办)(?:[校院所局厅]?领导|部门|单位|处室|科室|人)|"
    r"(?:配合|协办|承办|主办|落实|整改)(?:部门|单位|处室|科室))"
)
_WHEN = r"(?:(?:整改|完成|办结|销号|落实)?(?:时限|期限|限期)|(?:计划|要求|预计)?完成(?:时间|日期))"
_COLON = r"\s*[:：\t]\s*"
_NAMES = r"[^。；;\d:：\n\t]{0,60}?"
_DATE = r"[^，,。；;:：\n\t]{0,20}?"
_FIELD = rf"(?:{_WHO}{_COLON}{_NAMES}|{_WHEN}{_COLON}{_DATE})"
_FIELDS = compiled(rf"{_LEAD}{_FIELD}(?:[\s，,]+{_FIELD})*\s*[。；;]?$")
_NOT_YET = compiled(r"^[\s—\-]*是否[^：，。；\s]{2,10}[:：\s]")
"""是否销号 | 否 is a cell of a form as well; whether it states a status is another question."""
_DATED = compiled(
    rf"{_LEAD}[^，,。；;:：（(]{{0,8}}(?:情况|措施|成效|成果|结果|进展|进度|落实|实绩)[（(](?=[^）)]*(?:\d|年|月))(?:[^（()），。；;]{{2,20}})[）)]\s*[:：]\s*"
)
"""整改进展（截至2024年6月底）：the date is that of the report, of nothing that was done."""


def is_field(clause: str) -> bool:
    """Whether `clause` says who answers for the problem, or until when, and nothing of what was done."""
    return _FIELDS.match(clause) is not None or _NOT_YET.match(clause) is not None


def reporting(clauses: tuple[Clause, ...] | list[Clause]) -> tuple[Clause, ...]:
    """Those of `clauses` that report, dated labels off; spans stay those of the outcome."""
    kept = []
    for clause in clauses:
        if is_field(clause.text):
            continue
        label = _DATED.match(clause.text)
        cut = label.end() if label else 0
        if cut < len(clause.text):
            kept.append(Clause(clause.text[cut:], clause.start + cut))
    return tuple(kept)


def reported_clauses(outcome: str) -> tuple[Clause, ...]:
    """The clauses of `outcome` that report something."""
    return reporting(read_clauses(outcome))


_TIME_TAKEN = compiled(
    r"(?<=.)时限(?=[^，。；、:：]{0,4}?(?:由|从|缩短|压缩|压减|减少|提速)[^，。；]{0,8}\d)"
)
_NAMED = r"[“《「‘\"][^”》」’\"，。；]{1,20}[”》」’\"]"
_NAMED_PLAN = compiled(
    rf"启动(?P<what>[^，。；\d]{{0,6}}{_NAMED})(?:计划|行动|工程|活动)(?=[，、][^。；]*\d)"
)
_CANDIDATES = compiled("拟(?=(?:提拔|提任|任用|任职|聘用|推荐|晋升)(?:人选|对象|干部|人员|考察对象))")
_SANCTION = compiled(r"(?:[一两二三四五六\d]年|影响期|期限)(?:之|以)?内不得[^，。；]{2,12}")
"""三年内不得申报课题: a penalty, no application."""
_IN_USE = compiled("正在(?=(?:使用|运行|运营|营运|出租|服役)的|发挥[^，。；]{0,8}(?:效[益能果]|作用))")
"""正在使用的92份合同 are what there is, nothing under way."""
_UNDER_WAY = compiled("正(?=依[法规纪]|按程序)")
"""正依法追缴, in the words that the models know: 正在依法追缴."""
_FROM_NOW_ON = compiled(
    r"[，,；;]\s*(?:(?:今后|以后)[^。；]{0,40}?(?:一律|必须|统一|严格|凡|都要)|"
    r"拟[^，。；]{0,10}?(?:再|定期|每[年季月])[^，。；]{0,12}?(?:培训|学习|检查|督查|宣传|教育|考核))[^。；]*"
)
"""追回多付货款26万元，今后采购一律…: a rule or a further training for later beside what was done."""
_MIDDLE = compiled(
    r"(?<=[施理进行设改工批制审动发办育])中(?=[^\W\d_]{2})(?![的已将预计尚仍目并且还也均正拟待需要有存发不未因由])"
)
"""实施中修工程, 办理中途退岗手续, 推进中医馆建设: the beginning of a noun, not under way."""
_NO_MORE_STEPS = (
    r"(?![^，。；]{0,12}(?:部分|其中|无法|不同意|将(?!\d)|拟|正(?!式)|[仍尚未待]|[列纳]入|计划|预计|"
    r"进入|启动|原则上|提[请交]|上?报))"
)
_MEANS = compiled(
    r"经(?![办济营费理])过?[^，。；\d]{0,10}?(?:争取|协调|沟通|对接|汇报|申请|请示|协商)[^，。；\d]{0,6}，"
    rf"{_NO_MORE_STEPS}(?=[^，。；]{{0,20}}(?:\d|[已均]|全部|完成))"
)
"""经积极争取，编办核增编制5名: how it was reached."""
_GRANTED = compiled(
    rf"(?:积极)?(?:申请|争取|申报)(?P<what>[^，。；]{{2,24}})，{_NO_MORE_STEPS}[^，。；]{{0,6}}(?:已|获|全部)[^，。；]{{0,6}}"
    r"(?:批[复准]|获批|核[准定]|到[位账]|下达|拨付)(?:到位|下达|同意|立项)?(?=[，。；]|$)"
)
"""申请专项经费45万元，已获批复: what was applied for has been given."""
_NOTHING_HAPPENED = compiled("没有(?=再?(?:发生|出现))")

_FROM_NEXT_PAYMENT = compiled(
    r"(?P<from>[从在])(?:后续|下期|下一期)(?=[^，。；]{0,10}(?:款|费|支付)[^，。；]{0,6}(?:中|时)?[^，。；]{0,3}(?:扣[回减除]|抵[扣减]))"
)
"""已从后续进度款中扣回 is done; 其余36万元从后续款项中抵扣 keeps its 其余."""


def plain(text: str, published: str | None = None) -> str:
    """`text` as the models read it: words that look like plans, in figures and names, without that look.

    鉴定时限由5天缩短至2天 sets no time limit, 启动“良种倍增”计划，审定新品种8个 has results, 17名拟提拔人选
    are people, 已于8月底前完成 is past (so is 6月底前完成 in a notice `published` later). The models know
    时限, 启动, 计划, 拟 and 其余 from remainders only.
    """
    text = _UNDER_WAY.sub("正在", _FROM_NOW_ON.sub("", text))
    text = _NOTHING_HAPPENED.sub("未", _SANCTION.sub("取消资格", text))
    if "中" in text:
        text = _MIDDLE.sub("", text)
    if "经" in text:
        text = _MEANS.sub("", text)
    if "申" in text or "争取" in text:
        text = _GRANTED.sub(r"落实\g<what>，已到位", text)
    text = _TIME_TAKEN.sub("时间", text)
    text = _NAMED_PLAN.sub(r"实施\g<what>工作", text)
    text = _FROM_NEXT_PAYMENT.sub(r"\g<from>", text)
    text = without_past_dates(_CANDIDATES.sub("", _IN_USE.sub("在", text)), published)
    return without_settled(text)
