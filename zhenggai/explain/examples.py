"""The labelled examples that an explanation compares with: an index built when it is first asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from zhenggai.checks.model import HELD_OUT, SHOWN, Example, Neighbour, neighbour
from zhenggai.checks.reading import read_labelled
from zhenggai.checks.similarity import TextIndex
from zhenggai.explain.model import Task

_TABLES: dict[str, tuple[str, ...]] = {
    "category": ("tables/problems", "synthetic/problems"),
    "status": ("tables/outcomes", "synthetic/outcomes"),
}


def default_folders(task: Task, data: Path | None = None) -> list[Path]:
    """The folders of the data set with examples of `task`; empty where the checkout is not there."""
    root = data or Path(__file__).resolve().parents[2] / "data"
    root = root.relative_to(Path.cwd()) if root.is_relative_to(Path.cwd()) else root
    return [root / name for name in _TABLES[task] if (root / name).is_dir()]


class Examples:
    """Labelled examples of a task; held-out rows are left out, since no model has learned from them."""

    def __init__(self, task: Task, folders: Sequence[Path]) -> None:
        self._task, self._folders = task, folders

    @cached_property
    def rows(self) -> list[Example]:
        """The examples.

        Raises:
            LedgerError: a folder is missing or broken.
        """
        if not self._folders:
            return []
        read = read_labelled(self._folders).examples
        found = read.get(self._task) or read.get("label") or []
        return [e for e in found if e.split not in HELD_OUT]

    @cached_property
    def _index(self) -> TextIndex:
        return TextIndex([e.text for e in self.rows])

    def nearest(self, text: str, count: int = SHOWN) -> tuple[Neighbour, ...]:
        """The examples whose text is most like `text`; none where there are no examples."""
        if not self.rows:
            return ()
        indices, similarities = self._index.nearest([text], count)
        pairs = zip(indices[0].tolist(), similarities[0].tolist(), strict=True)
        return tuple(neighbour(self.rows[i], s) for i, s in pairs)
