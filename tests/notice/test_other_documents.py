"""Files that are no rectification notices: said, whatever was found in them."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

PLAN = """县教育局2024年工作计划
一、指导思想
坚持党的领导。
二、主要任务
（一）解决大班额问题。新建学校3所，增加学位2700个。
（二）解决学生上学远的问题。开通校车12条。
三、保障措施
加强领导。
"""
LETTERS = """县信访局关于群众来信办理情况的公示
1.关于某小区供暖不热的问题。办理情况：供热公司已更换阀门。
2.关于某路口红绿灯损坏的问题。办理情况：交警大队已修复。
"""
FEEDBACK = """县委第二巡察组向县民政局党组反馈巡察情况
巡察组指出，巡察发现和干部群众反映了一些问题：
一、贯彻落实上级决策部署不到位。
（一）殡葬改革推进不力。
（二）养老机构监管缺位。
二、党建工作薄弱。
（一）组织生活不规范。
巡察组要求，两个月内报送整改情况。
"""
NOTICE = """县教育局党组关于巡察整改进展情况的通报
一、整改情况
1.大班额问题突出。
整改情况：新建学校3所。
"""


@pytest.mark.parametrize(
    ("text", "words"), [(PLAN, "全文没有提到整改"), (LETTERS, "全文没有提到整改"), (FEEDBACK, "只找到问题")]
)
def test_a_document_of_another_kind_is_called_so(text: str, words: str) -> None:
    assert any(words in warning for warning in parse(SourceText("n.txt", text)).warnings)


def test_a_notice_is_not() -> None:
    notice = parse(SourceText("n.txt", NOTICE))
    assert len(notice.items) == 1
    assert notice.warnings == ()


TASKS = """一、整改任务
1.关于“公务用车管理不规范”的问题。
整改措施：完善公务用车管理制度，严格派车审批。
2.关于“学习不深入”的问题。
整改措施：制定学习计划。
"""


@pytest.mark.parametrize("ending", ["的整改方案", "整改任务清单", "整改方案（送审稿）"])
def test_a_plan_says_what_is_to_be_done(ending: str) -> None:
    notice = parse(SourceText("n.txt", f"中共某县水利局党组关于落实县委巡察反馈意见{ending}\n{TASKS}"))
    assert len(notice.items) == 2
    assert any("标题写明是方案或任务清单" in warning for warning in notice.warnings)


@pytest.mark.parametrize("ending", ["整改方案落实情况的通报", "整改任务清单完成情况", "整改进展情况的通报"])
def test_how_a_plan_was_carried_out_is_no_plan(ending: str) -> None:
    notice = parse(SourceText("n.txt", f"中共某县水利局党组关于落实县委巡察反馈意见{ending}\n{TASKS}"))
    assert not any("标题写明是方案" in warning for warning in notice.warnings)
