"""Problems without a number whose words say little: the form of their row tells them."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.reading import read

HEAD = "某局党组关于巡察整改情况的通报\n一、组织情况\n召开会议。\n二、整改落实情况\n"
STATED = ["理论学习不深入", "服务群众意识不强", "公务接待管理不规范", "公文流转慢", "印章保管不严"]
ODD = ["组织生活会批评意见“一团和气”", "督促整改“一交了之”"]


def problems(form: str, stated: list[str]) -> list[str]:
    """What is found where each of `stated` stands in `form`."""
    body = "".join(form.format(stated=text, count=count) for count, text in enumerate(stated, 2))
    return [item.problem for item in parse(SourceText("a.txt", HEAD + body)).items]


FORMS = [
    "{stated}\n整改情况：召开会议{count}次，印发文件。\n",
    "{stated}。\n整改情况：召开会议{count}次，印发文件。\n",
    "{stated}\n整改：召开会议{count}次。\n成效：有所好转。\n",
    "▶{stated}\n召开会议{count}次，印发文件。\n",
    "▶{stated}。\n整改情况：召开会议{count}次，印发文件。\n",
    "◆{stated}。召开会议{count}次，印发文件。\n",
    "{stated}\n召开会议{count}次，印发文件。\n",
    "{stated}。召开会议{count}次，印发文件。\n",
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("form", FORMS)
def test_one_line_of_the_form_of_a_row_is_a_problem_as_well(form: str, odd: str) -> None:
    stated = [*STATED[:3], odd, *STATED[3:]]
    assert problems(form, stated) == stated


@pytest.mark.parametrize("form", FORMS)
def test_a_plain_measure_in_the_form_of_a_row_is_none(form: str) -> None:
    assert problems(form, [*STATED[:3], "建立健全工作机制", *STATED[3:]]) == STATED


MEASURES = """1.理论学习不深入
整改情况：采取三项措施。
▶制定学习计划
全年学习12次，覆盖全体干部。
▶组织生活会谈心交心
谈心谈话30人次，查摆问题12个。
2.公文流转慢
整改情况：采取一项措施。
▶上线办公系统
全年流转文件300份，平均用时2天。
"""


def test_bullets_of_an_answer_are_no_problems() -> None:
    found = [item.problem for item in parse(SourceText("a.txt", HEAD + MEASURES)).items]
    assert found == ["理论学习不深入", "公文流转慢"]


@pytest.mark.parametrize("mark", ["▶", ""])
@pytest.mark.parametrize(
    ("first", "second"),
    [("01 聚焦职责落实", "02 聚焦组织建设"), ("（一）聚焦职责落实", "（二）聚焦组织建设")],
)
def test_numbered_themes_stand_above_problems_without_number(mark: str, first: str, second: str) -> None:
    def rows(stated: list[str]) -> str:
        return "".join(f"{mark}{text}\n召开会议{len(text)}次，印发文件。\n" for text in stated)

    body = f"{first}\n{rows(STATED[:3])}{second}\n{rows([ODD[0], *STATED[3:]])}"
    items = parse(SourceText("a.txt", HEAD + body)).items
    assert [item.problem for item in items] == [*STATED[:3], ODD[0], *STATED[3:]]
    assert [item.path for item in items] == [(first,)] * 3 + [(second,)] * 3
    assert all("聚焦" not in item.outcome for item in items)


THEMES = ["聚焦职责落实", "落实从严治党责任", "加强组织建设"]
SIX = [*STATED[:4], ODD[0], STATED[4]]


@pytest.mark.parametrize("label", ["", "整改情况："])
@pytest.mark.parametrize(
    ("theme", "problem"),
    [
        ("<h2>{theme}</h2>", "<h3>{stated}</h3>"),
        ("<h2>整改落实情况</h2><h3>{theme}</h3>", "<h4>{stated}</h4>"),
        ("<h2>{theme}</h2>", "<p>{stated}</p>"),
        ("<h2>{theme}</h2>", "<p>▶{stated}</p>"),
        ("<h2>（{number}）{theme}</h2>", "<h3>{stated}</h3>"),
        ("<p><b>{theme}</b></p>", "<p><b>{stated}</b></p>"),
        ("<p>0{count} {theme}</p>", "<p>{stated}</p>"),
        ("<p>0{count}.{theme}</p>", "<p>◆{stated}。</p>"),
    ],
)
def test_themes_and_an_odd_problem_right_below_one(label: str, theme: str, problem: str) -> None:
    page = "<h1>某局党组关于巡察整改情况的通报</h1><p>现将整改情况公布如下。</p>"
    answer = f"<p>{label}召开会议{{count}}次，印发文件{{count}}份。</p>"
    for count, (name, number) in enumerate(zip(THEMES, "一二三", strict=True)):
        page += theme.format(theme=name, number=number, count=count + 1)
        for stated in SIX[2 * count : 2 * count + 2]:
            page += problem.format(stated=stated) + answer.format(count=count + 2)
    items = parse(read("a.html", page.encode())).items
    assert [item.problem for item in items] == SIX
    assert [path[-3:] for item in items for path in item.path] == [t[-3:] for t in THEMES for _ in range(2)]
    assert all(item.outcome.count("\n") == 0 or "整改落实情况" in item.outcome for item in items)
