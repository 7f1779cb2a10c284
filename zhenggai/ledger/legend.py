"""What the columns mean, in Chinese: for the 说明 sheet of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhenggai.taxonomy import Taxonomy, load_taxonomy


@dataclass(frozen=True)
class About:
    """What a workbook says of the run that made it."""

    lines: Mapping[str, str] = field(default_factory=dict)
    """Chinese name → value, e.g. `{"模型版本": "…"}`."""
    taxonomy: Taxonomy = field(default_factory=load_taxonomy)


FIELD_NOTES: Mapping[str, str] = {
    "notice": "来源文件，按命令中给出的路径",
    "title": "通报标题",
    "unit": "发布通报的单位",
    "published": "发布日期，年-月-日",
    "item": "在该通报中的顺序，从 1 起",
    "number": "通报原有的编号",
    "path": "问题之上的各级标题，由外到内",
    "problem": "问题表述，已去掉编号和“针对……的问题”等外壳",
    "problem_span": "问题在原文中的字符位置：[起, 止)，止不含",
    "outcome": "针对该问题所做的全部说明，段落之间换行",
    "outcome_spans": "整改情况各段在原文中的字符位置",
    "category": "主要类别，可下拉改正",
    "category_score": "主要类别的校准概率，0 到 1",
    "also": "问题同样明确涉及的其他类别",
    "categories": "概率最高的三个类别",
    "theme": "类别在“四个落实”中的上级主题",
    "status": "完成状态，可下拉改正",
    "status_score": "完成状态的校准概率，0 到 1",
    "long_term": "通报称该事项整体长期坚持",
    "status_source": "明文：原文或标题写明状态；推断：由所报告的举措判断；无：未说明",
    "evidence": "判断完成状态所依据的原文",
    "evidence_span": "依据在原文中的字符位置",
    "listed_open": "通报文末的清单将该问题列为尚未完成",
    "needs_review": "建议人工复核",
    "review_reasons": "建议复核的原因",
    "deadline": "整改时限（通报给出时）",
    "responsible": "责任单位或责任人（通报给出时）",
}

COLOUR_NOTES: tuple[tuple[str, str], ...] = (
    ("low", "置信度低于 0.6：很可能需要改正"),
    ("fair", "置信度 0.6 至 0.8：值得一看"),
    ("contradiction", "判为“已完成”，但通报文末清单列为未完成：相互矛盾"),
    ("review", "建议人工复核"),
)

HOW_TO_CORRECT: tuple[str, ...] = (
    "在“复核”表中逐条填写“改为类别”“改为状态”“改为长期坚持”“改为兼属类别”（多个以；分隔，没有写“无”），并填写复核人和复核日期；判断无误的，在“结论”一栏选“无误”。",
    "“复核”表按“复核价值”从高到低排列：相互矛盾（通报自列未完成而判为已完成）加 1，建议复核加 0.25，"
    "再加类别、状态两者中较大的犹豫程度（1 减去第一、第二候选的概率之差）。",
    "完成后用 zhenggai review import 读回，即可作为训练数据。请勿改动“来源文件”和“序号”两列。",
)
