"""PDF: lines to paragraphs, page furniture, scans, damage."""

from __future__ import annotations

import io
import zlib

import pytest
from cases.build_pdf import FONT, paragraphs
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.layout_tables import Table, table_lines
from zhenggai.notice.formats.pdf import extract

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def draw(*pages: list[tuple[float, float, str]], size: float = 14, password: str | None = None) -> bytes:
    """A PDF with texts at (x, y from the upper edge)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=password, invariant=1)
    for page in pages:
        canvas.setFont(FONT, size)
        for x, y, text in page:
            canvas.drawString(x, A4[1] - y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(data: bytes) -> list[str]:
    return extract(data, Limits()).text.split("\n")


FULL = "整改情况组织学习研讨制定办法清退资金完善制度加强监督检查推动工作落实见效"  # 35 characters


def test_wrapped_lines_are_whole_again() -> None:
    data = draw([(88, 200, FULL[:28]), (60, 226, FULL[:30]), (60, 252, "三项。"), (88, 278, "二、另段。")])
    assert lines(data) == [FULL[:28] + FULL[:30] + "三项。", "二、另段。"]


def test_numbers_and_words_are_joined_without_and_with_a_space() -> None:
    data = draw([(60, 200, FULL[:28] + "202"), (60, 226, "1年" + FULL[:26] + "and"), (60, 252, "more完")])
    assert lines(data) == [FULL[:28] + "2021年" + FULL[:26] + "and more完"]


@pytest.mark.parametrize("number", ["- {} -", "第 {} 页 共 3 页", "{}", "— {} —", "{}/3", "Page {} of 3"])
def test_page_numbers_and_running_heads_are_dropped(number: str) -> None:
    pages = [
        [
            (60, 40, "某局文件"),
            (60, 200, f"第{n}段" + FULL[:25]),
            (60, 226, "完。"),
            (280, 810, number.format(n)),
        ]
        for n in range(1, 4)
    ]
    assert lines(draw(*pages)) == [f"第{n}段{FULL[:25]}完。" for n in range(1, 4)]


def test_a_page_end_within_a_paragraph_does_not_break_it() -> None:
    data = draw(
        [(60, 700, FULL[:32]), (60, 726, FULL[:32])], [(60, 100, "末行完。"), (60, 126, "下段，" + FULL[:29])]
    )
    assert lines(data)[0] == FULL[:32] * 2 + "末行完。"


def test_printing_twice_for_bold_comes_once_and_rotated_watermarks_not_at_all() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont(FONT, 14)
    for shift in (0, 0.3):
        canvas.drawString(60 + shift, 500, "一、学习不够深入的问题")
    canvas.translate(300, 400)
    canvas.rotate(45)
    canvas.drawString(0, 0, "内部资料严禁外传")
    canvas.save()
    assert lines(buffer.getvalue()) == ["一、学习不够深入的问题"]


def test_rows_cut_by_a_page_end_are_whole_and_the_head_comes_once() -> None:
    head = ("序号", "问题", "整改情况")
    first = Table(0, 0, 1, 1, (head, ("1", "学习不够", "组织学习"), ("2", "落实不", "制定办")))
    second = Table(0, 0, 1, 1, (head, ("", "力", "法。"), ("3", "监督缺位", "1.检查\n2.通报")))
    third = Table(0, 0, 1, 1, (("", "现象", ""),))
    assert table_lines([first, second, third]) == [
        "序号\t问题\t整改情况",
        "1\t学习不够\t组织学习",
        "2\t落实不力\t制定办法。",
        "3\t监督缺位现象\t1.检查\u20282.通报",
    ]


def error_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        extract(data, limits or Limits())
    return str(caught.value)


def test_scans_are_named_as_such() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for _ in range(2):
        canvas.drawImage(ImageReader(Image.new("L", (80, 100), 200)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    assert "扫描件" in error_of(buffer.getvalue())


def test_scanned_pages_among_others_are_a_warning() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont(FONT, 14)
    canvas.drawString(60, 500, FULL)
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (80, 100), 200)), 0, 0, *A4)
    canvas.save()
    extracted = extract(buffer.getvalue(), Limits())
    assert extracted.text == FULL
    assert extracted.warnings == ("第 2 页是扫描图像，没有文字，已略去",)


def test_encrypted_damaged_empty_and_long_files() -> None:
    assert "密码" in error_of(draw([(60, 200, FULL)], password="x"))
    good = paragraphs(24, 0)
    for data in (b"%PDF-1.7\n%%EOF", b"%PDF-1.7 " + bytes(range(256)) * 30):
        assert "损坏" in error_of(data) or "没有页面" in error_of(data)
    assert "页" in error_of(good, Limits(pages=1))
    assert "时限" in error_of(good, Limits(seconds=0.0))


def test_compressed_bombs_are_refused_before_parsing() -> None:
    stream = zlib.compress(b"0" * 30_000_000)
    head = b"%PDF-1.7\n1 0 obj\n<< /Filter NAME /Length 1 >>\nstream\n"
    limits = Limits(unpacked_bytes=1_000_000)
    assert "解压后" in error_of(head.replace(b"NAME", b"/FlateDecode") + stream + b"\nendstream", limits)
    assert "多重压缩" in error_of(
        head.replace(b"NAME", b"[/FlateDecode /FlateDecode]") + stream + b"\nendstream", limits
    )
