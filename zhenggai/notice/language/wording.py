"""What problems, labels and section titles are worded like. Words of the genre, none of a single notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from zhenggai.notice.language.problem_pairs import problem_score
from zhenggai.patterns import compiled

FIELD_ENDS = ("方面", "领域")
"""How a heading ends that names a field and states nothing."""

REMEMBERED = 1024
"""Answers about the last texts that are kept, for each of some questions that are asked again and again."""

# -- labels in front of an outcome or a problem ------------------------------------------------

_OUTCOME_WORD = (
    r"(?:主要|具体|目前|当前|现阶段|阶段性|最新|前期|下一步)?(?:的)?"
    r"(?:整改|落实|完成|进展|办理|处理|处置|核实|推进|采取)(?:任务|工作)?"
    r"(?:[的和及与、]{0,2}(?:具体|主要|阶段性|目前|最新|落实|完成|进展|工作|整改|推进|办理|处理)){0,3}"
    r"(?:情况|措施|举措|成效|效果|成果|结果|进展|进度|状态|做法|过程|结论)"
)
OUTCOME_LABEL = compiled(
    rf"(?:[（(【\[]\s?)?(?:{_OUTCOME_WORD}(?:[及和与、]{{1,2}}(?:{_OUTCOME_WORD}|成效|效果|结果|进展|措施|情况))?"
    r"|(?:问题|主要|产生|存在|(?:尚|还)?未(?:全部)?(?:完成|到位)(?:整改)?|未整改|滞后|的){0,2}(?:原因|成因)(?:分析|剖析|查找)?"
    r"|情况说明|主要做法|整改落实|整改完成|整改|工作措施|具体措施|主要措施|下一步(?:措施|打算|计划|安排|工作)?|采取措施|工作成效|取得成效|主要成效)"
    r"(?:(?:\s?[）)】\]])?(?:如下)?(?:\s?[（(][^）)]{0,12}[）)])?\s?[：:]|\s?[】\]])"
)
"""整改情况：, 整改措施：, 【整改进展情况】：; 原因分析：, which stands before them and states no problem."""
_LABEL_END = compiled(r"[：:】\]]")
_LONGEST_LABEL = 75

BARE_OUTCOME_LABEL = compiled(rf"(?:[（(【\[]\s?)?{_OUTCOME_WORD}(?:\s?[）)】\]])?[。：:]?$")
"""A line that is only a label, with or without a colon."""

FIELD_LABEL = compiled(
    r"(?:整改|完成|办结|销号)?(?:时限|期限|时间)(?:要求)?\s?[：:]"
    r"|(?:整改|牵头|责任|配合|主责|分管|包保)(?:责任|牵头)?(?:单位|部门|科室|处室|领导|人|主体|股室)(?:[及和、](?:责任人|单位|部门))?\s?[：:]"
)
"""责任单位：, 整改时限："""

_FEEDBACK_LEAD = (
    r"(?:(?:中央|省委|市委|州委|县委|区委|旗委|上级)?(?:第[一二三四五六七八九十\d]{1,3})?巡[视察](?:[一二三四五六七八九十\d]{1,3})?组?|(?=反馈))"
    r"(?:反馈(?:意见)?|意见)?(?:中)?(?:明确)?(?:指出|提出|认为|发现)(?:[：:，,]\s*|(?=“))"
)
FEEDBACK_LEAD = compiled(_FEEDBACK_LEAD)
"""巡视反馈指出，, 反馈指出：, which stand before a problem and are no part of it."""

PROBLEM_LABEL = compiled(
    rf"(?=[中省市州县区旗上第巡反针关对指提发存具主整问任意事的原（(【\[])(?:{_FEEDBACK_LEAD}|巡[视察](?:组)?反馈(?=“)|"
    r"(?:针对|关于|对于)?(?:巡[视察](?:组)?)?(?:(?:反馈|指出|提出)?的?第[一二三四五六七八九十\d]{1,3}[个项条](?:问题|意见)"
    r"|反馈(?:意见|问题)(?:中的?|的)?第[一二三四五六七八九十\d]{1,3}[个项条])"
    r"(?:\s?[：:，,]\s*(?:即(?![将时使便可日])[：:，,]?\s*)?|\s?即(?![将时使便可日])[：:，,]?\s*|(?=[“‘「]))|"
    r"对[应照]的?(?:巡[视察](?:组)?)?(?:反馈|整改|清单)?的?(?:问题|意见|事项|任务|清单)?(?:第[一二三四五六七八九十\d]{1,3}[个项条](?:问题|意见)?)?"
    r"(?<!对照)(?<!对照的)\s?[：:]\s*|原(?:反馈)?(?:问题|文)\s?[：:]\s*|反馈原文\s?[：:]\s*|"
    r"(?:[（(【\[]\s?)?(?:巡[视察](?:组)?)?(?:反馈|指出|发现|存在|具体|主要|整改|问题)?的?"
    r"(?:问题|任务|意见|事项)(?:表现|描述|内容|清单|概述|表述|陈述)?(?:(?:\s?[）)】\]])?\s?[：:]|\s?[】\]])\s*)"
)
"""反馈问题：, 整改任务：, 具体问题：; the character it begins with is looked at first."""

BARE_PROBLEM_LABEL = compiled(
    r"(?:[（(【\[]\s?)?(?:存在|反馈|发现|指出|巡[视察](?:组)?|的){0,4}(?:主要|具体|突出)?(?:问题|意见)(?:表现|描述|内容)?(?:\s?[）)】\]])?[：:]?$"
)
"""A line that only says that a problem follows."""

# -- problems and actions ------------------------------------------------------------------------

_NEGATIVE = compiled(
    r"不(?!断|忘|仅|得|准(?![确时]|$|[，。；：、”])|超过|低于|少于|定期|同|变|再|怕|懈|动摇|折不扣|漏|留|搞|打|走样|放松|敢腐|能腐|想腐|管|但)"
    r"|未(?!来|成年|巡)|没有|缺|欠(?<!清欠)|薄弱|弱化|淡薄|淡化|滞后|缓慢|迟缓|偏差|偏离|偏[低高少弱软慢重]|差距|差错|较差|短板|漏洞|违规|违反|违纪|违法"
    r"|超[标范职编额期批限]|形式主义|官僚主义|流于形式|走过场|形式化|虚化|空泛|空转|宽松软|失之于|隐患|浪费|闲置|拖欠|挪用|挤占|套取|虚[报列假开]"
    r"|混乱|混岗|随意|单一|老化|断层|断档|下滑|陈旧|破损|参差不齐|低效|畸高|过[高多低少大]|抄袭|照搬|照抄|造假|敷衍|应付|被动|脱节|两张皮|松[懈散]|欠账|困难|较少|少|较低|仍有|尚有|仍然|依然|仍存"
    r"|存在|错误|疏[于漏忽]|模糊|模棱|代替|替代|以[^，。]{1,4}代|擅自|私[自设存分]|娱乐化|宽松|失[管职察真控]|空白|滥|搭车|优亲厚友|吃拿卡要|推诿|扯皮|慢作为|乱作为"
    r"|浮于表面|浅尝|力度[不较]|风险(?=较|突出|点多|大|高)|突出(?!问题|重点|政治)|问题(?=$|[。；：:，、”\"])|有待|亟[待需]|难以|难度|矛盾|泛化|矮化|缺位|缺失|缺乏|越位|错位|挂名|挂空挡|变相|重复|超|瞒|漏|迟|拖|僵化"
    r"|弱项|软弱|涣散|侵占|流失|损失|截留|克扣|贪|腐败|烂尾|积压|过期|畏难|躲|避重就轻|不作为|压力传导|层层递减|禁而不|屡禁|时有发生|一岗多|只[^，。]{1,14}[未不]|重[^，。]{1,10}轻|质量不|低下|粗放|简单|倒置|突击|变异|难(?=$|[，、。；”])|慢(?=$|[，、。；”])|率[低不]|冷硬|盲[区目点]|扎堆|庸懒|散漫|霸|黑箱|暗箱|跑冒|失衡|失范|失序|失信|低俗|两头|三不|四风|“最后一公里”|不敢|衔接不|有差|打折|走样|变形|选择性|形同虚设|一刀切|层层加码|痕迹主义"
)
_ACTION = compiled(
    r"(?:一是|二是|首先)?(?:共计?|累计|先后)?(?:对[^，。；]{2,50}(?:进行|开展|予以|给予|全部|逐[一项个笔]|实行)|已|制定|印发|出台|召开|组织|开展|建立|健全|完善|修订|学习|加强|强化|严格|提高|提升|深化|坚持|规范|明确|督促|通过|认真|加大|成立|举办|积极|及时|进一步|切实"
    r"|结合|按照|根据|充分|压实|统筹|优化|聚焦|注重|深入|持续|全面|扎实|截至|截止|目前|邀请|聘请|责令|责成|约谈|清退|追回|补[充齐办交]|收回|整改|针对性|立即|立行立改|即知即改|下一步|今后|经核|经查|经过|为|将|迅速|主动|狠抓|牢固|定期|细化|对照"
    r"|20\d\d年|\d{1,2}月|[我局院校县市区镇]{1,2}(?:局|委|院|校|党委|党组|中心|镇|办)?(?:党组|党委|多次|立即|已|将|及时)|严肃|推动|推进|落实|履行|抓好|做好|创新|拓宽|充实|选派|配齐|配强|清[理查退收]|追缴|排查|倒查|梳理|拆除|关停|核[减销查]|收缴|退还|撤销|新[建增])"
)
_DONE = compiled(
    r"已(?:经|于|对|将|完成|整改|制定|印发|组织|按|全|建|落实|开展|在|由)|印发|《[^》]{2,40}》|月(?<=\d月)\d{1,2}日|制定(?:了|完善)|召开(?:了)?[^，。]{0,12}会|整改到位(?<!未整改到位)(?<!没有整改到位)(?<!未(?:全部|完全|彻底|真正)整改到位)|完成了|开展了|组织(?:召开|开展|学习)"
)
_GRAVE = "".join(
    f"|{what}(?:较|很|仍|依然|比较)?(?:大|多|突出|明显|严重|较多)"
    for what in ("差距", "问题", "风险", "隐患", "缺口", "欠账", "矛盾")
)
_PROBLEM_END = compiled(
    r"(?:不[^，。；、“”\d]{1,7}|未[^，。；“”]{1,16}|差距|薄弱|滞后|缓慢|偏差|短板|漏洞|淡薄|弱化|虚化|边缘化|形式化|空白|缺[位失乏]|欠缺|隐患|突出|混乱|问题|方面|现象|走过场|风险|造假|脱节|随意|老化|断层|闲置|流失|流于形式|存在[^，。；]{1,12}|薄弱环节|两张皮|过[高多低大]|有待[^，。；]{1,6}|亟[待需][^，。；]{1,6}|欠[^，。；]{1,4}|较少|少|偏[低高少弱软慢]|较低|较差|单一|难|轻[^，。；]{1,8}"
    + _GRAVE
    + r")"
    r"[等的”\"’]{0,3}[。；：:，]?$"
)


_STANDARD_THEME = compiled(
    r"聚焦[^，。；]{0,60}(?:方面|情况|问题)?"
    + "".join(
        rf"|{where}(?:的)?(?:不正之风和)?腐败(?:问题)?(?:和(?:不正之风|作风问题))?"
        for where in ("群众身边", "身边")
    )
    + r"|软弱涣散[、，]?组织力欠缺"
    + "".join(
        rf"|{who}[^，。；不未]{{0,20}}(?:发现|检视|查摆)?问题(?=.{{0,6}}整改)"
        for who in ("巡[视察]", "审计", "监督", "检查", "主题教育")
    )
    + "|巡[视察]“回头看”"
)
"""Standard titles of the official frame; their words of shortcoming say nothing of the unit."""


@lru_cache(REMEMBERED)
def begins_with_outcome_label(body: str) -> bool:
    """Whether `body` begins with 整改情况： or the like, or is such a label alone."""
    return OUTCOME_LABEL.match(body) is not None or (
        len(body) <= 12 and BARE_OUTCOME_LABEL.match(body) is not None
    )


def outcome_labels(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The labels of outcomes in `text[start:]`; looked for only before the marks that end one."""
    for end in _LABEL_END.finditer(text, start):
        match = OUTCOME_LABEL.search(text, max(start, end.start() - _LONGEST_LABEL), end.end())
        if match is not None:
            yield match
            start = match.end()


