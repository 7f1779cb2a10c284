"""Text that was decoded wrongly once, all of it or single lines: turned back, or named to the user."""

from __future__ import annotations

from zhenggai.notice.formats.base import failure
from zhenggai.notice.formats.text_damage import GARBLED, LOST, Measure, decoded_again, turned_back
from zhenggai.patterns import compiled

_LOST = compiled(r"\ufffd\ufffd|锟斤拷|\?{6}")
"""What programs write for bytes that they cannot read."""
_SURE, _LIKE_TEXT = 0.9, 0.6
"""Share of common characters that a line turned back has, and that every line in order has."""
TURNED_BACK = "文件曾按错误的编码转存成乱码，已还原，请核对文字。"
_FEWEST = 3
_GARBLED_SHARE, _LOST_SHARE, _MOST = 0.08, 0.1, 0.5
_QUOTED = 20


def mended(text: str, measure: Measure) -> tuple[str, tuple[str, ...]]:
    """The text and a warning, where it was garbled by a wrong encoding and can be turned back.

    Raises:
        ReadingError: most of it is garbled and cannot.
    """
    if not may_be_garbled(text):
        return text, ()
    back = turned_back(text, measure)
    if back is not None:
        return back, (TURNED_BACK,)
    lines = text.split("\n")
    whole = [_turned_back(line, measure) or line for line in lines]
    lost = sum(len(line) for line in whole if _is_garbled(line, measure))
    if lost > _MOST * len(text):
        raise failure(
            "文字正常的通报", "文字是乱码（转存时编码出错，原来的字已经丢失）", "从来源重新下载或复制原文"
        )
    count = sum(a != b for a, b in zip(lines, whole, strict=True))
    back = "\n".join(whole)
    unsure = "，无法还原的字以“\ufffd”代替" if back.count("\ufffd") else ""
    warning = f"有{count}行文字曾按错误的编码转存成乱码，已还原{unsure}，请核对文字。"
    return back, (warning,) if count else ()


def may_be_garbled(text: str) -> bool:
    """Whether there is anything in `text` that garbled lines have, found quickly."""
    return GARBLED.search(text) is not None or _LOST.search(text) is not None


def garbled_warning(text: str, measure: Measure) -> tuple[str, ...]:
    """A warning that names the lines that are garbled still; empty where there are none."""
    garbled = [line.strip() for line in text.split("\n") if _is_garbled(line, measure)]
    if not garbled:
        return ()
    begin = garbled[0][:_QUOTED] + ("…" if len(garbled[0]) > _QUOTED else "")
    return (
        f"有{len(garbled)}行文字是乱码（如“{begin}”），其中的条目不可靠："
        "请从来源重新下载或复制原文，另存为 UTF-8 后重试。",
    )


def _turned_back(line: str, measure: Measure) -> str | None:
    """A garbled line as it was meant; None where it is in order, or something of it is in doubt."""
    if GARBLED.search(line) is None or measure(line) >= _LIKE_TEXT:
        return None
    back = decoded_again(line, _LOST_SHARE, lambda again: measure(again.replace("\ufffd", "")) >= _SURE)
    if back is None or len(LOST.findall(back)) > len(LOST.findall(line)):
        return None  # words in order stand in it, which would be lost
    chinese = sum("\u4e00" <= char < "\ufffd" for char in back)
    return LOST.sub("\ufffd", back) if chinese >= _FEWEST else None


def _is_garbled(line: str, measure: Measure) -> bool:
    if _LOST.search(line) is not None:
        lost = line.count("\ufffd") + 3 * line.count("锟斤拷") + line.count("?")
        if lost >= _LOST_SHARE * len(line):
            return True
    found = len(GARBLED.findall(line))
    return found >= _FEWEST and found > _GARBLED_SHARE * len(line) and measure(line) < _LIKE_TEXT
