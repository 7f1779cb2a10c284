"""Text that was decoded wrongly once, or made for old mail: as it was meant, where that can be told."""

from __future__ import annotations

from collections.abc import Callable

from zhenggai.patterns import compiled

Measure = Callable[[str], float]
"""Share of the characters that common Chinese text has."""

_SAMPLE, _WINDOW = 4_000, 20_000
"""Characters beyond ASCII that are judged, and those among which they are looked for; pages have tags."""
_BEYOND_ASCII = compiled(r"[^\x00-\x7f]{1,4000}")
GARBLED = compiled(
    "[锛紝涓銆鍏瀹鍔鏈缁鍙鏀璁殑鏁瀵鏄鐨鈥鍚鏂锟\x80-\x9f\xa0-\xa6\xa8-\xaf\xb2-\xb6\xb8-\xd6\xd8-\xf6\xf8-\xff]"
)
"""What the commonest bytes of Chinese become in the wrong encoding; other text has nearly none of these."""
_SUSPECT_SHARE, _BAD_SHARE, _LOST_SHARE = 0.04, 0.02, 0.01
_PLAUSIBLE = 0.75
_WAYS = (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("cp1252", "gb18030"))
"""The encoding that a text was read in, and the one that it was written in."""
LOST = compiled("\ufffd\ufffd*")
"""A character, mostly, of which bytes are missing."""
_LAST_WESTERN = "\u2122"
"""The last character of the western encoding."""
_HZ, _UTF7 = compiled(rb"~\{"), compiled(rb"\+[A-Za-z0-9+/]{5,}")
_FEWEST_RUNS = 5


def turned_back(text: str, measure: Measure) -> str | None:
    """The whole text as it was meant, where a wrong encoding garbled it and it loses little; else None."""
    sample = _beyond_ascii(text)
    if len(GARBLED.findall(sample)) <= _SUSPECT_SHARE * len(sample):
        return None
    return decoded_again(text, _BAD_SHARE, lambda again: measure(_beyond_ascii(again)) >= _PLAUSIBLE)


def _beyond_ascii(text: str) -> str:
    return "".join(_BEYOND_ASCII.findall(text[:_WINDOW]))[:_SAMPLE]


def decoded_again(text: str, bad_share: float, fits: Callable[[str], bool]) -> str | None:
    """The text decoded in the first way that loses no more than `bad_share` and fits; None if none does."""
    for wrong, right in _WAYS:
        back = _again(text, wrong, right, bad_share)
        if back is not None and fits(back):
            return back
    return None


def _again(text: str, wrong: str, right: str, bad_share: float) -> str | None:
    """The text decoded again; None where that does not work or loses much."""
    try:
        data = b"\xff".join(part.encode(wrong) for part in text.split("\ufffd"))  # a byte that stays lost
    except UnicodeEncodeError:
        if wrong != "cp1252" or max(text) > _LAST_WESTERN:
            return None
        data = b"".join(map(_western, text))
    back = data.decode(right, "replace")
    return back if len(LOST.findall(back)) <= bad_share * len(back) else None


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
