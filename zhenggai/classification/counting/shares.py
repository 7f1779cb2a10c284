"""Shares of the work that a clause states: 86%, 九成, 三分之二, 大部分, 由92个减少至17个."""

from __future__ import annotations

import re

from zhenggai.classification.counting.quantities import quantities, spelled
from zhenggai.classification.counting.remainder_words import OPEN, SETTLED
from zhenggai.patterns import compiled

_SHARE = compiled(
    r"(?<![由从比高降至\d.])(?:(?P<percent>\d+(?:\.\d+)?)[%％]|(?P<tenths>[一二三四五六七八九])成|"
    r"(?P<most>过半|大部分|绝大部分|绝大多数|大多数|多数|一大半))"
)
_OF_WORK = compiled(
    r"(?:占(?!比)|完成|[退收清办化整销结执追兑拨处]\w{0,3}率|进度|已)[^，。；]{0,18}$|"
    r"(?<!不良)(?<!闲置)(?<!空置)(?<!逾期)(?<!违约)(?<!负债)(?<!增长)率已?(?:[由从]\d[\d.]*[%％])?"
    r"(?:达到?|提[高升][至到]|升至|上升[至到]|为)?$"
)
"""Before a share: it says how much is done. 同比增长38% does not."""
_PART_OF_WHOLE = compiled(
    r"(?P<what>[仅只]占|(?<=，)占(?!比|用|地|道|领)|[仅只]完成|(?<!超额)(?<!超)完成(?=[^，。；]{0,10}(?:目标|任务|计划)))"
    r"(?P<whole>[^，。；%％\d]{0,16}(?:（[^）]{1,8}）|\d[\d.]*[^，。；%％\d.]{1,4})?)的?"
    r"(?:(?<![\d.])(?P<percent>\d+(?:\.\d+)?)[%％]|(?P<tenths>[一二三四五六七八九])成)"
)
_ALL_THERE_IS = compiled("[应总需欠]|目标|任务|计划|反馈|全部")
"""Words for the whole of what was to be done: 占应收总额的31%."""
_WAS_DONE = compiled(
    r"[完已了]|累计|[清退收追补][收还回缴退]|清退|核销|[办审]结|化解|处置|销号|拆除|发放|实行|覆盖|改造|整改|消化"
)
_IS_FAULT = compiled("仍|尚|发现|违规|存在|未|无|由|其中|问题")
_CUT_DOWN = compiled(
    r"[由从](?P<before>\d[^，。；由从降减压]{0,8})(?:降|减少?|压减|压缩|下降)[至到为](?P<after>\d[^，。；]{0,8})[，；]"
    r"(?=剩[余下]|其余|余下|[^。；]*(?:[年月底期季]前|计划|预计|力争|将|拟)[^。；]{0,14}(?:消除|清零|完成|化解|办结|归零|清退))"
)

