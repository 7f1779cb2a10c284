"""Headings between items end the answer above them, by their marks, their numbers or their place."""

from __future__ import annotations

import pytest

from zhenggai.notice import Item, SourceText, parse

PROBLEMS = ["图书馆项目超概算", "补考费违规收取", "公章管理不规范", "岗位长期空缺"]
ANSWERS = ["报送调概申请，目前尚未批复。", "清退费用31.5万元。", "印发用印办法。", "公开招聘6人。"]


def marked(lines: list[str]) -> tuple[Item, ...]:
    """The items of lines, of which those with # are headings by the marks of the file."""
    starts, text = [], ""
    for line in lines:
        if line.startswith("#"):
            starts.append(len(text))
        text += line.lstrip("# ") + "\n"
    return parse(SourceText("n.md", text, headings=tuple(starts))).items


def pairs(form: str, first: int) -> list[str]:
    return [
        line
        for n in (first, first + 1)
        for line in form.format(n=n + 1, p=PROBLEMS[n], a=ANSWERS[n]).split("\n")
    ]


FORMS = ["反馈问题：{p}。\n{a}", "{p}\n{a}", "{n}.{p}\n整改情况：{a}", "{n}. {p}\n怎么改：{a}"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("names", [("# 经营管理", "# 内部管理"), ("# 01 经营管理", "# 02 内部管理")])
@pytest.mark.parametrize("parts", [[], ["# 整改总体情况", "召开会议6次。", "# 重点问题整改情况"]])
def test_marked_headings_group(form: str, names: tuple[str, str], parts: list[str]) -> None:
    lines = ["# 某大学党委关于巡视整改情况的通报", "现将整改情况公布如下。", *parts]
    lines += [names[0], *pairs(form, 0), names[1], *pairs(form, 2), "# 持续深化整改", "坚持整改不停步。"]
    found = marked([*lines, "意见反馈：0971-8450211"])
    assert [item.problem for item in found] == PROBLEMS
    assert [item.path for item in found] == [(name[2:],) for name in names for _ in range(2)]
    assert all(item.outcome.endswith(a) for item, a in zip(found, ANSWERS, strict=True))


@pytest.mark.parametrize("last", ["联系我们", "监督渠道", "意见反馈：党政办公室"])
def test_a_heading_above_contact_data_is_no_answer(last: str) -> None:
    lines = ["# 某公司党支部关于巡察整改情况的通报", "现将情况公布如下。", "# 经营管理", *pairs(FORMS[1], 0)]
    lines += ["# 内部管理", *pairs(FORMS[1], 2), last, "电话：0795-7200000"]
    assert [item.outcome for item in marked(lines)] == ANSWERS


@pytest.mark.parametrize(
    "name", ["党组自身建设方面", "党组建设方面", "加强党组建设方面", "党的建设方面", "领导班子自身建设方面"]
)
def test_a_number_that_goes_on_with_an_open_row_heads(name: str) -> None:
    """The problems have no number, and the answers are points."""
    lines = ["关于巡察整改情况的报告", "二、具体问题整改情况", "（一）事业发展方面"]
    for n, (problem, answer) in enumerate(zip(PROBLEMS, ANSWERS, strict=True)):
        if n == 2:
            lines.append(f"（二）{name}")
        lines += [problem, f"——制定方案；\n——{answer}"]
    found = parse(SourceText("n.txt", "\n".join(lines))).items
    assert [item.problem for item in found] == PROBLEMS
    assert [item.path for item in found[2:]] == [(f"（二）{name}",)] * 2


def test_short_names_between_numbered_problems_group_them() -> None:
    lines = ["关于巡察整改情况的通报", "村级党建"]
    for n, (problem, answer) in enumerate(zip(PROBLEMS, ANSWERS, strict=True)):
        if n == 2:
            lines.append("村务财务")
        lines += [f"{'①②③④'[n]}{problem}。", f"整改成效>>{answer}"]
    found = parse(SourceText("n.txt", "\n".join([*lines, "乡亲们有意见，请打电话：0795-7200000"]))).items
    assert [item.outcome for item in found] == [f"整改成效>>{answer}" for answer in ANSWERS]
