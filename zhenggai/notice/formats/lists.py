"""Numbers of list items as text, in the number formats of HTML and of Word."""

from __future__ import annotations

from collections.abc import Callable

from zhenggai.notice.language.numbering import STEMS
from zhenggai.patterns import compiled

_DIGITS = "〇一二三四五六七八九"
_OWN_NUMBER = compiled(
    r"\s*(?:[（(]?\s?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})\s?[）)、.．]|[①-⑳⑴-⒇⒈-⒛㈠-㈩]|第[一二三四五六七八九十\d]{1,3}[，、是])"
)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_EARTHLY = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = dict(zip("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True))


def has_own_number(text: str) -> bool:
    """Whether a line begins with a number of its own, so that the list's would be one too many."""
    return _OWN_NUMBER.match(text) is not None


_ENDS_OPEN = compiled(r"\w$")


def set_off(number: str) -> str:
    """The number with a space behind it where it would run into the text: 1 → `1 `, 一、 as it is."""
    return number + " " if _ENDS_OPEN.search(number) else number


def chinese(value: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五; digits above 9,999."""
    if not 0 < value < 10_000:
        return str(value)
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if zero else "") + _DIGITS[digit] + name
            zero = False
        elif text and value:
            zero = True
    return text[1:] if text.startswith("一十") else text


def roman(value: int) -> str:
    """4 → iv; digits outside 1 to 3,999."""
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for size, letters in _ROMAN + _ROMAN_ONES:
        count, value = divmod(value, size)
        text += letters * count
    return text


def letters(value: int) -> str:
    """1 → a, 26 → z, 27 → aa (as Word counts)."""
    if not 0 < value < 1000:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def enclosed(value: int, first: str, count: int) -> str:
    """A character of a block such as ① to ⑳; plain digits beyond it."""
    return chr(ord(first) + value - 1) if 0 < value <= count else str(value)


def circled(value: int) -> str:
    """① to ㊿."""
    if not 20 < value <= 50:
        return enclosed(value, "①", 20)
    return enclosed(value - 20, "㉑", 15) if value <= 35 else enclosed(value - 35, "㊱", 15)


def ordered_marker(value: int, kind: str) -> str:
    """What a browser shows before an `<li>`: `1.`, `a.`, `iv.`."""
    number = {"a": letters, "A": lambda v: letters(v).upper(), "i": roman, "I": lambda v: roman(v).upper()}
    return f"{number.get(kind, str)(value)}."


def _stem(value: int, stems: str) -> str:
    return stems[(value - 1) % len(stems)] if value > 0 else str(value)


WORD_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda v: f"{v:02d}",
    "decimalFullWidth": lambda v: str(v).translate({ord("0") + i: ord("０") + i for i in range(10)}),
    "decimalFullWidth2": lambda v: str(v).translate({ord("0") + i: ord("０") + i for i in range(10)}),
    "decimalHalfWidth": str,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda v: "".join(_DIGITS[int(d)] for d in str(v)) if v >= 0 else str(v),
    "japaneseDigitalTenThousand": chinese,
    "chineseLegalSimplified": lambda v: "".join(_LEGAL.get(c, c) for c in chinese(v)),
    "ideographLegalTraditional": lambda v: "".join(_LEGAL.get(c, c) for c in chinese(v)),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": lambda v: enclosed(v, "⑴", 20),
    "decimalEnclosedFullstop": lambda v: enclosed(v, "⒈", 20),
    "ideographEnclosedCircle": lambda v: enclosed(v, "㊀", 10),
    "ideographTraditional": lambda v: _stem(v, STEMS),
    "ideographZodiac": lambda v: _stem(v, _EARTHLY),
    "lowerLetter": letters,
    "upperLetter": lambda v: letters(v).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda v: roman(v).upper(),
    "none": lambda v: "",
}
"""`w:numFmt` (ISO/IEC 29500-1, 17.18.59 ST_NumberFormat) → text of a number."""
