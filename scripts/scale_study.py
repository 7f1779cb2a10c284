"""How far does it scale? Service times measured here, runs on up to 1,000 workers simulated from them.

    python scripts/scale_study.py measure --output docs/scale/times.json     # some minutes; a quiet machine
    python scripts/scale_study.py simulate --times docs/scale/times.json --document docs/scale.md
    python scripts/scale_study.py validate --notices NOTICES --times docs/scale/times.json --one A --two B

`measure` needs the extras `ray` and `train` (the latter for encoders of a stated size). `simulate` rewrites
the tables between `<!-- NAME -->` and `<!-- end -->` in the document; without `--document` it prints them.
`validate` times the stages on NOTICES outside Ray, simulates one and two workers, and sets beside it what
`scripts/classify_ray.py NOTICES --workers 1 --output A` (and 2, B) came to.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts._scale.measuring import Times, dispatch_ms, measure  # noqa: E402
from scripts._scale.tables import SECTIONS  # noqa: E402
from scripts._scale.validation import Run, comparison  # noqa: E402


def filled(document: str, times: Times) -> str:
    """The document with its tables made anew.

    Raises:
        ValueError: a place names no table, or a table has no place.
    """
    places = re.findall(r"<!-- ([a-z]+) -->\n", document)
    places = [place for place in places if place != "end"]
    if sorted(places) != sorted(SECTIONS):
        raise ValueError(f"文档中的表位应为 {sorted(SECTIONS)}，实际为 {sorted(places)}。请补上或删去。")
    for name, section in SECTIONS.items():
        pattern = rf"(<!-- {name} -->\n).*?(<!-- end -->)"
        text = section(times)
        document = re.sub(pattern, lambda m, t=text: f"{m[1]}\n{t}\n\n{m[2]}", document, flags=re.S)  # type: ignore[misc]
    return document


def main() -> None:
    """Parse the command line and do what it says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("measure")
    one.add_argument("--notices", type=Path, default=ROOT / "data" / "notices")
    one.add_argument("--repeats", type=int, default=5)
    one.add_argument("--pieces", type=int, default=500, help="idle pieces that time Ray's driver")
    one.add_argument("--output", type=Path, required=True)
    two = commands.add_parser("simulate")
    two.add_argument("--times", type=Path, required=True)
    two.add_argument("--document", type=Path)
    three = commands.add_parser("validate")
    three.add_argument("--notices", type=Path, required=True)
    three.add_argument("--times", type=Path, required=True, help="for the time of Ray's driver")
    three.add_argument("--repeats", type=int, default=2)
    three.add_argument("--one", type=Path, required=True)
    three.add_argument("--two", type=Path, required=True)
    options = parser.parse_args()
    if options.command == "validate":
        dispatch = Times.load(options.times).dispatch_ms
        own = measure(options.notices, options.repeats, dispatch, sizes=())
        print(comparison(own, [Run.read(options.one, 1), Run.read(options.two, 2)]))
        return
    if options.command == "measure":
        measure(options.notices, options.repeats, dispatch_ms(options.pieces)).save(options.output)
        return
    times = Times.load(options.times)
    if options.document is None:
        for name, section in SECTIONS.items():
            print(f"\n{name}\n\n{section(times)}")
        return
    document = options.document.read_text(encoding="utf-8")
    options.document.write_text(filled(document, times), encoding="utf-8")


if __name__ == "__main__":
    main()
