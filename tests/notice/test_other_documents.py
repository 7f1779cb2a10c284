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
