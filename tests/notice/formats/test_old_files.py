"""Files of LibreOffice in old formats: the lines, headings and items are those of the docx and xlsx files."""

from __future__ import annotations

import contextlib
import random
import re
import struct
import time

import pytest

from tests.notice.formats.old_files import BOOK, BOXES, FILES, HEADINGS, NOTICE
from zhenggai.errors import ReadingError
from zhenggai.notice import parse
from zhenggai.notice.formats import libreoffice
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.reading import read

DOCUMENTS = ("doc", "rtf", "odt")
BOOKS = ("xls", "ods")
DAMAGES = 200
SECONDS = 2.0


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)


@pytest.mark.parametrize("ending", DOCUMENTS)
def test_documents(ending: str) -> None:
    """Numbers of lists, changes, hidden text, fields, merged and nested tables, heads of pages."""
    source = read(FILES / f"notice.{ending}")
    assert source.text.split("\n") == list(NOTICE)
    assert [source.text[start:].split("\n")[0] for start in source.headings] == HEADINGS
    assert (source.kind, source.warnings) == ("doc", ())
    problems = [item.problem for item in parse(source).items]
    assert problems[:2] == ["河道巡查频次不足", "水费收缴不规范"]
    assert problems[-1] == "印章台账缺失"


@pytest.mark.parametrize("ending", DOCUMENTS)
def test_text_boxes_come_after_their_paragraph(ending: str) -> None:
    assert read(FILES / f"boxes.{ending}").text.split("\n") == list(BOXES)


@pytest.mark.parametrize("ending", BOOKS)
def test_workbooks(ending: str) -> None:
    """Merged answers, dates, truth values; a sheet that explains and a hidden one are told of."""
    source = read(FILES / f"book.{ending}")
    assert source.text.split("\n") == list(BOOK)
    assert source.kind == "xls"
    assert [warning[:8] for warning in source.warnings] == ["另有 1 个隐藏", "工作表“填表说明"]


@pytest.mark.parametrize("name", ["a.wps", "a.doc", "a.docx", "a"])
@pytest.mark.parametrize("ending", DOCUMENTS)
def test_the_content_decides(name: str, ending: str) -> None:
    assert read(name, (FILES / f"boxes.{ending}").read_bytes()).text.split("\n") == list(BOXES)


@pytest.mark.parametrize(
    "name", [f"notice.{e}" for e in DOCUMENTS] + ["boxes.doc"] + [f"book.{e}" for e in BOOKS]
)
def test_damaged_files_end_in_a_text_or_a_reason(name: str) -> None:
    """Cut at every 5 %, and 200 times with bytes changed at random."""
    data = (FILES / name).read_bytes()
    cut = [data[: len(data) * part // 20] for part in range(20)]
    for damaged in (*cut, *changed(data)):
        start = time.monotonic()
        try:
            read(name, damaged, Limits(seconds=SECONDS))
        except ReadingError as error:
            assert re.fullmatch(r"需要.+；实际.*；请.+。", str(error), re.S), str(error)  # noqa: PT017
            assert "无法解析" not in str(error), repr(error.__cause__)  # noqa: PT017
        assert time.monotonic() - start < SECONDS


def changed(data: bytes) -> list[bytes]:
    chance = random.Random(11)
    found = []
    for _ in range(DAMAGES):
        copy = bytearray(data)
        for _ in range(chance.choice((1, 3, 20, 200))):
            copy[chance.randrange(len(copy))] = chance.randrange(256)
        found.append(bytes(copy))
    return found


@pytest.mark.parametrize("name", ["notice.doc", "book.xls"])
@pytest.mark.parametrize("place", [0x2C, 0x40, 0x48])
def test_untrue_sizes_are_no_bomb(name: str, place: int) -> None:
    """Numbers of sectors of which each could be the same."""
    data = (FILES / name).read_bytes()
    with pytest.raises(ReadingError, match="另存为"):
        read(name, data[:place] + struct.pack("<I", 0x7FFFFFFF) + data[place + 4 :])


def test_circular_chains_end() -> None:
    """The last sector of the mini FAT's chain leads back to the first, and the stream claims to be longer."""
    data = bytearray((FILES / "book.xls").read_bytes())
    start = data.index("Workbook".encode("utf-16-le"))
    first, size = struct.unpack_from("<II", data, start + 0x74)
    (fat,) = struct.unpack_from("<I", data, 0x4C)
    struct.pack_into("<I", data, 512 * (fat + 1) + 4 * first, first)
    struct.pack_into("<I", data, start + 0x78, 0x7FFFFFFF)
    begun = time.monotonic()
    with pytest.raises(ReadingError, match="另存为"):
        read("book.xls", bytes(data))
    struct.pack_into("<I", data, start + 0x78, size)
    with contextlib.suppress(ReadingError):
        read("book.xls", bytes(data))
    assert time.monotonic() - begun < SECONDS
