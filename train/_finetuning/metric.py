"""Our own `evaluate.Metric`: the figures of a labelling, without a download."""

from __future__ import annotations

from collections.abc import Sequence

import datasets
import evaluate
import numpy as np

from train._finetuning.figures import Labelled, main_figures


class LabelFigures(evaluate.Metric):
    """Accuracy, macro-F1, weighted F1, top-2, κ, ECE and log-loss from probabilities and gold indices."""

    def __init__(self, labels: Sequence[str]) -> None:
        """Take the names of the labels, in the order of the model's outputs."""
        self._labels = tuple(labels)
        super().__init__()

    def _info(self) -> evaluate.MetricInfo:
        features = datasets.Features(
            {
                "predictions": datasets.Sequence(datasets.Value("float32")),
                "references": datasets.Value("int32"),
            }
        )
        return evaluate.MetricInfo(
            description="Figures of a classifier.", citation="", inputs_description="", features=features
        )

    def _compute(self, predictions: Sequence[Sequence[float]], references: Sequence[int]) -> dict[str, float]:
        gold = tuple(self._labels[i] for i in references)
        rows = Labelled(self._labels, gold, np.asarray(predictions), ("",) * len(gold))
        return main_figures(rows)
