"""Old workbooks: told from old documents by their content; what xlrd cannot follow LibreOffice reads."""

from __future__ import annotations

import io
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.notice.formats.old_files import FILES
from tests.notice.formats.test_format_xlsx import saved, table
from zhenggai.errors import ReadingError
from zhenggai.notice import parse
from zhenggai.notice.formats import libreoffice
from zhenggai.notice.formats.detect import kind_of
from zhenggai.notice.reading import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def opendocument(what: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{what}")
        file.writestr("content.xml", "<x/>")
        file.writestr("META-INF/manifest.xml", "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE + "Book\0".encode("utf-16-le"), "xls"),
        (OLE + "WordDocument\0Workbook".encode("utf-16-le"), "doc"),  # a document with a workbook in it
        (OLE, "doc"),
        (opendocument("spreadsheet"), "xls"),
        (opendocument("text"), "doc"),
    ],
)
def test_the_content_says_what_it_is(data: bytes, kind: str) -> None:
    assert kind_of("a.doc", data) == kind


def test_a_damaged_workbook_without_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)
    with pytest.raises(ReadingError, match="另存为 xlsx"):
        read("a.xls", OLE + "Workbook".encode("utf-16-le"))


def test_a_workbook_with_a_password() -> None:
    """A record FILEPASS after the first BOF of the stream ([MS-XLS])."""
    data = (FILES / "book.xls").read_bytes()
    start = data.index(b"\x09\x08\x10\0\0\x06\x05\0")
    place = start + 20
    locked = data[:place] + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2) + data[place + 10 :]
    with pytest.raises(ReadingError, match="密码"):
        read("a.xls", locked)


@pytest.mark.slow
@pytest.mark.skipif(libreoffice.find_program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_old_workbooks_give_the_items(tmp_path: Path, ending: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(saved(table()))
    command = [str(libreoffice.find_program()), f"-env:UserInstallation={(tmp_path / 'own').as_uri()}"]
    command += ["--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    old, new = (parse(read(tmp_path / f"a.{name}")) for name in (ending, "xlsx"))
    assert old.source.kind == "xls"
    assert [(i.problem, i.outcome) for i in old.items] == [(i.problem, i.outcome) for i in new.items]
    assert len(new.items) == 3
