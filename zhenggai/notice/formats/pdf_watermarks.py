"""Characters of a watermark across a PDF page: rotated, or light and large, or huge beside the text."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from pdfplumber.page import Page

from zhenggai.notice.formats.layout_lines import is_level

_LIGHT = 0.7
"""Lightness from which grey is that of a watermark: 0 is black, 1 is white."""
_LARGE, _HUGE = 1.5, 4.0
"""Size of a light character, and of any, beside that of the page's text."""


def without_watermark(page: Page) -> Page:
    """The page without the characters of watermarks; the page itself where it has none."""
    is_print = _print_test(page)
    if all(map(is_print, page.chars)):
        return page
    found: Page = page.filter(lambda part: part["object_type"] != "char" or is_print(part))
    return found


def _print_test(page: Page) -> Callable[[dict[str, Any]], bool]:
    level = [char["size"] for char in page.chars if is_level(*char["matrix"][:2])]
    usual = median(level) if level else 0.0

    def is_print(char: dict[str, Any]) -> bool:
        if not is_level(*char["matrix"][:2]):
            return False
        large = char["size"] > _LARGE * usual and _lightness(char["non_stroking_color"]) >= _LIGHT
        return not large and char["size"] <= _HUGE * usual

    return is_print


def _lightness(color: Any) -> float:
    """From 0 (black) to 1 (white), of grey, RGB or CMYK; 0 for what is none of these (patterns)."""
    if isinstance(color, int | float):
        return float(color)
    if not isinstance(color, tuple | list) or not all(isinstance(part, int | float) for part in color):
        return 0.0
    if len(color) in (1, 3):
        return float(min(color))
    return 1.0 - min(1.0, max(color[:3]) + color[3]) if len(color) == 4 else 0.0
