"""问题清单, 任务清单 and 责任清单 as tables of their own: the rows of all become the items of the first."""

from __future__ import annotations

import io

import pytest

from zhenggai.notice import Item, Notice, SourceText, parse, reading

PROBLEMS = ("学习制度执行不严格", "公务接待不规范", "往来款清理不及时")
MEASURES = ("制定学习计划，集中学习9次。", "修订接待办法，清退费用2万元。", "清理往来款，收回6笔。")


def table(*rows: str) -> str:
    return "\n".join(rows).replace("|", "\t")


def rows(*columns: tuple[str, ...]) -> list[str]:
    return ["|".join((str(n), *cells)) for n, cells in enumerate(zip(*columns, strict=True), 1)]


PROBLEM_LIST = table("序号|类别|问题表现", *rows(("学习", "纪律", "财务"), PROBLEMS))
TASK_LIST = table("序号|整改任务|完成时限", *rows(MEASURES, ("6月", "7月", "长期")))
BODIES = ("办公室", "纪检组", "财务科")
DUTY_LIST = table("序号|责任单位|责任人", *rows(BODIES, ("张某", "李某", "王某")))


def read(*parts: str) -> Notice:
    return parse(SourceText("t.txt", "\n".join(parts)))


def check_joined(items: tuple[Item, ...]) -> None:
    assert [item.problem for item in items] == list(PROBLEMS)
    assert [item.outcome for item in items] == list(MEASURES)
    assert [item.deadline for item in items] == ["6月", "7月", "长期"]
    assert [item.responsible for item in items] == ["办公室；张某", "纪检组；李某", "财务科；王某"]


@pytest.mark.parametrize(
    "titles",
    [
        ("", "", ""),
        ("问题清单", "任务清单", "责任清单"),
        ("附件1\n某局巡察反馈问题清单", "附件2\n某局巡察整改任务清单", "附件3\n某局巡察整改责任分工表"),
        ("一、问题清单", "二、整改任务清单（20项）", "三、责任清单"),
    ],
)
def test_three_lists_that_share_their_numbers_are_one(titles: tuple[str, str, str]) -> None:
    lists = zip(titles, (PROBLEM_LIST, TASK_LIST, DUTY_LIST), strict=True)
    notice = read("某局巡察整改情况", *(part for pair in lists for part in pair if part))
    check_joined(notice.items)
    assert not notice.warnings


def test_lists_as_the_sheets_of_a_workbook() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    problems = PROBLEM_LIST.replace("学习\t", "").replace("纪律\t", "").replace("财务\t", "")
    for name, text in {
        "问题清单": problems.replace("类别\t", ""),
        "任务清单": TASK_LIST,
        "责任清单": DUTY_LIST,
    }.items():
        sheet = book.create_sheet(name)
        for row in text.split("\n"):
            sheet.append(row.split("\t"))
    stored = io.BytesIO()
    book.save(stored)
    notice = parse(reading.read("lists.xlsx", stored.getvalue()))
    check_joined(notice.items)


@pytest.mark.parametrize("order", ["任责问", "任问责", "问责任"])
def test_the_list_of_the_problems_may_stand_behind_the_others(order: str) -> None:
    lists = {"问": PROBLEM_LIST, "任": TASK_LIST, "责": DUTY_LIST}
    items = read("某局巡察整改情况", *(lists[name] for name in order)).items
    assert [item.problem for item in items] == list(PROBLEMS)
    assert [item.outcome for item in items] == list(MEASURES)
    assert [(item.responsible or "")[:3] for item in items] == [body[:3] for body in BODIES]


def test_tasks_beside_answered_problems_are_no_items() -> None:
    answered = table("序号|问题|整改情况", *rows(PROBLEMS, ("学习9次。", "清退2万元。", "收回6笔。")))
    tasks = table("序号|整改任务|完成情况", *rows(("推进学习", "规范接待", "清理往来"), ("已完成",) * 3))
    items = read(answered, tasks, DUTY_LIST).items
    assert [item.problem for item in items] == list(PROBLEMS)
    assert [item.outcome.split("\n")[-1] for item in items] == ["已完成"] * 3


def test_a_list_that_repeats_the_problems_in_another_order_has_numbers_of_its_own() -> None:
    turned = tuple(f"{problem}的问题" for problem in (*PROBLEMS[1:], PROBLEMS[0]))
    measures = table("序号|问题|整改措施", *rows(turned, (*MEASURES[1:], MEASURES[0])))
    assert [item.outcome for item in read(PROBLEM_LIST, measures).items] == list(MEASURES)
    measures = measures.replace("清理不及时", "长年挂账")
    notice = read(PROBLEM_LIST, measures)
    assert [item.outcome for item in notice.items] == [*MEASURES[:2], ""]
    assert any("1行找不到对应的问题" in warning for warning in notice.warnings)


