"""Muon for the matrices of the layers, AdamW for embeddings, norms and the output bias."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from train._pretraining.settings import OptimiserSettings


class Optimisers:
    """Both optimisers as one; state in and out as named tensors (no pickle)."""

    def __init__(self, parameters: Mapping[str, torch.nn.Parameter], settings: OptimiserSettings) -> None:
        self.settings = settings
        self.names = {id(p): name for name, p in parameters.items()}
        self.parameters = list(parameters.values())
        matrices = [p for name, p in parameters.items() if p.ndim == 2 and "embeddings" not in name]
        chosen = {id(p) for p in matrices}
        embeddings = [p for p in self.parameters if p.ndim == 2 and id(p) not in chosen]
        others = [p for p in self.parameters if p.ndim != 2]
        self.muon = torch.optim.Muon(
            matrices,
            lr=settings.muon_lr,
            momentum=settings.muon_momentum,
            weight_decay=settings.muon_weight_decay,
        )
        self.adamw = torch.optim.AdamW(
            [
                {"params": embeddings, "weight_decay": settings.adamw_weight_decay},
                {"params": others, "weight_decay": 0.0},
            ],
            lr=settings.adamw_lr,
            betas=(settings.adamw_betas[0], settings.adamw_betas[1]),
            fused=True,
        )

    def step(self, rate: float) -> float:
        """Clip, update with learning rates times ``rate``, clear; returns the gradient's norm."""
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, self.settings.clip)
        for optimiser, base in ((self.muon, self.settings.muon_lr), (self.adamw, self.settings.adamw_lr)):
            for group in optimiser.param_groups:
                group["lr"] = base * rate
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        return float(norm)

    def state(self) -> dict[str, Tensor]:
        """``{"<state>/<parameter>": tensor}``."""
        out: dict[str, Tensor] = {}
        for optimiser in (self.muon, self.adamw):
            for parameter, values in optimiser.state.items():
                for key, value in values.items():
                    out[f"{key}/{self.names[id(parameter)]}"] = value.detach().cpu().contiguous()
        return out

    def load(self, state: Mapping[str, Tensor]) -> None:
        """Put back what ``state`` gave."""
        by_name = {self.names[id(p)]: p for p in self.parameters}
        members = {id(p): o for o in (self.muon, self.adamw) for g in o.param_groups for p in g["params"]}
        for key, value in state.items():
            kind, name = key.split("/", 1)
            parameter = by_name[name]
            where = "cpu" if kind == "step" and parameter.device.type == "cpu" else parameter.device
            members[id(parameter)].state[parameter][kind] = value.to(where).clone()
