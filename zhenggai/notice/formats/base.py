"""What every format module shares: limits, result, wording of errors."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from zhenggai.errors import ReadingError

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one bad file from stopping a batch."""

    file_bytes: int = 64 * MIB
    """Size of a file or archive member."""
    characters: int = 20_000_000
    """Extracted text; the longest notice we know has about 100,000."""
    unpacked_bytes: int = 512 * MIB
    """Of all members of an archive or of an office document together."""
    ratio: int = 200
    """Unpacked to packed size; Chinese text packs to about 1:3, XML of office documents to about 1:30."""
    members: int = 5_000
    """Of an archive."""
    records: int = 100_000
    """Of a dump of web pages; they are read one at a time."""
    pages: int = 2_000
    """Of a PDF or OFD file."""
    seconds: float = 60.0
    """Per file, for formats that are slow to take apart (pdf, ofd, doc)."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text of a file, its encoding where it is a text format, and warnings in Chinese."""

    text: str
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    headings: tuple[int, ...] = ()
    """Where lines begin that the file itself marks as headings."""
    subject: str | None = None
    sent: str | None = None
    """What a mail is about, and the day on which it was sent, `YYYY-MM-DD`."""


def line_starts(lines: Sequence[str], chosen: Iterable[int]) -> tuple[int, ...]:
    """Where the `chosen` lines begin in the text that `lines` are joined to."""
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    return tuple(starts[index] for index in chosen)


class Deadline:
    """A time limit that slow loops ask now and then."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def check(self) -> None:
        """Raises ReadingError when the time is over."""
        if time.monotonic() > self.end:
            raise failure(
                f"{self.seconds:g} 秒内读完文件",
                "超过时限仍未读完",
                "将文件拆分或另存为 txt 后重试，或放宽时限",
            )


def failure(expected: str, found: str, action: str) -> ReadingError:
    """An error in the three parts that every message has."""
    return ReadingError(f"需要{expected}；实际{found}；请{action}。")


class NotFollowedError(ReadingError):
    """A file of a known format that our own reader cannot follow; another program may."""


def not_followed(expected: str, found: str, action: str) -> NotFollowedError:
    """Such an error, in the three parts of `failure`."""
    return NotFollowedError(str(failure(expected, found, action)))


def missing_library(what: str, extra: str) -> ReadingError:
    """The optional library of a format is not installed."""
    return failure(f"已安装{what}读取组件", "缺少该组件", f'运行 pip install "zhenggai[{extra}]" 后重试')


def own_ledger() -> ReadingError:
    """A ledger given in place of a notice."""
    return failure("通报", "是本软件写出的台账", "给出通报原文；台账用 zhenggai report 或 review 处理")
