"""A ModernBERT from settings, or one from a folder."""

from __future__ import annotations

import torch
from torch import nn
from transformers import ModernBertConfig, ModernBertForMaskedLM

from train._pretraining.settings import ModelSettings
from train._pretraining.vocabulary import CLS_ID, PAD_ID, SEP_ID


def round_up(size: int, multiple: int = 64) -> int:
    """The vocabulary's rows, rounded up so that the output product has a fast shape."""
    return -(-size // multiple) * multiple


def build_model(settings: ModelSettings, vocab_size: int, seed: int) -> ModernBertForMaskedLM:
    """fp32 model with fresh weights from ``seed``, or the one ``settings.start`` names."""
    if settings.start is not None:
        return ModernBertForMaskedLM.from_pretrained(
            settings.start, dtype=torch.float32, use_safetensors=True
        )
    config = ModernBertConfig(
        vocab_size=round_up(vocab_size),
        hidden_size=settings.hidden_size,
        intermediate_size=settings.intermediate_size,
        num_hidden_layers=settings.layers,
        num_attention_heads=settings.heads,
        max_position_embeddings=settings.max_length,
        local_attention=settings.local_attention,
        global_attn_every_n_layers=settings.global_every,
        hidden_activation=settings.activation,
        classifier_pooling="mean",
        pad_token_id=PAD_ID,
        bos_token_id=CLS_ID,
        cls_token_id=CLS_ID,
        eos_token_id=SEP_ID,
        sep_token_id=SEP_ID,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return ModernBertForMaskedLM(config)


def named_weights(model: nn.Module) -> dict[str, nn.Parameter]:
    """Parameters by name; the tied decoder weight appears once, as the embedding."""
    return dict(model.named_parameters())
