"""An explanation on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from zhenggai.explain.model import TASKS, Effect, Explanation, Meaning, visible
from zhenggai.explain.wording import NO_EFFECT, NO_EXAMPLES, STATED, example, percent, points, short

_FOR, _AGAINST = "bold green", "bold red"
_SHOWN = 8


def show(explanation: Explanation, console: Console) -> None:
    """Print label, marked text, effects, neighbours and what separates the second-best."""
    first, second = explanation.first, explanation.second
    console.print(Text(f"{TASKS[explanation.task]}：{first.name}（{percent(first.score)}）", style="bold"))
    console.print(Text(f"次选：{second.name}（{percent(second.score)}）"))
    if explanation.stated:
        console.print(Text(STATED, style="italic"))
    console.print(_marked(explanation))
    console.print(_effects(explanation))
    console.print(_neighbours(explanation))
    _separation(explanation, console)


def _marked(explanation: Explanation) -> Text:
    field = "problem" if explanation.task == "category" else "outcome"
    text = Text(explanation.texts[field])
    for effect in explanation.parts:
        if effect.part.field == field and visible(effect):
            text.stylize(_FOR if effect.drop > 0 else _AGAINST, effect.part.start, effect.part.end)
    return text


def _effects(explanation: Explanation) -> Table | Text:
    if not explanation.decisive:
        return Text(NO_EFFECT)
    table = Table("去掉的部分", "概率变化", title="起作用的文字", title_justify="left")
    for effect in [*explanation.decisive[:_SHOWN], *explanation.decisive_words[:_SHOWN]]:
        table.add_row(Text(_name(effect)), points(-effect.drop))
    return table


def _name(effect: Effect) -> str:
    return ("上级标题：" if effect.part.field == "path" else "") + short(effect.part.text)


def _neighbours(explanation: Explanation) -> Table | Text:
    if not explanation.neighbours:
        return Text(NO_EXAMPLES)
    table = Table(title="最相近的已标注例子", title_justify="left")
    for head in ("相似度", "标注", "文本", "出处"):
        table.add_column(head, overflow="fold")
    for n in explanation.neighbours:
        table.add_row(f"{n.similarity:.2f}", Text(n.label), Text(example(n)), Text(n.where))
    return table


def _separation(explanation: Explanation, console: Console) -> None:
    console.print(Text(f"与次选“{explanation.second.name}”的区别", style="italic"))
    for meaning, towards_first in ((explanation.first, True), (explanation.second, False)):
        pulling = "、".join(short(e.part.text, 20) for e in explanation.separating(towards_first))
        console.print(Text(f"{meaning.name}：{_definition(meaning)}"))
        console.print(Text(f"  倾向于此的文字：{pulling or '无'}"))


def _definition(meaning: Meaning) -> str:
    return (meaning.definition or "（分类体系中没有定义）") + (
        f"（不含：{meaning.elsewhere}）" if meaning.elsewhere else ""
    )
