"""What Word writes and LibreOffice does not: text in bytes, fast saves, wide tables, lists of old files."""

from __future__ import annotations

import struct

import pytest

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Deadline, Limits
from zhenggai.notice.formats.docx_body import Body
from zhenggai.notice.formats.docx_numbering import Numbering
from zhenggai.notice.formats.word_binary import read_body
from zhenggai.notice.formats.word_fib import CHARACTERS, PARAGRAPHS, PIECES, WordFile, open_word
from zhenggai.notice.formats.word_lists import numbering
from zhenggai.notice.formats.word_pieces import pieces
from zhenggai.notice.formats.word_sprms import sprms, with_those_elsewhere

PAGE = 512
IN_TABLE, ROW_END = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)


def file_of(
    parts: list[tuple[str, int, int]],
    paragraphs: list[tuple[int, bytes]] = (),  # type: ignore[assignment]
    characters: list[tuple[int, bytes]] = (),  # type: ignore[assignment]
    prepared: bytes = b"",
    data: bytes = b"",
) -> WordFile:
    """A file of pieces (text, bytes a character, prm), whose properties hold up to places in the text.

    Pages of properties stand at 512 and 1024, the text at 2048.
    """
    main, bounds, descriptions = bytearray(2048), [0], b""
    for text, width, prm in parts:
        place = len(main)
        main += text.encode("cp1252" if width == 1 else "utf-16-le")
        fc = place * 2 | 0x40000000 if width == 1 else place
        bounds.append(bounds[-1] + len(text))
        descriptions += struct.pack("<HIH", 0, fc, prm)
    clx = b"".join(b"\1" + struct.pack("<H", len(p)) + p for p in ([prepared] if prepared else []))
    table = struct.pack(f"<{len(bounds)}I", *bounds) + descriptions
    clx += b"\2" + struct.pack("<I", len(table)) + table
    main[PAGE : 2 * PAGE] = page(paragraphs, 13)
    main[2 * PAGE : 3 * PAGE] = page(characters, 1)
    tables = {
        PIECES: clx,
        PARAGRAPHS: struct.pack("<III", 0, 9999, 1),
        CHARACTERS: struct.pack("<III", 0, 9999, 2),
    }
    places, stream = [(0, 0)] * 80, b""
    for number, content in tables.items():
        places[number] = (len(stream), len(content))
        stream += content
    return WordFile(bytes(main), stream, data, bounds[-1], bounds[-1], tuple(places))


