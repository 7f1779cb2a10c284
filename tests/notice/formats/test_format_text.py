"""Which encoding is it?"""

from __future__ import annotations

import pytest

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.text import decode, extract

SIMPLIFIED = "一、关于“三会一课”制度执行不严的问题。整改情况：2021年补开党员大会2次，追回资金3.5万元。\r\n"
TRADITIONAL = "一、關於農村公路管護責任落實不到位的問題。整改情況：聘用護路員316名，修復水毀路段42處。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED * 20, SIMPLIFIED, "整改情况"])
def test_with_and_without_byte_order_mark(encoding: str, text: str) -> None:
    data = ("\ufeff" + text).encode(encoding)
    found, name, warnings = decode(data)
    if encoding != "gb18030":
        assert (found, warnings) == (text, ())
        assert data.decode(name) == text  # spans count in what the codec gives
    if not encoding.startswith("utf-32") and (len(text) > 9 or "16" not in encoding):  # too short to tell
        assert decode(text.encode(encoding)) == (text, encoding, ())


def test_big5_is_told_from_gb18030() -> None:
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5", ())
    assert decode(TRADITIONAL.encode("gb18030"))[:2] == (TRADITIONAL, "gb18030")


@pytest.mark.parametrize("lie", ["utf-8", "big5", "iso-8859-1", "no-such-encoding", "utf-7", "base64", "\0"])
def test_a_declared_encoding_is_not_believed_blindly(lie: str) -> None:
    assert decode((SIMPLIFIED * 3).encode("gb18030"), lie)[:2] == (SIMPLIFIED * 3, "gb18030")
    assert decode((SIMPLIFIED * 3).encode(), lie)[:2] == (SIMPLIFIED * 3, "utf-8")


def test_rare_characters_and_long_ascii_heads_do_not_mislead() -> None:
    names = "龚㛃、喆堃、𠮷野、赟昉、翀昇同志\n" * 3
    assert decode(names.encode("gb18030"))[:2] == (names, "gb18030")
    text = "<script>var a = 1;</script>\n" * 5000 + SIMPLIFIED
    assert decode(text.encode("gb18030"))[:2] == (text, "gb18030")


def test_line_ends_and_blanks_stay() -> None:
    text = "甲\r\n乙\r丙\n　丁\u200b"
    assert extract(text.encode(), Limits()).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_cut_off_in_a_character_is_read_with_a_warning(encoding: str) -> None:
    data = (SIMPLIFIED * 5 + "整").encode(encoding)[:-1]
    text, _, warnings = decode(data)
    assert text.startswith(SIMPLIFIED * 5)
    assert len(warnings) == 1
    assert "无法识别" in warnings[0]


def test_a_spoilt_place_far_into_the_file_is_read_with_a_warning() -> None:
    data = (SIMPLIFIED * 3000).encode() + b"\xff\xfe" + (SIMPLIFIED * 3000).encode()
    text, encoding, warnings = decode(data)
    assert encoding == "utf-8"
    assert len(text) == len(SIMPLIFIED) * 6000 + 2
    assert warnings


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(128, 256)) * 30,
        b"\x00\x01\x02\x03" * 50,
        b"\xff\xfe" + bytes(range(256)) * 9,
        b"\xfe" * 99,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError):
        extract(data, Limits())


@pytest.mark.parametrize("times", [(20, 20), (3, 30), (30, 3)])
@pytest.mark.parametrize("order", [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_texts_of_two_encodings_are_called_so(times: tuple[int, int], order: tuple[str, str]) -> None:
    other = "关于学习不深入、不扎实的问题，党委高度重视。\n"
    data = (SIMPLIFIED * times[0]).encode(order[0]) + (other * times[1]).encode(order[1])
    try:
        said = "".join(extract(data, Limits()).warnings)
    except ReadingError as error:
        said = str(error)
    assert "混有不同编码" in said
    assert "二进制" not in said


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_damage_alone_is_no_mixture(encoding: str) -> None:
    data = (TRADITIONAL * 30).encode(encoding)
    damaged = data[:500] + b"\xff\xfe\xfd" + data[501:1000] + data[1003:-1]
    assert not any("混有" in warning for warning in extract(damaged, Limits()).warnings)


def test_western_text_is_left_to_the_library() -> None:
    text = "Résumé of the café’s très élégante façade, naïve coöperation. " * 5
    assert decode(text.encode("cp1252"))[0].startswith("Résumé of the café")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16"])
def test_nuls_that_fill_up_a_file_are_left_out(codec: str) -> None:
    text = SIMPLIFIED * 30
    assert extract(text.encode(codec) + b"\0" * 997, Limits()).text.rstrip("\0") == text


def test_a_nul_in_a_text_is_no_reason_to_refuse_it() -> None:
    text = SIMPLIFIED * 30
    found = extract((text + "\0" + text).encode(), Limits())
    assert (found.encoding, found.text) == ("utf-8", text + "\0" + text)


def test_line_separators_of_web_editors_end_lines_but_not_cells() -> None:
    assert extract("甲\u2028乙\u2029丙".encode(), Limits()).text == "甲\n乙\n丙"
    assert extract("1\t甲\u2028乙\n".encode(), Limits()).text == "1\t甲\u2028乙\n"


@pytest.mark.parametrize("nuls", [1, 5, 20])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_nuls_in_a_short_text_are_told_and_stay_in_place(nuls: int, codec: str) -> None:
    text = (SIMPLIFIED * 12)[: nuls * 30] + SIMPLIFIED
    for index in range(nuls):
        text = text[: index * 30] + "\0" + text[index * 30 :]
    found = extract(text.encode(codec), Limits())
    assert found.text == text
    assert f"{nuls} 个空字符" in "".join(found.warnings)


@pytest.mark.parametrize(
    ("wrong", "right"), [("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")]
)
def test_what_was_saved_in_the_wrong_encoding_is_turned_back(wrong: str, right: str) -> None:
    text = "学习安排问题整改情况组织学习\n" * 20
    garbled = text.encode(right).decode(wrong)
    found = extract(garbled.encode(), Limits())
    assert found.text == text
    assert "乱码" in "".join(found.warnings)


@pytest.mark.parametrize(
    "lost", ["锟斤拷锟斤拷烫烫\n" * 30, SIMPLIFIED.encode().decode("gbk", "replace") * 20]
)
def test_what_cannot_be_turned_back_is_called_garbled(lost: str) -> None:
    with pytest.raises(ReadingError, match="乱码"):
        extract(lost.replace("\ufffd", "?").encode(), Limits())


@pytest.mark.parametrize("codec", ["hz", "utf-7"])
def test_chinese_in_ascii_only(codec: str) -> None:
    text = "关于“学习不深入”的问题。整改情况：组织学习6次。\n".replace("“", "《").replace("”", "》") * 10
    found = extract(text.encode(codec), Limits())
    assert (found.text, found.encoding) == (text, codec)


def test_addresses_and_signs_are_no_encoding() -> None:
    text = "a+b+c ~{x} https://x.cn/a+b+ccccccc\n" * 9
    assert extract(text.encode(), Limits()).text == text
