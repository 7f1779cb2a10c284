"""Kill a run at random moments, resume it, and compare its ledger with that of an undisturbed run.

    python scripts/kill_test.py --kills 100 --ending .jsonl -- zhenggai classify NOTICES --output {ledger}

`{ledger}` stands for the ledger of each run; `--resume` is appended. Kills are SIGKILL, at moments spread
evenly over the time that the undisturbed run took. Prints the number of kills, of runs, and of ledgers that
differ; exit status 1 if any does, or if a resumed run fails.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Outcome:
    """What the kills came to."""

    kills: int = 0
    runs: int = 0
    differing: list[int] = field(default_factory=list)
    """Numbers of the runs whose ledger differs."""
    failures: list[str] = field(default_factory=list)
    """What resumed runs said that failed."""


def ledger_bytes(ledger: Path) -> dict[str, bytes]:
    """All files that belong to a ledger, by the ending of their name."""
    return {p.name.removeprefix(ledger.stem): p.read_bytes() for p in sorted(ledger.parent.iterdir())}


def run_once(command: Sequence[str], ledger: Path) -> tuple[float, str]:
    """Run to the end: seconds, and what it said if it failed."""
    started = time.monotonic()
    done = subprocess.run(_filled(command, ledger), capture_output=True, text=True, check=False)
    said = f"exit status {done.returncode}: {done.stderr[-500:]}" if done.returncode not in (0, 1) else ""
    return time.monotonic() - started, said


def _filled(command: Sequence[str], ledger: Path) -> list[str]:
    return [*(part.replace("{ledger}", str(ledger)) for part in command), "--resume"]


def kill_once(command: Sequence[str], ledger: Path, seconds: float) -> bool:
    """Start, and kill after `seconds`; whether it was still running."""
    process = subprocess.Popen(_filled(command, ledger), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def kill_and_compare(
    command: Sequence[str], ending: str, kills: int, kills_per_run: int, rng: random.Random
) -> Outcome:
    """Kill `kills` times in all, at most `kills_per_run` times before a run is let go to its end."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        reference = Path(folder, "reference", f"l{ending}")
        reference.parent.mkdir()
        duration, said = run_once(command, reference)
        if said:
            outcome.failures.append(said)
            return outcome
        expected = ledger_bytes(reference)
        while outcome.kills < kills:
            outcome.runs += 1
            ledger = Path(folder, str(outcome.runs), f"l{ending}")
            ledger.parent.mkdir()
            for _ in range(min(kills_per_run, kills - outcome.kills)):
                if not kill_once(command, ledger, rng.uniform(0, duration)):
                    break
                outcome.kills += 1
            if not ledger.exists() or len(ledger_bytes(ledger)) != len(expected):
                _, said = run_once(command, ledger)
                outcome.failures += [said] if said else []
            if ledger_bytes(ledger) != expected:
                outcome.differing.append(outcome.runs)
    return outcome


def main() -> int:
    """Parse the command line, kill, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--kills-per-run", type=int, default=3)
    parser.add_argument("--ending", default=".jsonl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("command", nargs="+", help="after --; contains {ledger}")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    outcome = kill_and_compare(options.command, options.ending, options.kills, options.kills_per_run, rng)
    print(f"{outcome.kills} kills in {outcome.runs} runs; {len(outcome.differing)} ledgers differ")
    for said in outcome.failures:
        print(said, file=sys.stderr)
    return 1 if outcome.differing or outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
