"""Columns beside the answer: remarks and the verdicts of others belong to it where they say how far it is."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.model import Item
from zhenggai.notice.tables.remarks import names_remarks


def items(text: str) -> list[Item]:
    return list(parse(SourceText("", f"某局党组关于巡察整改进展情况的通报\n{text}")).items)


@pytest.mark.parametrize("name", ["备注", "说　明", "其他说明", "需要说明的情况", "牵头单位意见"])
@pytest.mark.parametrize(
    ("remark", "belongs"),
    [
        ("未销号", True),
        ("剩余1名按程序办理中", True),
        ("其余2处待产权办理后处置", True),
        ("需县级层面统筹解决", True),
        ("已移交县纪委", True),
        ("预计12月底前到位", True),
        ("同意销号", True),
        ("牵头单位为后勤科", False),
        ("详见附件3", False),
        ("与第2项为同一问题", False),
        ("巡察前已发现", False),
        ("佐证材料已上传", False),
        ("详见已办结事项清单", False),
        ("材料已归档，剩余1名办理中", True),
    ],
)
def test_a_remark_belongs_to_the_answer_where_it_states_progress(
    name: str, remark: str, belongs: bool
) -> None:
    found = items(
        f"序号\t问题\t整改情况\t{name}\n1\t违规发放津补贴\t清退3人2万元。\t{remark}\n2\t学习不深入\t学习9次。\t\n"
    )
    answer = ["清退3人2万元。", remark] if belongs else ["清退3人2万元。"]
    assert [item.outcome.split("\n") for item in found] == [answer, ["学习9次。"]]


@pytest.mark.parametrize(
    "names",
    [
        ("牵头单位认定", "验收情况"),
        ("责任单位落实情况", "验收结果"),
        ("责任人认定结果", "审核意见"),
        ("完成情况", "销号情况"),
    ],
)
def test_columns_of_verdicts_name_no_responsible_body(names: tuple[str, str]) -> None:
    head = "\t".join(["序号", "问题", "整改措施", *names, "责任单位"])
    found = items(
        f"{head}\n1\t食堂账目不清\t按月公示。\t已完成\t推进中\t后勤科\n2\t学习不深入\t学习9次。\t已完成\t已销号\t党办\n"
    )
    assert [item.outcome.split("\n") for item in found] == [
        ["按月公示。", "已完成", "推进中"],
        ["学习9次。", "已完成", "已销号"],
    ]
    assert [item.responsible for item in found] == ["后勤科", "党办"]


@pytest.mark.parametrize("name", ["反馈意见", "问题认定", "问题说明", "整改情况确认", "意见建议", "责任单位"])
def test_other_names_are_none_of_remarks(name: str) -> None:
    assert not names_remarks(name)