@lru_cache(REMEMBERED)
def problem_label(text: str) -> re.Match[str] | None:
    """反馈问题： or the like, with which `text` begins."""
    return PROBLEM_LABEL.match(text)


@lru_cache(REMEMBERED)
def has_negative(text: str) -> bool:
    """Whether `text` has a word of shortcoming."""
    if _NEGATIVE.search(text) is None:
        return False
    rest = _STANDARD_THEME.sub("", text)
    return len(rest) == len(text) or _NEGATIVE.search(rest) is not None


def looks_like_action(text: str) -> bool:
    """Whether `text` begins like a report of what was or will be done."""
    return _ACTION.match(text) is not None


def reports_done(text: str) -> bool:
    """Whether `text` reports a finished action: a date, a document, 已…"""
    return _DONE.search(text) is not None


_SURE = 0.7
"""Score of character pairs from which a phrase is taken for a problem though no listed word is in it."""
_SURE_ACTION = -2.0


_COUNTED = compiled(
    r"\d余?(?:个|名|人次?|万?元|份|件|项|处|次|条|家|起|宗|篇|台|辆|亩|公里|期|场次?|户|吨|部|套)[。；：:，,]?$"
)
"""A clause that counts what was done (清理逾期未结账项目61个), though a word of shortcoming stands in it."""


