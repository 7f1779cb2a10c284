"""The lean forward gives what transformers gives."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
from transformers import ModernBertForMaskedLM
from vocabularies import own_vocabulary

from train._pretraining.fast_model import Batch, FastMaskedLM, flops_per_token
from train._pretraining.model import build_model, named_weights
from train._pretraining.settings import ModelSettings

SETTINGS = ModelSettings(
    hidden_size=32, intermediate_size=48, layers=4, heads=2, max_length=256, local_attention=32
)
VOCABULARY = 100


@pytest.fixture(scope="module")
def model() -> ModernBertForMaskedLM:
    """Weights far from their start, so that every one of them shows in the logits."""
    model = build_model(SETTINGS, own_vocabulary(VOCABULARY), seed=0).eval()
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for p in model.parameters():
            noise = torch.randn(p.shape, generator=generator)
            p.copy_(1 + 0.2 * noise if p.ndim == 1 else 0.2 * noise)
    return model


def tokens(rows: int, length: int) -> torch.Tensor:
    return torch.randint(16, VOCABULARY, (rows, length), generator=torch.Generator().manual_seed(length))


def everywhere(ids: torch.Tensor, documents: torch.Tensor) -> Batch:
    return Batch(ids, documents, torch.arange(ids.numel()), ids.reshape(-1))


def some_places(rows: int, length: int, count: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(5)
    return torch.cat(
        [torch.randperm(length, generator=generator)[:count].sort().values + i * length for i in range(rows)]
    )


@pytest.mark.parametrize("length", [8, 32, 64, 256], ids=lambda n: f"{n}字")
def test_logits_equal_transformers(model: ModernBertForMaskedLM, length: int) -> None:
    """Below the window, below the blocks, and by blocks."""
    ids = tokens(2, length)
    batch = everywhere(ids, torch.ones_like(ids))
    with torch.no_grad():
        ours = FastMaskedLM(model.config, torch.float32).logits(named_weights(model), batch)
        theirs = model(input_ids=ids).logits.view(ids.numel(), -1)
    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("length", [32, 128])
def test_gradients_equal_transformers(model: ModernBertForMaskedLM, length: int) -> None:
    ids = tokens(2, length)
    places = some_places(2, length, 7)
    labels = torch.full((ids.numel(),), -100)
    labels[places] = ids.view(-1)[places]
    weights = named_weights(model)
    model.zero_grad()
    model(input_ids=ids, labels=labels.view_as(ids)).loss.backward()
    theirs = {name: p.grad.clone() for name, p in weights.items() if p.grad is not None}
    model.zero_grad()
    batch = Batch(ids, torch.ones_like(ids), places, labels[places])
    FastMaskedLM(model.config, torch.float32).loss(weights, batch).backward()
    assert set(theirs) == {name for name, p in weights.items() if p.grad is not None}
    for name, p in weights.items():
        torch.testing.assert_close(p.grad, theirs[name], rtol=1e-3, atol=1e-6, msg=name)


@pytest.mark.parametrize("length", [32, 128])
def test_no_attention_across_documents(model: ModernBertForMaskedLM, length: int) -> None:
    """A document's features do not change with its neighbour in the row."""
    ids = tokens(2, length)
    ids[1, : length // 2] = ids[0, : length // 2]
    documents = torch.ones_like(ids)
    documents[:, length // 2 :] = 2
    fast = FastMaskedLM(model.config, torch.float32)
    with torch.no_grad():
        first, second = fast.features(named_weights(model), ids, documents)[:, : length // 2]
        joined = fast.features(named_weights(model), ids, torch.ones_like(ids))[:, : length // 2]
    torch.testing.assert_close(first, second)
    assert (joined[0] - joined[1]).abs().max() > 1e-3


@pytest.mark.parametrize("length", [32, 128])
def test_last_layer_at_wanted_places_alone(model: ModernBertForMaskedLM, length: int) -> None:
    ids = tokens(3, length)
    documents = (torch.arange(length) >= 11).int().expand(3, -1)
    places = some_places(3, length, 5)
    fast, weights = FastMaskedLM(model.config, torch.float32), named_weights(model)
    with torch.no_grad():
        everything = fast.encode(weights, ids, documents)
        wanted = fast.encode(weights, ids, documents, places)
    torch.testing.assert_close(wanted, everything[places])


@pytest.mark.parametrize("length", [32, 128])
def test_flex_attention_gives_the_same(model: ModernBertForMaskedLM, length: int) -> None:
    """The GPU's way, run eagerly on the CPU."""
    ids = tokens(2, length)
    documents = (torch.arange(length) >= 11).int().expand(2, -1).contiguous()
    batch = Batch(ids, documents, some_places(2, length, 5), ids.view(-1)[some_places(2, length, 5)])
    weights = named_weights(model)
    with torch.no_grad():
        dense = FastMaskedLM(model.config, torch.float32).logits(weights, batch)
        flex = FastMaskedLM(model.config, torch.float32, flex=True).logits(weights, batch)
    torch.testing.assert_close(flex, dense, rtol=1e-4, atol=1e-4)


def test_bf16_stays_close(model: ModernBertForMaskedLM) -> None:
    ids = tokens(2, 64)
    batch = everywhere(ids, torch.ones_like(ids))
    with torch.no_grad():
        fine = FastMaskedLM(model.config, torch.float32).loss(named_weights(model), batch)
        coarse = FastMaskedLM(model.config).loss(named_weights(model), batch)
    assert abs(float(fine) - float(coarse)) < 0.02 * float(fine)


def test_dropout_is_refused(model: ModernBertForMaskedLM) -> None:
    config = type(model.config)(**{**model.config.to_dict(), "mlp_dropout": 0.1})
    with pytest.raises(ValueError, match="不支持 dropout"):
        FastMaskedLM(config)


def test_flops_are_those_of_the_products(model: ModernBertForMaskedLM) -> None:
    """One layer by hand: 6 · (keys and values + share · (query, output, MLP, scores) + head)."""
    settings = ModelSettings(
        hidden_size=32, intermediate_size=48, layers=1, heads=2, max_length=64, local_attention=32
    )
    config = build_model(settings, own_vocabulary(VOCABULARY), seed=0).config
    by_hand = 2 * 32 * 32 + 0.5 * (2 * 32 * 32 + 3 * 32 * 48 + 2 * 32 * 64) + 0.5 * (32 * 32 + 128 * 32)
    assert flops_per_token(config, 64, 0.5) == pytest.approx(6 * by_hand)