def test_lists_of_two_columns() -> None:
    tasks = table("序号|整改措施", *rows(MEASURES))
    duties = table("序号|责任单位", *rows(BODIES))
    items = read("问题清单", table("序号|问题", *rows(PROBLEMS)), "措施清单", tasks, "责任清单", duties).items
    assert [(item.outcome, item.responsible) for item in items] == list(zip(MEASURES, BODIES, strict=True))


def test_a_list_that_repeats_the_problems_needs_no_numbers() -> None:
    measures = table(
        "问题|整改措施|完成情况", *("|".join(r) for r in zip(PROBLEMS, MEASURES, ["已完成"] * 3, strict=True))
    )
    quoted = [f"关于“{problem}”的问题" for problem in reversed(PROBLEMS)]
    duties = table("序号|反馈问题|责任单位", *rows(tuple(quoted), tuple(reversed(BODIES))))
    items = read(PROBLEM_LIST, measures, duties).items
    assert [item.outcome.split("\n") for item in items] == [[m, "已完成"] for m in MEASURES]
    assert [item.responsible for item in items] == list(BODIES)


def test_tasks_by_the_numbers_of_their_problems() -> None:
    tasks = table(
        "序号|问题序号|任务内容|责任单位",
        "1|1|制定学习计划|办公室",
        "2||集中学习9次|办公室",
        "3|2|清退费用2万元|纪检组",
        "4|3|收回往来款6笔|财务科",
    )
    done = table(
        "序号|工作任务|完成情况", "1-1|制定学习计划|已完成", "2-1|清退费用2万元|推进中", "3-1|收款|推进中"
    )
    items = read(PROBLEM_LIST, "任务清单", tasks, "任务落实表", done).items
    assert [item.outcome.split("\n") for item in items] == [
        ["制定学习计划", "集中学习9次", "已完成"],
        ["清退费用2万元", "推进中"],
        ["收回往来款6笔", "收款", "推进中"],
    ]


def test_duties_by_the_tasks_of_the_list_before() -> None:
    duties = table(
        "任务|牵头单位|责任单位", *("|".join(row) for row in zip(MEASURES, BODIES, BODIES, strict=True))
    )
    items = read(PROBLEM_LIST, "任务清单", TASK_LIST, "责任清单", duties).items
    assert [item.responsible for item in items] == list(BODIES)


@pytest.mark.parametrize("title", ["任务清单", ""])
def test_tasks_that_count_themselves_are_no_items(title: str) -> None:
    tasks = table("序号|任务内容|责任单位|完成时限", *(f"{n}|制定制度{n}项|办公室|6月" for n in range(1, 6)))
    notice = read(PROBLEM_LIST, *([title] if title else []), tasks)
    assert [(item.problem, item.outcome) for item in notice.items] == [(p, "") for p in PROBLEMS]
    assert any("5行找不到对应的问题" in warning for warning in notice.warnings)


def test_a_row_too_many_is_said() -> None:
    notice = read(PROBLEM_LIST, "责任清单", DUTY_LIST, "补充责任分工表", DUTY_LIST.replace("\n3", "\n7"))
    assert len(notice.items) == 3
    assert any("“补充责任分工表”有" in warning for warning in notice.warnings)


def test_a_second_ledger_of_matters_keeps_its_items() -> None:
    answered = table("序号|问题|整改情况", *rows(PROBLEMS, MEASURES))
    matters = table(
        "序号|整改事项|整改措施|完成情况", "1|党建引领不力|设岗定责。|已完成", "2|环境差|清扫。|已完成"
    )
    assert [item.problem for item in read(answered, matters).items] == [*PROBLEMS, "党建引领不力", "环境差"]


@pytest.mark.parametrize("title", ["某局巡察反馈问题整改任务清单", "“问题、任务、责任”清单", "整改措施台账"])
def test_a_single_list_is_read_whatever_its_title(title: str) -> None:
    for head in ("序号|问题|整改措施|责任单位", "序号|整改任务|整改措施|责任单位"):
        items = read(title, table(head, *rows(PROBLEMS, MEASURES, BODIES))).items
        assert [item.outcome for item in items] == list(MEASURES)
        assert {item.path for item in items} == {()}


def test_a_list_of_other_problems_keeps_its_items() -> None:
    other = table("序号|问题|整改情况|责任人", "1|台账不全|补齐台账4本。|张某", "2|账目不清|清理账目。|李某")
    items = read(PROBLEM_LIST, "整改责任清单", other).items
    assert [item.problem for item in items] == [*PROBLEMS, "台账不全", "账目不清"]
