"""Several problems under one label with one answer are one item."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

HEAD = "中共某县第二中学委员会关于巡察整改进展情况的通报\n2023年，县委巡察组对学校党委开展了巡察。\n"
ANSWER = "整改措施：\n◆制定学习计划，每月安排1个专题；\n◆开展宣讲9场。\n整改成效：\n4月以来集中学习7次。\n"


@pytest.mark.parametrize(
    "points",
    [
        "存在的问题：\n★集中学习不经常；\n★学用脱节。\n",
        "存在的问题：\n集中学习不经常；\n学用脱节。\n",
        "存在问题：★集中学习不经常；\n★学用脱节。\n",
        "【存在问题】\n●集中学习不经常\n●学用脱节\n",
    ],
)
def test_points_under_one_label(points: str) -> None:
    second = "二、师德师风建设\n存在的问题：\n★个别教师收受礼品。\n整改措施：\n◆给予2名教师警告处分。\n"
    found = parse(SourceText("x.txt", f"{HEAD}一、思想政治建设\n{points}{ANSWER}{second}")).items
    assert len(found) == 2
    assert "集中学习不经常" in found[0].problem
    assert "学用脱节" in found[0].problem
    assert "学用脱节" not in found[0].outcome
    assert "存在" not in found[0].problem
    assert found[1].problem == "个别教师收受礼品"
