"""Warm-up – stable – decay in tokens, with a decay that can be called for while the run is on."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from train._pretraining.settings import ScheduleSettings


@dataclass(frozen=True)
class Plan:
    """Milestones of a run, in tokens seen. Saved with each checkpoint."""

    warmup: int
    decay_start: int
    long_start: int  # rows are long from here
    end: int

    def rate(self, tokens: int) -> float:
        """Factor on the learning rates: warm-up, 1, then 1 - sqrt (Hägele et al., arXiv:2405.18392)."""
        if tokens < self.warmup:
            return (tokens + 1) / self.warmup
        if tokens < self.decay_start:
            return 1.0
        done = (tokens - self.decay_start) / max(1, self.end - self.decay_start)
        return max(0.0, 1.0 - math.sqrt(min(1.0, done)))

    def decay_now(self, tokens: int, length: int, long_share: float) -> Plan:
        """The plan that decays from ``tokens`` on, for ``length`` tokens, the last of them in long rows."""
        end = tokens + length
        return replace(self, decay_start=tokens, end=end, long_start=end - round(long_share * end))

    def end_at(self, end: int, long_share: float) -> Plan:
        """The same decay, brought to its end earlier or later."""
        return replace(self, end=end, long_start=end - round(long_share * end))


def make_plan(settings: ScheduleSettings) -> Plan:
    """The plan of a configuration."""
    total = settings.total_tokens
    return Plan(
        warmup=settings.warmup_tokens,
        decay_start=total - round(settings.decay_share * total),
        long_start=total - round(settings.long_share * total),
        end=total,
    )
