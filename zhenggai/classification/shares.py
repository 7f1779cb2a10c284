"""Shares of the work that a clause states: 86%, 九成, 大部分, 由92个减少至17个."""

from __future__ import annotations

from zhenggai.classification.quantities import quantities, spelled
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
        share = float(found["percent"]) / 100 if found["percent"] else spelled(found["tenths"]) / 10
        if share < 1:
            return share
    return None


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
        share = float(found["percent"]) / 100 if found["percent"] else spelled(found["tenths"]) / 10
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
    found = _PERCENT_PARTS.search(text)
    if found is None:
        return None
    whole, done, left = (float(found[name]) for name in ("whole", "done", "left"))
    return done / whole if abs(whole - done - left) < _ROUNDED else None


def same_deed(text: str) -> float | None:
    """Some of what is not done with the rest: 已返还53.2万元，还有7案暂未返还, which no sum compares."""
    return _MOST if _SAME_DEED.search(text) else None


def few_left(text: str) -> float | None:
    """A rest that is called a small one: 仍有部分案件因处置难，还在执行中."""
    return _MOST if _FEW_LEFT.search(text) else None
