"""Files, folders, globs, archives and standard input → source texts; what cannot be read says why."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import re
import subprocess
import sys
import tarfile
import time
import zipfile
from functools import partial
from pathlib import Path

import py7zr
import pytest
from cases.broken import Broken, broken_files, make_zip
from docx import Document

from zhenggai.errors import ReadingError
from zhenggai.notice import SourceText, parse, reading
from zhenggai.notice.reading import Limits, Source, expand, read, read_many, read_source

TEXT = "关于巡察整改进展情况的通报\n1.学习不深入。\n整改情况：组织学习6次。\n"
THREE_PARTS = re.compile(r"需要.+；实际.+；请.+。", re.S)


def names(paths: list[str | Path], limits: Limits | None = None) -> list[str]:
    return [source.name for source in expand(paths, limits)]


def error_of(name: str, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read(name, data, limits)
    message = str(caught.value)
    assert THREE_PARTS.fullmatch(message), message
    return message


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `in` with notices, hidden files, companions, a saved page, a sub-folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("in/b.txt", "in/a.txt", "in/sub/c.html", "in/.hidden.txt", "in/.git/x.txt", "in/~$a.docx"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    for name in ("in/logo.png", "in/ledger.jsonl", "in/page.html", "in/page_files/frame.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<html><body>整改</body></html>", encoding="utf-8")
    return tmp_path


def test_folder_is_read_in_sorted_order_without_hidden_files_and_companions(folder: Path) -> None:
    expected = [
        os.path.join("in", name) for name in ("a.txt", "b.txt", "page.html", os.path.join("sub", "c.html"))
    ]
    assert names(["in"]) == expected
    assert names(["in", "in/sub"]) == expected


def test_names_stay_as_given(folder: Path) -> None:
    assert names(["in/a.txt", Path("in/b.txt"), str(folder / "in/sub/c.html")]) == [
        "in/a.txt",
        "in/b.txt",
        str(folder / "in/sub/c.html"),
    ]


def test_a_file_named_twice_comes_once(folder: Path) -> None:
    assert names(["in/a.txt", "./in/a.txt", "in"])[0] == "in/a.txt"
    assert len([n for n in names(["in/a.txt", "./in/a.txt", "in"]) if n.endswith("a.txt")]) == 1


def test_globs(folder: Path) -> None:
    assert names(["in/*.txt"]) == ["in/a.txt", "in/b.txt"]
    assert names(["in/**/*.html"]) == ["in/page.html", "in/page_files/frame.html", "in/sub/c.html"]


def test_a_name_with_brackets_is_a_name_first(folder: Path) -> None:
    (folder / "通报[1].txt").write_text(TEXT, encoding="utf-8")
    assert names(["通报[1].txt"]) == ["通报[1].txt"]


@pytest.mark.parametrize("path", ["nothing.txt", "nothing/*.txt", "empty", "a\0b"])
def test_what_is_not_there_is_an_entry_with_an_error_and_does_not_stop_the_rest(
    folder: Path, path: str
) -> None:
    (folder / "empty").mkdir()
    found = list(expand([path, "in/a.txt"]))
    assert [source.name for source in found] == [path, "in/a.txt"]
    assert found[0].error is not None
    assert THREE_PARTS.fullmatch(found[0].error)
    with pytest.raises(ReadingError, match="请检查路径"):
        read_source(found[0])


def test_addresses_are_not_fetched() -> None:
    [source] = expand(["https://example.org/tongbao.html"])
    assert "另存" in str(source.error)


def test_link_loops_end(folder: Path) -> None:
    (folder / "in/sub/loop").symlink_to(folder / "in", target_is_directory=True)
    (folder / "in/dead.txt").symlink_to(folder / "gone.txt")
    found = names(["in"])
    assert len(found) == len(set(found)) == 5
    errors = [source for source, result in read_many(["in"]) if isinstance(result, ReadingError)]
    assert [source.name for source in errors] == [os.path.join("in", "dead.txt")]


def test_pipes_in_a_folder_do_not_hang(folder: Path) -> None:
    os.mkfifo(folder / "in/pipe.txt")
    results = {source.name: result for source, result in read_many(["in"])}
    assert "管道" in str(results[os.path.join("in", "pipe.txt")])


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    [source] = expand(["-"])
    text = read_source(source)
    assert (text.notice, text.text, text.encoding) == ("-", TEXT, "gb18030")


def test_archive_members_are_sorted_and_read_by_name(folder: Path) -> None:
    data = make_zip({"乙.txt": TEXT.encode(), "子/甲.txt": TEXT.encode("gb18030"), "x.png": b"1", ".a": b"1"})
    (folder / "all.zip").write_bytes(data)
    assert names(["all.zip"]) == ["all.zip!/乙.txt", "all.zip!/子/甲.txt"]
    assert [read_source(source).text for source in expand(["all.zip"])] == [TEXT, TEXT]
    assert read("all.zip!/子/甲.txt").encoding == "gb18030"
    assert names(["all.zip!/乙.txt"]) == ["all.zip!/乙.txt"]


def test_archive_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_zip({"a.txt": TEXT.encode()})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    [source] = expand(["-"])
    assert (source.name, read_source(source).text) == ("-!/a.txt", TEXT)


def test_an_archive_of_uncompressed_documents_is_an_archive(folder: Path) -> None:
    document = make_zip({"word/document.xml": b"<w:document xmlns:w='x'/>"}, zipfile.ZIP_STORED)
    data = make_zip({"word/a.docx": document, "b.txt": TEXT.encode()}, zipfile.ZIP_STORED)
    (folder / "stored.zip").write_bytes(data)
    (folder / "one.docx").write_bytes(document)
    assert names(["stored.zip", "one.docx"]) == ["stored.zip!/b.txt", "stored.zip!/word/a.docx", "one.docx"]


def test_a_bad_member_on_standard_input_does_not_stop_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make_zip({"../a.txt": b"x", "b.txt": TEXT.encode()})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    first, second = expand(["-"])
    assert first.error is not None
    assert read_source(second).text == TEXT


def test_an_archive_may_be_larger_than_a_file(folder: Path) -> None:
    (folder / "all.zip").write_bytes(make_zip({f"{n}.txt": os.urandom(4000) for n in range(5)}))
    assert len(names(["all.zip"], Limits(file_bytes=5000))) == 5


def test_member_names_of_old_chinese_programs(folder: Path) -> None:
    # zipfile writes UTF-8 names; an old program writes the GBK bytes and no flag
    data = make_zip({"aaaa.txt": TEXT.encode()}).replace(b"aaaa.txt", "通报".encode("gb18030") + b".txt")
    (folder / "old.zip").write_bytes(data)
    assert names(["old.zip"]) == ["old.zip!/通报.txt"]
    assert read("old.zip!/通报.txt").text == TEXT


@pytest.mark.parametrize(
    "member", ["../evil.txt", "/etc/passwd.txt", "a/../../b.txt", "C:\\x.txt", "..\\x.txt"]
)
def test_paths_that_lead_out_of_an_archive_are_refused(folder: Path, member: str) -> None:
    (folder / "evil.zip").write_bytes(make_zip({member: TEXT.encode(), "good.txt": TEXT.encode()}))
    results = {source.name: result for source, result in read_many(["evil.zip"])}
    refused = [result for result in results.values() if isinstance(result, ReadingError)]
    assert len(results) == 2
    assert len(refused) == 1
    assert "压缩包之外" in str(refused[0])
    assert not (folder.parent / "evil.txt").exists()


def test_archive_bombs_are_refused(folder: Path) -> None:
    (folder / "ratio.zip").write_bytes(make_zip({"zeros.txt": b"0" * 8_000_000}))
    (folder / "many.zip").write_bytes(make_zip({f"{n}.txt": b"x" for n in range(30)}))
    (folder / "large.zip").write_bytes(make_zip({f"{n}.txt": os.urandom(30_000) for n in range(5)}))
    limits = Limits(members=20, unpacked_bytes=10_000_000)
    results = {source.name: str(result) for source, result in read_many(["ratio.zip", "many.zip"], limits)}
    assert "压缩炸弹" in results["ratio.zip!/zeros.txt"]
    assert "30 个" in results["many.zip"]
    [(_, result)] = read_many(["large.zip"], Limits(unpacked_bytes=100_000))
    assert "解压后" in str(result)


def test_a_member_larger_than_it_says_is_refused() -> None:
    data = bytearray(make_zip({"a.txt": b"0123456789" * 100}, zipfile.ZIP_STORED))
    size = (1000).to_bytes(4, "little")
    lie = (10).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(bytes(data).replace(size, lie))) as opened:
        from zhenggai.notice.formats import archive

        with pytest.raises(ReadingError):
            archive.read_member(opened, "a.txt", Limits())


def test_a_member_without_a_name_does_not_stop_the_batch(folder: Path) -> None:
    for archive, members in (("nameless.zip", ("", "b.txt")), ("only.zip", ("",))):
        with zipfile.ZipFile(folder / archive, "w") as opened:
            for member in members:
                opened.writestr(zipfile.ZipInfo(member), TEXT)
    assert names(["nameless.zip"]) == ["nameless.zip!/b.txt"]
    [(_, result)] = read_many(["only.zip"])
    assert "没有可读的文件" in str(result)


def test_broken_encrypted_and_nested_archives_say_so(folder: Path) -> None:
    good = make_zip({"a.txt": TEXT.encode() * 50})
    (folder / "cut.zip").write_bytes(good[:-30])
    encrypted = bytearray(good)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[good.index(signature) + offset] |= 1
    (folder / "secret.zip").write_bytes(bytes(encrypted))
    (folder / "nested.zip").write_bytes(make_zip({"inner.zip": make_zip({"third.zip": good})}))
    (folder / "images.zip").write_bytes(make_zip({"a.png": b"1"}))
    results = {
        source.name: str(result) for source, result in read_many(["cut.zip", "secret.zip", "nested.zip"])
    }
    assert "无法打开" in results["cut.zip"]
    assert "密码" in results["secret.zip!/a.txt"]
    assert "还有压缩包" in results["nested.zip!/inner.zip!/third.zip"]
    [(_, result)] = read_many(["images.zip"])
    assert "没有可读的文件" in str(result)


@pytest.mark.parametrize("broken", list(broken_files()), ids=lambda broken: broken.name)
def test_bad_files_are_named(broken: Broken) -> None:
    assert broken.reason in error_of(broken.name, broken.data)


def office_file(*parts: str) -> bytes:
    return make_zip({part: os.urandom(300) for part in ("[Content_Types].xml", *parts)})


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (office_file("_rels/.rels", "word/document.xml", "word/styles.xml"), "完整的 Word 文档"),
        (office_file("xl/workbook.xml"), "完整的 Excel 工作簿"),
        (make_zip({"OFD.xml": os.urandom(300), "Doc_0/Document.xml": b"x"}), "完整的 OFD 文件"),
        (make_zip({"a.txt": os.urandom(300)}), "完整的压缩文件"),
    ],
)
def test_what_was_cut_off_is_called_by_its_name(folder: Path, data: bytes, what: str) -> None:
    (folder / "a.docx").write_bytes(data[:-30])
    [(_, result)] = read_many(["a.docx"])
    assert f"需要{what}" in str(result)
    assert "不完整" in str(result)


@pytest.mark.parametrize(
    ("name", "what", "action"),
    [
        ("a.xlsx", "Excel 工作簿", "用 Excel、WPS 修复"),
        ("a.docx", "Word 文档", "用 Word、WPS 修复"),
        ("a.ofd", "OFD 文件", "重新导出"),
        ("a.epub", "电子书", "重新下载"),
        ("a.zip", "压缩文件", "重新压缩"),
    ],
)
def test_what_is_damaged_all_over_is_called_by_its_ending(
    folder: Path, name: str, what: str, action: str
) -> None:
    data = b"PK\x03\x04" + bytes(range(256)) * 20
    (folder / name).write_bytes(data)
    [(_, result)] = read_many([name])
    for message in (str(result), error_of(name, data)):
        assert what in message.split("；")[0]
        assert action in message


def test_a_part_that_is_damaged_is_called_by_its_document() -> None:
    data = bytearray(
        make_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w>" + TEXT.encode() * 9})
    )
    at = data.index(b"word/document.xml") + 17
    data[at : at + 20] = bytes(20)
    message = error_of("a.docx", bytes(data))
    assert "完整的 Word 文档（docx）" in message
    assert "修复" in message


def test_a_file_called_gzip_that_is_none(folder: Path) -> None:
    page = "<html><body><h1>整改通报</h1><p>1.学习不深入。</p><p>整改情况：已学习。</p></body></html>"
    for name, data in (("a.txt.gz", TEXT.encode()), ("b.html.gz", page.encode())):
        (folder / name).write_bytes(data)
        [(_, result)] = read_many([name])
        assert isinstance(result, SourceText)
        assert "没有压缩" in result.warnings[0]
        assert result.kind == name.split(".")[1]
    assert "不是 gz 压缩的数据" in error_of("a.txt.gz", bytes(range(256)) * 30)


@pytest.mark.parametrize(
    "members", [{"a/data.xml": b"<x/>"}, {"a.png": b"1"}, {"word/x.xml": b"<x/>", "b.bin": b"1"}]
)
def test_an_archive_called_document_says_that_there_is_none(folder: Path, members: dict[str, bytes]) -> None:
    (folder / "a.docx").write_bytes(make_zip(members))
    [(_, result)] = read_many(["a.docx"])
    for message in (str(result), error_of("a.docx", make_zip(members))):
        assert "需要有正文的 Word 文档（docx）" in message
        assert "没有文档正文" in message


def test_an_archive_of_notices_is_read_whatever_its_name(folder: Path) -> None:
    (folder / "a.docx").write_bytes(make_zip({"b.txt": TEXT.encode()}))
    assert [read_source(source).text for source in expand(["a.docx"])] == [TEXT]


def test_damage_is_told_in_chinese() -> None:
    broken = b"<w:document><w:body><w:p/></w:body></w:document>"
    assert "XML 损坏（第 1 行第" in error_of("a.docx", make_zip({"word/document.xml": broken}))
    pdf = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n"
    for end, found in ((b"", "文件不完整"), (b"startxref\n9\n%%EOF\n", "文件已损坏")):
        message = error_of("a.pdf", pdf + end)
        assert found in message
        assert not re.search(r"[a-z]{3}", message)


def test_there_are_twenty_ways_to_be_broken() -> None:
    assert len(list(broken_files())) >= 20


def test_sizes_are_limited(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 3000)
    with pytest.raises(ReadingError, match="MiB"):
        read(path, limits=Limits(file_bytes=2000))
    assert "字" in error_of("long.txt", b"x" * 3000, Limits(characters=2000))


def test_folders_and_missing_files_are_errors(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt", "a\0b"):
        with pytest.raises(ReadingError) as caught:
            read(path)
        assert THREE_PARTS.fullmatch(str(caught.value))


def test_no_other_error_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (RuntimeError("x"), MemoryError(), RecursionError(), KeyError("k"), UnicodeError("u")):

        def fail(data: bytes, limits: Limits, error: BaseException = error) -> None:
            raise error

        monkeypatch.setattr(reading, "_extractor", lambda kind, fail=fail: fail)
        error_of("a.txt", TEXT.encode())


def test_lone_surrogates_never_reach_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhenggai.notice.formats.base import Extracted

    monkeypatch.setattr(reading, "_extractor", lambda kind: lambda data, limits: Extracted("整\ud800改"))
    assert read("a.txt", b"x").text == "整?改"


OLD = Path(__file__).parent / "formats" / "files"


@pytest.mark.parametrize(
    ("data", "module", "extra"),
    [
        (b"<html><body><p>x</p></body></html>", "selectolax", "zhenggai[html]"),
        (make_zip({"word/document.xml": b"<x/>"}), "defusedxml", "zhenggai[docx]"),
        (b"%PDF-1.7\n", "pdfplumber", "zhenggai[pdf]"),
        (make_zip({"OFD.xml": b"<x/>"}), "defusedxml", "zhenggai[ofd]"),
        ((OLD / "notice.doc").read_bytes(), "olefile", "zhenggai[docx]"),
        ((OLD / "notice.rtf").read_bytes(), "defusedxml", "zhenggai[docx]"),
        ((OLD / "book.xls").read_bytes(), "xlrd", "zhenggai[xlsx]"),
        ((OLD / "book.ods").read_bytes(), "defusedxml", "zhenggai[xlsx]"),
    ],
)
def test_a_missing_library_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, data: bytes, module: str, extra: str
) -> None:
    for name in list(sys.modules):
        if name.startswith(("zhenggai.notice.formats.", module)):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    assert f'pip install "{extra}"' in error_of("file", data)


def test_utf8_text_imports_no_library() -> None:
    libraries = ("charset_normalizer", "selectolax", "defusedxml", "docx", "pdfplumber", "pdfminer")
    code = (
        "import sys; from zhenggai.notice.reading import read; read('a.txt', '整改情况'.encode());"
        f"print([name for name in {libraries} if name in sys.modules])"
    )
    root = Path(reading.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_sources_are_small_and_comparable() -> None:
    assert Source("a.txt") == Source("a.txt")
    assert hash(Source("a.txt")) == hash(Source("a.txt"))


def test_lines_that_only_wait_for_a_statement_take_linear_time() -> None:
    lines = 30_000
    start = time.process_time()
    parse(SourceText("", "问题\n" * lines))
    short = time.process_time() - start
    start = time.process_time()
    parse(SourceText("", "问题\n" * 4 * lines))
    assert time.process_time() - start < 8 * short + 0.5


def make_7z(members: dict[str, bytes], password: str | None = None) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password) as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return buffer.getvalue()


GBK_NAME = "甲.txt".encode("gb18030").decode("utf-8", "surrogateescape")


def make_tar(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.tar.gz", make_tar({"甲.txt": TEXT.encode(), "x.png": b"1"})),
        ("a.tgz", make_tar({"甲.txt": TEXT.encode()})),
        ("a.tar.bz2", make_tar({"甲.txt": TEXT.encode()}, "w:bz2")),
        ("a.tbz2", make_tar({"甲.txt": TEXT.encode()}, "w:bz2")),
        ("a.tar.xz", make_tar({"甲.txt": TEXT.encode()}, "w:xz")),
        ("a.txz", make_tar({"甲.txt": TEXT.encode()}, "w:xz")),
        ("a.tar", make_tar({"甲.txt": TEXT.encode()}, "w")),
        ("a.7z", make_7z({"甲.txt": TEXT.encode(), "x.png": b"1"})),
        (
            "a.tar.gz",
            make_tar({"甲.txt".encode("gb18030").decode("utf-8", "surrogateescape"): TEXT.encode()}),
        ),
    ],
)
def test_other_archives_are_read_as_zip_files_are(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    assert names([name]) == [f"{name}!/甲.txt"]
    assert [read_source(source).text for source in expand([name])] == [TEXT]


@pytest.mark.parametrize("inner", ["乙.zip", "乙.tar.gz", "乙.tar", "乙.tar.bz2", "乙.txz", "乙.7z"])
def test_an_archive_within_an_archive_is_read(
    folder: Path, inner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = {"甲.txt": TEXT.encode(), "b.png": b"1"}
    mode = next((m for m in ("gz", "bz2", "xz") if inner.endswith(m)), "")
    made = {"zip": make_zip, "7z": make_7z}.get(inner.split(".")[1], partial(make_tar, mode=f"w:{mode}"))(
        members
    )
    data = make_zip({"c.txt": TEXT.encode(), inner: made})
    (folder / "a.zip").write_bytes(data)
    expected = [f"a.zip!/{name}" for name in sorted(["c.txt", f"{inner}!/甲.txt"])]
    assert names(["a.zip"]) == expected
    assert [read_source(source).text for source in expand(["a.zip"])] == [TEXT, TEXT]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [read_source(source).text for source in expand(["-"])] == [TEXT, TEXT]


PACK = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("ending", PACK)
def test_a_packed_file_is_read_as_the_file(folder: Path, ending: str) -> None:
    pack = PACK[ending]
    (folder / f"通报.txt.{ending}").write_bytes(pack(TEXT.encode()))
    [source] = expand([f"通报.txt.{ending}"])
    assert read_source(source).text == TEXT
    page = "<html><head><title>x</title></head><body><p>整改，一。</p></body></html>"
    assert read("a.html", pack(page.encode())).kind == "html"
    record = json.dumps({"title": "t", "content": TEXT * 9}, ensure_ascii=False)
    (folder / f"a.jsonl.{ending}").write_bytes(pack(f"{record}\n{record}\n".encode()))
    assert len(list(expand([f"a.jsonl.{ending}"]))) == 2


@pytest.mark.parametrize("ending", PACK)
def test_a_damaged_packed_file_says_so(folder: Path, ending: str) -> None:
    data = PACK[ending](TEXT.encode() * 50)
    assert "数据损坏" in error_of(f"a.txt.{ending}", data[: len(data) // 2])
    assert "损坏" in error_of(f"a.tar.{ending}", make_tar({"a": data}, f"w:{ending}")[:60])
    assert f"不是 {ending} 压缩的数据" in error_of(f"a.txt.{ending}", bytes(range(256)) * 30)


@pytest.mark.parametrize("ending", ["gz", "GZ", "bz2", "xz"])
def test_a_packed_document_is_read_as_the_document(folder: Path, ending: str) -> None:
    pack = PACK[ending.lower()]
    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(str(folder / "a.docx"))
    (folder / f"b.docx.{ending}").write_bytes(pack((folder / "a.docx").read_bytes()))
    [source] = expand([f"b.docx.{ending}"])
    assert "学习不深入" in read_source(source).text
    letter = f"Subject: a\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}"
    (folder / f"c.eml.{ending}").write_bytes(pack(letter.encode()))
    [source] = expand([f"c.eml.{ending}"])
    assert "学习不深入" in read_source(source).text


def test_a_text_that_begins_as_bzip2_does_is_a_text(folder: Path) -> None:
    (folder / "a.txt").write_text("BZh9号文件" + TEXT, encoding="utf-8")
    assert read("a.txt").text.startswith("BZh9")


@pytest.mark.parametrize("name", [f"bomb.{kind}.{ending}" for kind in ("txt", "tar") for ending in PACK])
def test_bombs_in_packed_files_are_not_unpacked(folder: Path, name: str) -> None:
    inner = b" " * 8_000_000
    ending = name.rsplit(".", 1)[1]
    data = make_tar({"a.txt": inner}, f"w:{ending}") if "tar" in name else PACK[ending](inner)
    (folder / name).write_bytes(data)
    for limits in (Limits(), Limits(file_bytes=1_000_000)):
        [source] = expand([name], limits)
        with pytest.raises(ReadingError, match=r"压缩炸弹|解压后更大"):
            read_source(source, limits)


def test_7z_archives_that_cannot_be_read_say_why(folder: Path) -> None:
    whole = make_7z({"甲.txt": TEXT.encode() * 40, "乙.txt": random.Random(0).randbytes(2_000_000)})
    for data, limits, said in (
        (make_7z({"甲.txt": TEXT.encode()}, password="x"), Limits(), "需要密码"),
        (whole[: len(whole) // 2], Limits(), "损坏"),
        (whole[:40], Limits(), "损坏"),
        (
            make_7z({"甲.txt": TEXT.encode() * 40_000}),
            Limits(file_bytes=1_000_000, ratio=10**6),
            "解压后更大",
        ),
        (whole, Limits(members=1), "1 个成员"),
        (make_7z({"甲.txt": b"x" * 8_000_000}), Limits(), "压缩炸弹"),
        (make_7z({"x.png": b"1"}), Limits(), "没有可读的文件"),
    ):
        (folder / "a.7z").write_bytes(data)
        [source] = expand(["a.7z"], limits)
        assert said in str(source.error)
    assert not list(folder.glob("甲*"))


def test_without_the_library_a_7z_archive_says_what_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.7z").write_bytes(make_7z({"甲.txt": TEXT.encode()}))
    monkeypatch.setitem(sys.modules, "py7zr", None)
    [source] = expand(["a.7z"])
    assert "zhenggai[archives]" in str(source.error)


def test_many_members_in_archives_within_archives_are_refused(folder: Path) -> None:
    inner = make_zip({f"{n}.txt": TEXT.encode() for n in range(30)})
    (folder / "a.zip").write_bytes(make_zip({f"{n}.zip": inner for n in range(5)}))
    assert "100 个成员" in str(list(expand(["a.zip"], Limits(members=100)))[-1].error)


def test_other_files_in_a_folder_are_passed_over_and_told(folder: Path) -> None:
    for name, data in {
        "通报": TEXT.encode() * 3,
        "通报.20230401": TEXT.encode("gb18030") * 3,
        "Makefile": b"all:\n\tcc x.c\n",
        "yarn.lock": TEXT.encode() * 3,
        "a.txt.bak": TEXT.encode() * 3,
        "half.docx.crdownload": b"PK\x03\x04",
        "程序.exe": b"MZ\0\0",
        "报告.ceb": b"Founder CEB",
        "wrong.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    }.items():
        (folder / "in" / name).write_bytes(data)
    told: list[str] = []
    found = [os.path.basename(source.name) for source in expand(["in"], None, None, told.append)]
    assert sorted(found) == sorted(
        ["a.txt", "b.txt", "c.html", "page.html", "wrong.txt", "报告.ceb", "通报", "通报.20230401"]
    )
    assert sorted(map(os.path.basename, told)) == sorted(
        ["Makefile", "a.txt.bak", "half.docx.crdownload", "ledger.jsonl", "logo.png", "yarn.lock", "程序.exe"]
    )


@pytest.mark.parametrize(("name", "said"), [("a.ceb", "方正"), ("a.caj", "CAJ"), ("a.pptx", "演示文稿")])
def test_documents_without_text_say_what_to_do(name: str, said: str) -> None:
    assert said in error_of(name, b"PK\x03\x04\0\0" if name.endswith("x") else b"x" * 100)


def test_a_page_that_calls_itself_a_document_is_told() -> None:
    page = "<!DOCTYPE html><html><body><p>请先登录后下载。</p></body></html>".encode()
    assert "实际是网页" in read("通报.docx", page).warnings[0]
    assert not read("通报.doc", page).warnings
