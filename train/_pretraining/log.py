"""One line of JSON a record, the same numbers in TensorBoard, a short line for the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from torch.utils.tensorboard import SummaryWriter


class Log:
    """Writes only in the first process (``active``)."""

    def __init__(self, folder: Path, active: bool) -> None:
        self.active = active
        if active:
            folder.mkdir(parents=True, exist_ok=True)
            self.file = (folder / "log.jsonl").open("a", encoding="utf-8")
            self.board = SummaryWriter(str(folder / "tensorboard"))

    def write(self, kind: str, step: int, tokens: int, **numbers: float) -> None:
        """Record ``numbers`` at this point of the run; TensorBoard's x-axis is tokens."""
        if not self.active:
            return
        record = {"kind": kind, "step": step, "tokens": tokens, **numbers}
        self.file.write(json.dumps(record) + "\n")
        self.file.flush()
        for name, value in numbers.items():
            self.board.add_scalar(f"{kind}/{name}", value, tokens)
        shown = "  ".join(f"{k} {v:.6g}" for k, v in numbers.items())
        print(f"[{kind}] 步 {step}  字 {tokens / 1e6:.2f}M  {shown}", flush=True)


def read_log(path: Path, up_to_tokens: int) -> list[dict[str, Any]]:
    """Records up to this point; of two at the same point (after a resume) the later one."""
    if not path.is_file():
        return []
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    latest = {(r["kind"], r["tokens"]): r for r in records if r["tokens"] <= up_to_tokens}
    return sorted(latest.values(), key=lambda r: r["tokens"])
