"""What a GPU run does differently, as far as a CPU can show it."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
from vocabularies import own_vocabulary

from train._pretraining.batched_muon import BatchedMuon
from train._pretraining.data import WORD_START, Rows
from train._pretraining.fast_model import Batch, FastMaskedLM
from train._pretraining.feeding import Feed, Place
from train._pretraining.masking import Masking
from train._pretraining.model import build_model, named_weights
from train._pretraining.processes import Group
from train._pretraining.settings import ModelSettings
from train._pretraining.shards import Source
from train._pretraining.speed import vendor_peak
from train._pretraining.vocabulary import CLS_ID


def feed(ahead: bool, group: Group | None = None) -> Feed:
    tokens = np.random.default_rng(0).integers(16, 200, 3000).astype(np.uint16) | WORD_START
    source = [Source("a", tokens, 1.0)]
    rows = {length: Rows(source, length, 0, CLS_ID) for length in (16, 32)}
    return Feed(rows, Masking(), own_vocabulary(200), 0, 256, 64, group or Group(), ahead)


def equal(one: list[Batch], other: list[Batch]) -> bool:
    return all(
        torch.equal(getattr(a, name), getattr(b, name))
        for a, b in zip(one, other, strict=True)
        for name in vars(a)
    )


def test_batches_made_ahead_are_those_made_in_place() -> None:
    """Also where the run goes elsewhere than was thought (a plan that changes, a checkpoint)."""
    ahead, direct = feed(True), feed(False)
    places = [Place(0, 16, 0), Place(1, 16, 16), Place(2, 32, 0), Place(9, 16, 480), Place(10, 16, 496)]
    for place in places:
        following = Place(place.step + 1, place.length, place.first_row + 256 // place.length)
        assert equal(ahead.batches(place, following), direct.make(place))


def test_processes_share_one_global_batch() -> None:
    place = Place(3, 16, 48)
    parts = [batch for rank in range(2) for batch in feed(False, Group(rank, 2)).make(place)]
    assert equal(parts, feed(False).make(place))


@pytest.mark.parametrize("shapes", [[(24, 8), (24, 8), (8, 8), (8, 24)]])
def test_muon_by_shapes_is_muon(shapes: list[tuple[int, int]]) -> None:
    generator = torch.Generator().manual_seed(0)
    start = [torch.randn(shape, generator=generator) for shape in shapes]
    sets = [[torch.nn.Parameter(w.clone()) for w in start] for _ in range(2)]
    settings = {"lr": 0.02, "momentum": 0.95, "weight_decay": 0.1}
    plain, batched = torch.optim.Muon(sets[0], **settings), BatchedMuon(sets[1], torch.bfloat16, **settings)
    for _ in range(5):
        gradients = [torch.randn(shape, generator=generator) for shape in shapes]
        for params in sets:
            for p, g in zip(params, gradients, strict=True):
                p.grad = g.clone()
        plain.step()
        batched.step()
    for a, b, first in zip(*sets, start, strict=True):
        moved = (a - first).norm()
        assert (a - b).norm() < 0.01 * moved  # bf16 products in another order
        assert torch.allclose(plain.state[a]["momentum_buffer"], batched.state[b]["momentum_buffer"])


@pytest.mark.slow
@pytest.mark.parametrize("length", [128, 256])
def test_the_compiled_step_is_one_graph_with_the_gradients_of_the_dense_way(
    length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forward and backward with flex_attention, traced as for a GPU; only the kernels are not made."""
    import torch.nn.attention.flex_attention as flex

    monkeypatch.setattr(flex, "_validate_device", lambda *_: None)  # "no backward on CPU"
    size = ModelSettings(
        hidden_size=64, intermediate_size=48, layers=4, heads=2, max_length=256, local_attention=64
    )
    model = build_model(size, own_vocabulary(100), 0)
    weights = named_weights(model)
    generator = torch.Generator().manual_seed(1)
    ids = torch.randint(16, 100, (2, length), generator=generator)
    documents = (torch.arange(length) >= 11).int().expand(2, -1).contiguous()
    batch = Batch(ids, documents, torch.arange(0, 2 * length, 4), ids.view(-1)[::4])
    fused = FastMaskedLM(model.config, torch.float32, flex=True)
    compiled = torch.compile(fused.loss, dynamic=False, fullgraph=True, backend="aot_eager")
    found = []
    for loss in (compiled, FastMaskedLM(model.config, torch.float32).loss):
        model.zero_grad()
        value = loss(weights, batch)
        value.backward()
        found.append((value.detach(), {name: p.grad for name, p in weights.items()}))
    torch.testing.assert_close(found[0], found[1], rtol=1e-3, atol=1e-6)


def test_peaks_of_known_gpus() -> None:
    assert vendor_peak("NVIDIA H200") == vendor_peak("NVIDIA H100 80GB HBM3") == 989e12
    assert vendor_peak("NVIDIA H100 PCIe") == 756e12
    assert vendor_peak("NVIDIA A100-SXM4-80GB") == 312e12
    assert vendor_peak("Radeon") is None
