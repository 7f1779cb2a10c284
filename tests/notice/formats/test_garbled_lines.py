"""Single lines that a wrong encoding garbled, amid lines in order."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText
from zhenggai.notice.reading import read

LINES = [
    "中共某县水务局党组关于巡察整改情况的通报",
    "1.理论学习不够深入。",
    "整改情况：制定年度学习计划，组织集中学习12次。",
    "2.党费收缴不规范。",
    "整改情况：已补缴党费2300元，建立台账1本。",
]


def notice(line: str) -> SourceText:
    return read("n.txt", "\n".join([*LINES[:2], line, *LINES[3:]]).encode())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("utf-8", "latin-1"), ("utf-8", "cp1252"), ("gb18030", "latin-1"), ("utf-8", "gb18030")],
)
def test_they_are_turned_back(right: str, wrong: str) -> None:
    line = "整改情况：制定年度学习计划，组织学习"
    found = notice(line.encode(right).decode(wrong, "ignore"))
    assert found.text.split("\n")[2] == line
    assert any("已还原" in warning and "1行" in warning for warning in found.warnings)


def test_a_character_that_lost_bytes_is_marked() -> None:
    found = notice(LINES[2].encode().decode("gb18030", "replace"))
    assert found.text.split("\n")[2] == LINES[2].replace("。", "\ufffd")
    assert any("无法还原的字" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "line",
    [
        "整改情况：锟斤拷锟斤拷锟斤拷，锟斤拷学习12锟斤拷",
        "整改情况：����学习����12次，��制度2项����。",
        "整改情况：??????12??????2?????",
        "整改情况：鍒跺畾骞村害瀛︿範璁″垝锛岀粍缁囬泦涓",
    ],
)
def test_what_stays_garbled_is_named(line: str) -> None:
    found = notice(line)
    assert found.text.split("\n")[2] == line
    (warning,) = found.warnings
    assert "有1行文字是乱码" in warning
    assert line[:20] in warning
    assert "请从来源重新下载" in warning


@pytest.mark.parametrize(
    "line",
    [
        "整改情况：为何不改？？？怎么改???已开展学习6次。",
        "整改情况：组织Café Élysée参观，气温28°C±2°C。",
        "整改情況：開展學習，歸還鏽蝕鐵鏈、鈔票，鍋爐檢驗鑑定銷號。",
        "整改情况：约谈璁某、锛某2人。",
    ],
)
def test_lines_in_order_are_left_alone(line: str) -> None:
    found = notice(line)
    assert found.text.split("\n")[2] == line
    assert found.warnings == ()


@pytest.mark.parametrize("right", ["utf-8", "gb18030"])
@pytest.mark.parametrize("markup", ["", "<script>var a = 1;</script>" * 40])
def test_a_page_that_was_saved_in_the_wrong_encoding_is_turned_back(right: str, markup: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES * 3)
    page = f"<html><head><meta charset='utf-8'>{markup}</head><body>{body}"
    found = read("n.html", page.encode(right).decode("latin-1").encode())
    assert LINES[4] in found.text
    assert any("已还原" in warning for warning in found.warnings)
