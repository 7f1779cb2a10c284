"""Bytes of plain text → characters: which encoding is it?"""

from __future__ import annotations

import codecs
from dataclasses import replace
from functools import lru_cache

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Extracted, Limits, failure
from zhenggai.notice.formats.garbled_lines import mended
from zhenggai.notice.formats.text_damage import seven_bit
from zhenggai.notice.model import CELL_SEPARATOR
from zhenggai.patterns import compiled

BOMS = (  # the longer mark first: UTF-32-LE begins like UTF-16-LE
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
"""Mark, codec of what follows, and what is reported: the codec that takes the mark off, as spans count."""
CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_MIXED_SAMPLE = 400_000
_MIXED = "混有不同编码（有的行是 UTF-8，有的行是 GB18030）"
SAMPLE = 40_000
"""Bytes that the choice of an encoding looks at."""
MAX_BAD_SHARE = 0.02
"""Of undecodable places: a file cut off or with a few spoilt characters is still read, with a warning."""
MIN_PLAUSIBLE = 0.6
"""Share of common characters below which a decoding is not believed; right ones have over 0.9."""
MIN_PLAUSIBLE_STRICT = 0.35
"""The same where every byte decodes: lists of rare names."""

_HIGH_BYTE = compiled(rb"[\x80-\xff]")
_CONTINUATION = bytes(range(0x80, 0xC0))
_CONTROL = compiled(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_COMMON_MARKS = frozenset("，。；：、！？（）《》“”‘’【】〔〕—…·　％①②③④⑤⑥⑦⑧⑨⑩．－")


def extract(data: bytes, limits: Limits) -> Extracted:
    """Plain text by lines. Raises ReadingError when it is not text."""
    found = decoded(data, limits)
    if CELL_SEPARATOR in found.text:  # a table that was read once: there the mark ends no line
        return found
    return replace(found, text=found.text.translate(_LINE_ENDS)) if _has_line_ends(found.text) else found


_LINE_ENDS = {0x2028: "\n", 0x2029: "\n"}
"""What editors of web pages write for the end of a line."""


def _has_line_ends(text: str) -> bool:
    return "\u2028" in text or "\u2029" in text


def decoded(data: bytes, limits: Limits) -> Extracted:
    """Text as it is written. Raises ReadingError when it is not text."""
    if found := seven_bit(data, plausibility):
        return Extracted(*found)
    text, encoding, warnings = decode(data)
    text, garbled = mended(text, plausibility)
    nuls = _nul_warning(text)
    warnings = (*warnings, *garbled, *nuls)
    if not nuls and is_binary(text):
        if is_mixed(data):
            raise _mixed()
        raise failure(
            "文本文件", "含有大量控制字符，是二进制数据", "确认文件没有损坏，并另存为 txt、docx 或 pdf"
        )
    return Extracted(text, encoding, warnings)


_NUL_SHARE = 0.05
"""Of a text that is damaged; of text in another encoding, and of programs, a third is NULs."""


def _nul_warning(text: str) -> tuple[str, ...]:
    """A warning of a text with some NULs in it: they stay, so that places do, and no item has them."""
    nuls = text.count("\0")
    if not nuls or nuls > _NUL_SHARE * len(text):
        return ()
    whole = text[:SAMPLE].replace("\0", "")
    if len(_CONTROL.findall(whole)) > 3 or plausibility(whole) < MIN_PLAUSIBLE:
        return ()
    return (f"文件中混有 {nuls} 个空字符，已略去；该处可能缺字，请核对。",)


def is_binary(text: str) -> bool:
    """Whether decoded text has NULs or many control characters."""
    controls = len(_CONTROL.findall(text))
    return text.count("\0") > max(3, len(text) * 0.005) or controls > max(3, len(text) * 0.02)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, tuple[str, ...]]:
    """Text without byte order mark, encoding, warnings.

    `declared` is what a page says of itself: tried where UTF-8 fails, and not believed blindly.
    Raises ReadingError when no encoding fits.
    """
    try:
        text, encoding, warnings = _decode(data, declared)
        if warnings and is_mixed(data):
            warnings += (f"文件{_MIXED}，按 {encoding} 读出的文字有一部分是乱码，请统一另存为 UTF-8 后重试",)
        return text, encoding, warnings
    except ReadingError as error:
        if is_mixed(data):
            raise _mixed() from error
        raise


def is_mixed(data: bytes) -> bool:
    """Whether some lines are Chinese in UTF-8 only, and others in GB18030 only."""
    seen = set()
    for line in data[:_MIXED_SAMPLE].split(b"\n")[:-1] or [data]:
        for codec in ("utf-8", "gb18030"):
            text = _decode_sample(line.strip(b"\r\0"), codec)
            if text and "\ufffd" not in text and max(text) >= "\u0800":
                if plausibility(text) >= MIN_PLAUSIBLE:
                    seen.add(codec)
                break
    return len(seen) == 2


def _mixed() -> ReadingError:
    return failure(
        "只用一种编码的文本",
        _MIXED,
        "分别打开原来的文件，都另存为 UTF-8 后再合并",
    )


def _decode(data: bytes, declared: str | None) -> tuple[str, str, tuple[str, ...]]:
    data = _without_padding(data)
    for mark, codec, name in BOMS:
        if data.startswith(mark):
            return _lenient(data.removeprefix(mark), codec.removesuffix("-sig"), name)
    if b"\0" not in data[:SAMPLE]:
        try:
            text = data.decode("utf-8")
            if not _is_gbk_by_chance(data[:SAMPLE], text[:SAMPLE]):
                return text, "utf-8", ()
        except UnicodeDecodeError:
            if _is_spoilt_utf8(data[:SAMPLE]) or _is_spoilt_utf8(data[-SAMPLE:].lstrip(_CONTINUATION)):
                return _lenient(data, "utf-8", "utf-8")
    elif (with_nuls := _utf8_with_nuls(data)) is not None:
        return with_nuls, "utf-8", ()
    return _lenient(data, *_choose(data, declared))


_PADDING = 8
"""NULs at the end of a file from which on they fill it up."""


def _without_padding(data: bytes) -> bytes:
    """The bytes of a file that was filled up with NULs; an even number, as one may end a UTF-16 character."""
    if not data.endswith(b"\0" * _PADDING):
        return data
    stripped = data.rstrip(b"\0")
    return stripped + b"\0" * (len(stripped) % 2) if stripped else data


def _utf8_with_nuls(data: bytes) -> str | None:
    """Chinese text in UTF-8 with a few NULs in it, which no text in UTF-16 is by chance; else None."""
    try:
        text = data.decode("utf-8").rstrip("\0")
    except UnicodeDecodeError:
        return None
    chinese = max(text, default="") >= "\u0800"
    return text if chinese and plausibility(text[:SAMPLE]) >= MIN_PLAUSIBLE else None


def _lenient(data: bytes, codec: str, name: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        return data.decode(codec), name, ()
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    bad = text.count("\ufffd")
    if bad > max(2, len(text) * MAX_BAD_SHARE) or plausibility(text[:SAMPLE]) < MIN_PLAUSIBLE_STRICT:
        raise failure(
            "可识别编码的中文文本", f"按 {name} 解码有 {bad} 处乱码", "用文本编辑器另存为 UTF-8 后重试"
        )
    return text, name, (f"按 {name} 解码时有 {bad} 处无法识别，已用“\ufffd”代替",)


_WESTERN_SHARE = 0.4
"""Every second byte beyond ASCII begins an accented letter; in GBK every fiftieth is such."""


def _is_gbk_by_chance(sample: bytes, text: str) -> bool:
    """Whether GBK bytes happen to be UTF-8 as well, as those of 学: then as Cyrillic and the like."""
    if text.isascii() or max(text) >= "\u0800":
        return False
    if sample.count(b"\xc2") + sample.count(b"\xc3") > _WESTERN_SHARE * len(_HIGH_BYTE.findall(sample)):
        return False  # UTF-8 that was read as western text and saved again
    chinese = _decode_sample(sample, "gb18030")
    return _decodes(sample, "gb18030") and plausibility(chinese) > max(MIN_PLAUSIBLE, plausibility(text))


def _is_spoilt_utf8(sample: bytes) -> bool:
    """Whether it is UTF-8 but for a few bytes, e.g. cut off within a character."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(char >= "\u0800" for char in text) - bad  # shorter sequences may be GBK by chance
    return good > 0 and bad * 50 <= good


def _choose(data: bytes, declared: str | None) -> tuple[str, str]:
    """Codec and the name to report for data that is not UTF-8."""
    high = _HIGH_BYTE.search(data) if b"\0" not in data[:SAMPLE] else None
    start = high.start() if high else 0
    sample = data[start : start + SAMPLE]
    candidates = [codec for codec in (_known(declared), *CANDIDATES) if codec]
    scores = {codec: plausibility(_decode_sample(sample, codec)) for codec in dict.fromkeys(candidates)}
    best = max(scores, key=scores.__getitem__)
    needed = MIN_PLAUSIBLE_STRICT if _decodes(sample, best) else MIN_PLAUSIBLE
    if scores[best] < needed:
        found = _by_library(sample)
        if found is None:
            reason = "是二进制数据" if b"\0" in sample else "不是任何常见编码的文本"
            expected = "UTF-8、UTF-16、GB18030 或 Big5 编码的中文文本"
            raise failure(expected, reason, "确认文件没有损坏，并用文本编辑器另存为 UTF-8 后重试")
        best = found
    return best, "big5" if best == "big5hkscs" else best


def _decodes(sample: bytes, codec: str) -> bool:
    """Without an error, but for a character that the sample's end cuts."""
    return "\ufffd" not in _decode_sample(sample, codec)[:-2]


def _by_library(sample: bytes) -> str | None:
    """What charset-normalizer thinks; for pages in other languages, which are mostly ASCII."""
    if b"\0" in sample:
        return None
    from charset_normalizer import from_bytes

    match = from_bytes(sample, threshold=0.1).best()
    codec = _known(match.encoding) if match else None
    text = _decode_sample(sample, codec) if codec else ""
    return codec if 2 * sum(" " <= char < "\x7f" for char in text) > len(text) else None


def _known(name: str | None) -> str | None:
    """Canonical text codec, GB2312 and GBK widened to GB18030, Big5 to its superset; None if unknown."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not getattr(codec, "_is_text_encoding", True) or codec.name in ("utf-7", "idna", "punycode"):
        return None
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
    return wider.get(codec.name, codec.name)


def _decode_sample(sample: bytes, codec: str) -> str:
    try:
        return sample.decode(codec, "replace")
    except Exception:  # a codec that cannot work on bytes like these
        return ""


def plausibility(text: str) -> float:
    """Share of the characters beyond ASCII (of all, where there are none) that common Chinese text has.

    Common: level 1 of GB 2312 (3,755 characters) or of Big5 (5,401), ASCII, usual punctuation.
    A text in the wrong one of GB18030 and Big5 falls mostly on rare characters.
    """
    letters = [c for c in text if not c.isspace()]
    letters = [c for c in letters if c > "\x7f"] or letters
    if not letters:
        return 0.0
    simplified = sum(map(_is_simplified_common, letters))
    traditional = sum(map(_is_traditional_common, letters))
    return max(simplified, traditional) / len(letters)


@lru_cache(maxsize=20_000)
def _is_simplified_common(char: str) -> bool:
    return _is_plain(char) or b"\xb0" <= char.encode("gb2312", "ignore")[:1] <= b"\xd7"


@lru_cache(maxsize=20_000)
def _is_traditional_common(char: str) -> bool:
    return _is_plain(char) or b"\xa4" <= char.encode("big5", "ignore")[:1] <= b"\xc6"


def _is_plain(char: str) -> bool:
    return " " < char < "\x7f" or char in _COMMON_MARKS
