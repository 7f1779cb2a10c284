"""Radicals and compatibility ideographs → the characters that they stand for, one for one.

Printing to PDF from a browser leaves ⻓ (U+2ED3) where 长 was written, as one glyph draws both: no search for
长期 finds it and no word list knows it. Offsets stay what they are, as every character becomes just one.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from zhenggai.patterns import compiled

_ODD = compiled("[\u2e80-\u2fd5\uf900-\ufaff]")
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
    "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_UNIFIED = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
"""Of the CJK Radicals Supplement, by Unicode's EquivalentUnifiedIdeograph; the others can be decomposed."""
_OF_THE_MAINLAND = {"\u2f3e": "户"}
"""What the fonts of the mainland draw there; the decomposition is 戶."""


def unified(text: str) -> str:
    """The text in unified ideographs, as long as before."""
    return text if _ODD.search(text) is None else _ODD.sub(lambda match: _table()[match.group()], text)


@cache
def _table() -> dict[str, str]:
    codes = [*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)]
    decomposed = {char: unicodedata.normalize("NFKC", char) for char in map(chr, codes)}
    return decomposed | dict(zip(_RADICALS, _UNIFIED, strict=True)) | _OF_THE_MAINLAND