@lru_cache(REMEMBERED)
def looks_like_problem(text: str) -> bool:
    """Whether `text` states a shortcoming rather than an action.

    An action verb in front speaks against it unless the first sentence ends in a shortcoming
    (落实意识形态责任制不到位). Phrases without a listed word are judged by their character pairs.
    """
    sentence = first_sentence(text)
    if not has_negative(sentence):
        return (
            not looks_like_action(sentence)
            and not reports_done(sentence)
            and problem_score(sentence) >= _SURE
        )
    ends = (
        _PROBLEM_END.search(sentence) is not None or _PROBLEM_END.search(first_clause(sentence)) is not None
    )
    if looks_like_action(sentence):
        opening = first_clause(sentence)
        return ends and not reports_done(opening) and _COUNTED.search(opening) is None
    score = problem_score(sentence)
    return score > 0 or (ends and score > _SURE_ACTION)


def ends_in_shortcoming(sentence: str) -> bool:
    """Whether a sentence ends in what is wrong, whatever it begins with: 2019年印发的《…办法》落实不到位。"""
    return _PROBLEM_END.search(sentence) is not None


_UNDER_WAY = compiled(r"已|拟于|正在|目前|截至|下一步|我[局院校县市区镇]")


def looks_like_answer(text: str) -> bool:
    """Whether `text`, which follows a statement, says what was done rather than more of what is wrong."""
    sentence = first_sentence(text)
    if problem_score(sentence) < _SURE_ACTION / 2:
        return True
    if looks_like_action(sentence) and not _PROBLEM_END.search(first_clause(sentence)):
        return True
    return not looks_like_problem(sentence) or _UNDER_WAY.search(sentence) is not None


