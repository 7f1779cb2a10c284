"""Text that was decoded wrongly once, or made for old mail: as it was meant, where that can be told."""

from __future__ import annotations

from collections.abc import Callable

from zhenggai.notice.formats.base import failure
from zhenggai.patterns import compiled

Measure = Callable[[str], float]
"""Share of the characters that common Chinese text has."""

_SAMPLE = 4_000
_GARBLED = compiled(
    "[锛紝涓銆鍏瀹鍔鏈缁鍙鏀璁殑鏁瀵鏄鐨鈥鍚鏂锟\x80-\x9f\xa0-\xa6\xa8-\xaf\xb2-\xb6\xb8-\xd6\xd8-\xf6\xf8-\xff]"
)
"""What the commonest bytes of Chinese become in the wrong encoding; other text has nearly none of these."""
_SUSPECT_SHARE, _BAD_SHARE, _LOST_SHARE = 0.04, 0.02, 0.01
_PLAUSIBLE = 0.75
_WAYS = (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("cp1252", "gb18030"))
"""The encoding that a text was read in, and the one that it was written in."""
_LAST_WESTERN = "\u2122"
"""The last character of the western encoding."""
_HZ, _UTF7 = compiled(rb"~\{"), compiled(rb"\+[A-Za-z0-9+/]{5,}")
_FEWEST_RUNS = 5


def mended(text: str, measure: Measure) -> tuple[str, tuple[str, ...]]:
    """The text and a warning, where it was garbled by a wrong encoding and can be turned back.

    Raises:
        ReadingError: it is garbled and cannot.
    """
    sample = text[:_SAMPLE]
    found = _GARBLED.findall(sample)
    if len(found) <= _SUSPECT_SHARE * len(sample):
        return text, ()
    for wrong, right in _WAYS:
        back = _again(text, wrong, right)
        if back is not None and measure(back[:_SAMPLE]) >= _PLAUSIBLE:
            return back, ("文件曾按错误的编码转存成乱码，已还原，请核对文字。",)
    if "锟斤拷" in sample or sum(char >= "\u4e00" for char in found) > _SUSPECT_SHARE * len(sample):
        raise failure(
            "文字正常的通报", "文字是乱码（转存时编码出错，原来的字已经丢失）", "从来源重新下载或复制原文"
        )
    return text, ()


def _again(text: str, wrong: str, right: str) -> str | None:
    """The text decoded again; None where that does not work or loses much."""
    try:
        data = text.encode(wrong)
    except UnicodeEncodeError:
        if wrong != "cp1252" or max(text) > _LAST_WESTERN:
            return None
        data = b"".join(map(_western, text))
    back = data.decode(right, "replace")
    return back if back.count("\ufffd") <= _BAD_SHARE * len(back) else None


def _western(char: str) -> bytes:
    """A byte as western programs show it; five of them have no character of their own."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1", "ignore")


def seven_bit(data: bytes, measure: Measure) -> tuple[str, str] | None:
    """Text and encoding of Chinese that is written in ASCII only (HZ, UTF-7); None of any other."""
    if (b"~{" not in data and b"+" not in data) or not data.isascii():
        return None
    for pattern, codec in ((_HZ, "hz"), (_UTF7, "utf-7")):
        if len(pattern.findall(data[:_SAMPLE])) < _FEWEST_RUNS:
            continue
        text = data.decode(codec, "replace")
        chinese = max(text, default="") >= "\u4e00" and text.count("\ufffd") <= _LOST_SHARE * len(text)
        if chinese and measure(text[:_SAMPLE]) >= _PLAUSIBLE:
            return text, codec
    return None
