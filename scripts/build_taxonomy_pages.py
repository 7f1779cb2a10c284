"""Write the pages about the taxonomy (docs/zh/taxonomy.md, docs/en/taxonomy.md).

    python scripts/build_taxonomy_pages.py

Definitions come from the taxonomy and the guideline. Examples are annotated statements of training notices,
those first of which no pass was unsure.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from zhenggai.classification.inputs import bare  # noqa: E402
from zhenggai.taxonomy import Taxonomy, load_taxonomy  # noqa: E402

SHOWN = 3
SHORTEST, LONGEST = 6, 36
"""Characters of an example statement."""
LONGEST_OUTCOME = 90


@dataclass(frozen=True)
class Words:
    """What the two pages say in their language."""

    title: str
    lead: str
    categories: str
    statuses: str
    examples: str
    elsewhere: str
    colon: str
    long_term: str
    source: str


ZH = Words(
    "分类体系",
    "类别说明问题是什么事，完成状态说明整改到哪一步。"
    "名称和定义都在 `configs/taxonomy.yaml`，完整规则见 `data/GUIDELINE.md`。",
    "问题类别",
    "完成状态",
    "例子",
    "不含",
    "：",
    "**长期坚持**是状态之外的标记：通报把该事项整体说成长期做法（已完成并长期坚持、长期整改）。",
    "例子取自训练集中的通报。本页由 `scripts/build_taxonomy_pages.py` 生成，请勿手改。",
)
EN = Words(
    "Taxonomy",
    "The category says what a problem is about, the status how far it is rectified. "
    "Names and definitions are in `configs/taxonomy.yaml`, the full rules in `data/GUIDELINE.md`.",
    "Categories",
    "Statuses",
    "Examples",
    "Not here",
    ": ",
    "**长期坚持** is a flag beside the status: "
    "the notice says of the item as a whole that it is kept up as standing practice.",
    "Examples are from training notices. This page is written by `scripts/build_taxonomy_pages.py`.",
)


def main() -> None:
    """Write both pages."""
    for name, text in pages().items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """Path below docs → page."""
    taxonomy = load_taxonomy()
    return {
        "zh/taxonomy.md": _page(taxonomy, ZH, {}, {}),
        "en/taxonomy.md": _page(taxonomy, EN, _english(), _ENGLISH_STATUS),
    }


_ENGLISH_STATUS = {
    "已完成": "finished, or concrete finished measures that cure the fault; nothing of the core remains",
    "基本完成": "half or more is done, a part of the core explicitly remains",
    "正在整改": "the core itself is under way, planned, blocked or not begun",
    "未说明": "only intentions and general phrases",
}


def _english() -> dict[str, tuple[str, str]]:
    """Name → what belongs there, what does not; from the table of the guideline."""
    found = {}
    for line in (ROOT / "data" / "GUIDELINE.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3:
            found[cells[0]] = (cells[1], cells[2])
    return found


def _page(
    taxonomy: Taxonomy, words: Words, english: dict[str, tuple[str, str]], statuses: dict[str, str]
) -> str:
    lines = [f"# {words.title}", "", words.lead, "", f"## {words.categories}", ""]
    for theme in taxonomy.themes:
        lines += [f"### {theme.name}", ""]
        for category in (c for c in taxonomy.categories if c.theme == theme.key):
            belongs, elsewhere = english.get(category.name, (category.definition, category.elsewhere))
            examples = " · ".join(_statements(category.name)) or "–"
            lines += [f"**{category.name}** `{category.key}`{words.colon}{belongs}", ""]
            lines += [f"- {words.elsewhere}{words.colon}{elsewhere}"] * bool(elsewhere)
            lines += [f"- {words.examples}{words.colon}{examples}", ""]
    lines += [f"## {words.statuses}", ""]
    for status in taxonomy.statuses:
        lines += [f"**{status.name}** `{status.key}`", "", statuses.get(status.name, status.definition), ""]
        lines += [f"- {problem} → {outcome}" for problem, outcome in _outcomes(status.name)]
        lines += [""]
    return "\n".join([*lines, words.long_term, "", words.source, ""])


def _statements(category: str) -> list[str]:
    sure: dict[str, str] = {}
    unsure: dict[str, str] = {}
    for row in _rows("problems"):
        text = bare(row["problem"])
        if row["category"] == category and SHORTEST <= len(text) <= LONGEST and not row["also"]:
            (unsure if row["unsure"] else sure).setdefault(row["notice"], text)
    return list((sure or unsure).values())[:SHOWN]


def _outcomes(status: str) -> list[tuple[str, str]]:
    chosen: dict[str, tuple[str, str]] = {}
    for row in _rows("outcomes"):
        outcome = " ".join(row["outcome"].split())
        if row["status"] == status and len(outcome) <= LONGEST_OUTCOME:
            chosen.setdefault(row["notice"], (bare(row["problem"]), outcome))
    return list(chosen.values())[:SHOWN]


def _rows(table: str) -> Iterator[dict[str, Any]]:
    path = ROOT / "data" / "tables" / table / "train.jsonl"
    yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    main()
