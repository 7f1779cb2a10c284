"""Lines that say who and by when are fields of an item, not part of what was done."""

from __future__ import annotations

import pytest

from zhenggai.notice import parse
from zhenggai.notice.language.fields import read_field_line
from zhenggai.notice.model import Item, SourceText
from zhenggai.records import query

ROWS = [
    ("文艺精品力作少", "出台扶持办法，首批签约项目16个。"),
    ("协会长期不换届", "指导6个协会完成换届。"),
    ("展览把关不严", "撤换作品7件。"),
]


def items(form: str) -> tuple[Item, ...]:
    body = "\n".join(form.format(n=n, p=p, a=a) for n, (p, a) in enumerate(ROWS, 1))
    return parse(SourceText("a.txt", f"某联合会关于巡察整改情况的通报\n二、问题整改情况\n{body}")).items


@pytest.mark.parametrize(
    "form",
    [
        "{n}.{p}。\n责任领导：赵文远    整改时限：长期坚持\n{a}",
        "{n}.{p}。\n责任领导：赵文远；整改时限：长期坚持\n整改情况：{a}",
        "{n}.{p}。\n责任领导：赵文远\n整改时限：长期坚持\n{a}",
        "{n}.{p}。\n（责任领导：赵文远；整改时限：长期坚持）\n{a}",
        "{n}.{p}。\n{a}\n责任领导：赵文远　整改时限：长期坚持",
        "{n}.{p}。\n整改情况：{a}\n责任人：赵文远\n完成时间：长期坚持",
    ],
)
def test_who_and_by_when_is_no_part_of_the_outcome(form: str) -> None:
    found = items(form)
    assert [(item.problem, item.outcome.removeprefix("整改情况：")) for item in found] == ROWS
    assert {(item.responsible, item.deadline) for item in found} == {("赵文远", "长期坚持")}
    assert all(query(item).outcome.endswith("整改时限：长期坚持") for item in found)


def test_no_warning_says_that_such_lines_were_not_read() -> None:
    line = "责任领导：赵文远（党组成员、副主席）    整改时限：2024年3月底"
    body = "\n".join(f"{n}.{p}。\n{line}\n{a}" for n, (p, a) in enumerate(ROWS, 1))
    notice = parse(SourceText("a.txt", f"某联合会关于巡察整改情况的通报\n二、问题整改情况\n{body}"))
    assert len(notice.items) == len(ROWS)
    assert notice.warnings == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "责任领导：陈国梁　　牵头部门：科技部　　完成时限：2021年12月底",
            {"leader": "陈国梁", "responsible": "科技部", "deadline": "2021年12月底"},
        ),
        (
            "责任单位：办公室、人事科，整改时限：长期坚持",
            {"responsible": "办公室、人事科", "deadline": "长期坚持"},
        ),
        ("责任单位：办公室。一是制定办法。", {}),
        ("整改时限：已完成，长期坚持", {}),
        ("(责任领导：冯建国；整改时限：2023年6月；完成情况：已完成)", {}),
        ("整改情况：责任单位：办公室", {}),
    ],
)
def test_only_lines_that_say_nothing_else_are_fields(line: str, told: dict[str, str]) -> None:
    assert read_field_line(line) == told


def test_an_outcome_is_not_left_without_any_words() -> None:
    assert items("{n}.{p}。\n整改时限：2024年3月底")[0].outcome == "整改时限：2024年3月底"
