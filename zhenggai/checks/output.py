"""Findings as tables on a terminal and as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from zhenggai.checks.agreement import Agreement
from zhenggai.checks.model import Finding
from zhenggai.checks.reading import TASKS
from zhenggai.checks.run import CHECKS, Result
from zhenggai.ledger.problems import explained

_SHORT = 40
"""Characters of a text that a table shows; the JSON-lines file has all."""


def write_findings(result: Result, path: Path) -> None:
    """Write one JSON object a finding to `path`; an existing file is replaced.

    Raises:
        LedgerError: the file cannot be written.
    """
    lines = (json.dumps(f.as_dict(), ensure_ascii=False) + "\n" for f in result.findings)
    with explained(path):
        path.write_text("".join(lines), encoding="utf-8")


def show(result: Result, console: Console, limit: int) -> None:
    """Print a table per task and check with at most `limit` rows each."""
    for task, count in result.counts.items():
        accuracy = result.accuracies.get(task)
        learned = "" if accuracy is None else f"，折外模型与标注一致 {accuracy:.1%}"
        console.print(Text(f"{TASKS[task]}：{count} 条标注{learned}", style="bold"))
        for name in result.checks:
            title = CHECKS[name][0]
            found = [f for f in result.findings if f.task == task and f.check == name]
            if found:
                console.print(_table(f"{title}（{len(found)}）", found[:limit]))
                if len(found) > limit:
                    console.print(Text(f"…… 其余 {len(found) - limit} 条见 --output 写出的文件", style="dim"))
            else:
                console.print(Text(f"{title}：没有发现"))
    if result.agreements:
        console.print(_agreements(result.agreements))
    if result.skipped:
        console.print(Text(f"没有可检查标注的文件 {len(result.skipped)} 个，已跳过。", style="dim"))


def _table(title: str, findings: Sequence[Finding]) -> Table:
    table = Table(title=title, title_justify="left", show_lines=True)
    for head, options in (("条目", 2), ("标注", 1), ("分数", None), ("建议", 3), ("最相近的标注", 3)):
        table.add_column(head, ratio=options, overflow="fold")
    for finding in findings:
        row = f"{finding.where}\n{_short(finding.text)}"
        near = "\n".join(_near(finding))
        cells = (row, finding.label, f"{finding.score:.2f}", finding.suggestion, near)
        # Text, not str: square brackets of a notice are no markup.
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _near(finding: Finding) -> Iterator[str]:
    for neighbour in finding.neighbours:
        yield f"{neighbour.similarity:.2f} {neighbour.label}：{_short(neighbour.text)}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT else flat[: _SHORT - 1] + "…"


def _agreements(agreements: Sequence[Agreement]) -> Table:
    table = Table(title="各次标注之间的一致性", title_justify="left")
    for head in ("任务", "条数", "次数", "一致率", "Cohen κ", "Krippendorff α"):
        table.add_column(head)
    for a in agreements:
        figures = (f"{a.share:.3f}", f"{a.kappa:.3f}", f"{a.alpha:.3f}")
        table.add_row(TASKS[a.task], str(a.units), str(a.passes), *figures)
    return table
