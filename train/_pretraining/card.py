"""The model card: written by the run from its index and its log, never by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import PretrainedConfig, PreTrainedModel, PreTrainedTokenizerBase

from train._pretraining.encoding import is_character_tokenizer
from train._pretraining.history import RunRecord, all_looks
from train._pretraining.masking import Masking
from train._pretraining.passages import PassageSettings
from train._pretraining.shards import read_index

if TYPE_CHECKING:
    from train._pretraining.trainer import Trainer

EXAMPLES = (
    "落实全面从严治党主体责任不到[MASK]。",
    "修订完善财务管理[MASK]度，规范报销审批流程。",
    "对巡察反馈的问题立行立[MASK]，建立长效机制。",
    "违反中央八项规[MASK]精神问题时有发生。",
    "约谈有关责任人，给予党内警告处[MASK]。",
    "基层党组织“三会一[MASK]”制度执行不严格。",
)

_TEMPLATE = """---
language: zh
library_name: transformers
pipeline_tag: fill-mask
tags: [{kind}, chinese, official-language, masked-lm]
{base}---

# 公文语料中文小编码器

本卡由训练程序写成。{origin}{runs}，面向党政公文与巡视巡察整改通报；可用
`AutoModel`、`AutoModelForMaskedLM`、`AutoTokenizer` 直接载入，无需 `trust_remote_code`。

| 项目 | 值 |
|---|---|
| 参数量 | {parameters:,} |
| 结构 | {structure} |
| 字表 | {vocabulary} |
| 已见字数 | {tokens:,}（{steps:,} 步，平均每步 {per_step:,.0f}），其中 {long} 字的长行 {long_tokens:,} |
| 训练用时 | {hours:.2f} 小时（{device}） |
| 遮盖 | {rate:.0%}，整词与词组（合并概率 {join:.0%}），{masks} |
| 相邻段落（第二损失） | {passages} |
| 优化器 | 矩阵 Muon（{muon_lr}），其余 AdamW（{adamw_lr}）；升温—平稳—衰减{decayed} |
| 留出损失（{short} 字） | {held_out} |
| 留出损失（{long} 字） | {held_out_long} |
| 线性探针：类别准确率 | {probe}；{before}：{probe_random} |

留出损失为遮盖字的交叉熵（nat）；留出部分按篇的散列取自同一批来源，法律的历次修正彼此相近，故偏乐观。
探针是冻结特征（末层均值）上的逻辑回归，按通报分 5 折；标签由语言模型按指引两遍标注并裁决，非人工标注。
{verdict}

## 语料

一轮中每个来源读“遍数”遍；{whose}约为 {epochs:.2f} 轮。各次运行的配置、语料与版本见 `pretraining.json`。

| 来源 | 训练字数 | 遍数 | 许可证（如来源所述） |
|---|---|---|---|
{corpus}

## 曲线

| 已见字数（百万） | 留出损失 | 探针 |
|---|---|---|
{curve}

## 填空例

{examples}

## 用途与限制

- 供在公文类短文本上微调（分类、检索、抽取）；小而快，不是通用中文模型，也不生成文本。
- 语料偏重法律、政府报告与党政新闻：口语、网络语、其他领域较差；词义与事实知识有限。
- 语料中的立场与偏差会进入模型；不得据其输出对人作出决定。
- 字表之外的字成为 {unknown}；{further}。
"""


def write_card(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    trainer: Trainer,
    shards: Path,
    runs: Sequence[RunRecord],
) -> str:
    """The card's text. ``model`` is being exported, in fp32 on the CPU; ``runs`` ends with this run."""
    config, progress = trainer.config, trainer.progress
    log = all_looks(runs)
    tokens, steps = sum(r.tokens for r in runs), sum(r.steps for r in runs)
    fresh = config.model.start is None or len(runs) > 1
    before = "同一结构随机初始化" if fresh else "起点模型"
    return _TEMPLATE.format(
        parameters=model.num_parameters(),
        structure=_structure(model.config),
        **_origin(model, tokenizer, None if fresh else config.model.start),
        runs=f"，{len(runs)} 次运行相接" if len(runs) > 1 else "",
        tokens=tokens,
        steps=steps,
        per_step=tokens / max(1, steps),
        long_tokens=sum(r.long_tokens for r in runs),
        hours=sum(r.seconds for r in runs) / 3600,
        device="CPU" if trainer.device.type == "cpu" else "GPU",
        rate=config.masking.rate,
        join=config.masking.join,
        masks=_masks(config.masking, tokenizer.mask_token),
        unknown=tokenizer.unk_token,
        passages=_passages(config.passages, sum(r.passage_tokens for r in runs)),
        muon_lr=config.optimiser.muon_lr,
        adamw_lr=config.optimiser.adamw_lr,
        decayed="" if progress.tokens >= trainer.plan.end else "（中途导出，尚未衰减完）",
        short=config.schedule.short_length,
        long=config.schedule.long_length,
        held_out=_last(log, "held_out", "loss"),
        held_out_long=_last(log, "held_out_long", "loss"),
        probe=_last([r for r in log if r["tokens"]], "probe", "accuracy"),
        probe_random=_last([r for r in log if not r["tokens"]], "probe", "accuracy"),
        before=before,
        verdict=_verdict(log, before.removeprefix("同一结构")),
        epochs=progress.tokens / trainer.short.epoch_rows / config.schedule.short_length,
        whose="最后一次运行" if len(runs) > 1 else "整个训练",
        corpus="\n".join(_corpus(shards, trainer)),
        curve="\n".join(_curve(log)),
        examples="\n".join(fill_mask(model, tokenizer, EXAMPLES)),
    )


