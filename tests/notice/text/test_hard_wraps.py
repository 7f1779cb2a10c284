"""Lines broken at a fixed width are joined in short notices too, and never before the next number."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.text import extract

PARAGRAPHS = """中共陇东师范高等专科学校委员会关于省委巡视整改进展情况的通报
一、在落实党中央重大决策部署上存在的问题
（1）反馈问题：推进产教融合、校企合作的力度不够大，与地方支柱产业对接的深度和广度还有明显差距
整改落实：与23家企业签订合作协议，共建产业学院2个、实训基地11个，清查出被侵占林地26宗463亩。
（2）反馈问题：师范类专业认证推进迟缓
整改落实：学前教育、小学教育2个专业已通过二级认证，英语教育专业已完成自评，待专家进校考查。
二、在基建后勤上存在的问题
（3）反馈问题：学生公寓项目超概算
整改落实：委托第三方完成竣工决算审计，核减工程造价413万元，追究3名责任人责任，归还2.75万元。
（4）反馈问题：校办产业改制不彻底，历史遗留问题多，清产核资工作长期没有实质性进展
整改落实：5家校办企业中，1家已完成注销，其余4家正在进行清产核资，拟于2024年6月底前全部完成。"""


def items(text: str) -> list[tuple[str | None, tuple[str, ...], str, str]]:
    found = parse(SourceText("n.txt", text)).items
    return [(item.number, item.path, item.problem, item.outcome) for item in found]


def wrapped(text: str, width: int, indent: str, gap: str) -> str:
    paragraphs = [indent + paragraph for paragraph in text.split("\n")]
    return gap.join("\n".join(p[i : i + width] for i in range(0, len(p), width)) for p in paragraphs)


@pytest.mark.parametrize("width", [26, 30, 33, 35])
@pytest.mark.parametrize(("indent", "gap"), [("", "\n"), ("\u3000\u3000", "\n"), ("", "\n\n")])
def test_a_short_notice_is_joined(width: int, indent: str, gap: str) -> None:
    assert items(wrapped(PARAGRAPHS, width, indent, gap)) == items(PARAGRAPHS)


def test_lines_of_one_length_are_not_joined_where_the_next_ones_are_numbered() -> None:
    text = "某局党组关于巡察整改情况的通报\n" + "\n".join(
        f"{i}.{problem}\n整改情况：已经全部整改到位。"
        for i, problem in enumerate(
            ("公文处理较为随意而且错漏较多", "公车使用登记不全面且长期缺失", "合同签订不规范且缺少必要审核"),
            1,
        )
    )
    assert len(items(text)) == 3


def test_a_full_line_that_ends_a_sentence_is_not_joined_to_the_next_number() -> None:
    answer = "整改情况：建立台账并逐一核对，已经收回资金三万二千元整并且上缴国库。"
    lines = [
        f"{i}.{'资金管理不规范，长期挂账没有得到及时清理，底数不够清晰明'}\n了。\n{answer}"
        for i in range(1, 7)
    ]
    assert len(answer) == len(lines[0].split("\n")[0]) + 4
    text = "某局党组关于巡察整改情况的通报\n" + "\n".join(lines)
    assert [number for number, *_ in items(text)] == [f"{i}." for i in range(1, 7)]


def test_separators_of_lines_end_lines() -> None:
    text = PARAGRAPHS.replace("\n", "\u2028")
    assert extract(text.encode("utf-8"), Limits()).text == PARAGRAPHS


@pytest.mark.parametrize(
    ("heading", "problem"),
    [
        (
            "1.关于“传统产业转型升级力度不大，企业技改积极性不\n高”的问题",
            "传统产业转型升级力度不大，企业技改积极性不高",
        ),
        ("1.关于“留守资产管理混乱，租金收入体外循环”的\n问题", "留守资产管理混乱，租金收入体外循环"),
        ("1.关于“留守资产管理混乱，租金收入体外循环”\n的问题", "留守资产管理混乱，租金收入体外循环"),
        (
            "1.关于“留守资产管理混乱，租金收入体外循环”的问\n题的整改情况",
            "留守资产管理混乱，租金收入体外循环",
        ),
    ],
)
@pytest.mark.parametrize("rows", [1, 8])
def test_headings_over_two_lines_in_a_wrapped_text(heading: str, problem: str, rows: int) -> None:
    answer = (
        "（1）召开全县企业技改政策宣讲会，参会企业一共七十六家，印发政策\n"
        "汇编五百册，兑现年度技改奖补资金四百二十八万元，当年新增技改项\n目二十三个。\n"
    ) * rows
    text = f"某局党组关于巡察整改情况的通报\n一、整改落实情况\n{heading}\n{answer}"
    (item,) = parse(SourceText("n.txt", text)).items
    assert item.problem == problem
    assert item.outcome.startswith("（1）召开")
