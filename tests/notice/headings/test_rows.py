"""What stands around a line decides what it is: rows of numbers, groups, parts, mended and shared numbers."""

from __future__ import annotations

import pytest

from zhenggai.notice import Item, SourceText, parse

HEAD = "中共某县水务局党组关于巡察整改情况的通报\n现将整改情况通报如下。\n"


def items(body: str) -> tuple[Item, ...]:
    return parse(SourceText("n.txt", HEAD + body)).items


def problems(body: str) -> list[str]:
    return [item.problem for item in items(body)]


def test_a_row_decides_where_the_words_are_not_known() -> None:
    lines = [
        "1.落实“第一议题”制度打折扣。印发学习制度，19家企业党委会全部落实。",
        "2.前置研究清单缺失。修订事项清单，明确7大类38项。",
        "3.聚焦主业不够。已退出房地产项目4个。",
        "4.敷衍应付检查。投资3800万元建成项目并通过验收。",
        "5.“三违”现象多发。查处行为571起。",
    ]
    body = "二、整改进展\n（一）党委领导作用发挥不充分\n" + "\n".join(lines)
    assert [item.number for item in items(body)] == ["1.", "2.", "3.", "4.", "5."]


@pytest.mark.parametrize("note", ["", "（责任领导：何平；责任部门：运营部；整改时限：2023年12月31日）"])
@pytest.mark.parametrize("third", ["局属企业亏损面大", "参股企业只投不管", "机关大院车满为患"])
def test_a_row_of_headings(note: str, third: str) -> None:
    names = ["学习不够经常", "项目转包屡禁不止", third, "台账登记不实"]
    body = "\n".join(f"{n}.{name}{note}\n①印发办法1个，培训{n}次。" for n, name in enumerate(names, 1))
    assert problems("二、整改情况\n" + body) == names


def test_short_lines_above_a_label_are_a_row() -> None:
    names = ["学习不够经常", "项目转包屡禁不止", "台账登记不实", "局属企业亏损面大", "津贴发放把关不严"]
    assert problems("\n".join(f"{name}\n整改进展\n印发办法1个，开展培训。" for name in names)) == names


@pytest.mark.parametrize("titles", [("政治建设方面", "经营管理方面"), ("政治建设类", "队伍建设类")])
@pytest.mark.parametrize("numbers", ["问题{}：", "{}."])
@pytest.mark.parametrize(
    "heads", ["一、{}\n|二、{}\n", "（第一部分）{}\n|（第二部分）{}\n", "（一）{}\n|（二）{}\n"]
)
def test_no_part_is_lost(titles: tuple[str, str], numbers: str, heads: str) -> None:
    names = ["学习不够系统", "只投不管参股企业", "采购价格管控失当", "费用审核把关不严"]
    lines = [
        f"{numbers.format(n)}{p}（责任领导：何平；完成情况：已完成）\n①全面清查；②建立平台，引入供应商9家。"
        for n, p in enumerate(names, 1)
    ]
    first, second = (head.format(title) for head, title in zip(heads.split("|"), titles, strict=True))
    found = items(first + "\n".join(lines[:2]) + "\n" + second + "\n".join(lines[2:]))
    assert [item.problem for item in found] == names
    assert [item.path[-1] for item in found] == [first.strip()] * 2 + [second.strip()] * 2


@pytest.mark.parametrize(
    "groups",
    [
        ("落实“三农”部署不够坚决", "落实从严治党责任不够有力"),
        ("党的全面领导方面", "党风廉政建设方面"),
        ("（一）聚焦服务民生", "（二）聚焦医疗服务"),
        ("（一）党的全面领导", "（二）全面从严治党"),
    ],
)
@pytest.mark.parametrize("numbers", [(1, 2, 3, 4), (1, 2, 1, 2)])
def test_groups_are_told_by_their_place(groups: tuple[str, str], numbers: tuple[int, ...]) -> None:
    names = ["学习不够经常", "整治力度不够", "监管失之于宽", "审核把关不严"]
    lines = [f"{n}.{p}\n（1）印发办法1个。\n（2）开展培训3次。" for n, p in zip(numbers, names, strict=True)]
    found = items("\n".join([groups[0], *lines[:2], groups[1], *lines[2:]]))
    assert [(item.problem, item.path) for item in found] == [
        (name, (groups[i > 1],)) for i, name in enumerate(names)
    ]
    assert all(item.outcome == "（1）印发办法1个。\n（2）开展培训3次。" for item in found)


def test_the_end_of_an_answer_is_no_group() -> None:
    body = "1.学习不够经常\n集中学习12次\n2.整治力度不够\n核查图斑417个\n3.审核把关不严\n追回补贴9万元"
    assert [item.outcome for item in items(body)] == ["集中学习12次", "核查图斑417个", "追回补贴9万元"]


@pytest.mark.parametrize(
    ("third", "number"),
    [("3,", "3,"), ("3；", "3；"), ("3", "3"), ("(3)", "(3)"), ("3)", "3)"), ("3．", "3．")],
)
def test_a_number_that_is_written_wrongly(third: str, number: str) -> None:
    lines = ["1.学习不够经常", "2.整治力度不够", f"{third}审核把关不严", "4.台账登记不实"]
    found = items("二、整改情况\n" + "\n".join(f"{line}\n印发办法1个，开展培训。" for line in lines))
    assert [item.problem for item in found] == [
        "学习不够经常",
        "整治力度不够",
        "审核把关不严",
        "台账登记不实",
    ]
    assert found[2].number == number


