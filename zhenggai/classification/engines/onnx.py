"""The engine for the CPU: ONNX Runtime and `tokenizers`, neither torch nor transformers."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhenggai.classification.engines.engine import Pair, batches
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.errors import ModelError
from zhenggai.parallel import cores, side_by_side

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TOKENS = 512
"""Positions in a batch: full matrix products, small enough for the cache of a core."""
STEP = 1
"""Texts of a batch are equally long: no position is padding."""
MASK = "attention_mask"
"""Input of the graphs that torch exported; our own have none."""
FEWEST_ROWS = 2
"""The products of a single row round otherwise in the last bit; from two on, company does not matter."""
_WARM_UP = ("整改", "问题")
"""The first batch of a session takes 12 ms more than the next: that, too, while others work."""
_SLOWER = ["SkipLayerNormFusion"]
"""The fused sum and norm takes ten times as long as the two, 6 % of a batch (ONNX Runtime 1.32)."""
EXACT_FILE = "model.onnx"
MODEL_FILES = ("model.int8.onnx", EXACT_FILE)


def onnx_file(folder: Path, exact: bool = False) -> Path | None:
    """The exported model in `folder`, in fp32 if it is to be `exact`, or None."""
    names = (EXACT_FILE,) if exact else MODEL_FILES
    return next((folder / name for name in names if (folder / name).exists()), None)


class OnnxEngine:
    """Runs `model*.onnx` of a model folder; session and tokenizer load at the first use."""

    def __init__(self, folder: Path, max_length: int = 256, threads: int = 0, exact: bool = False) -> None:
        """Take the model of `folder`; texts are cut after `max_length` tokens.

        Args:
            folder: of the model.
            max_length: in tokens, special ones included.
            threads: batches that run side by side, each on one thread; 0: as many as cores. More threads in
                one product brought less, and take longer to start.
            exact: the model in fp32, also where there is one in integers.

        Raises:
            ModelError: the model or its tokenizer is missing.
        """
        found = onnx_file(folder, exact)
        if found is None or not (folder / "tokenizer.json").exists():
            raise ModelError(
                f"模型文件夹 {folder} 中应有 {' 或 '.join(MODEL_FILES)} 以及 tokenizer.json，未找到。"
                "请用 scripts/export_onnx.py 导出模型。"
            )
        self.file, self._folder = found, folder
        self._max_length, self._threads = max_length, threads or cores()
        self._loading: Thread | None = None

    def preload(self) -> None:
        """Begin to load in the background; what fails is raised at the first use."""
        if self._loading is None:
            self._loading = Thread(target=self._load, daemon=True)
            self._loading.start()

    def _load(self) -> None:
        with contextlib.suppress(ModelError, ImportError):
            self._scores([_WARM_UP])

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(
                str(self.file), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
            )
        except Exception as error:  # each fault of a model has its own class there
            raise _damaged(self.file, error) from error

    @cached_property
    def _inputs(self) -> frozenset[str]:
        return frozenset(each.name for each in self._session.get_inputs())

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        file = self._folder / "tokenizer.json"
        try:
            tokenizer: Tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:  # a bare Exception
            raise _damaged(file, error) from error
        # Chinese has no spaces: each text would be one entry in the cache of words, 6 KiB of it. Switched off
        # as in https://github.com/huggingface/tokenizers/pull/1675; models of other kinds keep none.
        if (resize_cache := getattr(tokenizer.model, "_resize_cache", None)) is not None:
            resize_cache(0)
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._max_length, strategy="longest_first")
        return tokenizer

    def scores(self, pairs: Sequence[Pair]) -> Floats:
        """Logits of `pairs`, shape (n, labels), in order."""
        if self._loading is not None:
            self._loading.join()
        return self._scores(pairs)

    def _scores(self, pairs: Sequence[Pair]) -> Floats:
        encoded = self._tokenizer.encode_batch(list(pairs))
        ids = [np.asarray(e.ids, dtype=np.int64) for e in encoded]
        todo = list(batches([len(i) for i in ids], TOKENS, step=STEP))
        _ = self._session  # made once, before the threads ask for it
        found = side_by_side(lambda batch: self._run([ids[i] for i in batch]), todo[::-1], self._threads)
        out: Floats | None = None
        for batch, logits in zip(todo[::-1], found, strict=True):
            if out is None:
                out = np.empty((len(pairs), logits.shape[1]), dtype=np.float32)
            out[batch] = logits
        return out if out is not None else np.empty((0, 0), dtype=np.float32)

    def _run(self, ids: list[NDArray[np.int64]]) -> Floats:
        """Logits of one batch of equally long texts, shape (n, labels)."""
        tokens = np.stack(ids + ids[:1] * (FEWEST_ROWS - len(ids)))
        inputs = {"input_ids": tokens}
        if MASK in self._inputs:
            inputs[MASK] = np.ones_like(tokens)
        logits: Floats = self._session.run(None, inputs)[0]
        return logits[: len(ids)]


def _damaged(file: Path, error: Exception) -> ModelError:
    return ModelError(f"模型文件 {file} 应可载入，实际出错：{error}。请重新复制或重新导出模型。")
