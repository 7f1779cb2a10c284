"""Both tasks together: what the pipeline calls."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from zhenggai.classification.category import CategoryClassifier, load_category
from zhenggai.classification.engines.onnx import onnx_file
from zhenggai.classification.folder import check_folder
from zhenggai.classification.model import Prediction, Query
from zhenggai.errors import ModelError
from zhenggai.parallel import cores, side_by_side
from zhenggai.patterns import store
from zhenggai.resources import model_path
from zhenggai.reviewing import ReviewPolicy

if TYPE_CHECKING:
    from zhenggai.classification.statuses.status import StatusClassifier


@dataclass(frozen=True)
class Classifier:
    """Items in, both labels out."""

    category: CategoryClassifier
    status: StatusClassifier
    folders: tuple[Path, Path]
    threads: int = 0
    """That it may use; 0: as many as cores."""

    @classmethod
    def load(
        cls,
        category_model: Path | None = None,
        status_model: Path | None = None,
        threads: int = 0,
        preload: bool = False,
    ) -> Classifier:
        """The classifier with the models in the given folders, or with those that come with the package.

        Args:
            category_model: folder of a model.
            status_model: likewise.
            threads: that it may use; 0: as many as cores. Several processes on one machine want 1 each.
            preload: begin to load the encoder at once, not at its first use.

        Raises:
            ModelError: a folder is missing, incomplete or of the other task.
        """
        folders = category_model or model_path("category"), status_model or model_path("status")
        category = load_classifier("category", folders[0], threads, preload)
        status = load_classifier("status", folders[1], threads)
        return cls(category, status, folders, threads)

    def classify(self, queries: Sequence[Query]) -> list[Prediction]:
        """One prediction per query, in order."""
        tasks: list[Callable[[], Sequence[Any]]] = [
            lambda: self.status.classify(queries),  # first: meanwhile the encoder of the categories loads
            lambda: self.category.classify(queries),
        ]
        # The encoder holds no lock of the interpreter: it runs while statuses are worked out.
        statuses, categories = side_by_side(lambda task: task(), tasks, self.threads or cores())
        return [Prediction(*both) for both in zip(categories, statuses, strict=True)]

    @property
    def fingerprint(self) -> dict[str, str]:
        """What a ledger written with these models depends on: digests of the two folders."""
        category, status = (_digest(folder) for folder in self.folders)
        return {"类别模型": category, "完成状态模型": status}

    @property
    def policy(self) -> ReviewPolicy:
        """Thresholds below which labels are to be reviewed."""
        return ReviewPolicy(self.category.review_threshold, self.status.review_threshold)


@overload
def load_classifier(
    task: Literal["category"], model: Path | str | None = None, threads: int = 0, preload: bool = False
) -> CategoryClassifier: ...
@overload
def load_classifier(
    task: Literal["status"], model: Path | str | None = None, threads: int = 0, preload: bool = False
) -> StatusClassifier: ...
def load_classifier(
    task: Literal["category", "status"],
    model: Path | str | None = None,
    threads: int = 0,
    preload: bool = False,
) -> CategoryClassifier | StatusClassifier:
    """A callable from texts to predictions: labels with scores, order kept.

    Raises:
        ModelError: `task` is unknown, or the folder is missing, incomplete, or holds what can carry code.
    """
    if task not in ("category", "status"):
        raise ModelError(f"任务应为 category 或 status，实际为 {task!r}。")
    folder = Path(model) if model is not None else model_path(task)
    if not folder.is_dir():
        raise ModelError(f"应有模型文件夹 {folder}，未找到。请检查路径，或省略该选项以使用随软件附带的模型。")
    check_folder(folder)
    if task == "category":
        return load_category(folder, threads, preload)
    from zhenggai.classification.statuses.status import load_status  # 10 ms, while the encoder loads already

    return load_status(folder)


def _digest(folder: Path) -> str:
    """Of the files that are read here: a checkpoint is, where a graph refers to its weights.

    It takes 16 ms, so it is kept for the next process, as long as no file's place, size or times change. Who
    changes a file changes its times, the last of which cannot be set; the seconds of a change do not count.
    """
    read = {".npz", ".json", ".onnx"} | ({".safetensors"} if onnx_file(folder) else set())
    paths = [path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix in read]
    states = [path.stat() for path in paths]
    if any(max(state.st_mtime, state.st_ctime) > time.time() - _SETTLED for state in states):
        return _digest_of(paths)
    names = (
        f"{path.name} {s.st_dev} {s.st_ino} {s.st_size} {s.st_mtime_ns} {s.st_ctime_ns}"
        for path, s in zip(paths, states, strict=True)
    )
    kept: str = store.derived("digest of " + "; ".join(names), lambda _: _digest_of(paths))
    return kept


_SETTLED = 2.0
"""Seconds after which a further change to a file shows in its times."""


def _digest_of(paths: Sequence[Path]) -> str:
    import hashlib  # 3 ms at start

    def content(path: Path) -> bytes:
        with path.open("rb") as file:  # by pieces: a buffer of ten megabytes costs more than its hash
            return hashlib.file_digest(file, "sha256").digest()

    digest = hashlib.sha256()
    for path, own in zip(paths, side_by_side(content, paths, cores()), strict=True):
        digest.update(path.name.encode() + own)
    return digest.hexdigest()[:16]
