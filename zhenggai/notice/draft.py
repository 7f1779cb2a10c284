"""An item before its offsets are mapped back to the source."""

from __future__ import annotations

from dataclasses import dataclass

from zhenggai.notice.model import CELL_BREAK, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """An item in clean offsets."""

    number: str | None
    path: tuple[str, ...]
    problem: Span
    outcome: tuple[Span, ...]
    deadline: str | None = None
    responsible: str | None = None


def outcome_text(text: str, draft: Draft) -> str:
    """The paragraphs of an outcome, one a line."""
    return "\n".join(text[slice(*span)] for span in draft.outcome).replace(CELL_BREAK, "\n")
