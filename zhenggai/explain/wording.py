"""Words and numbers that the terminal and the page share."""

from __future__ import annotations

from zhenggai.checks.model import Neighbour

STATED = "通报以明文写出了完成状态，按规则判定，不由模型推断。"
NO_EFFECT = "去掉任何一个部分都不改变判定：没有单独起决定作用的文字。"
NO_EXAMPLES = "没有可比较的已标注例子。请用 --examples 给出标注文件，或在完整的代码目录中运行。"


def percent(score: float) -> str:
    """A probability, one decimal."""
    return f"{100 * score:.1f}%"


def points(change: float) -> str:
    """A change of a probability in percentage points, with its sign."""
    return f"{100 * change:+.1f} 个百分点"


def example(neighbour: Neighbour) -> str:
    """Text and nearest heading of a labelled example."""
    heading = f"〔{short(neighbour.context[-1])}〕" if neighbour.context else ""
    return heading + short(neighbour.text, 120)


def short(text: str, length: int = 40) -> str:
    """At most `length` characters on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
