"""What pages and their copies have around a notice, and what looks like it but is the notice's own."""

from __future__ import annotations

import pytest

from zhenggai.notice import parsing, reading
from zhenggai.notice.model import Notice

HEAD = "某局党组关于巡察整改情况的通报\n一、履行职责方面\n1.台账管理不规范。\n整改情况：补登台账20条。\n"


def parse(text: str) -> Notice:
    return parsing.parse(reading.read("notice.txt", text.encode()))


@pytest.mark.parametrize("problem", ["质量监督人员配备不足", "联系人民群众不够紧密"])
def test_a_problem_is_no_contact(problem: str) -> None:
    notice = parse(f"{HEAD}2.{problem}。\n整改情况：组织培训6期。\n")
    assert notice.items[-1].problem == problem


@pytest.mark.parametrize(
    "last", ["特此通报。", "打印本页 关闭窗口", "【打印】【关闭窗口】", "网站地图 | 联系我们"]
)
def test_last_answer_ends_before_furniture(last: str) -> None:
    assert parse(HEAD + last).items[-1].outcome == "整改情况：补登台账20条。"


def test_line_that_points_to_a_table_leaves_the_heading_to_it() -> None:
    table = "二、服务群众方面\n具体情况见下表：\n序号\t反馈问题\t整改情况\n2\t窗口办事排队久\t增设窗口2个\n"
    first, second = parse(HEAD + table).items
    assert "下表" not in first.outcome
    assert second.path == ("二、服务群众方面",)


def test_date_of_the_page_wins_over_dates_in_its_sentences() -> None:
    body = "".join(f"<p>{line}</p>" for line in HEAD.split("\n")[1:])
    page = (
        "<body><h2>某局党组关于巡察整改情况的通报</h2><div>2022-05-05 来源：某局</div><div>"
        f"<p>2021年9月1日，巡察组进驻。</p><p>第一部分　整改情况</p>{body}<p>2022年4月30日</p></div></body>"
    )
    notice = parsing.parse(reading.read("page.html", page.encode()))
    assert notice.published == "2022-05-05"
    assert notice.title == "某局党组关于巡察整改情况的通报"


@pytest.mark.parametrize(
    ("title", "found"), [("二、聚焦主责主业，推动改革发展", 3), ("二、问题线索处置情况", 1)]
)
def test_part_whose_answers_are_numbered(title: str, found: int) -> None:
    parts = [f"（{n}）{p}" for n, p in (("一", "投资论证不充分"), ("二", "应收账款清收乏力"))]
    answers = "1.成立清欠专班，分户制定方案。\n2.收回款项1.06亿元。"
    notice = parse(HEAD + "\n".join([title, *(f"{part}\n{answers}" for part in parts)]))
    assert len(notice.items) == found
