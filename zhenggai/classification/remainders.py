"""What a clause says to remain, and what the numbers before it count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from zhenggai.classification.quantities import Quantity, quantities
from zhenggai.patterns import compiled

REST = compiled(
    r"其余|剩余|剩下|余下|(?:尚|还|仍|仅|只|现)[余剩欠缺差]|缺口|[尚仍]有(?![^，。；]{0,4}(?:差距|距离|不足|困难))|余款|余额|空缺的(?=\d)|(?<=[，；。、])余(?=\d)|"
    r"未[^，。；、\d]{1,4}(?:的(?=\d)|的?部分)"
)
PERHAPS_REST = compiled(r"还有|另有|另外|(?<=[，；。、])另(?=\d)|其他")
"""Also said of what was done besides: only with words of an open matter behind."""
OPEN = compiled(
    r"(?<![改纠修更校公真端反补矫立订规])正(?![式常确规面职副高科处厅局值当午好是版本道气能负反义月方品宗统装比数])|尚未|还未|暂未|仍未|没(?!收|有?(?:再|发[生现]|出现|影响))|酝酿|未能|未(?!发[现生]|出现|再|见|造成|影响|有|予|来)[^，。；、\d]{1,5}(?=[，。；]|$)|未(?=完成|办|整改|解决|到位|退|收|建|取得|移交|拆|到期|通|了?结|[安实]|投|开|启|换|兑|拨|领|签|恢)|"
    r"[仍尚还]在(?!于|岗)|[仍尚还]被|[仍尚还]处于|中止|搁置|停滞|受阻|利用(?=[^，。；]{0,3}[寒暑]假|农闲|枯水|停[课电产]|检修)|(?<![急所供必按军民内刚])需(?!求|要求)[^，。；\d]{2,8}(?=[，。；]|$)|(?<![急所供必])需(?=重新|另行|待|报|经|由|等|与|在|进一步|协调)|"
    r"暂(?:缓|停|不)|待(?!遇)|拟(?!定)|将(?=[于在按由结])|预计|计划|(?:推进|办理|进行|施工|审理|执行|整改|建设|审批|程序|清算|协调|装修|维修|论证|招标|采购|处置|诉讼)中(?![^\W\d_的])|"
    r"已(?:报(?![^，。；]{0,8}(?:备案|入库|批准|通过|验收))|申请|提起|起诉|立案|启动|列入|纳入|委托|上诉|受理)|纳入|列入|争取|进入|无法|难以|困难|在(?:[建读办审]|报批|审批)(?=[\d，。；]|$)|[仍还也]?在推进(?=[，。；]|$)|推迟|顺延|延期(?:整改|完成|销号)|尚无"
)
HINDERED = compiled(
    r"没(?!收|有?(?:再|发[生现]|出现|影响|问题))|争议|纠纷|官司|冻结|查封|失联|下落不明|联系不上|拒[绝不]|不(?:配合|愿|同意|肯)|受[阻限]"
)
"""What keeps 还有2个账户 from being done; said of a rest only, for disputes are also settled."""
_DONE = compiled(
    "已|了|(?<![应需拟待期在行抓快令促进续])整改(?!措施|方案|任务|[时期]限|通知|中|情况|工作|$)|完成|全部|完毕|到位|通过(?![^，。；]{1,8}(?:方式|办法|形式|渠道|途径))|退出|建成|竣工|[退收追返召找]回|联系上|清[退收]|清理(?!出|发现|排查|整顿|范围)|核销|办结|[缴付还结配补]清|配齐|(?<![应需拟缺欠划])补[发缴交登录记齐办签]|获批|摘[牌帽]|通[气水电车邮网]|[清消]除|恢复|复耕|回填|入库|化解|处置|销号|拆除|实现|注销|关闭|取缔|成交|盘活|到[账岗任]|入职|"
    "(?<![应需拟缺欠划])(?:选任|选拔|提拔|引进|招录|签约|签订(?![^，。；]{0,8}(?:协议|意向|承诺)))"
)
_ALL_DONE = compiled(r"全部|均|也已|都已")
_BEGUN = compiled(r"启动|开工|动工|开始|进场")
"""What has begun is not done: 78个项目中尚未启动的5个 says nothing of the other 73."""
_PART = compiled(r"[^，,：:；;。！？\n]*")
_SUBCOUNT = compiled("其中|包括")
_NEXT_PART = compiled(
    r"[^，,；;。]*[，,；;](?:(?:[因由受]|正?[对将])[^，；。\d]{2,14}的)?(?:(?P<batch>(?:第[一二三四五六七八九十]批、?)+)(?:共|合计)?|另外?有?|还有)?"
)
_FIRST_BATCH = compiled(r"(?:首|第一)批(?:次|共|的)?$")
_WORKED_ON = compiled("正[为对就将与在][^，。；]{0,4}$")
"""正为另外2个车间招引企业."""
_NO_DEED = compiled(
    r"应|需|拟|缺|欠|发现|存在|排查|检查|摸排|核查|涉及|反映|共有|现有|原有|问题|线索|计划|约谈|谈话|培训|会议|调研|走访|新增|受理"
)
_OF_REST = compiled(r"[^，,：:；;。\d]{1,8}中(?!心)[^，,：:；;。\d]{2,}(?=\d)")
_OVER = compiled(
    r"[^，。；\d]{0,4}已(?:全部|按期|如数|足额)?(?:上缴|[退收追返归][回还缴]|清退|补缴|入账|整改到位|办结)"
)
"""What is left has been dealt with: 余额36.9万元已上缴."""
_POST = compiled("[^，。；、\\d]{0,4}(?:岗位|职位|职数|名额|席位)")
_LATER_BATCHES = compiled(
    r"第[二三四五六七八九十]批(?:[、和及]第[二三四五六七八九十]批)*(?=[^，。；\d]{0,4}(?:[计拟将正尚待]|预计))"
)
_CAUSE = compiled("[因由]于?|受")
_GOES_ON = compiled(r"继续(?!保持|坚持|加强)|完成[^，。；]{0,8}?(?<!\d)\d{1,2}(?:\.\d+)?[%％]")
"""未执结的23件继续查控财产, 余下2家完成工程量的60%."""
_PART_READ = 40
_COMMA = compiled("[，；。]")
_NOW = compiled(
    "(?:截至)?目前(?![^，。；]*(?:协议|意向|立案|启动|开工|评估))[^，。；共有存剩余欠未在尚仍还正]*$"
)
"""目前签订转让、许可合同71项: what has come of it so far."""
_TO_DO = compiled("建议|应(?!用|急|对|收账)|计划|需要?(?!求)")
_NEAR = 8
"""Characters between a word for the rest and its number."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is said to remain: a quantity, or a word for it alone."""

    start: int
    quantity: Quantity | None
    certain: bool
    """Whether its word can mean nothing else than a remainder."""
    worded: bool = True
    """Whether there is such a word: without one, what is said of the number makes it a remainder."""
    behind_done: bool = False
    """Whether the part before counts the same things as done: 第一批19人已到岗，第二批76人拟于明年."""
    in_batches: bool = False
    exact_only: bool = False
    """Whether only a sum can tell that its number is a remainder."""
    unsettled: bool = False
    """Whether nothing is said to be done of it, though of the things before it: 缴清2家，5家签订承诺书."""


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity before the remainder, and what its part of the clause says of it."""

    value: float
    unit: str
    done: bool
    open: bool
    sub: bool
    """Whether it counts a part of the number before it (其中查实3条)."""
    planned: bool = False
    """Whether it is what was to be done: 建议转让126项, 应清退20套."""


def rests_in(text: str) -> Iterator[Rest]:
    """What `text` says to remain; words that may mean something else only where none is certain."""
    numbers = quantities(text)
    found = [_after(word.start(), word.end(), text, numbers, True) for word in REST.finditer(text)]
    found = [rest for rest in found if not _is_total(text, rest, numbers)]
    found += [Rest(batch.start(), None, True) for batch in _LATER_BATCHES.finditer(text)]
    if not found:
        words = (
            w
            for w in PERHAPS_REST.finditer(text)
            if OPEN.search(text, w.end())
            or _WORKED_ON.search(text[: w.start()])
            or HINDERED.search(_match(text, w.end()))
        )
        found = [_besides(word.start(), word.end(), text, numbers) for word in words]
        found += [
            Rest(q.start, q, False, False, *_behind_done(text, previous, q))
            for previous, q in zip([None, *numbers], numbers, strict=False)
            if OPEN.search(_around(text, q))
        ]
        if not found and numbers and OPEN.search(text, numbers[-1].end):
            found = [Rest(numbers[-1].start, numbers[-1], False, False, exact_only=True)]
        if not found and _unsettled(text, numbers):
            found = [Rest(numbers[-1].start, numbers[-1], False, False, exact_only=True, unsettled=True)]
    return (rest for rest in found if not _is_no_remainder(text, rest))


def _behind_done(
    text: str, previous: Quantity | None, number: Quantity, besides: bool = False
) -> tuple[bool, bool]:
    """Whether `number` follows the same things done, and whether the two are batches.

    What stands `besides` (另有3处) is told of things done in whatever words, but those of needs or findings.
    """
    if previous is None or previous.unit != number.unit:
        return False, False
    between = _NEXT_PART.fullmatch(text, previous.end, number.start)
    said = _last_part(text[: previous.start]) + _around(text, previous, number.start)
    if between is None or OPEN.search(said) or _BEGUN.search(said):
        return False, False
    if not _DONE.search(said) and (not besides or _NO_DEED.search(said)):
        return False, False
    return True, between["batch"] is not None or _FIRST_BATCH.search(text[: previous.start]) is not None


def may_be_parts(text: str) -> bool:
    """Whether `text` may count what is done and what is not without a word for the rest."""
    return _DONE_PART.search(text) is not None


_DONE_PART = compiled(
    r"\d[^，。；]{0,12}，(?:[^，。；\d]{0,12})\d+[个家户宗台处套栋幢座间所笔项口条辆块村件名人]"
)
SETTLED = compiled(
    r"退休|辞[职退]|离[职世岗]|去世|死亡|病故|调[离出走整任动]|办理|注销|取消|保留|批准|同意|合规|符合|属实|不属于|不再|核实|继续(?!查|追|推|整|办)|经[查核]|终[止结]|解[除聘]|转[为岗入]|提存|豁免|调[拨配用]|移交|捐[赠献]|划[转拨归]|留[用作存]|备用|作价|出[售让租]|拍卖|退[租役学]|归[还属]|交由|由[^，。；]{2,6}(?:使用|管理|接收|承担|接管)|毕业|入学|[列作]为|[列移][入送]|停止党籍|除名|劝退|系|属|"
    r"合并|撤[销并]|关[停闭]|停[用办]|报废|处[分理罚]|[查核]否|问责|重新|新[增建]|其中|分别|[一二三]等|通过(?!巡)|合[格法]|有效|正常|达标|无需|[获评]得|达到|安排|调剂|改[为作]|作为|用于"
)
"""What is said of others that need no more: 8人返岗，2人退休."""


def _unsettled(text: str, numbers: Sequence[Quantity]) -> bool:
    """Whether the last of `numbers` stands behind the same things done, and is not said to be done."""
    if len(numbers) < 2 or numbers[-2].unit != numbers[-1].unit:
        return False
    done, last = numbers[-2:]
    between = text[done.end : last.start]
    said = _around(text, last)
    if len(_COMMA.findall(between)) != 1 or not said or _DONE.search(said) or SETTLED.search(said):
        return False
    if _BARE.match(text, last.end) and len(between) > 1 and not _ONLY_BEGUN.search(between):
        return False
    if _DONE.search(_around(text, done, last.start)):
        return True
    told = _COMMA.split(text[: done.start])[-1]
    bare = _VERB.fullmatch(told) is not None and between[:-1] in _ENDS
    return bare and len(said) >= _TELLING and between.endswith(_MARKS)


_BARE = compiled(r"[人户座处家条栋所名]?(?:[，,。；;、]|$)")
"""责令退出19人，免职2人: a deed and its number, nothing said of how it stands with them."""
_ONLY_BEGUN = compiled(
    r"起诉|诉讼|立案|催|协[商议调]|申请|启动|签[订约]|承诺|[列纳]入|约谈|通知|上报|报[送批]|待|剩|余|缺|欠"
)
_VERB = compiled(r"[^\W\d_其中分别应需缺欠共]{2,4}")
_ENDS = frozenset(("", "户", "座", "处", "家", "条", "栋", "所", "名"))
_MARKS = ("，", "；", "。")
_TELLING = 4
"""Characters that say what is with the rest, where a bare verb tells what is done: 清除40处，1处涉及…."""


def _is_total(text: str, rest: Rest, numbers: Sequence[Quantity]) -> bool:
    """Whether `rest` is what was open at first: 未整改到位的286个问题已整改263个."""
    if rest.quantity is None or not text.startswith("未", rest.start):
        return False
    left, unit = rest.quantity.unit_value
    same_verb = "已" + text[rest.start + 1 : rest.start + 3]
    later = [q for q in numbers if q.start >= rest.quantity.end]
    return any(
        q.unit == unit
        and q.value < left
        and same_verb in _around(text, q, following.start if following else None)
        for q, following in zip_longest(later, later[1:])
    )


def _after(start: int, end: int, text: str, numbers: Sequence[Quantity], certain: bool) -> Rest:
    behind = end + len(_match(text, end))
    if _OF_REST.match(text, end):  # 其余贷款中涉诉的2.2亿元 are not all that is left
        return Rest(start, None, certain)
    near = [q for q in numbers if end <= q.start <= min(end + _NEAR, behind)]
    units = {q.unit for q in numbers if q.end <= start}
    quantity = next((q for q in near if q.unit in units), near[0] if near else None)  # 还有2户2份合同
    if quantity and quantity.unit == "个" and _POST.match(text, quantity.end):
        people = all(q.unit != "个" for q in numbers if q.end <= start)  # 招聘6名，尚空缺的2个岗位
        quantity = replace(quantity, unit="人") if people else quantity
    return Rest(start, quantity, certain)


def _besides(start: int, end: int, text: str, numbers: Sequence[Quantity]) -> Rest:
    """已配备10名，另外2名正在考察: the same things as those done before."""
    rest = _after(start, end, text, numbers, False)
    if rest.quantity is None:
        return rest
    earlier = [q for q in reversed(numbers) if q.end <= start]
    previous = next((q for q in earlier if q.unit == rest.quantity.unit), None)
    done, batches = _behind_done(text, previous, rest.quantity, besides=True)
    return replace(rest, behind_done=done, in_batches=batches)


def _match(text: str, at: int) -> str:
    found = _PART.match(text, at)
    return found.group() if found else ""


def _around(text: str, number: Quantity, end: int | None = None) -> str:
    """The part of the clause in which `number` stands, without it; at most until `end`."""
    before = _last_part(text[max(0, number.start - _NEAR) : number.start])
    behind = _match(text, number.end)
    if _CAUSE.search(behind) is not None:  # 2个项目因棚体损坏严重，尚在维修
        behind += _match(text, number.end + len(behind) + 1)
    return before + behind[: None if end is None else max(0, end - number.end)]


def _is_no_remainder(text: str, rest: Rest) -> bool:
    """Whether what is left is done as well, or has only not begun."""
    words = text[rest.start :]
    if _BEGUN.search(_match(text, rest.start)) and not _DONE.search(_match(text, rest.start)):
        return True
    if rest.quantity and rest.worded and _OVER.match(text, rest.quantity.end):
        return True
    return _ALL_DONE.search(words) is not None and OPEN.search(words) is None


def numbers_in(text: str) -> list[Number]:
    """The quantities of `text` with what is said of each, in the same part of the clause."""
    out = []
    found = quantities(text)
    for q, following in zip_longest(found, found[1:]):
        around = _around(text, q, following.start if following else None)
        said = _COMMA.split(text[max(0, q.start - _PART_READ) : q.start])[-1]
        done = (_DONE.search(around) or _NOW.match(said)) is not None and _BEGUN.search(around) is None
        sub = _SUBCOUNT.search(text[: q.start]) is not None
        out.append(
            Number(
                q.value, q.unit, done, OPEN.search(around) is not None, sub, _TO_DO.search(said) is not None
            )
        )
    return out


def _last_part(text: str) -> str:
    for mark in "，,：:；;。！？、":
        text = text.rsplit(mark, 1)[-1]
    return text


def says_open(text: str, rest: Rest) -> bool:
    """Whether the part of `text` that counts the rest calls it open."""
    if rest.quantity is None:
        return False
    said = _around(text, rest.quantity)
    return (OPEN.search(said) or (rest.worded and _GOES_ON.search(said))) is not None
