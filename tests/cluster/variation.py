"""Many notices out of a few: dates and amounts are changed, the same way on every run.

python tests/cluster/variation.py data/notices FOLDER 2000
"""

from __future__ import annotations

import re
import sys
import zlib
from pathlib import Path

_YEAR = re.compile(r"20[012]\d(?=年)")
_AMOUNT = re.compile(
    r"(?<![\d.．、（(])[1-9]\d{0,3}(?=(?:\.\d+)?(?:万元|元|人次|人|次|份|家|户|亩|公里|名)(?!问题))"
)


def varied(text: str, copy: int) -> str:
    """Copy number `copy` of a notice; copy 0 is the notice itself."""
    if copy == 0:
        return text

    def year(match: re.Match[str]) -> str:
        return str(2010 + (int(match[0]) + copy) % 15)

    def amount(match: re.Match[str]) -> str:
        return str(1 + (int(match[0]) + zlib.crc32(f"{copy}-{match.start()}".encode())) % 9999)

    return _AMOUNT.sub(amount, _YEAR.sub(year, text))


def write_varied(notices: Path, folder: Path, count: int) -> None:
    """`count` text files in sub-folders of a hundred, taken from the notices in turn."""
    originals = sorted(notices.glob("*.txt"))
    texts = [path.read_text(encoding="utf-8-sig") for path in originals]
    for number in range(count):
        copy, index = divmod(number, len(originals))
        path = folder / f"{number // 100:03}" / f"{originals[index].stem}-{copy:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(varied(texts[index], copy), encoding="utf-8")


if __name__ == "__main__":
    write_varied(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
