"""Texts or notices that stand in training and in evaluation data: figures would flatter."""

from __future__ import annotations

from collections import defaultdict

from zhenggai.checks.likeness import alike
from zhenggai.checks.model import HELD_OUT, SPLIT_NAMES, Context, Finding, Neighbour

NAME = "leakage"
TITLE = "训练与评测重合"


def check(context: Context) -> list[Finding]:
    """Training rows that a held-out row repeats (score = cosine similarity), notices in two splits (1)."""
    return sorted([*_texts(context), *_notices(context)], key=lambda f: -f.score)


def _texts(context: Context) -> list[Finding]:
    findings = []
    for group in alike(context):
        held = [i for i in group if context.examples[i].split in HELD_OUT]
        for row in group:
            if held and context.examples[row].split == "train":
                findings.append(_repeated(context, row, held))
    return findings


def _repeated(context: Context, row: int, held: list[int]) -> Finding:
    example = context.examples[row]
    vectors = context.index.matrix
    similar = [min(float((vectors[row] @ vectors[i].T).sum()), 1.0) for i in held]
    nearest = sorted(zip(similar, held, strict=True), reverse=True)[:3]
    splits = "、".join(sorted({SPLIT_NAMES[str(context.examples[i].split)] for i in held}))
    neighbours = tuple(context.neighbour(i, s) for s, i in nearest)
    return Finding(
        NAME,
        context.task,
        example.where,
        example.text,
        example.label,
        nearest[0][0],
        f"与{splits}中的文本几乎相同；训练时请去掉这一条，否则评测结果偏高。",
        None,
        neighbours,
    )


def _notices(context: Context) -> list[Finding]:
    splits: dict[str, set[str]] = defaultdict(set)
    first: dict[str, int] = {}
    for number, example in enumerate(context.examples):
        if example.group and example.split:
            splits[example.group].add(example.split)
            first.setdefault(example.group, number)
    return [
        _divided(context, first[group], group, found) for group, found in splits.items() if len(found) > 1
    ]


def _divided(context: Context, row: int, group: str, splits: set[str]) -> Finding:
    example = context.examples[row]
    names = "、".join(SPLIT_NAMES.get(s, s) for s in sorted(splits))
    neighbours: tuple[Neighbour, ...] = context.neighbours(row)
    return Finding(
        NAME,
        context.task,
        example.where,
        example.text,
        example.label,
        1.0,
        f"通报 {group} 的条目分散在{names}；请按整份通报划分。",
        None,
        neighbours,
    )