_VALUE = (
    r"(?:(?<![\d.])(?P<percent>\d+(?:\.\d+)?)[%％]|(?P<tenths>[一二三四五六七八九])成|"
    r"(?P<of>[二三四五六七八九十])分之(?P<parts>[一二三四五六七八九])|(?P<half>一半|半数))(?:以上|左右|多)?(?=[，,。；;]|$)"
)
"""At the end of its part: 支付30%预付款 is another matter."""
_CURES = (
    r"整改|整治|更换|改造|发放|拨付|偿还|清偿|归还|返还|退[还回缴赔]|清[退收理]|[收追]回|补[缴发]|缴纳|拆除|化解|"
    r"支付|兑[付现]|安装|铺设|建成|搬迁|腾退|销号|处[置理]|修复|消化"
)
_WORK_DONE = compiled(
    rf"(?:(?:(?<!超额)(?<!超)完成|(?:^|[，,；;：:已均]|已经|目前|现)(?:{_CURES})(?:完成|到位)?|(?:{_CURES})(?:完成|到位))"
    rf"了?[^，,。；;：:\d%％率占达]{{0,14}}?|"
    rf"(?:完成|整改|销号|(?P<debt>化解|清[偿退收]|偿还|兑[付现]))(?:进度|比?率)[约仅只已]*(?:达到?|为|至|是)?[约仅只]?){_VALUE}"
)
"""目前已更换三分之二, 整改完成率为20%. A rate that was reached (合格率, 出租率) is no share of it, but
a rate at which debts are paid off is one below a half."""
_NOT_SO_FAR = compiled(
    r"计划|拟|将|力争|确保|要求|争取|预计|须|[应需](?!收)|达不到|不[低少]于|不足|发现|存在|指出|此前|曾|当时|原[来有先]|每|按|比例|标准|目标[是为]|注册资本|股份|股权|个人部分|首[期付]|预付|上升|下降|增长|降低|压减|减少"
)
_SINCE = compiled("达标|符合|无需|现已完成|全部|全面完成|均已|100[%％]|竣工|已完工|整改到位")
_OF_PLAN = compiled("目标|任务|计划|预算|指标|率")
_TO_A_HUNDRED = compiled(
    r"(?P<done>\d+(?:\.\d+)?)[%％][^。；%％]{0,24}?(?:剩余|其余|余下|剩下|[尚还仅]?[余剩])的?(?P<left>\d+(?:\.\d+)?)[%％]"
)
_ALL_PERCENT = 100
HALF = 0.5
_PERCENT_PARTS = compiled(
    r"(?P<whole>\d+(?:\.\d+)?)[%％][^，。；\d]{0,10}中的?(?P<done>\d+(?:\.\d+)?)[%％][^。；]*?(?:剩余|其余|余下)的?(?P<left>\d+(?:\.\d+)?)[%％]"
)
_SAME_DEED = compiled(
    r"(?:已|完成)(?:全部|基本)?(?P<deed>[^\W\d_]{2})了?\d[^。]{0,60}(?:[尚还暂仍]未|未能)(?:全部|完全)?(?P=deed)"
)
_FEW_LEFT = compiled(
    r"(?:[仍还尚现]有|[仅只]剩)?(?:极?个别|少部分|极?少数|少量)[^，。；]{2,20}，?[^，。；]{0,16}(?:[尚暂还仍]未|正在|[仍还尚]在|未能)|"
    r"[仍还尚]有(?:小?部分)[^，。；]{2,20}，?[^，。；]{0,16}(?:[尚暂还仍]未|正在|[仍还尚]在|未能)"
)
_MOSTLY = compiled(
    r"(?:绝?大部分|绝?大多数|多数|大都)[^，,。；]{0,16}(?:已|完成|均|到位)[^，,。；]{0,12}[，,；](?:[仅只还仍尚]有?)?"
    r"(?:极?个别|极?少数|少部分|少量|小部分)(?P<rest>[^。；]{0,30})"
)
_ALL_BUT = compiled(
    r"除(?P<few>[^，,。；]{1,24}?)(?:之|以)?外[，,](?P<all>(?![也还又并])(?![^，,。；]*(?:[未由为]|用于))[^，,。；]{0,16}?(?:均|全部|都|已|完成)[^，,。；]*)"
)
_IS_REST = compiled(
    r"\d|[一两二三四五六七八九十][个家名户人处所座栋套辆台项件起笔]|个别|少[数量]|部分|[因由]于?|仍|尚|未|正在|困难|暂"
)
_OF_ONE_KIND = compiled(
    r"(?P<kind>[村镇乡县区组所校厂站库桥路])外，[^，。；]{0,4}(?:其[余他]|剩余)的?\d*个?(?P=kind)"
)
_EXEMPT = compiled(
    "规定|涉密|保密|依[法规]|必[要需]|特殊|应急|请假|机动|因病|住院|出差|外出|已(?:完成|整改)|立案|处分"
)
"""What may stay as it is: 除按规定保留的2辆外，其余已全部拍卖."""
_AS_GOOD_AS_DONE = 0.95
"""From this share on a target of the year is no remainder: 完成全年任务的98%."""
_ROUNDED = 0.05
_MOST = 0.6
"""The share of what is done where only words say that it is the greater part."""


def stated_share(text: str) -> float | None:
    """The share of the work that `text` says is done, in [0, 1): the last that it names, or None."""
    for found in reversed(list(_SHARE.finditer(text))):
        if found["most"]:
            return _MOST
        if not _OF_WORK.search(text[: found.start()]):
            continue
        share = _value(found)
        if share < 1:
            return share
    return None


