"""Problems counted inside a paragraph, each with its own answer, whatever counts them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhenggai.notice import SourceText, parse

NOTICE = """某县水利局党组关于巡察整改进展情况的通报
根据统一部署，县委巡察组对水利局党组开展了巡察。现将整改情况公布如下。
一、整改组织情况
局党组高度重视，召开会议研究部署。
{title}
{body}
三、下一步工作打算
局党组将持续抓好整改。
"""
GROUPS = [
    (
        "党的建设方面",
        [
            ("理论学习不够深入", "局党组制定年度学习计划，组织集中学习12次。"),
            ("河湖“清四乱”推进缓慢", "拆除违法建筑12处，清理河道垃圾90吨。"),
        ],
    ),
    ("工程管理领域", [("集中采购化整为零", "重新梳理采购项目35个，约谈3人。")]),
    (
        "队伍建设方面",
        [
            ("党费收缴不及时", "补缴党费8640元。"),
            ("年轻干部培养缺乏规划", "制定三年培养计划，选派4人到基层锻炼。"),
        ],
    ),
]
CHINESE = "一二三"
HEADS: list[Callable[[int, str], str]] = [
    lambda i, name: f"（{CHINESE[i]}）{name}。",
    lambda i, name: f"（{CHINESE[i]}）{name}：",
    lambda i, name: f"（{CHINESE[i]}）{name}\n",
    lambda _, name: f"在{name}。\n",
]
FORMS: list[Callable[[int, str, str], str]] = [
    lambda k, p, o: f"{CHINESE[k]}是针对{p}的问题，{o}",
    lambda k, p, o: f"{CHINESE[k]}是针对{p}的问题。{o}",
    lambda k, p, o: f"其{CHINESE[k]}，对{p}的问题，{o}",
    lambda k, p, o: f"其{CHINESE[k]}，针对“{p}”的问题，{o}",
    lambda k, p, o: f"第{CHINESE[k]}，关于{p}的问题。{o}",
    lambda k, p, o: f"（{k + 1}）针对{p}的问题，{o}",
    lambda k, p, o: f"（{k + 1}）对“{p}”的问题，{o}",
    lambda k, p, o: f"{k + 1}.对{p}问题，{o}",
    lambda k, p, o: f"（{k + 1}）{p}。整改情况：{o}",
    lambda k, p, o: f"{'①②③'[k]}{p}。整改措施：{o}",
    lambda k, p, o: f"{k + 1}.{p}。【整改情况】{o}",
    lambda k, p, o: f"{CHINESE[k]}是{p}。整改情况：{o}",
]
TITLES = ["二、反馈问题整改落实情况", "二、推进整改情况", "二、具体问题整改情况"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("head", HEADS, ids=["stop", "colon", "own line", "no number"])
@pytest.mark.parametrize("form", FORMS, ids=[form(0, "…", "…") for form in FORMS])
def test_each_is_an_item(
    title: str, head: Callable[[int, str], str], form: Callable[[int, str, str], str]
) -> None:
    body = "\n".join(
        head(i, name) + "".join(form(k, *pair) for k, pair in enumerate(pairs))
        for i, (name, pairs) in enumerate(GROUPS)
    )
    items = parse(SourceText("n.txt", NOTICE.format(title=title, body=body))).items
    expected = [(name, *pair) for name, pairs in GROUPS for pair in pairs]
    assert [item.problem for item in items] == [problem for _, problem, _ in expected]
    for item, (name, _, answer) in zip(items, expected, strict=True):
        assert item.outcome.endswith(answer)
        assert len(item.outcome) <= len(answer) + 6
        assert name in "".join(item.path)


@pytest.mark.parametrize(
    "answer",
    [
        "一是制定学习计划。二是针对部分党员学习不主动的问题，组织补课3次。三是建立督学制度。",
        "（1）制定学习计划。（2）整改措施细化到人。（3）对学习不主动的问题，组织补课3次。",
    ],
)
def test_the_points_of_one_answer_stay_together(answer: str) -> None:
    body = "".join(
        f"{n}.{p}。\n整改情况：{answer}\n" for n, p in enumerate(("学习不深入", "接待不规范", "管理不严"), 1)
    )
    items = parse(SourceText("n.txt", NOTICE.format(title=TITLES[0], body=body))).items
    assert [item.outcome for item in items] == [f"整改情况：{answer}"] * 3


SHAPES: list[Callable[[int, str], str]] = [
    lambda k, p: f"{CHINESE[k]}是关于{p}的问题。",
    lambda k, p: f"{CHINESE[k]}是针对“{p}”的问题。",
    lambda k, p: f"（{k + 1}）关于{p}的问题。",
    lambda k, p: f"{'①②③'[k]}关于{p}的问题。",
    lambda k, p: f"第{CHINESE[k]}，关于{p}的问题。",
    lambda k, p: f"{CHINESE[k]}是{p}问题：",
]
TOPICS = ["（{}）{}方面", "（{}）{}有差距"]
"""A heading may state what is wrong itself."""


@pytest.mark.parametrize("between", ["", "\n"], ids=["one paragraph", "a paragraph each"])
@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("shape", SHAPES, ids=[shape(0, "…") for shape in SHAPES])
def test_the_first_of_a_row_is_an_item_as_the_others(
    shape: Callable[[int, str], str], topic: str, between: str
) -> None:
    body = "\n".join(
        topic.format(CHINESE[i], name)
        + "\n"
        + between.join(shape(k, p) + o for k, (p, o) in enumerate(pairs))
        for i, (name, pairs) in enumerate(GROUPS)
    )
    items = parse(SourceText("n.txt", NOTICE.format(title=TITLES[0], body=body))).items
    expected = [(name, *pair) for name, pairs in GROUPS for pair in pairs]
    assert [item.problem.removesuffix("问题") for item in items] == [problem for _, problem, _ in expected]
    for item, (name, _, answer) in zip(items, expected, strict=True):
        assert item.outcome == answer
        assert len(item.path) == 1
        assert name in item.path[0]


def test_topics_counted_with_a_colon_are_no_problems() -> None:
    """一是关于工程建设领域方面：… counts what one answer speaks of."""
    answer = "一是关于执行中央八项规定精神方面：召开会议1次。二是关于工程建设领域方面：完善招投标程序。"
    body = "".join(
        f"{n}.{p}。\n{answer}\n" for n, p in enumerate(("学习不深入", "接待不规范", "管理不严"), 1)
    )
    items = parse(SourceText("n.txt", NOTICE.format(title=TITLES[0], body=body))).items
    assert [item.outcome for item in items] == [answer] * 3


STATED = """某市委关于整改情况的通报
二、逐项抓好整改落实
（一）突出环境问题长期得不到解决的问题
1.监测数据人为干扰。对4名责任人给予处分。2.专项资金使用效益不高。要求财政部门加强监管。
（二）执法监管失之于宽的问题
1.对偷排行为以罚代管。复核案卷93卷。
"""


def test_short_sentences_that_name_faults_are_told_by_words_alone() -> None:
    items = parse(SourceText("a.txt", STATED)).items
    assert [item.problem for item in items] == [
        "监测数据人为干扰",
        "专项资金使用效益不高",
        "对偷排行为以罚代管",
    ]
    assert items[0].outcome == "对4名责任人给予处分。"


@pytest.mark.parametrize(
    "paragraph",
    [
        "1.监测数据人为干扰。2.专项资金使用效益不高。要求财政部门加强监管。",
        "1.完善监测制度。对4名责任人给予处分。2.规范资金使用。要求财政部门加强监管。",
    ],
)
def test_faults_or_measures_side_by_side_are_not_cut(paragraph: str) -> None:
    items = parse(SourceText("a.txt", STATED.replace(STATED.split("\n")[3], paragraph))).items
    assert "专项资金使用效益不高" not in [item.problem for item in items]
    assert "规范资金使用" not in [item.problem for item in items]


def test_one_problem_after_a_word_of_a_wrapper_is_of_the_kind_of_its_row() -> None:
    body = """（一）聚焦落实决策部署情况
一是对省委战略落实不够有力问题。完成土地平整310亩。二是撂荒耕地整治不彻底问题。已复耕1392亩。三是集体经济薄弱问题。发展产业12个。
（二）聚焦群众身边腐败问题情况
一是低保动态管理不及时问题。入户核查873户，取消41户。二是村干部优亲厚友问题。镇纪委立案3件，通报1起。
"""
    items = parse(SourceText("n.txt", NOTICE.format(title=TITLES[0], body=body))).items
    assert [item.number for item in items] == ["一是", "二是", "三是", "一是", "二是"]
    assert "省委战略落实不够有力" in items[0].problem
    assert items[0].outcome == "完成土地平整310亩。"
