"""A checkpoint and texts → how each product of its layers is done in integers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from scripts._export.integers import Inputs, Integers, round_product


@torch.inference_mode()
def inputs_of(model: PreTrainedModel, texts: Iterable[Tensor]) -> dict[str, Inputs]:
    """Of every product of the layers, by its module's name, over batches of token ids, shape (n, length)."""
    found: dict[str, Inputs] = {}
    hooks = [
        module.register_forward_pre_hook(partial(_note, found, name))
        for name, module in _products(model).items()
    ]
    for ids in texts:
        model(ids, torch.ones_like(ids))
    for hook in hooks:
        hook.remove()
    return found


def _note(found: dict[str, Inputs], name: str, _: nn.Module, inputs: tuple[Tensor, ...]) -> None:
    seen = inputs[0].flatten(0, -2)
    low, high, exact = seen.amin(0).numpy(), seen.amax(0).numpy(), seen.double()
    new = Inputs(low, high, (exact.T @ exact).numpy())
    found[name] = found[name].joined(new) if name in found else new


def _products(model: PreTrainedModel) -> dict[str, nn.Linear]:
    return {
        name: module
        for name, module in model.named_modules()
        if isinstance(module, nn.Linear) and ".layers." in name
    }


def round_model(model: PreTrainedModel, seen: Mapping[str, Inputs]) -> dict[str, Integers]:
    """All products of the layers in integers.

    The inputs of the attention's and the gated layer's second products are divided by their scales where the
    first ones compute them: in the values, and in the gate.
    """
    out = {n: round_product(m.weight.detach().numpy(), seen[n]) for n, m in _products(model).items()}
    for name in list(out):
        for first, second, parts in (("attn.Wqkv", "attn.Wo", 3), ("mlp.Wi", "mlp.Wo", 2)):
            if name.endswith(first):
                after = out[name.removesuffix(first) + second].smoothing
                scales = out[name].scales.copy()
                scales[-(len(scales) // parts) :] /= after
                out[name] = replace(out[name], scales=scales)
    return out


def refined(integers: Mapping[str, Integers], fine: Collection[str]) -> dict[str, Integers]:
    """Those named in `fine` with 16 bits of input."""
    return {name: replace(each, fine=name in fine) for name, each in integers.items()}


def by_gain(names: Iterable[str], error: Callable[[Collection[str]], float]) -> list[str]:
    """Products in the order in which 16 bits of input are worth their price: the worst of 8 bits first.

    Args:
        names: of the products.
        error: of the scores when the given products have 16 bits.
    """
    return sorted(names, key=lambda name: error((name,)))
