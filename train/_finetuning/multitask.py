"""Multi-task training: further tasks in the same body, each with a head that is thrown away afterwards.

After each step of the main task the body sees a batch of one further task, by turns. Which batch that is
depends on the step alone, and the heads are part of the model while it trains, so a run resumes exactly.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from train._finetuning.batching import Draw, Hiding, TokenBudgetSampler
from train._finetuning.examples import load_outcomes
from train._finetuning.rows import load_task
from train._finetuning.settings import MASKED_LM, ROLES, FinetuneConfig
from zhenggai.classification.inputs import clause_pair
from zhenggai.classification.statuses.facts import ROLES as ROLE_NAMES
from zhenggai.errors import ConfigError

HIDDEN_SHARE = 0.2
"""Share of the tokens hidden for masked-LM, as in configs/pretrain."""
PREFIX = "beside."
"""Of the names of the heads' parameters."""


@dataclass(frozen=True)
class SideRows:
    """Token ids of a further task and its targets, shape (n, classes); None: the tokens are the target."""

    name: str
    ids: list[list[int]]
    targets: NDArray[np.float32] | None


class SideTasks(nn.Module):
    """The heads of the further tasks and the loss of the batch whose turn it is."""

    def __init__(
        self, tasks: Sequence[SideRows], model: PreTrainedModel, hiding: Hiding, seed: int, budget: int
    ) -> None:
        """A linear head on the mean of the tokens for each task with classes; masked-LM: the embeddings."""
        super().__init__()
        width = int(model.config.hidden_size)
        self._tasks, self._hiding, self._pad = tuple(tasks), hiding, int(model.config.pad_token_id or 0)
        self._batches = [TokenBudgetSampler([len(i) for i in t.ids], budget, seed) for t in tasks]
        self._epoch = lru_cache(maxsize=len(tasks))(self._batches_of)
        self.heads = nn.ModuleDict(
            {t.name: nn.LayerNorm(width) for t in tasks if t.targets is None}
            | {t.name: nn.Linear(width, t.targets.shape[1]) for t in tasks if t.targets is not None}
        )

    def _batches_of(self, task: int, epoch: int) -> list[list[int]]:
        self._batches[task].set_epoch(epoch)
        return list(self._batches[task])

    def loss(self, model: PreTrainedModel, step: int) -> Tensor:
        """The mean loss (scalar) of the batch of this step."""
        turn, number = step % len(self._tasks), step // len(self._tasks)
        epoch, place = divmod(number, len(self._batches[turn]))
        return self._batch_loss(model, self._tasks[turn], self._epoch(turn, epoch)[place], epoch)

    def _batch_loss(self, model: PreTrainedModel, task: SideRows, rows: list[int], epoch: int) -> Tensor:
        given = [task.ids[row] for row in rows]
        head, device = self.heads[task.name], model.device
        if task.targets is not None:
            tokens, mask = self._padded(given, device)
            states = _states(model, tokens, mask)
            mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            targets = torch.from_numpy(task.targets[rows]).to(device)
            return cross_entropy(head(mean).float(), targets)
        hidden = [self._hiding(ids, Draw(row, epoch)) for ids, row in zip(given, rows, strict=True)]
        tokens, mask = self._padded(hidden, device)
        wanted, _ = self._padded(given, device)
        places = tokens != wanted
        states = head(_states(model, tokens, mask)[places])
        return cross_entropy((states @ model.get_input_embeddings().weight.T).float(), wanted[places])

    def _padded(self, ids: Sequence[Sequence[int]], device: torch.device) -> tuple[Tensor, Tensor]:
        rows = [torch.as_tensor(row) for row in ids]
        tokens = nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=self._pad)
        mask = nn.utils.rnn.pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
        return tokens.to(device), mask.to(device)


def _states(model: PreTrainedModel, tokens: Tensor, mask: Tensor) -> Tensor:
    """States of the last layer, shape (n, length, width)."""
    states: Tensor = model.base_model(input_ids=tokens, attention_mask=mask).last_hidden_state
    return states


def add_side_tasks(
    model: PreTrainedModel, config: FinetuneConfig, tokenizer: PreTrainedTokenizerBase
) -> SideTasks | None:
    """Give `model` the heads of `config.beside`; None where there are none.

    Raises:
        ConfigError: masked-LM is asked for and the tokenizer has no [MASK].
    """
    if not config.beside:
        return None
    if MASKED_LM in config.beside and tokenizer.mask_token_id is None:
        raise ConfigError(
            "beside 含 masked_lm 时，分词器应有 [MASK]，未找到。请去掉 masked_lm 或换用别的模型。"
        )
    tasks = [_side_rows(name, config, tokenizer) for name in config.beside]
    hiding = Hiding(HIDDEN_SHARE, tokenizer.mask_token_id or 0, tokenizer.all_special_ids, config.seed)
    model.beside = SideTasks(tasks, model, hiding, config.seed, config.batch_tokens)
    return model.beside


def _side_rows(name: str, config: FinetuneConfig, tokenizer: PreTrainedTokenizerBase) -> SideRows:
    """Training rows of a further task: held-out folds are left out as for the main task."""
    pairs, targets = _clause_rows(config) if name == ROLES else _task_rows(name, config)
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    encoded = tokenizer(first, second, truncation="longest_first", max_length=config.max_length)
    return SideRows(name, encoded["input_ids"], targets)


def _task_rows(name: str, config: FinetuneConfig) -> tuple[list[tuple[str, str]], NDArray[np.float32] | None]:
    """Rows of a task of `load_task`; masked-LM reads the texts of both."""
    names = ("category", "status") if name == MASKED_LM else (name,)
    found = [load_task(dataclasses.replace(config, task=n, beside=(), transfer=None)).train for n in names]
    targets = None if name == MASKED_LM else found[0].targets
    return [pair for rows in found for pair in rows.pairs], targets


def _clause_rows(config: FinetuneConfig) -> tuple[list[tuple[str, str]], NDArray[np.float32]]:
    """Labelled clauses beside their problems, and their roles, shape (n, 5)."""
    outcomes = [o for o in load_outcomes(config.data) if o.fold not in config.held_out]
    if not config.written_share:
        outcomes = [o for o in outcomes if o.fold is not None]
    rows = [(o.query.problem, text, role) for o in outcomes for text, role in o.clauses]
    targets = np.zeros((len(rows), len(ROLE_NAMES)), dtype=np.float32)
    targets[range(len(rows)), [ROLE_NAMES.index(role) for _, _, role in rows]] = 1
    return [clause_pair(problem, text) for problem, text, _ in rows], targets
