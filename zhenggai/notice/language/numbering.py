"""The numbers in front of headings: 一、 （一） 1. （1） ① 一是 第一， 问题1： and their full-width forms."""

from __future__ import annotations

import string
from dataclasses import dataclass, field, replace
from functools import lru_cache

from zhenggai.patterns import compiled

_CN = "零〇一二三四五六七八九十百"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
STEMS = "甲乙丙丁戊己庚辛壬癸"
_DASH_FOR_ONE = "[二三四五六七八九]?十?[—–－ー]"
"""一 that was typed or scanned as a dash: —、 (—) 十—、"""
_UNITS = "元|万|亿|%|％|公里|米|吨|月|年|日|个|人|名|次|项|件|家|起|亩|户|岁"

_ISSUE = r"[【\[]?(?:巡[视察]|反馈|具体|主要|存在|整改|的){0,3}(?:问题|任务|事项|意见)\s?"

_REMARK = r"[（(][^（）()\n]{2,30}[）)]\s?"
"""What may stand between a number and its colon: 问题1（对应反馈意见第2条）：…"""

_STYLES: tuple[tuple[str, str], ...] = (
    (
        "section",
        rf"[（(【]?第(?P<section>[{_CN}]{{1,4}}|\d{{1,3}})\s?(?:部分|方面|板块|篇章|单元|章|节|类)[）)】]?[、：:，,．.\s]*",
    ),
    ("formal", rf"(?P<formal>[{_FORMAL}]{{1,2}})\s?[、．.：:]\s*"),
    (
        "issue_multi",
        rf"{_ISSUE}\d{{1,2}}[-－—–.．](?P<issue_multi>\d{{1,2}})\s?(?:[：:、．.】\]]|\s(?=\S))\s*",
    ),
    (
        "issue",
        rf"{_ISSUE}(?P<issue>[{_CN}]{{1,4}}|\d{{1,3}})\s?(?:{_REMARK}[：:]|[：:、．.】\]]|\s(?=\S)|$)\s*",
    ),
    (
        "issue_paren",
        rf"{_ISSUE}[（(]\s?(?P<issue_paren>[{_CN}]{{1,4}}|\d{{1,3}})\s?[）)](?:{_REMARK}(?=[：:]))?[：:、．.]?(?![个项条类])\s*",
    ),
    (
        "chinese",
        rf"(?P<chinese>[{_CN}]{{1,4}}|{_DASH_FOR_ONE}(?=\s?、))\s?"
        r"(?:[、．.]|，(?=关于|针对)|\s(?=关于|针对))\s*",
    ),
    (
        "chinese_paren",
        rf"[（(﹙]\s?(?P<chinese_paren>[{_CN}]{{1,4}}|{_DASH_FOR_ONE})\s?"
        r"(?:[）)﹚]|、(?![^（(\n]{0,60}[）)]))[、．.]?\s*",
    ),
    ("stem", rf"(?P<stem>[{STEMS}])\s?[、．.](?![{STEMS}])\s*(?=[^\s\d])"),
    ("stem_paren", rf"[（(﹙【\[]\s?(?P<stem_paren>[{STEMS}])\s?[）)﹚】\]][、．.：:]?\s*"),
    ("decimal_dash", r"\d{1,2}[-－—](?P<decimal_dash>\d{1,2})[.．、]?\s*(?=[\u4e00-\u9fff“【（])"),
    ("decimal_zero", rf"(?P<decimal_zero>0[1-9])(?:[.．、]\s*|[ \u3000]+)(?!{_UNITS})(?=[\u4e00-\u9fff“])"),
    (
        "decimal_multi",
        rf"(?P<decimal_multi>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})[.．、]?\s*(?=[^\d.．%％])(?!{_UNITS})",
    ),
    (
        "decimal_bare",
        rf"(?P<decimal_bare>\d{{1,2}})(?:[ \u3000]+|\t(?=[^\t]+$))(?!{_UNITS})(?=[\u4e00-\u9fff“])",
    ),
    ("decimal_ocr", r"(?P<decimal_ocr>[1lI][0-9OolI]|[1-9][OolI])[.．、]\s*(?=[\u4e00-\u9fff“])"),
    (
        "decimal",
        r"(?P<decimal>\d{1,3})\s?(?:[.．、]|\s?﹒)\s*(?!\d(?!\d{3}年|(?<=1)2\d{3}(?![\d.%％万亿元])))",
    ),
    ("decimal_paren", r"[（(﹙]\s?(?P<decimal_paren>\d{1,3})\s?[）)﹚][、．.]?\s*"),
    ("decimal_square", r"[【\[]\s?(?P<decimal_square>\d{1,2})\s?[】\]]\s*"),
    ("decimal_half", r"(?P<decimal_half>\d{1,3})\s?[）)]\s*"),
    ("circled", r"(?P<circled>[①-⑳㉑-㉟❶-❿➀-➓])\s*"),
    ("paren_char", r"(?P<paren_char>[⑴-⒇])\s*"),
    ("dot_char", r"(?P<dot_char>[⒈-⒛])\s*"),
    ("chinese_char", r"(?P<chinese_char>[㈠-㈩])\s*"),
    ("first", rf"[第其](?P<first>[{_CN}]{{1,3}})[，,、：:]\s*"),
    (
        "letter_number",
        r"[A-Z](?P<letter_number>\d{1,2})(?:[.．、：:)）]\s*|[ \t\u3000]+)(?=[\u4e00-\u9fff“【])",
    ),
    ("keycap", r"(?P<keycap>\d)\ufe0f?\u20e3\s*"),
    ("upper_letter", r"(?P<upper_letter>[A-Z])[.．、）)]\s*(?=[^A-Za-z\s.])"),
    ("lower_letter", r"[（(]?(?P<lower_letter>[a-z])[.．、）)]\s*(?=[^A-Za-z\s.])"),
    ("roman", r"(?P<roman>[Ⅰ-Ⅻⅰ-ⅻ])\s?[.．、]?\s*"),
    (
        "bullet",
        r"(?P<bullet>[◆●■▲★☆◇□▶►•※❖◎○△▼]|[—–－]{1,2}(?=\s*(?:关于|针对)[^\n]{4,60}(?:问题|方面)))\s*",
    ),
    ("clause", rf"(?P<clause>[{_CN}]{{1,3}})[是要](?![否月]|年(?![轻度龄底初内终]))\s*[，,：:]?\s*"),
)
_ALIASES = {
    "formal": "section",
    "decimal_bare": "decimal",
    "decimal_ocr": "decimal",
    "paren_char": "decimal_paren",
    "dot_char": "decimal",
    "chinese_char": "chinese_paren",
    "first": "clause",
    "issue_paren": "issue",
    "keycap": "decimal",
}
_CHAR_BASES = (
    ("①", "⑳", 1), ("㉑", "㉟", 21), ("❶", "❿", 1), ("➀", "➉", 1), ("➊", "➓", 1), ("⑴", "⒇", 1), ("⒈", "⒛", 1), ("㈠", "㈩", 1), ("Ⅰ", "Ⅻ", 1), ("ⅰ", "ⅻ", 1), ("A", "Z", 1), ("a", "z", 1),
)  # fmt: skip
_MISREAD = str.maketrans("OolI", "0011")
"""Letters that scanned digits are read as."""
_DOT = compiled("[.．]")
_DASH = compiled("[—–－ー]")
_MARKER = compiled("|".join(f"(?:{pattern})" for _, pattern in _STYLES))
_FIRST_CHARACTERS = frozenset(
    _CN
    + _FORMAL
    + STEMS
    + "◆●■▲★☆◇□▶►•※❖◎○△▼【[第其—–－ー（(﹙①②③④⑤⑥⑦⑧⑨⑩问巡反具主存整的任事意"
    + "0123456789０１２３４５６７８９"
    + string.ascii_letters
)

