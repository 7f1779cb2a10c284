"""Numbers with their units in a clause, and shares that it states (86%, 九成, 大部分)."""

from __future__ import annotations

from dataclasses import dataclass

from zhenggai.patterns import compiled

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000.0, "亿": 100_000_000.0}
_LENGTHS = {"公里": 1.0, "千米": 1.0, "里": 0.5}

_MEASURES = "个家人户名起项处件宗座条笔套辆栋幢间所本份批只台艘门幅亩卷例村"
_QUANTITY = compiled(
    r"(?<![\d.第])(?:(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<more>余|多)?(?P<scale>[万亿])?(?:余|多)?"
    r"(?P<unit>公里|千米|平方公里|平方米|立方米|公顷|人次|[^\W\d_年月日时点期级届分号楼岁度周天倍成比至到万亿余多])|"
    rf"(?<![一二三四五六七八九十百千第])(?P<han>[一二两三四五六七八九十百千]+)(?P<measure>[{_MEASURES}]))"
)
_SHARE = compiled(
    r"(?<![由从比高降至\d.])(?:(?P<percent>\d+(?:\.\d+)?)[%％]|(?P<tenths>[一二三四五六七八九])成|"
    r"(?P<most>过半|大部分|绝大部分|绝大多数|大多数|多数|一大半))"
)
_OF_WORK = compiled(r"(?:占(?!比)|完成|[退收清办化整销结执追兑拨处]\w{0,3}率|进度|已)[^，。；]{0,12}$")
"""Before a share: it says how much is done. 同比增长38% does not."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of things: `text[start:end]`."""

    value: float
    unit: str
    start: int
    end: int

    @property
    def unit_value(self) -> tuple[float, str]:
        """How many of what."""
        return self.value, self.unit


def quantities(text: str) -> list[Quantity]:
    """The quantities of `text`, which has no blanks, in order; dates and ordinals are none."""
    out = []
    for found in _QUANTITY.finditer(text):
        if found["han"]:
            value, unit = _spelled(found["han"]), found["measure"]
        else:
            value, unit = float(found["digits"].replace(",", "")), found["unit"]
            value *= _SCALES.get(found["scale"] or "", 1.0)
        if unit in _LENGTHS:
            value, unit = value * _LENGTHS[unit], "公里"
        out.append(Quantity(value, unit, found.start(), found.end()))
    return out


def _spelled(text: str) -> float:
    total, digit = 0, 0
    for char in text:
        if char in _TENS:
            total, digit = total + (digit or 1) * _TENS[char], 0
        else:
            digit = _DIGITS[char]
    return float(total + digit)


def stated_share(text: str) -> float | None:
    """The share of the work that `text` says is done, in [0, 1): the last that it names, or None."""
    for found in reversed(list(_SHARE.finditer(text))):
        if found["most"]:
            return 0.6
        if not _OF_WORK.search(text[: found.start()]):
            continue
        share = float(found["percent"]) / 100 if found["percent"] else _spelled(found["tenths"]) / 10
        if share < 1:
            return share
    return None
