"""Every setting of a pretraining run, with its unit; configs/pretrain/*.yaml are read into these."""

from __future__ import annotations

from dataclasses import dataclass, field

from train._pretraining.config import ConfigError
from train._pretraining.masking import Masking
from train._pretraining.passages import PassageSettings

BODIES = ("modernbert", "bert")


@dataclass(frozen=True)
class ModelSettings:
    """A fresh body; ``start`` continues from a checkpoint instead (body and sizes then come from it)."""

    start: str | None = None  # folder or hub name of any masked-LM, for continued pretraining
    body: str = "modernbert"  # or "bert": learned positions, plain MLP, full attention
    hidden_size: int = 256
    intermediate_size: int = 384  # of the MLP; ModernBERT's is gated, so that 1.5 times as much equals it
    layers: int = 6
    heads: int = 4
    max_length: int = 1024  # max_position_embeddings
    local_attention: int = 256  # tokens a local layer sees, half on each side
    global_every: int = 3  # layers 0, 3, ... see everything
    activation: str = "gelu"

    def __post_init__(self) -> None:
        if self.body not in BODIES:
            raise ConfigError(f"model.body 须为 {'、'.join(BODIES)} 之一，得到 {self.body!r}。")


@dataclass(frozen=True)
class DataSettings:
    """Which shards, how often."""

    weights: dict[str, float] = field(
        default_factory=dict
    )  # passes over a source an epoch; "*" is the default
    seed: int = 0


@dataclass(frozen=True)
class ScheduleSettings:
    """Warm-up, stable, decay; short rows first, long rows at the end."""

    total_tokens: int = 60_000_000
    warmup_tokens: int = 500_000
    decay_share: float = 0.15  # of total_tokens
    short_length: int = 128  # tokens a row
    long_length: int = 1024
    long_share: float = 0.1  # of total_tokens, at the end
    tokens_per_step: int = 8192  # over all processes and accumulated micro-batches
    micro_tokens: int = 8192  # of one forward pass of one process, at most

    def micro(self, processes: int) -> int:
        """Tokens of one forward pass where ``processes`` share a step.

        Raises
        ------
        ConfigError : the step does not divide evenly among them in whole rows.
        """
        share, rest = divmod(self.tokens_per_step, processes)
        micro = min(self.micro_tokens, share)
        if rest or share % micro or micro % self.short_length or micro % self.long_length:
            raise ConfigError(
                f"schedule：tokens_per_step（{self.tokens_per_step}）在 {processes} 个进程间须均分为"
                f"整数个微批（micro_tokens {self.micro_tokens}），且为行长 {self.short_length} 与"
                f" {self.long_length} 的整数倍。请改配置或进程数。"
            )
        return micro


@dataclass(frozen=True)
class OptimiserSettings:
    """Muon for the matrices of the layers, AdamW for the rest."""

    muon_lr: float = 0.02
    muon_momentum: float = 0.95
    muon_weight_decay: float = 0.02
    adamw_lr: float = 0.003
    adamw_betas: tuple[float, ...] = (0.9, 0.98)
    adamw_weight_decay: float = 0.01
    clip: float = 1.0  # largest norm of the whole gradient


@dataclass(frozen=True)
class RunSettings:
    """How often to look and to save; where to run."""

    device: str = "cpu"  # or "cuda"
    compile: bool = True
    log_every_steps: int = 20
    held_out_every_tokens: int = 1_000_000
    held_out_rows: int = 512
    probe_every_tokens: int = 5_000_000
    checkpoint_every_seconds: float = 300.0
    export_every_tokens: int = 10_000_000
    keep_every_tokens: int = 10_000_000  # checkpoints kept for good


@dataclass(frozen=True)
class PretrainConfig:
    """One configuration file."""

    model: ModelSettings = field(default_factory=ModelSettings)
    data: DataSettings = field(default_factory=DataSettings)
    masking: Masking = field(default_factory=Masking)
    passages: PassageSettings = field(default_factory=PassageSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    optimiser: OptimiserSettings = field(default_factory=OptimiserSettings)
    run: RunSettings = field(default_factory=RunSettings)

    def __post_init__(self) -> None:
        s = self.schedule
        for length in (s.short_length, s.long_length):
            if s.micro_tokens % length or s.tokens_per_step % s.micro_tokens:
                raise ConfigError(
                    f"schedule：tokens_per_step（{s.tokens_per_step}）须为 micro_tokens（{s.micro_tokens}）"
                    f"的整数倍，micro_tokens 须为行长 {length} 的整数倍。"
                )
