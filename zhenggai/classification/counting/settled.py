"""What was left and is dealt with as well: 其余3户已于6月搬迁, 其余1.2万元由当事人退赔到位.

Nothing remains then, but the models and the counts know 其余 from remainders only, so the word is left out.
"""

from __future__ import annotations

import re

from zhenggai.classification.counting.quantities import quantities
from zhenggai.patterns import compiled

_WORD = compiled(r"其余|剩余|剩下|余下|另[外有](?=\d)|余款")
_VERB = (
    r"(?:退[赔款还回缴休出]|上缴|[补收追]缴|补[交齐开记登签办]|缴[清齐]|[付结还交]清|核销|注销|报废|作废|销[毁号]|清[退偿零理]|拆除|[收追返归]回|"
    r"[返归偿]还|兑[付现]|发放|支付|入账|提存|搬[迁离]|迁[出离]|腾[退空]|离职|辞[职退]|调[离出整动任]|解[聘除]|转岗|死亡|去世|病故|"
    r"[办审]结|结[案项题]|整改|处[置理]|停[用办]|撤[销并]|取消|关[闭停]|赔偿|免除|拍卖|变卖|置换|盘活|出租|调剂|更换|改[为作造]|修[复缮]|启用|投用|投入使用|"
    r"安装|安置|验收|竣工|开通|移交|交付|兑换|整合|合并|终结|化解|和解|息[访诉]|代偿|扣[回除减]|抵[扣顶]|作出[^，。；]{0,4}说明|出具[^，。；]{0,6}(?:说明|证明)|转岗|转为[^，。；\d]{0,6})"
)
_ENDS = r"(?:了|到位|完毕|完成|合格|手续|使用|[^，。；\d%％]{0,3}?)?(?=[，。；、）\d\n]|$)"
_BETWEEN = r"[^，。；]"
_DONE = compiled(
    rf"(?:(?<![早])[已均]{_BETWEEN}{{0,14}}?{_VERB}{_ENDS}|"
    rf"{_VERB}(?:到位|完毕|完成)(?=[，。；\n]|$)|予以(?:销号|[核注]销|免除|取消))"
)
_UNMARKED = r"[^，。；\d按从待暂将正拟申签分限逐协未尚难计预陆续]"
"""Characters without those of plans and conditions: 其余36万元从质保金中抵扣 is not settled yet."""
_DEALT_WITH = compiled(
    rf"\d+(?:\.\d+)?{_UNMARKED}{{1,12}}(?:[共合]?计\d+(?:\.\d+)?[万亿]?元)?(?:[已均][^，。；]{{0,6}}|作|予以|由{_UNMARKED}{{1,6}})?"
    r"(?:退款|退[还回缴]|上缴|补[缴交齐]|核销|注销|报废|作废|销毁|清退|拆除|[收追]回|改[为作]|停用|取消|关闭|赔偿)"
    r"[^，。；%％]{0,12}(?:[。；]|$)"
)
"""其余3张由责任人退款1250元: told without 已."""
_LEFT_PARTY = compiled(
    rf"\d+(?:\.\d+)?[名人](?:党员)?(?:按(?:程序|规定|照规定))?{_UNMARKED}{{0,6}}(?:停止党籍|除名|劝退|取消(?:预备)?党员资格|终止入党)"
)
_IN_ORDER = compiled(
    r"[^，。；按从待暂将拟限]{0,24}?(?:，[^，。；\d]{0,6})?(?:(?<![不未非])(?:合格|达标|符合(?!情况)|正常|有效|合法|合规)|不属于|(?:无|不)需(?!求)|不再需|"
    r"不存在|予以保留|保留使用|继续使用|继续保留|无(?:问题|异常|隐患))(?!后)"
)
"""其余评估合格, 其余5人经核算无需补缴: nothing is to be done with them."""
_AGREED_WITH = compiled(
    rf"{_UNMARKED}{{0,4}}\d*{_UNMARKED}{{0,10}}(?:[重补续]新?签|签[订署]|订立|解除|终止)(?![^，。；]{{0,8}}意向)"
)
"""与其余6家重新签订服务协议: the rest is whom something was agreed with."""
_CAUSE = compiled(r"[因由]于?[^，,。；]{1,30}[，,]|因[^，,。；]{1,24}?(?=[已均予])")
"""Whatever has been done in it: 因对方单位已撤销，正在申请核销."""
_NOT_YET = compiled(
    r"正(?![式常])|尚|仍(?!款)|还(?<![退归返偿]还)(?![原清款])|未|待|拟|将|预计|计划|[年月底期]前|力争|争取|推进|继续|逐步|陆续|分[批期年]|(?<!已)按(?!规定|要求)|协[商议]|起诉|申请|委托(?![^，。；]{0,20}(?:完毕|完成|到位))|[提报]请|上报|审批|"
    r"[列纳]入|进入|启动|方案|明确|落实|通知|动员|公告期|部分|一半|大多|多数|基本|司法|法院|诉讼|专案|公安|纪委|纪检|要求|责令|督促|须|(?<![无不])需|应[当在于]|%|％|成"
)
"""Before or beside the verb: a first step only, or a part of what was left."""
_SAID = compiled("[已均]")


def without_settled(text: str) -> str:
    """`text` without the words for a rest of which nothing remains."""
    for found in reversed(list(_WORD.finditer(text))):
        if _is_settled(text, found):
            kept = "款项" if found.group() == "余款" else ""
            text = text[: found.start()] + kept + text[found.end() :].removeprefix("的")
    return text


def _is_settled(text: str, word: re.Match[str]) -> bool:
    said = re.split("[。；;\n]", text[word.end() : word.end() + 80])[0].removeprefix("的")
    if said.startswith("部分"):
        said = said[2:]
    if text[: word.start()].endswith(("与", "和", "同")) and (agreed := _AGREED_WITH.match(said)):
        return not _NOT_YET.search(agreed.group())
    if _LEFT_PARTY.match(said):
        return True
    dealt = _DEALT_WITH.match(said) or _IN_ORDER.match(said)
    if dealt is not None:
        return not _NOT_YET.search(dealt.group())
    told = _CAUSE.sub("", said, count=1)
    done = _DONE.search(told)
    if done is None or told.count("，", 0, done.start()) > 1:
        return False
    part = told[: done.end()] + re.split("[，,]", told[done.end() :])[0]
    units = [q.unit for q in quantities(part)]
    planned = _NOT_YET.search(part) or ("后" in part and not _SAID.search(part))
    return not planned and len(units) == len(set(units))
