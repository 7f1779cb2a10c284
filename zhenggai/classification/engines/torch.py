"""The engine for a GPU: torch in bf16, length-sorted batches under a token budget."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zhenggai.classification.engines.engine import Pair, batches, padded_length
from zhenggai.classification.folder import check_folder
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.errors import ModelError

TOKEN_BUDGET = 32_768
"""Tokens in a batch: enough to fill a GPU with a small model."""


class TorchEngine:
    """Runs the checkpoint of a model folder."""

    def __init__(self, folder: Path, max_length: int = 256, device: str = "cuda") -> None:
        """Load the checkpoint onto `device`; bf16 on a GPU, fp32 on the CPU.

        Raises:
            ModelError: torch or transformers is not installed, the device is missing, or the folder is wrong.
        """
        try:
            import torch
            from transformers import AutoModelForSequenceClassification, AutoTokenizer
        except ImportError as error:
            raise ModelError(
                "在 GPU 上运行需要 torch 与 transformers。请安装 zhenggai[train]，或去掉 --device。"
            ) from error
        if device.startswith("cuda") and not torch.cuda.is_available():
            raise ModelError(f"应有可用的 GPU（{device}），未找到。请去掉 --device 以在 CPU 上运行。")
        try:
            check_folder(folder)
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
            dtype = torch.bfloat16 if device.startswith("cuda") else torch.float32
            model = AutoModelForSequenceClassification.from_pretrained(
                folder, dtype=dtype, use_safetensors=True
            )
        except (OSError, ValueError) as error:
            raise ModelError(f"{folder} 应为分类模型的文件夹，读取时出错：{error}。请检查路径。") from error
        self._model: Any = model.eval().to(device)
        self._torch: Any = torch
        self._device, self._max_length = device, max_length

    def _encode(self, pairs: Sequence[Pair]) -> list[list[int]]:
        firsts, seconds = [a for a, _ in pairs], [b for _, b in pairs]
        cut = {"truncation": "longest_first", "max_length": self._max_length}
        ids: list[list[int]] = self._tokenizer(firsts, seconds, **cut)["input_ids"] if pairs else []
        return ids

    def lengths(self, pairs: Sequence[Pair]) -> list[int]:
        """Tokens of each of `pairs`."""
        return [len(ids) for ids in self._encode(pairs)]

    def scores(self, pairs: Sequence[Pair]) -> Floats:
        """Logits of `pairs`, shape (n, labels), in order."""
        encoded = self._encode(pairs)
        out = np.empty((len(pairs), self._model.config.num_labels), dtype=np.float32)
        with self._torch.inference_mode():
            for batch in batches([len(ids) for ids in encoded], TOKEN_BUDGET):
                width = padded_length(max(len(encoded[i]) for i in batch))
                tokens = self._torch.full((len(batch), width), self._tokenizer.pad_token_id or 0)
                mask = self._torch.zeros((len(batch), width), dtype=self._torch.long)
                for row, index in enumerate(batch):
                    tokens[row, : len(encoded[index])] = self._torch.tensor(encoded[index])
                    mask[row, : len(encoded[index])] = 1
                logits = self._model(tokens.to(self._device), mask.to(self._device)).logits
                out[batch] = logits.float().cpu().numpy()
        return out
