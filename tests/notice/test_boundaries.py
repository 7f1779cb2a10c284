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


@pytest.mark.parametrize(
    "answer",
    [
        "设立举报电话和信箱，查实2起，给予政务警告处分1人。",
        "公布举报电话，查实2起。",
        "举报信箱设在一楼大厅，专人每周开箱登记。",
        "监督电话已向家长公开，受理投诉12件。",
    ],
)
def test_a_channel_for_complaints_is_an_answer(answer: str) -> None:
    text = f"""中共某实验中学委员会关于巡察整改情况的通报
现将整改进展情况通报如下。
食堂饭菜质量不高
更换配送企业，成立膳食委员会。
少数教师有偿家教
{answer}
代管费账目未及时清退
2020级学生代管费已核算完毕。
职称评聘方案未经教代会讨论
召开教代会投票通过新的实施方案。
监督电话：0551-65123456
"""
    found = parse(SourceText("n.txt", text)).items
    assert [item.problem for item in found][1:] == [
        "少数教师有偿家教",
        "代管费账目未及时清退",
        "职称评聘方案未经教代会讨论",
    ]
    assert found[1].outcome == answer
    assert "监督电话：" not in found[-1].outcome


@pytest.mark.parametrize(
    "above",
    ["点击蓝字 · 关注我们", "2020-08-20 | 阅读 133", "党办 某实验中学 2024-01-12 17:30 发表于湖北"],
)
def test_what_stands_above_the_introduction_is_no_problem(above: str) -> None:
    text = f"""中共某实验中学委员会关于巡察整改情况的通报
{above}
2023年3月至5月，第二巡察组对学校党委开展了巡察。现将整改进展情况通报如下。
党建引领方面
党组织领导的校长负责制落实不到位
修订党委会议事规则，召开党委会14次。
校园讲座审查把关不严
校外人员进校讲座实行“一会一报”，已审批18场。
师生关切方面
学生食堂饭菜质量不高
更换配送企业，成立家长膳食委员会。
"""
    found = parse(SourceText("n.txt", text)).items
    assert [item.path for item in found] == [("党建引领方面",)] * 2 + [("师生关切方面",)]
