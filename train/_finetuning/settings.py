"""What a fine-tuning run depends on: every setting with its unit, read from YAML."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhenggai.errors import ConfigError

LOSSES = ("plain", "balanced", "focal", "logit_adjusted")
TASKS = ("category", "status")
METRICS = ("accuracy", "macro_f1", "weighted_f1", "log_loss")
ROLES, MASKED_LM = "roles", "masked_lm"
SIDE_TASKS = (*TASKS, ROLES, MASKED_LM)


@dataclass(frozen=True)
class FinetuneConfig:
    """A run of `train/finetune.py`."""

    task: str
    """category | status."""
    base_model: str
    """A local folder or a hub name; a hub name is the only thing that needs the network."""
    output: Path
    """Folder for the checkpoint and its reports."""
    data: Path = Path("data")
    corrections: tuple[Path, ...] = ()
    """Folders of `zhenggai review import`: further training rows."""
    held_out: tuple[int, ...] = (3, 4)
    """Folds that are not trained on; the first of them is for validation, the last for the test."""
    epochs: float = 4.0
    learning_rate: float = 3e-4
    """Of the head and the topmost layer, per step."""
    layer_decay: float = 0.9
    """The learning rate shrinks by this factor per layer downwards; 1 switches it off."""
    warmup: float = 0.1
    """Share of the steps."""
    weight_decay: float = 0.01
    dropout: float = 0.1
    """In the head."""
    batch_tokens: int = 2048
    """Tokens in a step, padding included; over all processes, so that their number changes nothing."""
    max_length: int = 128
    """Tokens of a text; the rest is cut from its second part."""
    loss: str = "balanced"
    """plain | balanced | focal | logit_adjusted."""
    balance: float = 0.5
    """balanced: classes weigh frequency ** -balance; logit_adjusted: strength of the adjustment."""
    focal_gamma: float = 2.0
    label_smoothing: float = 0.05
    mask_share: float = 0.0
    """Share of the tokens of a training text that are hidden behind [MASK], others each time."""
    also_share: float = 0.15
    """Share of the target that each `also` category gets."""
    written_weight: float = 1.0
    """Weight of a written example beside 1 for a real one."""
    written_share: float = 1.0
    """Share of the written examples that train; 0: none (learning curves)."""
    notice_share: float = 1.0
    """Share of the training notices that train (learning curves)."""
    label_texts: bool = False
    """Train on the taxonomy's descriptions and examples as well: one text a label."""
    transfer: Path | None = None
    """Further texts with a teacher's probabilities as targets, JSON lines written by `train/distill.py`."""
    transfer_weight: float = 1.0
    """Weight of such a text beside 1 for a real example."""
    rdrop: float = 0.0
    """Weight of the divergence between two passes with other dropout (R-Drop); needs `dropout`; 0: off."""
    fgm: float = 0.0
    """Length of the step on the embeddings for an adversarial second loss (FGM); 0: off."""
    ema: float = 0.0
    """Decay per step of the averaged weights that are evaluated and saved; 0: off."""
    beside: tuple[str, ...] = ()
    """Further tasks in the same body (multi-task): category | status | roles | masked_lm; one process."""
    beside_weight: float = 0.3
    """Weight of their loss beside 1 for the main task's."""
    random_start: bool = False
    """Only the base model's sizes are taken, its weights are drawn anew: the yardstick of pretraining."""
    metric: str = "macro_f1"
    """Chooses the best checkpoint and stops early."""
    patience: int = 3
    """Evaluations without improvement before the run stops."""
    evaluations: int = 8
    """How often, evenly over the run."""
    bf16: bool = True
    """Matrix products in bf16 where the processor or GPU multiplies it natively; else fp32."""
    gradient_checkpointing: bool = False
    seed: int = 0
    threads: int = 0
    """CPU threads; 0: torch decides."""

    def __post_init__(self) -> None:
        """Check what would otherwise fail late or silently.

        Raises:
            ConfigError: an unknown task, loss or metric, or folds that do not exist.
        """
        for name, value, allowed in (
            ("task", self.task, TASKS),
            ("loss", self.loss, LOSSES),
            ("metric", self.metric, METRICS),
        ):
            if value not in allowed:
                raise ConfigError(f"{name} 应为 {'、'.join(allowed)} 之一，实际为“{value}”。请改正配置。")
        if unknown := [name for name in self.beside if name not in SIDE_TASKS or name == self.task]:
            raise ConfigError(
                f"beside 应为 {'、'.join(SIDE_TASKS)} 中 task 以外的任务，实际有“{unknown[0]}”。请改正配置。"
            )
        if not self.held_out or not set(self.held_out) <= set(range(5)):
            raise ConfigError(f"held_out 应为 0 到 4 中的折号，实际为 {list(self.held_out)}。请改正配置。")
        for name, value in (("written_share", self.written_share), ("notice_share", self.notice_share)):
            if not 0 <= value <= 1:
                raise ConfigError(f"{name} 应在 0 与 1 之间，实际为 {value}。请改正配置。")
        if not 0 <= self.ema < 1:
            raise ConfigError(f"ema 应不小于 0 且小于 1，实际为 {self.ema}。请改正配置。")
        if self.rdrop and not self.dropout:
            raise ConfigError(
                "rdrop 靠两次不同的 dropout 起作用，而 dropout 为 0。请设 dropout 或去掉 rdrop。"
            )
        if self.patience < 1 or self.evaluations < 1:
            raise ConfigError("patience 与 evaluations 应至少为 1；否则选不出最好的模型。")
