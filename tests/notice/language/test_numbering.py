from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.language.numbering import match_marker, parse_number


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("一、反馈问题", "chinese", 1),
        ("十二、其他", "chinese", 12),
        ("—、党的领导方面", "chinese", 1),
        ("十—、其他", "chinese", 11),
        ("(—) 打折扣", "chinese_paren", 1),
        ("（三、查处不及时", "chinese_paren", 3),
        ("其一，对学习不深入的问题，", "clause", 1),
        ("（三）聚焦", "chinese_paren", 3),
        ("(四)落实", "chinese_paren", 4),
        ("㈢聚焦", "chinese_paren", 3),
        ("1.关于", "decimal", 1),
        ("2．关于", "decimal", 2),
        ("３、针对", "decimal", 3),
        ("⒋针对", "decimal", 4),
        ("（12）针对", "decimal_paren", 12),
        ("(5)针对", "decimal_paren", 5),
        ("⑹针对", "decimal_paren", 6),
        ("7）针对", "decimal_half", 7),
        ("①药械采购", "circled", 1),
        ("⑳药械采购", "circled", 20),
        ("一是加强", "clause", 1),
        ("第二，加强", "clause", 2),
        ("反馈问题3：学习不深入", "issue", 3),
        ("问题一：学习不深入", "issue", 1),
        ("【问题2】学习不深入", "issue", 2),
        ("第一部分 整改情况", "section", 1),
        ("1.2.3学习不深入", "decimal_multi", 3),
        ("问题2", "issue", 2),
        ("问题1（对应反馈意见第2条）：学习不深入", "issue", 1),
        ("巡视反馈问题（二）", "issue", 2),
        ("反馈问题（3）自建房排查不彻底", "issue", 3),
        ("问题（四）：学习不深入", "issue", 4),
        ("第二板块　从严治党方面", "section", 2),
        ("A1  原问题：学习不深入", "letter_number", 1),
        ("B12.学习不深入", "letter_number", 12),
        ("2\ufe0f\u20e3 学习不深入", "decimal", 2),
        ("➋学习不深入", "circled", 2),
        ("◆学习不深入", "bullet", 0),
    ],
)
def test_styles(text: str, style: str, value: int) -> None:
    marker = match_marker(text)
    assert marker is not None
    assert (marker.style, marker.value) == (style, value)


@pytest.mark.parametrize(
    "text",
    [
        "2021年6月",
        "1.5万元已追缴",
        "3.2公里道路",
        "学习不深入",
        "",
        "问题突出",
        "一般问题",
        "2021.3.5印发",
        "——印发办法",
        "其他问题",
        "（一、二季度）",
        "反馈问题（3）个",
        "A4纸浪费",
    ],
)
def test_no_marker(text: str) -> None:
    assert match_marker(text) is None


def test_length_covers_the_white_space_after_the_number() -> None:
    marker = match_marker("14.    选人用人")
    assert marker is not None
    assert "14.    选人用人"[marker.length :] == "选人用人"


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十", 20), ("二十三", 23), ("一百零五", 105), ("二〇二一", 2021), ("１２", 12), ("⑦", 7)],
)
def test_parse_number(text: str, value: int) -> None:
    assert parse_number(text) == value


def test_parse_number_refuses_words() -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number("若干")


@pytest.mark.parametrize(
    ("text", "level", "value"),
    [
        ("1O. 对风险警惕性不高", "decimal", 10),
        ("l1.招生考试防控不到位", "decimal", 11),
        ("问题1-2：科研经费管理不严", "issue1", 2),
        ("问题2.3：资产闲置", "issue1", 3),
        ("问题12：资产闲置", "issue", 12),
    ],
)
def test_scanned_numbers_and_numbers_of_two_parts(text: str, level: str, value: int) -> None:
    marker = match_marker(text)
    assert marker is not None
    assert (marker.level, marker.value) == (level, value)


WRONG = """某镇党委关于巡察整改进展情况的通报
{0}党的领导方面
{1}贯彻上级部署打折扣
整改情况：拆除残垣断壁130处。
（二）河长制落实有差距
整改情况：清理河道垃圾90吨。
{2}党的建设方面
（一）党费收缴不及时。
整改情况：补缴党费8640元。
三、全面从严治党方面
（一）监督执纪宽松软
整改情况：立案11件。
四、下步打算
镇党委将继续抓好整改。
"""


@pytest.mark.parametrize(
    "numbers",
    [
        ("—、", "（—）", "二"),
        ("一、", "（一、", "二"),
        ("—、", "(—) ", "二、"),
        ("壹 ", "（一）", "二、"),
        ("一", "（一）", "二、"),
    ],
)
def test_no_part_is_lost_through_a_number_written_wrongly(numbers: tuple[str, str, str]) -> None:
    notice = parse(SourceText("n.txt", WRONG.format(*numbers)))
    problems = ["贯彻上级部署打折扣", "河长制落实有差距", "党费收缴不及时", "监督执纪宽松软"]
    assert [item.problem for item in notice.items] == problems
    assert notice.items[1].outcome == "整改情况：清理河道垃圾90吨。"
