"""An explanation as one self-contained HTML page, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhenggai.errors import LedgerError
from zhenggai.explain import wording
from zhenggai.explain.model import TASKS, Effect, Explanation, visible
from zhenggai.ledger.extras import load_extra
from zhenggai.ledger.problems import explained


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one colour."""

    text: str
    kind: str
    """`for`, `against` or empty."""
    strength: float = 0.0
    """Opacity in [0, 1]."""
    title: str = ""


def write_page(explanation: Explanation, path: Path) -> None:
    """Write the page to `path`; an existing file is replaced.

    Raises:
        LedgerError: the ending is not .html, the page cannot be written, or jinja2 is not installed.
    """
    if path.suffix.lower() not in (".html", ".htm"):
        raise LedgerError(f"{path}：扩展名应为 .html，实际为“{path.suffix}”。请改用 .html 文件名。")
    page = render(explanation)
    with explained(path):
        path.write_text(page, encoding="utf-8")


def render(explanation: Explanation) -> str:
    """The page; all texts are escaped.

    Raises:
        LedgerError: jinja2 is not installed.
    """
    jinja2: Any = load_extra("jinja2", "explain", "写出网页")
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("zhenggai.explain", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "percent": wording.percent,
        "points": wording.points,
        "short": wording.short,
        "example": wording.example,
    }
    scale = _strongest(explanation.parts)
    judged = "problem" if explanation.task == "category" else "outcome"
    page = environment.get_template("explain.html.j2").render(
        explanation=explanation,
        task=TASKS[explanation.task],
        headings=[_heading(explanation, i, scale) for i in range(len(explanation.path))],
        stretches=_stretches(explanation.texts[judged], _of(explanation.parts, judged), scale),
        opened=_opened(explanation, _strongest(explanation.words)),
        wording=wording,
    )
    return str(page)


def _strongest(effects: Sequence[Effect]) -> float:
    return max((abs(e.drop) for e in effects), default=0.0)


def _of(effects: Sequence[Effect], field: str) -> list[Effect]:
    return [e for e in effects if e.part.field == field]


def _heading(explanation: Explanation, index: int, scale: float) -> Stretch:
    effect = next(e for e in _of(explanation.parts, "path") if e.part.heading == index)
    return _stretch(effect.part.text, effect, scale)


def _opened(explanation: Explanation, scale: float) -> list[list[Stretch]]:
    """The clauses that were taken apart, each as its words."""
    text, lines = explanation.texts.get("outcome", ""), []
    for clause in _of(explanation.parts, "outcome"):
        start, end = clause.part.start, clause.part.end
        inside = [e for e in explanation.words if start <= e.part.start and e.part.end <= end]
        if inside:
            lines.append(_stretches(text, inside, scale, start, end))
    return lines


def _stretches(
    text: str, effects: Sequence[Effect], scale: float, start: int = 0, end: int | None = None
) -> list[Stretch]:
    at, out = start, []
    for effect in effects:
        out.append(Stretch(text[at : effect.part.start], ""))
        out.append(_stretch(text[effect.part.start : effect.part.end], effect, scale))
        at = effect.part.end
    out.append(Stretch(text[at : len(text) if end is None else end], ""))
    return [s for s in out if s.text]


def _stretch(text: str, effect: Effect, scale: float) -> Stretch:
    if not visible(effect):
        return Stretch(text, "")
    kind = "for" if effect.drop > 0 else "against"
    return Stretch(text, kind, round(abs(effect.drop) / scale, 3), wording.points(-effect.drop))
