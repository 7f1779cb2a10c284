"""The model card, written by the run from the reloaded best model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from train._finetuning.rows import TaskData
from train._finetuning.settings import FinetuneConfig
from train._versions import versions

LIBRARIES = ("torch", "transformers", "tokenizers", "numpy", "scikit-learn")


def fingerprint(data: TaskData) -> str:
    """Digest of all texts and labels of the training rows."""
    content = json.dumps([data.train.pairs, data.train.gold], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def write_run(config: FinetuneConfig, data: TaskData, figures: Mapping[str, Mapping[str, float]]) -> None:
    """Write `run.json`: settings, versions, data fingerprint, sizes, figures."""
    settings = {k: str(v) if isinstance(v, Path) else v for k, v in asdict(config).items()}
    settings["transfer"] = config.transfer.name if config.transfer else None
    settings["corrections"] = [folder.name for folder in config.corrections]
    settings["base_model"], settings["output"] = Path(config.base_model).name, config.output.name
    run = {
        "settings": settings,
        "versions": versions(LIBRARIES),
        "data": {
            "fingerprint": fingerprint(data),
            "train": len(data.train.gold),
            "validation": len(data.validation.gold),
            "test": len(data.test.gold),
        },
        "figures": {split: dict(of_split) for split, of_split in figures.items()},
    }
    text = json.dumps(run, ensure_ascii=False, indent=1)
    (config.output / "run.json").write_text(text + "\n", encoding="utf-8")
