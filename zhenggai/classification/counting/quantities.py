"""Numbers with their units in a clause."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from zhenggai.patterns import compiled

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000.0, "亿": 100_000_000.0}
_PERSONS = {"名": "人", "位": "人"}
_LENGTHS = {"公里": 1.0, "千米": 1.0, "里": 0.5}

_MEASURES = "个家人户名起项处件宗座条笔套辆栋幢间所本份批只台艘门幅亩卷例村"
_QUANTITY = compiled(
    r"(?<![\d.第])(?:(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<more>余|多)?(?P<scale>[万亿])?(?:余|多)?"
    r"(?P<unit>公里|千米|平方公里|平方米|立方米|公顷|人次|[^\W\d_年月日时点期级届分号楼岁度周天倍成比至到万亿余多])|"
    rf"(?<![一二三四五六七八九十百千第])(?P<han>[一二两三四五六七八九十百千]+)(?P<measure>[{_MEASURES}]))"
)


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


@lru_cache(maxsize=1024)  # totals, rests and names are looked for in the same clauses, one after the other
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of `text`, which has no blanks, in order; dates and ordinals are none."""
    out = []
    for found in _QUANTITY.finditer(text):
        if found["han"]:
            value, unit = spelled(found["han"]), found["measure"]
        else:
            value, unit = float(found["digits"].replace(",", "")), found["unit"]
            value *= _SCALES.get(found["scale"] or "", 1.0)
        if unit in _LENGTHS:
            value, unit = value * _LENGTHS[unit], "公里"
        out.append(Quantity(value, _PERSONS.get(unit, unit), found.start(), found.end()))
    return tuple(out)


def spelled(text: str) -> float:
    """The value of a number in characters: 三十二."""
    total, digit = 0, 0
    for char in text:
        if char in _TENS:
            total, digit = total + (digit or 1) * _TENS[char], 0
        else:
            digit = _DIGITS[char]
    return float(total + digit)
