"""The head of a binary Word file (File Information Block): where its tables are.

Source: [MS-DOC], structures Fib, FibBase, FibRgLw97, FibRgFcLcb97.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack_from

from zhenggai.notice.formats.base import Limits, NotFollowedError, failure, not_followed
from zhenggai.notice.formats.ole import NoStreamsError, streams

_WORD = 0xA5EC
_WORD_97 = 0xC1
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_BASE = 32
STYLES, CHARACTERS, PARAGRAPHS, PIECES, ANCHORS, BOXES, LISTS, OVERRIDES = 1, 12, 13, 33, 40, 56, 73, 74
"""Places of fcStshf, fcPlcfBteChpx, fcPlcfBtePapx, fcClx, fcPlcSpaMom, fcPlcftxbxTxt, fcPlfLst and fcPlfLfo
in FibRgFcLcb97."""
_LENGTHS = (3, 4, 5, 6, 7, 8)
"""Places of ccpText, ccpFtn, ccpHdd, reserved3, ccpAtn and ccpEdn in FibRgLw97; text boxes follow."""


def damaged(found: str = "无法打开（文件可能不完整或已损坏）") -> NotFollowedError:
    """What is said of a Word file that cannot be followed."""
    return not_followed("完整的 Word 文档（doc）", found, "重新下载，或用 Word 或 WPS 另存为 docx 后重试")


@dataclass(frozen=True, slots=True)
class WordFile:
    """The streams of a Word file, the length of its main text, places and sizes of its tables."""

    main: bytes
    tables: bytes
    data: bytes
    characters: int
    boxes_at: int
    """Where the text of text boxes begins."""
    places: tuple[tuple[int, int], ...]

    def table(self, place: int) -> bytes:
        """One of the tables, empty where the file has none."""
        start, size = self.places[place] if place < len(self.places) else (0, 0)
        return self.tables[start : start + size]

    def after(self, place: int) -> bytes:
        """What follows a table."""
        start, size = self.places[place] if place < len(self.places) else (0, 0)
        return self.tables[start + size :] if size else b""


def open_word(data: bytes, limits: Limits) -> WordFile:
    """The head of the file, checked.

    Raises:
        ReadingError: damaged, encrypted, of Word 95 or before, or with more text than the limits allow.
    """
    try:
        found = streams(data, ("WordDocument", "0Table", "1Table", "Data"))
    except NoStreamsError as error:
        raise damaged() from error
    main = found.get("WordDocument", b"")
    if len(main) < _BASE + 4:
        raise damaged("其中没有 Word 正文")
    magic, version = unpack_from("<HH", main)
    (flags,) = unpack_from("<H", main, 10)
    if flags & _ENCRYPTED:
        raise failure(
            "没有密码的 Word 文档", "文件有密码（加密的 Word 文档）", "在 Word 或 WPS 中取消密码后另存"
        )
    if version < _WORD_97:
        found_version = "是 Word 95 或更早的格式" if magic in (_WORD, 0xA5DC) else "不是 Word 文档"
        raise not_followed("Word 97 及以后的文档", found_version, "用 Word 或 WPS 另存为 docx 后重试")
    characters, boxes_at, places = _places(main)
    if characters > len(main):  # a damaged table of pieces may name the same bytes over and over
        raise damaged("文件头不合规范")
    if characters > limits.characters:
        raise failure(f"不超过 {limits.characters} 字", f"有 {characters} 字", "拆分文件后重试")
    tables = found.get("1Table" if flags & _TABLE_1 else "0Table", b"")
    return WordFile(main, tables, found.get("Data", b""), characters, boxes_at, places)


def _places(main: bytes) -> tuple[int, int, tuple[tuple[int, int], ...]]:
    """Lengths of the main text and of all before text boxes; places and sizes of the tables."""
    try:
        (words,) = unpack_from("<H", main, _BASE)
        longs_at = _BASE + 2 + 2 * words
        (longs,) = unpack_from("<H", main, longs_at)
        lengths = [unpack_from("<i", main, longs_at + 2 + 4 * place)[0] for place in _LENGTHS]
        pairs_at = longs_at + 2 + 4 * longs
        (pairs,) = unpack_from("<H", main, pairs_at)
        numbers = unpack_from(f"<{2 * pairs}I", main, pairs_at + 2)
    except Exception as error:  # struct.error
        raise damaged("文件头不完整") from error
    if min(lengths) < 0:
        raise damaged("文件头不合规范")
    return lengths[0], sum(lengths), tuple(zip(numbers[::2], numbers[1::2], strict=True))
