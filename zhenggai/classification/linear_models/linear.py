"""A linear model over character n-grams of several fields; using it takes numpy alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhenggai.classification.linear_models.arrays import read_arrays
from zhenggai.classification.linear_models.ngrams import Floats, Vocabulary, sums_of_runs
from zhenggai.errors import ModelError

Fields = Sequence[str]
_TOGETHER = 128
"""Items whose features are looked up at once: what a call costs is shared, the arrays stay small."""


@dataclass(frozen=True)
class LinearModel:
    """Scores = Σ over fields of weight · tf-idf · coefficients, + bias."""

    labels: tuple[str, ...]
    field_weights: tuple[float, ...]
    vocabularies: tuple[Vocabulary, ...]
    coefficients: tuple[NDArray[np.float16], ...]
    """Per field, shape (features, labels)."""
    bias: Floats

    def scores(self, items: Sequence[Fields]) -> Floats:
        """Logits of `items`, shape (n, labels)."""
        out = np.tile(self.bias, (len(items), 1))
        for start in range(0, len(items), _TOGETHER):
            self._add_scores(items[start : start + _TOGETHER], out[start : start + _TOGETHER])
        return out

    def _add_scores(self, items: Sequence[Fields], out: Floats) -> None:
        """Add the scores of the fields of `items` to `out`, which holds the bias."""
        for field, weight in enumerate(self.field_weights):
            found = self.vocabularies[field].encode_all([fields[field] for fields in items])
            rows = self.coefficients[field][found.indices] * (weight * found.values)[:, None]
            out += sums_of_runs(rows, found.ends)

    def save(self, folder: Path, name: str) -> None:
        """Write `name`.json (labels, field weights) and `name`.npz (vocabularies, coefficients)."""
        head = {"labels": self.labels, "field_weights": self.field_weights}
        (folder / f"{name}.json").write_text(json.dumps(head, ensure_ascii=False) + "\n", encoding="utf-8")
        arrays: dict[str, NDArray[np.generic]] = {"bias": self.bias}
        for i, (vocabulary, coefficients) in enumerate(
            zip(self.vocabularies, self.coefficients, strict=True)
        ):
            arrays |= {f"codes{i}": vocabulary.codes, f"idf{i}": vocabulary.idf, f"weights{i}": coefficients}
        np.savez(folder / f"{name}.npz", allow_pickle=False, **arrays)


def load_linear(folder: Path, name: str) -> LinearModel:
    """The model that `LinearModel.save` wrote.

    Raises:
        ModelError: a file is missing or not of this kind.
    """
    try:
        head = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        arrays = read_arrays(folder / f"{name}.npz")
        fields = range(len(head["field_weights"]))
        return LinearModel(
            tuple(head["labels"]),
            tuple(head["field_weights"]),
            tuple(Vocabulary(arrays[f"codes{i}"], arrays[f"idf{i}"]) for i in fields),
            tuple(arrays[f"weights{i}"] for i in fields),
            arrays["bias"],
        )
    except (OSError, EOFError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"线性模型不完整：{folder} 中应有 {name}.json 与 {name}.npz，读取时出错：{error}。"
            "请重新安装 zhenggai，或用 train/baseline.py 重新训练。"
        ) from error
