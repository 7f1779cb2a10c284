"""A body from settings, or one from a folder or a hub."""

from __future__ import annotations

import torch
from torch import nn
from transformers import (
    AutoModelForMaskedLM,
    AutoTokenizer,
    BertConfig,
    BertForMaskedLM,
    ModernBertConfig,
    ModernBertForMaskedLM,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from train._pretraining.config import ConfigError, first_line
from train._pretraining.settings import ModelSettings
from train._pretraining.special_tokens import Vocabulary


def round_up(size: int, multiple: int = 64) -> int:
    """The vocabulary's rows, rounded up so that the output product has a fast shape."""
    return -(-size // multiple) * multiple


def build_model(settings: ModelSettings, vocabulary: Vocabulary, seed: int) -> PreTrainedModel:
    """fp32 masked-LM with fresh weights from ``seed``, or the one ``settings.start`` names.

    Raises
    ------
    ConfigError : ``start`` cannot be loaded, or has fewer embeddings than the shards have tokens.
    """
    if settings.start is not None:
        return load_model(settings.start, vocabulary)
    build = _modernbert if settings.body == "modernbert" else _bert
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return build(settings, vocabulary)


def _modernbert(settings: ModelSettings, vocabulary: Vocabulary) -> PreTrainedModel:
    config = ModernBertConfig(
        **_sizes(settings, vocabulary),
        local_attention=settings.local_attention,
        global_attn_every_n_layers=settings.global_every,
        hidden_activation=settings.activation,
        classifier_pooling="mean",
        bos_token_id=vocabulary.cls,
        cls_token_id=vocabulary.cls,
        eos_token_id=vocabulary.sep,
        sep_token_id=vocabulary.sep,
    )
    return ModernBertForMaskedLM(config)


def _bert(settings: ModelSettings, vocabulary: Vocabulary) -> PreTrainedModel:
    return BertForMaskedLM(BertConfig(**_sizes(settings, vocabulary), hidden_act=settings.activation))


def _sizes(settings: ModelSettings, vocabulary: Vocabulary) -> dict[str, int]:
    """What all bodies name alike."""
    return {
        "vocab_size": round_up(vocabulary.size),
        "hidden_size": settings.hidden_size,
        "intermediate_size": settings.intermediate_size,
        "num_hidden_layers": settings.layers,
        "num_attention_heads": settings.heads,
        "max_position_embeddings": settings.max_length,
        "pad_token_id": vocabulary.pad,
    }


def load_model(start: str, vocabulary: Vocabulary) -> PreTrainedModel:
    """Any masked-LM of ``transformers``, in fp32; safetensors only."""
    try:
        model = AutoModelForMaskedLM.from_pretrained(start, dtype=torch.float32, use_safetensors=True)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"model.start：{start} 既不是含 safetensors 权重的掩码语言模型文件夹，也不能从模型库取得"
            f"（{first_line(error)}）。请检查路径或名称。"
        ) from error
    rows = model.get_input_embeddings().num_embeddings
    if rows < vocabulary.size:
        raise ConfigError(
            f"model.start：{start} 只有 {rows} 个字的嵌入，分片的字表有 {vocabulary.size} 个。"
            f"请用 prepare_corpus.py --tokenizer {start} 重做分片。"
        )
    return model


def check_tokenizer(settings: ModelSettings, tokenizer: PreTrainedTokenizerBase) -> None:
    """That the shards were written with the tokenizer of ``settings.start``, where it has one.

    Raises
    ------
    ConfigError : they were not; the weights would be those of other tokens.
    """
    if settings.start is None:
        return
    try:
        own = AutoTokenizer.from_pretrained(settings.start)
    except (OSError, ValueError):
        return  # a folder of weights alone; the number of embeddings is checked
    if own.get_vocab() != tokenizer.get_vocab():
        raise ConfigError(
            f"分片的字表（{len(tokenizer)} 个）与 model.start 的（{len(own)} 个）不同。"
            f"请用 prepare_corpus.py --tokenizer {settings.start} 重做分片。"
        )


def named_weights(model: nn.Module) -> dict[str, nn.Parameter]:
    """Parameters by name; the tied decoder weight appears once, as the embedding."""
    return dict(model.named_parameters())


def table_names(model: PreTrainedModel) -> frozenset[str]:
    """Names of parameters that are looked up or give logits, a row a token or a place: not for Muon."""
    tables = [m.weight for m in model.modules() if isinstance(m, nn.Embedding)]
    output = model.get_output_embeddings()
    if output is not None:
        tables.append(output.weight)
    chosen = {id(t) for t in tables}
    return frozenset(name for name, p in model.named_parameters() if id(p) in chosen)
