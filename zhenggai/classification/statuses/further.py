"""Further work that is announced behind a finished core: 已清退12万元，正将其经验在全系统推广.

The guideline (4): a further training, a check, a draft or a side rule, planned beside measures that cure
the named fault, is no remainder. The models know 正, 拟, 将 and 计划 from remainders only, so such words are
left out before they read; not where the problem itself names that kind of work, nor where the words say
that something is left.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.classification.statuses.facts import overlap
from zhenggai.patterns import compiled

_BEGINS = (
    r"(?:目前|现|并|同时|此外|另外|且|还|也|我[局院校县市区镇乡办委]){0,2}(?:正(?![式常确规风面职副高科处厅局向])|拟(?![定订])|将(?=[于在适继持进不定聘组开举推探引研会以按根]|积极|全面|通过|陆续|分[批期]|加[快大强]|"
    r"[^，。；《]{0,8}(?:开展|实施|召开|修订|制定|组织|推行|引入|聘请|探索|建立))|"
    r"计划(?!生育|单列)|下一?步|下一?阶段|接下来|今后|后续|准备|预计|力争|打算|着手|积极(?=谋划|探索))"
)
_MAY_BEGIN = compiled(rf"(?:^|[，；,;])\s*{_BEGINS}")
_PARTS = compiled("[，,；;]")
_KINDS: tuple[tuple[str, str], ...] = (
    (
        r"推广|推开|总结|提炼|典型|经验|样板|示范|表彰|评比|汇编|编[写印]|案例|品牌|特色|文化|挖掘",
        r"推广|总结|典型|示范|试点",
    ),
    (
        r"审计|检查|抽查|自查|巡查|督查|复查|复核|督导|考核|巡察|“?回头看|评估|监测|排查|对账|暗访|测评",
        r"审计|检查|抽查|自查|巡查|督查|督导|考核|巡察|排查|监管|监督|评估|监测",
    ),
    (
        r"培训|轮训|学习|宣传|竞赛|讲座|研讨|宣讲|演练|观摩|交流会|警示教育",
        r"培训|轮训|学习|宣传|教育|演练|能力|素质",
    ),
    (
        r"系统(?!内|整)|平台|小程序|数字化|信息化|智能|智慧|二维码|加装|识别|门禁|定位|数据库|公众号|电子(?:档案|台账)|[上线]线|模块|APP|app",
        r"系统|平台|数字|信息|智能|智慧|数据|网络|线上|监控|监测|档案管理系统",
    ),
    (
        r"制度|办法|细则|机制|规定|手册|指引|规程|范本",
        r"制度|办法|细则|机制|规定|规程|规范性文件|建章立制|章程|程序|规则|预案|标准不",
    ),
    (
        r"改为|改作|改造[为成]|改建[为成]|用作|用于|打造[为成]|作为|公开招租|对外出租|统一招租",
        r"闲置|空置|盘活|利用|未使用|低效",
    ),
    (
        r"明年|来年|下一?年度|下学期|下一?学年|下一?届|第[二三四五六七八九十]届",
        r"年度|计划|规划|进度|滞后|缓慢|拖延",
    ),
    (
        r"优化|丰富|美化|提质|提档|升级|改进(?=[^，。；]{0,6}方式)|引入|聘请|第三方|再(?=[增新购添])|扩大[^，。；]{0,8}范围|增加频次",
        r"优化|丰富|升级|单一|形式|品质|质量|不高|不优",
    ),
)
"""Kinds of further work, each with the words of a problem of which it would be the cure."""
_EXTRAS = tuple((compiled(words), compiled(named)) for words, named in _KINDS)
_KEEP_UP = compiled(
    r"(?:进一步|持续|不断|继续)(?:加[大强]|完善|提[升高]|规范|强化|优化|丰富|拓展|深化|巩固|抓好|做好|坚持|保持)|动态(?:调整|管理|监测)"
)
"""A promise to keep up the good state is no remainder, whatever the problem names (guideline, 3)."""
_LEFT = compiled(
    r"其余|剩余|余下|剩下|余款|另有|另外|还有|尚|仍|未|(?<![接对招看])待(?!遇)|付清|清零|[追收补退]缴(?!管理|情况|[^，。；]{0,3}(?:小程序|系统|平台|制度|办法|机制))|清退|退[还回赔]|[收追]回|支付|偿还|归还|拨付|施工|开工|招标|"
    r"采购|验收|竣工|办理(?!经验|流程)|报批|审批(?!模块|系统|流程|平台|制度)|报请|移交|拆除|搬迁|整改|化解|处[置理]|兑[付现]|启动|落实|完成|解决|征求|起诉|申请|协商|协调|洽谈|选址|整治|修复|"
    r"挂网|建成|建设(?![^，。；]{0,4}(?:系统|平台|制度|机制))|交付|投[用产运入]|通[车水气电]|启用|运营|营业|开业|上市|达产|入住|封顶|贯通|供[水气暖]|换届|选举|招聘|引进|配备|过户|变更|认定|[一两二三四五六七八九十\d]+[名个户家宗处套笔件栋座]"
)
"""Words of a remainder: what is done was not the whole, or the core itself is under way."""
_CONCRETE = compiled(r"[\d《]|全部|均|已|[一二三四五六七八九十两][名个次期项份场家]")
_WHOLE = compiled(
    r"全部(?!门)[^，。；]{0,12}(?:完[成毕]|到位|[退返归]还|退[回出缴]|[收追]回|清[退理]|腾退|化解|整改|销号|办结|公开|拆除|拨付|发放|更[换新]|处[置理分])|"
    r"(?:清[退理]|拆除|化解|整改|办结|退[还回]|[收追]回|腾退|更[换新]|补[缴交齐])[^，。；]{0,16}，?全部|全部[清退拆收追腾]|(?<![\d.])100[%％]|均已|已(?:全|悉)[部数]|清零|全面完成|补齐|整改到位"
)
"""The whole of the core: whatever is announced behind it is further work."""
_FIRST_STEP = compiled(
    r"初稿|草案|设计|选址|立项|可研|招标|财评|评审|论证|征求|方案|规划|摸底|排查|考察|洽谈|意向|申请|请示|立案|启动|协议|合同|开工|进场|调研|协调|沟通|座谈|"
    r"发现|存在|涉及|反映|应[退收补缴]|动员|部署|测绘|勘察|初步|前期|研究|筹备|上报|报送|报批|部分|清单|台账|催[缴收]|督促|通知"
)
_TITLE = compiled("《[^》]*》")


def without_further(problem: str, texts: Sequence[str]) -> list[str | None]:
    """`texts`, the clauses of an outcome, without further work; None for a clause of nothing else."""
    out: list[str | None] = []
    for text in texts:
        kept = _kept(problem, text, out) if _MAY_BEGIN.search(text) else text
        out.append(kept if kept or not text else None)
    return out


def _kept(problem: str, text: str, earlier: Sequence[str | None]) -> str:
    """`text` up to the part from which on it only announces further work, where a result stands before it."""
    for found in _MAY_BEGIN.finditer(text):
        before, announced = text[: found.start()], text[found.start() :]
        if not _is_extra(problem, announced, _WHOLE.search(before) is not None):
            continue
        if any(reports_result(told) for told in (before, *earlier) if told):
            return before
    return text


def reports_result(text: str) -> bool:
    """Whether a part of `text` reports a concrete result, not a first step towards one."""
    return any(
        _CONCRETE.search(part) and not _FIRST_STEP.search(_TITLE.sub("《》", part))
        for part in _PARTS.split(text)
    )


def _is_extra(problem: str, announced: str, whole: bool) -> bool:
    """Whether all that is announced is no part of the core: work of a kind that the problem does not name.

    After the `whole` of the core it may be of any kind.
    """
    if _LEFT.search(announced):
        return False
    if _KEEP_UP.search(announced):
        return True
    if any(named.search(problem) and words.search(announced) for words, named in _EXTRAS):
        return False
    if whole or any(words.search(announced) for words, _ in _EXTRAS):
        return True
    apart = bool(problem) and not overlap(problem, announced)
    return apart and not _PROGRESS.search(problem) and not _PROCESS.search(announced)


_PROGRESS = compiled("滞后|缓慢|进度|进展|未|推进|拖|迟|建设|不快|缺")
_PROCESS = compiled(
    "安装|调试|铺设|装修|改造|修建|新建|推进|实施|收尾|编制|修编|申报|论证|勘察|设计|审[核议定]|公[示告]|评审|测绘|筹|争取|对接|加快|加紧|抓紧|"
    "履行|报|继续|逐步|陆续|分[批期]|培育|提[请交]|补|查|谈|核|清|督促|追"
)
"""What shares no word with the problem is apart from it, unless it may be a step of a project."""
