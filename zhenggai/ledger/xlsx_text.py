"""Text in workbook cells: what XML or Excel cannot hold is carried another way and comes back the same."""

from __future__ import annotations

from zhenggai.patterns import compiled

LONGEST = 32_767
"""UTF-16 code units that a cell holds."""
PART = 16_000
"""Characters of one part of a longer text: at most 32,000 code units."""

_NONCHARACTERS = compiled("[\ufffe\uffff]")
_CONTROLS = r"\x00-\x08\x0b-\x1f"
# Where a zero-width space (or one more) keeps a text from being taken for something else: at the start of
# `<r>…</r>`, which XlsxWriter (3.2) passes through as ready-made XML, and inside `_x0041_`, which readers
# take for an escaped control character.
_TAKEN = compiled(rf"\A\u200b*(?=<r>)|(?<=_)\u200b*(?=x[0-9A-Fa-f]{{4}}[_{_CONTROLS}])")
_SHIELDED = compiled(rf"\A\u200b+(?=<r>)|(?<=_)\u200b+(?=x[0-9A-Fa-f]{{4}}[_{_CONTROLS}])")
_ESCAPED = compiled("_x([0-9A-Fa-f]{4})_")
_CONTINUED = compiled(r"……〔全文见“续文”表第(\d+)组〕\Z")


def shield(text: str) -> str:
    """Text that XlsxWriter takes as it stands; U+FFFE and U+FFFF, which XML cannot hold, become U+FFFD."""
    return _TAKEN.sub(lambda match: match[0] + "\u200b", _NONCHARACTERS.sub("\ufffd", text))


def unshield(text: str) -> str:
    """What the cell was given: undoes `shield` and the `_xHHHH_` escapes of control characters."""
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _SHIELDED.sub(lambda match: match[0][1:], text)


def too_long(text: str) -> bool:
    """Whether Excel would cut the text off."""
    return len(text) > LONGEST // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST


def parts_of(text: str) -> list[str]:
    """The text in pieces that fit."""
    return [text[i : i + PART] for i in range(0, len(text), PART)]


def shortened(text: str, group: int) -> str:
    """The beginning of a text with a reference to its `group` on the 续文 sheet."""
    return f"{text[:PART]}……〔全文见“续文”表第{group}组〕"


def restored(text: str, groups: dict[int, str]) -> str:
    """The whole text, where `text` is a shortened one."""
    match = _CONTINUED.search(text)
    if not match:
        return text
    whole = groups.get(int(match[1]), "")
    return whole if whole.startswith(text[: match.start()]) and too_long(whole) else text