def _masks(masking: Masking, mask_token: str) -> str:
    return f"{masking.mask:.0%} {mask_token} / {masking.random:.0%} 随机字 / 其余不变"


def _structure(body: PretrainedConfig) -> str:
    """One line on the sizes; what a configuration does not name is left out."""
    parts = [f"{body.num_hidden_layers} 层 × {body.hidden_size}", f"{body.num_attention_heads} 头"]
    if inner := getattr(body, "intermediate_size", None):
        parts.append(f"{'门控前馈' if body.model_type == 'modernbert' else '前馈'} {inner}")
    if window := getattr(body, "local_attention", None):
        parts.append(f"局部注意力 {window}")
    if longest := getattr(body, "max_position_embeddings", None):
        parts.append(f"最长 {longest} 字")
    return "，".join(parts)


def _origin(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, start: str | None) -> dict[str, str]:
    """Where body and vocabulary come from."""
    own = is_character_tokenizer(tokenizer.backend_tokenizer)
    kind = type(model).__name__.removesuffix("ForMaskedLM").replace("Bert", "BERT")
    published = start is not None and not Path(start).is_dir()  # else it may be a path of one machine
    name = start if published else "一个本地模型文件夹"
    origin = f"自零开始预训练的{'字级 ' if own else ' '}{kind}"
    if start is not None:
        origin = f"由 {name} 继续预训练的 {kind}（起点的语料与许可证见其自身的说明）"
    return {
        "kind": model.config.model_type,
        "base": f"base_model: {start}\n" if published else "",
        "origin": origin,
        "vocabulary": f"{len(tokenizer)} 个字（NFKC、小写、去空白）"
        if own
        else f"{len(tokenizer)} 个（沿用）",
        "further": "空白与大小写不保留" if own else "空白与大小写依所沿用的分词器",
    }


def _last(log: list[dict[str, Any]], kind: str, name: str) -> str:
    values = [r for r in log if r["kind"] == kind]
    return f"{values[-1][name]:.3f}（{values[-1]['tokens'] / 1e6:.1f} 百万字时）" if values else "未测"


def _verdict(log: list[dict[str, Any]], before: str) -> str:
    """One sentence on what pretraining brought to the probe, if both ends were measured."""
    probes = [r for r in log if r["kind"] == "probe"]
    if len(probes) < 2 or probes[0]["tokens"]:
        return ""
    gain = 100 * (probes[-1]["accuracy"] - probes[0]["accuracy"])
    if gain <= 0:
        return f"**探针未见预训练的增益（{gain:+.1f} 个百分点）：取用前须与{before}对照。**"
    return f"与{before}相比，探针 {gain:+.1f} 个百分点。"


def _passages(settings: PassageSettings, tokens: int) -> str:
    if not tokens:
        return "未用"
    return f"{tokens:,} 字，每批 {settings.pairs} 对，温度 {settings.temperature:g}，权重 {settings.weight:g}"


def _corpus(shards: Path, trainer: Trainer) -> Iterable[str]:
    index = read_index(shards)
    weights = {source.name: source.weight for source in trainer.short.sources}  # a source may be many files
    for name, weight in weights.items():
        entry = index[name]
        yield f"| {name} | {entry['train_tokens']:,} | {weight:g} | {entry['licence']} |"


def _curve(log: list[dict[str, Any]]) -> Iterable[str]:
    losses = {r["tokens"]: r["loss"] for r in log if r["kind"] == "held_out"}
    probes = {r["tokens"]: r["accuracy"] for r in log if r["kind"] == "probe"}
    for tokens in sorted(losses.keys() | probes.keys()):
        loss = f"{losses[tokens]:.3f}" if tokens in losses else ""
        accuracy = f"{probes[tokens]:.3f}" if tokens in probes else ""
        yield f"| {tokens / 1e6:.2f} | {loss} | {accuracy} |"


@torch.no_grad()
def fill_mask(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, texts: Iterable[str]
) -> Iterable[str]:
    """One line a text: its three likeliest characters with probabilities."""
    for text in texts:
        text = text.replace("[MASK]", tokenizer.mask_token)
        ids = tokenizer(text, return_tensors="pt")["input_ids"]
        at = (ids[0] == tokenizer.mask_token_id).nonzero()[0, 0]
        chances = torch.softmax(model(input_ids=ids).logits[0, at].float(), dim=-1).topk(3)
        best = zip(chances.indices.tolist(), chances.values.tolist(), strict=True)
        guesses = "、".join(f"{tokenizer.convert_ids_to_tokens(i)}（{p:.2f}）" for i, p in best)
        yield f"- {text} → {guesses}"