_REMEMBERED = 1024
"""Answers that are kept: several stages ask for the numbers of the same lines."""
COUNT = r"(?:\d{1,4}|[一二三四五六七八九十百零两]{1,5})"
COUNTER = r"\s?(?:个|项|条)"
"""How many problems there are: 19个, 三十二项."""
STEM_STYLES = frozenset({"stem", "stem_paren"})
"""Styles of 甲、乙、 and （甲）, which begin names as well."""
CLAUSE = "clause"
"""Style of 一是, 第一，: they count points inside a text and seldom head one."""
INLINE = "inline"
"""Style of such numbers where they are known to count problems, each with its answer."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A number in front of a line."""

    style: str
    value: int
    """For `1.2.3`: the last part."""
    length: int
    """Characters that the marker takes, with the white space after it."""
    depth: int = 0
    """Number of dots in `1.2.3`, else 0."""
    mark: str = ""
    """The punctuation after the number: a list inside an answer often has another (1、 under 1.)."""
    level: str = field(init=False, compare=False, repr=False)
    """What tells levels apart: the style, and the depth where one style has several. Asked for far more often
    than a number is made."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "level", f"{self.style}{self.depth}" if self.depth else self.style)


@lru_cache(_REMEMBERED)
def match_marker(text: str, start: int = 0) -> Marker | None:
    """The marker at `text[start:]`, or None."""
    if start >= len(text):
        return None
    first = text[start]
    if first not in _FIRST_CHARACTERS and first < "①" and not first.isdigit():
        return None
    match = _MARKER.match(text, start)
    if match is None:
        return None
    style = match.lastgroup or ""
    number = match.group(style)
    length = match.end() - start
    if style == "bullet":
        inner = match_marker(text, match.end())  # ▲ 问题一 …
        return Marker(style, 0, length) if inner is None else replace(inner, length=length + inner.length)
    if style == "decimal_multi":
        parts = _DOT.split(number)
        return Marker(style, int(parts[-1]), length, len(parts) - 1)
    if style == "issue_multi":
        return Marker("issue", int(number), length, 1)
    mark = text[match.end(style) : match.end()].strip()
    return Marker(_ALIASES.get(style, style), parse_number(number), length, mark=mark.replace("．", "."))


def marker_text(text: str, marker: Marker | None) -> str | None:
    """The number `marker` of `text` as it stands there, without brackets and colons; None for a bullet."""
    if marker is None or marker.style == "bullet":
        return None
    return text[: marker.length].strip().strip("【】[]：:").strip()


@lru_cache(_REMEMBERED)
def parse_number(text: str) -> int:
    """Value of a number in Arabic, full-width, Chinese or circled characters.

    Raises:
        ValueError: `text` is none of these.
    """
    if text.isdecimal():
        return int(text)
    if len(text) == 1:
        for first, last, base in _CHAR_BASES:
            if first <= text <= last:
                return ord(text) - ord(first) + base
        if text in STEMS:
            return STEMS.index(text) + 1
    text = _DASH.sub("一", text).translate(_PLAIN)
    if text.isascii():
        return int(text.translate(_MISREAD))  # 1O, l1
    return _chinese_number(text)


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLAIN = str.maketrans(_FORMAL, "一二三四五六七八九十")


def _chinese_number(text: str) -> int:
    total = digit = 0
    positional = ""
    for character in text:
        if character == "百":
            total += (digit or 1) * 100
            digit = 0
        elif character == "十":
            total += (digit or 1) * 10
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
            positional += str(digit)
        else:
            raise ValueError(f"not a number: {text!r}")
    if len(positional) == len(text):  # 二〇二一: digit by digit
        return int(positional)
    return total + digit
