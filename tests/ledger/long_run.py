"""A program for the kill tests: `python long_run.py LEDGER COUNT PAUSE [--resume]` writes COUNT notices."""

from __future__ import annotations

import dataclasses
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.ledger.examples import NOTICE, OPEN, RECORD
from zhenggai.ledger.run import LedgerRun


def main() -> None:
    ledger, count, pause = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    names = [f"通报-{number:03d}.txt" for number in range(count)]
    with LedgerRun(ledger, {"模型": "a"}, dict.fromkeys(names, ""), resume="--resume" in sys.argv) as run:
        for name in run.pending():
            time.sleep(pause)
            records = [dataclasses.replace(r, notice=name, outcome=name * 50) for r in (RECORD, OPEN)]
            run.add(dataclasses.replace(NOTICE, notice=name), records)
        run.finish()


if __name__ == "__main__":
    main()
