"""The same text twice with different labels: one of the two is wrong, or the guideline leaves it open."""

from __future__ import annotations

from collections import Counter

from zhenggai.checks.likeness import alike
from zhenggai.checks.model import Context, Finding

NAME = "conflict"
TITLE = "重复而标注不一"


def check(context: Context) -> list[Finding]:
    """Rows of (near-)identical texts that are labelled differently; score = share of the other labels.

    Headings count as part of the text: the same words below another heading may mean another matter.
    """
    findings = []
    for group in alike(context, with_headings=True):
        labels = Counter(context.examples[i].label for i in group)
        if len(labels) == 1:
            continue
        findings += [_finding(context, row, labels) for row in group]
    return sorted(findings, key=lambda f: -f.score)


def _finding(context: Context, row: int, labels: Counter[str]) -> Finding:
    example = context.examples[row]
    most, count = labels.most_common(1)[0]
    others = 1 - labels[example.label] / labels.total()
    proposed = most if most != example.label and count > labels.total() / 2 else None
    counts = "、".join(f"{label} {n} 条" for label, n in labels.most_common())
    return Finding(
        NAME,
        context.task,
        example.where,
        example.text,
        example.label,
        others,
        f"相同或几乎相同的文本标注不一（{counts}）；请统一，或查明有何不同。",
        proposed,
        context.neighbours(row),
    )
