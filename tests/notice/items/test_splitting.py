"""Problems inside an answer are found whatever the label in front looks like."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse


@pytest.mark.parametrize("label", ["整改情况：", "【整改情况】", "[整改情况]", ""])
def test_problems_behind_a_label(label: str) -> None:
    lines = [
        "关于巡察整改情况的通报",
        "一、反馈问题整改情况",
        "（一）财务管理不规范。",
        f"{label}一是关于差旅费报销不规范的问题。健全财务制度。二是关于公务卡使用率低的问题。清理现金支出3笔。",
        "（二）理论学习不深入。",
        f"{label}制定学习计划，开展学习9次。",
    ]
    found = [(item.problem, item.outcome) for item in parse(SourceText("n.txt", "\n".join(lines))).items]
    assert found[:2] == [
        ("差旅费报销不规范", "健全财务制度。"),
        ("公务卡使用率低", "清理现金支出3笔。"),
    ]
