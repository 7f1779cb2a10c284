"""Whether a row of a table names its columns, or is a row of short cells that only have such words in them.

公款吃喝问题 | 通报批评2人。 | 已完成 has the words of a head and is none: a head is made of such words alone,
or repeats the head above it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from zhenggai.notice.model import CELL_BREAK, CELL_SEPARATOR
from zhenggai.patterns import compiled

_BREAKS = compiled(rf"[{CELL_BREAK}\s]+")
_BRACKETS = compiled(r"(?<=.)[（(][^（）()]*[）)]")
_NAME = compiled(
    r"(?:[一二]级|[序编条]?号|序|项目?|巡[视察]|反馈|存在|具体|主要|突出|重点|发现|指出|提出|涉及|检[查视]|审计|督查|意见|建议|问题|事项|任务|内容"
    r"|表现|描述|清单|类[别型]|分类|[方侧]面|领域|大类|板块|整改|落实|完成|办[理结]|处[理置]|推进|进[展度]|情况|措施|举措|成[效果]|效果|结[果论]|状态|做法"
    r"|目标|要求|是否(?:已|按期|全部)?(?:到位|销号)?|时[限间]|期限|日期|计划|预计|责任|牵头|[承主协]办|分管|包保|配合|单位|部门|[科处股]室|领导|主体|联系|名称|备注|说明"
    r"|阶段性?|目前|当前|截至|工作|简要|原因|佐证|材料|依据|验收|审[核定]|复核|核验|认定|确认|补充|其[他它]|公示|下一?步|打算|采取|开展|描述|概述|[上中省市州县区旗][委级]|[我本](?:单位|[局院校县市区镇乡村委厅行]|公司|街道)|党[委组]"
    r"|第[一二三四五六七八九十]|[的及和与、/／人组者数有])+(?:不足)?"
)
_LACK = compiled(r"(?:存在|主要|具体|问题|的|和|与|及|、)+不足(?:之处)?")
_NUMBER_NAME = compiled(r"(?:.{0,4}[序编]号|序|项号|No\.?|NO\.?)")
_VALUE = compiled(r"[（(【\[]?[\d一二三四五六七八九十①-⑳]{1,4}[）)】\]]?[.．、]?")
GOES_ON = compiled(r"[（(]?(?:[接续][上前][页表]|续表?)[\d一二三四五六七八九十]{0,2}[）)]?[：:]?")
"""Between the rows of a table that goes on: no title of a group, the row above may go on below it."""
_FEWEST = 2
_ONE_OF = 4
"""Of so many names one may be unknown, in a head unlike the first one."""


def unspaced(text: str) -> str:
    """A name without the white space by which it was spread over its cell: 问　题."""
    return _BREAKS.sub("", text)


def is_column_name(text: str) -> bool:
    """Whether the text of a cell is made of the words of heads alone: 整改措施及成效, not 整改措施不实."""
    name = _BRACKETS.sub("", unspaced(text))
    if name.endswith("不足"):
        return _LACK.fullmatch(name) is not None
    return _NAME.fullmatch(name) is not None


def is_running_number(text: str) -> bool:
    """Whether a cell is a number alone, as rows have it and no head: 2, （3）, 四、."""
    return _VALUE.fullmatch(unspaced(text)) is not None


def names_number(text: str) -> bool:
    """Whether a cell names the column of the numbers: 序号."""
    return _NUMBER_NAME.fullmatch(unspaced(text)) is not None


_SIDE_NAME = compiled(
    r"(?:整改|具体|工作)*(?:任务|措施|举措)(?:及.{0,6})?|(?:整改|完成|办结)*(?:时限|期限|完成时间)"
    r"|(?:整改|责任|牵头|承办|配合)+(?:单位|部门|科室|处室|股室|领导|人)"
)


def heads_side_pairs(row: str) -> bool:
    """Whether a row of two cells heads a list that only says more of numbered problems: 序号 | 责任单位."""
    number, _, name = row.partition(CELL_SEPARATOR)
    return names_number(number) and _SIDE_NAME.fullmatch(unspaced(name)) is not None


def names_columns(texts: Sequence[str]) -> bool:
    """Whether a row that has words of a head in its cells can be the first head of a table."""
    return any(names_number(text) or is_column_name(text) for text in texts if text)


def names_columns_again(texts: Sequence[str], head: Collection[str]) -> bool:
    """Whether a row below the head `head` names columns: in the same words, or by nearly all of its cells."""
    filled = [text for text in map(unspaced, texts) if text]
    if any(map(names_number, filled)):
        return True
    unknown = sum(text not in head and not is_column_name(text) for text in filled)
    return len(filled) >= _FEWEST and unknown * _ONE_OF <= len(filled)


def words_of(texts: Sequence[str]) -> frozenset[str]:
    """The names in a head, as `names_columns_again` compares them."""
    return frozenset(text for text in map(unspaced, texts) if text)
