"""Whatever the bytes, reading ends in time with a text or a ReadingError, and invents nothing."""

from __future__ import annotations

import io
import os
import re
import sys
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from cases.broken import make_zip
from cases.build import all_cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from ofd_file import ofd_file  # noqa: E402

from zhenggai.errors import ReadingError  # noqa: E402
from zhenggai.notice.formats import libreoffice  # noqa: E402
from zhenggai.notice.formats.text import decode  # noqa: E402
from zhenggai.notice.model import SourceText  # noqa: E402
from zhenggai.notice.reading import Limits, expand, read  # noqa: E402

OLD_FILES = Path(__file__).parent / "notice" / "formats" / "files"
OLD = ("notice.doc", "notice.rtf", "notice.odt", "book.xls", "book.ods")
SECONDS = 10.0
LIMITS = Limits(seconds=5.0, unpacked_bytes=20_000_000)
OWN_MISTAKES = (AttributeError, TypeError, IndexError, KeyError, AssertionError, UnboundLocalError, NameError)
"""What a fault of our own code would look like under the net that `read` spreads for libraries."""

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
"""Raise it for a long run: `FUZZ_EXAMPLES=20000 pytest tests/test_fuzz_reading.py`."""
quick = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

NAMES = st.sampled_from(
    ["a.txt", "a.html", "a.mhtml", "a.docx", "a.doc", "a.pdf", "a.ofd", "a.zip", "a", "通报.TXT", ""]
)
MAGIC = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\0" * 18,
        b"%PDF-1.7\n",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\xff\xfe\0\0",
        b"<html>",
        b"<?xml version='1.0'?><html>",
        b"{\\rtf",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n",
    ]
)


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice takes seconds to start and is not ours to fuzz."""
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)


def attempt(name: str, data: bytes, strict: bool = False) -> SourceText | None:
    """Read; a ReadingError must have its three parts. `strict`: nothing may be left to the net."""
    start = time.monotonic()
    try:
        source = read(name, data, LIMITS)
    except ReadingError as error:
        assert re.fullmatch(r"需要.+；实际.*；请.+。", str(error), re.S), str(error)  # noqa: PT017
        assert not (strict and isinstance(error.__cause__, OWN_MISTAKES)), repr(error.__cause__)  # noqa: PT017
        return None
    finally:
        assert time.monotonic() - start < SECONDS
    source.text.encode("utf-8")
    assert source.text.strip()
    return source


@quick
@given(NAMES, MAGIC, st.binary(max_size=3000))
def test_any_bytes(name: str, magic: bytes, data: bytes) -> None:
    attempt(name, magic + data)


@cache
def seeds() -> list[tuple[str, bytes]]:
    """A file of every kind."""
    wanted = (
        "page-modern.html",
        "docx-table.docx",
        "docx-auto-numbering.docx",
        "pdf-plain.pdf",
        "county-office.txt",
    )
    found = {case.name: case.data for case in all_cases(Path(__file__).parent / "cases")}
    page = found["page-sections.html"]
    envelope = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
    )
    return [
        *((name, found[name]) for name in wanted),
        ("page.mhtml", envelope + page + b"\n--x--\n"),
        *((name, (OLD_FILES / name).read_bytes()) for name in OLD),
        ("fixed.ofd", ofd_file(["一、整改情况", "（一）学习不够。组织学习。"] * 9)),
    ]


@pytest.mark.parametrize("kind", range(7 + len(OLD)))
@settings(quick, max_examples=max(60, EXAMPLES // 3))
@given(data=st.data())
def test_damaged_files(kind: int, data: st.DataObject) -> None:
    name, content = seeds()[kind]
    attempt(name, damage(content, data))


XML_PIECES = [
    b"<w:p>",
    b"</w:p>",
    b"<w:ins>",
    b"<w:tbl>",
    b'<w:numId w:val="99999999999"/>',
    b'<w:ilvl w:val="-1"/>',
    b'<w:gridSpan w:val=""/>',
    b"",
]
WORD_PARTS = ["word/document.xml", "word/numbering.xml", "word/styles.xml", "_rels/.rels"]


@pytest.mark.parametrize("kind", [1, 2])
@settings(quick, max_examples=max(60, EXAMPLES // 3))
@given(data=st.data())
def test_word_documents_with_damaged_parts(kind: int, data: st.DataObject) -> None:
    name, content = seeds()[kind]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    part = data.draw(st.sampled_from(WORD_PARTS))
    attempt(name, make_zip({**parts, part: damage(parts[part], data, XML_PIECES)}), strict=True)


OFD_PIECES = [
    b"<ofd:PageBlock>",
    b"</ofd:PageBlock>",
    b'<ofd:TextCode X="-9e99" DeltaX="g 9999999 0 g">a</ofd:TextCode>',
    b'<ofd:TextObject Boundary="0 0 0" CTM="0 0 0 0 0 0" Size="1e5"/>',
    b'<ofd:Page BaseLoc="../../OFD.xml"/>',
    b"<ofd:PathObject><ofd:AbbreviatedData>M 0 L B 1 1 C</ofd:AbbreviatedData></ofd:PathObject>",
    b"",
]


@settings(quick, max_examples=max(60, EXAMPLES // 3))
@given(data=st.data())
def test_ofd_files_with_damaged_parts(data: st.DataObject) -> None:
    name, content = seeds()[-1]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    attempt(name, make_zip({**parts, part: damage(parts[part], data, OFD_PIECES)}), strict=True)


def damage(content: bytes, data: st.DataObject, pieces: list[bytes] | None = None) -> bytes:
    """A few cuts and insertions; in XML, of whole tags as well."""
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.sampled_from([0, 1, 2, 50, 5000])))
        inserted = data.draw(st.sampled_from(pieces) if pieces else st.binary(max_size=8))
        if pieces:  # between tags, so that much of it stays well-formed
            start, end = (content.find(b"<", place) % (len(content) + 1) for place in (start, end))
        content = content[:start] + inserted + content[max(start, end) :]
    return content


TEXT = st.text("一二三整改情况问题（）。，；：1.、\u3000\u200b\t\n\ufffd\x0b𠮷", max_size=12)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_INNER = (
    "r p ins del moveTo moveFrom hyperlink smartTag sdt sdtContent fldSimple ruby rt rubyBase tbl tr tc pict "
    "txbxContent AlternateContent Choice Fallback"
)
INNER = _INNER.split()
PROPERTIES = st.sampled_from(
    [
        "",
        '<w:pPr><w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="{n}"/></w:numPr></w:pPr>',
        '<w:pPr><w:pStyle w:val="s{n}"/></w:pPr>',
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
        "<w:rPr><w:vanish/></w:rPr>",
        '<w:tcPr><w:gridSpan w:val="{n}00"/><w:vMerge/></w:tcPr>',
        "<w:trPr><w:del/></w:trPr>",
        "<w:br/><w:tab/><w:noBreakHyphen/>",
    ]
)


def xml_text(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f<&]", "", text)


@st.composite
def word_element(draw: st.DrawFn, children: st.SearchStrategy[str]) -> str:
    tag = draw(st.sampled_from(INNER))
    properties = draw(PROPERTIES).format(n=draw(st.integers(0, 10)))
    return f"<w:{tag}>{properties}{''.join(draw(st.lists(children, max_size=4)))}</w:{tag}>"


WORD = st.recursive(TEXT.map(lambda text: f"<w:t>{xml_text(text)}</w:t>"), word_element, max_leaves=25)
LEVELS = "".join(
    f'<w:lvl w:ilvl="{n}"><w:start w:val="{n}"/><w:numFmt w:val="{kind}"/>'
    f'<w:lvlText w:val="%{n + 1}%9、"/>{extra}</w:lvl>'
    for n, kind, extra in (
        (0, "chineseCounting", '<w:pStyle w:val="s1"/>'),
        (1, "decimalEnclosedCircle", '<w:lvlRestart w:val="0"/>'),
        (2, "bullet", "<w:isLgl/>"),
        (9, "x", ""),
    )
)


@quick
@given(st.lists(WORD, max_size=6))
def test_word_documents_of_any_structure(body: list[str]) -> None:
    buffer = io.BytesIO()
    numbering = f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>' + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n % 3}"/><w:lvlOverride w:ilvl="{n % 4}">'
        f'<w:startOverride w:val="{n}"/></w:lvlOverride></w:num>'
        for n in range(1, 8)
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 4}"/>'
        f'<w:pPr><w:numPr><w:numId w:val="{n}"/></w:numPr></w:pPr></w:style>'
        for n in range(4)
    )
    with zipfile.ZipFile(buffer, "w") as archive:
        parts = {"document": f"<w:body>{''.join(body)}</w:body>", "numbering": numbering, "styles": styles}
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{content}</w:{name}>')
    attempt("a.docx", buffer.getvalue(), strict=True)


_TAGS = "p div span b a br table tr td th ol ul li h1 pre script style form section dl dt dd body html footer"
TAGS = _TAGS.split()
ATTRIBUTES = st.sampled_from(
    [
        "",
        " class=nav",
        " href=x",
        " hidden",
        " style='display:none'",
        " rowspan=3 colspan=0",
        " rowspan=-1 colspan=9999",
        " start=x value=7",
        " type=i",
        " style='white-space:pre'",
    ]
)


@st.composite
def html_element(draw: st.DrawFn, children: st.SearchStrategy[str]) -> str:
    tag = draw(st.sampled_from(TAGS))
    end = f"</{tag}>" if draw(st.booleans()) else ""
    return f"<{tag}{draw(ATTRIBUTES)}>{''.join(draw(st.lists(children, max_size=5)))}{end}"


HTML = st.recursive(TEXT.map(xml_text), html_element, max_leaves=40)


@quick
@given(st.lists(HTML, min_size=1, max_size=8))
def test_pages_of_any_structure_invent_nothing(parts: list[str]) -> None:
    page = "<html><title>题</title>" + "".join(parts)
    source = attempt("a.html", page.encode(), strict=True)
    if source is not None:
        shown = re.sub(r"(?m)^(?:-?\d+|[a-z]+)\.|\s", "", source.text)  # but for the numbers of lists
        stock = re.sub(r"\s", "", page)
        assert all(shown.count(char) <= stock.count(char) for char in set(shown))


@quick
@given(
    st.lists(
        st.sampled_from("学习整改情况问题制定办法召开会议追回资金万元年月日，。；：（）一二三1234"),
        min_size=40,
    )
)
def test_chinese_text_is_decoded_in_every_encoding(characters: list[str]) -> None:
    text = "".join(characters)
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"):
        assert decode(text.encode(encoding))[0] == text
    assert decode(text.encode("gbk"))[1] == ("utf-8" if text.isascii() else "gb18030")


@quick
@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_path(paths: list[str]) -> None:
    usual = [
        path
        for path in paths
        if path != "-" and "*" not in path and not Path("/" + path.strip("\0")).is_dir()
    ]
    for source in expand([path for path in usual if path.strip("./\0")]):
        assert source.error is not None or Path(source.name.partition("!/")[0]).exists()
