"""Headings that the file itself marks: Word styles, tags of a page, # of Markdown."""

from __future__ import annotations

import pytest

from zhenggai.notice import parse
from zhenggai.notice.reading import read

HEAD = "<h1>某院关于巡察整改情况的公示</h1><p>现将整改情况公示如下。</p>"
FIRST = "<p>1.学习不深入。</p><p>整改情况：开展学习3次。</p><p>2.台账不全。</p><p>整改情况：已补录12份。</p>"
SECOND = "<p>{n}.会风不实。</p><p>整改情况：压减会议9次。</p>"


@pytest.mark.parametrize("tag", ["h2", "h3", "h4"])
@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    "groups", [("党的建设方面", "作风建设方面"), ("落实主体责任不够有力", "落实组织路线不够到位")]
)
def test_a_marked_heading_above_numbered_problems_groups_them(
    tag: str, number: int, groups: tuple[str, str]
) -> None:
    heads = [f"<{tag}>{group}</{tag}>" for group in groups]
    html = HEAD + heads[0] + FIRST + heads[1] + SECOND.format(n=number)
    items = parse(read("a.html", html.encode())).items
    assert [item.problem for item in items] == ["学习不深入", "台账不全", "会风不实"]
    assert [item.path for item in items] == [(groups[0],), (groups[0],), (groups[1],)]
    assert items[1].outcome.endswith("已补录12份。")


def test_a_marked_problem_with_numbered_measures_is_no_group() -> None:
    measures = "<p>整改情况：</p><p>1.制定学习计划。</p><p>2.组织测试3次。</p>"
    html = HEAD + "".join(f"<h3>{p}</h3>{measures}" for p in ("学习不深入", "台账不全", "会风不实"))
    items = parse(read("a.html", html.encode())).items
    assert [item.problem for item in items] == ["学习不深入", "台账不全", "会风不实"]


def test_a_page_that_is_one_heading_is_still_cut() -> None:
    text = "某局党组关于巡察整改情况的通报。一、整改情况。"
    text += "（一）关于学习不深入的问题。已开展学习3次，制定制度5项，抓好落实。"
    text += "（二）关于台账不全的问题。已补录台账12份，并组织专题培训，逐项销号，全部完成。"
    text += "（三）关于会风不实的问题。已压减会议9次，印发文件5份，全部完成。二、下一步打算。持续抓好整改。"
    plain = parse(read("a.html", f"<div>{text}</div>".encode())).items
    marked = parse(read("a.html", f"<h2>{text}</h2>".encode())).items
    assert [item.problem for item in marked] == [item.problem for item in plain]


def test_offsets_of_marked_headings() -> None:
    source = read("a.md", "# 某院整改公示\n\n## 党的建设方面\n\n1. 学习不深入。\n".encode())
    found = [source.text[at:].split("\n")[0] for at in source.headings]
    assert found == ["某院整改公示", "党的建设方面"]


@pytest.mark.parametrize("mark", ["> {}", "### {}"])
def test_points_beside_marked_problems_are_no_problems(mark: str) -> None:
    problems = ["车位租金少收、漏收", "采购化整为零，规避比选", "招聘人员未公开", "组织生活会不规范"]
    points = "- 清理台账1386条，补收租金27.4万元\n- 上线道闸收费系统，租金直接进公司账户\n"
    text = "# 某公司党支部关于巡察整改进展情况的通报\n\n2023年11月，县委巡察组开展了巡察。\n\n"
    text += "\n".join(f"{mark.format(problem)}\n\n{points}" for problem in problems)
    found = parse(read("a.md", text.encode())).items
    assert [item.problem for item in found] == problems
    assert all(item.outcome.endswith("公司账户") for item in found)


@pytest.mark.parametrize("organised", ["整改工作组织领导", "整改工作组织情况", "提高站位，扛起整改责任"])
def test_marked_titles_of_parts_and_topics_above_marked_problems(organised: str) -> None:
    topics = ("关于“核心作用发挥不充分”方面", "关于“全面从严治党宽松软”方面")
    html = f"""<h1>某院关于巡视整改情况的公示</h1><p>现将整改情况公示如下。</p>
<h2>{organised}</h2><p>学院党委成立领导小组，推进整改，制定措施98条，已完成89条。</p>
<h2>整改工作进展情况</h2>
<h3>{topics[0]}</h3><h4>转型步伐不大</h4><p>整改措施及成效：停招专业4个。</p>
<h4>会议议事范围不清</h4><p>整改措施及成效：修订议事规则。</p>
<h3>{topics[1]}</h3><h4>科研经费报销不规范</h4><p>整改措施及成效：退回3.2万元。</p>
<h2>下一步工作</h2><p>一是坚持不懈抓好整改。</p>"""
    found = parse(read("a.html", html.encode())).items
    assert [item.problem for item in found] == ["转型步伐不大", "会议议事范围不清", "科研经费报销不规范"]
    assert [item.path for item in found] == [(topics[0],), (topics[0],), (topics[1],)]
    assert found[-1].outcome.endswith("退回3.2万元。")


THEMES = ("贯彻落实上级部署", "落实管党治党责任", "加强领导班子建设")


def test_marked_themes_above_marked_problems_are_no_problems() -> None:
    problem = "<h3>{}不深入</h3><p>开展整改{}次。</p>"
    parts = [
        f"<h3>{theme}</h3>" + "".join(problem.format(what, count) for what in (theme[-2:], theme[2:6]))
        for count, theme in enumerate(THEMES, 2)
    ]
    html = HEAD + "<h2>突出政治标准，推动问题整改见底见效</h2>" + "".join(parts)
    items = parse(read("a.html", html.encode())).items
    assert [item.path for item in items] == [(theme,) for theme in THEMES for _ in range(2)]
    assert all(item.outcome for item in items)


def test_marked_problems_that_share_an_answer_are_no_themes() -> None:
    """What names no fault stands above another one as well, but so do those that do."""
    answer = "<p>召开会议3次，逐项整改。</p>"
    pairs = ["学习不深入", "购买服务讲人情", "台账不全", "会风不实", "招生“买生源”", "接待超标准"]
    html = HEAD + "".join(
        f"<h3>{first}</h3><h3>{second}</h3>{answer}"
        for first, second in zip(pairs[::2], pairs[1::2], strict=True)
    )
    items = parse(read("a.html", html.encode())).items
    assert "招生“买生源”" in "".join(item.problem for item in items)
