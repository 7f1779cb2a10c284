"""Things of one kind of which some are done and some are not, told by name: 东村已通水，西村尚未施工.

Nothing says 其余, and often nothing is counted, but the names share a head noun (村), or are stages and
batches of one work (一期, 二期). As many done as open ones are half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenggai.classification.counting.quantities import quantities
from zhenggai.classification.counting.sibling_names import NAMES, common_end, ends, listed, nouns, one_of_each
from zhenggai.patterns import compiled

_NOT_DONE = compiled(
    r"正(?:在|按|加紧|抓紧|安排|履行|逐|由|与|进行)|[尚还暂仍]未|[还仍]没|未能|未(?=完[成工]|办|整改|解决|到位|退|收|建|取得|移交|拆|通)|"
    r"[仍尚还]在(?!于)|[仍尚还]被|[仍尚还]处于|中止|搁置|停滞|推迟|顺延|延期(?=[至到])|待定|(?<=已)[列纳]入(?=[^，。；]{0,10}(?:计划|规划|项目|预算))|待[^，。；遇岗业命]{2,14}(?:备案|批[复准]|审[批议核定]|评审|验收|核准)[。；]?$|[还尚仍]剩|滞后|暂(?:缓|停|不)|待(?!遇|岗|命|业(?!主))(?=[^，。；遇岗命]{2,16}[后时])|待(?<=^待)(?![遇岗业命])|拟(?=[于在按对])|将(?=[于在])|预计|计划(?=[于在\d]|投|建|完)|"
    r"(?:推进|办理|进行|施工|审理|执行|协商|整顿|酝酿|审批|建设|整改|协调|招商)中|酝酿"
)
_RESULT = compiled(
    r"完[成工毕]|建成|竣工|投用|投运|投产|投入|上线|开通|[通供][水车气电]|恢复|换届|验收|办结|销号|退[出还回缴]|[收追]回|[返归]还|"
    r"补[缴记齐]|拆除|清[退理零空]|整治|修复|更换|解决|化解|到位|转化|移交|发包|入账|兑现|拨付|搬迁|注销|合并|整合|核销|交付|认证|[转出]让|吸收(?=[^，]{0,2}(?:预备)?党员)|扭亏|开[足齐]|排入|加固|安装|硬化|疏通|维修|修缮|铺设|休刊|停刊|转型|亮化|绿化|美化|入市|入园|入驻|入住|达标|取缔|关[停闭]|腾退|脱贫|摘帽|贯通|选配|配备|通过|更新|办证|兑付"
)
_FIRST_STEP = compiled(
    r"初稿|设计|选址|立项|可研|招标|评审|备案|审批|批复|论证|方案|规划|编制|摸底|排查|调研|核查|请示|申请|审计|启动|开工|进场|协议|意向|自评|初评|初审|预审|"
    r"纳入|列入|征求|起草|动员|部署|开展|组织|成立|召开|明确|安排|协[商调]|对接|洽谈|谋划|开始|进入|进行|着手|具备|提出|达成|发[布函]|委托|督促|责令|约谈|投入\d|下达|推进|实施|封顶|进度|主体|路基|基础|[%％]|部分|送|缴(?=\d)|分类|分析|梳理|清单|台账|普查|检查|审核|测评|会议|培训|学习|报告|制定|资料|资质|手续|档案|投资的|试点"
)
_BUILT = compiled(
    r"^(?![^，。；]*(?:拟|计划|将|争取|要求|规划|启动|设计))[^，。；]*(?:安装|铺设|修缮|加固|硬化|疏通|新建)[^，。；]{0,8}\d"
)
"""Work that is told by what came of it, without 已."""
_SAID_DONE = compiled(
    r"已(?:全部|整体|全面|经|正式|于[^，。；]{2,8}|由[^，。；]{2,8})?(?![^，。；]{0,3}[列纳]入)[^，。；]{2,}|[^，。；]{2,}完[毕成]$"
)
"""What came of it in any words, where no first step is named beside it: 已迁入新址."""
_FINISHED = compiled("已|均|全部|完[成工毕]|建成|竣工|实现|了(?!解)")
_IN_USE = compiled(
    r"投用|投运|投产|启用(?![前后仪])|投入(?:使用|生产|运行)|上线|开通|[通供][水车气电]|验收(?!资料|手续)"
)
"""What is in use is done, whatever first steps are named beside it."""
_SUBJECT = compiled(r"[^，：:“”《》因已均正尚还仍未拟将待暂受由预也]*")
_LEAD = compiled(
    r"^(?:[一二三四五六七八九十]是|[①-⑳]|[（(]?\d{1,2}[）)．、.]|[^，。：:]{1,10}[:：]|截至?[^，]{0,12}|目前|现|但是?|而|另外?|其中|[—\-\s]+)+"
)
_SUMMED = compiled("[等共]+[^、]*$")
_PARTS = compiled("[，。；：]")
_STAGE = compiled(r"第?(?P<at>[一二三四五六七八九十])(?P<kind>[期批]|标段)")
_ORDER = "一二三四五六七八九十"
_NOUN = compiled(r"[^\W\d_共因已正尚还仍未均完等将和]{0,5}中?")
_OF_THESE = compiled(r"[^，。；]{0,12}中，")
_COUNTED = frozenset("个座家处所栋条口户")
_BLANKS = compiled(r"\s+")
_REACH = 1
"""Clauses between what is done and what is not."""
_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class _Group:
    """Parts of a clause that say one thing of one subject."""

    clause: int
    done: bool
    text: str
    subject: str


def siblings(clauses: Sequence[str], problem: str = "") -> tuple[int, int] | None:
    """How many things of one kind are done, and how many are not; None where there are no such names.

    Two that `problem` lists side by side (鱼塘、果园合同到期) are of one kind as well.
    """
    split = [_LEAD.sub("", _BLANKS.sub("", clause)).split("，") for clause in clauses]
    if not any(_NOT_DONE.search(part) for parts in split for part in parts):
        return None
    groups = [group for index, parts in enumerate(split) for group in _groups(index, parts)]
    for rest in groups:
        if rest.done:
            continue
        near = [g for g in groups if g.done and abs(g.clause - rest.clause) <= _REACH]
        for group in sorted(near, key=lambda g: abs(g.clause - rest.clause)):
            found = (
                _stages(group, rest)
                or _summing_up(problem, group, rest)
                or _kind(group, rest)
                or _of_one_list(problem, group, rest)
            )
            if found is not None:
                found = _with_others(groups, group, rest) if found == (1, 1) else found
                return _with_all_others(problem, *found) if _OTHERS.match(rest.subject) else found
    return None


_OTHERS = compiled("其[余他它]|剩余|余下|剩下|另外几")


def _with_all_others(problem: str, done: int, left: int) -> tuple[int, int]:
    """甲社已恢复营业，其余基层社正在选址: two others at least, or all that the problem counts but `done`."""
    totals = [int(q.value) for q in quantities(_BLANKS.sub("", problem)) if q.unit in _COUNTED]
    return done, max(left, 2, max(totals, default=0) - done) if left == 1 else left


def _summing_up(problem: str, done: _Group, rest: _Group) -> tuple[int, int] | None:
    """3处烂尾楼中，甲广场、乙花园已交付，丙公馆正在协商: names that come to a number stated before them."""
    if len(done.subject) < 2 or len(rest.subject) < 2:
        return None
    finished, left = listed(done.subject), listed(rest.subject)
    stated = [q.value for q in quantities(_BLANKS.sub("", problem))]
    stated += [q.value for q in quantities(done.text) if _OF_THESE.match(done.text, q.end)]
    if finished + left in stated:
        return finished, left
    named = _one_by_one(done.text)
    return (named, left) if named and named + left in stated + _heading_numbers(done.text) else None


def _heading_numbers(text: str) -> list[float]:
    """3家亏损企业，甲公司已注销，…: the number of what is told one by one."""
    first = text.split("，")[0]
    return [q.value for q in quantities(first)[:1] if q.start == 0 and q.unit in _COUNTED]


def _one_by_one(text: str) -> int:
    """How many names are told to be done, part by part."""
    parts = [part for part in text.split("，") if _state(part)]
    subjects = [found.group() for part in parts if (found := _SUBJECT.match(part)) is not None]
    return sum(listed(s) if len(s) < len(part) else 1 for s, part in zip(subjects, parts, strict=True))


def _of_one_list(problem: str, done: _Group, rest: _Group) -> tuple[int, int] | None:
    """Two names of one list above: 鱼塘、果园到期，鱼塘已重新发包，果园正在协商."""
    one, other = done.subject[:2], rest.subject[:2]
    if len(one) < 2 or len(other) < 2 or one == other:
        return None
    for part in [*_PARTS.split(problem), *done.text.split("，")]:
        names = NAMES.split(part)
        held = [{at for at, name in enumerate(names) if word in name} for word in (one, other)]
        if all(held) and not held[0] & held[1]:
            return 1, 1
    return None


def _with_others(groups: Sequence[_Group], done: _Group, rest: _Group) -> tuple[int, int]:
    """One of each, and those like them in a clause of their own: 甲村已通水；乙村正在施工；丙村正在施工."""
    alike = [g for g in groups if not g.done and g is not rest and one_of_each(done.subject, g.subject)]
    finished = [g for g in groups if g.done and g is not done and one_of_each(g.subject, rest.subject)]
    return 1 + len(finished), 1 + len(alike)


def _groups(index: int, parts: Sequence[str]) -> Iterator[_Group]:
    """The groups of a clause that are done or not; parts that say neither belong to what follows."""
    held: list[str] = []
    neither: list[str] = []
    state: bool | None = None
    for part in parts:
        own = _state(part)
        if own is None:
            neither.append(part)
            continue
        if state is not None and own != state:
            last = held.pop() if _says_more(part) and _is_other(held) else None
            yield _group(index, state, held)
            held = [] if last is None else [last]
        held += [*neither, part]
        neither, state = [], own
    if state is not None:
        yield _group(index, state, held)


_SAYS_MORE = compiled("预计|计划|目前|正在|将|拟|尚|仍|待|现|力争|还")


def _says_more(part: str) -> bool:
    """Whether a part that is not done has no subject of its own: 乙路完成路基，预计10月通车."""
    return _SAYS_MORE.match(part) is not None


def _is_other(held: Sequence[str]) -> bool:
    """Whether the last of `held` is about another thing than the part before it, of the same kind."""
    return len(held) > 1 and one_of_each(_subject(held[-2]), _subject(held[-1])) is not None


def _subject(part: str) -> str:
    found = _SUBJECT.match(_LEAD.sub("", part))
    return found.group() if found else ""


def _group(index: int, done: bool, parts: Sequence[str]) -> _Group:
    subjects = [found.group() for part in parts if (found := _SUBJECT.match(_LEAD.sub("", part)))]
    own = next((s for s in subjects[-1:] if done and len(s) > 1), subjects[0])
    return _Group(index, done, "，".join(parts), own)


def _state(part: str) -> bool | None:
    if _NOT_DONE.search(part):
        return False
    if _IN_USE.search(part) or (_is_result(part) and not _FIRST_STEP.search(part)):
        return True
    return None


def _is_result(part: str) -> bool:
    told = _RESULT.search(part) and _FINISHED.search(part)
    return bool(told or _SAID_DONE.search(part) or _BUILT.search(part))


def _stages(done: _Group, rest: _Group) -> tuple[int, int] | None:
    """一期已上线，二期计划9月建成; 第一批已…，第二批、第三批…."""
    first, later = list(_STAGE.finditer(done.text)), list(_STAGE.finditer(rest.text))
    if not first or not later or first[-1]["kind"] != later[0]["kind"]:
        return None
    reached, last = (_ORDER.index(found[-1]["at"]) + 1 for found in (first, later))
    return (reached, last - reached) if last > reached else None


def _kind(done: _Group, rest: _Group) -> tuple[int, int] | None:
    """Names with one head noun on both sides, counted where they are lists or have a number."""
    for head, number in _heads(rest):
        of_done = _count_of(head, done)
        if of_done:
            return of_done, number
    for head, number in _heads(done):
        at = rest.subject.rfind(head)
        if 0 < at <= _LONGEST_NAME:
            return _count_of(head, done) or number, listed(rest.subject[: at + len(head)])
    return one_of_each(done.subject, rest.subject)


def _heads(group: _Group) -> Iterator[tuple[str, int]]:
    """Head nouns of the subject of a group, each with the number of things."""
    text = group.text if group.done else group.subject
    for q in quantities(text):
        noun = _NOUN.match(text, q.end)
        if q.unit in _COUNTED and noun and not noun.group().endswith("中"):
            yield from ((head, int(q.value)) for head in nouns(noun.group()))
    names = NAMES.split(_SUMMED.sub("", group.subject))
    if len(names) > 1:
        yield from ((head, len(names)) for head in ends(common_end(names[0], names[-1])))


def _count_of(head: str, group: _Group) -> int:
    """How many things with this head a group says to be done: by a number, by a list, by one name."""
    total: str | None = None
    number = 0
    for q in quantities(group.text):
        noun = _NOUN.match(group.text, q.end)
        if q.unit == total and noun:
            return int(q.value)
        if q.unit in _COUNTED and noun and head in noun.group():
            total = q.unit if noun.group().endswith("中") else None
            number = 0 if total else int(q.value)  # the last: 8个协会未换届，已指导6个协会换届
    if total or number:
        return number
    at = group.subject.rfind(head)
    return max(1, listed(group.subject[: at + len(head)])) if at > 0 else 0