def page(runs: list[tuple[int, bytes]], width: int) -> bytes:
    """A page of properties (PapxFkp, ChpxFkp): each holds up to an end, in bytes from 2048."""
    content = bytearray(PAGE)
    content[-1] = len(runs)
    place = PAGE - 2
    struct.pack_into(f"<{len(runs) + 1}I", content, 0, 2048, *(2048 + end for end, _ in runs))
    for index, (_, changes) in enumerate(runs):
        if width == 13:
            value = struct.pack("<H", 0) + changes
            value += b"\0" * (len(value) % 2 == 0)
            value = bytes([(len(value) + 1) // 2]) + value
        else:
            value = bytes([len(changes)]) + changes
        place = (place - len(value)) // 2 * 2
        content[place : place + len(value)] = value
        content[4 * (len(runs) + 1) + width * index] = place // 2
    return bytes(content)


def lines(file: WordFile) -> list[str]:
    deadline = Deadline(9)
    return Body(Numbering(None, None), deadline).lines(read_body(file, deadline))


def test_pieces_in_bytes_and_in_two_bytes() -> None:
    file = file_of([("2023", 1, 0), ("年𠮷", 2, 0), ("\x93a\x94\r".encode("latin-1").decode("cp1252"), 1, 0)])
    found = list(pieces(file, 0, 99))
    assert [(piece.position, piece.characters, piece.width) for piece in found] == [
        (0, 4, 1),
        (4, 2, 2),
        (6, 4, 1),
    ]
    file = file_of([("2023", 1, 0), ("年", 2, 0), ("“a”\r", 1, 0)])
    assert lines(file) == ["2023年“a”"]
    assert [piece.text(file.main, piece.place, piece.place + 2) for piece in pieces(file, 2, 5)] == [
        "23",
        "年",
    ]


def test_text_that_lies_outside_the_file() -> None:
    file = file_of([("整改", 2, 0)])
    with pytest.raises(ReadingError, match="不完整"):
        lines(WordFile(file.main[:-2], *(getattr(file, n) for n in WordFile.__slots__[1:])))


def test_signs_that_are_no_text() -> None:
    text = "\x01\x02a\x1eb\x1fc\x0bd\te\x05\rf\x0cg\r"
    assert lines(file_of([(text, 2, 0)], [(2 * 13, b""), (2 * 17, b"")])) == ["a-bc", "d e", "f", "g"]


def test_fields_in_fields() -> None:
    text = "甲\x13 IF \x13 DATE \x14x\x15 y\x14乙\x15丙\x13 XE z\x15\x15丁\r"
    assert lines(file_of([(text, 2, 0)])) == ["甲乙丙丁"]


def test_tables_of_word_97() -> None:
    """Which know no depth; the second row ends by the mark of a wide table in the data stream."""
    definition = struct.pack("<B4h", 3, 0, 1000, 2000, 3000) + b"\0" * 60
    shape = ROW_END + struct.pack("<HH", 0xD608, len(definition) + 1) + definition
    text = "1\x07甲\x07乙\x07\x072\x07丙\x07丁\x07\x07完\r"
    elsewhere = struct.pack("<HI", 0x6646, 4)
    properties = [(12, IN_TABLE), (14, IN_TABLE + shape), (26, IN_TABLE), (28, elsewhere), (32, b"")]
    stored = IN_TABLE + shape
    data = b"\0" * 4 + struct.pack("<H", len(stored)) + stored
    assert lines(file_of([(text, 2, 0)], properties, data=data)) == ["1\t甲\t乙", "2\t丙\t丁", "完"]


def test_deleted_hidden_and_symbols() -> None:
    characters = [
        (4, b""),
        (8, struct.pack("<HB", 0x0800, 1)),
        (12, struct.pack("<HB", 0x083C, 1)),
        (14, struct.pack("<HHH", 0x6A09, 1, 0xF0FC)),
        (16, struct.pack("<HBHB", 0x083C, 1, 0x083C, 0)),
        (18, b""),
    ]
    assert lines(file_of([("整改删去隐藏(好\r", 2, 0)], characters=characters)) == ["整改好"]


def test_properties_of_a_fast_save() -> None:
    """A single property stands in the piece itself, several before the table of pieces."""
    hidden = 0x45 << 1 | 1 << 8
    assert lines(file_of([("甲", 2, 0), ("乙", 2, hidden), ("丙\r", 2, 0)])) == ["甲丙"]
    deleted = struct.pack("<HBHB", 0x0801, 0, 0x0800, 1)
    assert lines(file_of([("甲", 2, 0), ("乙", 2, 1), ("丙\r", 2, 0)], prepared=deleted)) == ["甲丙"]


def test_sprms_of_every_size() -> None:
    changes = b"".join(
        (
            struct.pack("<HB", 0x2416, 1),
            struct.pack("<HH", 0x460B, 3),
            struct.pack("<HI", 0x6649, 2),
            struct.pack("<HB3s", 0xC60D, 3, b"abc"),
            struct.pack("<HB", 0xC615, 255) + b"\1" + b"d" * 4 + b"\2" + b"a" * 6,
            struct.pack("<HH", 0xD608, 3) + b"xy",
            struct.pack("<H3s", 0xEA3F, b"123"),
            struct.pack("<HB", 0x2417, 1),
        )
    )
    found = dict(sprms(changes))
    assert list(found) == [0x2416, 0x460B, 0x6649, 0xC60D, 0xC615, 0xD608, 0xEA3F, 0x2417]
    assert (found[0x2417], found[0xD608]) == (b"\1", b"xy")
    assert with_those_elsewhere(struct.pack("<HI", 0x6646, 99), b"") == struct.pack("<HI", 0x6646, 99)


def test_lists_are_followed_as_far_as_they_go() -> None:
    level = struct.pack("<iBB9sB4x4xBBBB", 1, 37, 0, b"\2" + b"\0" * 8, 2, 0, 0, 0, 0)
    text = "（\0）".encode("utf-16-le")
    lists = struct.pack("<hii9HBB", 1, 7, 0, *[0xFFF] * 9, 1, 0)
    levels = level + struct.pack("<H", 3) + text
    overrides = struct.pack("<IiIIBBH", 1, 7, 0, 0, 1, 0, 0) + struct.pack("<IiI", 0xFFFFFFFF, 4, 0x10)
    root = numbering(lists, levels, overrides, b"")
    assert root.find("abstractNum/lvl/lvlText").get("val") == "（%1）"  # type: ignore[union-attr]
    assert root.find("num/lvlOverride/startOverride").get("val") == "4"  # type: ignore[union-attr]
    assert numbering(lists[:9], levels, overrides, b"").find("num") is None
    assert numbering(lists, levels[:20], overrides, b"").find("num") is None
    assert len(numbering(lists, levels, overrides[:19], b"")) == 1


def test_a_head_that_is_no_word_file() -> None:
    with pytest.raises(ReadingError, match="无法打开"):
        open_word(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, Limits())
