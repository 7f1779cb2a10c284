"""A run on Ray with the fake labeller, in a process that can be killed.

python tests/cluster/drive.py INPUT... --output FOLDER --workers 2
"""

from __future__ import annotations

import argparse
import functools
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "cluster")]

from fake import FakeLabeller  # noqa: E402

from zhenggai.cluster.listing import Format  # noqa: E402
from zhenggai.cluster.output import Output  # noqa: E402
from zhenggai.cluster.pieces import Cut  # noqa: E402
from zhenggai.cluster.ray_job import Job, run_job  # noqa: E402
from zhenggai.errors import ZhenggaiError  # noqa: E402


def main() -> None:
    """Run, and print the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--output", required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--piece", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--ledger", type=Path)
    options = parser.parse_args()
    job = Job(
        paths=options.paths,
        output=Output(options.output),
        manifest={"模型": "测试"},
        form=Format.AUTO,
        cut=Cut(options.piece),
        workers=options.workers,
        resume=options.resume,
        ledger=options.ledger,
    )
    try:
        totals = run_job(job, functools.partial(FakeLabeller, options.seconds, options.rounds))
    except ZhenggaiError as error:
        sys.exit(f"错误：{error}")
    print(f"notices={totals.notices} failed={totals.failed} items={totals.items}")


if __name__ == "__main__":
    main()
