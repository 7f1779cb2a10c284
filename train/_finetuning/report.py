"""A report's figures as Markdown and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMES = {
    "accuracy": "准确率",
    "macro_f1": "宏平均 F1",
    "weighted_f1": "加权 F1",
    "top2_accuracy": "前二准确率",
    "kappa": "κ",
    "ece": "ECE",
    "log_loss": "对数损失",
}


def markdown(report: Mapping[str, Any]) -> str:
    """The report for readers: main figures first, mistakes last."""
    lines = [f"{report['items']} 条，{report['notices']} 份通报（区间按通报重采样，95 %）", ""]
    lines += ["| 指标 | 值 |", "|---|---|"]
    for key, value in report["main"].items():
        bounds = report["intervals"].get(key)
        between = f" [{bounds['low']:.3f}, {bounds['high']:.3f}]" if bounds else ""
        lines.append(f"| {NAMES[key]} | {value:.3f}{between} |")
    lines.append(f"| ECE（温度校准前） | {report['ece_before']:.3f} |")
    for name, value in report.get("annotators", {}).items():
        lines.append(f"| κ：{name} | {value:.3f} |")
    if "theme_macro_f1" in report:
        lines.append(f"| 上级主题宏平均 F1 | {report['theme_macro_f1']:.3f} |")
    for key, gain in report.get("against", {}).items():
        lines.append(
            f"| {NAMES[key]}：与基线之差 | {gain['value']:+.3f} [{gain['low']:+.3f}, {gain['high']:+.3f}] |"
        )
    lines += ["", "## 各类", "", "| 类 | 精确率 | 召回率 | F1 | 条数 |", "|---|---|---|---|---|"]
    for label, row in report["per_class"].items():
        values = f"{row['precision']:.2f} | {row['recall']:.2f} | {row['f1']:.2f} | {row['support']:.0f}"
        lines.append(f"| {label} | {values} |")
    lines += ["", "## 覆盖率与准确率", "", "| 分数不低于 | 覆盖率 | 其中准确率 |", "|---|---|---|"]
    lines += [f"| {t:.2f} | {share:.2f} | {right:.3f} |" for t, share, right in report["coverage"]]
    lines += ["", "## 把握最大的错误", ""]
    lines += [
        f"- {row['gold']} 判为 {row['predicted']}（{row['score']:.2f}）：{row['text'][:120]}"
        for row in report["worst"]
    ]
    return "\n".join(lines) + "\n"


def draw(report: Mapping[str, Any], folder: Path) -> bool:
    """Write reliability.png, coverage.png and confusion.png; False where matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return False
    for name, size, fill in (
        ("reliability", 4, _reliability),
        ("coverage", 4, _coverage),
        ("confusion", 6, _confusion),
    ):
        figure = Figure(figsize=(size, size), layout="constrained")
        fill(figure.subplots(), report)
        figure.savefig(folder / f"{name}.png", dpi=120)
    return True


def _reliability(axes: Axes, report: Mapping[str, Any]) -> None:
    axes.plot([0, 1], [0, 1], color="0.7")
    for key, colour in (("reliability_before", "0.6"), ("reliability", "C0")):
        points = report[key]
        sizes = [4 + n / 2 for _, _, n in points]
        axes.scatter([c for c, _, _ in points], [a for _, a, _ in points], sizes, color=colour)
    axes.set(xlabel="confidence (grey: before scaling)", ylabel="accuracy")


def _coverage(axes: Axes, report: Mapping[str, Any]) -> None:
    points = report["coverage"]
    axes.plot([share for _, share, _ in points], [right for _, _, right in points], marker=".")
    axes.set(xlabel="share of items at or above the threshold", ylabel="accuracy among them")


def _confusion(axes: Axes, report: Mapping[str, Any]) -> None:
    axes.imshow(report["confusion"], cmap="Blues")
    ticks = range(len(report["labels"]))
    axes.set(xticks=ticks, yticks=ticks, xlabel="predicted (order of the table)", ylabel="gold")