_SENTENCE_END = compiled(r"[。；！!？?;](?![”’\"』」）)])|[。；！？][”’\"』」]?")


@lru_cache(REMEMBERED)
def first_sentence(text: str) -> str:
    """Text up to the first full stop (included)."""
    match = _SENTENCE_END.search(text)
    return text if match is None else text[: match.end()]


_CLAUSE_END = compiled(r"[，,。；]")


def first_clause(text: str) -> str:
    """Text up to the first comma."""
    return _CLAUSE_END.split(text, maxsplit=1)[0]


# -- a statement in its wrapper: 针对“…”的问题, 关于…方面的整改情况 -------------------------------

_TAIL = (
    r"(?:等|等等)?(?:的|等)?(?:(?<![不够])突出|具体|这一|上述)?(?:问题|(?:方面|情况|现象|事项|表现)(?!的?(?:突出|具体)?问题))(?:的|方面|问题){0,3}"
    r"(?:[，,]?(?:的)?(?:整改|落实|办理|处理)(?:[的和及、]?(?:落实|进展|完成|工作|整改|推进|办理|成效|措施))*(?:情况|进展|成效|措施|结果)?(?:方面)?)?"
)
_TAIL = rf"(?:{_TAIL}|的?整改(?:落实|进展|完成|工作)?(?:情况|进展))"
_LEADS = (
    r"(?:针对(?!性)|关于|对照(?=[“‘「『〝\"]|巡[视察])|(?P<weak>对于|就(?!"
    r"业(?![务绩主])|医(?![院保疗务德药生患])|近(?![期年])|地(?!方)|学(?![习校术])|任(?![务期用职])|职(?![工责能称务权])"
    r"|高(?![质校标端层新中])|诊|餐|读|寝|座|义|位|绪|低|势|是|此|事论|范|手)))"
)
"""Prepositions in front of a statement, not the words that begin like them (就业, 针对性).

A weak one counts only where a quote or the wrapper's tail follows.
"""
_NO_MATTER = "(?!问题|意见|情况|线索|事项)"
_SENDER = (
    r"(?:(?:中央|[省市州县区旗]委|上级)?(?:第[一二三四五六七八九十\d]{1,3})?巡[视察](?:[一二三四五六七八九十\d]{1,3})?组?"
    rf"(?:(?:反馈(?:意见|情况)?|意见)?中?(?:明确)?(?:指出|提出|发现)|反馈){_NO_MATTER}(?:的{_NO_MATTER})?"
    rf"|(?:反馈(?:意见)?中?(?:指出|提出|发现)|反馈|指出|提出|发现)(?:的{_NO_MATTER}|(?=[“‘「『〝\"])))?"
)
"""巡视组指出的; 关于巡视整改不力, 关于发现培养干部不够 speak of the matter itself."""
_IN = (
    r"(?:在(?!建(?![设章立])|编(?!制)|职(?![责能称工务])|学(?![习术])|校(?!园)|用(?![人地工权])|保(?![障护密证持])"
    r"|岗|线|册|押|逃|途|读|库|籍|研|租|训|此|于))?"
)
_NTH = r"(?:(?:第[一二三四五六七八九十\d]{1,3}[个项条](?:问题|意见)?|问题\s?[一二三四五六七八九十\d]{1,3})(?=[“‘「『]))?"
"""针对第3个问题“…”: the number of what is quoted."""
_LEAD = rf"{_LEADS}{_SENDER}(?:存在)?{_IN}{_NTH}"
WRAPPED = compiled(
    rf"(?P<lead>{_LEAD})\s?(?P<body>[^\n]{{2,400}}?)(?P<tail>{_TAIL})\s?(?P<end>[。；：:，,]|$)"
)
"""Lead, statement, tail and the mark that ends it; the shortest statement that has a tail."""
WRAPPED_TAIL = compiled(rf"(?P<tail>{_TAIL})\s?[。；：:，,]?$")
WRAPPED_LEAD = compiled(_LEAD)

SOLVED = compiled(r"(?:着力|切实|重点|全面|推动|彻底)?解决(?P<body>[^\n]{4,120}?)的?(?:突出)?问题[。；;]?$")
"""解决…问题: a task that is named by the problem it is to cure."""

GENERIC_STATEMENT = compiled(
    r"(?:上述|以上|这些|该|此|其|此类|存在的?|巡[视察]组?(?:反馈|提出|指出|发现)?的?|反馈的?|发现的?|查摆的?|查找的?|有关|相关|各类|突出|重点|共性|个性|苗头性|历史遗留|群众反映|下一步|具体|不同|整改|薄弱|个别)*"
    r"(?:问题|意见|建议|薄弱环节|情况|方面|内容|不足)?(?:和|及|、)?(?:问题|意见|建议|情况|短板|弱项)?"
)
"""Statements without content (针对上述问题)."""
