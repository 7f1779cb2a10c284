"""(b) Classification of the same texts by the same encoder, ours and the usual ways, at equal labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer, pipeline

from scripts._benchmark.measure import Figure, beside, in_turns
from scripts._benchmark.texts import Pair
from zhenggai.classification.category import load_category
from zhenggai.classification.engines.onnx import OnnxEngine
from zhenggai.classification.model import Query

BATCH = 32
_FEW = 64
"""Texts for the pipeline's defaults, which takes them one by one."""

EXACT, DEFAULT = "zhenggai，ONNX Runtime，fp32", "zhenggai，ONNX Runtime，默认"
Labels = Sequence[int]


def measure(what: str, pairs: Sequence[Pair], folder: Path, max_length: int, rounds: int) -> Iterator[Figure]:
    """Texts a second of every way, with the share of labels equal to the pipeline's."""
    ways = _Ways(folder, max_length)
    few = list(pairs[:_FEW])
    calls: dict[str, tuple[Callable[[Sequence[Pair]], Labels], Sequence[Pair]]] = {
        "transformers.pipeline，默认": (lambda p: ways.pipeline(p, 1), few),
        f"transformers.pipeline，batch_size={BATCH}": (lambda p: ways.pipeline(p, BATCH), pairs),
        f"torch，按原顺序每批 {BATCH} 条": (lambda p: ways.torch(p, range(len(p))), pairs),
        f"torch，按长度排序每批 {BATCH} 条（sentence-transformers 的做法）": (ways.torch_sorted, pairs),
        EXACT: (lambda p: ways.ours(p, exact=True), pairs),
        DEFAULT: (ways.ours, pairs),
    }
    wanted = ways.pipeline(pairs, BATCH)
    labels = {name: call(texts) for name, (call, texts) in calls.items()}
    timed = in_turns({n: (lambda c=c, t=t: c(t)) for n, (c, t) in calls.items()}, rounds)  # type: ignore[misc]
    figures = []
    for name, (_, texts) in calls.items():
        equal = float(np.mean(np.asarray(labels[name]) == np.asarray(wanted[: len(texts)])))
        more = {"标签相同": equal, "填充": ways.waste(name, texts)}
        figures.append(timed[name].figure("b", f"{what}：{name}", len(texts), "条/秒", **more))
    for figure in figures:
        yield beside(figure, figures[0])
    for figure in figures[-2:]:
        yield beside(figure, figures[1])


class _Ways:
    """The model in several runtimes."""

    def __init__(self, folder: Path, max_length: int) -> None:
        self._max_length = max_length
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._model: Any = AutoModelForSequenceClassification.from_pretrained(
            folder, dtype=torch.float32, use_safetensors=True
        ).eval()
        self._pipeline: Any = pipeline(
            "text-classification", model=self._model, tokenizer=self._tokenizer, device="cpu"
        )
        self._exact = OnnxEngine(folder, max_length, exact=True)
        self._engine = OnnxEngine(folder, max_length)

    def pipeline(self, pairs: Sequence[Pair], batch_size: int) -> Labels:
        inputs = [{"text": a, "text_pair": b} for a, b in pairs]
        found = self._pipeline(inputs, batch_size=batch_size, truncation=True, max_length=self._max_length)
        return [self._model.config.label2id[f["label"]] for f in found]

    def torch_sorted(self, pairs: Sequence[Pair]) -> Labels:
        order = sorted(range(len(pairs)), key=lambda i: -len(pairs[i][0]) - len(pairs[i][1]))
        return self.torch(pairs, order)

    @torch.inference_mode()
    def torch(self, pairs: Sequence[Pair], order: Sequence[int]) -> Labels:
        labels = [0] * len(pairs)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            inputs = self._tokens(pairs, batch, padding=True, return_tensors="pt")
            for index, label in zip(batch, self._model(**inputs).logits.argmax(-1).tolist(), strict=True):
                labels[index] = label
        return labels

    def ours(self, pairs: Sequence[Pair], exact: bool = False) -> Labels:
        engine = self._exact if exact else self._engine
        return [int(label) for label in engine.scores(pairs).argmax(axis=1)]

    def _tokens(self, pairs: Sequence[Pair], batch: Sequence[int], **options: Any) -> Any:
        firsts, seconds = [pairs[i][0] for i in batch], [pairs[i][1] for i in batch]
        return self._tokenizer(firsts, seconds, truncation=True, max_length=self._max_length, **options)

    def waste(self, name: str, pairs: Sequence[Pair]) -> float:
        """Share of the positions that hold padding."""
        lengths = [len(i) for i in self._tokens(pairs, range(len(pairs)))["input_ids"]]
        if "默认" in name or "zhenggai" in name:  # one text a batch, or equally long ones
            return 0.0
        order = sorted(range(len(pairs)), key=lambda i: -len(pairs[i][0]) - len(pairs[i][1]))
        order = order if "排序" in name else list(range(len(pairs)))
        parts = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        positions = sum(len(part) * max(lengths[i] for i in part) for part in parts)
        return 1 - sum(lengths) / positions


def measure_shipped(
    queries: Sequence[Query], folder: Path, rounds: int, defaults: Figure
) -> Iterator[Figure]:
    """The whole classifier: linear model for all, the encoder where that is unsure, and both for all.

    Beside the `defaults` of the pipeline; labels beside those of both for all, which no pipeline gives.
    """
    shipped = load_category(folder)
    always = replace(shipped, calibration=replace(shipped.calibration, encoder_below=2.0))
    labels = [[p.label for p in each.classify(queries)] for each in (shipped, always)]
    equal = float(np.mean(np.asarray(labels[0]) == np.asarray(labels[1])))
    timed = in_turns({"s": lambda: shipped.classify(queries), "a": lambda: always.classify(queries)}, rounds)
    title = "问题：整个分类器"
    every = timed["a"].figure("b", f"{title}，编码器全问", len(queries), "条/秒")
    yield beside(every, defaults)
    ours = timed["s"].figure("b", f"{title}，没有把握才问编码器", len(queries), "条/秒", 标签相同=equal)
    yield beside(ours, defaults)


def mean_length(pairs: Sequence[Pair], folder: Path, max_length: int) -> float:
    """Tokens of a text on average."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    firsts, seconds = [a for a, _ in pairs], [b for _, b in pairs]
    ids = tokenizer(firsts, seconds, truncation=True, max_length=max_length)["input_ids"]
    return float(np.mean([len(i) for i in ids]))


def measure_tfidf(pairs: Sequence[Pair], folder: Path, rounds: int) -> Iterator[Figure]:
    """scikit-learn's TF-IDF with a linear classifier, taught the encoder's labels on the other half."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    texts = [a for a, _ in pairs]
    labels = OnnxEngine(folder, 128).scores(pairs).argmax(axis=1)
    half = len(texts) // 2
    model = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 3)), LogisticRegression())
    model.fit(texts[:half], labels[:half])
    equal = float(np.mean(model.predict(texts[half:]) == labels[half:]))
    seconds = in_turns({"": lambda: model.predict(texts)}, rounds)[""]
    yield seconds.figure("b", "scikit-learn TF-IDF", len(texts), "条/秒", 标签相同=equal)
