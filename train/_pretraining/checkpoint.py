"""Checkpoints: safetensors and JSON, written beside and renamed, so that a kill leaves a whole one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

from train._pretraining.schedule import Plan


@dataclass
class Progress:
    """All that moves in a run besides tensors: every random draw is a function of it and the seed."""

    step: int = 0
    tokens: int = 0
    short_rows: int = 0  # rows taken from the order of short rows
    long_rows: int = 0
    passage_tokens: int = 0  # of the pairs of passages, padding included; not counted in ``tokens``
    seconds: float = 0.0  # of training, over all sittings


@dataclass(frozen=True)
class Checkpoint:
    """What was read back."""

    progress: Progress
    plan: Plan
    weights: dict[str, Tensor]
    optimiser: dict[str, Tensor]


def save(
    folder: Path,
    progress: Progress,
    plan: Plan,
    weights: Mapping[str, Tensor],
    optimiser: Mapping[str, Tensor],
) -> Path:
    """Write ``folder/step-N`` and return it."""
    final = folder / f"step-{progress.step:08d}"
    draft = folder / f".draft-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    save_file({k: v.detach().cpu().contiguous() for k, v in weights.items()}, draft / "weights.safetensors")
    save_file(dict(optimiser), draft / "optimiser.safetensors")
    state = {"progress": asdict(progress), "plan": asdict(plan)}
    (draft / "state.json").write_text(json.dumps(state, indent=1), encoding="utf-8")
    for file in draft.iterdir():
        with file.open("rb") as handle:
            os.fsync(handle.fileno())
    shutil.rmtree(final, ignore_errors=True)
    draft.rename(final)
    return final


def newest(folder: Path) -> Path | None:
    """The newest whole checkpoint, if any."""
    found = sorted(p for p in folder.glob("step-*") if (p / "state.json").is_file())
    return found[-1] if found else None


def load(path: Path) -> Checkpoint:
    """Read one checkpoint."""
    state = json.loads((path / "state.json").read_text(encoding="utf-8"))
    return Checkpoint(
        Progress(**state["progress"]),
        Plan(**state["plan"]),
        load_file(path / "weights.safetensors"),
        load_file(path / "optimiser.safetensors"),
    )


def prune(folder: Path, keep_every_tokens: int) -> None:
    """Keep the last two, and the first one past each multiple of ``keep_every_tokens``."""
    found = sorted(p for p in folder.glob("step-*") if (p / "state.json").is_file())
    kept: set[int] = set()
    for path in found[:-2]:
        tokens = json.loads((path / "state.json").read_text(encoding="utf-8"))["progress"]["tokens"]
        mark = tokens // keep_every_tokens
        if mark == 0 or mark in kept:
            shutil.rmtree(path)
        kept.add(mark)
