"""Lines of a fixed page become paragraphs: a number that goes on begins one, notes do not count."""

from __future__ import annotations

from collections.abc import Iterable

from zhenggai.notice.formats.layout import text_of
from zhenggai.notice.formats.layout_lines import page_lines
from zhenggai.notice.formats.layout_tables import Glyph

LEFT, RIGHT, SIZE, PITCH = 60.0, 260.0, 10.0, 17.0
FULL = "整改结果：班子成员每人联系护林站，累计蹲点调研。"


def glyphs(text: str, x: float, top: float, size: float = SIZE) -> list[Glyph]:
    return [Glyph(c, x + i * size, x + (i + 1) * size, top, top + size, size) for i, c in enumerate(text)]


def paragraphs(rows: Iterable[list[Glyph]]) -> list[str]:
    page = page_lines([glyph for row in rows for glyph in row], [], 600, 800)
    return text_of([page]).split("\n")


def lines(*texts: tuple[str, float]) -> list[list[Glyph]]:
    return [glyphs(text, x, 150 + PITCH * index) for index, (text, x) in enumerate(texts)]


def test_a_number_that_goes_on_is_not_joined_to_a_full_line() -> None:
    indent = LEFT + 2 * SIZE
    found = paragraphs(
        lines(
            ("7.班子成员调研不深。", indent),
            (FULL, indent),
            ("8.青年技术人员培养不够。", indent),
            (FULL, indent),
            ("9.场务公开不及时。", indent),
            (FULL[:-1] + "，", indent),
            ("并公开。", LEFT),
        )
    )
    assert [p for p in found if p[0].isdigit()] == [
        "7.班子成员调研不深。",
        "8.青年技术人员培养不够。",
        "9.场务公开不及时。",
    ]


def test_numbers_of_footnotes_go() -> None:
    line = glyphs("尚差2名，已列入下半年招聘计划。", LEFT, 150)
    note = Glyph("1", line[-1].x1, line[-1].x1 + 4, 152, 157, 4)
    squared = Glyph("2", line[-1].x1 + SIZE, line[-1].x1 + SIZE + 4, 152, 157, 4)
    metre = glyphs("m", line[-1].x1, 150)
    assert paragraphs([[*line, note]]) == ["尚差2名，已列入下半年招聘计划。"]
    assert paragraphs([[*line, *metre, squared]])[0].replace(" ", "").endswith("计划。m2")
