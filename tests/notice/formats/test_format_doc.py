"""Word files that our own reader cannot follow go through LibreOffice; a stand-in shows how it is called."""

from __future__ import annotations

import io
import struct
import time
from pathlib import Path

import pytest
from docx import Document

from tests.notice.formats.old_files import FILES
from zhenggai.errors import ReadingError
from zhenggai.notice import reading
from zhenggai.notice.formats import libreoffice
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.formats.word_fib import open_word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that converts any file to one docx and writes down how it was called."""
    buffer = io.BytesIO()
    document = Document()
    document.add_paragraph("整改情况：完成。")
    document.save(buffer)
    (tmp_path / "result.docx").write_bytes(buffer.getvalue())
    script = tmp_path / "soffice"
    script.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/called\n'
        'while [ "$1" != --outdir ]; do shift; done\nmkdir -p "$2"\n'
        f'cp {tmp_path}/result.docx "$2/notice.docx"\n'
    )
    script.chmod(0o755)
    monkeypatch.setattr(libreoffice.shutil, "which", lambda name: str(script) if name == "soffice" else None)
    return tmp_path


def test_the_document_is_converted(soffice: Path) -> None:
    source = reading.read("通报.doc", OLE)
    assert (source.kind, source.text, source.encoding) == ("doc", "整改情况：完成。", None)
    called = (soffice / "called").read_text()
    assert "--headless" in called
    assert "UserInstallation=file://" in called
    assert "notice.doc" in called


def test_without_the_program_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)
    with pytest.raises(ReadingError, match="另存为 docx"):
        reading.read("a.doc", OLE)


def test_a_program_that_hangs_is_ended_with_its_children(soffice: Path) -> None:
    (soffice / "soffice").write_text(f"#!/bin/sh\nsleep 60 & echo $! > {soffice}/child\nwait\n")
    start = time.monotonic()
    with pytest.raises(ReadingError, match="没有完成转换"):
        libreoffice.convert(
            libreoffice.Given(OLE, "doc"), libreoffice.Target("docx", "x", "doc"), Limits(seconds=0.5)
        )
    assert time.monotonic() - start < 10
    child = int((soffice / "child").read_text())
    deadline = time.monotonic() + 5
    while _is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(child)


def _is_running(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_program_that_fails_is_reported(soffice: Path) -> None:
    (soffice / "soffice").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(ReadingError, match="可能不完整"):
        reading.read("a.doc", OLE)


NOTICE = (FILES / "notice.doc").read_bytes()
HEAD = NOTICE.index(b"\xec\xa5\x01\x01")
"""Where the stream with the text begins: magic number and version."""


def patched(offset: int, value: bytes) -> bytes:
    return NOTICE[: HEAD + offset] + value + NOTICE[HEAD + offset + len(value) :]


def test_a_file_with_a_password_is_told_and_given_to_no_program(soffice: Path) -> None:
    (flags,) = struct.unpack_from("<H", NOTICE, HEAD + 10)
    with pytest.raises(ReadingError, match="密码"):
        reading.read("a.doc", patched(10, struct.pack("<H", flags | 0x100)))
    assert not (soffice / "called").exists()


def test_word_95(soffice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = patched(2, struct.pack("<H", 104))
    assert reading.read("a.doc", old).text == "整改情况：完成。"
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)
    with pytest.raises(ReadingError, match=r"Word 95.*另存为 docx"):
        reading.read("a.doc", old)


def test_more_text_than_allowed() -> None:
    with pytest.raises(ReadingError, match="不超过 100 字"):
        reading.read("a.doc", NOTICE, Limits(characters=100))


def test_more_text_than_bytes() -> None:
    with pytest.raises(ReadingError, match="不合规范"):
        open_word(patched(0x4C, struct.pack("<i", 1_000_000)), Limits())


def test_without_its_tables_the_text_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)
    with pytest.raises(ReadingError, match="piece table"):
        reading.read("a.doc", patched(0x1A2, struct.pack("<II", 0, 0)))
