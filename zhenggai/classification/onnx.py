"""The engine for the CPU: ONNX Runtime and `tokenizers`, neither torch nor transformers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zhenggai.classification.engine import Pair, batches, padded_length
from zhenggai.classification.ngrams import Floats
from zhenggai.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

ROWS = 16
"""Texts in a batch: full matrix products at usual lengths, small enough for the cache."""
MODEL_FILES = ("model.int8.onnx", "model.onnx")


def onnx_file(folder: Path) -> Path | None:
    """The exported model in `folder`, or None."""
    return next((folder / name for name in MODEL_FILES if (folder / name).exists()), None)


class OnnxEngine:
    """Runs `model*.onnx` of a model folder; session and tokenizer load at the first use."""

    def __init__(self, folder: Path, max_length: int = 256, threads: int = 0) -> None:
        """Take the model of `folder`; texts are cut after `max_length` tokens; 0 threads: as many as cores.

        Raises:
            ModelError: the model or its tokenizer is missing.
        """
        found = onnx_file(folder)
        if found is None or not (folder / "tokenizer.json").exists():
            raise ModelError(
                f"模型文件夹 {folder} 中应有 {' 或 '.join(MODEL_FILES)} 以及 tokenizer.json，未找到。"
                "请用 scripts/export_onnx.py 导出模型。"
            )
        self.file, self._folder = found, folder
        self._max_length, self._threads = max_length, threads

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(str(self.file), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # each fault of a model has its own class there
            raise _damaged(self.file, error) from error

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        file = self._folder / "tokenizer.json"
        try:
            tokenizer: Tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:  # a bare Exception
            raise _damaged(file, error) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._max_length, strategy="longest_first")
        return tokenizer

    def scores(self, pairs: Sequence[Pair]) -> Floats:
        """Logits of `pairs`, shape (n, labels), in order."""
        encoded = self._tokenizer.encode_batch(list(pairs))
        ids = [np.asarray(e.ids, dtype=np.int64) for e in encoded]
        out: Floats | None = None
        for batch in batches([len(i) for i in ids], rows=ROWS):
            # Full rows always: matrix products of another height may round differently in the last bit.
            shape = ROWS, padded_length(max(len(ids[i]) for i in batch))
            tokens, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
            mask[:, 0] = 1
            for row, index in enumerate(batch):
                tokens[row, : len(ids[index])] = ids[index]
                mask[row, : len(ids[index])] = 1
            logits = self._session.run(None, {"input_ids": tokens, "attention_mask": mask})[0]
            if out is None:
                out = np.empty((len(pairs), logits.shape[1]), dtype=np.float32)
            out[batch] = logits[: len(batch)]
        return out if out is not None else np.empty((0, 0), dtype=np.float32)


def _damaged(file: Path, error: Exception) -> ModelError:
    return ModelError(f"模型文件 {file} 应可载入，实际出错：{error}。请重新复制或重新导出模型。")