def test_a_letter_for_the_first_number() -> None:
    body = "\n".join(
        [
            "l. 学习不够经常",
            "整 改 情 况 ：集中学习12次。",
            "2. 整治力度不够",
            "整 改 情 况 ：核查图斑417个。",
            "－ 1 －",
        ]
    )
    found = items("二、整改情况\n" + body)
    assert [item.problem for item in found] == ["学习不够经常", "整治力度不够"]
    assert [item.outcome for item in found] == ["整改情况：集中学习12次。", "整改情况：核查图斑417个。"]


def test_a_comma_after_the_number_of_a_part() -> None:
    body = "\n".join(
        [
            "一、整改情况",
            "1.学习不够经常",
            "集中学习12次。",
            "2.整治力度不够",
            "核查图斑417个。",
            "二,下步工作安排",
            "1、巩固整改成果。",
        ]
    )
    assert items(body)[-1].outcome == "核查图斑417个。"


def test_counted_things_are_no_numbers() -> None:
    body = "\n".join(
        [
            "一、整改情况",
            "1.学习不够经常",
            "2个支部集中学习12次。",
            "2.整治力度不够",
            "核查图斑417个。",
            "3.台账不实",
            "已整改。",
        ]
    )
    assert [item.outcome for item in items(body)] == ["2个支部集中学习12次。", "核查图斑417个。", "已整改。"]


def test_a_statement_that_runs_into_its_answer() -> None:
    body = "\n".join(
        [
            "1.关于学习不够经常的问题  集中学习12次，撰写体会20篇。",
            "2.关于老客运站闲置的问题局党组多次商讨盘活方案，目前处于报批阶段。",
        ]
    )
    found = items("二、整改情况\n" + body)
    assert [item.problem for item in found] == ["学习不够经常", "老客运站闲置"]
    assert found[1].outcome == "局党组多次商讨盘活方案，目前处于报批阶段。"


@pytest.mark.parametrize("numbers", [("1.", "2."), ("①", "②"), ("（1）", "（2）"), ("一是", "二是")])
def test_problems_on_lines_of_their_own_share_an_answer(numbers: tuple[str, str]) -> None:
    first, second = (
        f"{n}{p}。" for n, p in zip(numbers, ["案件清理力度不大", "超审限时有发生"], strict=True)
    )
    body = f"一、审判执行方面\n存在问题：{first}\n{second}\n整改情况：案件由1426件降至203件。"
    found = items(body + "\n存在问题：立案难反弹。\n整改情况：问责3人。")
    assert [item.problem for item in found] == [f"{first}\n{second[:-1]}", "立案难反弹"]


def test_problems_on_lines_of_their_own_are_answered_by_number() -> None:
    body = "\n".join(
        [
            "一、审判执行方面",
            "存在问题：1.案件清理力度不大。",
            "2.泵站年久失修。",
            "整改情况：",
            "1.案件降至203件。",
            "2.更换水泵4台。",
        ]
    )
    assert problems(body) == ["案件清理力度不大", "泵站年久失修"]


def test_contents_and_an_outline_of_plain_digits() -> None:
    contents = "目  录\n1 整改工作组织情况\n2 反馈问题整改情况\n3 后续工作安排\n"
    body = (
        "1 整改工作组织情况\n1.1 召开党委会议，部署整改工作。\n1.2 制定措施39条，完成34条。\n"
        "2 反馈问题整改情况\n2.1 科技创新方面\n2.1.1 组织模式落后\n整改进展：组建团队3个。\n"
        "2.2 落实全面从严治党责任方面\n2.2.1 监督执纪宽松软\n整改进展：开展专项监督1次。\n"
        "3 后续工作安排\n3.1 继续抓好2项未完成任务。\n3.2 健全监督机制。"
    )
    for notice in (contents + body, body):
        found = items(notice)
        assert [item.problem for item in found] == ["组织模式落后", "监督执纪宽松软"]
        assert [item.outcome for item in found] == ["整改进展：组建团队3个。", "整改进展：开展专项监督1次。"]
        assert [item.path[-1] for item in found] == ["2.1 科技创新方面", "2.2 落实全面从严治党责任方面"]


@pytest.mark.parametrize(
    "second", ["监督电话长期无人接听", "监督方式单一", "联系方式不公开", "举报邮箱形同虚设"]
)
@pytest.mark.parametrize("label", ["整改情况：", ""])
def test_a_problem_with_the_telephone_is_no_contact_line(second: str, label: str) -> None:
    names = ["学习不够经常", second, "台账登记不实"]
    body = "\n".join(f"{n}.{p}。\n{label}印发办法1个，开展培训3次。" for n, p in enumerate(names, 1))
    assert problems(f"二、整改情况\n{body}\n三、监督方式\n监督电话：0730-1234567") == names


def test_who_and_when_below_an_answered_problem_is_no_answer() -> None:
    """Nine problems with their answers in one line each, a line 责任领导：… below each."""
    told = [
        ("老旧小区改造进度慢", "2020年计划改造小区12个，目前已开工4个，其余8个正在进行招标前期工作。"),
        ("支部换届不及时", "局机关、环卫所、房管所3个支部已于6月全部完成换届。"),
        ("借用下属单位人员过多", "对借用的23人进行清理，已退回原单位16人，其余7人年底前退回。"),
    ]
    lines = [f"{n}.{p}。{a}\n责任领导：李明 完成时限：2020年底\n" for n, (p, a) in enumerate(told, 1)]
    text = "某局整改情况公告\n现将整改落实情况公告如下：\n一、党的建设方面\n" + "".join(lines)
    items = parse(SourceText("x.txt", text)).items
    assert [item.problem for item in items] == [problem for problem, _ in told]
    assert all(item.outcome.startswith(answer[:8]) for item, (_, answer) in zip(items, told, strict=True))
    assert {item.deadline for item in items} == {"2020年底"}
