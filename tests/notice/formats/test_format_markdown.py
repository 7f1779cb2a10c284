"""Notices saved as Markdown: the items of the text; what is told to be Markdown, and what is not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from zhenggai.errors import ReadingError
from zhenggai.notice import SourceText, parse
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.detect import kind_of
from zhenggai.notice.formats.markdown import MAX_CHARACTERS, extract
from zhenggai.notice.reading import read

ROOT = Path(__file__).resolve().parents[3]
NOTICES = [ROOT / "data" / "notices" / f"notice-{number}.txt" for number in ("08", "01", "13")]
TABLE = """# 某局党组巡察反馈问题整改情况台账

|序号|反馈问题|整改措施|整改时限|责任单位|整改完成情况|
|:-:|---|---|---|---|---|
| 1 | **理论学习**不够深入 | 制定计划 | 2022年6月 | 办公室 | 集中学习12次，已完成。<br>建立台账。 |
| 2 | 党费收缴“不规范” | 补缴党费\\|登记 | 立行立改 | 机关党委 | 已补缴党费2300元。 |
"""


def lines(markdown: str) -> list[str]:
    return extract(markdown.encode(), Limits()).text.split("\n")


def items(source: SourceText) -> list[tuple[str, ...]]:
    found = parse(source).items
    return [tuple(re.sub(r"\s", "", text) for text in (i.number or "", i.problem, i.outcome)) for i in found]


def converted(text: str, gap: str) -> str:
    """Every line in one of the ways that converters write it."""
    written = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        line = re.sub(r"([\\*_`\[\]<>#|])", r"\\\1", line)
        number = re.match(r"(\d{1,3})([.])(?!\d)", line)
        if re.match(r"[一二三四五六七八九十]{1,3}、.{1,60}$", line):
            line = f"## {line}"
        elif re.match(r"（[一二三四五六七八九十]{1,3}）.{1,60}$", line):
            line = f"### **{line}**"
        elif number:
            line = f"{number[1]}\\{number[2]} {line[number.end() :]}"
        line = re.sub(r"^(整改\w{0,4}[：:])", r"**\1**", line)
        line = re.sub(r"(“[^“”]{2,30}”)问题", r"**\1**问题", line)
        written.append(line)
    written[0] = f"# {written[0]}"
    return gap.join(written)


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.markdown"])
@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n\r\n&nbsp;\r\n\r\n"])
def test_the_items_of_the_text(path: Path, name: str, gap: str) -> None:
    source = read(name, converted(path.read_text(encoding="utf-8"), gap).encode())
    assert source.kind == "markdown"
    assert items(source) == items(read(path))
    assert "*" not in source.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = converted(NOTICES[0].read_text(encoding="utf-8"), "\n\n")
    source = read("a.md", text.encode(encoding))
    assert items(source) == items(read(NOTICES[0]))


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_row_of_a_table_is_an_item(name: str) -> None:
    source = read(name, TABLE.encode())
    assert source.kind == "markdown"
    found = parse(source).items
    assert [item.problem for item in found] == ["理论学习不够深入", "党费收缴“不规范”"]
    assert [item.deadline for item in found] == ["2022年6月", "立行立改"]
    assert "建立台账。" in found[0].outcome
    assert "补缴党费|登记" in source.text


def test_cells_beyond_the_head_are_read() -> None:
    assert lines("|序号|问题|\n|---|---|\n|1|甲问题|已完成|\n|2|乙问题|\n")[1] == "1\t甲问题\t已完成"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("标题\n===\n小标题\n---\n", ["标题", "小标题"]),
        ("##一、党建方面\n# 甲 #\n", ["一、党建方面", "甲"]),
        ("**整改情况：**已完成**3次**。", ["整改情况：已完成3次。"]),
        ("关于**“不深”**问题；__乙__、*丙*", ["关于“不深”问题；乙、丙"]),
        ("约谈张**、李**，3*5米", ["约谈张**、李**，3*5米"]),
        ("- 甲\n* 乙\n    + 丙\n", ["甲", "乙", "丙"]),
        ("1. 甲\n\n   续\n2. 乙\n", ["1.甲", "续", "2.乙"]),
        ("3. 甲\n5. 乙\n", ["3.甲", "5.乙"]),
        ("1. 甲\n1. 乙\n", ["1.甲", "2.乙"]),
        ("1) 甲\n2) 2019年乙\n", ["1)甲", "2) 2019年乙"]),
        ("1. 一、甲\n2. 二、乙\n", ["一、甲", "二、乙"]),
        ("1\\. 甲\n2021\\. 乙 \\*\\_\\[\n", ["1. 甲", "2021. 乙 *_["]),
        ("> 甲\n> 乙\n", ["甲", "乙"]),
        ("甲<br>乙<br/>丙  \n丁\\\n戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("&nbsp;&nbsp;甲&amp;乙&ldquo;丙&rdquo;", ["甲&乙“丙”"]),
        ("    缩进四格的**正文**\n", ["缩进四格的正文"]),
        ("\t制表缩进的正文\n", ["制表缩进的正文"]),
        ("<!-- 甲\n\n乙 -->\n丙<!-- 丁 -->\n", ["丙"]),
        ("见[附件](https://a.cn/b.docx)一份。![图](a.png)", ["见附件一份。"]),
        ("见[附件](./附件.docx)、[表](附件2.xlsx)。", ["见附件、表。"]),
        ("涵委办[2021](19号)。\n[问题]: 已完成\n", ["涵委办[2021](19号)。", "[问题]: 已完成"]),
        ("见[附件][1]一份。\n\n[1]: https://a.cn/b\n", ["见附件一份。"]),
        ("```\n**甲**\n# 乙\n```\n", ["**甲**", "# 乙"]),
        ("甲\n\n---\n\n* * *\n乙", ["甲", "乙"]),
        (
            "<table><tr><td rowspan=2>甲<td>乙<td>丙</tr><tr><td>丁<td>戊</tr></table>",
            ["甲\t乙\t丙", "\t丁\t戊"],
        ),
    ],
)
def test_marks(markdown: str, expected: list[str]) -> None:
    assert lines(markdown) == expected


def test_front_matter_gives_title_and_date_where_they_are_missing() -> None:
    front = '---\ntitle: "某局党组关于巡察整改情况的通报"\ndate: 2022-03-04\ntags:\n  - 整改\n---\n'
    body = "根据部署，现予公布。\n\n一、总体情况\n\n已完成。\n"
    assert lines(front + body)[:3] == [
        "某局党组关于巡察整改情况的通报",
        "2022-03-04",
        "根据部署，现予公布。",
    ]
    assert lines(f"{front}# 某局党组关于巡察整改情况的通报\n\n2022年3月4日\n\n{body}")[:2] == [
        "某局党组关于巡察整改情况的通报",
        "2022年3月4日",
    ]
    assert lines("---\n\n甲\n\n---\n\n乙：丙") == ["甲", "乙：丙"]


@pytest.mark.parametrize(
    "text",
    [
        "# 一、总体情况\n已完成。\n",
        "# 甲\n# 乙\n# 丙\n# 丁\n",
        "1. 甲\n2. 乙\n- 丙\n* 丁\n+ 戊\n> 己\n",
        "约谈张**、李**\n王**，赵**\n钱**和孙**同志\n周**与吴**同志、郑**与王**同志\n",
        "甲\n---\n乙\n===\n&nbsp;\n",
        "甲|乙|丙\n1|2|3\n",
        "+-----+-----+\n| 甲 | 乙 |\n+-----+-----+\n",
        "#甲#话题\n##乙\n###丙\n####丁\n",
        "见 http://a.cn/b（附件[1]）\n[2](略)\n",
        "-----|-----\n",
    ],
)
def test_texts_with_a_few_such_marks_stay_texts(text: str) -> None:
    source = read("a.txt", text.encode())
    assert (source.kind, source.text) == ("txt", text)


def test_labelled_notices_are_texts() -> None:
    for path in sorted((ROOT / "data" / "notices").glob("*.txt")):
        assert kind_of("a.txt", path.read_bytes()) == "txt"


@pytest.mark.parametrize(
    "text",
    [
        "# 通报\n\n## 一、甲\n\n## 二、乙\n\n## 三、丙\n",
        "**一、甲**\n已完成\n**二、乙**\n**整改情况：**已完成\n",
        "## 一、甲\n\n1\\. 子\n\n## 二、乙\n\n2\\. 丑\n",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a", "-"])
def test_texts_that_are_markdown(text: str, name: str) -> None:
    assert kind_of(name, text.encode()) == kind_of(name, text.encode("gb18030")) == "markdown"


def test_pages_and_other_files_stay_what_they_are() -> None:
    page = "<html><body><p>## 甲</p>\n## 乙\n## 丙\n## 丁\n<p>整改</p></body></html>"
    assert kind_of("a.md", page.encode()) == "html"
    assert kind_of("a.md", b"%PDF-1.7\n") == "pdf"
    assert kind_of("a.csv", "## 甲\n## 乙\n## 丙\n".encode()) == "csv"


def test_what_holds_no_text_or_too_much_is_refused() -> None:
    with pytest.raises(ReadingError, match="没有任何文字"):
        read("a.md", "![图](a.png)\n\n---\n".encode())
    with pytest.raises(ReadingError, match="Markdown"):
        read("a.md", b"x" * (MAX_CHARACTERS + 1))


def test_deep_nests_end() -> None:
    text = "".join(">" * n + f" 甲{n}\n\n" for n in range(1, 300)) + "**甲 " * 2000 + "[" * 2000 + "\n"
    assert "甲1" in extract(text.encode(), Limits()).text


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_without_the_library_it_is_read_with_its_marks(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    monkeypatch.delitem(sys.modules, "zhenggai.notice.formats.markdown", raising=False)
    source = read(name, TABLE.encode())
    assert (source.kind, source.text) == ("markdown", TABLE)
    assert 'pip install "zhenggai[html]"' in source.warnings[0]


def test_texts_load_no_parser() -> None:
    code = (
        "import sys; from zhenggai.notice.reading import read; read('a.txt', '# 整改情况'.encode());"
        "print([name for name in ('markdown_it', 'selectolax') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
