"""Numbers that go on head problems, whatever word the problem begins with."""

from __future__ import annotations

import pytest

from zhenggai.notice import parse
from zhenggai.notice.model import SourceText

DATED = [
    "2019年区委专项巡察指出的“社区用房被挤占”问题仍未整改到位",
    "2020年5月印发的《资产管理办法》落实不到位",
    "2018年审计发现的往来款挂账未清理完成",
    "十二届区委巡察已反馈的“小金库”问题未整改完毕",
]
ANSWER = "街道主要领导带队逐一核查，与3家占用单位签订协议，3月18日全部搬离。"


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("dated", DATED)
@pytest.mark.parametrize("form", ["（{n}）{p}。{a}", "{n}.{p}。\n{a}", "{n}.{p}。\n整改情况：{a}"])
def test_a_problem_may_begin_with_a_year(form: str, dated: str, last: bool) -> None:
    rows = [
        ("流动党员管理失联失管", "对1863名党员逐一核查，联系上失联党员22名。"),
        ("社区工作者待遇落实不到位，队伍不稳定", "调整工资137人。2021年流失的18个岗位已补招11人。"),
        (dated, ANSWER),
        ("服务窗口态度生硬", "开展培训3次，更换人员2名。"),
    ]
    rows = [*rows[:2], rows[3], rows[2]] if last else rows
    body = "\n".join(form.format(n=n, p=p, a=a) for n, (p, a) in enumerate(rows, 1))
    items = parse(SourceText("a.txt", f"某街道关于巡察整改情况的通报\n二、问题整改情况\n{body}")).items
    assert [item.problem for item in items] == [problem for problem, _ in rows]
    assert [item.outcome.split("：")[-1] for item in items] == [answer for _, answer in rows]


def test_dated_measures_with_numbers_of_their_own_stay_in_the_answer() -> None:
    measures = "（1）2021年3月印发《议事规则》，解决程序不规范。\n（2）2021年5月开展检查，整改到位问题3个。"
    body = f"1.议事程序不规范。\n{measures}\n2.学习不深入。\n{measures}"
    items = parse(SourceText("a.txt", f"某局关于巡察整改情况的通报\n二、问题整改情况\n{body}")).items
    assert [item.problem for item in items] == ["议事程序不规范", "学习不深入"]