def _value(found: re.Match[str]) -> float:
    """The share of a match with a per cent, with tenths or with a fraction."""
    if found["percent"]:
        return float(found["percent"]) / 100
    if found["tenths"]:
        return spelled(found["tenths"]) / 10
    return spelled(found["parts"]) / spelled(found["of"])


def work_done(text: str) -> float | None:
    """The share of the work that `text` says is done, in (0, 1), the last that it names: 完成工程量的45%."""
    for found in reversed(list(_WORK_DONE.finditer(text))):
        share = HALF if found["half"] else _value(found)
        most = HALF if found["debt"] else _AS_GOOD_AS_DONE if _OF_PLAN.search(found.group()) else 1
        said = re.split("[，,。；;]", text[: found.start()])[-1] + found.group()
        if 0 < share < most and not _NOT_SO_FAR.search(said):
            return None if finished_since(text[found.end() :]) else share
    return None


def finished_since(text: str) -> bool:
    """Whether `text`, which stands behind a share, says that the rest is done as well."""
    return _SINCE.search(text) is not None


def part_of_whole(text: str) -> float | None:
    """The share of the whole work that `text` says is done, in (0, 1), where nothing is said of the rest.

    已收回340万元，占应缴总额2280万元的15%。A share of what was found wrong is none.
    """
    for found in _PART_OF_WHOLE.finditer(text):
        only = found["what"][0] in "仅只"
        if not (only or "占" not in found["what"] or _ALL_THERE_IS.search(found["whole"])):
            continue
        said = text[: found.start()]
        if "占" in found["what"] and (not _WAS_DONE.search(said) or _IS_FAULT.search(said[-30:])):
            continue
        share = _value(found)
        if 0 < share < (1 if "占" in found["what"] else _AS_GOOD_AS_DONE):
            return share
    return None


def cut_down(text: str) -> float | None:
    """The share of a counted fault that is gone, the rest to go: 由92个减少至17个，年底前全部消除."""
    found = _CUT_DOWN.search(text)
    if found is None:
        return None
    before, after = quantities(found["before"]), quantities(found["after"])
    if not before or not after or before[0].unit != after[0].unit or before[0].value <= after[0].value:
        return None
    return 1 - after[0].value / before[0].value


def percent_parts(text: str) -> float | None:
    """已转让60%股权中的45%，剩余15%待评估: a share in parts that come out exactly."""
    found = _TO_A_HUNDRED.search(text)
    if found is not None and float(found["done"]) + float(found["left"]) == _ALL_PERCENT:
        return float(found["done"]) / _ALL_PERCENT
    found = _PERCENT_PARTS.search(text)
    if found is None:
        return None
    whole, done, left = (float(found[name]) for name in ("whole", "done", "left"))
    return done / whole if whole and abs(whole - done - left) < _ROUNDED else None


def same_deed(text: str) -> float | None:
    """Some of what is not done with the rest: 已返还53.2万元，还有7案暂未返还, which no sum compares."""
    return _MOST if _SAME_DEED.search(text) else None


def all_but(text: str) -> float | None:
    """All but a few: 除1辆校车外，均已更换到位. What may be left (除涉密事项外) is no rest."""
    found = _ALL_BUT.search(text)
    if found is None or _EXEMPT.search(found["few"]) or SETTLED.search(found["few"]):
        return None
    if not (_IS_REST.search(found["few"]) or _OF_ONE_KIND.search(text, found.start())):
        return None
    left, done = quantities(found["few"]), quantities(found["all"])
    if left and done and left[0].unit == done[0].unit and left[0].value > 0:
        return done[0].value / (done[0].value + left[0].value)
    return _MOST


def mostly(text: str) -> float | None:
    """绝大部分已拆除，个别尚未拆除."""
    found = _MOSTLY.search(text)
    return _MOST if found is not None and OPEN.search(found["rest"]) else None


def few_left(text: str) -> float | None:
    """A rest that is called a small one: 仍有部分案件因处置难，还在执行中."""
    return _MOST if _FEW_LEFT.search(text) else None
