"""Labelled examples to plant faults in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from zhenggai.checks.model import Example

MONEY = ("报销凭证不全", "往来款长期挂账", "现金管理不规范", "专项资金闲置", "账目记录混乱", "预算编制粗糙")
BRANCH = (
    "三会一课落实不到位",
    "支部会议记录缺失",
    "发展党员程序不严",
    "党费收缴不及时",
    "组织生活会质量低",
    "党员教育不够",
)
PLACES = ("办公室", "财务科", "二级单位", "机关", "下属站所", "服务中心")


def examples() -> list[Example]:
    """72 statements, right labels, from six notices: `MONEY` is 财经纪律, `BRANCH` is 基层党建."""
    rows = []
    for kind, texts in (("财经纪律", MONEY), ("基层党建", BRANCH)):
        for text in texts:
            for n, place in enumerate(PLACES):
                rows.append(Example(f"a:{len(rows)}", f"{place}{text}", kind, group=f"notice-{n}"))
    return rows


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path
