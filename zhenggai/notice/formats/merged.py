"""Cells that are merged down: one answer for the problems of several rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from zhenggai.notice.tables.columns import Cell, header_of, is_head


def with_shared_answers(grid: Sequence[list[str]], covered: Sequence[Collection[int]]) -> list[list[str]]:
    """The rows, with an answer merged over several problems at each of them.

    `covered` are the columns of each row that belong to a cell above. Of other columns (序号, 问题, 责任单位)
    the places below stay empty, which says that a row continues the one above.
    """
    columns: dict[int, str] = {}
    above: dict[int, str] = {}  # column → text of the cell that goes on below
    shared = []
    for texts, continued in zip(grid, covered, strict=True):
        columns = _columns(texts) or columns
        for column in [*above]:
            if column not in continued:
                del above[column]
        filled = list(texts)
        problems = [c for c, kind in columns.items() if kind == "problem"]
        if above and any(texts[c] for c in problems if c < len(texts) and c not in continued):
            for column, text in above.items():
                if columns.get(column) == "outcome":
                    filled += [""] * (column + 1 - len(filled))
                    filled[column] = filled[column] or text
        above.update((c, text) for c, text in enumerate(texts) if text and c not in continued)
        shared.append(filled)
    return shared


def _columns(texts: Sequence[str]) -> dict[int, str] | None:
    cells = [Cell(0, len(text), text.strip(), column) for column, text in enumerate(texts)]
    return header_of(cells) if is_head(cells) else None
