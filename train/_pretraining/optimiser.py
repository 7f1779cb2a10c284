"""Muon for the matrices of the layers, AdamW for embeddings, norms and the output bias."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from train._pretraining.batched_muon import BatchedMuon
from train._pretraining.processes import Group
from train._pretraining.settings import OptimiserSettings


class Optimisers:
    """Both optimisers as one; state in and out as named tensors (no pickle).

    With several processes each updates its share of the matrices and hands the result round: the
    orthogonalisation costs as much as hundreds of tokens and need not be done twice. ``tables`` names the
    parameters of two dimensions that are no matrices to multiply by (`model.table_names`); ``dtype`` is that
    of the products of the orthogonalisation.
    """

    def __init__(
        self,
        parameters: Mapping[str, torch.nn.Parameter],
        tables: frozenset[str],
        settings: OptimiserSettings,
        group: Group,
        dtype: torch.dtype,
    ) -> None:
        self.settings, self.group = settings, group
        self.names = {id(p): name for name, p in parameters.items()}
        self.parameters = list(parameters.values())
        self.matrices = [p for name, p in parameters.items() if p.ndim == 2 and name not in tables]
        self.mine = self.matrices[group.rank :: group.size]
        chosen = {id(p) for p in self.matrices}
        embeddings = [p for p in self.parameters if p.ndim == 2 and id(p) not in chosen]
        others = [p for p in self.parameters if p.ndim != 2]
        self.muon = self._make_muon(dtype)
        self.adamw = torch.optim.AdamW(
            [
                {"params": embeddings, "weight_decay": settings.adamw_weight_decay},
                {"params": others, "weight_decay": 0.0},
            ],
            lr=settings.adamw_lr,
            betas=(settings.adamw_betas[0], settings.adamw_betas[1]),
            fused=True,
        )

    def _make_muon(self, dtype: torch.dtype) -> torch.optim.Muon:
        """PyTorch's own, which orthogonalises in bf16, where that is no slower than ours."""
        on_gpu = bool(self.matrices) and self.matrices[0].device.type == "cuda"
        settings = {
            "lr": self.settings.muon_lr,
            "momentum": self.settings.muon_momentum,
            "weight_decay": self.settings.muon_weight_decay,
        }
        if on_gpu or dtype != torch.bfloat16:
            return BatchedMuon(self.mine, dtype, **settings)
        return torch.optim.Muon(self.mine, **settings)

    def step(self, rate: float) -> Tensor:
        """Average gradients, clip, update with learning rates times ``rate``, clear; the gradient's norm."""
        for p in self.parameters:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
            p.grad /= self.group.size
        self.group.sum_in_place([p.grad for p in self.parameters if p.grad is not None])
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, self.settings.clip)
        for optimiser, base in ((self.muon, self.settings.muon_lr), (self.adamw, self.settings.adamw_lr)):
            for group in optimiser.param_groups:
                group["lr"] = base * rate
            optimiser.step()
        self._share([p.data for p in self.matrices])
        for p in self.parameters:
            p.grad = None
        return norm  # a number would make the CPU wait for a GPU in every step

    def _share(self, tensors: list[Tensor]) -> None:
        """Each matrix-sized tensor from the process that owns it to all."""
        if self.group.size == 1:
            return
        for i, tensor in enumerate(tensors):
            if i % self.group.size != self.group.rank:
                tensor.zero_()
        self.group.sum_in_place(tensors)

    def state(self) -> dict[str, Tensor]:
        """``{"<state>/<parameter>": tensor}``; all processes must call it together."""
        out: dict[str, Tensor] = {}
        for parameter, values in self.adamw.state.items():
            for key, value in values.items():
                out[f"{key}/{self.names[id(parameter)]}"] = value.detach().cpu().contiguous()
        buffers = [
            self.muon.state[p]["momentum_buffer"].clone() if p in self.muon.state else torch.zeros_like(p)
            for p in self.matrices
        ]
        self._share(buffers)
        for p, buffer in zip(self.matrices, buffers, strict=True):
            out[f"momentum_buffer/{self.names[id(p)]}"] = buffer.detach().cpu().contiguous()
        return out

    def load(self, state: Mapping[str, Tensor]) -> None:
        """Put back what ``state`` gave, for any number of processes."""
        by_name = {self.names[id(p)]: p for p in self.parameters}
        mine, matrices = {id(p) for p in self.mine}, {id(p) for p in self.matrices}
        for key, value in state.items():
            kind, name = key.split("/", 1)
            parameter = by_name[name]
            if id(parameter) not in matrices:
                self.adamw.state[parameter][kind] = value.to(parameter.device).clone()
            elif id(parameter) in mine:
                self.muon.state[parameter][kind] = value.to(parameter.device).clone()
