"""The files in old formats, made by `make_old_files.py` and LibreOffice 7.4, and the lines that they hold."""

from __future__ import annotations

from pathlib import Path

from zhenggai.notice.model import CELL_BREAK

FILES = Path(__file__).parent / "files"

NOTICE = (
    "中共某县水务局党组关于巡察整改进展情况的通报",
    "一、整改工作总体情况",
    "局党组召开专题会议3次。增加的话。生僻字𠮷。",
    "二、反馈问题整改情况",
    "（一）聚焦主责主业方面",
    "1.关于“河道巡查频次不足”的问题",
    "整改情况：新聘巡河员26名，已整改到位。",
    "2.关于“水费收缴不规范”的问题",
    "整改情况：正在清欠，已追缴4.6万元。",
    "（二）聚焦组织建设方面",
    "1.关于“支部换届不及时”的问题",
    "整改情况：两个支部已换届，",
    "其余3个年内完成。",
    "5.关于“续编号”的问题",
    "整改情况：见附件说明，已完成。",
    "项目",
    "三、问题清单",
    "序号\t问题\t整改情况\t责任单位",
    f"1\t档案管理不规范\t补齐档案31卷，已完成。{CELL_BREAK}年度 卷数{CELL_BREAK}2021 31{CELL_BREAK}另：继续核对。\t办公室",
    "2\t公文流转超期\t修订制度，已完成。",
    "3\t印章台账缺失\t重新登记印章12枚，已完成。",
    "2023年5月10日",
)
HEADINGS = [NOTICE[1], NOTICE[3], NOTICE[16]]
BOXES = ("关于整改情况的说明", "框一第一行", "框一第二行", "第二段文字。段尾。", "框二", "第三段。")
BOOK = (
    "序号\t问题\t整改情况\t完成时限\t是否销号",
    f"1\t档案管理不规范\t补齐档案31卷。{CELL_BREAK}已归档。\t2023年5月10日\t是否销号：是",
    f"2\t公文流转超期\t补齐档案31卷。{CELL_BREAK}已归档。\t2023年6月底\t是否销号：否",
    "3.5\t印章台账缺失\t重新登记。\t2023年12月1日\t是否销号：是",
    "合计\t\t共3项",
)
