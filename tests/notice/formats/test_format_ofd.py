"""OFD: places to lines, locations, templates, drawings, tables, damage, bombs."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from cases.broken import make_zip

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "scripts"))
from ofd_file import (  # noqa: E402
    LEFT,
    NAMESPACE,
    PITCH,
    SIZE,
    Text,
    line_objects,
    ofd_file,
    package,
    packed,
    page,
)

from zhenggai.errors import ReadingError  # noqa: E402
from zhenggai.notice import parse  # noqa: E402
from zhenggai.notice.formats.base import Limits  # noqa: E402
from zhenggai.notice.formats.ofd import extract  # noqa: E402
from zhenggai.notice.model import SourceText  # noqa: E402
from zhenggai.notice.reading import expand, read  # noqa: E402

NOTICES = [ROOT / "data" / "notices" / name for name in ("notice-17.txt", "notice-28.txt")]
FULL = "整改情况组织学习研讨制定办法清退资金完善制度加强监督检查"  # 28 characters
TEXT = f"一、{FULL}。"


def paragraphs(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def items(source: SourceText) -> list[tuple[str | None, str, str]]:
    fold = re.compile(r"\s")
    return [(i.number, fold.sub("", i.problem), fold.sub("", i.outcome)) for i in parse(source).items]


def text_object(text: str, attributes: str = 'Boundary="28 60 160 8" Size="5"', code: str = "") -> str:
    inner = f'<ofd:TextCode X="0" Y="5" {code}>{text}</ofd:TextCode>'
    return f"<ofd:TextObject {attributes}>{inner}</ofd:TextObject>"


def lines(*objects: str) -> list[str]:
    """Lines of a file with a page for each of these."""
    return extract(packed(package([page(part) for part in objects])), Limits()).text.split("\n")


def error_of(parts: dict[str, str] | bytes, limits: Limits | None = None) -> str:
    data = parts if isinstance(parts, bytes) else packed(parts)
    with pytest.raises(ReadingError) as caught:
        extract(data, limits or Limits())
    assert re.fullmatch(r"需要.+；实际.+；请.+。", str(caught.value), re.S)
    return str(caught.value)


@pytest.mark.parametrize("by_glyph", [False, True], ids=["by line", "by glyph"])
@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_items_are_those_of_the_text(path: Path, by_glyph: bool) -> None:
    source = read("notice.ofd", ofd_file(paragraphs(path), by_glyph=by_glyph))
    assert source.kind == "ofd"
    assert "党务公开" not in source.text.split("\n")
    assert items(source) == items(read(path))
    assert items(source)


@pytest.mark.parametrize("base", ["", "/Doc_0/", "Doc_0/", "./", "Pages/../"])
def test_locations_are_relative_or_absolute(base: str) -> None:
    assert extract(packed(package([page(text_object(TEXT))], base=base)), Limits()).text == TEXT


def test_the_older_namespace_is_read_too() -> None:
    old = "http://www.ofdspec.org"
    parts = package([page(text_object("整改情况"), namespace=old)], namespace=old)
    assert extract(packed(parts), Limits()).text == "整改情况"
    assert old != NAMESPACE


def test_matrices_short_distances_and_missing_distances() -> None:
    scaled = 'Boundary="40 60 100 8" CTM="0.3528 0 0 0.3528 0 0" Size="14.17"'
    assert lines(text_object("共3个问题", scaled, 'DeltaX="14.17 7.1 g 2 14.17"')) == ["共3个问题"]
    assert lines(text_object("共3个问题")) == ["共3个问题"]
    two = '<ofd:TextObject Boundary="28 60 160 20" Size="5"><ofd:TextCode X="0" Y="15">下</ofd:TextCode>'
    two += '<ofd:TextCode X="0" Y="5">一、上。</ofd:TextCode></ofd:TextObject>'
    assert lines(two) == ["一、上。下"]  # by place, not by their order in the file


def test_blocks_are_read_and_rotated_or_invisible_text_is_not() -> None:
    block = f"<ofd:PageBlock><ofd:PageBlock>{text_object('整改情况')}</ofd:PageBlock></ofd:PageBlock>"
    mark = text_object("内部资料", 'Boundary="60 90 90 90" Size="9" CTM="0.7 -0.7 0.7 0.7 0 0"')
    hidden = text_object("隐藏", 'Boundary="28 80 99 8" Size="5" Visible="false"')
    assert lines(block + mark + hidden) == ["整改情况"]


def test_templates_of_several_pages_are_left_out_and_that_of_one_is_read() -> None:
    def laid(n: int, template: int) -> str:
        body = text_object(f"第{n}段。{FULL[:20]}。", f'Boundary="28 {60 + n} 160 8" Size="5"')
        return page(body, template=f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>')

    running = page(text_object("会议专用", 'Boundary="28 120 160 8" Size="5"'))
    own = page(text_object("某局关于整改情况的通报", 'Boundary="28 45 160 8" Size="5"'))
    parts = package([laid(1, 1), laid(2, 0), laid(3, 0)], [running, own])
    text = extract(packed(parts), Limits()).text
    assert text.startswith("某局关于整改情况的通报\n第1段")
    assert "会议专用" not in text


def test_text_in_drawings_of_the_resources_is_read() -> None:
    place = '<ofd:CompositeObject Boundary="28 60 100 20" ResourceID="{}" CTM="0.5 0 0 0.5 0 0"/>'
    parts = package([page(place.format(8) + place.format(9) + place.format(7))])
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        "</ofd:PageArea>", "</ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    )
    text = text_object("整改情况", 'Boundary="0 0 80 9" Size="10"')
    endless = place.format(9) * 2
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'
        for n, inner in ((8, text), (9, endless))
    )
    parts["Doc_0/DocumentRes.xml"] = (
        f'<ofd:Res xmlns:ofd="{NAMESPACE}">'
        f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    assert extract(packed(parts), Limits()).text == "整改情况"


def test_all_documents_of_a_file_are_read() -> None:
    parts = package([page(text_object("一、甲。"))])
    more = {n.replace("Doc_0", "Doc_1"): p.replace("甲", "乙") for n, p in parts.items() if n != "OFD.xml"}
    body = "<ofd:DocBody><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    parts["OFD.xml"] = parts["OFD.xml"].replace("</ofd:OFD>", body)
    assert extract(packed({**parts, **more}), Limits()).text == "一、甲。\n一、乙。"


def test_ruled_tables_are_rows() -> None:
    rows = [("序号", "问题", "整改情况"), ("1", "学习不够", "组织学习"), ("2", "落实不力", "制定办法")]
    columns, height = (LEFT, 45.0, 100.0, 180.0), 12.0
    texts = [
        line_objects(Text(columns[c] + 2, 60 + r * height + 8, cell))
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    ]
    grid = [(LEFT, 60 + n * height, f"M 0 0 L {columns[-1] - LEFT} 0") for n in range(4)]
    grid += [(x, 60.0, f"M 0 0 L 0 {3 * height}") for x in columns]
    drawn = [
        f'<ofd:PathObject Boundary="{x} {y} 160 40"><ofd:AbbreviatedData>{d}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
        for x, y, d in grid
    ]
    title = line_objects(Text(LEFT, 50, "整改情况表"))
    assert lines("".join([title, *drawn, *texts])) == ["整改情况表", *map("\t".join, rows)]


def test_archives_hold_ofd_files(tmp_path: Path) -> None:
    data = packed(package([page(text_object(TEXT))]))
    (tmp_path / "a.ofd").write_bytes(data)
    (tmp_path / "b.zip").write_bytes(make_zip({"c.ofd": data}))
    names = [source.name for source in expand([tmp_path])]
    assert names == [f"{tmp_path}/a.ofd", f"{tmp_path}/b.zip!/c.ofd"]
    assert [read(name).text for name in names] == [TEXT, TEXT]
    assert "无法打开" in error_of(data[:-60])


def test_scans_are_named_as_such_and_scanned_pages_are_a_warning() -> None:
    image = '<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>'
    assert "扫描件" in error_of(package([page(image)]))
    assert "没有文字层" in error_of(package([page("")]))
    extracted = extract(packed(package([page(text_object(FULL)), page(image)])), Limits())
    assert extracted.text == FULL
    assert extracted.warnings == ("第 2 页是扫描图像，没有文字，已略去",)


PAGE = "Doc_0/Pages/Page_0/Content.xml"


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("OFD.xml", "<ofd:OFD", "XML 损坏"),
        ("Doc_0/Document.xml", "<a><b></a>", "XML 损坏"),
        (PAGE, "", "XML 损坏"),
        (PAGE, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "实体"),
        (PAGE, None, "缺少第 1 页"),
        ("Doc_0/Document.xml", None, "缺少文档入口 Doc_0/Document.xml"),
        ("OFD.xml", None, "缺少OFD.xml"),
        ("OFD.xml", "<OFD/>", "没有页面"),
        ("OFD.xml", "<OFD><DocBody/></OFD>", "缺少文档入口"),
        ("Doc_0/Document.xml", "<Document/>", "没有页面"),
        ("Encryptions.xml", "<x/>", "已加密"),
        ("Encryptions/Encryptinfo.xml", "<x/>", "已加密"),
    ],
)
def test_damaged_and_encrypted_files(part: str, content: str | None, reason: str) -> None:
    parts = {**package([page(text_object(TEXT))]), part: content}
    assert reason in error_of({name: text for name, text in parts.items() if text is not None})


def test_bombs_and_long_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    good = package([page(text_object(TEXT)), page(text_object(TEXT))])
    assert "压缩炸弹" in error_of({**good, PAGE: page(" " * 4_000_000)})
    assert "解压后" in error_of(good, Limits(unpacked_bytes=500))
    assert "不超过 1 页" in error_of(good, Limits(pages=1))
    assert "时限" in error_of(good, Limits(seconds=0.0))
    again = {**good, "Doc_0/Document.xml": good["Doc_0/Document.xml"].replace("Page_1", "Page_0")}
    size = sum(len(part.encode()) for part in again.values())
    assert extract(packed(again), Limits(unpacked_bytes=size)).text
    many = re.sub(r"(<ofd:Page ID.*?/>)", r"\1" * 9, again["Doc_0/Document.xml"], count=1)
    limits = Limits(unpacked_bytes=size + 2000)
    assert "反复引用" in error_of({**again, "Doc_0/Document.xml": many}, limits)
    monkeypatch.setattr("zhenggai.notice.formats.ofd.MAX_GLYPHS", 10)
    assert "每页不超过 10 字" in error_of(good)


@pytest.mark.parametrize("number", ["nan", "inf", "1e999", "-1e300", "x", "", "0 0 0"])
def test_odd_numbers_end_in_text_or_an_error(number: str) -> None:
    names = ("Boundary", "CTM", "Size", "HScale")
    codes = [f'DeltaX="{number}"', f'DeltaX="g {number} 5"', f'DeltaY="g 99999 {number}"']
    objects = [text_object(FULL, " ".join(f'{name}="{number}"' for name in names[n:])) for n in range(4)]
    objects += [text_object(FULL, code=code) for code in codes]
    objects += [text_object(FULL, f'Boundary="{number} 60 1 1" Size="{SIZE}" CTM="{number} 0 0 1 0 0"')]
    for part in objects:
        path = (
            f'<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M {number} L {number} B C'
            "</ofd:AbbreviatedData></ofd:PathObject>"
        )
        good = line_objects(Text(LEFT, 200 + PITCH, TEXT))
        assert extract(packed(package([page(part + path + good)])), Limits()).text
